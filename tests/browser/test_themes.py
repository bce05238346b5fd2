"""A laptop reflects on what was said and pins a theme; phones and the big screen see a board; a wall is cleared."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import faults
from tests.browser.test_screen import SMALLEST_OF_WIDTH, colours, fits
from tests.web.test_colours import contrast

Screen = Callable[..., Any]
BLANKS = ("drug", "set", "setting")


@pytest.fixture
def ana(laptop: Laptop) -> Laptop:
    """Ana at her laptop, with the doors of a circle open in which shares go up at once."""
    laptop.open_circle("Tuesday open group", at_once=True)
    return laptop


@pytest.fixture
def big(ana: Laptop) -> Iterator[Page]:
    """The big screen, turned to the board from Ana's console."""
    ana.page.locator(".more-here > summary").click()
    with ana.page.context.expect_page() as opened:
        ana.page.locator(".on-screen").get_by_role("link", name="Themes").click()
    opened.value.set_viewport_size({"width": 1366, "height": 768})
    yield opened.value
    opened.value.close()


def blanks(ana: Laptop) -> list[str]:
    return [ana.page.locator(f"#blank-{group}").input_value() for group in BLANKS]


def words(big: Page) -> Locator:
    return big.locator(".board .word")


def test_a_leader_reflects_and_pins_and_the_room_sees_a_board(ana: Laptop, big: Page, open_screen: Screen) -> None:
    posted: list[str] = []
    ana.page.on("request", lambda request: posted.append(request.post_data or ""))
    phones: list[Phone] = [open_screen(Phone) for _ in range(3)]
    for phone in phones:
        phone.join(ana.code)
    ben, cleo, gil = phones
    ben.check_in("Up all night.", "set:sleep", "setting:place")
    cleo.check_in("Fine.", "drug:mixing")
    ana.look_at("checkins-page")
    expect(ana.check_ins).to_have_count(2)
    expect(big.locator("#state")).to_contain_text("when more people have shared")
    assert faults(big) == []

    first = ana.check_ins.filter(has_text="Up all night.")
    ana.reflect(first, of_set="two nights awake", setting="the bench by the river")
    pane = ana.pane("reflect-page")
    expect(pane.locator("blockquote")).to_have_text("Up all night.")
    expect(pane.locator("[data-hint=set]")).to_contain_text("sleep")
    expect(pane.locator("[data-hint=drug]")).to_be_hidden()
    assert ana.page.evaluate("document.documentElement.scrollHeight") <= 768  # all of it in view
    assert faults(ana.page) == []
    ana.pin_theme("set", "rest helps")
    expect(pane.locator(".pin [data-said]")).to_have_text("Saved.")
    assert blanks(ana) == ["", "two nights awake", "the bench by the river"]
    pane.get_by_role("link", name="Back to the wall").click()
    ana.reflect(ana.check_ins.filter(has_text="Fine."))
    assert blanks(ana) == ["", "", ""]

    gil.check_in("Here.", "set:sleep")
    expect(words(big)).to_have_text(["mixing", "rest helps", "sleep", "place"])
    for size in ({"width": 1366, "height": 768}, {"width": 1920, "height": 1080}):
        big.set_viewport_size(size)  # type: ignore[arg-type]
        assert fits(big) and faults(big) == []
        assert [one for one in colours(big) if contrast(one[1], "0F2A28") < 7 or one[2] < SMALLEST_OF_WIDTH] == []
    expect(ben.page.locator("#themes")).to_have_count(0)
    ana.page.locator("#plan > ol").get_by_role("link", name="Learn together").click()
    ana.start("Learn together")
    for phone in phones:
        expect(phone.page.locator("#themes .tag")).to_have_text(["mixing", "place", "rest helps", "sleep"])
    assert faults(ben.page) == []
    ben.page.locator("#circle-page .share").filter(has_text="Up all night.").get_by_role(
        "button", name="Take back"
    ).click()
    expect(words(big)).to_have_text(["mixing", "rest helps", "sleep"])
    expect(cleo.page.locator("#themes .tag")).to_have_text(["mixing", "rest helps", "sleep"])
    assert faults(ana.page) == []
    ana.page.get_by_role("button", name="Take down rest helps").click()
    expect(words(big)).to_have_text(["mixing", "sleep"])
    assert "awake" not in " ".join(posted) and "bench" not in " ".join(posted)


