"""What is kept of a share, and the ways to it.

Outlines say all of a share but its words. They are read without an object for each row: every post asks for them.
"""

import random
from collections.abc import Collection, Sequence
from hmac import compare_digest
from typing import NamedTuple, cast

from sqlalchemy import ForeignKey, LargeBinary, Select, String, Table, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.circle.members import Member
from sessions.database import Base

WAITING, SHOWN, ASIDE, CLEARED = "waiting", "shown", "aside", "cleared"

_shuffler = random.SystemRandom()


class Share(Base):
    """One share, sealed. No author, no time, no number that counts up."""

    __tablename__ = "shares"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    place: Mapped[int | None]
    proof: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class Outline(NamedTuple):
    """A share without its words."""

    id: str
    proof: str
    kind: str
    state: str
    place: int | None


_ROWS = cast(Table, Share.__table__)
_OUTLINES = select(Share.id, Share.proof, Share.kind, Share.state, Share.place).where(
    Share.circle_id == bindparam("circle_id")
)
_INSERT = insert(_ROWS)


def outlines(db: Session, circle_id: str) -> list[Outline]:
    """All shares of a circle, without a word."""
    return list(map(Outline._make, db.connection().execute(_OUTLINES, {"circle_id": circle_id})))


def own_of(member: Member, standing: Sequence[Outline]) -> list[Outline]:
    """Those of them that this phone wrote, found by proof."""
    return [one for one in standing if compare_digest(one.proof, member.proof(one.id))]


def keep(db: Session, circle_id: str, outline: Outline, sealed: bytes) -> None:
    """Put a new share into its circle."""
    db.connection().execute(_INSERT, {**outline._asdict(), "circle_id": circle_id, "sealed": sealed})


def lay_out_anew(db: Session, circle_id: str, ids: Collection[str]) -> None:
    """Write these shares to the disk again in an order by lot, with all that wait: a page keeps rows in the order they
    came in. Of the others that order is the one of their places, or was by lot before.
    """
    those = (_ROWS.c.circle_id == circle_id) & (_ROWS.c.id.in_(ids) | (_ROWS.c.state == WAITING))
    rows = [dict(row) for row in db.execute(select(_ROWS).where(those)).mappings()]
    _shuffler.shuffle(rows)
    db.execute(delete(_ROWS).where(those))
    db.execute(_INSERT, rows)


def in_circle(circle_id: str) -> Select[Share]:
    """The query for the shares of one circle: nothing is looked up without it."""
    return select(Share).where(Share.circle_id == circle_id)
