"""What holds a line, or many: it is let go in good time, and nobody else waits for it."""

import os
import resource
import socket
import sqlite3
import statistics
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress

import pytest

from facilitator.engine import GOODBYE_SECONDS, MOST_SILENT, MOST_WAITING
from facilitator.handler import READS_WITHIN_SECONDS
from facilitator.sockets import MOST_SOCKETS
from tests.live.test_busy_door import delay
from tests.live.test_too_much import MOST_MEGABYTES, a_websocket, fresh_peak, peak
from tests.people import Circle, Phone, Staff
from tests.server import Server
from tests.sockets import Wire

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory and files from /proc")

FEW, MANY = 10, 1000
MOST_NOTES = MOST_WAITING * 3
LONG_WORDS = "🫖" * 900  # twelve bytes each on their way
LONG = [pytest.mark.long, pytest.mark.timeout(600)]
COUNTS = pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=LONG)])
HEAD = "Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
FORM = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\n"
HELD = {
    "nothing": "",
    "slow headers": "GET / HTTP/1.1\r\n" + HEAD + "X-Slow: ",
    "slow bodies": "POST /door HTTP/1.1\r\n" + HEAD + FORM + "code=",
    "slow bodies of what is refused": "POST /door HTTP/1.1\r\n" + HEAD.replace("http:", "https:") + FORM + "code=",
    "half a handshake": "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\n" + HEAD + "Upgrade: websocket\r\n",
}


