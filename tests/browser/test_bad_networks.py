"""A lift, a cellar, a server that restarts: nothing typed is lost, nothing is doubled or missed."""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from facilitator import PING_SECONDS, PONG_SECONDS
from tests.browser.screens import Laptop, Phone, values
from tests.cutting_proxy import CuttingProxy
from tests.server import Server

Screen = Callable[..., Any]
Report = Callable[[str], None]
WAITING = "Waiting for signal. It will send by itself."
LONG_MS = 25_000


@pytest.fixture
def ana(laptop: Laptop) -> Laptop:
    """Ana, in whose circle shares go up at once."""
    laptop.open_circle("At once", at_once=True)
    return laptop


@pytest.fixture
def ben(ana: Laptop, open_screen: Screen, wire: CuttingProxy) -> Phone:
    """Ben, on a network that can be cut, in a circle where shares go up at once."""
    phone: Phone = open_screen(Phone, at=wire.address)
    phone.join(ana.code)
    expect(ana.page.locator("[data-phones]").first).to_have_text("1")
    return phone


@pytest.fixture
def cleo(ana: Laptop, ben: Phone, open_screen: Screen) -> Phone:
    """Cleo, in the same circle, on a good network."""
    phone: Phone = open_screen(Phone)
    phone.join(ana.code)
    return phone


def keys_sent(page: Page, path: str) -> list[str]:
    """The key of each try to send this form, from now on."""
    keys: list[str] = []
    page.on(
        "request",
        lambda request: keys.extend(parse_qs(request.post_data or "").get("key", []) if path in request.url else []),
    )
    return keys


def test_what_is_typed_while_cut_is_kept_and_sends_by_itself(
    ana: Laptop, ben: Phone, wire: CuttingProxy, report: Report
) -> None:
    keys = keys_sent(ben.page, "/here/check-ins")
    wire.cut()
    expect(ben.lost).to_be_visible()
    ben.check_in("From the lift")
    expect(ben.page.locator("#check-in-said")).to_have_text(WAITING)
    expect(ben.page.locator("#check-in-text")).to_have_value("From the lift")
    expect(ana.check_ins).to_have_count(0)
    wire.resume()
    began = time.monotonic()
    expect(ana.check_ins).to_have_count(1, timeout=LONG_MS)
    report(f"cut: sent by itself {time.monotonic() - began:.1f} s after the signal came back, in {len(keys)} tries")
    expect(ben.page.locator("#check-in-text")).to_have_value("")
    expect(ben.check_ins).to_have_count(1)
    expect(ben.lost).to_be_hidden(timeout=LONG_MS)
    assert len(keys) > 1
    assert len(set(keys)) == 1


def test_an_answer_lost_on_the_way_back_gives_one_share(ana: Laptop, ben: Phone, wire: CuttingProxy) -> None:
    keys = keys_sent(ben.page, "/here/notes")
    wire.lose_answers()
    ben.add_note("The van is on 6th.")
    expect(ben.page.locator("#note-said")).to_have_text(WAITING)
    expect(ana.notes).to_have_count(1)
    expect(ben.page.locator("#note-text")).to_have_value("The van is on 6th.")
    assert wire.lost
    wire.resume()
    expect(ben.page.locator("#note-said")).to_have_text("Saved.", timeout=LONG_MS)
    expect(ben.page.locator("#note-text")).to_have_value("")
    for screen in (ana, ben):
        expect(screen.notes).to_have_count(1)
    assert len(keys) > 1
    assert len(set(keys)) == 1


def test_a_slow_network_is_only_slow(ana: Laptop, ben: Phone, wire: CuttingProxy) -> None:
    wire.delay = 0.4
    ben.add_note("Slow and well.")
    expect(ben.page.locator("#note-said")).to_have_text("Saved.", timeout=LONG_MS)
    for screen in (ana, ben):
        expect(screen.notes).to_have_count(1)


def test_what_others_wrote_meanwhile_is_caught_up_once_and_in_order(
    ana: Laptop, ben: Phone, cleo: Phone, wire: CuttingProxy, report: Report
) -> None:
    ben.add_note("one")
    expect(cleo.notes).to_have_count(1)
    wire.cut()
    for count, words in enumerate(("two", "three", "four"), 2):
        cleo.add_note(words)
        expect(cleo.notes).to_have_count(count)
    ana.look_at("notes-page")
    ana.act(ana.notes.nth(2), "wipe")
    expect(cleo.notes).to_have_count(3)
    expect(ben.notes).to_have_count(1)
    wire.resume()
    began = time.monotonic()
    expect(ben.notes).to_have_count(3, timeout=LONG_MS)
    report(f"cut: caught up {time.monotonic() - began:.1f} s after the signal came back")
    assert values(ben.notes) == values(cleo.notes) == values(ana.notes) == ["one", "two", "four"]


