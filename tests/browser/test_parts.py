"""The plan, led by keyboard alone, and followed by phones that are never pulled away from what they do."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.screens import Laptop, Phone
from tests.server import Server

Screen = Callable[..., Any]


def test_next_skip_and_move_by_keyboard_alone(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    expect(ben.now).to_contain_text("Come as you are.")
    ana.key("n")
    expect(ana.on).to_have_text("Limits and rules")
    expect(ana.pane("rules-page")).to_be_visible()
    expect(ben.now).to_contain_text("Limits and rules")
    expect(ben.pane("rules-page")).to_be_visible()  # nobody has touched this phone yet
    ana.key("n")
    expect(ben.pane("circle-page")).to_be_visible()

    # Another pane, and the script, without changing the part.
    ana.key("s")
    expect(ana.pane("script-page")).to_contain_text("How are you arriving today?")
    ana.key("s")
    expect(ana.pane("checkins-page")).to_be_visible()
    ana.key("c")
    expect(ana.page.locator("dialog.again .code")).to_be_visible()
    ana.key("c")
    ana.key("?")
    expect(ana.pane("keys-page")).to_contain_text("None of them does anything while you type.")
    expect(ana.on).to_have_text("Check-in")

    # Learn comes before the open circle today; then the open circle is skipped.
    drawer = ana.page.locator("#other-parts")
    drawer.locator("summary").press("Enter")
    drawer.get_by_role("button", name="Move Learn together up").press("Enter")
    expect(ana.page.locator("#plan > ol li").nth(3)).to_have_text("Learn together")
    expect(drawer).to_have_attribute("open", "")
    ana.page.locator("h1:visible").first.click()
    ana.key("n")
    expect(ben.now).to_contain_text("Setting: where, when")
    expect(ana.pane("learn-page")).to_be_visible()
    drawer.get_by_role("button", name="Start Good things, close").press("Enter")
    expect(ben.now).to_contain_text("One good thing.")
    expect(ana.page.locator("[data-key-n]")).to_have_count(0)


def test_who_is_writing_is_never_moved_or_interrupted(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    box = ben.page.locator("#check-in-text")
    box.press_sequentially("half a thou")
    ana.key("n")
    expect(ben.now).to_contain_text("Limits and rules")
    expect(box).to_be_focused()
    ben.page.keyboard.type("ght")
    expect(box).to_have_value("half a thought")
    expect(ben.pane("rules-page")).to_be_hidden()

    # Nor is a leader who types: letters are letters.
    ana.draft_a_rule("")
    ana.page.locator("#new-rule").press_sequentially("no snacks by chance")
    expect(ana.on).to_have_text("Limits and rules")
    expect(ana.pane("rules-page")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_who_comes_late_lands_in_the_part_that_is_on(ana: Laptop, open_screen: Screen, scripts: bool) -> None:
    ana.key("n")
    expect(ana.on).to_have_text("Limits and rules")
    cleo: Phone = open_screen(Phone, locale="es-US", java_script_enabled=scripts)
    cleo.join(ana.code)
    expect(cleo.now).to_contain_text("Límites y acuerdos")
    expect(cleo.pane("rules-page")).to_be_visible()
    cleo.check_in("Escribir se puede siempre.")
    expect(cleo.waiting).to_contain_text("Escribir se puede siempre.")


def test_the_part_and_its_minutes_are_there_after_a_restart(ana: Laptop, open_screen: Screen, server: Server) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ana.key("n")
    expect(ana.on).to_have_text("Limits and rules")
    server.stop()
    with closing(sqlite3.connect(server.data / "open-circle.db")) as db, db:
        db.execute(
            "UPDATE circles SET part_ticks = 57 WHERE state = 'open'"
        )  # as if nine and a half minutes had passed
    server.start()
    ana.page.clock.install(time=time.time() + 90)  # a screen whose clock is wrong
    ana.page.reload()
    expect(ana.on).to_have_text("Limits and rules")
    expect(ana.page.locator("[data-minutes]")).to_have_text("about 10 min in this part")
    ben.page.reload()
    expect(ben.now).to_contain_text("Limits and rules")


def test_a_usual_evening_is_in_view_without_scrolling(ana: Laptop, open_screen: Screen) -> None:
    ana.open_circle("At once", at_once=True)
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    for words in ("Ate first. Slept badly.", "Work was good this week.", "Just tired."):
        ben.check_in(words, "set:sleep")
        expect(ben.page.locator("#check-in-said")).to_have_text("Saved.")
    for part in ("Arrive", "Check-in", "Open circle", "Learn together", "Good things, close"):
        ana.page.locator("#plan > ol").get_by_role("link", name=part).click()
        assert ana.page.evaluate("document.documentElement.scrollHeight") <= 768, part
        nav = ana.page.locator(".parts")
        assert nav.evaluate("nav => nav.scrollHeight <= nav.clientHeight"), part
