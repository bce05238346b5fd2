"""The door: a code to type or a link to scan finds an open circle, and nothing else does."""

import pytest

from sessions.circle import circles, doors, erase
from sessions.circle.circles import Circle
from sessions.circle.doors import Door
from tests.rules.cast import DOOR_KEY, House


@pytest.fixture
def door(house: House, circle: Circle, other_circle: Circle) -> Door:
    """The door of Ana's circle, in a house with another one."""
    return doors.sign(house.vault, circle)


def behind(house: House, typed: str, door_key: bytes = DOOR_KEY) -> str | None:
    found = house.ask(doors.find, door_key, typed)
    return found.id if found else None


def test_the_code_opens_it(house: House, circle: Circle, door: Door) -> None:
    assert behind(house, door.code) == circle.id


def test_the_link_opens_it(house: House, circle: Circle, door: Door) -> None:
    assert behind(house, door.link) == circle.id


def test_spaces_in_a_code_do_not_matter(house: House, circle: Circle, door: Door) -> None:
    in_threes = f" {door.code[:3]} {door.code[3:6]}\u00a0{door.code[6:]}\n"
    assert behind(house, in_threes) == circle.id


def test_each_circle_has_its_own_door(house: House, other_circle: Circle, door: Door) -> None:
    theirs = doors.sign(house.vault, other_circle)
    assert behind(house, theirs.code) == behind(house, theirs.link) == other_circle.id


@pytest.mark.parametrize("typed", ["", " ", "000000000", "12345678", "\0", "\ud800", "%", "_________", "x" * 100_000])
def test_nothing_else_opens_it(house: House, door: Door, typed: str) -> None:
    assert behind(house, typed) is None


def test_neither_the_title_nor_the_hash_nor_the_id_opens_it(house: House, circle: Circle, door: Door) -> None:
    for typed in (door.title, circle.id, circle.code_hash, circle.link_hash, door.code[:-1], door.link.swapcase()):
        assert behind(house, typed) is None


def test_the_hashes_are_worth_nothing_without_the_servers_key(house: House, door: Door) -> None:
    assert behind(house, door.code, door_key=b"another server's key") is None


def test_a_closed_circle_is_as_unknown_as_none(house: House, circle: Circle, door: Door) -> None:
    house.do(circles.close, circle.id)
    assert behind(house, door.code) is behind(house, door.link) is None


def test_a_reopened_circle_has_the_same_door(house: House, circle: Circle, door: Door) -> None:
    house.do(circles.close, circle.id)
    house.do(circles.reopen, circle.id)
    assert behind(house, door.code) == circle.id


def test_an_erased_circle_is_as_unknown_as_none(house: House, circle: Circle, door: Door) -> None:
    erase.erase(house.database, house.vault, circle.id, open_too=True)
    assert behind(house, door.code) is behind(house, door.link) is None
