"""What is published of heads (`sessions.schedule.heads`): of what is over, once, and never a circle's own number."""

from dataclasses import astuple
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sessions import roster
from sessions.accounts import Person
from sessions.database import random_id
from sessions.schedule import heads, held
from sessions.schedule.buildings import Building
from sessions.schedule.heads import CircleHeld, OfQuarter, Published, Quarter, Report
from sessions.schedule.held import Place, Typed
from tests.rules.cast import House, new_key
from tests.rules.planning import Calendar, calendar

AUTUMN = Quarter(2026, 4)
BEFORE, AFTER = datetime(2026, 12, 8, 7, 59, tzinfo=UTC), datetime(2026, 12, 8, 8, tzinfo=UTC)
"""Midnight in Los Angeles, seven days into December: the last moment before November is shown, and the first after."""
NEXT_YEAR = datetime(2027, 1, 9, tzinfo=UTC)


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def tells(house: House, who: Person, place: Place | None, number: int, **typed: Any) -> None:
    house.do(held.tell, who.id, Typed(**{"key": new_key(), "heads": str(number)} | typed), None, place)


def on(hazel: Calendar, day: str, series_id: str | None = None) -> Place:
    return Place(hazel.building_id, date.fromisoformat(day), series_id)


def asks(house: House, building_id: str, now: datetime = AFTER, quarter: Quarter = AUTUMN) -> OfQuarter:
    """What somebody sees who asks now."""
    house.do(heads.publish, building_id, quarter, now)
    building = house.ask(lambda db: db.get(Building, building_id))
    seen: OfQuarter = house.ask(heads.of_quarter, building, quarter, now)
    return seen


def november(house: House, hazel: Calendar, now: datetime = AFTER) -> Report:
    seen = asks(house, hazel.building_id, now).months[1]
    assert seen is not None
    return seen


def everything_seen(seen: OfQuarter) -> str:
    return repr(astuple(seen))


def test_a_circle_is_there_by_its_day_its_group_and_its_band(house: House, hazel: Calendar, ana: Person) -> None:
    tea = hazel.plan()
    tells(house, ana, on(hazel, "2026-11-03", tea.id), 7)
    tells(house, ana, on(hazel, "2026-11-05"), 713)
    seen = asks(house, hazel.building_id)
    assert seen.months[1] is not None
    assert seen.months[1].circles == (
        CircleHeld("2026-11-03", "Tea and talk", "5-9"),
        CircleHeld("2026-11-05", "", "10+"),
    )
    assert seen.months[1].heads is None and "713" not in everything_seen(seen) and "720" not in everything_seen(seen)


def test_totals_of_a_month(house: House, hazel: Calendar, ana: Person) -> None:
    kits = [("Naloxone kits", "4"), ("Clean water", "2")]
    tells(house, ana, on(hazel, "2026-11-03"), 7, minutes="60", cards=["drug-set-setting"], supplies=kits)
    tells(house, ana, on(hazel, "2026-11-10"), 7, minutes="50", cards=["drug-set-setting"], supplies=kits[:1])
    seen = november(house, hazel)
    assert (seen.held, seen.minutes, seen.heads) == (2, 110, 14)
    assert (seen.cards, seen.supplies) == ({"drug-set-setting": 2}, {"Clean water": 2, "Naloxone kits": 8})


def test_nothing_stands_in_the_order_of_heads(house: House, hazel: Calendar, ana: Person) -> None:
    """What the biggest circle handed out does not come first, nor does the biggest of a day."""
    tells(house, ana, on(hazel, "2026-11-05"), 9, supplies=[("Water", "1")])
    tells(house, ana, on(hazel, "2026-11-05"), 6, supplies=[("Kits", "1")])
    seen = november(house, hazel)
    assert [*seen.supplies] == ["Kits", "Water"] and [one.heads for one in seen.circles] == ["5-9", "5-9"]


def test_a_month_is_shown_a_week_after_its_end_as_the_building_has_it(
    house: House, hazel: Calendar, ana: Person
) -> None:
    tells(house, ana, on(hazel, "2026-11-30"), 7)
    assert asks(house, hazel.building_id, BEFORE).months[1:] == (None, None)
    assert november(house, hazel).held == 1
    building = house.ask(lambda db: db.get(Building, hazel.building_id))
    assert heads.latest(building, BEFORE) == heads.latest(building, AFTER) == AUTUMN
    assert heads.latest(building, NEXT_YEAR) == AUTUMN
    assert heads.latest(building, datetime(2026, 10, 8, 6, tzinfo=UTC)) == Quarter(2026, 3)


