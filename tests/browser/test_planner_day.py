"""A planner's day, from a new group to the report for who pays (walk-through C): the ten steps, on a laptop."""

import csv
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.screens import Laptop, Phone
from tests.browser.test_calendar import a_building, press
from tests.server import Server
from tests.told import QUARTER, some_heads

Screen = Callable[..., Any]
TUESDAY = date.today() + timedelta(days=(1 - date.today().weekday()) % 7 or 7)
TITLE = "Cypress open circle"
ON_THE_FORM = ["title", "room", "kind", "first", "until", "start", "minutes", "account"]


def test_a_planners_day(esi: Laptop, laptop: Laptop, open_screen: Screen, server: Server) -> None:
    page, address = esi.page, esi.address

    # 1. She sees the calendar, cards, buildings and heads in bands, and no way to a circle.
    expect(page).to_have_url(f"{address}/calendar")
    expect(page.locator(".staff-bar a, header nav a").filter(has_text=re.compile("circle", re.I))).to_have_count(0)

    # 2. Weekly, Tuesdays at two, in Lounge B, led by Ana. There is no list of people to attach.
    a_building(page, address, "Cypress House")
    home = page.url.partition("#")[0]
    page.goto(f"{address}/calendar/new")
    names = page.locator("main form :is(input, select, textarea)").evaluate_all("all => all.map(one => one.name)")
    assert list(dict.fromkeys(name for name in names if name != "csrf_token")) == ON_THE_FORM
    page.get_by_label("Title").fill(TITLE)
    room = page.locator("optgroup[label='Cypress House'] option")
    page.locator("#room").select_option(room.get_attribute("value"))
    page.get_by_label("Every week").check(force=True)
    page.get_by_label("First day").fill(str(TUESDAY))
    page.get_by_label("Until, that day included").fill(str(TUESDAY + timedelta(weeks=8)))
    page.get_by_label("Begins at").fill("14:00")
    page.locator("#account").select_option(label="Ana (ana@example.org)")
    press(page, "Put it on the calendar")
    expect(page.locator("h1")).to_have_text(TITLE)
    group = page.url

    # 3. A poster for the hallway, in words that say nothing to a neighbor.
    page.locator("#do-listing summary").click()
    page.get_by_label("Show it on the public page").check()
    page.locator("form[action$='/listed'] button").click()
    page.goto(home)
    press(page, "Give it a public page")
    public = f"{address}/whats-on/cypress-house"
    page.goto(f"{home}/flyer?food=y")
    expect(page.locator(".sheet").first).to_contain_text("Open group")
    expect(page.locator(".sheet").first).to_contain_text("There is food.")
    expect(page.locator(".sheet").first).not_to_contain_text(re.compile("drug|harm|overdose|Cypress open", re.I))

    # 4. Whom to call, last called today, and where naloxone is; what is near its date is said.
    page.goto(f"{home}/numbers")
    press(page, "I called it today: Never Use Alone")
    expect(page.locator("main")).to_contain_text("by housing staff")
    page.goto(f"{home}/naloxone")
    page.get_by_label("Where it is").fill("Front desk, red box")
    page.get_by_label("Good until").fill(str(date.today() + timedelta(days=9)))
    press(page, "Add the place")
    page.goto(f"{address}/calendar")
    expect(page.locator("#due")).to_contain_text("Front desk, red box")

    # 5. A card that who pays won't have shown is switched off, and its facts stay true.
    page.goto(f"{home}/cards")
    press(page, "Switch it off: Fentanyl test strips")
    expect(page.locator("#card-test-strips")).to_contain_text("Off here")
    expect(page.locator("main")).to_contain_text("What it says stays true all the same.")

    # 6. The address of a circle, and its code, lead her to nothing of it.
    laptop.open_circle("Behind the wall")
    console = laptop.page.url.partition("#")[0]
    for path in (console, f"{console}/screen", f"{console}/print", console.replace("/lead/", "/circles/")):
        refused = page.goto(path)
        assert refused is not None and refused.status == 404
        assert "Behind the wall" not in page.content() and laptop.code not in page.content()
    page.goto(f"{address}/here")
    expect(page).to_have_url(f"{address}/")

    # 7. "Was 304 there?" There is no answer to give: no page of hers can look for a person.
    for path in ("/calendar", "/heads", "/buildings", "/calendar/agenda"):
        page.goto(address + path)
        expect(page.locator("input[type=search], input[name*=person i], input[name*=who i]")).to_have_count(0)

    # 8. After a fire drill one date is moved. Whoever has the public page sees it; nobody is sent anything.
    ben: Phone = open_screen(Phone)
    ben.page.goto(public)
    expect(ben.page.locator("main")).not_to_contain_text("It was to be on")
    page.goto(group)
    page.get_by_text("Move it").first.click()
    page.get_by_label("Day", exact=True).fill(str(TUESDAY + timedelta(days=1)))
    page.locator("#move-start").fill("15:30")
    page.locator("form[action$='/move'] button.strong").click()
    ben.page.reload()
    expect(ben.page.locator("main")).to_contain_text(re.compile("3:30.PM"))
    expect(ben.page.locator("main")).to_contain_text("It was to be on")

    # 9. The report of months that are over: in bands, and a sum only where no band can be worked out from it.
    server.add_account("nina@example.org", "facilitator", name="Nina")
    building_id, _ = some_heads(server, "nina@example.org")
    page.goto(f"{address}/heads/{building_id}?quarter={QUARTER}")
    expect(page.locator("#month-1")).to_contain_text("Heads, all together: 41")
    expect(page.locator("#month-2")).to_contain_text("The heads of this month are not added up.")
    expect(page.locator("#month-1 table").first).to_contain_text("10 or more")

    # 10. The same for who pays, as a file. Of what staff did there is a list, and no act inside a circle is on it.
    assert told_in(the_file(page)) >= {"41"}
    page.goto(f"{address}/staff/account")
    expect(page.locator(".acts, main").first).not_to_contain_text("Behind the wall")


def the_file(page: Page) -> Path:
    """The file that the page of heads gives."""
    with page.expect_download() as file:
        page.get_by_role("link", name="Save as a file (CSV)").click()
    return Path(file.value.path())


def told_in(file: Path) -> set[str]:
    """Every cell of it."""
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return {cell for row in csv.reader(opened) for cell in row}
