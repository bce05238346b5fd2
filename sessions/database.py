"""Connecting, reading and writing, the same on SQLite and PostgreSQL.

A rule is a plain function that takes `db` first. Views never begin or commit: they hand a rule to
`Database.write`, which returns once what the rule did is durable.
"""

import os
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager, nullcontext, suppress
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Session

from sessions.turns import Outside, Turns

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

BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
PASSING = BUSY | {
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL),
}
"""What SQLite says of a file it can't use just now."""


class NotNow(OperationalError):
    """The database can't be used just now: it is held for too long, its disk is full, or it may only be read.

    Nothing of that write is kept. The same again will do once the cause is gone.
    """


class Base(DeclarativeBase):
    """Every table of the product."""


ID = r"[0-9a-f]{20}"
"""What an id of ours looks like, as a pattern: nothing else is looked up."""


def random_id() -> str:
    """A new id of 80 random bits, in hex. It says nothing of when, or after what, it was made."""
    return secrets.token_hex(10)


class Database:
    """One database: read it inside `with database.read() as db`, change it with `database.write(rule, ...)`."""

    def __init__(self, url: str, outside: Outside | None = None) -> None:
        """Connect to `url` (`sqlite:///...` or `postgresql+psycopg://...`); the tables are `migrate()`'s affair.

        Where one thread serves everybody, as under gevent, `outside` runs what waits for the disk so that the others go
        on. Writers of SQLite then share transactions (`turns`); without it each has one of its own.
        """
        self.url = url
        self.on_sqlite = make_url(url).get_backend_name() == "sqlite"
        # A server of its own may have been restarted: a line is asked whether it is alive before it is used.
        others = {"hide_parameters": True, "pool_pre_ping": True}
        self.engine = _sqlite_engine(url) if self.on_sqlite else create_engine(url, **others)
        event.listen(self.engine, "handle_error", _told_apart)
        self._reader, self._writer = self._reader_and_writer()
        self._turn = threading.Lock()
        self._outside: Outside = outside or (lambda slow: slow())
        self._turns = Turns(self._writer, self._turn, outside) if outside and self.on_sqlite else None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one moment of the database: what it reads first and last belongs together."""
        with Session(self._reader, expire_on_commit=False) as db:
            yield db

    def write(self, rule: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run `rule(db, ...)` in one transaction and return its answer once that is durable.

        Whatever the rule raises comes out here, and nothing of it is kept. Raises NotNow.
        """
        return self.hand_in(rule, *args, **kwargs).result()

    def hand_in(self, rule: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        """Begin to write: what comes back has the answer, or what was raised, once it is durable.

        Of two that change the same thing, the one that was handed in first is first.
        """
        if self._turns:
            return self._turns.hand_in(lambda db: rule(db, *args, **kwargs))
        answered: Future[R] = Future()
        try:
            answered.set_result(self._commit(rule, *args, **kwargs))
        except Exception as error:
            answered.set_exception(error)
        return answered

    def migrate(self, while_open: bool = True) -> None:
        """Make the tables, or bring those of an earlier release to this one. Those of this one are only looked at.

        Raises UpgradeRefused if a circle is open in those, and it is not to be done `while_open`; and NewerThanThis.
        """
        from sessions.migrations import RELEASES, check_nothing_is_open, release_of, upgrade

        with self._reader.connect() as connection:
            if release_of(connection) == RELEASES[-1]:
                return
            if not while_open:
                check_nothing_is_open(connection)
        with self._writer.connect() as connection:
            upgrade(connection)

    def tidy(self) -> bool:
        """Fold the write-ahead log into the database and cut it to nothing; False while that can't be done.

        A reader may be in the way, or the disk full. Whatever was written before is kept either way.
        """
        if not self.on_sqlite:
            return True
        with suppress(NotNow), self._turn, self.engine.connect() as connection, _without_waiting(connection):
            cut = self._outside(lambda: connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").one())
            return not cut[0]
        return False

    def touch(self, db: Session) -> None:
        """A rule that writes nothing of anybody's: whoever may write it may write. Raises NotNow."""
        if self.on_sqlite:
            version = db.scalar(text("PRAGMA user_version"))
            db.execute(text(f"PRAGMA user_version={version}"))  # as it is; a page of the file is written all the same
        elif db.scalar(text("SHOW transaction_read_only")) == "on":
            raise NotNow(None, None, Exception("a standby, which only reads"))

    def close(self) -> None:
        """Give every connection back."""
        if self._turns:
            self._turns.end()
        self.engine.dispose()

    def _commit(self, rule: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        # Writers queue here, before BEGIN. SQLite's own busy wait would stop every thread of the process.
        alone = self._turn if self.on_sqlite else nullcontext()
        with alone, Session(self._writer, expire_on_commit=False) as db, db.begin():
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
        if not _begun(connection, until):
            with _without_waiting(connection):
                while not _begun(connection, until):
                    time.sleep(0.01)

    return engine


def _begun(connection: Connection, until: float) -> bool:
    """Begin to write. False where somebody else does and it is not too late to wait. Raises NotNow."""
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except NotNow as error:
        if _sqlite_code(error.orig) not in BUSY or time.monotonic() > until:
            raise
        return False
    return True


@contextmanager
def _without_waiting(connection: Connection) -> Iterator[None]:
    """What is said to SQLite here is answered at once: whatever it waits for, every greenlet would wait for it."""
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    try:
        yield
    finally:
        if not connection.invalidated:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")


def _told_apart(context: ExceptionContext) -> NotNow | None:
    """Of what databases raise, tell what passes by itself from what is wrong with a statement."""
    error = context.original_exception
    if isinstance(error, sqlite3.Error):
        code, file = _sqlite_code(error), str(context.engine.url.database if context.engine else "")
        # Connections that were opened while the file might only be read go on only reading.
        if code == sqlite3.SQLITE_READONLY and os.access(file, os.W_OK):
            context.is_disconnect = True
        passes = code in PASSING
    else:
        passes = isinstance(context.sqlalchemy_exception, OperationalError)
    return NotNow(None, None, error, hide_parameters=True) if passes else None


def _sqlite_code(error: BaseException | None) -> int:
    # The lower byte; what stands above it says more of the same.
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
