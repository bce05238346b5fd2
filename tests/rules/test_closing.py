"""Closing, undoing that, and covering the screens (`sessions.circle.circles`)."""

from collections.abc import Callable

import pytest

from sessions.circle import circles, mine, rules, shares, wall
from sessions.circle.changes import HEADS, NOTE, ShareRefused
from sessions.circle.circles import CLOSED, ERASING, GRACE_TICKS, OPEN, Circle
from sessions.circle.members import Member
from sessions.circle.shares import CLEARING
from sessions.own_rules import RuleRefused
from tests.rules.cast import House, for_facilitators, for_members, new_key, texts

EVERYTHING = [("replace", part) for part in ("state", "now", "checkins", "notes", "rules")]


def test_a_close_draws_every_screen_anew(house: House, circle: Circle, other_circle: Circle) -> None:
    change = house.do(circles.close, circle.id)
    assert for_members(change) == EVERYTHING
    assert for_facilitators(change) == [
        *EVERYTHING,
        *(("replace", part) for part in ("waiting", "plan", "hands", "suggestions", "doors", "themes", "card")),
        *(("replace", part) for part in (*CLEARING.values(), *HEADS)),
    ]
    assert (house.circle(circle.id).state, house.circle(other_circle.id).state) == (CLOSED, OPEN)


def test_of_two_who_close_at_once_one_does(house: House, circle: Circle) -> None:
    assert house.do(circles.close, circle.id)
    assert house.do(circles.close, circle.id) is None
    assert house.version(circle.id) == 2


def test_a_reopened_circle_is_as_it_was(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    house.everybody_says((ben, "one"), (cleo, "two"))
    house.says(ben, "still waiting")
    before = texts(house.wall(circle.id))
    house.do(circles.close, circle.id)
    change = house.do(circles.reopen, circle.id)
    assert for_members(change) == EVERYTHING
    assert (texts(house.wall(circle.id)), house.waiting(circle.id)) == (before, 1)
    assert house.says(cleo, "and on we go")


def test_an_open_circle_is_not_reopened(house: House, circle: Circle) -> None:
    assert house.do(circles.reopen, circle.id) is None
    assert house.version(circle.id) == 1


def test_once_the_erase_has_begun_there_is_no_way_back(house: House, circle: Circle) -> None:
    house.do(circles.close, circle.id)
    house.do(circles.begin_erasing, circle.id, open_too=True)
    assert house.do(circles.reopen, circle.id) is None
    assert house.do(circles.close, circle.id) is None
    assert house.circle(circle.id).state == ERASING


@pytest.mark.parametrize("rule", [circles.close, circles.reopen])
def test_a_circle_that_is_not_there_is_neither_closed_nor_reopened(house: House, circle: Circle, rule: object) -> None:
    assert house.do(rule, circle.id[::-1]) is None


def test_a_second_close_gives_the_whole_two_minutes_again(house: House, circle: Circle) -> None:
    house.do(circles.close, circle.id)
    for _ in range(GRACE_TICKS - 1):
        house.do(circles.tick)
    house.do(circles.reopen, circle.id)
    house.do(circles.close, circle.id)
    assert house.do(circles.tick) == ([], [])
    assert house.circle(circle.id).grace == GRACE_TICKS - 1


@pytest.fixture
def shown(house: House, circle: Circle, ben: Member, cleo: Member) -> str:
    """The id of Ben's share on the wall of a circle that has closed."""
    first, _ = house.everybody_says((ben, "one"), (cleo, "two"))
    house.do(circles.close, circle.id)
    return first


WRITING: dict[str, Callable[[House, Circle, Member, str], object]] = {
    "write": lambda house, circle, ben, share: house.do(shares.write, house.vault, ben, NOTE, "late", [], new_key()),
    "show my own": lambda house, circle, ben, share: house.do(mine.show, house.vault, ben, share),
    "take back": lambda house, circle, ben, share: house.do(mine.take_back, ben, share),
    "show what waits": lambda house, circle, ben, share: house.do(wall.show_waiting, house.vault, circle.id),
    "set aside": lambda house, circle, ben, share: house.do(wall.set_aside, house.vault, circle.id, share),
    "restore": lambda house, circle, ben, share: house.do(wall.restore, house.vault, circle.id, share),
    "wipe": lambda house, circle, ben, share: house.do(wall.wipe, circle.id, share),
    "add a rule": lambda house, circle, ben, share: house.do(rules.add, house.vault, circle.id, "late"),
    "reword a rule": lambda house, circle, ben, share: house.do(rules.reword, house.vault, circle.id, share, "late"),
    "remove a rule": lambda house, circle, ben, share: house.do(rules.remove, circle.id, share),
    "move a rule": lambda house, circle, ben, share: house.do(rules.move, circle.id, share, "up"),
}


@pytest.mark.parametrize("writing", WRITING)
@pytest.mark.parametrize("state", [CLOSED, ERASING])
def test_nothing_is_written_in_a_closed_circle(
    house: House, circle: Circle, ben: Member, shown: str, writing: str, state: str
) -> None:
    if state == ERASING:
        house.do(circles.begin_erasing, circle.id, open_too=True)
    before = house.everything()
    with pytest.raises((ShareRefused, RuleRefused)) as refused:
        WRITING[writing](house, circle, ben, shown)
    assert refused.value.reason == "closed"
    assert house.everything() == before


def test_screens_are_covered_and_uncovered(house: House, circle: Circle, other_circle: Circle) -> None:
    for blank in (True, False):
        change = house.do(circles.set_blank, circle.id, blank)
        assert for_members(change) == for_facilitators(change) == [("replace", "state")]
        assert house.circle(circle.id).blank == blank
        assert not house.circle(other_circle.id).blank


def test_covering_what_is_covered_changes_nothing(house: House, circle: Circle) -> None:
    assert house.do(circles.set_blank, circle.id, False) is None
    house.do(circles.set_blank, circle.id, True)
    assert house.do(circles.set_blank, circle.id, True) is None
    assert house.version(circle.id) == 2


def test_a_closed_circle_is_not_covered_and_comes_back_uncovered(house: House, circle: Circle) -> None:
    house.do(circles.set_blank, circle.id, True)
    house.do(circles.close, circle.id)
    assert house.do(circles.set_blank, circle.id, True) is None
    house.do(circles.reopen, circle.id)
    assert not house.circle(circle.id).blank
