"""The supplies a facilitator hands out: names of their own, one per line."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from sessions.accounts import Account
from sessions.words import clean_line

LONGEST_NAME = 60
MOST_NAMES = 30


class SuppliesRefused(Exception):
    """A list can't be kept. `reason` is one of: many, long (`over` counts code points of the longest)."""

    def __init__(self, reason: str, over: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.over = reason, over


def supplies_of(db: Session, account_id: str) -> list[str]:
    """The names on this account's list."""
    return (db.scalar(select(Account.supplies).where(Account.id == account_id)) or "").splitlines()


def set_supplies(db: Session, account_id: str, typed: str) -> None:
    """Keep this list, one name a line. What stands in it twice is kept once. Raises SuppliesRefused."""
    names = list(dict.fromkeys(filter(None, map(clean_line, typed.splitlines()))))
    if len(names) > MOST_NAMES:
        raise SuppliesRefused("many")
    over = max((len(name) for name in names), default=0) - LONGEST_NAME
    if over > 0:
        raise SuppliesRefused("long", over)
    db.execute(update(Account).where(Account.id == account_id).values(supplies="\n".join(names)))
