"""Places that help: Esi brings them in from a spreadsheet, and a phone finds one with no signal, telling nobody."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import faults
from tests.browser.test_building import fits
from tests.browser.test_calendar import PHONE, a_building, press
from tests.browser.test_help import open_help, requests_of
from tests.server import Server

Screen = Callable[..., Any]
ROWS = f"""kind,name,hours,phone,address,languages,walk_in,note,checked_on
naloxone,County desk,weekdays 9 to 5,415-555-0110,30 Elder Street,"English, Spanish",yes,No name asked.,{date.today()}
food,Corner Kitchen,noon to two,+1 415 555 0101,12 Sixth Street,English,no,Bring a bag.,2026-01-02
food,Café de la Misión,mornings,,8 Elm Street,Spanish,,,
"""


@pytest.fixture
def elder(server: Server, open_screen: Screen) -> tuple[Laptop, str]:
    """Nina, who plans, on her phone at the places of a building."""
    server.add_account("nina-plans@example.org", "housing", name="Nina")
    nina: Laptop = open_screen(Laptop, **PHONE)
    nina.sign_in("nina-plans@example.org")
    for name in ("Alder House", "Elder House"):  # of several, nobody’s circle is in one that nobody picked
        a_building(nina.page, nina.address, name)
    return nina, nina.page.url.partition("#")[0] + "/places"


def circle_in(laptop: Laptop, building: str) -> Laptop:
    """A circle of Ana's in this building."""
    laptop.page.goto(f"{laptop.address}/lead")
    laptop.page.get_by_label("Building").select_option(building)
    laptop.page.get_by_label("Title").fill("Tuesday")
    laptop.page.locator("form[action='/lead/circles'] button.strong").click()
    laptop.page.wait_for_url(re.compile(r"/lead/[0-9a-f]{20}"))
    laptop.page.wait_for_load_state()
    return laptop


def opened(page: Any) -> Locator:
    """The places in Help, opened."""
    page.locator("#help summary", has_text="Places that help").click()
    places: Locator = page.locator("#help .places")
    expect(places.get_by_text("Corner Kitchen")).to_be_visible()
    return places


def test_places_come_from_a_spreadsheet_and_are_found_with_no_signal(
    elder: tuple[Laptop, str], laptop: Laptop, open_screen: Screen
) -> None:
    nina, at = elder
    page = nina.page
    page.goto(at)
    found = faults(page)
    page.get_by_label("Or its rows, pasted").fill(ROWS.replace("food,Corner", "bar,Corner"))
    press(page, "See what it would do")
    expect(page.locator("#wrong li")).to_have_text(["Row 3, kind: Use a word from the list of kinds."])
    found += faults(page)
    page.get_by_label("Or its rows, pasted").fill(ROWS)
    press(page, "See what it would do")
    expect(page.locator("#way-add")).to_contain_text("3 new")
    found += faults(page)
    assert fits(page)
    press(page, "Add and change")
    expect(page.locator(".line")).to_have_count(3)
    press(page, "I asked there today: Café de la Misión")
    expect(page.locator(".mark")).to_have_text(["More than 90 days ago. Ask there again."])
    found += faults(page)
    assert fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download it").click()
    assert download.value.suggested_filename == "places.csv"
    page.get_by_role("link", name="Change Corner Kitchen").click()
    assert found + faults(page) == [] and fits(page)

    ana = circle_in(laptop, "Elder House")
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.page.context.set_offline(True)
    asked = requests_of(ben.page)
    open_help(ben)
    places = opened(ben.page)
    expect(places.locator("li")).to_have_count(3)
    assert faults(ben.page) == [] and fits(ben.page)
    expect(places.locator("li", has_text="Corner Kitchen")).to_contain_text("Not checked since")
    expect(places.locator("a")).to_have_count(2)
    expect(places.locator("a").last).to_have_attribute("href", "tel:+14155550101")
    box = places.get_by_label("Find a place")
    for typed, names in (
        ("MISION", ["Café de la Misión"]),
        ("elm", ["Café de la Misión"]),
        ("spanish", ["County desk", "Café de la Misión"]),
        ("food  bag", ["Corner Kitchen"]),
        ("call", []),
        ("", ["County desk", "Café de la Misión", "Corner Kitchen"]),
    ):
        box.fill(typed)
        expect(places.locator("li:visible strong")).to_have_text(names)
    box.fill("county")
    expect(places.locator("h3:visible")).to_have_text(["Naloxone"])
    box.fill("nowhere")
    expect(places).to_contain_text("No place here fits that.")
    ben.page.locator("#help summary", has_text="Places that help").click()
    expect(opened(ben.page).locator("li:visible")).to_have_count(3)
    expect(box).to_have_value("")
    kept = ben.page.evaluate("[localStorage.length, sessionStorage.length]")
    assert kept == [0, 0] and asked == []
    ana.look_at("help")
    opened(ana.page).get_by_label("Find a place").fill("kitchen")
    expect(ana.page.locator("#help .places li:visible")).to_have_count(1)

    ana.page.goto(f"{ana.console}/print")
    expect(ana.page.locator("#sheet-places li")).to_have_count(3)
    assert faults(ana.page) == []
    printed = ana.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == ana.page.locator(".sheet").count()

    cleo: Phone = open_screen(Phone, java_script_enabled=False)
    cleo.join(ana.code)
    open_help(cleo)
    expect(opened(cleo.page).locator("li:visible")).to_have_count(3)
    expect(cleo.page.locator("#find-place")).to_be_hidden()
