"""The big screen beside a laptop and two phones: what stands on it, how long, and whether it can be read from afar."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import faults
from tests.web.test_colours import contrast

Screen = Callable[..., Any]
SIZES = [(1920, 1080), (1366, 768)]
SMALLEST_OF_WIDTH = 0.018
"""Words for the room: of the screen's width. On a screen a metre wide they can be read from five metres."""


@pytest.fixture
def ana(laptop: Laptop) -> Laptop:
    """Ana at her laptop, with the doors of a circle open in which shares go up at once."""
    laptop.open_circle("Kingfisher group", at_once=True)
    return laptop


@pytest.fixture
def big(ana: Laptop) -> Iterator[Page]:
    """The big screen of Ana's circle, opened from her console."""
    with ana.page.context.expect_page() as opened:
        ana.page.get_by_role("link", name="Big screen").click()
    opened.value.set_viewport_size({"width": 1920, "height": 1080})
    yield opened.value
    opened.value.close()


def fits(page: Page) -> bool:
    """Whether all of it is in view."""
    return bool(
        page.evaluate(
            "document.documentElement.scrollHeight <= innerHeight && document.documentElement.scrollWidth <= innerWidth"
        )
    )


def colours(page: Page) -> list[tuple[str, str, float]]:
    """Each text in view: its words, its colour as six digits, and its size as a part of the screen's width."""
    found: list[tuple[str, str, float]] = []
    for words, colour, size in page.evaluate(
        """() => [...document.querySelectorAll('body *')]
          .filter(one => one.checkVisibility() && [...one.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
          .map(one => [one.textContent.trim(), getComputedStyle(one).color,
                       one.closest('.strip') ? 1 : parseFloat(getComputedStyle(one).fontSize) / innerWidth])"""
    ):
        digits = "".join(f"{int(part):02X}" for part in re.findall(r"\d+", colour)[:3])
        found.append((words, digits, size))
    return found


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_is_read_from_five_metres_at_every_size(big: Page, ana: Laptop, width: int, height: int) -> None:
    big.set_viewport_size({"width": width, "height": height})
    for show in ("words", "rules", "wall"):
        big.goto(big.url.partition("?")[0] + f"?show={show}")
        assert fits(big), show
        assert big.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(15, 42, 40)"
        seen = colours(big)
        assert [one for one in seen if contrast(one[1], "0F2A28") < 7] == []
        assert [one for one in seen if one[2] < SMALLEST_OF_WIDTH] == []
        assert faults(big) == []
    big.keyboard.press("h")
    expect(big.locator("#help")).to_be_visible()
    assert faults(big) == []


def test_a_laptop_two_phones_and_the_screen_from_arrival_to_the_end(
    big: Page, ana: Laptop, open_screen: Screen
) -> None:
    expect(big.locator(".door .code")).to_have_text(ana.code)
    ben, cleo = open_screen(Phone), open_screen(Phone)
    for phone in (ben, cleo):
        phone.join(big.locator(".door .code").text_content())
    frames: list[str] = []
    big.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    big.reload()
    ben.check_in("Ate first.")
    expect(cleo.check_ins).to_have_count(1)
    expect(ana.page.locator("[data-phones]").first).to_have_text("2")
    expect(big.get_by_role("heading", name="Come as you are.")).to_be_visible()
    assert frames and "Ate first." not in " ".join(frames) + big.content()
    for never in ("Kingfisher", "Ana", "phones here"):
        assert never not in big.content() + " ".join(frames)

    big.get_by_role("link", name="The wall").click()
    expect(big.locator(".said .words")).to_have_text(["Ate first."])
    cleo.check_in("Slept badly.")
    expect(big.locator(".said .words")).to_have_text(["Slept badly.", "Ate first."])
    ana.look_at("checkins-page")
    ana.act(ana.check_ins.filter(has_text="Ate first."), "set-aside")
    expect(big.locator(".said .words")).to_have_text(["Slept badly."])

    ana.press("Blank")
    expect(big.locator(".cover")).to_contain_text("Back soon")
    assert "Slept badly." not in big.content()
    expect(big.locator(".strip :visible").first).to_contain_text("Help")
    for key in ("c", "Escape", "b", "Enter"):
        big.keyboard.press(key)
    expect(big.locator(".cover")).to_contain_text("Back soon")
    big.reload()
    expect(big.locator(".cover")).to_contain_text("Back soon")
    ana.type_passphrase()
    expect(big.locator(".said .words")).to_have_text(["Slept badly."])
    ana.press("Close the circle")
    expect(big.locator(".cover")).to_contain_text("In two minutes what was written is gone for good.")
    ana.press("Erase now")
    expect(big.locator("h1").first).to_have_text("It is gone.")
    assert "Slept badly." not in big.content()


