"""Share, pressed again: on its way, waiting for signal, after an answer was lost, after the erase."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Route, expect

from tests.browser.screens import Laptop, Phone, values
from tests.cutting_proxy import CuttingProxy

Screen = Callable[..., Any]
WAITING = "Waiting for signal. It will send by itself."
OTHER_WORDS = "You sent other words with this form before. Send it again if you mean both."
LONG_MS = 25_000


@pytest.fixture
def ana(laptop: Laptop) -> Laptop:
    """Ana, in whose circle shares go up at once."""
    laptop.open_circle("At once", at_once=True)
    return laptop


@pytest.fixture
def ben(ana: Laptop, open_screen: Screen, wire: CuttingProxy) -> Phone:
    """Ben on his notes, in a circle where shares go up at once."""
    phone: Phone = open_screen(Phone, at=wire.address)
    phone.join(ana.code)
    phone.tab("notes-page")
    expect(ana.page.locator("[data-phones]").first).to_have_text("1")
    return phone


@pytest.fixture
def keys(ben: Phone) -> list[str]:
    """The key of each try to send a note."""
    sent: list[str] = []
    ben.page.on(
        "request",
        lambda one: sent.extend(parse_qs(one.post_data or "").get("key", []) if "/here/notes" in one.url else []),
    )
    return sent


def stop_the_clock(phone: Phone) -> None:
    """From now on nothing is tried again because time has passed."""
    phone.page.clock.install(time=0)
    phone.page.clock.pause_at(1000)


def everybody_reads(words: list[str], *screens: Laptop | Phone) -> None:
    """These notes, in this order, on every screen."""
    for screen in screens:
        expect(screen.notes).to_have_count(len(words), timeout=LONG_MS)
        assert values(screen.notes) == words


def test_other_words_pressed_on_the_way_follow_by_themselves(
    ana: Laptop, ben: Phone, wire: CuttingProxy, keys: list[str]
) -> None:
    wire.delay = 0.3
    for words in ("one", "two", "three"):
        ben.add_note(words)
    expect(ben.page.locator("#note-text")).to_have_value("three")
    everybody_reads(["one", "two", "three"], ana, ben)
    expect(ben.page.locator("#note-said")).to_have_text("Saved.")
    expect(ben.page.locator("#note-text")).to_have_value("")
    assert len(keys) == len(set(keys)) == 3


def test_the_same_words_pressed_on_the_way_go_once(
    ana: Laptop, ben: Phone, wire: CuttingProxy, keys: list[str]
) -> None:
    wire.delay = 0.3
    ben.page.locator("#note-text").fill("once")
    for _ in range(4):
        ben.page.locator("#note-form button.strong").click()
    expect(ben.page.locator("#note-said")).to_have_text("Saved.", timeout=LONG_MS)
    everybody_reads(["once"], ana, ben)
    assert len(keys) == 1


def test_what_was_pressed_on_the_way_survives_a_cut(
    ana: Laptop, ben: Phone, wire: CuttingProxy, keys: list[str]
) -> None:
    wire.delay = 0.5
    for words in ("one", "two"):
        ben.add_note(words)
    wire.cut()
    expect(ben.page.locator("#note-said")).to_have_text(WAITING)
    wire.delay = 0
    wire.resume()
    everybody_reads(["one", "two"], ana, ben)
    expect(ben.page.locator("#note-text")).to_have_value("")
    assert len(keys) > len(set(keys)) == 2


def test_pressed_again_while_it_waits_it_is_tried_at_once(
    ana: Laptop, ben: Phone, wire: CuttingProxy, keys: list[str]
) -> None:
    stop_the_clock(ben)
    ben.page.route("**/here/notes", lambda route: route.abort())
    ben.add_note("one")
    expect(ben.page.locator("#note-said")).to_have_text(WAITING)
    assert len(keys) == 1
    ben.page.unroute("**/here/notes")
    ben.page.locator("#note-form button.strong").click()
    expect(ben.page.locator("#note-said")).to_have_text("Saved.")
    everybody_reads(["one"], ana, ben)
    assert len(keys) == 2 and len(set(keys)) == 1


def test_what_is_typed_on_while_it_waits_is_not_sent_before_it_is_pressed(
    ana: Laptop, ben: Phone, wire: CuttingProxy
) -> None:
    wire.cut()
    ben.add_note("one")
    expect(ben.page.locator("#note-said")).to_have_text(WAITING)
    ben.page.locator("#note-text").fill("one, and half a thou")
    wire.resume()
    everybody_reads(["one"], ana, ben)
    expect(ben.page.locator("#note-text")).to_have_value("one, and half a thou")


def test_other_words_after_a_lost_answer_are_asked_about(
    ana: Laptop, ben: Phone, wire: CuttingProxy, keys: list[str]
) -> None:
    stop_the_clock(ben)
    wire.lose_answers()
    ben.add_note("The van is on 6th.")
    expect(ben.page.locator("#note-said")).to_have_text(WAITING)
    everybody_reads(["The van is on 6th."], ana)
    ben.page.locator("#note-text").fill("The van is on 7th.")
    wire.resume()
    share = ben.page.locator("#note-form button.strong")
    share.click()
    expect(ben.page.locator("#note-said.error")).to_have_text(OTHER_WORDS)
    expect(ben.page.locator("#note-text")).to_have_attribute("aria-invalid", "true")
    expect(ben.page.locator("#note-text")).to_have_value("The van is on 7th.")
    everybody_reads(["The van is on 6th."], ana)
    share.click()
    everybody_reads(["The van is on 6th.", "The van is on 7th."], ana)
    expect(ben.page.locator("#note-text")).not_to_have_attribute("aria-invalid", "true")
    assert len(keys) == 3 and len(set(keys)) == 2


def test_what_waits_when_the_circle_is_erased_is_dropped(ana: Laptop, ben: Phone, keys: list[str]) -> None:
    stop_the_clock(ben)
    ben.page.route("**/here/notes", lambda route: route.abort())
    ben.add_note("never sent")
    expect(ben.page.locator("#note-said")).to_have_text(WAITING)
    ana.press("Close the circle")
    ana.press("Erase now")
    expect(ben.page.locator(".proof")).to_be_visible()
    ben.page.unroute("**/here/notes")
    keys.clear()
    # Whatever might wake it: time, the network, a look at the page.
    ben.page.clock.run_for(60_000)
    ben.page.evaluate("dispatchEvent(new Event('online')); document.dispatchEvent(new Event('visibilitychange'))")
    ben.page.wait_for_timeout(300)
    expect(ben.page.locator(".proof")).to_be_visible()
    expect(ben.page).to_have_url(f"{ben.address}/here#notes-page")
    assert keys == []


def test_what_is_begun_while_tags_alone_are_on_their_way_stays(ana: Laptop, ben: Phone) -> None:
    on_its_way: list[Route] = []
    ben.page.route("**/here/check-ins", lambda route: on_its_way.append(route))
    ben.check_in("", "set:sleep")
    expect(ben.page.locator("#check-in-said")).to_have_text("Sending…")
    ben.page.locator("#check-in-text").fill("And I ate.")
    on_its_way[0].continue_()
    expect(ana.check_ins).to_have_count(1)
    expect(ben.page.locator("#check-in-said")).to_have_text("Saved.")
    expect(ben.page.locator("#check-in-text")).to_have_value("And I ate.")