def test_a_server_that_restarts_loses_and_doubles_nothing(
    ana: Laptop, ben: Phone, cleo: Phone, server: Server, report: Report
) -> None:
    cleo.add_note("one")
    expect(ben.notes).to_have_count(1)
    server.stop()
    expect(ben.lost).to_be_visible()
    ben.add_note("two, while it was away")
    expect(ben.page.locator("#note-said")).to_have_text(WAITING)
    server.start()
    began = time.monotonic()
    for screen in (ana, ben, cleo):
        expect(screen.notes).to_have_count(2, timeout=LONG_MS)
    expect(ben.lost).to_be_hidden(timeout=LONG_MS)
    report(f"restart: every screen whole again after {time.monotonic() - began:.1f} s")
    cleo.add_note("three")
    for screen in (ana, ben, cleo):
        expect(screen.notes).to_have_count(3)
        assert values(screen.notes) == ["one", "two, while it was away", "three"]
    expect(cleo.page.locator("[data-phones]").first).to_have_text("2", timeout=LONG_MS)


def test_what_a_person_was_doing_survives_catching_up(ben: Phone, cleo: Phone, wire: CuttingProxy) -> None:
    ben.add_note("mine")
    expect(ben.own_notes).to_have_count(1)
    for words in ("a", "b", "c", "d", "e", "f"):
        cleo.add_note(f"{words}, with enough words to be a few lines long on a phone. " * 3)
        expect(ben.notes.filter(has_text=f"{words}, with")).to_have_count(1)
    ben.page.locator("#note-text").fill("half a thought")
    more = ben.page.locator("#notes-page > details.more-tags")
    more.locator("summary").first.click()
    more.locator(".chip").first.click()
    ben.own_notes.locator("summary").click()
    box = ben.own_notes.locator("textarea")
    box.fill("mine, half changed")
    box.focus()
    ben.page.evaluate("scrollBy(0, 40)")
    before = box.bounding_box()
    wire.cut()
    expect(ben.lost).to_be_visible()
    cleo.add_note("one more")
    cleo.hear(cleo.notes.filter(has_text="mine"))
    expect(cleo.notes.filter(has_text="mine").locator(".heard")).to_be_visible()
    wire.resume()
    expect(ben.notes).to_have_count(8, timeout=LONG_MS)
    expect(ben.own_notes.locator(".heard")).to_be_visible()
    expect(ben.lost).to_be_hidden(timeout=LONG_MS)
    expect(ben.page.locator("#note-text")).to_have_value("half a thought")
    expect(more).to_have_attribute("open", "")
    expect(more.locator("input").first).to_be_checked()
    expect(box).to_have_value("mine, half changed")
    expect(box).to_be_focused()
    after = box.bounding_box()
    # The word "heard" is a line of its own above the box; nothing else has moved.
    assert before and after and abs(after["y"] - before["y"]) < 60


def test_a_network_that_swallows_everything_is_told_in_words(
    ana: Laptop, ben: Phone, wire: CuttingProxy, report: Report
) -> None:
    wire.swallow()
    began = time.monotonic()
    ben.check_in("Into the void")
    expect(ben.lost).to_have_text("No signal. The page will catch up by itself.", timeout=LONG_MS)
    expect(ben.lost).to_be_visible(timeout=LONG_MS)
    report(f"silently cut: told after {time.monotonic() - began:.1f} s (promised: 15)")
    assert PING_SECONDS + PONG_SECONDS <= 15
    expect(ben.page.locator("#check-in-said")).to_have_text(WAITING, timeout=LONG_MS)
    report(f"silently cut: a share on its way is said to wait after {time.monotonic() - began:.1f} s")
    expect(ben.page.locator("#check-in-text")).to_have_value("Into the void")
    wire.resume()
    expect(ana.check_ins).to_have_count(1, timeout=LONG_MS)
    expect(ben.page.locator("#check-in-text")).to_have_value("")


def test_airplane_mode_is_told_at_once(ben: Phone, report: Report) -> None:
    began = time.monotonic()
    ben.page.context.set_offline(True)
    expect(ben.lost).to_be_visible()
    report(f"airplane mode: told after {time.monotonic() - began:.2f} s")
    ben.page.context.set_offline(False)
    expect(ben.lost).to_be_hidden(timeout=LONG_MS)


def test_one_phone_with_two_tabs_counts_once(ana: Laptop, ben: Phone, cleo: Phone) -> None:
    second = ben.page.context.new_page()
    second.goto(f"{ben.address}/here")
    count = ana.page.locator("[data-phones]").first
    expect(second.locator("[data-phones]").first).to_have_text("2")
    cleo.add_note("for both tabs")
    for tab in (ben.page, second):
        expect(tab.locator("#notes > li.share")).to_have_count(1)
    expect(count).to_have_text("2")
    second.close()
    cleo.leave_fast()
    expect(count).to_have_text("1")


def test_what_others_write_never_steals_the_focus(ben: Phone, cleo: Phone) -> None:
    ben.tab("notes-page")
    box = ben.page.locator("#note-text")
    box.focus()
    ben.page.keyboard.type("half a ")
    cleo.add_note("something else")
    expect(ben.notes).to_have_count(1)
    expect(box).to_be_focused()
    ben.page.keyboard.type("thought")
    expect(box).to_have_value("half a thought")
