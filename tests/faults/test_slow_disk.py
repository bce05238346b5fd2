"""A disk that takes seconds to say that something is kept: who writes waits for it, together; nobody else does."""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.people import Phone, Staff
from tests.server import Server

COMMIT_SECONDS = 5.0
AT_MOST_SECONDS = 4.0
"""What anybody else may wait meanwhile: ten times what was measured, and less than one commit takes."""
PHONES = 12
CROWD = 20
HELD_AT_MOST_SECONDS = 1.0
"""Ten times what any greenlet may, and does, hold the loop: less is for a machine of its own to say."""


class SlowDisk(Server):
    """The server we ship, and such a disk."""

    program = ("-m", "tests.faults.slow_disk")


class Held(Server):
    """A faster one, that measures for how long anybody keeps all others waiting."""

    program = ("-m", "tests.faults.held")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with SlowDisk(OC_SLOW_DISK=str(COMMIT_SECONDS)) as server:
        server.add_account("ana@example.org", "facilitator", name="Ana")
        yield server


def test_nobody_else_waits_for_it(server: Server, ana: Staff, report: Callable[[str], None]) -> None:
    circle = ana.open_circle()
    waits: list[float] = []
    written = threading.Event()
    with ThreadPoolExecutor(PHONES) as doors:
        idle, *phones = doors.map(lambda _: Phone(server).come_in(circle), range(PHONES))

    def ask() -> None:
        while not written.is_set():
            for path in ("/healthz", "/here"):
                began = time.monotonic()
                assert idle.get(path).status == 200
                waits.append(time.monotonic() - began)
            time.sleep(0.05)

    def write(phone: Phone) -> float:
        began = time.monotonic()
        phone.note("in its own time")
        return time.monotonic() - began

    with ThreadPoolExecutor(PHONES) as thumbs, idle.listen() as socket:
        asking = thumbs.submit(ask)
        try:
            version = idle.catch_up().version
            took = list(thumbs.map(write, phones))
        finally:
            written.set()
        asking.result()
        socket.wait_for_version(version + len(phones))
        assert socket.versions() == list(range(version + 1, version + 1 + len(phones)))
    assert min(took) >= COMMIT_SECONDS, "nobody is told that it is kept before it is"
    assert max(took) < COMMIT_SECONDS * len(phones) / 2, "they share their commits"
    assert max(waits) < AT_MOST_SECONDS
    report(
        f"commits of {COMMIT_SECONDS:.0f} s: writers {max(took):.1f} s, all others {max(waits) * 1000:.0f} ms at most"
    )


def test_asked_to_stop_in_the_middle_of_a_commit_it_stops_and_what_was_told_is_kept(server: Server, ana: Staff) -> None:
    circle = ana.open_circle()
    ben = Phone(server).come_in(circle)
    ben.note("told")
    with ThreadPoolExecutor(1) as thumb:
        sending = thumb.submit(ben.send, "notes", "cut off")
        time.sleep(COMMIT_SECONDS / 3)
        server.stop()
        assert sending.exception() or sending.result().status != 200
    server.start()
    assert [text for text in ben.catch_up().wall("notes").values() if text != "cut off"] == ["told"]


@pytest.mark.skipif(sys.platform != "linux", reason="reads from /proc how long a thread waited for a core")
def test_no_greenlet_holds_the_loop_while_commits_go_on(tmp_path: Path, report: Callable[[str], None]) -> None:
    held = tmp_path / "held"
    with Held(OC_SLOW_DISK="0.25", OC_HELD=str(held)) as server:
        server.add_account("ana@example.org", "facilitator")
        ana = Staff(server, "ana@example.org")
        circle = ana.open_circle()
        with ThreadPoolExecutor(CROWD) as thumbs:
            phones = list(thumbs.map(lambda _: Phone(server).come_in(circle), range(CROWD)))

            def at_once(phone: Phone) -> None:
                for _ in range(2):
                    phone.note("at once, with all the others")
                    assert phone.catch_up().status == 200

            with phones[0].listen() as socket, ana.listen(circle=circle.id):
                at_once(phones[0])  # what is read once for all is read
                assert ana.console(circle.id).status == 200
                assert server.process
                server.process.send_signal(signal.SIGUSR2)
                list(thumbs.map(at_once, phones))
                assert ana.console(circle.id).status == 200
                socket.wait_for_version(phones[0].catch_up().version)
        longest = float(held.read_text())
    report(f"{CROWD} phones, commits of a quarter of a second: no greenlet held the loop over {longest * 1000:.0f} ms")
    assert 0 < longest < HELD_AT_MOST_SECONDS
