"""Time in a circle is ten-second ticks of a running server. No clock closes or erases anything."""

import time

import pytest

from sessions.accounts import Person
from sessions.circle import circles
from sessions.circle.circles import CLOSED, ERASING, GRACE_TICKS, OPEN, Circle
from tests.rules.cast import House

A_MINUTE = 6
"""Ticks."""


def ticks(house: House, count: int) -> list[tuple[list[str], list[str]]]:
    """What each of so many ticks answers, in one transaction."""
    answers: list[tuple[list[str], list[str]]] = house.do(lambda db: [circles.tick(db) for _ in range(count)])
    return answers


@pytest.mark.parametrize("minutes", [60, 90])
def test_a_circle_is_forgotten_an_hour_after_its_planned_length(house: House, ana: Person, minutes: int) -> None:
    circle = house.opens(ana.id, plan=str(minutes))
    *before, last = ticks(house, (minutes + 60) * A_MINUTE)
    assert all(answer == ([], []) for answer in before)
    assert last == ([circle.id], [])


def test_it_is_named_until_it_is_closed(house: House, circle: Circle) -> None:
    assert ticks(house, 120 * A_MINUTE + 2)[-3:] == [([circle.id], [])] * 3
    house.do(circles.close, circle.id)
    assert ticks(house, 1) == [([], [])]


def test_a_closed_circle_is_due_after_two_minutes(house: House, circle: Circle, other_circle: Circle) -> None:
    house.do(circles.close, circle.id)
    *before, last = ticks(house, 2 * A_MINUTE)
    assert all(answer == ([], []) for answer in before)
    assert last == ([], [circle.id])
    assert house.circle(other_circle.id).state == OPEN


def test_a_circle_that_is_due_can_no_longer_be_reopened(house: House, circle: Circle) -> None:
    """Else a facilitator would be told that it is open again, in the moment before it is erased."""
    house.do(circles.close, circle.id)
    ticks(house, GRACE_TICKS)
    assert house.do(circles.reopen, circle.id) is None
    assert house.circle(circle.id).state == ERASING


def test_an_erase_that_failed_half_way_is_due_again(house: House, circle: Circle) -> None:
    house.do(circles.close, circle.id)
    house.do(circles.begin_erasing, circle.id, open_too=True)
    assert ticks(house, 2) == [([], [circle.id])] * 2


def test_ticks_are_no_change_that_a_screen_hears(house: House, circle: Circle) -> None:
    ticks(house, 10)
    assert house.version(circle.id) == 1


def test_a_forgotten_circle_that_is_reopened_gets_ten_minutes(house: House, circle: Circle) -> None:
    ticks(house, 120 * A_MINUTE)
    house.do(circles.close, circle.id)
    house.do(circles.reopen, circle.id)
    answers = ticks(house, 10 * A_MINUTE)
    assert [bool(forgotten) for forgotten, _ in answers] == [False] * (10 * A_MINUTE - 1) + [True]


def test_after_a_stop_it_gets_ten_minutes(house: House, circle: Circle) -> None:
    ticks(house, 120 * A_MINUTE - 1)
    house.do(circles.after_a_stop)
    answers = ticks(house, 10 * A_MINUTE)
    assert [bool(forgotten) for forgotten, _ in answers] == [False] * (10 * A_MINUTE - 1) + [True]


def test_a_stop_takes_no_time_from_a_young_circle_and_gives_it_none(house: House, circle: Circle) -> None:
    ticks(house, 5)
    house.do(circles.after_a_stop)
    assert house.circle(circle.id).ticks == 5


def test_a_stop_gives_a_closed_circle_no_more(house: House, circle: Circle) -> None:
    house.do(circles.close, circle.id)
    ticks(house, 5)
    house.do(circles.after_a_stop)
    assert house.circle(circle.id).grace == GRACE_TICKS - 5


@pytest.mark.parametrize("jump", [3600, 86400, -3600, -86400], ids=["hour", "day", "hour back", "day back"])
def test_a_clock_that_jumps_closes_and_erases_nothing(
    house: House, circle: Circle, other_circle: Circle, monkeypatch: pytest.MonkeyPatch, jump: int
) -> None:
    house.do(circles.close, circle.id)
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + jump)
    assert ticks(house, 1) == [([], [])]
    house.do(circles.after_a_stop)
    assert (house.circle(circle.id).state, house.circle(circle.id).grace) == (CLOSED, GRACE_TICKS - 1)
    assert (house.circle(other_circle.id).state, house.circle(other_circle.id).ticks) == (OPEN, 1)
