"""Where naloxone is in a building, and until when it is good (`sessions.schedule.naloxone`)."""

from datetime import date
from typing import Any

import pytest

from sessions import audit
from sessions.accounts import Person
from sessions.schedule import naloxone
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.naloxone import MOST_SPOTS, Spot
from tests.rules.cast import House
from tests.rules.planning import TUESDAY, Calendar, calendar


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def does(hazel: Calendar, rule: Any, *args: Any) -> Any:
    return hazel.house.do(rule, hazel.actor, hazel.building_id, *args)


def spots(hazel: Calendar, today: date = TUESDAY) -> list[Spot]:
    listed: list[Spot] = hazel.house.ask(naloxone.of, hazel.building_id, today)
    return listed


def test_no_spot_stands_there_that_nobody_typed_in(hazel: Calendar) -> None:
    assert spots(hazel) == []


def test_good_ones_come_first_by_name_and_then_those_past_their_date(hazel: Calendar) -> None:
    for place, until in (("Office", "2026-11-02"), ("kitchen", "2027-11-02"), ("Desk", ""), ("Attic", "2020-01-01")):
        does(hazel, naloxone.add, place, until)
    assert [(spot.place, spot.past) for spot in spots(hazel)] == [
        ("Desk", False),
        ("kitchen", False),
        ("Attic", True),
        ("Office", True),
    ]


@pytest.mark.parametrize(
    ("until", "past", "soon"),
    [
        ("2026-11-02", True, False),
        ("2026-11-03", False, True),
        ("2026-12-03", False, True),
        ("2026-12-04", False, False),
        ("", False, False),
    ],
)
def test_when_it_is_past_and_when_it_soon_will_be(hazel: Calendar, until: str, past: bool, soon: bool) -> None:
    does(hazel, naloxone.add, "Desk", until)
    (spot,) = spots(hazel)
    assert (spot.past, spot.soon) == (past, soon)


def test_a_spot_is_written_anew_and_taken_off(hazel: Calendar, esi: Person) -> None:
    made = does(hazel, naloxone.add, "  Front   desk ", "2026-12-01")
    does(hazel, naloxone.change, made.id, "Kitchen", "2027-12-01")
    assert [(spot.place, spot.good_until) for spot in spots(hazel)] == [("Kitchen", date(2027, 12, 1))]
    assert does(hazel, naloxone.take_off, made.id) and spots(hazel) == []
    assert not does(hazel, naloxone.take_off, made.id)
    assert [act.act for act in hazel.house.ask(audit.of, esi.id)].count("naloxone-changed") == 3


def test_another_buildings_spot_is_not_there(house: House, esi: Person, hazel: Calendar) -> None:
    made, birch = does(hazel, naloxone.add, "Desk", ""), calendar(house, esi.id)
    before = house.everything()
    assert does(birch, naloxone.change, made.id, "Mine", "") is None and not does(birch, naloxone.take_off, made.id)
    assert house.do(naloxone.add, esi.id, "0" * 20, "Desk", "") is None
    assert spots(birch) == [] and house.everything() == before


@pytest.mark.parametrize(
    ("place", "until", "field", "reason"),
    [
        ("", "", "place", "empty"),
        ("\u200b", "", "place", "empty"),
        ("x" * 201, "", "place", "long"),
        ("Desk", "2026-02-30", "good_until", "none"),
        ("Desk", "next year", "good_until", "none"),
    ],
)
def test_a_spot_is_refused_beside_its_field(hazel: Calendar, place: str, until: str, field: str, reason: str) -> None:
    with pytest.raises(ScheduleRefused) as told:
        does(hazel, naloxone.add, place, until)
    assert (told.value.field, told.value.reason) == (field, reason)


def test_there_is_an_end_to_the_spots_of_a_building(hazel: Calendar) -> None:
    for number in range(MOST_SPOTS):
        does(hazel, naloxone.add, f"Spot {number}", "")
    with pytest.raises(ScheduleRefused) as told:
        does(hazel, naloxone.add, "One more", "")
    assert told.value.reason == "many"
