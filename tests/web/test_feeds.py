"""Addresses for other calendars (`facilitator.feeds`): secret, shown once, ended by a new one."""

import icalendar
import pytest
from flask import Flask

from sessions.schedule import listing
from tests.web.cast import Desk, Phone, find_id, rows
from tests.web.pages import Page
from tests.web.planning import Group, group


@pytest.fixture
def tea(app: Flask, ana: Desk) -> Group:
    return group(app, "Using and living", leader="ana@example.org")


def address(page: Page) -> str:
    """The address that a page shows once, without the name of the house."""
    return page.words("feed").removeprefix("http://circle.test")


def read(phone: Phone, path: str) -> icalendar.Calendar:
    """The feed behind an address."""
    page = phone.get(path)
    assert (page.status, page.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert page.headers["Cache-Control"] == "no-store" and "Set-Cookie" not in page.headers
    calendar = icalendar.Calendar.from_ical(page.text)
    assert isinstance(calendar, icalendar.Calendar)
    return calendar


def test_who_plans_makes_one_for_a_building_and_for_a_group(app: Flask, esi: Desk, tea: Group, stranger: Phone) -> None:
    for page, action in (
        (esi.get(f"/buildings/{tea.building_id}"), f"/buildings/{tea.building_id}/feed"),
        (esi.get(tea.path), f"{tea.path}/feed"),
    ):
        assert "Add to my calendar" in page.words()
        made = address(esi.send(page, action))
        (event,) = (one for one in read(stranger, made).walk("VEVENT") if "recurrence-id" not in one)
        assert (event["summary"], event["description"]) == ("Open group", "Led by: Ana")
        assert "Using" not in stranger.get(made).text
        assert "Make a new address" in esi.get(page.path).words() and made not in esi.get(page.path).text


def test_who_leads_makes_one_for_their_own(app: Flask, ana: Desk, fay: Desk, tea: Group, stranger: Phone) -> None:
    other = group(app, "Choir", leader="fay@example.org")
    made = address(ana.send(ana.get("/staff/account"), "/staff/account/feed"))
    told = stranger.get(made).text
    assert tea.series_id in told and other.series_id not in told
    assert find_id(app, "fay@example.org") not in told and "example.org" not in told


def test_a_new_one_ends_the_one_before_at_once(app: Flask, esi: Desk, tea: Group, stranger: Phone) -> None:
    at = f"/buildings/{tea.building_id}"
    first = address(esi.do(f"{at}/feed"))
    second = address(esi.do(f"{at}/feed"))
    assert stranger.get(first).status == 404 and stranger.get(second).status == 200
    assert rows(app, "feeds") == 1


def test_an_account_that_is_off_has_no_feed(app: Flask, ana: Desk, gus: Desk, tea: Group, stranger: Phone) -> None:
    made, ana_id = address(ana.do("/staff/account/feed")), find_id(app, "ana@example.org")
    assert stranger.get(made).status == 200
    gus.do(f"/people/{ana_id}/disable")
    assert stranger.get(made).status == 404
    gus.do(f"/people/{ana_id}/remove")
    assert rows(app, "feeds") == 0


def test_it_speaks_the_language_it_was_made_in(app: Flask, esi: Desk, tea: Group, stranger: Phone) -> None:
    esi.language = "es"
    made = address(esi.do(f"{tea.path}/feed"))
    assert "SUMMARY:Grupo abierto" in stranger.get(made).text


@pytest.mark.parametrize("secret", ["", "x", "x" * 43, "%00", "..%2f..%2fetc", "'--", "x" * 3000])
def test_any_other_secret_is_not_there(app: Flask, esi: Desk, tea: Group, stranger: Phone, secret: str) -> None:
    esi.do(f"{tea.path}/feed")
    assert stranger.get(f"/calendar/{secret}.ics").status == 404


def test_it_has_no_member_code_or_circle(app: Flask, ana: Desk, esi: Desk, tea: Group, stranger: Phone) -> None:
    made = address(esi.do(f"/buildings/{tea.building_id}/feed"))
    before = [dict(event) | {"DTSTAMP": ""} for event in read(stranger, made).walk("VEVENT")]
    ana.send(ana.get("/lead"), f"{tea.on_duty}/open")
    assert [dict(event) | {"DTSTAMP": ""} for event in read(stranger, made).walk("VEVENT")] == before


@pytest.mark.parametrize("nasty", ["<b>x</b>\r\nBEGIN:VEVENT", "=1+1;,\\n", '"quoted"'])
def test_what_was_typed_stays_text(app: Flask, esi: Desk, tea: Group, stranger: Phone, nasty: str) -> None:
    app.extensions["database"].write(listing.list_group, "esi", tea.series_id, tea.day, True, nasty)
    made = address(esi.do(f"{tea.path}/feed"))
    (event,) = (one for one in read(stranger, made).walk("VEVENT") if "recurrence-id" not in one)
    assert event["summary"] == " ".join(nasty.split())


def test_who_leads_makes_none_for_a_building_and_nobody_makes_anothers(
    app: Flask, ana: Desk, esi: Desk, tea: Group, stranger: Phone
) -> None:
    for path in (f"/buildings/{tea.building_id}/feed", f"{tea.path}/feed"):
        assert (ana.do(path).status, stranger.post(path, {}).status) == (404, 404)
    assert esi.do("/staff/account/feed").status == 404, "who plans leads nothing"
    assert esi.do(f"/buildings/{'0' * 20}/feed").status == 404
    assert esi.do(f"/calendar/groups/{'0' * 20}/{tea.day}/feed").status == 404
    assert rows(app, "feeds") == 0