def test_what_is_published_stays_whatever_is_told_changed_or_deleted_later(
    house: House, hazel: Calendar, ana: Person
) -> None:
    key = new_key()
    tells(house, ana, on(hazel, "2026-11-03"), 7, key=key)
    tells(house, ana, on(hazel, "2026-11-10"), 7)
    first = asks(house, hazel.building_id)
    assert not house.ask(heads.given_out, hazel.building_id, date(2026, 12, 1))
    assert house.ask(heads.given_out, hazel.building_id, date(2026, 11, 30))
    tells(house, ana, on(hazel, "2026-11-17"), 8)
    tells(house, ana, on(hazel, "2026-11-03"), 2, key=key)
    for one in house.ask(held.told_by, ana.id)[:1]:
        house.do(held.forget, ana.id, one.id)
    assert asks(house, hazel.building_id) == first
    whole = asks(house, hazel.building_id, NEXT_YEAR)
    assert whole.months[1] == first.months[1] and whole.whole is not None
    assert (whole.whole.held, whole.whole.heads) == (2, 14)


def test_a_month_that_can_not_be_said_goes_into_the_quarter(house: House, hazel: Calendar, ana: Person) -> None:
    for day, number in (("2026-10-06", 2), ("2026-10-13", 2), ("2026-11-03", 3), ("2026-11-10", 3)):
        tells(house, ana, on(hazel, day), number)
    assert november(house, hazel).heads is None
    seen = asks(house, hazel.building_id, NEXT_YEAR)
    assert [one and one.heads for one in seen.months] == [None, None, 0]
    assert seen.whole is not None and (seen.whole.heads, seen.whole.held, seen.whole.circles) == (10, 4, ())


def test_one_month_alone_is_not_told_by_its_quarter(house: House, hazel: Calendar, ana: Person) -> None:
    for day, number in (("2026-10-06", 2), ("2026-10-13", 3), ("2026-11-03", 3)):
        tells(house, ana, on(hazel, day), number)
    seen = asks(house, hazel.building_id, NEXT_YEAR)
    assert [one and one.heads for one in seen.months] == [5, None, 0]
    assert seen.whole is not None and seen.whole.heads is None


def test_without_sums_there_are_bands_alone(house: House, hazel: Calendar, ana: Person) -> None:
    for day in ("2026-11-03", "2026-11-10"):
        tells(house, ana, on(hazel, day), 7)
    seen = asks(house, hazel.building_id, NEXT_YEAR).without_sums()
    assert [one and one.heads for one in (*seen.months, seen.whole)] == [None] * 4
    assert seen.months[1] is not None and {one.heads for one in seen.months[1].circles} == {"5-9"}


def test_two_who_led_one_circle_and_both_told_it_are_one(
    house: House, hazel: Calendar, ana: Person, fay: Person
) -> None:
    tea = hazel.plan()
    tells(house, ana, on(hazel, "2026-11-03", tea.id), 4, minutes="60")
    tells(house, fay, on(hazel, "2026-11-03", tea.id), 5, minutes="55")
    seen = november(house, hazel)
    assert (seen.held, seen.minutes, [one.heads for one in seen.circles]) == (1, 55, ["5-9"])


def test_another_buildings_circles_are_not_in_it_nor_those_of_none(
    house: House, hazel: Calendar, esi: Person, ana: Person
) -> None:
    elm = calendar(house, esi.id)
    tells(house, ana, on(elm, "2026-11-03"), 7)
    tells(house, ana, None, 7)
    assert november(house, hazel).held == 0 and november(house, elm).held == 1


def test_where_nothing_was_told_nothing_is_written(house: House, hazel: Calendar) -> None:
    before = house.everything()
    assert asks(house, hazel.building_id, NEXT_YEAR).whole == Report("2026-Q4", 0, 0, {}, {}, 0)
    house.do(heads.publish, random_id(), AUTUMN, NEXT_YEAR)
    assert house.everything() == before


def test_an_account_that_is_removed_takes_no_head_with_it(
    house: House, hazel: Calendar, ana: Person, esi: Person
) -> None:
    tells(house, ana, on(hazel, "2026-11-03"), 7)
    house.do(roster.disable, esi.id, ana.id)
    house.do(roster.remove, esi.id, ana.id, lambda db, account_id: False)
    assert november(house, hazel).held == 1


def test_what_is_kept_of_a_circle_is_its_band(house: House, hazel: Calendar, ana: Person) -> None:
    tells(house, ana, on(hazel, "2026-11-03"), 713)
    tells(house, ana, on(hazel, "2026-11-10"), 287)
    november(house, hazel)
    (row,) = house.ask(lambda db: db.query(Published).all())
    assert "713" not in row.told and "287" not in row.told and '"heads": "10+"' in row.told


@pytest.mark.parametrize("name", ["", "2026-Q5", "2026-Q0", "2026-11", "1999-Q4", "2101-Q1", "９９９９-Q1", "2026-Q4 "])
def test_what_is_no_quarter_is_none(name: str) -> None:
    assert Quarter.read(name) is None


def test_quarters_follow_one_another() -> None:
    assert Quarter.read("2026-Q4") == AUTUMN == Quarter.of(date(2026, 12, 31)) == AUTUMN.after.before
    assert (AUTUMN.name, AUTUMN.after.name, Quarter(2026, 1).before.name) == ("2026-Q4", "2027-Q1", "2025-Q4")
    assert [str(first) for first in AUTUMN.months] == ["2026-10-01", "2026-11-01", "2026-12-01"]
