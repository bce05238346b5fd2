"""A made-up house to look around in: every page has something on it."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from facilitator import demo
from sessions import passphrases
from sessions.schedule import buildings
from tests.web.cast import PASSPHRASE, Desk, Phone, rows

DAYS = [date(2026, 11, 22), date(2028, 2, 29), date(2026, 12, 31)]

OF_A_BUILDING = {
    "own-words": "12 Hazel Street",
    "numbers": "Outreach van",
    "naloxone": "Kitchen, by the door",
    "places": "Noon kitchen",
    "cards": "Hot nights here",
    "tags": "noise in the hall",
    "rules": "When the kettle sings",
}


def fill(app: Flask, day: date) -> None:
    app.extensions["database"].write(demo.fill, passphrases.hashed(PASSPHRASE), day)


@pytest.mark.parametrize("day", DAYS)
def test_it_fills_a_place_on_any_day(day: date, app: Flask) -> None:
    fill(app, day)
    assert rows(app, "buildings") == 3 and rows(app, "series") == 12 and rows(app, "accounts") == 4
    assert rows(app, "held") > 0


def test_every_page_shows_something(app: Flask) -> None:
    fill(app, datetime.now(UTC).date())
    esi, ana, somebody = Desk(app), Desk(app), Phone(app)
    esi.sign_in("esi@demo.example")
    ana.sign_in("ana@demo.example")
    with app.extensions["database"].read() as db:
        hazel = next(one.id for one in buildings.everywhere(db) if one.name == "Hazel House")
    shown = [
        (esi, "/calendar", "Tea and talk"),
        (esi, f"/buildings/{hazel}", "The boiler is changed"),
        *((esi, f"/buildings/{hazel}/{page}", words) for page, words in OF_A_BUILDING.items()),
        (esi, f"/heads/{hazel}", "Tea and talk"),
        (ana, "/lead", "Tea and talk"),
        (ana, "/lead/plans", "Our hour, with soup"),
        (ana, "/lead/held", "were still eating"),
        (somebody, "/whats-on/hazel-house", "Tea and talk"),
        (somebody, "/learn/hazel-house", "Hot nights here"),
    ]
    assert [path for who, path, words in shown if words not in who.get(path).text] == []


def test_where_somebody_has_an_account_it_makes_nothing_up(app: Flask) -> None:
    fill(app, DAYS[0])
    with pytest.raises(demo.NotEmpty):
        fill(app, DAYS[0])
    assert rows(app, "accounts") == 4


def test_its_accounts_have_no_passphrase_that_anybody_could_know(app: Flask) -> None:
    with app.app_context():
        told = app.test_cli_runner().invoke(args=["demo"])
        again = app.test_cli_runner().invoke(args=["demo"])
    passphrase = told.output.rsplit(": ", 1)[1].strip()
    assert len(passphrase) >= 14 and Desk(app).sign_in("ana@demo.example", passphrase).location == "/lead"
    assert again.exit_code == 1 and "Nothing was made up" in again.output
