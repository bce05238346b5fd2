"""A building's public page on a phone, without scripts too, and its flyer: one sheet of paper, whatever is on it."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import qr
from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import SMALLEST_TARGET, faults
from tests.browser.test_calendar import press
from tests.browser.test_prints import MARGINS_MM, PAPERS, PIXELS_A_MM

Screen = Callable[..., Any]
LONG = "A name that is as long as a name may ever be and goes on for a while until it st"
FIRST = date.today() + timedelta(days=2)


def a_listed_building(page: Page, address: str, name: str, room: str, groups: list[str]) -> str:
    """Write down a building with a room and its groups, one after the other, and list all of it. Its path."""
    page.goto(f"{address}/buildings")
    page.get_by_label("Name, for staff").fill(name)
    page.get_by_label("Time zone").fill("America/Los_Angeles")
    press(page, "Save")
    page.get_by_label("Name of the room").fill(room)
    press(page, "Add the room")
    press(page, "Give it a public page")
    expect(page.locator("#public")).to_contain_text("It has a public page.")
    path = page.url.partition("#")[0].removeprefix(address)
    for hour, group in enumerate(groups, 9):
        page.goto(f"{address}/calendar/new")
        page.get_by_label("Title").fill(group)
        page.locator("select[name=room]").select_option(
            page.locator(f"optgroup[label='{name}'] option").first.get_attribute("value")
        )
        for field, typed in (("first", FIRST), ("until", FIRST + timedelta(days=90)), ("start", f"{hour:02}:00")):
            page.locator(f"#{field}").fill(str(typed))
        press(page, "Put it on the calendar")
        page.locator("#do-listing summary").click()
        page.get_by_label("Show it on the public page").check()
        page.get_by_label("What it is called there").fill(group)
        page.locator("form[action$='/listed'] button").click()
    return path


@pytest.mark.parametrize(
    ("name", "room", "groups"),
    [("Willow House", "Lounge B", ["Open group"]), (LONG, LONG, [LONG] * 5), ("Rowan House", "Den", ["Tea", "Choir"])],
    ids=["one", "long", "two"],
)
def test_a_flyer_is_one_sheet_that_a_camera_can_read(
    esi: Laptop, open_screen: Screen, name: str, room: str, groups: list[str]
) -> None:
    page, address = esi.page, esi.address
    path = a_listed_building(page, address, name, room, groups)
    for paper, (wide, high, box) in PAPERS.items():
        page.set_viewport_size({"width": 1366, "height": 768})
        page.goto(f"{address}{path}/flyer?food=y&paper={paper}")
        assert faults(page) == []
        public = qr.read(page.locator(".flyer .qr"))
        assert re.fullmatch(rf"{re.escape(address)}/whats-on/[a-z0-9-]+", public)
        printed = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
        assert set(re.findall(rb"/MediaBox \[0 0 ([\d. ]+)\]", printed)) == {box}
        page.emulate_media(media="print")
        page.set_viewport_size({"width": int((wide - MARGINS_MM) * PIXELS_A_MM), "height": 900})
        bottom, lowest = page.locator(".sheet").evaluate(
            "sheet => [sheet.getBoundingClientRect().bottom, sheet.lastElementChild.getBoundingClientRect().bottom]"
        )
        assert lowest <= bottom + 1, "nothing hangs over the edge of the paper"
        assert bottom < (high - MARGINS_MM) * PIXELS_A_MM + page.locator(".sheet").bounding_box()["y"]
        page.emulate_media(media="null")
    for scripts in (True, False):
        ben: Phone = open_screen(Phone, java_script_enabled=scripts)
        ben.page.goto(public)
        expect(ben.page.locator("h1")).to_have_text(name)
        expect(ben.page.locator(".on-day").first).to_contain_text(groups[0])
        ben.page.get_by_role("link", name="Español").click()
        expect(ben.page.locator("html")).to_have_attribute("lang", "es")
        if scripts:
            assert faults(ben.page) == []
            assert ben.page.evaluate("document.documentElement.scrollWidth") <= 360
            for link in ben.page.locator("a.button, button").all():
                assert link.bounding_box()["height"] >= SMALLEST_TARGET
            ben.page.goto(f"{address}/whats-on")
            assert faults(ben.page) == []


def test_making_an_address_for_a_calendar_has_no_fault(esi: Laptop) -> None:
    page, address = esi.page, esi.address
    page.goto(f"{address}{a_listed_building(page, address, 'Laurel House', 'Den', ['Tea'])}")
    assert faults(page) == []
    press(page, "Add to my calendar")
    expect(page.locator("#feed")).to_contain_text(f"{address}/calendar/")
    assert faults(page) == []
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    read = page.request.get(page.locator("#feed").inner_text().strip())
    assert read.ok and "BEGIN:VCALENDAR" in read.text()
