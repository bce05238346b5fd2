"""What a page may show at one moment, by role (`sessions.circle.snapshot`)."""

import pytest

from sessions.circle import circles, erase, wall
from sessions.circle.changes import CHECK_IN
from sessions.circle.circles import CLOSED, OPEN, Circle
from sessions.circle.members import Member
from sessions.permissions import FACILITATOR, MEMBER
from tests.rules.cast import House, texts


@pytest.fixture
def busy(house: House, circle: Circle, ben: Member, cleo: Member, dov: Member) -> Circle:
    """Three on the wall, one of them set aside, and one that waits; and something said elsewhere."""
    house.says(ben, "a check-in", kind=CHECK_IN)
    aside, _ = house.everybody_says((cleo, "names somebody"), (ben, "a note"))
    house.do(wall.set_aside, house.vault, circle.id, aside)
    house.says(cleo, "not yet")
    house.says(dov, "elsewhere")
    return circle


def test_a_member_sees_the_walls_and_the_rules(house: House, busy: Circle) -> None:
    seen = house.seen(busy.id, MEMBER)
    assert seen and (texts(seen.check_ins), texts(seen.notes)) == (["a check-in"], ["a note"])
    assert (seen.state, seen.blank, len(seen.rules)) == (OPEN, False, 12)


def test_a_member_is_told_neither_how_many_wait_nor_what_is_set_aside(house: House, busy: Circle) -> None:
    seen = house.seen(busy.id, MEMBER)
    assert seen and seen.waiting == 0
    assert "names somebody" not in repr(seen) and "not yet" not in repr(seen)


def test_the_facilitator_sees_how_many_wait_and_not_what(house: House, busy: Circle) -> None:
    seen = house.seen(busy.id, FACILITATOR)
    assert seen and seen.waiting == 1
    assert [(one.text, one.aside) for one in seen.notes if one.aside] == [("names somebody", True)]
    assert "not yet" not in repr(seen) and "elsewhere" not in repr(seen)


@pytest.mark.parametrize("role", ["stranger", "housing", "admin", ""])
def test_any_other_role_sees_no_more_than_a_member(house: House, busy: Circle, role: str) -> None:
    assert house.seen(busy.id, role) == house.seen(busy.id, MEMBER)


@pytest.mark.parametrize("role", [MEMBER, FACILITATOR])
def test_a_closed_circle_shows_no_word_of_anybody(house: House, busy: Circle, role: str) -> None:
    house.do(circles.close, busy.id)
    seen = house.seen(busy.id, role)
    assert seen and (seen.state, seen.version, seen.blank) == (CLOSED, house.version(busy.id), False)
    assert (seen.check_ins, seen.notes, seen.rules, seen.waiting) == ([], [], [], 0)


@pytest.mark.parametrize("role", [MEMBER, FACILITATOR])
def test_one_being_erased_is_not_there(house: House, busy: Circle, role: str) -> None:
    house.do(circles.begin_erasing, busy.id, open_too=True)
    assert house.seen(busy.id, role) is None
    erase.erase(house.database, house.vault, busy.id, open_too=True)
    assert house.seen(busy.id, role) is None


def test_a_covered_circle_says_so(house: House, busy: Circle) -> None:
    house.do(circles.set_blank, busy.id, True)
    seen = house.seen(busy.id, MEMBER)
    assert seen and seen.blank
