"""Each migration keeps what was there (`sessions.migrations`)."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Integer, LargeBinary, MetaData, String, Table, text

from sessions import audit, passphrases, second_factor, ticking
from sessions.accounts import Account
from sessions.circle import circles
from sessions.circle.raised import Hand
from sessions.database import Database, random_id
from sessions.migrations import RELEASES, upgrade
from sessions.schedule import buildings, cards_off
from sessions.schedule.buildings import Building, BuildingWords
from sessions.schedule.held import Held
from sessions.schedule.series import Series
from tests.rules.conftest import BOTH

OPEN = {"minutes": 60, "appear": "handfuls", "phones": 60, "state": "open", "blank": False, "version": 7}
OPEN |= {"ticks": 3, "grace": 12, "code_hash": "code", "link_hash": "link", "sealed_door": b"sealed"}


@pytest.fixture(params=BOTH)
def at_release(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """`at_release("0001")`: a database as that release made it, empty."""
    server = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    url = server.fresh(f"at_release_{random_id()}") if server else f"sqlite:///{tmp_path}/old.db"
    database = Database(url)

    def make(release: str) -> Database:
        with database.engine.connect() as connection:
            upgrade(connection, release)
        return database

    yield make
    database.close()
    if server:
        server.drop(url)


def put(database: Database, table: str, **row: Any) -> None:
    """One row, as an earlier release wrote it."""
    names = ", ".join(row)
    with database.engine.begin() as connection:
        connection.execute(text(f"INSERT INTO {table} ({names}) VALUES (:{', :'.join(row)})"), row)


def something_in_every_column(table: Table) -> dict[str, Any]:
    """A row of a table we know nothing of. Texts of one length are alike, so that what refers to a row finds it."""
    kinds = {Boolean: True, Integer: 1, LargeBinary: b"sealed"}
    row = {}
    for column in table.columns:
        length = column.type.length or 9 if isinstance(column.type, String) else 0
        row[column.name] = (
            "x" * length if length else next(kinds[kind] for kind in kinds if isinstance(column.type, kind))
        )
    return row


@pytest.mark.parametrize("release", RELEASES[:-1])
def test_what_stood_in_any_table_of_an_earlier_release_stands_there_in_the_newest(
    release: str, at_release: Callable[[str], Database]
) -> None:
    database, tables = at_release(release), MetaData()
    with database.engine.begin() as connection:
        tables.reflect(connection)
        tables.remove(tables.tables["alembic_version"])
        rows = {table: something_in_every_column(table) for table in tables.sorted_tables}
        for table, row in rows.items():
            connection.execute(table.insert(), row)
    database.migrate()
    with database.engine.connect() as connection:
        for table, row in rows.items():
            assert [dict(kept) for kept in connection.execute(table.select()).mappings()] == [row], table.name


def test_0002_keeps_accounts_and_open_circles(at_release: Callable[[str], Database]) -> None:
    database = at_release("0001")
    ana, tuesday = random_id(), random_id()
    told = {"name": "Ana", "paid_by": "The county", "must_report": ""}
    put(database, "accounts", id=ana, email="ana@example.org", role="facilitator", passphrase="hash", **told)
    put(database, "circles", id=tuesday, account_id=ana, **OPEN)
    database.migrate()
    with database.read() as db:
        person, stored = passphrases.stored(db, "ana@example.org")
        circle = circles.find_led(db, ana, tuesday)
    assert (person.id, person.name, person.disabled, person.second_step, stored) == (ana, "Ana", False, False, "hash")
    assert (circle.state, circle.version, circle.pin, circle.sealed_door) == ("open", 7, None, b"sealed")
    assert database.write(second_factor.passes, "key", ana, "")


def test_0003_keeps_circles_that_are_open(at_release: Callable[[str], Database]) -> None:
    database = at_release("0002")
    ana, tuesday = random_id(), random_id()
    told = {"name": "Ana", "paid_by": "", "must_report": "", "disabled": False}
    put(database, "accounts", id=ana, email="ana@example.org", role="facilitator", passphrase="hash", **told)
    put(database, "circles", id=tuesday, account_id=ana, pin="a hash", **OPEN)
    database.migrate()
    with database.read() as db:
        circle = circles.find_led(db, ana, tuesday)
    assert (circle.version, circle.pin, circle.sealed_plan, circle.part, circle.part_ticks) == (7, "a hash", None, 0, 0)
    assert (circle.paused, circle.shut) == (False, False)


def test_0004_keeps_accounts_and_hands_that_are_up(at_release: Callable[[str], Database]) -> None:
    database = at_release("0003")
    ana, tuesday, ben = random_id(), random_id(), random_id()
    told = {"name": "Ana", "paid_by": "", "must_report": "", "disabled": False}
    put(database, "accounts", id=ana, email="ana@example.org", role="facilitator", passphrase="hash", **told)
    put(database, "circles", id=tuesday, account_id=ana, part=2, **OPEN)
    put(database, "hands", id=ben, circle_id=tuesday, proof="p", place=1, invited=True, sealed=b"sealed")
    database.migrate()
    with database.read() as db:
        circle, hand, account = circles.find_led(db, ana, tuesday), db.get(Hand, ben), db.get(Account, ana)
    assert (circle.part, circle.practice, circle.several) == (2, False, False)
    assert (hand.invited, hand.out, account.supplies) == (True, False, "")


def test_0005_keeps_accounts_and_what_was_done_with_them(at_release: Callable[[str], Database]) -> None:
    database = at_release("0004")
    esi, act = random_id(), random_id()
    told = {"name": "Esi", "paid_by": "", "must_report": "", "disabled": False}
    put(database, "accounts", id=esi, email="esi@example.org", role="housing", passphrase="hash", **told)
    put(database, "acts", id=act, at=86400, act="joined", actor=esi, subject=esi, detail="housing")
    database.migrate()
    with database.read() as db:
        assert [(one.act, one.detail) for one in audit.of(db, esi)] == [("joined", "housing")]
        assert buildings.everywhere(db) == []
    made = database.write(buildings.add, esi, BuildingWords("Hazel House", "", "UTC"))
    with database.read() as db:
        assert [one.id for one in buildings.everywhere(db)] == [made.id]


def test_0006_keeps_the_calendar_and_what_was_told(at_release: Callable[[str], Database]) -> None:
    database = at_release("0005")
    hazel, lounge, tuesdays, told = (random_id() for _ in range(4))
    put(database, "buildings", id=hazel, name="Hazel House", public_name="Hazel", zone="UTC")
    put(database, "rooms", id=lounge, building_id=hazel, name="Lounge", step_free=True, note="")
    when = {"kind": "weekly", "first": "2026-11-03", "until": "2026-12-29", "start": 1080, "minutes": 60}
    where = {"building_id": hazel, "room_id": lounge, "reason": "", "cancelled": False}
    put(database, "series", id=tuesdays, title="Tuesdays", **where, **when)
    put(database, "held", id=told, day="2026-11-03", minutes=60, heads=7, cards="[]", supplies="[]", line="")
    database.migrate()
    with database.read() as db:
        building, held, kept = db.get(Building, hazel), db.get(Series, tuesdays), db.get(Held, told)
    assert building and held and kept
    assert (building.landlord, building.page, building.listed, building.address) == (None, None, False, "")
    assert (held.start, held.plan, held.listed, held.sequence) == (1080, "", False, 0)
    assert (kept.heads, kept.building_id, kept.series_id) == (7, None, None)


def test_0007_keeps_buildings_their_cards_and_circles_that_are_open(at_release: Callable[[str], Database]) -> None:
    database = at_release("0006")
    hazel, ana, tuesday = random_id(), random_id(), random_id()
    put(database, "buildings", id=hazel, name="Hazel House", public_name="Hazel", zone="UTC", page="hazel", listed=True)
    put(database, "cards_off", building_id=hazel, card="naloxone")
    told = {"name": "Ana", "paid_by": "", "must_report": "", "disabled": False}
    put(database, "accounts", id=ana, email="ana@example.org", role="facilitator", passphrase="hash", **told)
    put(database, "circles", id=tuesday, account_id=ana, part=2, building_id=hazel, **OPEN)
    database.migrate()
    with database.read() as db:
        building, circle = db.get(Building, hazel), circles.find_led(db, ana, tuesday)
        off = cards_off.off_in(db, hazel)
    assert building and (building.page, building.listed, building.learn) == ("hazel", True, False)
    assert (circle.part, circle.building_id, circle.sealed_card, circle.sealed_tags) == (2, hazel, None, None)
    assert off == {"naloxone"}


def test_0008_keeps_an_open_circle_and_the_first_tick_is_due(at_release: Callable[[str], Database]) -> None:
    database = at_release("0007")
    ana, tuesday = random_id(), random_id()
    told = {"name": "Ana", "paid_by": "", "must_report": "", "disabled": False}
    put(database, "accounts", id=ana, email="ana@example.org", role="facilitator", passphrase="hash", **told)
    put(database, "circles", id=tuesday, account_id=ana, sealed_card=b"sealed", **OPEN)
    database.migrate()
    with database.read() as db:
        circle = circles.find_led(db, ana, tuesday)
    assert circle and (circle.version, circle.sealed_card) == (7, b"sealed")
    assert [database.write(ticking.is_due, 7.5) for _ in range(2)] == [True, False]
