"""Shutting the doors of an open circle, and changing its code (`sessions.circle.doors`)."""

import pytest

from sessions.circle import circles, doors, members
from sessions.circle.circles import Circle
from sessions.circle.doors import Door
from sessions.circle.members import JoinRefused, Member
from tests.rules.cast import DOOR_KEY, House, for_facilitators, for_members


def door(house: House, circle: Circle) -> Door:
    return doors.sign(house.vault, house.circle(circle.id))


def opens(house: House, word: str) -> bool:
    return house.ask(doors.find, DOOR_KEY, word) is not None


def test_shut_neither_code_nor_link_leads_in_and_then_they_do_again(house: House, circle: Circle, ben: Member) -> None:
    words = door(house, circle)
    change = house.do(doors.set_shut, circle.id, True)
    assert (for_members(change), for_facilitators(change)) == ([], [("replace", "doors")])
    assert not opens(house, words.code) and not opens(house, words.link)
    with pytest.raises(JoinRefused, match="gone"):  # who stood at the threshold already
        house.do(members.join, circle.id)
    assert house.says(ben, "who is in stays in")
    assert house.do(doors.set_shut, circle.id, True) is None
    house.do(doors.set_shut, circle.id, False)
    assert opens(house, words.code) and opens(house, words.link) and house.joins(circle)


def test_a_new_code_and_link_and_the_old_ones_are_dead(
    house: House, circle: Circle, other_circle: Circle, ben: Member
) -> None:
    before, elsewhere = door(house, circle), door(house, other_circle)
    change = house.do(doors.change_code, house.vault, DOOR_KEY, circle.id)
    assert (for_members(change), for_facilitators(change)) == ([], [("replace", "doors")])
    after = door(house, circle)
    assert after.title == before.title
    assert not {before.code, before.link} & {after.code, after.link}
    assert [opens(house, word) for word in (before.code, before.link)] == [False, False]
    assert [opens(house, word) for word in (after.code, after.link)] == [True, True]
    assert door(house, other_circle) == elsewhere
    assert house.says(ben, "who is in stays in")


def test_a_code_changed_behind_shut_doors_leads_nowhere_yet(house: House, circle: Circle) -> None:
    house.do(doors.set_shut, circle.id, True)
    house.do(doors.change_code, house.vault, DOOR_KEY, circle.id)
    assert not opens(house, door(house, circle).code)


def test_a_closed_circle_has_no_doors_to_change(house: House, circle: Circle) -> None:
    house.do(circles.close, circle.id)
    assert house.do(doors.set_shut, circle.id, True) is None
    assert house.do(doors.change_code, house.vault, DOOR_KEY, circle.id) is None
