"""The same form sent again, late or five times over, is answered and not repeated (`shares.Receipt`)."""

import pytest

from sessions.circle import mine, wall
from sessions.circle.changes import CHECK_IN, NOTE, ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from tests.rules.cast import House, new_key

MIXING, FOOD = "drug:mixing", "set:food-and-water"


def test_a_key_seen_before_is_answered_and_not_repeated(house: House, circle: Circle, ben: Member) -> None:
    key = new_key()
    assert house.says(ben, "once", key=key)
    for _ in range(5):
        assert house.says(ben, "once", key=key) is None
    assert (len(house.own(ben)), house.version(circle.id)) == (1, 2)


def test_a_key_is_the_same_in_capitals(house: House, ben: Member) -> None:
    key = new_key()
    house.says(ben, "once", key=key)
    assert house.says(ben, "once", key=key.upper()) is None


def test_what_only_looks_different_is_the_same(house: House, ben: Member) -> None:
    key = new_key()
    house.says(ben, "é", MIXING, FOOD, kind=CHECK_IN, key=key)
    assert house.says(ben, " e\u0301\u200b\n", FOOD, MIXING, MIXING, kind=CHECK_IN, key=key) is None


@pytest.mark.parametrize(
    ("text", "tags", "kind"), [("twice", [], NOTE), ("once", [MIXING], NOTE), ("once", [], CHECK_IN)]
)
def test_a_key_used_for_something_else_is_refused(
    house: House, circle: Circle, ben: Member, text: str, tags: list[str], kind: str
) -> None:
    key = new_key()
    house.says(ben, "once", key=key)
    before = house.everything()
    with pytest.raises(ShareRefused) as refused:
        house.says(ben, text, *tags, kind=kind, key=key)
    assert refused.value.reason == "reused"
    assert house.everything() == before


def test_a_late_retry_brings_nothing_back_that_was_taken_back(house: House, circle: Circle, ben: Member) -> None:
    key = new_key()
    house.says(ben, "regretted", key=key)
    house.do(mine.take_back, ben, house.only_id(ben))
    assert house.says(ben, "regretted", key=key) is None
    assert (house.own(ben), house.waiting(circle.id), house.wall(circle.id)) == ([], 0, [])


def test_a_late_retry_brings_nothing_back_that_was_wiped(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    key = new_key()
    house.says(ben, "names somebody", key=key)
    house.everybody_says((cleo, "something else"))
    house.do(wall.wipe, circle.id, house.only_id(ben))
    assert house.says(ben, "names somebody", key=key) is None
    assert (house.own(ben), len(house.wall(circle.id, aside_too=True))) == ([], 1)


def test_a_retry_after_it_appeared_shows_it_no_second_time(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    key = new_key()
    house.says(ben, "once", key=key)
    house.everybody_says((cleo, "two"))
    version = house.version(circle.id)
    assert house.says(ben, "once", key=key) is None
    assert (len(house.wall(circle.id)), house.version(circle.id)) == (2, version)


def test_the_same_key_of_somebody_else_is_another_key(
    house: House, circle: Circle, other_circle: Circle, ben: Member, cleo: Member, dov: Member
) -> None:
    key = new_key()
    assert all(house.says(member, text, key=key) for member, text in ((ben, "same"), (cleo, "same"), (dov, "other")))
    assert (house.waiting(circle.id), house.waiting(other_circle.id)) == (2, 1)


def test_the_same_words_under_a_new_key_are_said_twice(house: House, ben: Member) -> None:
    house.says(ben, "again")
    house.says(ben, "again")
    assert [one.said.text for one in house.own(ben)] == ["again", "again"]


def test_a_new_form_after_joining_again_is_somebody_elses(house: House, circle: Circle, ben: Member) -> None:
    key = new_key()
    house.says(ben, "before", key=key)
    assert house.says(house.joins(circle, ben.token), "after", key=key)
