"""Being asked to step out, for today, and hands that go with their phones (`sessions.circle.hands`, `members`)."""

import json

import pytest

from sessions.circle import circles, doors, erase, hands, members
from sessions.circle.changes import ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.hands import Raised
from sessions.circle.members import Member
from tests.rules.attacker import rows
from tests.rules.cast import DOOR_KEY, House, for_facilitators, for_members, new_key


def raises(house: House, member: Member, line: str = "") -> Raised:
    """Raise this phone's hand."""
    house.do(hands.raise_hand, house.vault, member, "en", line, new_key())
    raised: Raised = house.ask(hands.mine, house.vault, member)
    return raised


def asks_out(house: House, circle: Circle, hand_id: str) -> object:
    return house.do(hands.step_out, house.vault, DOOR_KEY, circle.id, hand_id)


def row(house: House, circle: Circle) -> list[Raised]:
    standing: list[Raised] = house.ask(hands.standing, house.vault, circle.id)
    return standing


def door_of(house: House, circle: Circle) -> doors.Door:
    return doors.sign(house.vault, house.circle(circle.id))


def test_that_phone_is_out_and_the_code_is_new(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    house.says(ben, "said before")
    hand, before = raises(house, ben, "a line"), door_of(house, circle)
    change = house.do(hands.step_out, house.vault, DOOR_KEY, circle.id, hand.id)
    assert for_members(change) == [] and for_facilitators(change) == [("replace", "hands"), ("replace", "doors")]
    assert house.ask(members.find, ben.token) is None and house.ask(members.asked_out, ben.token)
    assert house.ask(members.find, cleo.token) == cleo and not house.ask(members.asked_out, cleo.token)
    after = door_of(house, circle)
    assert after.title == before.title and (after.code, after.link) != (before.code, before.link)
    for old in (before.code, before.link):
        assert house.ask(doors.find, DOOR_KEY, old) is None
    assert house.ask(doors.find, DOOR_KEY, after.code).id == circle.id
    assert row(house, circle) == [] and house.ask(hands.mine, house.vault, ben) is None
    assert house.waiting(circle.id) == 1, "what they wrote stays, by nobody"


def test_of_the_hand_no_name_and_no_line_is_left(house: House, circle: Circle, ben: Member) -> None:
    asks_out(house, circle, raises(house, ben, "my sister called").id)
    (kept,) = rows(house.database, "hands", circle.id)
    assert json.loads(house.vault.unseal(circle.id, "hand", kept["id"], kept["sealed"])) == ["", ""]


def test_when_the_phone_comes_by_nothing_is_left_of_it(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    asks_out(house, circle, raises(house, ben).id)
    assert house.do(members.leave, ben.token) is None
    assert rows(house.database, "hands", circle.id) == []
    assert [seat["token_hash"] for seat in rows(house.database, "seats", circle.id)] == [cleo.seat]
    assert not house.ask(members.asked_out, ben.token) and house.ask(members.known, ben.token) is None


def test_coming_back_is_as_someone_new(house: House, circle: Circle, ben: Member) -> None:
    asks_out(house, circle, raises(house, ben).id)
    again = house.joins(circle, earlier_token=ben.token)
    assert house.ask(members.find, again.token) == again and not house.ask(members.asked_out, again.token)
    assert rows(house.database, "hands", circle.id) == []
    assert raises(house, again).by_phone


def test_nobody_but_that_phone_is_out(house: House, circle: Circle, ben: Member, cleo: Member, dov: Member) -> None:
    asks_out(house, circle, raises(house, ben).id)
    other = raises(house, cleo)
    assert [one.id for one in row(house, circle)] == [other.id]
    assert house.ask(members.find, dov.token) == dov


def test_an_out_hand_is_nobodys_to_call_or_to_take_back(house: House, circle: Circle, ben: Member) -> None:
    hand = raises(house, ben)
    asks_out(house, circle, hand.id)
    # What was on its way from that phone just then lets nobody in again.
    assert house.do(hands.lower, ben) is None
    house.do(hands.raise_hand, house.vault, ben, "en", "", new_key())
    for rule in (hands.invite, hands.done):
        assert house.do(rule, circle.id, hand.id) is None
    assert asks_out(house, circle, hand.id) is None
    assert house.ask(members.asked_out, ben.token) and row(house, circle) == []


def test_what_is_not_there_changes_nothing(
    house: House, circle: Circle, other_circle: Circle, ben: Member, cleo: Member
) -> None:
    hand = raises(house, ben)
    house.do(hands.raise_for, house.vault, circle.id, "Mr Ortiz", new_key())
    (somebody,) = (one for one in row(house, circle) if not one.by_phone)
    before = house.everything()
    assert hand.by_phone and asks_out(house, other_circle, hand.id) is None
    assert asks_out(house, circle, "0" * 20) is None
    assert asks_out(house, circle, somebody.id) is None, "there is no phone to go to the door"
    assert house.everything() == before
    house.do(circles.close, circle.id)
    with pytest.raises(ShareRefused, match="closed"):
        asks_out(house, circle, hand.id)


def test_after_the_erase_nobody_was_asked_out(house: House, circle: Circle, ben: Member) -> None:
    asks_out(house, circle, raises(house, ben).id)
    erase.erase(house.database, house.vault, circle.id, open_too=True)
    assert not house.ask(members.asked_out, ben.token) and rows(house.database, "hands", circle.id) == []


def test_whoever_leaves_takes_their_hand_along(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    raises(house, ben)
    stays = raises(house, cleo)
    change = house.do(members.leave, ben.token)
    assert for_members(change) == [] and for_facilitators(change) == [("replace", "hands")]
    assert [one.id for one in row(house, circle)] == [stays.id]
    assert house.do(members.leave, ben.token) is None


def test_coming_in_anew_takes_the_earlier_hand_down(
    house: House, circle: Circle, other_circle: Circle, ben: Member
) -> None:
    raises(house, ben)
    before = house.version(circle.id)
    house.joins(other_circle, earlier_token=ben.token)
    assert row(house, circle) == [] and house.version(circle.id) == before + 1