@pytest.mark.parametrize(
    ("count", "said"),
    [(FEW, [*HELD.values()]), *(pytest.param(MANY, [said], marks=LONG) for said in HELD.values())],
    ids=["some of each", *HELD],
)
def test_lines_that_say_no_more_are_let_go(
    count: int, said: list[str], server: Server, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    with unchanged(server, ben, cleo) as compare, ExitStack() as lines:
        begun = [lines.enter_context(a_line(server, words)) for words in said for _ in range(count)]
        began = time.monotonic()
        compare()
        for line in begun:
            line.settimeout(READS_WITHIN_SECONDS * 2)
            with suppress(ConnectionError):
                while line.recv(4096):
                    pass
        took = time.monotonic() - began
    print(f"{len(begun)} let go within {took:.1f} s")
    assert took < READS_WITHIN_SECONDS + 20 + count / 100


@pytest.mark.long
def test_a_body_that_drips_is_let_go_too(server: Server) -> None:
    with a_line(server, HELD["slow bodies"]) as line:
        line.settimeout(1)
        began, answer = time.monotonic(), b""
        while not answer and time.monotonic() - began < READS_WITHIN_SECONDS * 2:
            with suppress(TimeoutError):
                line.sendall(b"1")
                answer = line.recv(4096)
        assert answer.startswith(b"HTTP/1.1 408") and time.monotonic() - began < READS_WITHIN_SECONDS + 2


@COUNTS
def test_sockets_that_connect_and_say_nothing_are_let_go(
    count: int, server: Server, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    with unchanged(server, ben, cleo) as compare, ExitStack() as lines:
        for _ in range(count):
            lines.enter_context(a_websocket(server))
        print(f"{count} silent sockets: {open_files(server)} files open")
        compare()
        # They never close: it is the server that lets go.
        assert settles(lambda: open_files(server) < 30, READS_WITHIN_SECONDS + GOODBYE_SECONDS + 4)


def test_of_many_silent_sockets_the_first_goes_and_a_page_comes_in(server: Server, circle: Circle, ben: Phone) -> None:
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with ExitStack() as lines:
        first = lines.enter_context(a_websocket(server))
        for _ in range(MOST_SILENT):
            lines.enter_context(a_websocket(server))
        first.settimeout(3)
        with suppress(ConnectionError):
            while first.recv(4096):
                pass
        with Wire(ben) as page:
            assert page.come_in().startswith("40")


def test_who_was_cut_off_and_keeps_the_line_loses_it(server: Server, ana: Staff, circle: Circle) -> None:
    ben = Phone(server).come_in(circle)
    settles(lambda: open_files(server) < 12, READS_WITHIN_SECONDS + 4)
    before = open_files(server)
    wires = [Wire(ben) for _ in range(4)]
    try:
        for wire in wires:
            wire.come_in()
        opened = open_files(server)
        ben.leave()
        took = time.monotonic()
        assert settles(lambda: open_files(server) <= before, GOODBYE_SECONDS + 3), "kept until the other side closes"
        print(f"files: {before} before, {opened} open, gone {time.monotonic() - took:.1f} s after leaving")
        assert opened >= before + 4
    finally:
        for wire in wires:
            wire.__exit__()


@pytest.mark.long
def test_an_upgrade_that_is_never_finished_loses_its_line(server: Server, circle: Circle, ben: Phone) -> None:
    sid = ben.start_polling().partition("&sid=")[2]
    with a_websocket(server, query=f"&sid={sid}", Cookie=ben.cookie_header()) as line:
        line.settimeout(READS_WITHIN_SECONDS * 2)
        began = time.monotonic()
        with suppress(ConnectionError):
            assert line.recv(10) == b""
        assert time.monotonic() - began < READS_WITHIN_SECONDS + 2


def test_one_phone_has_eight_sockets_and_the_oldest_goes(
    server: Server, ana: Staff, circle: Circle, ben: Phone
) -> None:
    for person, query in ((ben, {}), (ana, {"circle": circle.id})):
        with ExitStack() as tabs:
            wires = [tabs.enter_context(Wire(person, **query)) for _ in range(MOST_SOCKETS + 1)]
            for wire in wires[:-1]:
                assert wire.come_in().startswith("40")
            assert wires[-1].come_in().startswith("40")
            assert wires[0].seconds_until_closed() < 5
            ana.act(circle.id, "rules", words="Still heard.")
            for wire in wires[1:]:
                while "Still heard." not in wire.hear():
                    pass


@pytest.mark.parametrize("count", [1, pytest.param(50, marks=LONG)])
def test_sockets_that_never_read_are_dropped_and_others_hear_all(
    count: int, server: Server, ana: Staff, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    with cleo.listen() as reader, ExitStack() as lines:
        sleepers = [Phone(server).come_in(circle) for _ in range(count)]
        stuck = [lines.enter_context(never_reads(sleeper)) for sleeper in sleepers]
        before, first = fresh_peak(server), cleo.catch_up().version
        notes = 0
        while notes < MOST_NOTES and any(still_open(server, line) for line in stuck):
            kept = ana.act(circle.id, "in-the-room", text=LONG_WORDS, key=str(uuid.uuid4()))
            assert kept.status == 204, kept.text
            notes += 1
        print(f"dropped after {notes} notes; memory +{peak(server) - before:.1f} MB")
        assert notes < MOST_NOTES
        last = cleo.catch_up().version
        reader.wait_for_version(last)
        assert reader.versions() == list(range(first + 1, last + 1))
        assert peak(server) - before < MOST_MEGABYTES


def test_a_hook_that_breaks_is_logged_by_its_kind(circle: Circle) -> None:
    with Server() as broken:
        broken.add_account("ana@example.org", "facilitator", name="Ana")
        ana = Staff(broken, "ana@example.org")
        ben = Phone(broken).come_in(ana.open_circle())
        with Wire(ben) as wire:
            with closing(sqlite3.connect(broken.data / "open-circle.db")) as db, db:
                db.execute("ALTER TABLE seats RENAME TO gone")
            assert wire.come_in().startswith("44")
        said = broken.output()
        assert (
            '"kind": "OperationalError", "where": "a socket"' in said
            and ben.cookies["circle"] not in said
            and "Traceback" not in said
        )
        with closing(sqlite3.connect(broken.data / "open-circle.db")) as db, db:
            db.execute("ALTER TABLE gone RENAME TO seats")
        with Wire(ben) as wire:
            assert wire.come_in().startswith("40")


@contextmanager
def unchanged(server: Server, thumb: Phone, reader: Phone) -> Iterator[Callable[[], None]]:
    """An open circle goes on as before, and the memory of the server stays; yields what compares the circle's delay."""
    with reader.listen() as screen:
        calm = statistics.median(delay(thumb, reader, screen) for _ in range(5))
        before = fresh_peak(server)

        def compare() -> None:
            meanwhile = statistics.median(delay(thumb, reader, screen) for _ in range(5))
            print(f"thumb to screen {calm * 1000:.1f} ms; meanwhile {meanwhile / calm:.2f} times that")
            assert meanwhile < calm * 10

        yield compare
    print(f"memory +{peak(server) - before:.1f} MB")
    assert peak(server) - before < MOST_MEGABYTES


@contextmanager
def a_line(server: Server, said: str) -> Iterator[socket.socket]:
    """A connection on which something is begun."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall(said.replace("{port}", str(server.port)).encode())
        yield line


@contextmanager
def never_reads(phone: Phone) -> Iterator[socket.socket]:
    """The socket of a phone's page, which says that it is alive and reads nothing."""
    with a_websocket(phone.server, Cookie=phone.cookie_header()) as line:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.sendall(frame(b"40"))
        yield line


def still_open(server: Server, line: socket.socket) -> bool:
    """Whether the server still takes a sign of life on this line."""
    try:
        line.sendall(frame(b"3"))
    except OSError:
        return False
    return True


def frame(words: bytes) -> bytes:
    return b"\x81" + bytes([0x80 | len(words)]) + bytes(4) + words


def open_files(server: Server) -> int:
    assert server.process
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


def settles(until: Callable[[], bool], within: float) -> bool:
    give_up = time.monotonic() + within
    while not until():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.05)
    return True
