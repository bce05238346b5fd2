"""A practice circle: a circle like any other, in which the people are made up, and everybody is told so."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sessions.accounts import Account
from sessions.circle.circles import OPEN, Circle
from sessions.circle.doors import open_now
from sessions.circle.vault import Vault

PLAN = "60"


def open_one(db: Session, vault: Vault, door_key: bytes, account_id: str, title: str) -> tuple[Circle, bool]:
    """The practice circle of this account that is open, or a new one; the second tells whether it is new.

    Raises CircleRefused("title").
    """
    # Held, so that of two presses at once the second finds what the first has opened.
    db.get(Account, account_id, with_for_update=True)
    going_on = db.scalar(
        select(Circle).where(Circle.account_id == account_id, Circle.practice.is_(True), Circle.state == OPEN)
    )
    if going_on:
        return going_on, False
    return open_now(db, vault, door_key, account_id, title, PLAN, practice=True), True
