"""What was done with accounts and with the calendar, and by whom. Never what happened inside a circle.

Kept for 180 days, for admins and for the person it concerns. That a circle was opened or closed is known by its day
alone, and not which circle it was: a building must not learn from this at which minute who sat where.
"""

import time
from dataclasses import dataclass

from sqlalchemy import String, delete, func, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base, random_id

KEPT_SECONDS = 180 * 24 * 3600
DAY_SECONDS = 24 * 3600
MOST_SHOWN = 500

BY_DAY_ALONE = frozenset({"opened", "closed"})
ACTS = BY_DAY_ALONE | {
    *("signed-in", "signed-out-everywhere", "passphrase-changed"),
    *("second-step-added", "second-step-removed", "recovery-code-used"),
    *("invited", "joined", "role-changed", "disabled", "enabled", "removed"),
    # Of the calendar.
    *("building-added", "building-changed", "building-closed", "building-opened", "room-added", "room-changed"),
    *("group-planned", "group-changed", "gathering-cancelled", "gathering-restored", "gathering-moved"),
    *("gathering-changed", "gathering-undone", "cover-needed", "cover-claimed", "cover-given-back"),
    *("group-deleted", "room-removed", "feed-made", "listing-changed"),
    *("numbers-changed", "number-checked", "naloxone-changed", "cards-changed"),
    *("places-changed", "place-checked"),
    *("tags-changed", "rules-changed"),
}


class Act(Base):
    """One thing that was done. No key ties it to an account: it outlives one that is removed."""

    __tablename__ = "acts"
    # Without a row number: the order of rows would tell between which sign-ins a circle was opened.
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    at: Mapped[int] = mapped_column(index=True)
    act: Mapped[str] = mapped_column(String(30))
    actor: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(20))
    detail: Mapped[str] = mapped_column(String(20), default="")


@dataclass(frozen=True)
class Entry:
    """An act as it is shown: when (seconds since 1970; midnight where the day alone is known), what, by and of whom."""

    at: int
    act: str
    actor: str
    subject: str
    detail: str


def note(db: Session, act: str, actor: str, subject: str = "", detail: str = "", now: float | None = None) -> None:
    """Write down that `actor` did `act` to `subject` (account ids; the actor's own when left out).

    `detail` is a role, the day on the calendar that is meant, or nothing. Raises ValueError for an act that is not on
    the list: nothing else is kept.
    """
    if act not in ACTS:
        raise ValueError(act)
    moment = int(now if now is not None else time.time())
    at = moment - moment % DAY_SECONDS if act in BY_DAY_ALONE else moment
    db.add(Act(at=at, act=act, actor=actor, subject=subject or actor, detail=detail))


def of(db: Session, account_id: str) -> list[Entry]:
    """What this account did or what was done to it, newest first."""
    return _entries(db, or_(Act.actor == account_id, Act.subject == account_id))


def everything(db: Session) -> list[Entry]:
    """All that is kept, newest first."""
    return _entries(db, Act.at > 0)


def how_many(db: Session, act: str) -> int:
    """How often this was done, as far as that is kept: in the last 180 days."""
    return db.scalar(select(func.count()).where(Act.act == act)) or 0


def forget_old(db: Session, now: float | None = None) -> None:
    """Delete what is older than 180 days."""
    db.execute(delete(Act).where(Act.at < int(now if now is not None else time.time()) - KEPT_SECONDS))


def _entries(db: Session, which: object) -> list[Entry]:
    rows = db.scalars(select(Act).where(which).order_by(Act.at.desc(), Act.id).limit(MOST_SHOWN))  # type: ignore[arg-type]
    return [Entry(row.at, row.act, row.actor, row.subject, row.detail) for row in rows]
