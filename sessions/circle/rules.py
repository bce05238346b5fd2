"""The ground rules of a circle: the product's twelve to begin with, the group's own as soon as it speaks.

Nobody agrees by button, and nothing about a rule is kept per person.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ForeignKey, LargeBinary, Select, String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import own_rules
from sessions.circle.changes import Change, Op, redrawn
from sessions.circle.circles import OPEN, Circle, changed, hold
from sessions.circle.vault import Vault
from sessions.database import Base, random_id
from sessions.library import rules as shipped_rules
from sessions.own_rules import DOWN, MOST_RULES, UP, KeptRule, RuleRefused, checked
from sessions.schedule import group_rules


class RuleRow(Base):
    """One rule of one circle. A shipped one has its key and no words of its own until the group rewords it."""

    __tablename__ = "rules"
    __table_args__ = {"sqlite_with_rowid": False}

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    circle_id: Mapped[str] = mapped_column(ForeignKey("circles.id"), index=True)
    place: Mapped[int]
    key: Mapped[str] = mapped_column(String(40), default="")
    stays: Mapped[bool] = mapped_column(default=False)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)


@dataclass(frozen=True)
class GroundRule:
    """A rule as screens show it. Without `words` it is the shipped rule `key`, in the reader's own language."""

    id: str
    key: str
    words: str | None
    stays: bool

    @property
    def changed(self) -> bool:
        """Whether the group reworded a shipped rule."""
        return bool(self.key) and self.words is not None


def start(db: Session, vault: Vault, circle_id: str, kept: Sequence[KeptRule] = ()) -> None:
    """Give a new circle the rules kept for it, or the twelve shipped ones. Those that stay are always there."""
    for place, rule in enumerate(shown(own_rules.whole(kept)), start=1):
        row = RuleRow(id=random_id(), circle_id=circle_id, place=place, key=rule.key, stays=rule.stays)
        row.sealed = vault.seal(circle_id, "rule", row.id, rule.words) if rule.words else None
        db.add(row)


def shown(kept: Sequence[KeptRule]) -> list[GroundRule]:
    """Rules that are kept, as screens show them. Each is called by its key, or by its words."""
    stay = {rule.key for rule in shipped_rules("en") if rule.stays}
    return [GroundRule(key or words or "", key, words, key in stay) for key, words in kept]


def keep_for_next_time(db: Session, vault: Vault, account_id: str, circle_id: str) -> None:
    """Keep the rules as they stand for the next circle of this group; of no group, for the next of this account's.

    Raises RuleRefused("closed").
    """
    circle = _open(db, circle_id)
    kept = [(rule.key, rule.words) for rule in standing(db, vault, circle_id)]
    if circle.series_id:
        group_rules.keep(db, circle.series_id, kept)
    else:
        own_rules.keep(db, account_id, kept)


def standing(db: Session, vault: Vault, circle_id: str) -> list[GroundRule]:
    """The circle's rules, in order."""
    return [_ground_rule(vault, row) for row in db.scalars(_in_circle(circle_id).order_by(RuleRow.place))]


def add(db: Session, vault: Vault, circle_id: str, words: str, also: tuple[Op, ...] = ()) -> Change:
    """Put the group's own rule at the end; `also` goes out with it. Raises RuleRefused."""
    circle, words = _open(db, circle_id), checked(words)
    count, last = db.execute(select(func.count(), func.max(RuleRow.place)).where(RuleRow.circle_id == circle_id)).one()
    if count >= MOST_RULES:
        raise RuleRefused("many")
    row = RuleRow(id=random_id(), circle_id=circle_id, place=(last or 0) + 1)
    row.sealed = vault.seal(circle_id, "rule", row.id, words)
    db.add(row)
    return changed(circle, *redrawn("rules"), *also)


def reword(db: Session, vault: Vault, circle_id: str, rule_id: str, words: str) -> Change | None:
    """Say a rule in the group's own words. None if there is no such rule. Raises RuleRefused."""
    circle, words = _open(db, circle_id), checked(words)
    row = _find(db, circle_id, rule_id)
    if row is None:
        return None
    row.sealed = vault.seal(circle_id, "rule", row.id, words)
    return changed(circle, *redrawn("rules"))


def remove(db: Session, circle_id: str, rule_id: str) -> Change | None:
    """Take a rule out. None if there is no such rule. Raises RuleRefused("stays") for the two that keep people safe."""
    circle = _open(db, circle_id)
    row = _find(db, circle_id, rule_id)
    if row is None:
        return None
    if row.stays:
        raise RuleRefused("stays")
    db.execute(delete(RuleRow).where(RuleRow.id == row.id))
    return changed(circle, *redrawn("rules"))


def move(db: Session, circle_id: str, rule_id: str, direction: str) -> Change | None:
    """Move a rule one place up or down; at the end nothing changes. None if there is no such rule or direction."""
    circle = _open(db, circle_id)
    rows = list(db.scalars(_in_circle(circle_id).order_by(RuleRow.place)))
    at = next((index for index, row in enumerate(rows) if row.id == rule_id), None)
    if at is None or direction not in (UP, DOWN):
        return None
    to = at - 1 if direction == UP else at + 1
    if not 0 <= to < len(rows):
        return Change(circle_id, circle.version)
    rows[at].place, rows[to].place = rows[to].place, rows[at].place
    return changed(circle, *redrawn("rules"))


def _open(db: Session, circle_id: str) -> Circle:
    circle = hold(db, circle_id)
    if circle is None or circle.state != OPEN:
        raise RuleRefused("closed")
    return circle


def _find(db: Session, circle_id: str, rule_id: str) -> RuleRow | None:
    return db.scalar(_in_circle(circle_id).where(RuleRow.id == rule_id))


def _ground_rule(vault: Vault, row: RuleRow) -> GroundRule:
    words = vault.unseal(row.circle_id, "rule", row.id, row.sealed) if row.sealed else None
    return GroundRule(row.id, row.key, words, row.stays)


def _in_circle(circle_id: str) -> Select[RuleRow]:
    return select(RuleRow).where(RuleRow.circle_id == circle_id)
