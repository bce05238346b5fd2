"""Invitations: a link that an admin copies by hand, good once and for two days. No e-mail server is needed."""

import time

from sqlalchemy import ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import accounts, audit
from sessions.accounts import AccountRefused, Person
from sessions.database import Base
from sessions.permissions import STAFF
from sessions.tokens import new_token, token_hash

GOOD_SECONDS = 48 * 3600


class Invitation(Base):
    """A link that was handed out. The role is the inviter's choice, not the guest's."""

    __tablename__ = "invitations"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(20))
    invited_by: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    until: Mapped[int]


def invite(db: Session, inviter_id: str, role: str, now: float | None = None) -> str:
    """Make an invitation to this role and return its token, for the link. Raises AccountRefused("role")."""
    if role not in STAFF:
        raise AccountRefused("role")
    moment = _moment(now)
    db.execute(delete(Invitation).where(Invitation.until <= moment))
    token = new_token()
    db.add(Invitation(token_hash=token_hash(token), role=role, invited_by=inviter_id, until=moment + GOOD_SECONDS))
    audit.note(db, "invited", inviter_id, detail=role, now=now)
    return token


def role_of(db: Session, token: str, now: float | None = None) -> str | None:
    """The role this link invites to; None if it is unknown, used or too old."""
    invitation = db.get(Invitation, token_hash(token))
    return invitation.role if invitation and invitation.until > _moment(now) else None


def accept(
    db: Session, token: str, email: str, passphrase_hash: str, name: str = "", now: float | None = None
) -> Person | None:
    """Make the account this link invites to, and use the link up. None if the link is not good any more.

    Raises AccountRefused: address, taken. The link is then as good as before.
    """
    found = db.scalar(select(Invitation).where(Invitation.token_hash == token_hash(token)).with_for_update())
    if found is None or found.until <= _moment(now):
        return None
    person = accounts.add(db, email, found.role, passphrase_hash, name)
    db.delete(found)
    audit.note(db, "joined", person.id, detail=found.role, now=now)
    return person


def _moment(now: float | None) -> int:
    return int(now if now is not None else time.time())
