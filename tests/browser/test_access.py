"""Every page and state, in light and dark, has no fault that axe can see; and the whole of it works by keyboard."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.screens import Laptop, Phone

Screen = Callable[..., Any]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules among them that look at colours, which are all that dark changes: see test_dark_is_other_colours_only."""
NO_MORE = {"resultTypes": ["violations"]}
"""What it found nothing wrong with is not looked up and told."""
SMALLEST_TARGET = 44


def faults(page: Page) -> list[str]:
    """What axe finds on a page as it stands, in both schemes. In dark, only what can differ is asked again."""
    found = []
    page.wait_for_load_state()  # words are there before the styles that give a button its size
    for scheme, rules in (("light", RULES), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        for fault in Axe().run(page, options=rules | NO_MORE).response["violations"]:
            found += [f"{page.url} {scheme} {fault['id']}: {node['html'][:160]}" for node in fault["nodes"]]
    return found


def test_a_members_pages_have_no_fault(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    found = []
    ben.knock("123 456 789")
    found += faults(ben.page)
    ben.knock(ana.code)
    ben.page.locator(".home details summary").click()
    found += faults(ben.page)
    ben.come_in()
    found += faults(ben.page)
    ben.check_in("Ate first.", "set:sleep", "drug:mixing")
    expect(ben.waiting).to_be_visible()
    found += faults(ben.page)
    ben.waiting.locator("summary").click()
    found += faults(ben.page)
    for part in ("notes-page", "help"):
        ben.tab(part)
        found += faults(ben.page)
    ben.page.goto(f"{ben.address}/here#rules-page")
    found += faults(ben.page)
    ben.page.goto(f"{ben.address}/here#who")
    found += faults(ben.page)
    cleo: Phone = open_screen(Phone)
    for shared in (False, True):
        cleo.knock(ana.code)
        cleo.page.locator("input[name=shared]").set_checked(shared)
        cleo.come_in()
        cleo.page.get_by_role("button", name="Leave", exact=True).click()
        expect(
            cleo.page.get_by_text("ready for the next person" if shared else "Thank you for coming.")
        ).to_be_visible()
        found += faults(cleo.page)
    ana.press("Blank")
    expect(ben.cover).to_be_visible()
    found += faults(ben.page)
    assert found == []


def test_a_leaders_pages_have_no_fault(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.check_in("Ate first.", "set:sleep")
    found = []
    for part in ("arrive", "rules-page", "checkins-page", "notes-page", "help"):
        ana.look_at(part)
        found += faults(ana.page)
    ana.press("Blank")
    expect(ana.cover).to_be_visible()
    found += faults(ana.page)
    ana.type_passphrase()
    expect(ana.cover).to_have_count(0)
    ana.press("Close the circle")
    expect(ben.cover).to_be_visible()
    found += faults(ana.page) + faults(ben.page)
    ana.press("Erase now")
    expect(ben.page.locator("[data-gone]")).to_be_visible()
    found += faults(ana.page) + faults(ben.page)
    assert found == []


def test_a_console_locked_with_a_pin_has_no_fault(ana: Laptop) -> None:
    ana.open_circle("With a PIN", pin="47182935")
    ana.press("Blank")
    ana.type_pin("4719")
    expect(ana.page.locator("#state .error")).to_be_visible()
    ana.page.locator("#state summary").click()
    found = faults(ana.page)
    ana.page.reload()
    found += faults(ana.page)
    ana.type_pin("47182935")
    expect(ana.cover).to_have_count(0)
    ana.press("Close the circle")
    expect(ana.pin).to_be_visible()
    ana.page.locator("#state summary").click()
    assert found + faults(ana.page) == []


@pytest.mark.parametrize("path", ["/staff/sign-in", "/lead", "/staff/account", "/what-we-keep", "/nowhere"])
def test_staff_pages_have_no_fault(ana: Laptop, path: str) -> None:
    ana.page.goto(ana.address + path)
    assert faults(ana.page) == []


def test_an_admins_pages_have_no_fault(open_screen: Screen) -> None:
    root: Laptop = open_screen(Laptop)
    root.sign_in("root@example.org")
    root.add_second_step()
    found = []
    for path, title in (("/host", "The host’s words"), ("/status", "This computer")):
        root.page.goto(root.address + path)
        expect(root.page.locator("h1")).to_have_text(title)
        found += faults(root.page)
    assert found == []


def test_everything_to_touch_on_a_phone_is_large_enough(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.check_in("Ate first.")
    expect(ben.waiting).to_be_visible()
    for part in ("circle-page", "notes-page", "help"):
        ben.tab(part)
        for target in ben.page.locator(":is(button, summary, .thumb a, .chip, a.button):visible").all():
            box = target.bounding_box()
            assert box and box["height"] >= SMALLEST_TARGET, target.inner_text()


def test_share_and_pass_are_in_view_on_the_smallest_screen(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    bar = ben.page.locator(".thumb").bounding_box()
    for name in ("Share", "Pass"):
        button = ben.page.get_by_role("button", name=name, exact=True).bounding_box()
        assert button and bar and button["y"] + button["height"] < bar["y"]


@pytest.mark.parametrize("width", [320, 360])
def test_nothing_needs_sideways_scrolling(ana: Laptop, open_screen: Screen, width: int) -> None:
    ben: Phone = open_screen(Phone, viewport={"width": width, "height": 640})
    ben.join(ana.code)
    ben.check_in("An-unbroken-word-" * 20)
    expect(ben.waiting).to_be_visible()
    for part in ("circle-page", "notes-page", "help"):
        ben.tab(part)
        assert ben.page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_circle_is_led_and_joined_by_keyboard_alone(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.page.goto(ben.address)
    ben.page.locator("#code").focus()
    ben.page.keyboard.type(ana.code)
    ben.page.keyboard.press("Enter")
    expect(ben.page).to_have_url(f"{ben.address}/join")
    ben.page.locator("form[action='/join'] button").press("Enter")
    expect(ben.page).to_have_url(f"{ben.address}/here")
    ben.page.wait_for_load_state()
    ben.page.locator("#check-in-text").focus()
    ben.page.keyboard.type("By keyboard")
    ben.page.keyboard.press("Tab")
    ben.page.keyboard.press("Enter")
    expect(ben.waiting).to_contain_text("By keyboard")
    ana.page.keyboard.press("h")
    expect(ana.page.locator("#help")).to_be_visible()
    ana.page.keyboard.press("b")
    expect(ana.cover).to_be_visible()


def test_words_twice_as_large_need_no_sideways_scrolling(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.check_in("Ate first.", "set:sleep")
    expect(ben.waiting).to_be_visible()
    ben.page.evaluate("document.documentElement.style.fontSize = '200%'")
    for part in ("circle-page", "notes-page", "help"):
        ben.tab(part)
        assert ben.page.evaluate("document.documentElement.scrollWidth") <= 360
    assert ben.page.evaluate("getComputedStyle(document.body).fontSize") == "34px"


def test_whoever_tabs_through_a_phone_sees_where_they_are(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    reached = set()
    for _ in range(60):
        ben.page.keyboard.press("Tab")
        seen = ben.page.evaluate(
            "() => { const at = document.activeElement, mark = at.matches('.chip input') ? at.nextElementSibling : at;"
            " return [at.id || at.name || at.textContent.trim(), getComputedStyle(mark).outlineStyle]; }"
        )
        if ben.page.evaluate("document.activeElement === document.body"):
            continue  # round the browser's own bar
        assert seen[1] != "none", f"nothing shows that {seen[0]} has the focus"
        reached.add(seen[0])
    assert {"check-in-text", "Share", "Pass", "tags", "Leave fast"} <= reached
