"""A peer as a place that the crowd comes to: one schema for all of them, and who sits where written down beforehand."""

import hashlib
import secrets
import shutil
import sqlite3
import subprocess
from contextlib import closing
from functools import cache
from pathlib import Path

from tests.load import temporary
from tests.load.crowd import Seat
from tests.load.rooms import Place
from tests.server import Server

HERE = Path(__file__).parent


class Peer(Place):
    """One peer, by the name of its file."""

    def __init__(self, file: str, **environment: str) -> None:
        """`file`: what it runs, in Python, JavaScript or C."""
        server = Server(SECRET=secrets.token_hex(16), **environment)
        server.environment |= {"DATABASE": str(server.data / "peer.db"), "NODE_ENV": "production"}
        name, _, kind = file.partition(".")
        if kind == "js":
            server.runner, server.program = "node", (str(HERE / file),)
            server.environment["NODE_PATH"] = str(node_modules())
        elif kind == "c":
            server.runner, server.program = str(compiled(file)), ()
        else:
            server.program = ("-m", f"tests.load.peers.{name}")
        super().__init__(server)
        server.data.mkdir()
        server.keys.mkdir()
        with closing(sqlite3.connect(self.database)) as db:
            db.execute("PRAGMA journal_mode=wal")
            db.executescript((HERE / "tables.sql").read_text())

    @property
    def database(self) -> Path:
        return self.server.data / "peer.db"

    def rooms(self, count: int, phones: int, languages: tuple[str, ...] = ("en",)) -> list[list[Seat]]:
        made = []
        with closing(sqlite3.connect(self.database)) as db, db:
            for _ in range(count):
                circle_id = secrets.token_hex(10)
                db.execute("INSERT INTO circles VALUES (?, 0)", (circle_id,))
                (self.server.keys / f"{circle_id}.key").write_bytes(secrets.token_bytes(32))
                languages_of = [languages[n % len(languages)] for n in range(phones)]
                made.append([_seat(db, circle_id, "member", language) for language in languages_of])
        return made

    def leaders(self, rooms: list[list[Seat]]) -> list[Seat]:
        with closing(sqlite3.connect(self.database)) as db, db:
            return [_seat(db, room[0].circle_id, "leader", language) for room in rooms for language in ("en", "es")]


@cache
def node_modules() -> Path | None:
    """Where the Node packages are: in a temporary folder, once for each lock. None, having said why, without npm."""
    if not shutil.which("npm") or not shutil.which("node"):
        print("No Node here: going on without the peers that run on it.", flush=True)
        return None

    def fill(folder: Path) -> bool:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        print("Installing what the peers on Node stand on (SQLite may be compiled: minutes) ...", flush=True)
        command = ["npm", "ci", "--silent", "--no-audit", "--no-fund", "--ignore-scripts=false"]
        return subprocess.run(command, cwd=folder, check=False).returncode == 0

    folder = temporary.folder("peers", (HERE / "package-lock.json").read_bytes(), fill)
    if not folder:
        print("Going on without the peers that run on Node.", flush=True)
        return None
    return folder / "node_modules"


@cache
def compiled(file: str) -> Path | None:
    """The program a C file makes, in a temporary folder. None, having said why, without gcc."""
    if not shutil.which("gcc"):
        print("No gcc here: going on without the peer in C.", flush=True)
        return None

    def fill(folder: Path) -> bool:
        return subprocess.run(["gcc", "-O2", "-o", folder / "serve", HERE / file], check=False).returncode == 0

    folder = temporary.folder("c", (HERE / file).read_bytes(), fill)
    return folder / "serve" if folder else None


def _seat(db: sqlite3.Connection, circle_id: str, role: str, language: str) -> Seat:
    token = secrets.token_urlsafe(24)
    digest = hashlib.sha256(token.encode()).digest()
    db.execute("INSERT INTO seats VALUES (?, ?, ?, ?)", (digest, circle_id, role, language))
    return Seat(circle_id, token, language)
