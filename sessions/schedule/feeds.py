"""The secret addresses at which other calendars read along."""

from sqlalchemy import String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.database import Base, random_id
from sessions.tokens import new_token, token_hash

BUILDING, GROUP, FACILITATOR = "building", "group", "facilitator"


class Feed(Base):
    """One address: of a building, a group or a facilitator. Only its hash is kept, so it is shown once, when made.

    Of a group that was cut, `of` is its first part.
    """

    __tablename__ = "feeds"
    __table_args__ = (UniqueConstraint("what", "of"),)

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    what: Mapped[str] = mapped_column(String(12))
    of: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)


def make(db: Session, actor: str, what: str, of: str) -> str:
    """Make the address of this building, group or facilitator anew. Returns its secret; the one before is none."""
    forget(db, what, of)
    token = new_token()
    db.add(Feed(what=what, of=of, token_hash=token_hash(token)))
    audit.note(db, "feed-made", actor)
    return token


def find(db: Session, token: str) -> Feed | None:
    """The address with this secret."""
    return db.scalar(select(Feed).where(Feed.token_hash == token_hash(token)))


def is_made(db: Session, what: str, of: str) -> bool:
    """Whether there is an address of it."""
    return db.scalar(select(Feed.id).where(Feed.what == what, Feed.of == of)) is not None


def forget(db: Session, what: str, of: str) -> None:
    """Let its address be none."""
    db.execute(delete(Feed).where(Feed.what == what, Feed.of == of))
