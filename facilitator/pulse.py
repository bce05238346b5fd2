"""How long this process takes, felt at each beat of the clock by tries of its own, and never by what a member sends.

A delay that was measured by members' posts would count them: how many there were is how much was said, and when. So
once a beat, whether a circle is on or not, the server tries the same three things itself: it wakes up, it saves
something that is nobody's, and it tells phones that it is there.

A try is known by a step and no closer. The first step is what nobody who waits would notice, and it holds an empty
house and a busy evening alike; above it something is wrong, and then it must be said. All of it is in memory, is
about one process, and begins anew with it.
"""

import math
import time
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import Future

from sessions.database import Database

STEPS = (0.25, 0.5, 1.0, 2.5, 5.0, 10.0, math.inf)
"""In seconds. Each try counts as the first of these that it does not exceed; the last is for one that failed, too."""
BEATS = 360
"""An hour of beats. What was longer ago is forgotten."""
STOPPED_AFTER_SECONDS = 60.0
"""A clock that has not beaten for so long does not close or erase anything any more."""


class Delay:
    """How long one thing took of late, in steps."""

    def __init__(self) -> None:
        self._steps: deque[float] = deque(maxlen=BEATS)

    def took(self, seconds: float) -> None:
        """Note one try."""
        self._steps.append(next(step for step in STEPS if seconds <= step))

    def within(self, share: float) -> float | None:
        """The step that this share of the tries did not exceed, in seconds; None before the first try."""
        tried = sorted(self._steps)
        return tried[math.ceil(share * len(tried)) - 1] if tried else None


class Pulse:
    """What the clock of this process feels. It knows no circle's number of anything."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Time is `clock()`, in seconds, never the wall clock."""
        self.now = clock
        self.waking, self.saving, self.telling = Delay(), Delay(), Delay()
        self.erases_late = False
        self._erasing: set[str] = set()
        self._beat = clock()

    def woke(self, due: float) -> None:
        """The clock woke up for a beat that was due at this moment: by so much does everybody else wait."""
        self._beat = self.now()
        self.waking.took(self._beat - due)

    def try_saving(self, database: Database) -> None:
        """Save something that is nobody's, and note how long that took. Nobody waits for it, and nothing is raised.

        It is written each time, not only while a circle is on: so a slow disk tells of itself alone.
        """
        began = self.now()

        def kept(answered: "Future[None]") -> None:
            self.saving.took(math.inf if answered.exception() else self.now() - began)

        database.hand_in(database.touch).add_done_callback(kept)

    def see_erasing(self, circle_ids: Iterable[str]) -> None:
        """These are half erased after this beat. Who was so after the last one too should be gone by now."""
        erasing = set(circle_ids)
        self.erases_late = bool(erasing & self._erasing)
        self._erasing = erasing

    @property
    def beats(self) -> bool:
        """Whether the clock still beats, which closes and erases."""
        return self.now() - self._beat < STOPPED_AFTER_SECONDS
