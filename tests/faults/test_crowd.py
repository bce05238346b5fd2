"""Many writers at once, and a writer in another process: the server goes on answering, and nothing is lost."""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tests.people import Phone, Staff
from tests.server import Server

PHONES = 20
NOTES_EACH = 5
LOCKED_SECONDS = 1.0


def test_a_crowd_that_writes_at_once_stops_nobody(server: Server, ana: Staff, report: Callable[[str], None]) -> None:
    circle = ana.open_circle()
    phones = [Phone(server).come_in(circle) for _ in range(PHONES)]
    idle = Phone(server).come_in(circle)

    def write(phone: Phone) -> None:
        for number in range(NOTES_EACH):
            phone.note(f"note {number}")

    with idle.listen() as socket, ThreadPoolExecutor(PHONES) as thumbs, waits(idle) as longest:
        version = idle.catch_up().version
        assert all(done is None for done in thumbs.map(write, phones))
        socket.wait_for_version(version + PHONES * NOTES_EACH)
        assert socket.versions() == list(range(version + 1, version + 1 + PHONES * NOTES_EACH))
    assert len(idle.catch_up().wall("notes")) == PHONES * NOTES_EACH
    report(f"the longest that a page of nobody's writing took: {longest():.3f} s")
    assert longest() < 10


def test_a_push_reaches_an_idle_circle_at_once(server: Server, ana: Staff, report: Callable[[str], None]) -> None:
    circle = ana.open_circle()
    ben, cleo = Phone(server).come_in(circle), Phone(server).come_in(circle)
    took = []
    with cleo.listen() as socket:
        for number in range(10):
            version, at = cleo.catch_up().version, time.monotonic()
            ben.note(f"note {number}")
            took.append(socket.wait_for_version(version + 1).at - at)
    report(f"from a thumb to another screen: {min(took):.3f} to {max(took):.3f} s")
    assert sorted(took)[5] < 5


def test_another_process_that_writes_is_waited_for(server: Server, ana: Staff, report: Callable[[str], None]) -> None:
    circle = ana.open_circle()
    ben, cleo = Phone(server).come_in(circle), Phone(server).come_in(circle)
    with waits(cleo) as longest, locked_by_another_process(server) as unlocked, ThreadPoolExecutor(1) as thumb:
        sent = thumb.submit(ben.note, "written while locked")
        time.sleep(LOCKED_SECONDS)
        assert not sent.done()
        unlocked()
        assert sent.result().status == 200
    report(f"the longest that a page took while another process held the lock: {longest():.3f} s")
    assert list(cleo.catch_up().wall("notes").values()) == ["written while locked"]


def test_reading_goes_on_while_another_process_writes(server: Server, ana: Staff) -> None:
    circle = ana.open_circle()
    ben = Phone(server).come_in(circle)
    ben.note("written before")
    with waits(ben) as longest, locked_by_another_process(server):
        assert list(ben.catch_up().wall("notes").values()) == ["written before"]
        time.sleep(0.3)
    assert longest() < LOCKED_SECONDS


@contextmanager
def waits(person: Phone) -> Iterator[Callable[[], float]]:
    """Ask for a page again and again meanwhile; yields the longest that an answer took."""
    took, done = [0.0], threading.Event()

    def ask() -> None:
        while not done.is_set():
            at = time.monotonic()
            assert person.get("/healthz").status == person.catch_up().status == 200
            took.append(time.monotonic() - at)
            time.sleep(0.01)

    with ThreadPoolExecutor(1) as asking:
        asked = asking.submit(ask)
        try:
            yield lambda: max(took)
        finally:
            done.set()
            asked.result()


@contextmanager
def locked_by_another_process(server: Server) -> Iterator[Callable[[], None]]:
    """Hold the database's write lock, as a command typed on the server does for a moment; yields its release."""
    connection = sqlite3.connect(server.data / "open-circle.db", isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield lambda: connection.rollback()
    finally:
        connection.close()
