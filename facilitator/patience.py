"""Slowing down whoever guesses, without ever locking anybody out.

A building shares one address, so nobody is blocked: a wrong try is answered late, later each time, and a right one at
once.
"""

import time
from collections.abc import Callable

from flask import Flask

from facilitator.tallies import InMemory, InRedis, Tally

FREE_TRIES = 3
FIRST_SECONDS = 0.5
LONGEST_SECONDS = 8.0
CALM_TRIES = 60
"""Wrong tries a minute, from everywhere, that a busy evening may bring; above it the whole door slows down."""
MOST_HELD = 200
"""Answers held back at once. Beyond it they go out undelayed: memory matters more, and the space of codes is large."""


class Patience:
    """How long the next wrong answer to a source is held back, in seconds."""

    def __init__(
        self, sleep: Callable[[float], object], clock: Callable[[], float] = time.monotonic, tally: Tally | None = None
    ) -> None:
        """Hold answers with `sleep(seconds)`. Tries are counted in `tally`, else in this process by `clock()`."""
        self._sleep = sleep
        self._tally: Tally = tally or InMemory(clock)
        self._held = 0

    def init_app(self, app: Flask, door: str) -> None:
        """Count where the settings of `app` say; every process that keeps this `door` counts together."""
        self._tally = InRedis(app.config["MESSAGE_QUEUE_URL"], door) if app.config["MESSAGE_QUEUE_URL"] else InMemory()

    def before(self, source: str) -> float:
        """Keep a try of `source` back before it is looked at, once it was wrong a few times. Returns the seconds."""
        mine, everybodys = self._tally.of(source)
        return self._wait(_seconds(mine, everybodys)) if mine >= FREE_TRIES else 0.0

    def hold(self, source: str) -> float:
        """Count one wrong try of `source` and keep its answer back. Returns the seconds it was held."""
        seconds = self.next_wait(source)
        self._tally.add(source)
        return self._wait(seconds)

    def next_wait(self, source: str) -> float:
        """How long a wrong answer to `source` would be held now, in seconds."""
        return _seconds(*self._tally.of(source))

    def _wait(self, seconds: float) -> float:
        if self._held >= MOST_HELD:
            return 0.0
        self._held += 1
        try:
            self._sleep(seconds)
        finally:
            self._held -= 1
        return seconds


def _seconds(mine: float, everybodys: float) -> float:
    doublings = min(max(int(mine) - FREE_TRIES + 1, 0), 10)
    return min(LONGEST_SECONDS, max(FIRST_SECONDS * 2.0**doublings, FIRST_SECONDS * everybodys / CALM_TRIES))
