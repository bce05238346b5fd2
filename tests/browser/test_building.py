"""Esi writes down on her phone whom to call and where naloxone is; a circle there has it in its Help, offline too."""

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