@pytest.mark.parametrize("way", ["blank", "close", "taken back"])
def test_the_blanks_are_gone_with_the_cover_the_close_and_the_share(ana: Laptop, open_screen: Screen, way: str) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.check_in("Up all night.", "set:sleep")
    ana.look_at("checkins-page")
    ana.reflect(ana.check_ins.first, "d", "s", "se")
    if way == "taken back":
        ben.take_back(ben.check_ins.first)
        expect(ana.pane("reflect-page").locator("blockquote")).to_be_hidden()
    else:
        ana.press("Blank" if way == "blank" else "Close the circle")
        expect(ana.cover).to_be_visible()
        assert "Up all night." not in ana.page.content()
        assert ana.page.evaluate("Object.keys(sessionStorage)") == []
        ana.type_passphrase()
        expect(ana.cover).to_have_count(0)
    assert blanks(ana) == ["", "", ""]
    expect(ana.pane("reflect-page").locator("blockquote")).to_have_text("")


def test_a_board_of_long_themes_overlaps_nowhere_in_a_real_browser(ana: Laptop, big: Page, open_screen: Screen) -> None:
    for tags in (("set:mood", "set:pain", "drug:how"), ("setting:alone",), ("set:what-it-does-for-me",)):
        phone: Phone = open_screen(Phone)
        phone.join(ana.code)
        phone.check_in("", *tags)
        expect(phone.page.locator("#check-in-said")).to_have_text("Saved.")
    ana.page.locator(".plan a[href='#learn-page']").click()
    ana.page.locator("#learn-page .pin-drawer > summary").click()
    long = ["WWWWW MMMMM WWWWW MMMMM WWWWW MMMMM WWWW", "mwmwmwmwmwmwmwmwmwmwmwmwmwmwmwmwmwmwmwmw"]
    long += [f"theme {at} of forty letters, no more at all"[:40] for at in "abcdefghij"]
    for at, theme in enumerate(long):
        ana.pin_theme(BLANKS[at % 3], theme)
        expect(ana.page.locator(".pins li")).to_have_count(min(at + 1, 12))
    expect(words(big)).to_have_count(len({*long}) + 5)
    overlapping = big.evaluate(
        """() => {
          const board = document.querySelector('.board').getBoundingClientRect();
          const boxes = [...document.querySelectorAll('.board text')].map(one => one.getBoundingClientRect());
          const beside = (a, b) => a.right <= b.left || b.right <= a.left;
          const apart = (a, b) => beside(a, b) || a.bottom <= b.top + 1 || b.bottom <= a.top + 1;
          const isIn = ({ left, right, top, bottom }) =>
            left >= board.left && right <= board.right + 1 && top >= board.top - 1 && bottom <= board.bottom + 1;
          const near = boxes.filter((a, at) => boxes.slice(at + 1).some(b => !apart(a, b)));
          return near.length + boxes.filter(one => !isIn(one)).length;
        }"""
    )
    assert overlapping == 0 and fits(big)


def test_a_wall_is_cleared_and_put_back_and_its_writer_is_told(ana: Laptop, open_screen: Screen) -> None:
    ben, cleo = open_screen(Phone), open_screen(Phone)
    for phone in (ben, cleo):
        phone.join(ana.code)
        phone.tab("notes-page")
    ben.add_note("The van comes at nine.")
    expect(cleo.notes).to_have_count(1)
    ana.look_at("notes-page")
    ana.press("Clear the notes")
    for screen in (ben, cleo, ana):
        expect(screen.notes).to_have_count(0)
    expect(ben.page.locator("#mine-note .waiting")).to_contain_text("The leader has cleared the wall.")
    expect(ana.pane("notes-page")).to_contain_text("Cleared from the wall.")
    ana.press("Put them back")
    for screen in (ben, cleo, ana):
        expect(screen.notes).to_have_count(1)
    expect(ben.page.locator("#mine-note .waiting")).to_have_count(0)
    expect(ben.own_notes).to_have_count(1)


def test_one_screen_goes_on_by_key(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    page = ana.page.context.new_page()
    page.goto(f"{ana.page.url.partition('#')[0]}/screen?mode=one&show=card")
    expect(page.locator("#state")).to_contain_text("Setting: where, when")
    for name in ("Limits and rules", "Check-in"):
        page.keyboard.press("n")
        expect(ben.now).to_contain_text(name)
        expect(ana.on).to_have_text(name)
    assert fits(page) and faults(page) == []
    for name in ("Open circle", "Learn together", "Good things, close"):
        before = page.locator("#state").get_attribute("data-part") or ""
        page.keyboard.press("n")
        expect(ana.on).to_have_text(name)
        expect(page.locator("#state")).not_to_have_attribute("data-part", before)
    expect(page.get_by_role("button", name="Next")).to_have_count(0)
    page.close()