def test_one_key_brings_the_code_back_for_thirty_seconds(big: Page, ana: Laptop) -> None:
    code = ana.code
    big.clock.install()
    big.goto(big.url.partition("?")[0] + "?show=rules")
    expect(big.locator(".code")).to_have_count(0)
    assert code not in big.content()
    big.keyboard.press("c")
    expect(big.locator("#asked .code")).to_have_text(code)
    assert fits(big)
    big.clock.run_for(29_000)
    expect(big.locator("#asked .code")).to_have_text(code)
    big.clock.run_for(1_500)
    expect(big.locator(".code")).to_have_count(0)
    assert code not in big.content()
    big.keyboard.press("c")
    expect(big.locator("#asked .code")).to_be_visible()
    ana.press("Blank")
    expect(big.locator(".cover")).to_be_visible()
    assert code not in big.content()


def test_the_code_of_the_arrival_leaves_when_the_leader_goes_on(big: Page, ana: Laptop) -> None:
    expect(big.locator(".code")).to_be_visible()
    ana.page.keyboard.press("n")
    expect(big.locator(".code")).to_have_count(0)
    assert ana.code not in big.content()
    assert fits(big)


def test_the_rules_are_stepped_through_by_key_and_by_finger(big: Page) -> None:
    big.get_by_role("link", name="Ground rules").click()
    first = "Come just as you are."
    expect(big.get_by_text(first)).to_be_visible()
    big.keyboard.press("ArrowRight")
    expect(big.get_by_text(first)).to_be_hidden()
    expect(big.get_by_text("2 of 4")).to_be_visible()
    big.keyboard.press("ArrowLeft")
    expect(big.get_by_text(first)).to_be_visible()
    for _ in range(3):
        big.locator(".step:visible").get_by_role("link", name="More rules").click()
        assert fits(big)
    expect(big.get_by_text("4 of 4")).to_be_visible()


def test_a_room_that_mirrors_the_laptop_has_its_controls_on_one_page(
    big: Page, ana: Laptop, open_screen: Screen
) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.check_in("Ate first.")
    big.get_by_role("link", name="One screen only").click()
    expect(big.get_by_role("link", name="The wall")).to_have_count(0)
    assert fits(big) and faults(big) == []
    big.keyboard.press("h")
    expect(big.locator("#help")).to_be_visible()
    big.keyboard.press("Escape")
    expect(big.locator("#help")).to_be_hidden()
    big.keyboard.press("b")
    for page in (big, ben.page, ana.page):
        expect(page.locator("#state.cover")).to_contain_text("Back soon")
    assert "Ate first." not in big.content()


def test_without_scripts_it_is_chosen_covered_and_asked_by_plain_pages(
    ana: Laptop, open_screen: Screen, signed_in: dict[str, Any]
) -> None:
    plain: Laptop = open_screen(Laptop, java_script_enabled=False, **signed_in)
    plain.page.goto(f"{ana.page.url.partition('#')[0]}/screen")
    expect(plain.page.locator(".code")).to_have_text(ana.code)
    plain.page.get_by_role("link", name="Ground rules").click()
    expect(plain.page.get_by_text("Come just as you are.")).to_be_visible()
    plain.page.locator("#step-1").get_by_role("link", name="More rules").click()
    expect(plain.page.get_by_text("2 of 4")).to_be_visible()
    plain.page.get_by_role("button", name="Show the code").click()
    expect(plain.page.locator(".code")).to_have_text(ana.code)
    plain.page.get_by_role("link", name="One screen only").click()
    plain.page.get_by_role("button", name="Blank").click()
    expect(plain.page.locator("#state.cover")).to_contain_text("Back soon")
