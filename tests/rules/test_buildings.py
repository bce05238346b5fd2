"""Esi writes down buildings and rooms (`sessions.schedule.buildings`)."""

import pytest

from sessions import audit
from sessions.accounts import Person
from sessions.schedule import buildings
from sessions.schedule.buildings import MOST_ROOMS, BuildingWords, RoomWords
from sessions.schedule.clock import ScheduleRefused
from tests.rules.cast import House

HAZEL = BuildingWords("Hazel House", "The house", "America/Los_Angeles", "22:00", "07:00")


def test_a_building_is_kept_as_typed(house: House, esi: Person) -> None:
    house.do(buildings.add, esi.id, HAZEL)
    (hazel,) = house.ask(buildings.everywhere)
    assert (hazel.name, hazel.public_name, hazel.zone) == ("Hazel House", "The house", "America/Los_Angeles")
    assert (hazel.quiet_from, hazel.quiet_to) == (22 * 60, 7 * 60)


def test_others_call_it_as_staff_do_unless_told(house: House, esi: Person) -> None:
    made = house.do(buildings.add, esi.id, BuildingWords(" Hazel  House ", "", "UTC"))
    assert (made.name, made.public_name, made.quiet_from) == ("Hazel House", "Hazel House", None)


def test_it_is_written_anew(house: House, esi: Person) -> None:
    made = house.do(buildings.add, esi.id, HAZEL)
    house.do(buildings.change, esi.id, made.id, BuildingWords("Birch House", "", "Europe/London"))
    (now,) = house.ask(buildings.everywhere)
    assert (now.id, now.name, now.zone, now.quiet_from) == (made.id, "Birch House", "Europe/London", None)
    assert {act.act for act in house.ask(audit.of, esi.id)} == {"building-added", "building-changed"}


def test_rooms_are_listed_by_name(house: House, esi: Person) -> None:
    made = house.do(buildings.add, esi.id, HAZEL)
    house.do(buildings.add_room, esi.id, made.id, RoomWords("lounge B"))
    first = house.do(buildings.add_room, esi.id, made.id, RoomWords("Lounge A", "12", True, "Key at the desk"))
    assert [room.name for room in house.ask(buildings.rooms, made.id)] == ["Lounge A", "lounge B"]
    assert (first.places, first.step_free, first.note) == (12, True, "Key at the desk")


def test_a_room_is_written_anew_in_its_own_building_only(house: House, esi: Person) -> None:
    hazel, birch = (house.do(buildings.add, esi.id, BuildingWords(name, "", "UTC")) for name in ("Hazel", "Birch"))
    room = house.do(buildings.add_room, esi.id, hazel.id, RoomWords("Lounge"))
    assert house.do(buildings.change_room, esi.id, birch.id, room.id, RoomWords("Cellar")) is None
    house.do(buildings.change_room, esi.id, hazel.id, room.id, RoomWords("Kitchen", "", False))
    assert [one.name for one in house.ask(buildings.rooms)] == ["Kitchen"]


def test_what_is_not_there_is_not_changed(house: House, esi: Person) -> None:
    nowhere = "0" * 20
    assert house.do(buildings.change, esi.id, nowhere, HAZEL) is None
    assert house.do(buildings.add_room, esi.id, nowhere, RoomWords("Lounge")) is None
    assert house.do(buildings.change_room, esi.id, nowhere, nowhere, RoomWords("Lounge")) is None


@pytest.mark.parametrize(
    ("words", "field", "reason"),
    [
        (BuildingWords("", "", "UTC"), "name", "empty"),
        (BuildingWords("\u200b ", "", "UTC"), "name", "empty"),
        (BuildingWords("x" * 81, "", "UTC"), "name", "long"),
        (BuildingWords("Hazel", "x" * 81, "UTC"), "public_name", "long"),
        (BuildingWords("Hazel", "", "../etc/passwd"), "zone", "none"),
        (BuildingWords("Hazel", "", "UTC", "22:00", ""), "quiet_to", "empty"),
        (BuildingWords("Hazel", "", "UTC", "", "07:00"), "quiet_from", "empty"),
        (BuildingWords("Hazel", "", "UTC", "25:00", "07:00"), "quiet_from", "none"),
    ],
)
def test_a_building_is_refused_beside_its_field(
    house: House, esi: Person, words: BuildingWords, field: str, reason: str
) -> None:
    with pytest.raises(ScheduleRefused) as told:
        house.do(buildings.add, esi.id, words)
    assert (told.value.field, told.value.reason) == (field, reason)
    assert house.ask(buildings.everywhere) == []


@pytest.mark.parametrize(
    ("words", "field", "reason"),
    [
        (RoomWords(""), "name", "empty"),
        (RoomWords("Lounge", "0"), "places", "number"),
        (RoomWords("Lounge", "many"), "places", "number"),
        (RoomWords("Lounge", "1000"), "places", "number"),
        (RoomWords("Lounge", note="x" * 201), "note", "long"),
    ],
)
def test_a_room_is_refused_beside_its_field(
    house: House, esi: Person, words: RoomWords, field: str, reason: str
) -> None:
    hazel = house.do(buildings.add, esi.id, HAZEL)
    with pytest.raises(ScheduleRefused) as told:
        house.do(buildings.add_room, esi.id, hazel.id, words)
    assert (told.value.field, told.value.reason) == (field, reason)


def test_there_is_an_end_to_the_rooms_of_a_building(house: House, esi: Person) -> None:
    hazel = house.do(buildings.add, esi.id, HAZEL)
    for number in range(MOST_ROOMS):
        house.do(buildings.add_room, esi.id, hazel.id, RoomWords(f"Room {number}"))
    with pytest.raises(ScheduleRefused) as told:
        house.do(buildings.add_room, esi.id, hazel.id, RoomWords("One more"))
    assert told.value.reason == "many"
