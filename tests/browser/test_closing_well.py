"""A rule suggested on one phone and adopted for all; the close, and what a leader does after it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import faults

Screen = Callable[..., Any]


def suggest(phone: Phone, words: str) -> None:
    phone.page.goto(f"{phone.address}/here#rules-page")
    phone.page.locator("#suggest").fill(words)
    phone.page.get_by_role("button", name="Suggest it").click()
    expect(phone.page.locator("#suggest-said")).to_have_text("Saved.")
    expect(phone.page.locator("#suggest")).to_have_value("")


def test_a_rule_suggested_is_adopted_and_begins_the_next_circle(ana: Laptop, open_screen: Screen) -> None:
    ben, cleo = (open_screen(Phone) for _ in range(2))
    for phone in (ben, cleo):
        phone.join(ana.code)
    hint = ana.page.get_by_role("link", name="Somebody suggests a rule")
    expect(hint).to_be_hidden()
    suggest(ben, "Tea before we talk.")
    suggest(cleo, "Never adopted, this one.")
    found = faults(ben.page)
    hint.click()
    suggested = ana.page.locator("#suggestions li")
    expect(suggested).to_have_count(2)
    found += faults(ana.page)
    suggested.filter(has_text="Tea before").get_by_role("button", name="Adopt").click()
    for phone in (ben, cleo):
        expect(phone.rules).to_have_count(13)
        expect(phone.rules.last).to_have_text("Tea before we talk.")
        assert "Never adopted" not in phone.page.content()
    suggested.get_by_role("button", name="Let go").click()
    expect(ana.page.locator("#suggestions")).to_be_hidden()
    expect(hint).to_be_hidden()
    ana.press("Keep these rules for next time")
    expect(ana.page.locator("form[action$='/rules/keep'] .said")).to_have_text("Saved.")
    ana.open_circle("Wednesday open group")
    ana.look_at("rules-page")
    expect(ana.rules.last).to_contain_text("Tea before we talk.")
    ana.page.goto(f"{ana.address}/lead")
    ana.page.get_by_text("The rules kept last time").last.click()
    found += faults(ana.page)
    ana.press("Let them go")
    expect(ana.page.get_by_text("The rules kept last time")).to_have_count(0)
    assert found == []


def test_from_the_last_part_to_rest(ana: Laptop, open_screen: Screen) -> None:
    ben, cleo = (open_screen(Phone) for _ in range(2))
    for phone in (ben, cleo):
        phone.join(ana.code)
    ana.start("Good things, close")
    expect(ana.pane("close-page")).to_be_visible()
    expect(ana.pane("notes-page")).to_be_visible()
    expect(cleo.page.locator("#box-note .prompt")).to_have_text("One good thing, however small")
    expect(cleo.pane("notes-page")).to_be_visible()
    cleo.page.locator("#now summary").click()
    expect(cleo.page.locator("#now .anchor li")).to_have_count(3)
    found = faults(ana.page) + faults(cleo.page)
    cleo.add_note("The soup was warm today.")
    expect(ana.page.locator("#waiting")).to_contain_text("1 is waiting")
    ben.tab("notes-page")
    ana.press("Close the circle")
    expect(ben.cover).to_be_visible()
    ana.page.get_by_role("link", name="Heads, supplies, a line for next time").click()
    expect(ana.page.get_by_role("link", name="Back to it")).to_be_visible()
    ana.page.locator("#heads").fill("seven")
    ana.page.get_by_text("Change the list of what you hand out").click()
    ana.page.locator("#names").fill("Naloxone kits\nClean water")
    found += faults(ana.page)
    ana.press("Save the list")
    expect(ana.page.locator("#heads")).to_have_value("seven")
    ana.page.get_by_label("Naloxone kits").fill("4")
    ana.page.get_by_text("Which cards did you teach?").click()
    ana.page.get_by_label("Drug, set and setting").check()
    ana.page.locator("#line").fill("Start the learning part sooner.")
    ana.page.locator("#line").press("Tab")
    ana.page.keyboard.press("Enter")
    expect(ana.page.locator("#heads-error")).to_have_text("Use a whole number, 0 to 999.")
    found += faults(ana.page)
    ana.page.locator("#heads").fill("7")
    ana.page.locator("#heads").press("Enter")
    expect(ana.page.get_by_text("It is kept. There is nothing else to save.")).to_be_visible()
    found += faults(ana.page)
    ana.page.get_by_role("link", name="What I told").click()
    expect(ana.page.locator(".held li")).to_contain_text("Naloxone kits 4")
    found += faults(ana.page)
    ana.page.goto(f"{ana.address}/lead")
    expect(ana.page.get_by_text("Start the learning part sooner.")).to_be_visible()
    # What outlives a circle goes when its leader says so: the whole run looks for every word of it in the end.
    ana.page.goto(f"{ana.address}/lead/held")
    ana.page.get_by_role("button", name="Delete").click()
    expect(ana.page.get_by_text("Nothing yet.")).to_be_visible()
    ana.page.goto(f"{ana.address}/lead/after")
    ana.page.get_by_text("Change the list of what you hand out").click()
    ana.page.locator("#names").fill("")
    ana.press("Save the list")
    expect(ana.page.get_by_text("Nothing is on your list yet.")).to_be_visible()
    assert found == []
