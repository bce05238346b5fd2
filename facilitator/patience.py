"""Slowing down whoever guesses, without ever locking anybody out.

A building shares one address, so nobody is blocked: a wrong try is answered late, later each time, and a right one at
once. Sources are kept in memory only, as hashes under a key that is thrown away each hour.
"""

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable

FREE_TRIES = 3
FIRST_SECONDS = 0.5
LONGEST_SECONDS = 8.0
FORGET_SECONDS = 60.0
NEW_KEY_SECONDS = 3600.0
CALM_TRIES = 60
"""Wrong tries a minute, from everywhere, that a busy evening may bring; above it the whole door slows down."""
MOST_HELD = 200
"""Answers held back at once. Beyond it they go out undelayed: memory matters more, and the space of codes is large."""


class Patience:
    """How long the next wrong answer to a source is held back, in seconds."""

    def __init__(self, sleep: Callable[[float], object], clock: Callable[[], float] = time.monotonic) -> None:
        """Hold answers with `sleep(seconds)`; time is `clock()`, in seconds, never the wall clock."""
        self._sleep, self._clock = sleep, clock
        self._held = 0
        self._key = secrets.token_bytes(16)
        self._tries: dict[bytes, float] = {}
        self._all = 0.0
        self._since = self._faded = clock()

    def before(self, source: str) -> float:
        """Keep a try of `source` back before it is looked at, once it was wrong a few times. Returns the seconds."""
        self._fade()
        return self._wait(self.next_wait(source)) if self._tries_of(source) >= FREE_TRIES else 0.0

    def hold(self, source: str) -> float:
        """Count one wrong try of `source` and keep its answer back. Returns the seconds it was held."""
        seconds = self.next_wait(source)
        self._count(source)
        return self._wait(seconds)

    def next_wait(self, source: str) -> float:
        """How long a wrong answer to `source` would be held now, in seconds."""
        self._fade()
        doublings = min(max(int(self._tries_of(source)) - FREE_TRIES + 1, 0), 10)
        everybodys = FIRST_SECONDS * self._all / CALM_TRIES
        return min(LONGEST_SECONDS, max(FIRST_SECONDS * 2.0**doublings, everybodys))

    def _wait(self, seconds: float) -> float:
        if self._held >= MOST_HELD:
            return 0.0
        self._held += 1
        try:
            self._sleep(seconds)
        finally:
            self._held -= 1
        return seconds

    def _tries_of(self, source: str) -> float:
        return self._tries.get(self._name(source), 0.0)

    def _count(self, source: str) -> None:
        name = self._name(source)
        self._tries[name] = self._tries.get(name, 0.0) + 1
        self._all += 1

    def _fade(self) -> None:
        now = self._clock()
        if now - self._since > NEW_KEY_SECONDS:
            self._key, self._tries, self._since = secrets.token_bytes(16), {}, now
        while now - self._faded >= FORGET_SECONDS:
            self._faded += FORGET_SECONDS
            self._all /= 2
            self._tries = {name: tries / 2 for name, tries in self._tries.items() if tries >= 1}

    def _name(self, source: str) -> bytes:
        return hmac.new(self._key, source.encode("utf-8", "replace"), hashlib.sha256).digest()
