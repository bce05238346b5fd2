"""Accounts of the people who lead and of the people who run the place.

A member never has an account. An account has exactly one role: a worker with two jobs has two accounts.
"""

import re
from dataclasses import dataclass

from sqlalchemy import LargeBinary, String, Text, false, func, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base, random_id
from sessions.permissions import STAFF, acting_role
from sessions.words import clean, clean_line

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")


class AccountRefused(Exception):
    """An account can't be made or changed so.

    `reason` is one of: address, taken, passphrase (its length), guessed (a passphrase others would try), role, self,
    gone, enabled, leads.
    """

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
    supplies: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))


@dataclass(frozen=True)
class Person:
    """An account as the rest of the product sees it: no hash, no row to change by accident."""

    id: str
    email: str
    role: str
    name: str
    paid_by: str
    must_report: str
    disabled: bool
    second_step: bool

    @property
    def acts_as(self) -> str:
        """The role whose abilities this person has now."""
        return acting_role(self.role, self.second_step)


def add(db: Session, email: str, role: str, passphrase_hash: str, name: str = "") -> Person:
    """Make an account. `passphrase_hash` comes from `passphrases.hashed`, made outside the transaction as it is slow.

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
    return person(account)


def anybody(db: Session) -> bool:
    """Whether any account has been made yet."""
    return bool(db.scalar(select(func.count()).select_from(Account)))


def find(db: Session, account_id: str) -> Person | None:
    """The account with this id."""
    account = db.get(Account, account_id)
    return person(account) if account else None


def introduce(db: Session, account_id: str, name: str, paid_by: str, must_report: str) -> None:
    """Write down what members are told of a facilitator: a name, who pays them, what they must report by law."""
    words = {
        "name": clean_line(name)[:60],
        "paid_by": clean_line(paid_by)[:200],
        "must_report": clean(must_report)[:600],
    }
    db.execute(update(Account).where(Account.id == account_id).values(**words))


def address(email: str) -> str:
    """An e-mail address as it is kept and looked up, and as wrong tries of it are counted."""
    return clean_line(email).lower()


def person(account: Account) -> Person:
    """An account without what must not leave its row."""
    words = (account.name, account.paid_by, account.must_report)
    return Person(account.id, account.email, account.role, *words, account.disabled, account.totp is not None)
