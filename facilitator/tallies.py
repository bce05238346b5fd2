"""Where wrong tries are counted: in this process's memory, or in Redis where several processes keep one door.

Both keep sources only as hashes under a key that is thrown away each hour, and both forget half of it all each minute.
"""

import hashlib
import hmac
import secrets
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol

from facilitator.logs import log_kind

FORGET_SECONDS = 60
NEW_KEY_SECONDS = 3600
MINUTES_KEPT = 10
"""After so many halvings a minute's tries weigh a thousandth."""
ANSWERS_WITHIN_SECONDS = 0.5
ASK_AGAIN_SECONDS = 5.0


class Tally(Protocol):
    """How many wrong tries there were of late: a minute ago counts half, two minutes ago a quarter."""

    def of(self, source: str) -> tuple[float, float]:
        """The wrong tries of `source`, and those of everybody."""

    def add(self, source: str) -> None:
        """Count one wrong try of `source`."""


class InMemory:
    """Counted in this process, and gone with it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Time is `clock()`, in seconds, never the wall clock."""
        self._clock = clock
        self._key = secrets.token_bytes(16)
        self._tries: dict[bytes, float] = {}
        self._all = 0.0
        self._since = self._faded = clock()

    def of(self, source: str) -> tuple[float, float]:
        """The wrong tries of `source`, and those of everybody."""
        self._fade()
        return self._tries.get(_name(self._key, source), 0.0), self._all

    def add(self, source: str) -> None:
        """Count one wrong try of `source`."""
        self._fade()
        name = _name(self._key, source)
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


class InRedis:
    """Counted in Redis, minute by minute by its clock; every value there ends by itself.

    While Redis does not answer, this process counts alone: nobody at the door is told, or kept waiting for it.
    """

    def __init__(self, url: str, door: str, clock: Callable[[], float] = time.monotonic) -> None:
        """Keep the tally of one `door` at `url`. Needs the client of the `scale` extra; raises ImportError."""
        from redis import Redis, RedisError
        from redis.backoff import NoBackoff
        from redis.retry import Retry

        self._redis = Redis.from_url(
            url,
            socket_timeout=ANSWERS_WITHIN_SECONDS,
            socket_connect_timeout=ANSWERS_WITHIN_SECONDS,
            retry=Retry(NoBackoff(), 1),  # once, for a connection that a restart has cut
        )
        self._failed: type[Exception] = RedisError
        self._place = f"open-circle:{door}"
        self._clock = clock
        self._meanwhile = InMemory(clock)
        self._ask_from = clock()

    def of(self, source: str) -> tuple[float, float]:
        """The wrong tries of `source`, and those of everybody."""
        return self._ask(self._of, source) or self._meanwhile.of(source)

    def add(self, source: str) -> None:
        """Count one wrong try of `source`."""
        if not self._ask(self._add, source):
            self._meanwhile.add(source)

    def _of(self, source: str) -> tuple[float, float]:
        name, minute = self._now(source)
        minutes = [minute - ago for ago in range(MINUTES_KEPT)]
        kept = self._redis.mget([f"{whose}:{at}" for whose in (name, self._place) for at in minutes])
        weighed = [int(tries or 0) / 2 ** (place % MINUTES_KEPT) for place, tries in enumerate(kept)]
        return sum(weighed[:MINUTES_KEPT]), sum(weighed[MINUTES_KEPT:])

    def _add(self, source: str) -> bool:
        name, minute = self._now(source)
        with self._redis.pipeline() as at_once:
            for whose in (name, self._place):
                at_once.incr(f"{whose}:{minute}")
                at_once.expire(f"{whose}:{minute}", MINUTES_KEPT * FORGET_SECONDS)
            at_once.execute()
        return True

    def _now(self, source: str) -> tuple[str, int]:
        """Where the tries of `source` are kept under the key of this hour, and the minute by Redis's clock."""
        with self._redis.pipeline() as at_once:
            at_once.set(f"{self._place}:key", secrets.token_bytes(16), nx=True, ex=NEW_KEY_SECONDS)
            at_once.get(f"{self._place}:key")
            at_once.time()
            _, key, (seconds, _) = at_once.execute()
        return f"{self._place}:{_name(key, source).hex()}", seconds // FORGET_SECONDS

    def _ask(self, question: Callable[[str], Any], source: str) -> Any:
        """The answer of Redis, or None while it does not give one."""
        if self._clock() < self._ask_from:
            return None
        try:
            return question(source)
        except self._failed as error:
            self._ask_from = self._clock() + ASK_AGAIN_SECONDS
            log_kind(type(error), sys.exc_info()[2], "the tally of wrong tries, which is kept in memory meanwhile")
            return None


def _name(key: bytes, source: str) -> bytes:
    return hmac.new(key, source.encode("utf-8", "replace"), hashlib.sha256).digest()
