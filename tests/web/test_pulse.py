"""How long the server takes: known by tries of its own, in steps, once a beat."""

import math
from pathlib import Path

import pytest
from flask import Flask

from facilitator import clock
from facilitator.pulse import BEATS, STEPS, STOPPED_AFTER_SECONDS, Delay, Pulse
from sessions.circle import circles
from sessions.database import Database
from tests.web.cast import Desk, Doors


class Time:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.mark.parametrize(
    ("seconds", "step"), [(-0.01, 0.25), (0.0, 0.25), (0.004, 0.25), (0.25, 0.25), (0.26, 0.5), (9, 10), (11, math.inf)]
)
def test_a_try_is_known_by_its_step_and_no_closer(seconds: float, step: float) -> None:
    delay = Delay()
    delay.took(seconds)
    assert delay.within(0.5) == delay.within(0.95) == step


def test_before_the_first_try_nothing_is_known() -> None:
    assert Delay().within(0.5) is None


def test_the_slowest_of_twenty_is_one_in_twenty() -> None:
    delay = Delay()
    for seconds in (*([0.01] * 19), 3.0):
        delay.took(seconds)
    assert (delay.within(0.5), delay.within(0.95), delay.within(1.0)) == (0.25, 0.25, 5.0)
    delay.took(3.0)
    assert (delay.within(0.5), delay.within(0.95)) == (0.25, 5.0)


def test_what_was_an_hour_ago_is_forgotten() -> None:
    delay = Delay()
    for seconds in (3.0, *([0.01] * BEATS)):
        delay.took(seconds)
    assert delay.within(1.0) == STEPS[0]


def test_waking_late_is_what_everybody_else_waits(time: Time) -> None:
    pulse = Pulse(time)
    pulse.woke(due=time.now - 0.7)
    assert pulse.waking.within(0.5) == 1.0


def test_a_clock_that_beat_no_more_for_a_minute_stands_still(time: Time) -> None:
    pulse = Pulse(time)
    time.now += STOPPED_AFTER_SECONDS - 1
    assert pulse.beats
    time.now += 1
    assert not pulse.beats
    pulse.woke(due=time.now)
    assert pulse.beats


def test_a_write_that_fails_counts_as_the_slowest_and_raises_nothing(tmp_path: Path) -> None:
    pulse, away = Pulse(), Database(f"sqlite:///{tmp_path / 'no such folder' / 'circle.db'}")
    pulse.try_saving(away)
    assert pulse.saving.within(0.5) == math.inf
    away.close()


def test_a_beat_tries_each_once_whether_a_circle_is_on_or_not(app: Flask, ana: Desk) -> None:
    pulse: Pulse = app.extensions["pulse"]
    with app.test_request_context():
        clock.ten_seconds_later()
        tried = [len(delay._steps) for delay in (pulse.saving, pulse.telling)]
        ana.open()
        ana.open()
        clock.ten_seconds_later()
    assert tried == [1, 1]
    assert [len(delay._steps) for delay in (pulse.saving, pulse.telling)] == [2, 2]


def test_what_is_not_erased_a_beat_later_is_told_until_it_is(app: Flask, ana: Desk, circle: Doors) -> None:
    pulse: Pulse = app.extensions["pulse"]
    ana.do(f"{circle.console}/close")
    key: Path = app.extensions["vault"].folder / f"{circle.id}.key"
    key.unlink()
    key.mkdir()  # so that it can't be destroyed
    app.extensions["database"].write(circles.begin_erasing, circle.id)
    told = []
    with app.test_request_context():
        for _ in range(2):
            clock.ten_seconds_later()
            told.append(pulse.erases_late)
        key.rmdir()
        clock.ten_seconds_later()
    assert [*told, pulse.erases_late] == [False, True, False]


def test_of_two_that_are_half_erased_at_two_beats_neither_is_late() -> None:
    pulse = Pulse()
    pulse.see_erasing(["a"])
    pulse.see_erasing(["b"])
    assert not pulse.erases_late
    pulse.see_erasing(["b", "c"])
    assert pulse.erases_late
