"""The ground rules that circles in a building begin with, where nobody keeps others for them.

The shipped ones, kept, left out or said in other words, and lines of the building's own. A rule is called by its key,
or, where it is the building's own, by its words.
"""

import json
from collections.abc import Callable

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit, own_rules
from sessions.database import Base
from sessions.library import LANGUAGES
from sessions.library import rules as shipped_rules
from sessions.own_rules import DOWN, MOST_RULES, UP, KeptRule, RuleRefused, checked
from sessions.schedule import buildings
from sessions.schedule.buildings import hold


class BuildingRules(Base):
    """A building's rules, in order, as JSON."""

    __tablename__ = "building_rules"

    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), primary_key=True)
    rules: Mapped[str] = mapped_column(Text)


def of(db: Session, building_id: str) -> list[KeptRule]:
    """The rules of a building, in order; none where it has the shipped ones."""
    row = db.get(BuildingRules, building_id)
    return own_rules.read(row.rules) if row else []


def begin_with(db: Session, building_id: str | None) -> list[KeptRule]:
    """The rules that circles in a building begin with; the shipped ones where none is known."""
    return own_rules.whole(of(db, building_id) if building_id else [])


def left_out(rules: list[KeptRule]) -> list[KeptRule]:
    """The shipped rules that are not among these."""
    there = {key for key, _ in rules}
    return [(rule.key, None) for rule in shipped_rules("en") if rule.key not in there]


def add(db: Session, actor: str, building_id: str, words: str) -> int | None:
    """Put a line of the building's own at the end, once. Returns its place, from 0; None if there is no such building.

    Raises RuleRefused: empty, long, many.
    """
    line: KeptRule = ("", checked(words))

    def added(rules: list[KeptRule]) -> int:
        if line not in rules:
            if len(rules) >= MOST_RULES:
                raise RuleRefused("many")
            rules.append(line)
        return rules.index(line)

    return _changed(db, actor, building_id, added)


def reword(db: Session, actor: str, building_id: str, name: str, words: str) -> int | None:
    """Say a rule in other words. A shipped one in our own words is ours again, in every language.

    Returns its place; None if there is no such building. Raises RuleRefused: empty, long, list.
    """
    said: str | None = checked(words)

    def reworded(rules: list[KeptRule]) -> int:
        at = _place(rules, name)
        key = rules[at][0]
        rules[at] = key, None if key and said in _shipped_words(key) else said
        return at

    return _changed(db, actor, building_id, reworded)


def leave_out(db: Session, actor: str, building_id: str, name: str) -> int | None:
    """Leave a rule out. Returns its place; None if there is no such building. Raises RuleRefused: list, stays."""

    def without(rules: list[KeptRule]) -> int:
        at = _place(rules, name)
        if any(rule.key == rules[at][0] and rule.stays for rule in shipped_rules("en")):
            raise RuleRefused("stays")
        del rules[at]
        return at

    return _changed(db, actor, building_id, without)


def put_back(db: Session, actor: str, building_id: str, key: str) -> int | None:
    """Put back a shipped rule that was left out, before the first that comes after it with us.

    Returns its place; None if there is no such building. Raises RuleRefused: list, many.
    """
    order = [rule.key for rule in shipped_rules("en")]

    def again(rules: list[KeptRule]) -> int:
        if (key, None) not in left_out(rules):
            raise RuleRefused("list")
        if len(rules) >= MOST_RULES:
            raise RuleRefused("many")
        later = order[order.index(key) :]
        at = next((place for place, rule in enumerate(rules) if rule[0] in later), len(rules))
        rules.insert(at, (key, None))
        return at

    return _changed(db, actor, building_id, again)


def move(db: Session, actor: str, building_id: str, name: str, direction: str) -> int | None:
    """Move a rule one place up or down; at the end nothing changes.

    Returns its place; None if there is no such building. Raises RuleRefused: list (no such rule, or direction).
    """

    def moved(rules: list[KeptRule]) -> int:
        at = _place(rules, name)
        if direction not in (UP, DOWN):
            raise RuleRefused("list")
        to = at - 1 if direction == UP else at + 1
        if not 0 <= to < len(rules):
            return at
        rules[at], rules[to] = rules[to], rules[at]
        return to

    return _changed(db, actor, building_id, moved)


def reset(db: Session, actor: str, building_id: str) -> bool:
    """Let circles in a building begin with the shipped rules again. False if there is no such building."""

    def shipped(rules: list[KeptRule]) -> int:
        rules[:] = own_rules.whole([])
        return 0

    return _changed(db, actor, building_id, shipped) is not None


def _changed(db: Session, actor: str, building_id: str, change: Callable[[list[KeptRule]], int]) -> int | None:
    hold(db)
    if buildings.find(db, building_id) is None:
        return None
    before = begin_with(db, building_id)
    after = [*before]
    at = change(after)
    if after == before:
        return at
    row = db.get(BuildingRules, building_id) or BuildingRules(building_id=building_id)
    if after != own_rules.whole([]):
        row.rules = json.dumps(after)
        db.add(row)
    elif row in db:
        db.delete(row)
    audit.note(db, "rules-changed", actor)
    return at


def _place(rules: list[KeptRule], name: str) -> int:
    for place, (key, words) in enumerate(rules):
        if (key or words) == name:
            return place
    raise RuleRefused("list")


def _shipped_words(key: str) -> set[str]:
    return {rule.words for code in LANGUAGES for rule in shipped_rules(code) if rule.key == key}
