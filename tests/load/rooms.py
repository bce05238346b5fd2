"""The real server with rooms full of phones: who sits where is written down beforehand, as nobody measures the door."""

import multiprocessing
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import select

from facilitator import create_app
from sessions import accounts
from sessions.accounts import Account
from sessions.circle import circles, doors, members
from sessions.circle.circles import Circle
from tests.load import crowd
from tests.load.crowd import Seat
from tests.people import Phone
from tests.server import Server


class Telling(Server):
    """The server we ship, which also tells its rooms something again and again when it gets a SIGUSR1."""

    program = ("-m", "tests.load.telling")


class House:
    """One server, the crowd that comes to it, and what both use of the machine."""

    def __init__(self, **environment: str) -> None:
        self.server = Telling(**environment)
        settings = {"DATA": self.server.data, "KEYS_DIR": self.server.keys}
        settings["DATABASE_URL"] = f"sqlite:///{self.server.data / 'open-circle.db'}"
        self._app = create_app(settings)
        self.share = 0.0
        """How much of a core the crowd took for what it did last."""

    def __enter__(self) -> Self:
        self.server.start()
        context = multiprocessing.get_context("spawn")
        self._asks, theirs = context.Pipe()
        self._crowd = context.Process(target=crowd.serve, args=(theirs, self.server.port), daemon=True)
        self._crowd.start()
        theirs.close()
        return self

    def __exit__(self, *what: object) -> None:
        self._asks.close()
        self._crowd.join()
        self._app.extensions["database"].close()
        self.server.__exit__(*what)

    def crowd(self, name: str, *args: Any) -> Any:
        """Have the crowd do something; its answer. Raises EOFError where it failed, having said why."""
        self._asks.send((name, *args))
        answer, self.share = self._asks.recv()
        return answer

    def rooms(self, count: int, phones: int, languages: tuple[str, ...] = ("en",)) -> list[list[Seat]]:
        """So many new circles, with so many seats each, where notes go up at once."""
        database, vault = self._app.extensions["database"], self._app.extensions["vault"]
        with self._app.app_context():
            with database.read() as db:
                ana = db.scalar(select(Account.id))
            ana = ana or database.write(accounts.add, "ana@example.org", "facilitator", "no hash").id
            made = []
            for _ in range(count):
                args = (vault, self._app.config["DOOR_KEY"], ana, "Tuesday", "60", circles.AT_ONCE)
                circle_id = database.write(doors.open_now, *args).id
                database.write(_seats, circle_id, phones + 10)
                tokens = [database.write(members.join, circle_id).token for _ in range(phones)]
                made.append([Seat(circle_id, token, languages[n % len(languages)]) for n, token in enumerate(tokens)])
        return made

    def csrf(self, seat: Seat) -> str:
        """The token of this phone's forms."""
        phone = Phone(self.server)
        phone.cookies["circle"] = seat.token
        return re.findall(r'data-csrf="([^"]+)"', phone.here().text)[0]

    @contextmanager
    def cpu(self) -> Iterator[list[float]]:
        """How much CPU the server takes within, in milliseconds: the one thing in the list, afterwards."""
        took: list[float] = []
        before = self._cpu()
        yield took
        took.append(self._cpu() - before)

    def memory(self) -> float:
        """What the server holds, in KiB."""
        status = Path(f"/proc/{self._pid}/status").read_text()
        return float(re.findall(r"VmRSS:\s+(\d+)", status)[0])

    @property
    def _pid(self) -> int:
        assert self.server.process
        return self.server.process.pid

    def _cpu(self) -> float:
        threads = Path(f"/proc/{self._pid}/task").glob("*/schedstat")
        return sum(int(each.read_text().split()[0]) for each in threads) / 1e6


def _seats(db: Any, circle_id: str, count: int) -> None:
    db.get(Circle, circle_id).phones = count
