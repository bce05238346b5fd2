"""Wrong tries counted in Redis: several processes are one door, and without Redis nobody notices."""

import sys
import time
from collections.abc import Callable

import pytest
from flask import Flask

from facilitator.patience import FIRST_SECONDS, FREE_TRIES, Patience
from facilitator.tallies import (
    ASK_AGAIN_SECONDS,
    FORGET_SECONDS,
    MINUTES_KEPT,
    NEW_KEY_SECONDS,
    InMemory,
    InRedis,
    Tally,
)
from tests.redis_server import RedisServer
from tests.web.cast import Phone, desk

BUILDING = "192.0.2.77"


class Clock:
    """A clock that moves when told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(params=["memory", "redis"])
def tally(request: pytest.FixtureRequest) -> Tally:
    if request.param == "memory":
        return InMemory()
    server: RedisServer = request.getfixturevalue("redis")
    return InRedis(server.url, "door")


def test_tries_are_counted_by_source_and_all_together(tally: Tally) -> None:
    assert tally.of(BUILDING) == (0, 0)
    for source in (BUILDING, BUILDING, "across the street"):
        tally.add(source)
    mine, everybodys = tally.of(BUILDING)
    # A minute may have begun in between, which halves what was.
    assert 1 <= mine <= 2 and 1.5 <= everybodys <= 3
    assert tally.of("nobody")[0] == 0


def test_two_processes_slow_down_together(redis: RedisServer) -> None:
    waited: list[float] = []
    one, other = (Patience(waited.append, tally=InRedis(redis.url, "door")) for _ in range(2))
    for _ in range(8):
        one.hold(BUILDING)
    assert other.next_wait(BUILDING) > FIRST_SECONDS
    assert other.next_wait("across the street") == FIRST_SECONDS


def test_two_doors_count_apart(redis: RedisServer) -> None:
    InRedis(redis.url, "door").add(BUILDING)
    assert InRedis(redis.url, "sign-in").of(BUILDING) == (0, 0)


def test_redis_keeps_no_address_and_everything_in_it_ends_by_itself(redis: RedisServer) -> None:
    InRedis(redis.url, "door").add(BUILDING)
    asking = redis.ask()
    names = asking.keys("*")
    assert len(names) == 3
    assert BUILDING not in repr(names) + repr([asking.get(name) for name in names])
    assert {0 < asking.ttl(name) <= max(NEW_KEY_SECONDS, MINUTES_KEPT * FORGET_SECONDS) for name in names} == {True}


def test_with_a_new_key_nobody_is_known_again(redis: RedisServer) -> None:
    tally = InRedis(redis.url, "door")
    for _ in range(4):
        tally.add(BUILDING)
    redis.ask().delete("open-circle:door:key")  # as it ends, after an hour
    mine, everybodys = tally.of(BUILDING)
    assert mine == 0 and everybodys > 0


def test_without_redis_it_counts_in_memory_and_returns_when_redis_does(
    redis: RedisServer, caplog: pytest.LogCaptureFixture
) -> None:
    clock = Clock()
    tally = InRedis(redis.url, "door", clock)
    tally.add(BUILDING)
    redis.stop()
    for _ in range(FREE_TRIES):
        tally.add(BUILDING)
    assert tally.of(BUILDING)[0] == FREE_TRIES
    assert len(caplog.records) == 1 and BUILDING not in caplog.text and redis.url not in caplog.text
    redis.start()
    assert tally.of(BUILDING)[0] == FREE_TRIES, "it is not asked each time"
    clock.now += ASK_AGAIN_SECONDS
    assert tally.of(BUILDING) == (0, 0)
    tally.add(BUILDING)
    assert redis.ask().keys("*")


@pytest.fixture
def door(redis: RedisServer, make_app: Callable[..., Flask]) -> Flask:
    """An app whose door counts in Redis."""
    return make_app(MESSAGE_QUEUE_URL=redis.url)


def test_at_a_door_without_redis_a_person_sees_no_difference(
    redis: RedisServer, door: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries = sys.modules["facilitator.door"].tries
    waited: list[float] = []
    monkeypatch.setattr(tries, "_sleep", waited.append)
    code = desk(door, "ana").open().code
    seen = [Phone(door).knock("100 000 000")]
    redis.stop()
    began = time.monotonic()
    seen.append(Phone(door).knock("100 000 000"))
    print(f"the first answer without Redis took {time.monotonic() - began:.3f} s")
    assert len({(page.status, page.text) for page in seen}) == 1 and len(waited) == 2
    assert Phone(door).knock(code).location == "/join"
