"""A crowd at the door, and somebody who guesses: whoever has the code comes in, and the circle notices nothing."""

import socket
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager

import pytest

from tests.people import Circle, Page, Phone, Staff
from tests.server import Server
from tests.sockets import Listener

WITHIN = 10.0
GUESSES_A_SECOND = 10
NOTES = 10
MOST_NOTES = 50
FULL = "The circle is full. Ask the leader, or listen in the room."


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A door of its own: what is guessed here slows down no other test's."""
    with Server() as server:
        server.add_account("ana@example.org", "facilitator", name="Ana")
        yield server


@pytest.fixture(scope="module")
def ana(server: Server) -> Staff:
    return Staff(server, "ana@example.org")


@pytest.mark.parametrize(("crowd", "seats"), [(20, 6), pytest.param(200, 60, marks=pytest.mark.long)])
def test_a_crowd_of_one_address_comes_in_until_the_circle_is_full(
    crowd: int, seats: int, server: Server, circle: Circle
) -> None:
    with closing(sqlite3.connect(server.data / "open-circle.db")) as db, db:
        db.execute("UPDATE circles SET phones = ? WHERE id = ?", (seats, circle.id))
    phones = [Phone(server) for _ in range(crowd)]

    def come(phone: Phone) -> Page:
        assert phone.knock(circle.code).headers["Location"] == "/join"
        return phone.join()

    began = time.monotonic()
    with ThreadPoolExecutor(min(crowd, 40)) as thumbs:
        answers = list(thumbs.map(come, phones))
    took = time.monotonic() - began
    print(f"{crowd} phones in {took:.1f} s")
    seated = [phone for phone, answer in zip(phones, answers, strict=True) if answer.status == 303]
    turned_away = [answer for answer in answers if answer.status != 303]
    assert len(seated) == seats
    assert {(answer.status, FULL in answer.text) for answer in turned_away} == {(422, True)}
    assert {phone.here().status for phone in seated} == {200}, "a seat was given to somebody else meanwhile"
    assert took < WITHIN * 10


def test_the_right_code_is_at_once_where_wrong_ones_wait(server: Server, circle: Circle) -> None:
    with ExitStack() as lines:
        for _ in range(4):
            lines.enter_context(a_guess(server))
        time.sleep(0.2)
        began = time.monotonic()
        assert Phone(server).knock(circle.code).status == 303
        right = time.monotonic() - began
        began = time.monotonic()
        assert Phone(server).knock("A" * 32).status == 422
        link = time.monotonic() - began
        began = time.monotonic()
        assert Phone(server).knock("100 000 000").status == 422
        wrong = time.monotonic() - began
    print(f"right code {right:.3f} s, old link {link:.3f} s, wrong code {wrong:.3f} s")
    assert wrong > 1.5 and max(right, link) < wrong


@pytest.mark.parametrize("seconds", [3, pytest.param(300, marks=[pytest.mark.long, pytest.mark.timeout(900)])])
def test_who_guesses_changes_nothing_for_an_open_circle(
    seconds: int, server: Server, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    with cleo.listen() as screen:
        calm = [delay(ben, cleo, screen) for _ in range(NOTES)]
        attacked = []
        with guessing(server, seconds) as goes_on:
            while goes_on():
                attacked.append(delay(ben, cleo, screen))
                time.sleep(seconds / 100)
    before, meanwhile = statistics.median(calm), statistics.median(attacked)
    print(
        f"thumb to screen {before * 1000:.1f} ms; meanwhile {meanwhile * 1000:.1f} ms: {meanwhile / before:.2f} times"
    )
    assert meanwhile < before * 10


@pytest.mark.parametrize("crowd", [10, pytest.param(300, marks=[pytest.mark.long, pytest.mark.timeout(900)])])
def test_whoever_is_in_hardly_waits_for_a_crowd_that_comes_in(
    crowd: int, server: Server, circle: Circle, ben: Phone, cleo: Phone, report: Callable[[str], None]
) -> None:
    with closing(sqlite3.connect(server.data / "open-circle.db")) as db, db:
        db.execute("UPDATE circles SET phones = ? WHERE id = ?", (crowd + 2, circle.id))
    version, waits = cleo.catch_up().version, []
    began = time.monotonic()
    with cleo.listen() as screen, ThreadPoolExecutor(100) as thumbs:
        coming = [thumbs.submit(Phone(server).come_in, circle) for _ in range(crowd)]
        while not waits or (len(waits) < MOST_NOTES and not all(one.done() for one in coming)):
            at, version = time.monotonic(), version + 1
            ben.note("meanwhile")
            waits.append(screen.wait_for_version(version, WITHIN * 10).at - at)
            time.sleep(crowd / 1000)
        assert all(one.result() for one in coming)
    report(f"{crowd} came in within {time.monotonic() - began:.1f} s; thumb to screen meanwhile {told(waits)}")
    assert max(waits) < WITHIN


def told(waits: list[float]) -> str:
    return f"{statistics.median(waits) * 1000:.0f} ms, at most {max(waits) * 1000:.0f}, of {len(waits)} notes"


def delay(thumb: Phone, reader: Phone, screen: Listener) -> float:
    """From sending a note to hearing it elsewhere, in seconds. The note is taken back again."""
    version, began = reader.catch_up().version, time.monotonic()
    thumb.note("a note")
    took = screen.wait_for_version(version + 1).at - began
    thumb.take_back(next(iter(reader.catch_up().wall("notes"))))
    screen.wait_for_version(version + 2)
    return took


@contextmanager
def guessing(server: Server, seconds: float) -> Iterator[Callable[[], bool]]:
    """Try ten codes a second meanwhile; yields whether that still goes on."""
    until = time.monotonic() + seconds

    def guess() -> None:
        with ExitStack() as lines:
            while time.monotonic() < until:
                lines.enter_context(a_guess(server))
                time.sleep(1 / GUESSES_A_SECOND)

    with ThreadPoolExecutor(1) as guesser:
        guessed = guesser.submit(guess)
        yield lambda: time.monotonic() < until
        guessed.result()


def a_guess(server: Server) -> socket.socket:
    """A wrong code that is typed, and waits for its answer."""
    line = socket.create_connection(("127.0.0.1", server.port))
    head = f"POST /door HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nOrigin: {server.address}\r\nConnection: close\r\n"
    kind = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 14\r\n\r\ncode=100000000"
    line.sendall((head + kind).encode())
    return line
