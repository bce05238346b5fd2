"""Places that help: staff bring them in from a spreadsheet; a phone finds one with no signal, telling nobody."""

import re
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Locator, Page, expect

from sessions.database import Database
from sessions.schedule import buildings, places_brought
from sessions.schedule.buildings import BuildingWords
from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import faults
from tests.browser.test_building import fits
from tests.browser.test_calendar import PHONE, press
from tests.browser.test_help import open_help, requests_of
from tests.server import Server

Screen = Callable[..., Any]
ROWS = """kind,name,hours,phone,address,languages,walk_in,note,checked_on
naloxone,County desk,weekdays 9 to 5,415-555-0110,30 Elder Street,"English, Spanish",yes,No name asked.,2026-01-02
food,Corner Kitchen,noon to two,+1 415 555 0101,12 Sixth Street,English,no,Bring a bag.,
food,Café de la Misión,mornings,,8 Elm Street,Spanish,,,
"""


def a_building(server: Server, name: str, rows: str = "") -> str:
    """A building, with the places of these rows. Returns its id."""
    with closing(Database(f"sqlite:///{next(server.data.glob('*.db'))}")) as database:
        made = database.write(buildings.add, "esi", BuildingWords(name, "", "Etc/UTC"))
        if rows:
            now = datetime.now(UTC)
            assert database.write(places_brought.bring_in, "esi", made.id, rows, "add-3-0-0", now)
    return made.id


def in_circle(laptop: Laptop, building_id: str) -> Laptop:
    """Ana's laptop, with the doors of a circle in this building open."""
    laptop.page.goto(f"{laptop.address}/lead")
    laptop.page.locator("select[name=building]").select_option(building_id)
    laptop.page.get_by_label("Title").fill("Tuesday")
    laptop.page.locator("form[action='/lead/circles'] button.strong").click()
    laptop.page.wait_for_url(re.compile(r"/lead/[0-9a-f]{20}"))
    laptop.page.wait_for_load_state()
    return laptop


def opened(page: Page) -> Locator:
    """The places in Help, opened."""
    page.locator("#help summary", has_text="Places that help").click()
    places = page.locator("#help .places")
    expect(places.get_by_text("Corner Kitchen")).to_be_visible()
    return places


def test_staff_bring_places_in_from_a_spreadsheet_on_a_phone(server: Server, open_screen: Screen) -> None:
    server.add_account("nina-plans@example.org", "housing", name="Nina")
    nina: Laptop = open_screen(Laptop, **PHONE)
    nina.sign_in("nina-plans@example.org")
    page = nina.page
    page.goto(f"{nina.address}/buildings/{a_building(server, 'Alder House')}/places")
    page.get_by_label("Or its rows, pasted").fill(ROWS.replace("food,Corner", "bar,Corner"))
    press(page, "See what it would do")
    expect(page.locator("#wrong li")).to_have_text(["Row 3, kind: Use a word from the list of kinds."])
    found = faults(page)
    page.get_by_label("Or its rows, pasted").fill(ROWS)
    press(page, "See what it would do")
    expect(page.locator("#way-add")).to_contain_text("3 new")
    found += faults(page)
    assert fits(page)
    press(page, "Add and change")
    expect(page.locator(".line")).to_have_count(3)
    press(page, "I asked there today: Café de la Misión")
    expect(page.locator(".mark")).to_have_text(["More than 90 days ago. Ask there again.", "Not checked here yet"])
    found += faults(page)
    assert fits(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download it").click()
    assert download.value.suggested_filename == "places.csv"
    page.get_by_role("link", name="Change Corner Kitchen").click()
    expect(page.get_by_label("When it is open")).to_have_value("noon to two")
    assert found + faults(page) == [] and fits(page)


def test_a_phone_finds_a_place_with_no_signal(server: Server, laptop: Laptop, open_screen: Screen) -> None:
    ana = in_circle(laptop, a_building(server, "Elder House", ROWS))
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.page.context.set_offline(True)
    asked = requests_of(ben.page)
    open_help(ben)
    places = opened(ben.page)
    expect(places.locator("li")).to_have_count(3)
    assert faults(ben.page) == [] and fits(ben.page)
    expect(places.locator("li", has_text="County desk")).to_contain_text("Not checked since")
    expect(places.locator("a")).to_have_count(2)
    expect(places.locator("a").last).to_have_attribute("href", "tel:+14155550101")
    box = places.get_by_label("Find a place")
    for typed, names in (
        ("MISION", ["Café de la Misión"]),
        ("elm", ["Café de la Misión"]),
        ("spanish", ["County desk", "Café de la Misión"]),
        ("food  bag", ["Corner Kitchen"]),
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


def test_they_stand_on_the_console_on_paper_and_on_a_phone_without_scripts(
    server: Server, laptop: Laptop, open_screen: Screen
) -> None:
    ana = in_circle(laptop, a_building(server, "Hawthorn House", ROWS))
    cleo: Phone = open_screen(Phone, java_script_enabled=False)
    cleo.join(ana.code)
    open_help(cleo)
    expect(opened(cleo.page).locator("li:visible")).to_have_count(3)
    expect(cleo.page.locator("#find-place")).to_be_hidden()
    ana.look_at("help")
    opened(ana.page).get_by_label("Find a place").fill("kitchen")
    expect(ana.page.locator("#help .places li:visible")).to_have_count(1)
    ana.page.goto(f"{ana.console}/print")
    expect(ana.page.locator("#sheet-places li")).to_have_count(3)
    assert faults(ana.page) == []
    printed = ana.page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == ana.page.locator(".sheet").count()
