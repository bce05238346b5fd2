"""Who is here, by the word of several processes, and how they hear of each other."""

import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from queue import SimpleQueue

from facilitator.audience import Audience
from facilitator.presence import Presence
from facilitator.processes import ANSWERS_WITHIN_SECONDS, CHANNEL, Processes
from sessions.permissions import MEMBER
from tests.cutting_proxy import CuttingProxy
from tests.redis_server import RedisServer

TUESDAY, NEXT_DOOR = "a" * 20, "b" * 20
SOON = 30.0
TELLS = 1000
NOISE = (b"\xff", b"not json", b"[]", b"{}", b'{"from": "x", "what": "nothing we know of", "named": {}}')


def with_ben() -> Presence:
    presence = Presence()
    presence.arrive("a socket", Audience(TUESDAY, MEMBER, "en"), "ben")
    return presence


def test_phones_of_other_processes_count_and_have_their_seats() -> None:
    presence = with_ben()
    presence.elsewhere("west", TUESDAY, {"cleo"})
    assert presence.phones(TUESDAY) == 2
    assert presence.people(TUESDAY) == {"ben", "cleo"}
    assert presence.here(TUESDAY) == {"ben"}


def test_who_is_in_two_processes_counts_once() -> None:
    presence = with_ben()
    presence.elsewhere("west", TUESDAY, {"ben", "cleo"})
    presence.elsewhere("north", TUESDAY, {"cleo"})
    assert presence.phones(TUESDAY) == 2


def test_another_circle_is_another_circle() -> None:
    presence = with_ben()
    presence.elsewhere("west", NEXT_DOOR, {"dov"})
    assert (presence.phones(TUESDAY), presence.phones(NEXT_DOOR)) == (1, 1)


def test_what_a_process_says_anew_counts_in_place_of_what_it_said() -> None:
    presence = with_ben()
    presence.elsewhere("west", TUESDAY, {"cleo"})
    presence.elsewhere("west", TUESDAY, set())
    assert presence.phones(TUESDAY) == 1


def test_a_process_that_says_nothing_more_counts_no_more_after_half_a_minute() -> None:
    presence = with_ben()
    presence.elsewhere("west", TUESDAY, {"cleo"})
    for _ in range(2):
        presence.ten_seconds_later()
    assert presence.phones(TUESDAY) == 2
    presence.ten_seconds_later()
    assert presence.phones(TUESDAY) == 1


def test_a_process_hears_the_others_and_passes_over_what_is_no_message(redis: RedisServer) -> None:
    east, west, heard = Processes(), Processes(), SimpleQueue[str]()
    for process in (east, west):
        process.init(redis.url)
    west.on("changed")(lambda circle_id: heard.put(circle_id))
    # Once Redis is gone it would wait for it; here it is alone from then on.
    listens = threading.Thread(target=west.listen, args=(lambda _seconds: west.init(""), lambda: None, nullcontext))
    listens.start()
    asked, until = redis.ask(), time.monotonic() + SOON
    while dict(asked.pubsub_numsub(CHANNEL))[CHANNEL.encode()] == 0:
        assert time.monotonic() < until, "it does not listen"
        time.sleep(0.01)
    for noise in NOISE:
        asked.publish(CHANNEL, noise)
    west.tell("changed", circle_id=NEXT_DOOR)
    east.tell("changed", circle_id=TUESDAY)
    told = heard.get(timeout=SOON)
    redis.stop()
    listens.join(SOON)
    assert told == TUESDAY, "its own word it does not hear"
    assert not listens.is_alive()


def test_who_tells_never_waits_for_redis_and_who_may_not_hear_is_named_again_when_it_is_back(
    redis: RedisServer, report: Callable[[str], None]
) -> None:
    east = Processes()
    with CuttingProxy(redis.path) as wire, redis.ask().pubsub(ignore_subscribe_messages=True) as west:
        east.init(wire.address.replace("http:", "redis:"))
        west.subscribe(CHANNEL)
        wire.swallow()
        began = time.monotonic()
        for _ in range(TELLS):
            east.tell("changed", circle_id=TUESDAY)
        east.tell("cut", person="ben", circle_id="")
        report(f"{TELLS} tells in {(took := time.monotonic() - began) * 1000:.0f} ms while Redis swallows all")
        assert took < TELLS / 20, "each would have waited for half a second or more"
        time.sleep(3 * ANSWERS_WITHIN_SECONDS)
        wire.resume()
        until, heard = time.monotonic() + SOON, b""
        while b'"ben"' not in heard:
            assert time.monotonic() < until, "it was never told"
            heard = (west.get_message(timeout=1) or {}).get("data", b"")
        east.init("")
