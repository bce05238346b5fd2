"""A copy of the database in one file, and the way back. The keys of circles are never in it.

So what is said in a circle that was open when the copy was made can be read for as long as its key lives, and by nobody
once it is erased.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import delete, make_url, select, update
from sqlalchemy.orm import Session

from sessions.circle import erase
from sessions.circle.circles import OPEN, Circle
from sessions.circle.vault import Vault
from sessions.database import Database
from sessions.migrations import RELEASES
from sessions.sign_ins import SignIn

AHEAD = 1_000_000
"""How far the version of a circle is set ahead by a restore: a phone reads again what is newer than it knows."""


class BackupRefused(Exception):
    """There is no copy, or no way back.

    `reason`: postgresql (it has tools of its own), exists, missing, unwritable (also where there is no room),
    unreadable, broken, newer (of a later release), open.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def back_up(database: Database, file: Path) -> None:
    """Copy the database to a new file of its owner's alone, while it is in use, and read the copy through.

    Raises BackupRefused: postgresql, exists, unwritable, broken.
    """
    source = _file_of(database)
    half = file.with_name(file.name + ".half")  # whoever finds `file` finds a whole one
    try:
        if file.exists():
            raise BackupRefused("exists")
        os.close(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    except OSError:
        raise BackupRefused("unwritable") from None
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(half)) as copy:
            live.backup(copy)
            copy.execute("PRAGMA journal_mode=delete")
        _read_through(half)
        half.rename(file)
    except (OSError, sqlite3.Error):
        raise BackupRefused("unwritable") from None
    finally:
        half.unlink(missing_ok=True)


def restore(database: Database, vault: Vault, file: Path, force: bool = False) -> None:
    """Put a copy in the place of what is there, also while it is served: phones that are open read it anew.

    Circles of the copy whose key is gone were erased since, and are erased again. Where one is open now, what was
    wiped and taken back since would stand there again: that is refused unless forced. Staff sign in anew.

    Raises BackupRefused.
    """
    target = _file_of(database)
    try:
        if not file.is_file():
            raise BackupRefused("missing")
        file.open("rb").close()
    except OSError:
        raise BackupRefused("unreadable") from None
    _read_through(file)
    with database.read() as db:
        if is_open(db) and not force:
            raise BackupRefused("open")
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy, closing(sqlite3.connect(target)) as live:
        copy.backup(live)
    database.migrate()
    database.write(_begin_anew)
    erase.resume(database, vault)


def is_open(db: Session) -> bool:
    """Whether a circle is open."""
    return db.scalar(select(Circle.id).where(Circle.state == OPEN).limit(1)) is not None


def _begin_anew(db: Session) -> None:
    db.execute(update(Circle).values(version=Circle.version + AHEAD))
    # Who signed out since, or was turned off, would be signed in again, by a cookie that somebody may have kept.
    db.execute(delete(SignIn))


def _file_of(database: Database) -> str:
    if not database.on_sqlite:
        raise BackupRefused("postgresql")
    return str(make_url(database.url).database)


def _read_through(file: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
            whole = copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            release = copy.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error:
        raise BackupRefused("broken") from None
    if not whole or release is None:
        raise BackupRefused("broken")
    if release[0] not in RELEASES:
        raise BackupRefused("newer")
