"""Connecting, reading and writing, the same on SQLite and PostgreSQL.

A rule is a plain function that takes `db` first. Views never begin or commit: they hand a rule to
`Database.write`, which returns once what the rule did is durable.
"""

import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

P = ParamSpec("P")
R = TypeVar("R")

BUSY_MILLISECONDS = 20
LONGEST_WAIT_SECONDS = 10.0

# FULL: what was acknowledged survives a power cut. secure_delete: a wiped word is overwritten, not only unlinked.
# temp_store: sorting never writes a member's words to a temporary file.
SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": "on",
    "secure_delete": "on",
    "temp_store": "memory",
    "busy_timeout": str(BUSY_MILLISECONDS),
}


class Base(DeclarativeBase):
    """Every table of the product."""


ID = r"[0-9a-f]{20}"
"""What an id of ours looks like, as a pattern: nothing else is looked up."""


def random_id() -> str:
    """A new id of 80 random bits, in hex. It says nothing of when, or after what, it was made."""
    return secrets.token_hex(10)


class Database:
    """One database: read it inside `with database.read() as db`, change it with `database.write(rule, ...)`."""

    def __init__(self, url: str) -> None:
        """Connect to `url` (`sqlite:///...` or `postgresql+psycopg://...`); the tables are `migrate()`'s affair."""
        self.url = url
        self.on_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = _sqlite_engine(url) if self.on_sqlite else create_engine(url, hide_parameters=True)
        self._reader, self._writer = self._reader_and_writer()
        self._turn = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database: what it reads first and last belongs together."""
        with Session(self._reader, expire_on_commit=False) as db:
            yield db

    def write(self, rule: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `rule(db, ...)` in one transaction and return its answer once that is durable.

        Whatever the rule raises comes out here, and nothing of it is kept.
        """
        if not self.on_sqlite:
            return self._commit(rule, *args, **kwargs)
        # Writers queue here, before BEGIN. SQLite's own busy wait would stop every greenlet of the process,
        # the one that holds the lock among them.
        with self._turn:
            return self._commit(rule, *args, **kwargs)

    def migrate(self, while_open: bool = True) -> None:
        """Make the tables, or bring those of an earlier release to this one.

        Raises UpgradeRefused if a circle is open in those, and it is not to be done `while_open`.
        """
        from sessions.migrations import check_nothing_is_open, upgrade

        if not while_open:
            with self._reader.connect() as connection:
                check_nothing_is_open(connection)
        with self._writer.connect() as connection:
            upgrade(connection)

    def tidy(self) -> bool:
        """Fold the write-ahead log into the database and cut it to nothing; False while a reader is in the way."""
        if not self.on_sqlite:
            return True
        with self._turn, self.engine.connect() as connection:
            # Waiting for that reader would stop every greenlet of the process, the reader among them.
            connection.exec_driver_sql("PRAGMA busy_timeout=0")
            try:
                busy, _, _ = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one()
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
            return not busy

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()

    def _commit(self, rule: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        with Session(self._writer, expire_on_commit=False) as db, db.begin():
            return rule(db, *args, **kwargs)

    def _reader_and_writer(self) -> tuple[Engine, Engine]:
        if self.on_sqlite:
            return self.engine, self.engine.execution_options(writes=True)
        return self.engine.execution_options(isolation_level="REPEATABLE READ"), self.engine


def _sqlite_engine(url: str) -> Engine:
    engine = create_engine(url, hide_parameters=True, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN comes too late and is never IMMEDIATE; `begin` below says it instead.
        connection.isolation_level = None
        for name, value in SQLITE_PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A read that turns into a write fails at once when somebody else writes, so writers say so first.
        if not connection.get_execution_options().get("writes"):
            connection.exec_driver_sql("BEGIN")
            return
        # Another process may hold the lock. SQLite would wait in C and stop every greenlet; we wait in short sleeps,
        # in which the others go on.
        until = time.monotonic() + LONGEST_WAIT_SECONDS
        while True:
            try:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                return
            except OperationalError:
                if time.monotonic() > until:
                    raise
            time.sleep(0.01)

    return engine
