"""A made-up house to look around in: every page has something on it."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from facilitator import demo
from sessions import passphrases
from tests.web.cast import PASSPHRASE, Desk, Phone, rows

DAYS = [date(2026, 11, 22), date(2027, 2, 28), date(2028, 2, 29), date(2026, 12, 31), date(2026, 8, 3)]


def fill(app: Flask, day: date) -> None:
    app.extensions["database"].write(demo.fill, passphrases.hashed(PASSPHRASE), day)


@pytest.mark.parametrize("day", DAYS)
def test_it_fills_a_place_on_any_day(day: date, app: Flask) -> None:
    fill(app, day)
    assert rows(app, "buildings") == 3 and rows(app, "series") == 9 and rows(app, "accounts") == 4
    assert rows(app, "held") > 0


def test_every_page_of_staff_shows_something(app: Flask) -> None:
    fill(app, datetime.now(UTC).date())
    esi = Desk(app)
    esi.sign_in("esi@demo.example")
    assert "Hazel House" in esi.get("/calendar").words("main")
    assert "Tea and talk" in Phone(app).get("/whats-on/hazel-house").words("main")
    ana = Desk(app)
    ana.sign_in("ana@demo.example")
    assert "Tea and talk" in ana.get("/lead").words("main")


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
