"""Run as a program: erase a circle again and again, each time killed (-9) one line of our code later.

A process of its own with one thread, as it forks. It prints how many times it was killed, and after which line
something was left that the next start did not finish.
"""

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from sqlalchemy import func, select

from sessions import accounts
from sessions.circle import circles, doors, erase, members, shares
from sessions.circle.vault import Vault
from sessions.database import Database
from tests.server import ROOT

KEY = "00000000-0000-4000-8000-000000000000"


def main() -> None:
    left = []
    with tempfile.TemporaryDirectory(prefix="oc-") as name:
        folder = Path(name)
        circle_id = fill(folder / "before")
        for lines in count():
            shutil.rmtree(folder / "now", ignore_errors=True)
            shutil.copytree(folder / "before", folder / "now")
            killed = in_a_fork(lambda: erase.erase(*opened(folder / "now"), circle_id, open_too=True), after=lines)
            if what_is_left(folder / "now"):
                left.append(lines)
            if not killed:
                print(json.dumps([lines, left]))
                return


def fill(folder: Path) -> str:
    """A database with one circle that is being erased next; its id."""
    folder.mkdir()
    database, vault = opened(folder)
    database.migrate()
    person = database.write(accounts.add, "ana@example.org", "facilitator", "no hash")
    circle = database.write(doors.open_now, vault, b"door", person.id, "Tuesday", "60", circles.AT_ONCE)
    member = database.write(members.join, circle.id)
    database.write(shares.write, vault, member, "note", "a note", [], KEY)
    database.write(circles.close, circle.id)
    database.write(circles.begin_erasing, circle.id, open_too=True)
    database.close()
    return str(circle.id)


def opened(folder: Path) -> tuple[Database, Vault]:
    return Database(f"sqlite:///{folder / 'open-circle.db'}"), Vault(folder / "keys")


def what_is_left(folder: Path) -> list[str]:
    """What is left once a start has finished what was begun."""
    database, vault = opened(folder)
    erase.resume(database, vault)
    with database.read() as db:
        counts = {
            table.__tablename__: db.scalar(select(func.count()).select_from(table))
            for table in (circles.Circle, *erase.OF_A_CIRCLE)
        }
    database.close()
    return [name for name, rows in counts.items() if rows] + vault.circles()


def in_a_fork(work: Callable[[], object], after: int) -> bool:
    """Do this in a fork that is killed after so many lines of our rules. False if it finished before."""
    child = os.fork()
    if child == 0:
        left = after

        def trace(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal left
            if not frame.f_code.co_filename.startswith(str(ROOT / "sessions")):
                return None
            left -= event == "line"
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return trace

        try:
            sys.settrace(trace)
            work()
            os._exit(0)
        finally:
            os._exit(1)
    status = os.waitpid(child, 0)[1]
    assert status == 0 or os.WIFSIGNALED(status), "it broke by itself"
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    main()
