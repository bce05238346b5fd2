"""Two processes of one house, on one PostgreSQL, one Redis and one folder of keys: what happens in one reaches both."""

import secrets
import threading
import time
import uuid
from collections.abc import Callable, Iterator

import pytest

from tests import postgres
from tests.cutting_proxy import CuttingProxy
from tests.people import Circle, Phone, Staff, Visitor
from tests.redis_server import RedisServer
from tests.server import Server
from tests.sockets import Listener

MISSED_WITHIN = 60.0
"""Seconds. A beat comes every ten."""
NOTES = 10
House = tuple[Server, Server]


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    with RedisServer() as server:
        yield server


@pytest.fixture(scope="module")
def cluster() -> Iterator[postgres.Postgres]:
    with postgres.Postgres() as cluster:
        yield cluster


@pytest.fixture(scope="module")
def wire(redis: RedisServer) -> Iterator[CuttingProxy]:
    """The network between the process in the east and Redis."""
    with CuttingProxy(redis.path) as wire:
        yield wire


@pytest.fixture(scope="module")
def house(redis: RedisServer, wire: CuttingProxy, cluster: postgres.Postgres) -> Iterator[House]:
    shared = {"DATABASE_URL": cluster.fresh("house"), "SECRET_KEY": secrets.token_hex(32)}
    by_wire, at_hand = wire.address.replace("http:", "redis:"), redis.url
    with (
        Server(**shared, MESSAGE_QUEUE_URL=by_wire) as east,
        Server(**shared, MESSAGE_QUEUE_URL=at_hand, KEYS_DIR=str(east.keys)) as west,
    ):
        east.add_account("ana@example.org", "facilitator", name="Ana")
        yield east, west


@pytest.fixture
def ana(house: House) -> Staff:
    return Staff(house[0], "ana@example.org")


@pytest.fixture
def circle(ana: Staff) -> Circle:
    return ana.open_circle()


@pytest.fixture
def ben(house: House, circle: Circle) -> Phone:
    """In the east."""
    return Phone(house[0]).come_in(circle)


@pytest.fixture
def cleo(house: House, circle: Circle) -> Phone:
    """In the west."""
    return Phone(house[1]).come_in(circle)


def in_the(server: Server, visitor: Visitor) -> Visitor:
    """The same browser, sent to another process."""
    other = Visitor(server)
    other.cookies = visitor.cookies
    return other


def hears_of(socket: Listener, version: int, within: float = MISSED_WITHIN) -> None:
    socket.wait_for(lambda heard: heard.event in ("beat", "stream") and heard.data["v"] >= version, within)


def test_what_ben_writes_in_the_east_cleo_reads_in_the_west(circle: Circle, ben: Phone, cleo: Phone) -> None:
    with cleo.listen() as socket:
        began = time.monotonic()
        ben.check_in("Ate first.")
        hears_of(socket, ben.here().version)
        print(f"told in the other process after {time.monotonic() - began:.3f} s")
    assert list(cleo.here().wall("checkins").values()) == ["Ate first."]


def test_redis_is_told_no_word_and_keeps_nothing_of_a_circle(redis: RedisServer, ben: Phone, cleo: Phone) -> None:
    with redis.ask().pubsub(ignore_subscribe_messages=True) as spy, cleo.listen() as socket:
        spy.subscribe("open-circle")
        spy.get_message(timeout=5)
        ben.check_in("The van is on 6th until 9.")
        hears_of(socket, ben.here().version)
        told = []
        while message := spy.get_message(timeout=1):
            told.append(message["data"])
    assert told, "nothing was told at all"
    assert not any(b"van" in one for one in told)
    assert not [key for key in redis.ask().scan_iter() if b":door" not in key and b"sign-in" not in key]


def test_phones_are_counted_once_across_the_house(house: House, circle: Circle, ben: Phone, cleo: Phone) -> None:
    with ben.listen() as in_the_east, cleo.listen() as in_the_west, in_the(house[1], ben).listen():
        for socket in (in_the_east, in_the_west):
            socket.wait_for(lambda heard: heard.event == "here" and heard.data["n"] == 2, MISSED_WITHIN)
    # Gone, they count no more, in either process.
    with cleo.listen() as socket:
        socket.wait_for(lambda heard: heard.event == "here" and heard.data["n"] == 1, MISSED_WITHIN)


