"""Rules that somebody in the circle suggests from a phone: adopted or let go. Who suggested one is kept nowhere.

Only those who lead read them, in an order that tells nothing. Members hear of one when it has become a rule.
"""

from dataclasses import dataclass

from sqlalchemy import ForeignKey, LargeBinary, Select, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.circle import rules
from sessions.circle.changes import FOR_FACILITATORS, Change, Said, ShareRefused, redrawn
from sessions.circle.circles import changed
from sessions.circle.members import Member
from sessions.circle.receipts import seen_before
from sessions.circle.shares import hold_open, not_paused
from sessions.circle.vault import Vault
from sessions.database import Base, random_id
from sessions.own_rules import LONGEST_RULE
from sessions.words import clean_line

MOST_IN_A_CIRCLE = 40
_TOLD = redrawn("suggestions", roles=FOR_FACILITATORS)


class Suggestion(Base):
    """A suggested rule, sealed. No proof: not even the phone that sent it can show that it did."""

    __tablename__ = "suggestions"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class Suggested:
    """A suggested rule as those who lead read it."""

    id: str
    words: str


def suggest(db: Session, vault: Vault, member: Member, words: str, key: str) -> Change | None:
    """Suggest a rule; None when this phone sent it before under this key. Raises ShareRefused."""
    circle, words = hold_open(db, member.circle_id), clean_line(words)
    if not words:
        raise ShareRefused("wordless")
    if len(words) > LONGEST_RULE:
        raise ShareRefused("long", len(words) - LONGEST_RULE)
    if seen_before(db, member, key, Said("", "suggestion", words, ())):
        return None
    not_paused(circle)
    if (db.scalar(select(func.count()).where(Suggestion.circle_id == circle.id)) or 0) >= MOST_IN_A_CIRCLE:
        raise ShareRefused("suggested")
    row = Suggestion(id=random_id(), circle_id=circle.id)
    row.sealed = vault.seal(circle.id, "suggestion", row.id, words)
    db.add(row)
    return changed(circle, *_TOLD)


def standing(db: Session, vault: Vault, circle_id: str) -> list[Suggested]:
    """What was suggested and neither adopted nor let go, by ids made by lot."""
    return [_suggested(vault, row) for row in db.scalars(_in_circle(circle_id).order_by(Suggestion.id))]


def adopt(db: Session, vault: Vault, circle_id: str, suggestion_id: str) -> Change | None:
    """Make it the group's rule, at the end. None if there is no such suggestion. Raises ShareRefused, RuleRefused."""
    hold_open(db, circle_id)
    row = _find(db, circle_id, suggestion_id)
    if row is None:
        return None
    change = rules.add(db, vault, circle_id, _suggested(vault, row).words, _TOLD)
    db.execute(delete(Suggestion).where(Suggestion.id == row.id))
    return change


def let_go(db: Session, circle_id: str, suggestion_id: str) -> Change | None:
    """Delete it at once. None if there is no such suggestion. Raises ShareRefused("closed")."""
    circle = hold_open(db, circle_id)
    row = _find(db, circle_id, suggestion_id)
    if row is None:
        return None
    db.execute(delete(Suggestion).where(Suggestion.id == row.id))
    return changed(circle, *_TOLD)


def let_all_go(db: Session, circle_id: str) -> Change:
    """Delete them all at once; without any, nothing changes. Raises ShareRefused("closed")."""
    circle = hold_open(db, circle_id)
    if not db.scalar(select(func.count()).where(Suggestion.circle_id == circle_id)):
        return Change(circle.id, circle.version)
    db.execute(delete(Suggestion).where(Suggestion.circle_id == circle_id))
    return changed(circle, *_TOLD)


def _suggested(vault: Vault, row: Suggestion) -> Suggested:
    return Suggested(row.id, vault.unseal(row.circle_id, "suggestion", row.id, row.sealed))


def _find(db: Session, circle_id: str, suggestion_id: str) -> Suggestion | None:
    return db.scalar(_in_circle(circle_id).where(Suggestion.id == suggestion_id))


def _in_circle(circle_id: str) -> Select[Suggestion]:
    return select(Suggestion).where(Suggestion.circle_id == circle_id)
