"""A group and its dates (`sessions.schedule.series`): equal to an oracle that looks at every single day."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions import roster
from sessions.accounts import Person
from sessions.schedule import from_here, plans, series
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.series import FORTNIGHTLY, KINDS, LAST, NTH, ONCE, WEEKLY, Planned, Series
from tests.rules.cast import House
from tests.rules.planning import calendar, shown

ZONES = ["America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "America/St_Johns"]


def oracle(kind: str, first: date, until: date) -> list[date]:
    """The dates of a group, by asking each day whether it is one."""

    def is_last(day: date) -> bool:
        return (day + timedelta(days=7)).month != day.month

    asks: dict[str, Callable[[date], bool]] = {
        ONCE: lambda day: day == first,
        WEEKLY: lambda day: (day - first).days % 7 == 0,
        FORTNIGHTLY: lambda day: (day - first).days % 14 == 0,
        NTH: lambda day: day.weekday() == first.weekday() and (day.day - 1) // 7 == (first.day - 1) // 7,
        LAST: lambda day: day.weekday() == first.weekday() and is_last(day),
    }
    days = [first + timedelta(days=days) for days in range((until - first).days + 1)]
    return [day for day in days if asks[kind](day)]


@given(st.sampled_from(KINDS), st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 366))
def test_the_dates_are_those_of_the_oracle(kind: str, first: date, days: int) -> None:
    until = first + timedelta(days=days)
    held = Series(kind=kind, first=first.isoformat(), until=until.isoformat())
    if first in oracle(kind, first, until):
        assert [*series.dates(held, first, until)] == oracle(kind, first, until)
        halfway = first + timedelta(days=days // 2)
        assert [*series.dates(held, halfway, until)] == [day for day in oracle(kind, first, until) if day >= halfway]


@pytest.mark.parametrize("zone", ZONES)
def test_six_in_the_evening_stays_six_in_the_evening(house: House, esi: Person, zone: str) -> None:
    hazel = calendar(house, esi.id, zone)
    hazel.plan(first="2026-01-06", until="2026-12-29")
    seen = hazel.seen(date(2026, 1, 1), 365)
    assert len(seen) == 52 and {f"{one.wall:%a %H:%M}" for one in seen} == {"Tue 18:00"}
    assert len({one.at.timetz() for one in seen}) == 2, "in UTC it moves with the clock on the wall"


def test_the_hour_that_is_skipped_is_moved_on_for_that_date_alone(house: House, esi: Person) -> None:
    hazel = calendar(house, esi.id)
    hazel.plan(first="2026-03-01", until="2026-03-15", start="02:30")
    seen = hazel.seen(date(2026, 3, 1), 30)
    assert [(f"{one.wall:%d %H:%M}", one.skipped) for one in seen] == [
        *(("01 02:30", False), ("08 03:30", True), ("15 02:30", False)),
    ]


def test_once_needs_no_last_day(house: House, esi: Person) -> None:
    hazel = calendar(house, esi.id)
    made = hazel.plan(kind=ONCE, until="")
    assert (made.until, shown(hazel.seen())) == ("2026-11-03", ["11-03 18:00 on"])


def test_a_year_ahead_is_the_most(house: House, esi: Person) -> None:
    hazel = calendar(house, esi.id)
    assert len(hazel.seen(date(2026, 11, 1), 3)) == 0
    hazel.plan(until="2027-11-04")
    assert len(hazel.seen(days=400)) == 53


def test_a_group_has_whom_it_was_given(house: House, esi: Person, ana: Person) -> None:
    hazel = calendar(house, esi.id)
    hazel.plan(account_id=ana.id)
    assert {one.account_id for one in hazel.seen()} == {ana.id}


@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        ({"title": " "}, "title", "empty"),
        ({"title": "x" * 81}, "title", "long"),
        ({"room_id": "0" * 20}, "room", "list"),
        ({"account_id": "0" * 20}, "account", "list"),
        ({"kind": "FREQ=SECONDLY"}, "kind", "list"),
        ({"first": "2026-02-30"}, "first", "none"),
        ({"first": "0001-01-01"}, "first", "none"),
        ({"until": "9999-12-31"}, "until", "none"),
        ({"until": ""}, "until", "none"),
        ({"until": "2026-11-02"}, "until", "early"),
        ({"until": "2027-11-05"}, "until", "year"),
        ({"start": "24:00"}, "start", "none"),
        ({"minutes": "0"}, "minutes", "number"),
        ({"minutes": "481"}, "minutes", "number"),
        ({"kind": NTH, "first": "2026-11-30", "until": "2027-01-30"}, "first", "fifth"),
        ({"kind": LAST}, "first", "last"),
    ],
)
def test_a_group_is_refused_beside_its_field(
    house: House, esi: Person, typed: dict[str, Any], field: str, reason: str
) -> None:
    hazel = calendar(house, esi.id)
    with pytest.raises(ScheduleRefused) as told:
        hazel.plan(**typed)
    assert (told.value.field, told.value.reason, hazel.seen()) == (field, reason, [])


def test_only_a_facilitator_who_can_sign_in_leads(house: House, esi: Person, ana: Person, fay: Person) -> None:
    hazel = calendar(house, esi.id)
    house.do(roster.disable, esi.id, fay.id)
    for account_id in (esi.id, fay.id):
        with pytest.raises(ScheduleRefused):
            hazel.plan(account_id=account_id)


def test_a_facilitator_who_is_removed_leaves_the_group_to_nobody(house: House, esi: Person, ana: Person) -> None:
    hazel = calendar(house, esi.id)
    hazel.plan(account_id=ana.id)
    house.do(roster.disable, esi.id, ana.id)
    house.do(roster.remove, esi.id, ana.id, lambda db, account_id: False)
    assert {(one.account_id, one.open_to_claim) for one in hazel.seen()} == {(None, True)}


def test_a_facilitator_who_is_off_leads_nothing_until_they_are_back(house: House, esi: Person, ana: Person) -> None:
    hazel = calendar(house, esi.id)
    hazel.plan(account_id=ana.id)
    house.do(roster.disable, esi.id, ana.id)
    assert {(one.account_id, one.open_to_claim) for one in hazel.seen()} == {(None, True)}
    house.do(roster.enable, esi.id, ana.id)
    assert {(one.account_id, one.open_to_claim) for one in hazel.seen()} == {(ana.id, False)}


def test_there_is_an_end_to_the_groups_of_a_room(house: House, esi: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series, "MOST_SERIES", 1)
    hazel = calendar(house, esi.id)
    tea = hazel.plan()
    with pytest.raises(ScheduleRefused):
        hazel.do(from_here.cancel, tea)
    with pytest.raises(ScheduleRefused) as told:
        house.do(plans.add, esi.id, Planned("More", hazel.room.id, ONCE, "2026-11-05", "", "09:00", "30"))
    assert told.value.reason == "many"
