"""Somebody walks up: one tap, from any state, and nothing of the circle is left on the screen or behind it."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.screens import Laptop, Phone

Screen = Callable[..., Any]
WAITS, TYPED = "Ate first, slept later.", "half a thought"


def at_rest(_ana: Laptop, _ben: Phone) -> None:
    """Nothing special."""


def offline(_ana: Laptop, ben: Phone) -> None:
    ben.page.context.set_offline(True)
    expect(ben.lost).to_be_visible()


def sending(_ana: Laptop, ben: Phone) -> None:
    ben.page.context.set_offline(True)
    ben.add_note("On its way.")
    expect(ben.page.locator("#note-said")).to_contain_text("Waiting for signal")


def help_open(_ana: Laptop, ben: Phone) -> None:
    ben.tab("help")


def blank(ana: Laptop, ben: Phone) -> None:
    ana.press("Blank")
    expect(ben.cover).to_contain_text("Back soon")


def closed(ana: Laptop, ben: Phone) -> None:
    ana.press("Close the circle")
    expect(ben.cover).to_contain_text("The circle has closed.")


def erased(ana: Laptop, ben: Phone) -> None:
    closed(ana, ben)
    ana.press("Erase now")
    expect(ben.cover).to_contain_text("It is gone.")


STATES = (at_rest, offline, sending, help_open, blank, closed, erased)


def shows_nothing(phone: Phone) -> None:
    """Nothing of the circle is on this screen."""
    said = phone.page.content()
    for words in (WAITS, TYPED, "On its way.", "Ground rules", "data-csrf"):
        assert words not in said


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_leave_fast_works_in_every_state(
    ana: Laptop, open_screen: Screen, state: Callable[[Laptop, Phone], None]
) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.check_in(WAITS)
    expect(ben.waiting).to_be_visible()
    ben.page.locator("#check-in-text").fill(TYPED)
    state(ana, ben)
    ben.leave_fast()
    shows_nothing(ben)
    ben.page.context.set_offline(False)
    ben.page.go_back()
    expect(ben.page).to_have_url(f"{ben.address}/")
    shows_nothing(ben)
    ben.page.goto(f"{ben.address}/here")
    expect(ben.page).not_to_have_url(f"{ben.address}/here")
    shows_nothing(ben)
    ben.page.goto(f"{ben.address}/here")
    expect(ben.page).to_have_url(f"{ben.address}/")
    ben.page.reload()
    shows_nothing(ben)


def test_a_page_on_paper_shows_nothing(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.check_in(WAITS)
    expect(ben.waiting).to_be_visible()
    ben.page.emulate_media(media="print")
    expect(ben.page.locator("body *:visible")).to_have_count(0)
    ben.page.emulate_media(media="screen")
    ana.press("Close the circle")
    expect(ben.cover).to_be_visible()
    ben.page.emulate_media(media="print")
    expect(ben.page.locator("body *:visible")).to_have_count(0)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_plain_leave_says_goodbye_kindly(ana: Laptop, open_screen: Screen, scripts: bool) -> None:
    ben: Phone = open_screen(Phone, java_script_enabled=scripts)
    ben.join(ana.code)
    expect(ana.page.locator("[data-phones]").first).to_have_text("1")
    ben.page.get_by_role("button", name="Leave", exact=True).click()
    expect(ben.page.locator("h1")).to_have_text("Thank you for coming.")
    expect(ben.page.locator("main")).to_contain_text("as someone new")
    expect(ben.page.locator("main")).to_contain_text("Your phone may still remember")
    expect(ana.page.locator("[data-phones]").first).to_have_text("0")
    ben.page.go_back()
    expect(ben.page).to_have_url(re.compile(r"/$"))
    shows_nothing(ben)


def test_who_comes_back_is_someone_new(ana: Laptop, open_screen: Screen) -> None:
    ana.open_circle("At once", at_once=True)
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    first_greeting = ben.page.locator("h1:visible").all_text_contents()
    ben.add_note("The van is on 6th.")
    expect(ben.own_notes).to_have_count(1)
    ben.leave_fast()
    expect(ana.page.locator("[data-phones]").first).to_have_text("0")
    ben.join(ana.code)
    expect(ben.notes).to_have_count(1)
    expect(ben.own_notes).to_have_count(0)
    assert ben.page.locator("h1:visible").all_text_contents() == first_greeting
    expect(ana.page.locator("[data-phones]").first).to_have_text("1")


def test_who_left_without_a_signal_can_come_back_too(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    offline(ana, ben)
    ben.leave_fast()
    ben.page.context.set_offline(False)
    ben.join(ana.code)
    ben.check_in("Here again.")
    expect(ben.waiting).to_contain_text("Here again.")
    expect(ana.page.locator("[data-phones]").first).to_have_text("1")
