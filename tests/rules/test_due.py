"""What of a building's help is due (`sessions.schedule.due`), on its page and on the page of today."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from sessions import host
from sessions.accounts import Person
from sessions.host import Host
from sessions.library import help_page
from sessions.permissions import HOUSING
from sessions.schedule import agenda, due, naloxone, numbers, own_words, places
from sessions.schedule.due import Due
from sessions.schedule.numbers import NumberWords
from sessions.schedule.own_words import OwnWords
from sessions.schedule.places import PlaceWords
from tests.rules.cast import House
from tests.rules.planning import Calendar, calendar

NOON = datetime(2026, 11, 3, 20, 0, tzinfo=UTC)


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    """A building where every line of ours was called today."""
    made = calendar(house, esi.id)
    for line in help_page("en").numbers:
        if line.key != numbers.EMERGENCY:
            house.do(numbers.check, esi.id, made.building_id, line.key, HOUSING, NOON)
    return made


def does(hazel: Calendar, rule: Any, *args: Any) -> Any:
    return hazel.house.do(rule, hazel.actor, hazel.building_id, *args)


def told(hazel: Calendar, days: int = 0) -> Due | None:
    """What is due in so many days, asked in both ways."""
    now = NOON + timedelta(days=days)
    everywhere: list[Due] = hazel.house.ask(agenda.today, now).due
    (here,) = everywhere or [None]
    of_one = hazel.house.ask(lambda db: due.of(db, db.get(due.Building, hazel.building_id), now))
    assert (here is None and not of_one) or vars(of_one) == vars(here) | {"building": of_one.building}
    return here


def test_where_all_was_called_nothing_is_due(hazel: Calendar) -> None:
    assert told(hazel) is None and told(hazel, 90) is None


def test_ninety_days_later_all_are_due_but_those_that_are_off(hazel: Calendar) -> None:
    does(hazel, numbers.switch, "safespot", False)
    late = told(hazel, 91)
    assert late and (late.old, late.uncalled) == (len(help_page("en").numbers) - 2, 0)  # and nobody calls 911


def test_a_number_that_nobody_has_called_is_due_until_somebody_does(hazel: Calendar) -> None:
    made = does(hazel, numbers.add, NumberWords("Crisis team", "211"))
    now = told(hazel)
    assert now and (now.old, now.uncalled) == (0, 1)
    does(hazel, numbers.check, made.id, HOUSING, NOON)
    assert told(hazel) is None


def test_naloxone_is_due_thirty_days_before_its_date_and_after_it(hazel: Calendar) -> None:
    does(hazel, naloxone.add, "Desk", "2026-12-24")
    does(hazel, naloxone.add, "Office", "")
    assert told(hazel, 20) is None
    soon, past = told(hazel, 21), told(hazel, 52)
    assert soon and ([spot.place for spot in soon.soon], soon.past) == (["Desk"], ())
    assert past and ([spot.place for spot in past.past], past.soon) == (["Desk"], ())


def test_places_where_nobody_has_asked_for_long_are_one_line(house: House, esi: Person, hazel: Calendar) -> None:
    kitchen = does(hazel, places.add, PlaceWords("food", "Kitchen"))
    does(hazel, places.add, PlaceWords("sleep", "Beds"))
    now = told(hazel)
    assert now and now.unasked == 2
    does(hazel, places.check, kitchen.id, NOON)
    assert [told(hazel, days).unasked for days in (0, 90, 91)] == [1, 1, 2]  # type: ignore[union-attr]
    birch = calendar(house, esi.id)
    assert {one.building.id: one.unasked for one in house.ask(due.everywhere, NOON)}[birch.building_id] == 0


def test_it_is_a_new_day_when_the_buildings_own_clock_says_so(hazel: Calendar) -> None:
    does(hazel, naloxone.add, "Desk", "2026-11-03")
    late = datetime(2026, 11, 4, 7, 30, tzinfo=UTC)  # half past eleven in the evening, in Los Angeles
    assert [bool(hazel.house.ask(due.everywhere, at)[0].past) for at in (late, late + timedelta(hours=1))] == [
        False,
        True,
    ]


def test_one_address_cannot_be_true_of_two_buildings(house: House, esi: Person, hazel: Calendar) -> None:
    house.do(host.write, Host(address="1 Annex Road"))
    assert told(hazel) is None
    birch = calendar(house, esi.id)
    said = {one.building.id: one.address for one in house.ask(due.everywhere, NOON)}
    assert said == {hazel.building_id: "1 Annex Road", birch.building_id: "1 Annex Road"}
    does(hazel, own_words.write, OwnWords(address="120 Hazel Street"))
    assert [one.building.id for one in house.ask(due.everywhere, NOON)] == [birch.building_id]
