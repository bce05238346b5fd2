"""Esi plans for a building on a laptop and a phone (walk-through C): no fault that axe sees, and by keyboard alone."""

import itertools
import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.screens import Laptop
from tests.browser.test_access import SMALLEST_TARGET, faults
from tests.browser.test_by_keyboard import Keys

Screen = Callable[..., Any]
PHONE = {"viewport": {"width": 360, "height": 640}, "has_touch": True}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def a_building(page: Page, address: str, name: str, room: str = "Lounge B") -> None:
    """Write down a building with one room."""
    page.goto(f"{address}/buildings")
    page.get_by_label("Name, for staff").fill(name)
    page.get_by_label("Time zone").fill("America/Los_Angeles")
    press(page, "Save")
    page.get_by_label("Name of the room").fill(room)
    press(page, "Add the room")
    expect(page.locator("#rooms summary").first).to_have_text(room)


def fill_in(page: Page, address: str, building: str, title: str, start: str) -> None:
    """The form for a group on Tuesdays."""
    page.goto(f"{address}/calendar/new")
    page.get_by_label("Title").fill(title)
    group = page.locator(f"optgroup[label='{building}'] option")
    page.locator("select[name=room]").select_option(group.first.get_attribute("value"))
    page.get_by_label("First day").fill("2026-11-03")
    page.get_by_label("Until, that day included").fill("2027-01-26")
    page.get_by_label("Begins at").fill(start)


def test_a_day_of_planning(esi: Laptop) -> None:
    page, address = esi.page, esi.address
    expect(page).to_have_url(f"{address}/calendar")
    found = faults(page)
    a_building(page, address, "Hazel House")
    found += faults(page)
    fill_in(page, address, "Hazel House", "Tea and talk", "14:00")
    press(page, "Put it on the calendar")
    expect(page.locator("h1")).to_have_text("Tea and talk")
    found += faults(page)
    fill_in(page, address, "Hazel House", "Yoga", "10:30")
    page.get_by_label("Minutes").fill("45")
    page.get_by_label("Minutes").blur()
    expect(page.locator("#looked")).to_have_text("It is free then. Nothing is saved yet.")
    page.get_by_label("Begins at").fill("14:30")
    page.get_by_label("Begins at").blur()
    expect(page.locator("#looked")).to_contain_text("“Tea and talk” is in that room then.")
    press(page, "Put it on the calendar")
    expect(page.get_by_role("alert")).to_contain_text("“Tea and talk” is in that room then.")
    expect(page.get_by_label("Title")).to_have_value("Yoga")
    found += faults(page)
    page.get_by_role("button", name=re.compile("Take 3:00")).click()
    expect(page.locator("#facts")).to_contain_text(re.compile("3:00.PM"))
    page.get_by_text("Move it").first.click()
    page.get_by_label("Day", exact=True).fill("2026-11-04")
    page.locator("#move-start").fill("09:00")
    page.locator("form[action$='/move'] button.strong").click()
    expect(page.locator("#facts")).to_contain_text("Wednesday, November 4, 2026")
    page.locator("#undo").get_by_role("button", name="Undo").click()
    expect(page.locator("#facts")).to_contain_text("Tuesday, November 3, 2026")
    page.get_by_text("Call it off").first.click()
    page.locator("form[action$='/cancel'] .chip:has(input[value='from'])").click()
    page.locator("form[action$='/cancel'] button.warn").click()
    expect(page.locator("#facts")).to_contain_text("Called off")
    found += faults(page)
    page.get_by_role("link", name="The week of a building").click()
    expect(page.locator(".week > li")).to_have_count(7)
    found += faults(page)
    page.get_by_role("link", name="Month").click()
    expect(page.locator("h1")).to_contain_text("November 2026")
    found += faults(page)
    page.goto(f"{address}/calendar/agenda?from=2026-11-01")
    found += faults(page)
    assert found == []


