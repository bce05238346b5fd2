"""Blank and lock: one key covers, the PIN uncovers, and what was half-typed is there again."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.screens import Laptop, Phone
from tests.server import Server

Screen = Callable[..., Any]
PIN = "47182935"
TITLE = "Kingfisher group"
HALF = "We knock before"


@pytest.fixture
def ana(open_screen: Screen, signed_in: dict[str, Any], server: Server) -> Laptop:
    """Ana at her laptop, with the doors of a circle open that has a PIN."""
    laptop: Laptop = open_screen(Laptop, **signed_in)
    if not signed_in:
        laptop.sign_in("ana@example.org")
        signed_in["storage_state"] = laptop.page.context.storage_state()
    laptop.open_circle(TITLE, at_once=True, pin=PIN)
    return laptop


def shows_nothing(laptop: Laptop, *secrets: str) -> bool:
    """Whether neither the page as it stands, nor as it is sent, nor what its tab keeps, holds any of these."""
    held = [
        laptop.page.content(),
        laptop.page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)"),
    ]
    held += [laptop.page.request.get(laptop.page.url).text(), laptop.page.title()]
    return not [secret for secret in secrets for text in held if secret in text]


def test_half_typed_covered_read_anew_and_uncovered_by_keyboard_alone(ana: Laptop) -> None:
    secrets = (TITLE, ana.code, ana.code.replace(" ", ""), HALF, "data-drafts", PIN)
    ana.draft_a_rule(HALF)
    ana.page.keyboard.press("b")
    expect(ana.cover).to_contain_text("Back soon")
    expect(ana.pin).to_be_focused()
    assert shows_nothing(ana, *secrets)

    ana.page.reload()
    expect(ana.pin).to_be_focused()
    assert shows_nothing(ana, *secrets)
    ana.page.keyboard.type("4719")
    ana.page.keyboard.press("Enter")
    expect(ana.page.locator("#unblank-pin-said.error")).to_have_text("That is not the PIN.")
    assert shows_nothing(ana, *secrets)

    # What was wrong is picked out, so that the next digits take its place.
    expect(ana.pin).to_be_focused()
    ana.page.keyboard.type(PIN)
    ana.page.keyboard.press("Enter")
    expect(ana.cover).to_have_count(0)
    expect(ana.page.locator("#rules-page")).to_be_visible()
    expect(ana.page.locator("#new-rule")).to_have_value(HALF)
    assert ana.page.evaluate("sessionStorage.length") == 0


def test_what_is_half_typed_anywhere_comes_back_where_it_was(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.page.locator("#check-in-text").fill("half a thought")
    ana.look_at("rules-page")
    third = ana.rules.nth(2)
    third.locator("summary").click()
    third.locator("textarea").fill("Half reworded")
    ana.look_at("checkins-page")
    ana.page.locator(".in-the-room summary").click()
    ana.page.locator("#room-text").fill("Somebody began to say")
    ana.page.locator(".in-the-room .chip:has(input[value='set:sleep'])").click()
    for again in (False, True):
        ana.press("Blank")
        for screen in (ana, ben):
            expect(screen.cover).to_contain_text("Back soon")
        assert shows_nothing(ana, "Half reworded", "Somebody began to say", TITLE)
        if again:
            ana.page.reload()
        ana.type_pin(PIN)
        expect(ana.page.locator("#room-text")).to_have_value("Somebody began to say")
        expect(ana.page.locator("#room-text")).to_be_visible()
        expect(ana.page.locator(".in-the-room input[value='set:sleep']")).to_be_checked()
        expect(ana.rules.nth(2).locator("textarea")).to_have_value("Half reworded")
        expect(ben.cover).to_have_count(0)
        expect(ben.page.locator("#check-in-text")).to_have_value("half a thought")
    ana.page.locator(".in-the-room").get_by_role("button", name="Share").click()
    expect(ben.check_ins).to_have_count(1)


def test_what_was_said_under_the_cover_is_there_afterwards_and_never_reached_the_covered_page(
    ana: Laptop, open_screen: Screen
) -> None:
    ben, dev = open_screen(Phone), open_screen(Phone, java_script_enabled=False)
    for phone in (ben, dev):
        phone.join(ana.code)
    frames: list[str] = []
    ana.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    ana.page.reload()
    expect(ana.page.locator("[data-phones]").first).to_have_text("2")
    ana.page.keyboard.press("b")
    expect(ben.cover).to_be_visible()
    dev.check_in("said under it")
    expect(ben.check_ins).to_have_count(1)
    assert "said under it" not in " ".join(frames) and frames
    ana.type_pin(PIN)
    expect(ana.check_ins).to_have_count(1)


def test_b_covers_from_anywhere_but_a_field_and_escape_never_uncovers(ana: Laptop) -> None:
    ana.look_at("rules-page")
    ana.page.locator("#new-rule").press_sequentially("bbb")
    ana.page.locator("#rules-title").click()
    for key in ("Control+b", "Meta+b", "Alt+b"):
        ana.page.keyboard.press(key)
    expect(ana.page.locator("#new-rule")).to_have_value("bbb")
    expect(ana.cover).to_have_count(0)
    ana.look_at("checkins-page")
    ana.page.locator(".in-the-room summary").click()
    ana.page.locator(".in-the-room .chip").first.click()  # a tick is not a field that one types in
    ana.page.keyboard.press("B")
    expect(ana.cover).to_be_visible()
    for key in ("Escape", "b", "h", "Escape", "Enter"):
        ana.page.keyboard.press(key)
    ana.page.locator("body").press("Escape")
    expect(ana.page.locator("#unblank-pin-said.error")).to_be_visible()
    expect(ana.cover).to_contain_text("Back soon")


def test_going_back_shows_a_covered_page_too(ana: Laptop) -> None:
    console, code = ana.page.url, ana.code
    other = ana.page.context.new_page()
    other.goto(console)
    ana.page.goto(f"{ana.address}/staff/account")
    other.keyboard.press("b")
    expect(other.locator("#state.cover")).to_be_visible()
    ana.page.go_back()
    expect(ana.cover).to_contain_text("Back soon")
    assert shows_nothing(ana, code, TITLE)
    ana.page.goto(f"{ana.address}/lead")
    assert shows_nothing(ana, code)
    ana.page.go_back()
    expect(ana.cover).to_be_visible()
    assert shows_nothing(ana, code, TITLE)


def test_close_and_reopen_by_the_pin_and_the_passphrase_for_who_forgot_it(ana: Laptop) -> None:
    ana.draft_a_rule(HALF)
    for by_pin in (True, False):
        ana.press("Close the circle")
        expect(ana.cover).to_contain_text("The circle has closed.")
        assert shows_nothing(ana, TITLE, HALF, ana.page.url + "#code")
        if by_pin:
            ana.type_pin(PIN)
        else:
            ana.page.locator("#state summary").click()
            ana.type_passphrase()
        expect(ana.cover).to_have_count(0)
        expect(ana.page.locator("#new-rule")).to_have_value(HALF)


def test_after_the_erase_what_the_tab_kept_is_gone(ana: Laptop) -> None:
    ana.draft_a_rule(HALF)
    ana.press("Close the circle")
    expect(ana.cover).to_be_visible()
    ana.page.wait_for_function("sessionStorage.length === 1")
    kept = json.loads(ana.page.evaluate("JSON.stringify(sessionStorage)"))
    assert HALF not in str(kept)
    ana.press("Erase now")
    expect(ana.page.locator("h1:has-text('It is gone.')")).to_be_visible()
    assert ana.page.evaluate("sessionStorage.length") == 0
    assert HALF not in ana.page.content()


def test_without_scripts_the_screens_are_covered_and_uncovered_too(
    ana: Laptop, open_screen: Screen, signed_in: dict[str, Any]
) -> None:
    plain: Laptop = open_screen(Laptop, java_script_enabled=False, **signed_in)
    plain.page.goto(ana.page.url)
    plain.press("Blank")
    for screen in (ana, plain):
        expect(screen.cover).to_contain_text("Back soon")
    plain.pin.fill("4719")
    plain.press("Come back")
    expect(plain.page.locator("#unblank-pin-said")).to_have_text("That is not the PIN.")
    expect(plain.page.locator("#unblank-pin-said")).to_be_visible()
    expect(plain.pin).to_have_value("")
    plain.pin.fill(PIN)
    plain.press("Come back")
    for screen in (ana, plain):
        expect(screen.cover).to_have_count(0)
        expect(screen.page.locator("[data-code]")).to_be_visible()
