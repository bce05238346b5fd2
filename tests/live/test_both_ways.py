"""Both ways of telling rooms, ours and the library's own: who listens can't tell which it is, but by what it costs."""

import contextlib
import socket
import struct
import sys
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
import requests

from facilitator.startup import DIRECT, FAN_OUTS
from tests.live.test_cut_off import cut_off
from tests.live.test_lines import LONG_WORDS, MOST_NOTES, never_reads, open_files, settles, still_open
from tests.live.test_too_much import LISTEN, WEBSOCKET, a_websocket
from tests.people import Circle, Phone, Staff
from tests.server import Server
from tests.sockets import HearsInOrder, Wire

LOST_AFTER_NOTES = 200
"""Of 10 KB each: what the system keeps for a phone, and what we do, is full long before."""


@pytest.fixture(scope="module", params=FAN_OUTS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    with Server(OPEN_CIRCLE_FAN_OUT=request.param) as server:
        server.add_account("ana@example.org", "facilitator", name="Ana")
        yield server


@pytest.fixture(scope="module")
def ana(server: Server) -> Staff:
    return Staff(server, "ana@example.org")


def test_a_burst_is_heard_in_order_once_by_all_also_by_who_polls_and_who_upgrades(
    server: Server, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    with cleo.listen() as first, upgraded(ben) as later, ThreadPoolExecutor(8) as crowd:
        polls = Phone(server).come_in(circle)
        path = polls.start_polling()
        before = cleo.catch_up().version
        sent = [crowd.submit(phone.note, f"note {n}") for n in range(15) for phone in (ben, cleo)]
        assert all(each.result() for each in sent)
        first.wait_for_version(before + 30)
        polled = ""
        while f'"v":{before + 30},' not in polled:
            polled += polls.get(path).text
        assert settles(lambda: len(later) == 30, 20)
    expected = list(range(before + 1, before + 31))
    assert first.versions() == later == expected
    told = [polled.find(f'"v":{version},') for version in expected]
    assert -1 not in told and told == sorted(told)


def test_between_the_page_and_the_room_there_is_no_gap(server: Server, circle: Circle, ben: Phone) -> None:
    writes = Phone(server).come_in(circle)
    with ThreadPoolExecutor(1) as thumb, ExitStack() as sockets:
        sent = thumb.submit(lambda: [writes.note(f"note {n}") for n in range(20)])
        came = []
        while not sent.done():
            page = ben.catch_up().version
            came.append((page, sockets.enter_context(ben.listen())))
        last = ben.catch_up().version
        for page, phone in came[-8:]:  # the others were put out: no phone has more sockets
            beat = phone.told("beat")[0].data["v"]
            assert beat >= page
            if last > beat:
                phone.wait_for_version(last)
            # Nothing older than its first beat says is missing after it.
            heard = [version for version in phone.versions() if version > beat]
            assert heard == list(range(beat + 1, last + 1))


def test_who_never_reads_loses_the_line_and_others_hear_all(
    server: Server, ana: Staff, circle: Circle, cleo: Phone
) -> None:
    sleeper = Phone(server).come_in(circle)
    with cleo.listen() as reader, never_reads(sleeper) as stuck:
        first = cleo.catch_up().version
        for notes in range(1, MOST_NOTES):  # noqa: B007 - how many it were
            ana.act(circle.id, "in-the-room", text=LONG_WORDS, key=str(uuid.uuid4()))
            if not still_open(server, stuck):
                break
        assert notes < LOST_AFTER_NOTES * (1 if server.environment["OPEN_CIRCLE_FAN_OUT"] == DIRECT else 3)
        last = cleo.catch_up().version
        reader.wait_for_version(last)
        assert reader.versions() == list(range(first + 1, last + 1))


def test_leaving_and_the_erase_say_goodbye_and_cut(ana: Staff, circle: Circle, ben: Phone, cleo: Phone) -> None:
    with Wire(ben) as leaves, cleo.listen() as stays:
        leaves.come_in()
        ben.leave()
        heard = [leaves.hear()]
        while heard[-1] != "41":
            heard.append(leaves.hear())
        assert leaves.seconds_until_closed() < 5
        stays.wait_for(lambda told: told.data == {"n": 1} or told.data.get("here") == 1)
        ana.act(circle.id, "close")
        ana.act(circle.id, "erase")
        cut_off(stays, stays.wait_for(lambda told: told.event == "gone").at)


def test_nothing_is_packed_whatever_a_browser_offers(server: Server, ben: Phone) -> None:
    offered = {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"}
    told = {"Host": f"127.0.0.1:{server.port}", "Origin": server.address, "Cookie": ben.cookie_header()}
    lines = [f"GET {LISTEN} HTTP/1.1", *(f"{name}: {words}" for name, words in (told | WEBSOCKET | offered).items())]
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall("\r\n".join([*lines, "", ""]).encode())
        answer = line.recv(4096)
    assert answer.startswith(b"HTTP/1.1 101") and b"extensions" not in answer.lower()


def test_a_header_alone_says_that_a_frame_is_too_long(server: Server) -> None:
    if server.environment["OPEN_CIRCLE_FAN_OUT"] != DIRECT:
        pytest.skip("the library reads the first kilobyte of it")
    with a_websocket(server) as line:
        line.sendall(struct.pack("!BBH", 0x81, 0xFE, 1025))
        line.settimeout(20)
        with contextlib.suppress(ConnectionError):
            while line.recv(4096):
                pass


@pytest.mark.skipif(sys.platform != "linux", reason="reads a process's files from /proc")
def test_what_it_costs_is_given_back_when_they_go(
    server: Server, circle: Circle, report: Callable[[str], None]
) -> None:
    phones = [Phone(server).come_in(circle) for _ in range(20)]
    with ExitStack() as sockets:
        for phone in phones:
            sockets.enter_context(phone.listen())
        opened = open_files(server)
    assert settles(lambda: open_files(server) <= opened - 20, 20)
    report(
        f"{server.environment['OPEN_CIRCLE_FAN_OUT']}: {opened} files open with 20 phones, {open_files(server)} after"
    )


@contextlib.contextmanager
def upgraded(phone: Phone) -> Iterator[list[int]]:
    """A socket as the library's own client opens one: it polls first. The versions it is told."""
    versions: list[int] = []
    with requests.Session() as session:
        session.headers.update(phone.headers | {"Cookie": phone.cookie_header()})
        origin = {"origin": phone.headers["Origin"]}
        client = HearsInOrder(reconnection=False, http_session=session, websocket_extra_options=origin)
        client.on("stream", lambda told: versions.append(told["v"]))
        client.connect(phone.server.address, headers=phone.handshake_headers(), wait_timeout=20)
        assert client.transport() == "websocket"
        try:
            yield versions
        finally:
            client.disconnect()
