"""What holds after thousands of anything: the server answers, remembers nothing, and other circles saw nothing."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.nothing_lost import OF_A_CIRCLE
from tests.people import Circle, Phone
from tests.server import Server

MOST_MEGABYTES = 20


def memory(server: Server) -> float:
    """What the server holds in memory now, in megabytes."""
    assert server.process
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) / 1024


def files(server: Server) -> int:
    """How many files and connections it has open."""
    assert server.process
    return len(os.listdir(f"/proc/{server.process.pid}/fd"))


@contextmanager
def untouched(server: Server, circle: Circle, member: Phone) -> Iterator[None]:
    """Around anything: this circle has the same version and shares, its member's screen and the log hear nothing."""
    printed = server.output()
    with member.listen() as other:
        before = said_in(server, circle)
        yield
        assert server.answers()
        assert said_in(server, circle) == before
        assert other.streams() == []
        assert server.output() == printed
        member.note("all others go on")
        other.wait_for(lambda heard: heard.event == "stream" and "all others go on" in str(heard.data))


def said_in(server: Server, circle: Circle) -> list[tuple[object, ...]]:
    """The circle's row and its shares."""
    with closing(sqlite3.connect(server.data / "open-circle.db")) as database:
        found = database.execute(f"{OF_A_CIRCLE} WHERE id = ?", (circle.id,)).fetchall()
        return found + database.execute("SELECT * FROM shares WHERE circle_id = ? ORDER BY id", (circle.id,)).fetchall()
