"""kill -9 in the middle of "Erase now": once it has begun, a start finishes it, and nothing is left anywhere."""

import http.client
import json
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

from tests.faults.quick import Quick
from tests.people import Circle, Phone, Staff
from tests.server import ROOT, Server

SERVER = Quick
MARKER = "heron-under-the-bridge"


def test_killed_at_ten_random_moments(
    server: Server, ana: Staff, dice: random.Random, report: Callable[[str], None]
) -> None:
    reached: Counter[str] = Counter()
    for _ in range(10):
        circle = a_closed_circle(server, ana)
        with ThreadPoolExecutor(1) as thumb:
            erasing = thumb.submit(press_erase, ana, circle)
            time.sleep(dice.uniform(0.0, 0.03))
            server.kill()
            acknowledged = erasing.result()
        reached[how_far(server, circle)] += 1
        server.start()
        if ana.console(circle.id).status == 200:  # killed before it began: it is closed, as it was
            assert not acknowledged
            assert press_erase(ana, circle)
        assert how_far(server, circle) == "all gone"
        assert list(server.keys.glob("*.key")) == []
        assert files_with(server, MARKER.encode()) == []
    report(str(dict(reached)))


def test_killed_at_every_line_of_it(report: Callable[[str], None]) -> None:
    command = [sys.executable, "-m", "tests.faults.line_by_line"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    lines, left = json.loads(told)
    report(f"killed {lines} times, each a line later")
    assert lines > 30
    assert left == []


def a_closed_circle(server: Server, ana: Staff) -> Circle:
    circle = ana.open_circle(MARKER)
    ben = Phone(server).come_in(circle)
    for number in range(5):
        ben.note(f"{MARKER} {number}")
    ana.act(circle.id, "rules", words=f"{MARKER} rule")
    ana.act(circle.id, "close")
    return circle


def press_erase(ana: Staff, circle: Circle) -> bool:
    """Whether the server said that it is done."""
    with suppress(OSError, http.client.HTTPException):
        return ana.act(circle.id, "erase").status == 204
    return False


def how_far(server: Server, circle: Circle) -> str:
    """How far the erase has come, by what is on the disk. Looks at a copy: looking itself would tidy up."""
    with tempfile.TemporaryDirectory(prefix="oc-") as name:
        copy = shutil.copytree(server.data, Path(name) / "data")
        with closing(sqlite3.connect(copy / "open-circle.db")) as database:
            states = database.execute("SELECT state FROM circles WHERE id = ?", [circle.id]).fetchall()
            said = database.execute("SELECT 1 FROM shares WHERE circle_id = ?", [circle.id]).fetchall()
    key = (server.keys / f"{circle.id}.key").exists()
    if not states:
        return "half gone" if key or said else "all gone"
    if states[0][0] == "closed":
        return "not begun"
    return "marked" if key else "key destroyed"


def files_with(server: Server, words: bytes) -> list[str]:
    return [file.name for file in server.files() if words in file.read_bytes()]
