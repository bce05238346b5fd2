"""The wall clock jumps while a circle is open: nothing is closed, nothing is erased, and nobody is sent away."""

import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.people import Phone, Staff
from tests.server import Server

HOUR, DAY = 3600, 86_400
TICKS_SEEN_SECONDS = 0.5
JUMPS = {"an hour": HOUR, "back again": 0, "a day": DAY, "a day back": -DAY, "an hour back": -HOUR}


class Jumping(Server):
    """The server we ship, on a clock of ours, with ten ticks a second."""

    program = ("-m", "tests.faults.jumping")


@pytest.fixture
def jump() -> Iterator[Callable[[float], None]]:
    """Sets the server's clock."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "jumps"
        file.write_text("0")

        def to(seconds: float) -> None:
            (new := file.with_suffix(".new")).write_text(str(seconds))
            new.rename(file)  # never read half written

        to.file = file  # type: ignore[attr-defined]
        yield to


def test_whatever_the_clock_says_the_circle_stays_open(jump: Callable[[float], None]) -> None:
    with Jumping(OC_CLOCK_JUMPS=str(jump.file)) as server:  # type: ignore[attr-defined]
        server.add_account("ana@example.org", "facilitator")
        ana = Staff(server, "ana@example.org")
        circle, closed = ana.open_circle(), ana.open_circle("Closed before")
        ben, dov = Phone(server).come_in(circle), Phone(server).come_in(closed)
        began = time.monotonic()
        with ben.listen() as socket:
            for name, seconds in JUMPS.items():
                jump(seconds)
                time.sleep(TICKS_SEEN_SECONDS)
                ben.note(f"after {name}")
                assert ben.here().status == 200 and dov.here().status == 200
            assert "after an hour back" in ben.catch_up().wall("notes").values()
            assert len(ben.catch_up().wall("notes")) == len(socket.streams()) == len(JUMPS)
        assert time.monotonic() - began < 10, "so slow that the ticks themselves would have closed it"
        jump(0)
        # Closed, its two minutes are ticks too: a clock that jumps a day does not erase what may still be reopened.
        ana.act(closed.id, "close")
        jump(DAY)
        assert "The circle has closed." in dov.here().text
        jump(0)
        assert server.answers()
