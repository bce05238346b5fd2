"""Ground rules as they are kept, and what a rule may be; and those a facilitator keeps for the next circle.

Only rules are kept, and only when the facilitator says so.
"""

import json
from collections.abc import Sequence

from sqlalchemy import ForeignKey, Text, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base
from sessions.library import rules as shipped_rules
from sessions.words import clean_line

LONGEST_RULE = 300
MOST_RULES = 30
UP, DOWN = "up", "down"

KeptRule = tuple[str, str | None]
"""The key of a shipped rule, or '', and the group's own words, or None where it was left as it is."""


class RuleRefused(Exception):
    """A rule can't be changed so. `reason` is one of: closed, empty, long, many, stays, list (there is none such)."""

    def __init__(self, reason: str, over: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.over = reason, over


class OwnRules(Base):
    """The rules of a facilitator's last circle, in order, as JSON."""

    __tablename__ = "own_rules"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    rules: Mapped[str] = mapped_column(Text)


def keep(db: Session, account_id: str, kept: Sequence[KeptRule]) -> None:
    """Keep these rules for the next circle, in place of those kept before."""
    db.merge(OwnRules(account_id=account_id, rules=json.dumps(kept)))


def kept_by(db: Session, account_id: str) -> list[KeptRule]:
    """The rules this account kept, in order; none if it kept none."""
    row = db.get(OwnRules, account_id)
    return read(row.rules) if row else []


def read(kept: str) -> list[KeptRule]:
    """Rules that were kept, from their JSON.

    A shipped rule that a later release no longer has is kept only if the group had its own words for it.
    """
    shipped = {rule.key for rule in shipped_rules("en")}
    return [(key if key in shipped else "", words) for key, words in json.loads(kept) if words or key in shipped]


def whole(kept: Sequence[KeptRule]) -> list[KeptRule]:
    """The rules a circle begins with where these are kept: the shipped ones where there are none.

    Those that stay are always there.
    """
    there = {key for key, _ in kept}
    lacking = [rule.key for rule in shipped_rules("en") if not kept or (rule.stays and rule.key not in there)]
    return [*kept, *((key, None) for key in lacking)]


def checked(words: str) -> str:
    """The words of a rule, on one line. Raises RuleRefused: empty, long."""
    words = clean_line(words)
    if not words:
        raise RuleRefused("empty")
    if len(words) > LONGEST_RULE:
        raise RuleRefused("long", len(words) - LONGEST_RULE)
    return words


def let_go(db: Session, account_id: str) -> None:
    """Keep them no longer."""
    db.execute(delete(OwnRules).where(OwnRules.account_id == account_id))
