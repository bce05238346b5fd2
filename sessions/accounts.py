"""Accounts of the people who lead and of the people who run the place; and where they are signed in.

A member never has an account. An account has exactly one role: a worker with two jobs has two accounts.
"""

import hashlib
import hmac
import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from sqlalchemy import ForeignKey, LargeBinary, String, delete, false, func, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base, random_id
from sessions.permissions import STAFF
from sessions.words import clean, clean_line

SHORTEST_PASSPHRASE = 14
LONGEST_PASSPHRASE = 1024
SIGNED_IN_SECONDS = 12 * 3600
IDLE_SECONDS = 30 * 60
IDLE_SECONDS_WHILE_LEADING = 4 * 3600
SEEN_EVERY_SECONDS = 60

_hasher = PasswordHasher()
# Verified when nobody has that address, so that an unknown account takes as long as a known one.
_NOBODY = _hasher.hash(secrets.token_hex(16))
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


class AccountRefused(Exception):
    """An account can't be made or changed so. `reason` is one of: address, taken, passphrase, role."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Account(Base):
    """Somebody who works here."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    passphrase: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(60), default="")
    paid_by: Mapped[str] = mapped_column(String(200), default="")
    must_report: Mapped[str] = mapped_column(String(600), default="")
    disabled: Mapped[bool] = mapped_column(default=False, server_default=false())
    totp: Mapped[bytes | None] = mapped_column(LargeBinary, default=None)
    totp_step: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class SignIn(Base):
    """One browser in which an account is signed in. Its cookie holds the token; this holds the token's hash."""

    __tablename__ = "sign_ins"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    since: Mapped[int]
    seen: Mapped[int]


@dataclass(frozen=True)
class Person:
    """An account as the rest of the product sees it: no hash, no row to change by accident."""

    id: str
    email: str
    role: str
    name: str
    paid_by: str
    must_report: str


def add(db: Session, email: str, role: str, passphrase_hash: str, name: str = "") -> Person:
    """Make an account. `passphrase_hash` comes from `hash_passphrase`, made outside the transaction as it is slow.

    Raises AccountRefused: address, taken, role.
    """
    email = address(email)
    if role not in STAFF:
        raise AccountRefused("role")
    if len(email) > 254 or not _ADDRESS.fullmatch(email):
        raise AccountRefused("address")
    if db.scalar(select(Account.id).where(Account.email == email)):
        raise AccountRefused("taken")
    account = Account(email=email, role=role, passphrase=passphrase_hash, name=clean_line(name)[:60])
    db.add(account)
    db.flush()
    return _person(account)


def anybody(db: Session) -> bool:
    """Whether any account has been made yet."""
    return bool(db.scalar(select(func.count()).select_from(Account)))


def find(db: Session, account_id: str) -> Person | None:
    """The account with this id."""
    account = db.get(Account, account_id)
    return _person(account) if account else None


def introduce(db: Session, account_id: str, name: str, paid_by: str, must_report: str) -> None:
    """Write down what members are told of a facilitator: a name, who pays them, what they must report by law."""
    words = {
        "name": clean_line(name)[:60],
        "paid_by": clean_line(paid_by)[:200],
        "must_report": clean(must_report)[:600],
    }
    db.execute(update(Account).where(Account.id == account_id).values(**words))


def hash_passphrase(passphrase: str) -> str:
    """The Argon2id hash of a new passphrase. About 50 ms of one core: call it off the event loop.

    Raises AccountRefused("passphrase") when it is shorter than 14 characters or longer than 1,024.
    """
    if not SHORTEST_PASSPHRASE <= len(passphrase) <= LONGEST_PASSPHRASE:
        raise AccountRefused("passphrase")
    return _hasher.hash(passphrase)


def stored_passphrase(db: Session, email: str) -> tuple[Person | None, str]:
    """The account with this address and its hash; for an address nobody has, None and a hash nothing fits."""
    account = db.scalar(select(Account).where(Account.email == address(email)))
    return (_person(account), account.passphrase) if account else (None, _NOBODY)


def passphrase_fits(stored: str, passphrase: str) -> bool:
    """Whether `passphrase` is the one behind `stored`. As slow as `hash_passphrase`."""
    try:
        return _hasher.verify(stored, passphrase[: LONGEST_PASSPHRASE + 1])
    except (Argon2Error, InvalidHashError):
        return False


def sign_in(db: Session, account_id: str, now: float | None = None) -> str:
    """Begin a sign-in and return its token, for the cookie of that browser alone."""
    token, moment = secrets.token_urlsafe(32), int(now or time.time())
    db.execute(delete(SignIn).where(SignIn.since < moment - SIGNED_IN_SECONDS))
    db.add(SignIn(token_hash=token_hash(token), account_id=account_id, since=moment, seen=moment))
    return token


def signed_in(
    db: Session, token: str, leads: Callable[[Session, str], bool], now: float | None = None
) -> tuple[Person | None, bool]:
    """Who is signed in with this token, and whether `seen` is due. Nobody after 12 hours, or when idle too long.

    `leads(db, account_id)` says whether a circle of theirs is open: a leader listens for long, and may not be put out.
    """
    moment = int(now or time.time())
    row = db.execute(
        select(SignIn, Account)
        .join(Account, Account.id == SignIn.account_id)
        .where(SignIn.token_hash == token_hash(token))
    ).first()
    if row is None:
        return None, False
    sign, account = row
    idle = moment - sign.seen
    too_long = idle > IDLE_SECONDS and not (idle <= IDLE_SECONDS_WHILE_LEADING and leads(db, account.id))
    if too_long or moment - sign.since > SIGNED_IN_SECONDS:
        return None, False
    return _person(account), moment - sign.seen >= SEEN_EVERY_SECONDS


def seen(db: Session, token: str, now: float | None = None) -> None:
    """Note that this sign-in is in use, so that it does not end as idle."""
    db.execute(update(SignIn).where(SignIn.token_hash == token_hash(token)).values(seen=int(now or time.time())))


def sign_out(db: Session, token: str) -> None:
    """End a sign-in: its cookie is worth nothing from now on."""
    db.execute(delete(SignIn).where(SignIn.token_hash == token_hash(token)))


def token_hash(token: str) -> str:
    """What the database keeps in place of a token of 256 random bits."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def same(one: str | bytes, other: str | bytes) -> bool:
    """Whether two secrets are equal, in a time that does not tell where they differ."""
    first, second = (part.encode("utf-8", "replace") if isinstance(part, str) else part for part in (one, other))
    return hmac.compare_digest(first, second)


def address(email: str) -> str:
    """An e-mail address as it is kept and looked up, and as wrong tries of it are counted."""
    return clean_line(email).lower()


def _person(account: Account) -> Person:
    return Person(account.id, account.email, account.role, account.name, account.paid_by, account.must_report)
