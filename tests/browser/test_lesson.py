"""A card goes line by line to phones and the big screen; what a member could change ends on the wall; and the ways."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from sessions.library import cards, ways
from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import faults
from tests.browser.test_screen import SMALLEST_OF_WIDTH, colours, fits
from tests.web.test_colours import contrast

Screen = Callable[..., Any]
LINES = [line.text for line in cards("en")["naloxone"].lines]


@pytest.fixture
def ana(laptop: Laptop) -> Laptop:
    """Ana at her laptop, in the part about learning."""
    laptop.open_circle("Heron group", at_once=True)
    laptop.start("Learn together")
    expect(laptop.pane("learn-page")).to_be_visible()
    return laptop


@pytest.fixture
def big(ana: Laptop) -> Iterator[Page]:
    """The big screen, turned to the card."""
    page = ana.page.context.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{ana.console}/screen?show=card")
    yield page
    page.close()


def shows(ana: Laptop, name: str) -> None:
    """Show a card from the list in the console."""
    ana.page.locator("#card > details > summary").click()
    ana.page.locator("#card").get_by_role("button", name=name, exact=True).click()


def told(page: Page) -> Locator:
    """The lines of the card that are out."""
    return page.locator("article.taught > .told > li > p:first-child, .stage > .told > li > div > p:first-child")


def can_be_read_from_afar(big: Page) -> bool:
    far = [one for one in colours(big) if contrast(one[1], "0F2A28") < 7 or one[2] < SMALLEST_OF_WIDTH]
    return fits(big) and far == []


def test_line_by_line_and_what_i_could_change_ends_on_the_wall(ana: Laptop, big: Page, open_screen: Screen) -> None:
    ben, cleo = open_screen(Phone), open_screen(Phone)
    for phone in (ben, cleo):
        phone.join(ana.code)
    shows(ana, "Naloxone")
    everywhere = (ben.page, cleo.page, big, ana.page)
    for out in range(1, len(LINES)):
        for page in everywhere:
            expect(told(page)).to_have_text(LINES[:out])
        assert can_be_read_from_afar(big)
        ana.key("m")
    for page in everywhere:
        expect(told(page)).to_have_text(LINES)
    assert can_be_read_from_afar(big)
    for page in everywhere:
        assert faults(page) == []
    expect(ana.page.get_by_role("button", name="Next line")).to_have_count(0)
    ana.press("Line before")
    for page in everywhere:
        expect(told(page)).to_have_text(LINES[:-1])

    ben.page.get_by_role("link", name="What could I change?").click()
    form = ben.page.locator("#change-page form")
    expect(form.get_by_role("button")).to_be_in_viewport()
    assert faults(ben.page) == []
    form.locator(".chip.setting").click()
    form.locator("textarea").fill("Tell a friend where mine is.")
    ana.press("Take it down")
    expect(told(cleo.page)).to_have_count(0)
    expect(form.locator("textarea")).to_have_value("Tell a friend where mine is.")  # half-typed words stay
    form.get_by_role("button").click()
    expect(form.locator("[data-said]")).to_have_text("Saved.")
    cleo.tab("notes-page")
    expect(cleo.notes.locator(".words")).to_have_text("Tell a friend where mine is.")
    expect(cleo.notes.locator(".tag.setting")).to_have_text("could change: setting")
    big.goto(f"{ana.console}/screen?show=wall")
    expect(big.locator(".said .tag.setting")).to_have_text("could change: setting")
    assert can_be_read_from_afar(big)


def order(phone: Phone) -> list[str]:
    """The ways on a phone, from the first to the last."""
    expect(phone.page.locator("#card .ways > li")).to_have_count(len(ways("en").ways))
    return [str(one.get_attribute("data-way")) for one in phone.page.locator("#card .ways > li").all()]


def test_the_ways_come_to_each_phone_in_an_order_of_its_own_and_stay_in_it(
    ana: Laptop, big: Page, open_screen: Screen
) -> None:
    phones: list[Phone] = [open_screen(Phone) for _ in range(4)]
    for phone in phones:
        phone.join(ana.code)
    shows(ana, "Many ways, side by side")
    pushed = [order(phone) for phone in phones]
    assert len({tuple(one) for one in pushed}) > 1
    assert can_be_read_from_afar(big) and faults(big) == [] and faults(phones[0].page) == []
    for phone in phones:
        # Read again, and drawn anew: what the server says has another order for this phone.
        phone.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    shows(ana, "Naloxone")
    for phone in phones:
        expect(told(phone.page)).to_have_text(LINES[:1])
    shows(ana, "Many ways, side by side")
    assert [order(phone) for phone in phones] == pushed
    assert phones[0].page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []


def test_on_one_screen_for_everything_one_key_goes_on(ana: Laptop, big: Page) -> None:
    big.goto(f"{ana.console}/screen?mode=one&show=card")
    expect(big.get_by_role("button", name="Next line")).to_have_count(0)
    shows(ana, "Signs and signals")
    lines = [line.text for line in cards("en")["signs"].lines]
    for out in range(1, len(lines)):
        expect(told(big)).to_have_text(lines[:out])
        expect(big.get_by_role("button", name="Next line")).to_be_visible()
        big.keyboard.press("m")
    expect(told(big)).to_have_text(lines)
    expect(big.get_by_role("button", name="Next line")).to_have_count(0)
    assert fits(big) and faults(big) == []
