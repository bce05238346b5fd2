"""Esi writes down on her phone whom to call and where naloxone is; a circle there has it in its Help, offline too.

Words to tap that she adds, and rules, are there in its circles.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import SMALLEST_TARGET, faults
from tests.browser.test_calendar import PHONE, a_building, press
from tests.browser.test_help import open_help, requests_of, with_help_open

Screen = Callable[..., Any]
PAGES = ("own-words", "numbers", "naloxone", "cards", "tags", "rules")


@pytest.fixture
def esi(open_screen: Screen) -> Laptop:
    phone: Laptop = open_screen(Laptop, **PHONE)
    phone.sign_in("esi@example.org")
    return phone


def fits(page: Page) -> bool:
    """Whether nothing needs sideways scrolling, and everything to touch is large enough."""
    targets = page.locator(":is(button, summary, .chip, a.button, select):visible").all()
    boxes = [target.bounding_box() for target in targets]
    wide = page.evaluate("document.documentElement.scrollWidth")
    return wide <= 360 and all(box and box["height"] >= SMALLEST_TARGET for box in boxes)


def test_what_a_building_knows_is_in_the_help_of_its_circles(esi: Laptop, open_screen: Screen) -> None:
    page = esi.page
    a_building(page, esi.address, "Aspen House")  # of several, nobody's circle is in one that nobody picked
    a_building(page, esi.address, "Poplar House")
    home, found = page.url.partition("#")[0], []
    page.goto(f"{home}/own-words")
    page.get_by_label("Street and door, to say on the phone to 911").fill("7 Birch Lane, back door")
    press(page, "Save")
    page.goto(f"{home}/naloxone")
    page.get_by_label("Where it is").fill("Kitchen, top drawer")
    page.get_by_label("Good until").fill(str(date.today() + timedelta(days=20)))
    press(page, "Add the place")
    page.goto(f"{home}/numbers")
    page.get_by_text("A new number").click()
    page.get_by_label("Who answers", exact=True).fill("Mobile crisis team")
    page.get_by_label("Number", exact=True).fill("415-555-0100")
    press(page, "Add the number")
    press(page, "I called it today: Mobile crisis team")
    expect(page.locator("#own")).to_contain_text("by housing staff")
    press(page, "Switch it off: SafeSpot")
    for name in PAGES:
        page.goto(f"{home}/{name}")
        found += faults(page)
        assert fits(page), name
    page.goto(home)
    expect(page.locator("#due")).to_contain_text("Kitchen, top drawer")
    found += faults(page)
    page.goto(f"{esi.address}/calendar")
    expect(page.locator("#due")).to_contain_text("Kitchen, top drawer")
    assert found + faults(page) == []

    ana: Laptop = open_screen(Laptop)
    ana.sign_in("ana@example.org")
    ana.page.get_by_label("Building").select_option("Poplar House")
    assert faults(ana.page) == []
    ana.page.get_by_label("Title").fill("Tuesday")
    ana.page.locator("form[action='/lead/circles'] button.strong").click()
    ana.page.wait_for_url(re.compile(r"/lead/[0-9a-f]{20}"))
    ben: Phone = with_help_open(open_screen(Phone), ana.code, "here")
    asked = requests_of(ben.page)
    open_help(ben)
    help_page = ben.page.locator("#help")
    expect(help_page.locator(".job.call")).to_contain_text("at 7 Birch Lane, back door.")
    expect(help_page.locator(".job.naloxone")).to_contain_text("Kitchen, top drawer")
    expect(help_page.locator("a[href='tel:4155550100']")).to_be_visible()
    expect(help_page).not_to_contain_text("SafeSpot")
    assert asked == []


def test_a_word_of_the_building_is_tapped_and_read_on_another_phone_and_the_big_screen(
    esi: Laptop, laptop: Laptop, open_screen: Screen
) -> None:
    page, words = esi.page, "cooking for others"
    a_building(page, esi.address, "Juniper House")
    home = page.url.partition("#")[0]
    page.goto(f"{home}/tags")
    page.locator("#own .chip", has_text="Setting").click()
    page.get_by_label("The word, or a few").fill(words)
    press(page, "Add the word")
    expect(page.locator("#own .tag.setting")).to_have_text(words)
    found = faults(page)
    page.goto(f"{home}/rules")
    page.get_by_label("A rule of this building’s own").fill("Shoes off at the door.")
    press(page, "Add")
    page.get_by_label("Move rule 13 up").click()
    expect(page.locator("#rule-12")).to_contain_text("Shoes off at the door.")
    page.get_by_label("Reword rule 2").click()
    found += faults(page)
    assert fits(page)

    laptop.open_circle("Tuesday", at_once=True, building="Juniper House")
    ben: Phone = open_screen(Phone, java_script_enabled=False)
    cleo: Phone = open_screen(Phone)
    for phone in (ben, cleo):
        phone.join(laptop.code)
    big = laptop.page.context.new_page()
    big.goto(f"{laptop.console}/screen?show=wall")
    tag = cleo.page.locator("#circle-page .chip", has_text=words).locator("input")
    ben.check_in("Soup for two.", str(tag.get_attribute("value")))
    for seen in (cleo.check_ins.locator(".tag.setting"), big.locator(".said .tag.setting")):
        expect(seen).to_have_text(words)
    expect(cleo.rules).to_have_count(13)
    expect(cleo.rules.nth(11)).to_have_text("Shoes off at the door.")
    assert found + faults(cleo.page) + faults(big) == []
    big.close()