def test_who_signs_out_in_the_east_hears_nothing_more_in_the_west(house: House, ana: Staff, circle: Circle) -> None:
    with in_the(house[1], ana).listen(circle=circle.id) as socket:
        ana.sign_out()
        socket.wait_until_closed(within=MISSED_WITHIN)


def test_who_leaves_in_the_east_hears_nothing_more_in_the_west(house: House, ben: Phone) -> None:
    with in_the(house[1], ben).listen() as socket:
        ben.post("/here/leave")
        socket.wait_until_closed(within=MISSED_WITHIN)


def test_a_circle_erased_in_the_east_is_gone_in_the_west(house: House, ana: Staff, circle: Circle, cleo: Phone) -> None:
    cleo.check_in("Slept badly.")
    with cleo.listen() as socket:
        ana.act(circle.id, "close")
        ana.act(circle.id, "erase")
        socket.wait_for(lambda heard: heard.event == "gone", MISSED_WITHIN)
        socket.wait_until_closed(within=MISSED_WITHIN)
    assert cleo.here().status == 303
    assert not (house[0].keys / f"{circle.id}.key").exists()


@pytest.mark.long
def test_time_passes_once_for_both(house: House, ana: Staff) -> None:
    """Two minutes from close to erased, and not one: only one of the two processes counts each ten seconds."""
    circle = ana.open_circle("Counted once")
    ana.act(circle.id, "close")
    time.sleep(75)
    assert ana.console(circle.id).status == 200, "two processes that both count would have erased it by now"


def test_with_redis_gone_nothing_is_lost_and_the_beat_tells(
    redis: RedisServer, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    redis.stop()
    try:
        with cleo.listen() as socket:
            assert ben.check_in("Glad it is warm in here.").status == 200
            hears_of(socket, ben.here().version)
    finally:
        redis.start()
    assert list(cleo.here().wall("checkins").values()) == ["Glad it is warm in here."]


def test_once_redis_is_back_whoever_listens_comes_back_and_is_looked_at_again(redis: RedisServer, cleo: Phone) -> None:
    with cleo.listen() as socket:
        redis.stop()
        time.sleep(1)
        redis.start()
        socket.wait_until_closed(within=MISSED_WITHIN)


def test_a_redis_that_swallows_everything_keeps_nobody_waiting_and_who_left_is_cut_off_when_it_is_back(
    house: House, wire: CuttingProxy, circle: Circle, ben: Phone, cleo: Phone, report: Callable[[str], None]
) -> None:
    with cleo.listen() as socket, in_the(house[1], ben).listen() as other_tab:
        wire.swallow()
        try:
            began = time.monotonic()
            for number in range(NOTES):
                ben.note(f"note {number}")
            took, version = time.monotonic() - began, ben.here().version
            ben.leave()
        finally:
            wire.resume()
        other_tab.wait_until_closed(within=MISSED_WITHIN)
        hears_of(socket, version)
    report(f"{NOTES} notes in {took:.2f} s while Redis swallows all")


def test_with_postgresql_gone_nothing_is_told_as_saved_and_all_goes_on_when_it_is_back(
    house: House, cluster: postgres.Postgres, ben: Phone, cleo: Phone
) -> None:
    key = str(uuid.uuid4())
    with cleo.listen() as socket:
        with cluster.away(house[0].environment["DATABASE_URL"]):
            refused = ben.send("check-ins", "Ate first.", key=key)
            assert refused.status == 503 and "not saved yet" in refused.text
            assert ben.get("/healthz").status == 200 and ben.get("/readyz").status == 503
        assert ben.send("check-ins", "Ate first.", key=key).status == 200
        hears_of(socket, ben.here().version)
        assert socket.closed_at is None
    assert list(cleo.here().wall("checkins").values()) == ["Ate first."]


def test_one_process_killed_the_other_has_all_that_was_acknowledged(
    house: House, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    east, west = house
    kept: list[str] = []
    stop = threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            try:
                if ben.note(f"word {number}").status == 200:
                    kept.append(f"word {number}")
            except OSError:
                return

    writer = threading.Thread(target=write)
    writer.start()
    time.sleep(1)
    east.kill()
    stop.set()
    writer.join()
    try:
        there = list(in_the(west, ben).get("/here").wall("notes").values())
        assert kept and set(kept) <= set(there)
        assert len(there) == len(set(there)) and len(there) - len(kept) <= 1
        assert cleo.note("still here").status == 200
    finally:
        east.start()
