"""Where an account is signed in: one row for each browser, for 12 hours at most, less when idle."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ForeignKey, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import accounts, audit
from sessions.accounts import Account, Person
from sessions.database import Base
from sessions.tokens import new_token, token_hash

LONGEST_SECONDS = 12 * 3600
IDLE_SECONDS = 30 * 60
IDLE_SECONDS_WHILE_LEADING = 4 * 3600
SEEN_EVERY_SECONDS = 60
NAME_LETTERS = 20
"""Of a token's hash, as many name a sign-in to its own account: nothing can be done with them but end it."""


class SignIn(Base):
    """One browser in which an account is signed in. Its cookie holds the token; this holds the token's hash."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    since: Mapped[int]
    seen: Mapped[int]


@dataclass(frozen=True)
class Place:
    """One browser an account is signed in with: since when, and last in use when (Unix seconds); whether it is this."""

    name: str
    since: int
    seen: int
    this: bool


def begin(db: Session, account_id: str, now: float | None = None) -> str:
    """Begin a sign-in and return its token, for the cookie of that browser alone."""
    token, moment = new_token(), int(now or time.time())
    db.execute(delete(SignIn).where(SignIn.since < moment - LONGEST_SECONDS))
    db.add(SignIn(token_hash=token_hash(token), account_id=account_id, since=moment, seen=moment))
    audit.note(db, "signed-in", account_id, now=now)
    return token


def who(
    db: Session, token: str, leads: Callable[[Session, str], bool], now: float | None = None
) -> tuple[Person | None, bool]:
    """Who is signed in with this token, and whether `seen` is due. Nobody after 12 hours, or when idle too long.

    `leads(db, account_id)` says whether a circle of theirs is open: a leader listens for long, and may not be put out.
    """
    moment = int(now or time.time())
    row = db.execute(
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_hash == token_hash(token), ~Account.disabled)
    ).first()
    if row is None:
        return None, False
    sign, account = row
    idle = moment - sign.seen
    too_long = idle > IDLE_SECONDS and not (idle <= IDLE_SECONDS_WHILE_LEADING and leads(db, account.id))
    if too_long or moment - sign.since > LONGEST_SECONDS:
        return None, False
    return accounts.person(account), moment - sign.seen >= SEEN_EVERY_SECONDS


def seen(db: Session, token: str, now: float | None = None) -> None:
    """Note that this sign-in is in use, so that it does not end as idle."""
    db.execute(update(SignIn).where(SignIn.token_hash == token_hash(token)).values(seen=int(now or time.time())))


def marks(db: Session, account_id: str) -> list[str]:
    """The hashes of the tokens of this account's sign-ins."""
    return list(db.scalars(select(SignIn.token_hash).where(SignIn.account_id == account_id)))


def end(db: Session, token: str) -> None:
    """End a sign-in: its cookie is worth nothing from now on."""
    db.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def places(db: Session, account_id: str, this_token: str, now: float | None = None) -> list[Place]:
    """Where an account is signed in, the last used first. What is over 12 hours old is worth nothing, and left out."""
    oldest = int(now or time.time()) - LONGEST_SECONDS
    theirs = select(SignIn).where(SignIn.account_id == account_id, SignIn.since >= oldest).order_by(SignIn.seen.desc())
    this = token_hash(this_token)
    return [
        Place(row.token_hash[:NAME_LETTERS], row.since, row.seen, row.token_hash == this) for row in db.scalars(theirs)
    ]


def end_one(db: Session, account_id: str, name: str) -> list[str]:
    """End the sign-in of this account that `places` gave this name. Returns the hash of its token, if there was one."""
    theirs = db.scalars(select(SignIn).where(SignIn.account_id == account_id))
    ended = [row.token_hash for row in theirs if row.token_hash[:NAME_LETTERS] == name]
    db.execute(delete(SignIn).where(SignIn.token_hash.in_(ended)))
    return ended


def end_all(db: Session, account_id: str, but: str = "") -> list[str]:
    """End every sign-in of an account, but the one with this token. Returns the hashes of their tokens."""
    theirs = (SignIn.account_id == account_id, SignIn.token_hash != token_hash(but))
    ended = list(db.scalars(select(SignIn.token_hash).where(*theirs)))
    db.execute(delete(SignIn).where(*theirs))
    return ended


def end_everywhere(db: Session, account_id: str, now: float | None = None) -> list[str]:
    """Sign an account out everywhere, as its person asked. Returns the hashes of the tokens."""
    audit.note(db, "signed-out-everywhere", account_id, now=now)
    return end_all(db, account_id)
