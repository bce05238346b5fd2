"""One tablet for several people: it goes back to the door by itself, visibly. And somebody with no phone at all."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.screens import Laptop, Phone

Screen = Callable[..., Any]
NOBODY = "Nobody here?"
READY = "This device is ready for the next person."


def shared(ana: Laptop, open_screen: Screen, clock: bool = False) -> Phone:
    """The tablet on the table, said at the door to be shared."""
    tablet: Phone = open_screen(Phone)
    if clock:
        tablet.page.clock.install()
    tablet.knock(ana.code)
    tablet.page.get_by_label("This is a shared device").check()
    tablet.come_in()
    return tablet


def has_left(tablet: Phone, ana: Laptop) -> None:
    """It stands at the door and says so; nothing is left on it or behind it, and it counts no more."""
    page = tablet.page
    expect(page.get_by_text(READY)).to_be_visible()
    expect(page).to_have_url(f"{tablet.address}/")
    expect(page.locator("#code")).to_be_in_viewport()
    expect(ana.page.locator("[data-phones]").first).to_have_text("0")
    assert "Ate first." not in page.content()
    assert page.context.cookies() == []
    for step in (page.go_back, page.go_forward, page.reload):
        step()
        assert "Ate first." not in page.content()
        expect(page).to_have_url(f"{tablet.address}/")
    expect(page.get_by_text(READY)).to_have_count(0)
    page.goto(f"{tablet.address}/here")
    expect(page).to_have_url(f"{tablet.address}/")


def test_a_shared_device_goes_back_by_itself_after_a_share(ana: Laptop, open_screen: Screen) -> None:
    tablet = shared(ana, open_screen)
    tablet.check_in("Ate first.")
    expect(ana.waits).to_contain_text("1 is waiting")
    has_left(tablet, ana)
    # The next person is someone new, and not on a device that is said to be shared unless they say so.
    tablet.join(ana.code)
    expect(tablet.waiting).to_have_count(0)
    expect(tablet.page.locator("body")).not_to_have_attribute("data-shared", re.compile("."))


def test_a_shared_device_without_scripts_goes_back_after_a_share_too(ana: Laptop, open_screen: Screen) -> None:
    tablet: Phone = open_screen(Phone, java_script_enabled=False)
    tablet.knock(ana.code)
    tablet.page.get_by_label("This is a shared device").check()
    tablet.come_in()
    tablet.check_in("Ate first.")
    has_left(tablet, ana)


def test_an_idle_shared_device_warns_and_then_leaves(ana: Laptop, open_screen: Screen) -> None:
    tablet = shared(ana, open_screen, clock=True)
    tablet.page.locator("#check-in-text").fill("Ate first.")
    warning = tablet.page.locator(".idle")
    tablet.page.clock.fast_forward(40_000)
    expect(warning).to_have_count(0)
    tablet.page.clock.fast_forward(12_000)
    expect(warning).to_be_visible()
    expect(warning).to_contain_text(NOBODY)
    expect(warning).to_be_in_viewport()
    tablet.page.clock.fast_forward(11_000)
    has_left(tablet, ana)


def test_touching_a_shared_device_keeps_it_here(ana: Laptop, open_screen: Screen) -> None:
    tablet = shared(ana, open_screen, clock=True)
    warning = tablet.page.locator(".idle")
    for _ in range(3):
        tablet.page.clock.fast_forward(52_000)
        expect(warning).to_be_visible()
        tablet.page.locator("#check-in-text").tap()
        expect(warning).to_have_count(0)
    tablet.page.locator("#check-in-text").press_sequentially("Ate")
    tablet.page.clock.fast_forward(40_000)
    expect(warning).to_have_count(0)
    expect(tablet.page.locator("#check-in-text")).to_have_value("Ate")


def test_a_phone_of_ones_own_stays_however_long_it_rests(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.page.clock.install()
    ben.join(ana.code)
    ben.page.clock.fast_forward(600_000)
    expect(ben.page.locator(".idle")).to_have_count(0)
    expect(ben.page).to_have_url(f"{ben.address}/here")


def test_the_leader_adds_words_for_someone_without_a_phone(ana: Laptop, open_screen: Screen) -> None:
    ana.open_circle("At once", at_once=True)
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ana.add_for_someone("Slept in a bed.", "set:sleep")
    for screen in (ana, ben):
        expect(screen.check_ins).to_have_count(1)
        expect(screen.check_ins).to_contain_text("Slept in a bed.")
        expect(screen.check_ins.locator(".tag")).to_have_count(1)
        expect(screen.page.locator("[data-own]")).to_have_count(0)
        assert "Ana" not in (screen.check_ins.text_content() or "")
    expect(ana.page.locator("#room-text")).to_have_value("")
    # A tap alone will do.
    ana.add_for_someone("", "setting:work-or-day-plan")
    for screen in (ana, ben):
        expect(screen.check_ins).to_have_count(2)
    expect(ana.page.locator("[data-phones]").first).to_have_text("1")
