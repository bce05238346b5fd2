"""One-use codes: eight characters that somebody reads out to a colleague, good once and for fifteen minutes.

One small piece for whatever one account hands to another in person: leading along, taking over for an evening. Forty
bits, so the code itself is never kept: only a hash under a key that is not in the database.
"""

import hashlib
import hmac
import secrets
import time

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0, 1, I, L and O: they are mistaken for each other, on paper and aloud."""
LENGTH = 8
GOOD_SECONDS = 15 * 60


class OneUseCode(Base):
    """A code that was handed out: for what, and about what. No account: who has it may use it."""

    __tablename__ = "one_use_codes"

    code_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(20))
    until: Mapped[int]


def hand_out(db: Session, key: bytes, purpose: str, subject: str, now: float | None = None) -> str:
    """Make a code for this purpose and subject (an id), and take back the one handed out before for the same.

    Returns it as it is read aloud, in two groups of four. `key` is the install's own, kept apart from the database.
    """
    moment = _moment(now)
    db.execute(delete(OneUseCode).where(OneUseCode.until <= moment))
    db.execute(delete(OneUseCode).where(OneUseCode.purpose == purpose, OneUseCode.subject == subject))
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    db.add(
        OneUseCode(code_hash=_hash(key, purpose, code), purpose=purpose, subject=subject, until=moment + GOOD_SECONDS)
    )
    return f"{code[:4]} {code[4:]}"


def about(db: Session, key: bytes, purpose: str, typed: str, now: float | None = None) -> str | None:
    """What a code is about, as `use` would say it, and it stays as good as it was."""
    row = db.get(OneUseCode, _hash(key, purpose, _as_read(typed)))
    return row.subject if row and row.until > _moment(now) else None


def use(db: Session, key: bytes, purpose: str, typed: str, now: float | None = None) -> str | None:
    """What a code is about, and the code is used up. None if it is unknown, used, too old, or for something else.

    Spaces, dashes and small letters do not matter. Whoever asks slows down wrong tries.
    """
    looked_for = _hash(key, purpose, _as_read(typed))
    row = db.scalar(select(OneUseCode).where(OneUseCode.code_hash == looked_for).with_for_update())
    if row is None:
        return None
    db.delete(row)
    return row.subject if row.until > _moment(now) else None


def take_back(db: Session, subject: str) -> None:
    """Take back every code about this subject, which is no more."""
    db.execute(delete(OneUseCode).where(OneUseCode.subject == subject))


def _as_read(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if letter in ALPHABET)


def _hash(key: bytes, purpose: str, code: str) -> str:
    return hmac.new(key, f"one-use {purpose} {code}".encode(), hashlib.sha256).hexdigest()


def _moment(now: float | None) -> int:
    return int(now if now is not None else time.time())
