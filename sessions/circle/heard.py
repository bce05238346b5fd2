"""I hear you: what a phone can say to a note, once. Screens show it as a word, and never how often.

A row ties a note to a hash that only the phone's own token makes again: nobody can tell who heard whom.
"""

from sqlalchemy import ForeignKey, String, bindparam, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.circle.members import Member
from sessions.database import Base
from sessions.tokens import same


class Heard(Base):
    """That one phone heard one note."""

    __tablename__ = "heard"
    __table_args__ = {"sqlite_with_rowid": False}

    proof: Mapped[str] = mapped_column(String(64), primary_key=True)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)
    share_id: Mapped[str] = mapped_column(String(20), index=True)


_HEARD = select(Heard.share_id, Heard.proof).where(Heard.circle_id == bindparam("circle_id"))


def hears(db: Session, member: Member, share_id: str) -> bool:
    """Whether this phone said so before."""
    return db.get(Heard, _proof(member, share_id)) is not None


def say(db: Session, member: Member, share_id: str, heard: bool) -> None:
    """Say it, once, or take it back."""
    if heard and not hears(db, member, share_id):
        db.add(Heard(proof=_proof(member, share_id), circle_id=member.circle_id, share_id=share_id))
    if not heard:
        db.execute(delete(Heard).where(Heard.proof == _proof(member, share_id)))
    db.flush()


def anybody_hears(db: Session, circle_id: str) -> set[str]:
    """The notes of a circle that somebody heard."""
    return set(db.scalars(select(Heard.share_id).where(Heard.circle_id == circle_id)))


def heard_by(db: Session, member: Member) -> list[str]:
    """The notes this phone said so to."""
    rows = db.connection().execute(_HEARD, {"circle_id": member.circle_id})
    return sorted(share_id for share_id, proof in rows if same(proof, _proof(member, share_id)))


def forget(db: Session, share_id: str) -> None:
    """A share is gone, and with it who heard it."""
    db.execute(delete(Heard).where(Heard.share_id == share_id))


def _proof(member: Member, share_id: str) -> str:
    return member.proof("heard" + share_id)