def test_on_a_phone_nothing_is_cut_off_and_all_is_large_enough(esi: Laptop) -> None:
    page, address = esi.page, esi.address
    a_building(page, address, "A-house-with-a-name-that-is-longer-than-a-phone-is-wide-and-then-some")
    page.set_viewport_size({"width": 360, "height": 640})
    pages = ["/calendar", "/calendar/agenda", "/calendar/new", "/buildings", page.url.removeprefix(address)]
    week = page.locator("a[href$='/week']").get_attribute("href") or ""
    pages += [week, week.replace("week", "month")]
    for path in pages:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        for target in page.locator(":is(button, summary, .chip, a.button, select, main input):visible").all():
            box = target.bounding_box()
            is_a_tick = target.get_attribute("type") in ("checkbox", "radio")
            assert box and (box["height"] >= SMALLEST_TARGET or is_a_tick), (path, target.inner_text())


def test_a_group_is_planned_by_keyboard_and_without_scripts(open_screen: Screen) -> None:
    laptop: Laptop = open_screen(Laptop, java_script_enabled=False)
    laptop.sign_in("esi@example.org")
    page, address = laptop.page, laptop.address
    a_building(page, address, "Birch House")
    fill_in(page, address, "Birch House", "Choir", "10:00")
    page.get_by_label("Minutes").press("Enter")
    expect(page.locator("h1")).to_have_text("Choir")
    page.locator("summary", has_text="Call it off").press("Enter")
    page.locator("form[action$='/cancel'] input[value='one']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#facts")).to_contain_text("Called off")


def test_a_clash_is_mended_and_a_date_moved_and_put_back_by_keyboard_alone(esi: Laptop) -> None:
    page, address = esi.page, esi.address
    a_building(page, address, "Cedar House", "Parlor of Cedar House")
    fill_in(page, address, "Cedar House", "Tea and talk", "18:00")
    press(page, "Put it on the calendar")
    keys = Keys(page)
    page.goto(f"{address}/calendar")
    keys.press(page.get_by_role("link", name="New group"))
    keys.type(page.locator("#title"), "Yoga")
    keys.type(page.locator("#room"), "Parlor of Cedar")
    keys.type(page.locator("#first"), "11032026")
    keys.type(page.locator("#until"), "11242026")
    keys.type(page.locator("#start"), "0615PM")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("“Tea and talk” is in that room then.")
    keys.press(page.get_by_role("button", name=re.compile("Take 7:00")))
    expect(page.locator("#facts")).to_contain_text(re.compile("7:00.PM"))
    keys.press(page.locator("#do-move summary"))
    keys.type(page.locator("#move-day"), "11042026")
    page.keyboard.press("Enter")
    expect(page.locator("#facts")).to_contain_text("Wednesday, November 4, 2026")
    keys.press(page.locator("#undo button"))
    expect(page.locator("#facts")).to_contain_text("Tuesday, November 3, 2026")
    keys.press(page.get_by_role("link", name="The week of a building"))
    keys.press(page.get_by_role("link", name="Yoga"))
    expect(page.locator("h1")).to_have_text("Yoga")


def test_a_busy_week_has_each_group_beside_the_others_and_all_of_it_in_sight(esi: Laptop) -> None:
    page, address = esi.page, esi.address
    a_building(page, address, "Busy House")
    at = page.url
    for name in ("Attic", "Kitchen", "Garden"):
        page.goto(at)
        page.locator("summary", has_text="A new room").click()
        page.locator("#room-name").fill(name)
        press(page, "Add the room")
    for number, start in enumerate(("18:00", "18:15", "18:45", "19:00")):
        fill_in(page, address, "Busy House", f"Group {number}", start)
        room = page.locator("optgroup[label='Busy House'] option").nth(number).get_attribute("value")
        page.locator("select[name=room]").select_option(room)
        press(page, "Put it on the calendar")
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{at.replace('/buildings/', '/calendar/buildings/')}/week?from=2026-11-24")
    boxes = [one.bounding_box() for one in page.locator(".week .gathering").all()]
    assert len(boxes) == 4
    for one, other in itertools.combinations([box for box in boxes if box], 2):
        beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
        above = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
        assert beside or above
    tall = [box["height"] for box in boxes if box]
    assert max(tall) - min(tall) < 1, "all are as long"
    sunday = page.locator(".week > li").last.bounding_box()
    assert sunday and sunday["x"] + sunday["width"] <= 1440
    colours = page.locator(".week .gathering").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundColor)"
    )
    assert len(set(colours)) == 4
    found = faults(page)
    page.goto(page.url.replace("/week", "/month"))
    found += faults(page)
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.goto(page.url.replace("/month", "/week"))
    found += faults(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert found == []
