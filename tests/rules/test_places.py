"""Places that help, as staff of a building write them down (`sessions.schedule.places`)."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sessions import audit
from sessions.accounts import Person
from sessions.schedule import places
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.places import KINDS, MOST_BYTES, MOST_PLACES, Place, PlaceWords
from tests.rules.cast import House
from tests.rules.planning import Calendar, calendar

EVENING = datetime(2026, 11, 4, 2, 0, tzinfo=UTC)
"""Of November 3, on a wall in Los Angeles."""
KITCHEN = PlaceWords("food", "Corner Kitchen", "noon to two", "(415) 555-0101", "12 Sixth Street", "English", "yes")


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def does(hazel: Calendar, rule: Any, *args: Any) -> Any:
    return hazel.house.do(rule, hazel.actor, hazel.building_id, *args)


def held(hazel: Calendar) -> list[Place]:
    found: list[Place] = hazel.house.ask(places.of, hazel.building_id)
    return found


def asks_there(hazel: Calendar, place: Place) -> Place:
    assert does(hazel, places.check, place.id, EVENING)
    (asked,) = (one for one in held(hazel) if one.id == place.id)
    return asked


def test_a_place_is_written_down_as_it_was_said_and_nobody_has_asked_there_yet(hazel: Calendar, esi: Person) -> None:
    does(hazel, places.add, KITCHEN)
    (kitchen,) = held(hazel)
    assert (kitchen.kind, kitchen.name, kitchen.hours) == ("food", "Corner Kitchen", "noon to two")
    assert (kitchen.phone, kitchen.dialled, kitchen.walk_in) == ("(415) 555-0101", "4155550101", True)
    assert (kitchen.address, kitchen.languages, kitchen.note) == ("12 Sixth Street", "English", "")
    assert kitchen.checked_on is None and not kitchen.is_old(date(2030, 1, 1))
    assert [act.act for act in hazel.house.ask(audit.of, esi.id)].count("places-changed") == 1


@pytest.mark.parametrize(("typed", "kept"), [("yes", True), ("no", False), ("", None)])
def test_whether_one_can_walk_in_is_said_or_not(hazel: Calendar, typed: str, kept: bool | None) -> None:
    does(hazel, places.add, PlaceWords("clinic", "x", walk_in=typed))
    assert held(hazel)[0].walk_in is kept


def test_they_stand_kind_by_kind_and_by_name(hazel: Calendar) -> None:
    for kind, name in (("other", "A"), ("food", "b"), ("food", "A"), ("naloxone", "Z")):
        does(hazel, places.add, PlaceWords(kind, name))
    assert [(one.kind, one.name) for one in held(hazel)] == [
        ("naloxone", "Z"),
        ("food", "A"),
        ("food", "b"),
        ("other", "A"),
    ]
    directory = hazel.house.ask(places.directory, hazel.building_id, EVENING)
    assert directory and [*directory.by_kind] == ["naloxone", "food", "other"]
    assert directory.today == date(2026, 11, 3)


def test_where_there_is_none_there_is_no_directory(hazel: Calendar) -> None:
    assert hazel.house.ask(places.directory, hazel.building_id) is None
    assert hazel.house.ask(places.directory, None) is None and hazel.house.ask(places.directory, "0" * 20) is None


def test_asked_there_today_is_the_day_on_the_buildings_wall_and_can_be_taken_back(hazel: Calendar, esi: Person) -> None:
    kitchen = does(hazel, places.add, KITCHEN)
    assert asks_there(hazel, kitchen).checked_on == "2026-11-03"
    assert [act.act for act in hazel.house.ask(audit.of, esi.id)].count("place-checked") == 1
    for _ in range(2):
        assert does(hazel, places.uncheck, kitchen.id) and held(hazel)[0].checked_on is None


def test_ninety_days_later_it_is_old(hazel: Calendar) -> None:
    kitchen = asks_there(hazel, does(hazel, places.add, KITCHEN))
    asked = date(2026, 11, 3)
    assert not kitchen.is_old(asked + timedelta(days=90)) and kitchen.is_old(asked + timedelta(days=91))


@pytest.mark.parametrize(
    "other",
    [
        {"hours": "one to two"},
        {"phone": "415-555-0199"},
        {"phone": ""},
        {"address": "14 Sixth Street"},
        {"languages": "English, Spanish"},
        {"walk_in": "no"},
        {"note": "Bring a bag."},
    ],
)
def test_what_one_learns_by_asking_is_not_checked_any_more_once_it_is_changed(
    hazel: Calendar, other: dict[str, str]
) -> None:
    kitchen = asks_there(hazel, does(hazel, places.add, KITCHEN))
    does(hazel, places.change, kitchen.id, PlaceWords(**(vars(KITCHEN) | other)))
    assert held(hazel)[0].checked_on is None


def test_another_kind_or_name_or_spelling_of_the_number_leaves_it_checked(hazel: Calendar) -> None:
    kitchen = asks_there(hazel, does(hazel, places.add, KITCHEN))
    words = PlaceWords(**(vars(KITCHEN) | {"kind": "other", "name": "Kitchen", "phone": "415.555.0101"}))
    does(hazel, places.change, kitchen.id, words)
    assert (held(hazel)[0].name, held(hazel)[0].checked_on) == ("Kitchen", "2026-11-03")


def test_a_place_is_taken_off(hazel: Calendar) -> None:
    kitchen = does(hazel, places.add, KITCHEN)
    assert does(hazel, places.take_off, kitchen.id) and held(hazel) == []
    assert not does(hazel, places.take_off, kitchen.id)


@pytest.mark.parametrize(
    ("other", "field", "reason"),
    [
        ({"kind": ""}, "kind", "list"),
        ({"kind": "Food"}, "kind", "list"),
        ({"name": " "}, "name", "empty"),
        ({"name": "x" * 121}, "name", "long"),
        ({"hours": "x" * 201}, "hours", "long"),
        ({"phone": "call me"}, "phone", "none"),
        ({"phone": "12"}, "phone", "none"),
        ({"phone": "1" * 41}, "phone", "long"),
        ({"address": "x" * 201}, "address", "long"),
        ({"languages": "x" * 121}, "languages", "long"),
        ({"walk_in": "maybe"}, "walk_in", "list"),
        ({"note": "x" * 281}, "note", "long"),
    ],
)
def test_a_place_is_refused_beside_its_field(hazel: Calendar, other: dict[str, str], field: str, reason: str) -> None:
    made = does(hazel, places.add, PlaceWords("food", "Another"))
    before = hazel.house.everything()
    words = PlaceWords(**(vars(KITCHEN) | other))
    for rule, which in ((places.add, ()), (places.change, (made.id,))):
        with pytest.raises(ScheduleRefused) as told:
            does(hazel, rule, *which, words)
        assert (told.value.field, told.value.reason) == (field, reason)
    assert hazel.house.everything() == before


def test_no_two_have_the_same_kind_and_name(hazel: Calendar) -> None:
    does(hazel, places.add, KITCHEN)
    other = does(hazel, places.add, PlaceWords("showers", "Corner Kitchen"))
    before = hazel.house.everything()
    for rule, which in ((places.add, ()), (places.change, (other.id,))):
        with pytest.raises(ScheduleRefused) as told:
            does(hazel, rule, *which, PlaceWords("food", "CORNER  kitchen"))
        assert (told.value.field, told.value.reason) == ("name", "twice")
    assert hazel.house.everything() == before


def test_there_is_an_end_to_the_places_of_a_building(hazel: Calendar) -> None:
    def fill(db: Any) -> None:
        db.add_all(Place(building_id=hazel.building_id, kind="food", name=str(n)) for n in range(MOST_PLACES))

    hazel.house.do(fill)
    with pytest.raises(ScheduleRefused) as told:
        does(hazel, places.add, KITCHEN)
    assert (told.value.field, told.value.reason) == ("name", "many")


def test_and_to_all_their_words_together(hazel: Calendar) -> None:
    long = {"hours": "h" * 200, "address": "a" * 200, "languages": "l" * 120, "note": "ñ" * 280}
    number = 0
    with pytest.raises(ScheduleRefused) as told:
        for number in range(MOST_PLACES):
            does(hazel, places.add, PlaceWords("food", f"Kitchen {number}", **long))
    assert told.value.reason == "many" and MOST_BYTES // 1200 <= number < MOST_PLACES


def test_another_buildings_place_is_not_there(house: House, esi: Person, hazel: Calendar) -> None:
    kitchen, birch = does(hazel, places.add, KITCHEN), calendar(house, esi.id)
    before = house.everything()
    assert does(birch, places.change, kitchen.id, KITCHEN) is None and not does(birch, places.take_off, kitchen.id)
    assert does(birch, places.check, kitchen.id, EVENING) is None and does(birch, places.uncheck, kitchen.id) is None
    assert house.ask(places.find, birch.building_id, kitchen.id) is None
    assert held(birch) == [] and house.everything() == before


def test_what_is_not_there_has_no_places(house: House, esi: Person) -> None:
    assert house.do(places.add, esi.id, "0" * 20, KITCHEN) is None


def test_every_kind_fits_in_its_column() -> None:
    assert len(set(KINDS)) == len(KINDS) and max(map(len, KINDS)) <= 20
