"""The real server with rooms full of phones: who sits where is written down beforehand, as nobody measures the door."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing import Pipe
from pathlib import Path
from typing import Any, Self

from sqlalchemy import select

from facilitator import create_app
from facilitator.sockets import MOST_SOCKETS
from sessions import accounts, passphrases
from sessions.accounts import Account
from sessions.circle import circles, doors, members
from sessions.circle.circles import Circle
from tests.load import crowd
from tests.load.crowd import Seat
from tests.people import Phone, Staff
from tests.server import PASSPHRASE, ROOT, Server

EMAIL = "ana@example.org"
AT_A_TIME = 100


class Telling(Server):
    """The server we ship, which also tells its rooms something again and again when it gets a SIGUSR2."""

    program = ("-m", "tests.load.telling")


class Rejected(Exception):
    """Nothing was measured: a phone did not hear all, or the crowd may have been what was measured."""


class Place:
    """One server, the crowd that comes to it, and what both use of the machine."""

    apart = False
    """Whether the crowd has a core for itself, where there is more than one."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.share = 0.0
        """How much of a core the crowd took for what it did last."""

    def __enter__(self) -> Self:
        cores = sorted(os.sched_getaffinity(0))
        apart = self.apart and len(cores) > 1
        with _only_on(cores[:-1] if apart else cores):
            self.server.start()
        self._asks, theirs = Pipe()
        # Not by multiprocessing, which would have it import all that we have.
        serve = f"from tests.load.crowd import serve; serve({theirs.fileno()}, {self.server.port})"
        with theirs, _only_on(cores[-1:] if apart else cores):
            self._crowd = subprocess.Popen([sys.executable, "-c", serve], cwd=ROOT, pass_fds=[theirs.fileno()])
        return self

    def __exit__(self, *what: object) -> None:
        self._asks.close()
        self._crowd.wait()
        self.server.__exit__(*what)

    def crowd(self, name: str, *args: Any) -> Any:
        """Have the crowd do something; its answer. Raises Rejected where it failed."""
        self._asks.send((name, *args))
        answer, self.share = self._asks.recv()
        if isinstance(answer, crowd.Failed):
            raise Rejected(str(answer))
        return answer

    def seat(self, seats: list[Seat]) -> None:
        """Have phones come so few at a time that nobody is kept waiting: where their coming is not what is measured."""
        for first in range(0, len(seats), AT_A_TIME):
            self.crowd("come", seats[first : first + AT_A_TIME])

    def rooms(self, count: int, phones: int, languages: tuple[str, ...] = ("en",)) -> list[list[Seat]]:
        """So many new circles, with so many seats each, where notes go up at once."""
        raise NotImplementedError

    def leaders(self, rooms: list[list[Seat]]) -> list[Seat]:
        """For each room one leader's console in English and one in Spanish."""
        raise NotImplementedError

    @property
    def database(self) -> Path:
        """The SQLite file it keeps all in."""
        raise NotImplementedError

    def shares(self) -> int:
        """How many shares are kept, as the database itself says."""
        with closing(sqlite3.connect(self.database)) as db:
            return int(db.execute("SELECT count(*) FROM shares").fetchone()[0])

    def writer(self, seat: Seat) -> tuple[Seat, str]:
        """This seat with the cookies it was given on its page, and the token of its forms."""
        phone = Phone(self.server)
        phone.cookies["circle"] = seat.token
        csrf = re.findall(r'data-csrf="([^"]+)"', phone.get("/here").text)[0]
        return seat._replace(cookies=phone.cookie_header()), csrf

    def tell(self) -> None:
        """Have the server begin to tell its rooms something."""
        os.kill(self._pid, signal.SIGUSR2)

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


@contextmanager
def _only_on(cores: list[int]) -> Iterator[None]:
    """What is started within may use these cores of the machine and no others."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class House(Place):
    """The server we ship."""

    def __init__(self, **environment: str) -> None:
        super().__init__(Telling(**environment))
        settings = {"DATA": self.server.data, "KEYS_DIR": self.server.keys}
        settings["DATABASE_URL"] = f"sqlite:///{self.database}"
        self.app = create_app(settings)

    def __exit__(self, *what: object) -> None:
        self.app.extensions["database"].close()
        super().__exit__(*what)

    @property
    def database(self) -> Path:
        return self.server.data / "open-circle.db"

    def rooms(self, count: int, phones: int, languages: tuple[str, ...] = ("en",)) -> list[list[Seat]]:
        database, vault = self.app.extensions["database"], self.app.extensions["vault"]
        with self.app.app_context():
            with database.read() as db:
                ana = db.scalar(select(Account.id))
            ana = ana or database.write(accounts.add, EMAIL, "facilitator", passphrases.hashed(PASSPHRASE)).id
            made = []
            for _ in range(count):
                args = (vault, self.app.config["DOOR_KEY"], ana, "Tuesday", "60", circles.AT_ONCE)
                circle_id = database.write(doors.open_now, *args).id
                tokens = database.write(_seats, circle_id, phones)
                made.append([Seat(circle_id, token, languages[n % len(languages)]) for n, token in enumerate(tokens)])
        return made

    def leaders(self, rooms: list[list[Seat]]) -> list[Seat]:
        places = [(room[0].circle_id, language) for room in rooms for language in ("en", "es")]
        found = []
        for at in range(0, len(places), MOST_SOCKETS):  # nobody may listen more often than that in one sign-in
            cookies = Staff(self.server, EMAIL).cookie_header()
            for circle_id, language in places[at : at + MOST_SOCKETS]:
                found.append(Seat(circle_id, "", language, cookies, f"&circle={circle_id}"))
        return found


def _seats(db: Any, circle_id: str, count: int) -> list[str]:
    db.get(Circle, circle_id).phones = count + 10
    return [members.join(db, circle_id).token for _ in range(count)]
