"""What is taught in a circle: one card, line by line, or the ways people go, side by side.

Who leads shows it and goes on at their own pace. It has no language: every screen says it in its own. It stays, in
whatever part, until it is taken down; phones have it in a part about learning alone.
"""

import json
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from sessions.circle import plan
from sessions.circle.changes import BOTH, FOR_FACILITATORS, Change, ShareRefused, redrawn
from sessions.circle.circles import Circle, changed
from sessions.circle.shares import hold_open
from sessions.circle.vault import Vault
from sessions.circle.voices import LEARN
from sessions.library import LANGUAGES
from sessions.schedule.cards_off import shown_in

WAYS = "ways"
"""In the place of a card's key: the ways, all of them at once. They have no lines to go on by."""


@dataclass(frozen=True)
class Lesson:
    """What is shown: the key of a card, or WAYS; how many of its lines are out, and how many there are."""

    card: str
    out: int
    last: int


def show(db: Session, vault: Vault, circle_id: str, card: str) -> Change:
    """Show a card, with its first line, or the ways. What is shown already stays as it is, with the lines it has.

    Raises ShareRefused: card (the building does not show it), closed.
    """
    circle = hold_open(db, circle_id)
    now = standing(db, vault, circle)
    if now and now.card == card:
        return Change(circle_id, circle.version)
    last = _lines_of(db, circle, card)
    if last is None:
        raise ShareRefused("card")
    return _shown(vault, circle, Lesson(card, min(1, last), last))


def next_line(db: Session, vault: Vault, circle_id: str, card: str, after: str) -> Change:
    """One line more of this card, after so many. If another number is out by now, or another card, nothing changes:
    pressed twice, or sent again, it goes one line further and not two. Raises ShareRefused("closed").
    """
    return _turned(db, vault, circle_id, card, after, 1)


def line_before(db: Session, vault: Vault, circle_id: str, card: str, after: str) -> Change:
    """One line less; the first one stays. Pressed twice, it is one and not two. Raises ShareRefused("closed")."""
    return _turned(db, vault, circle_id, card, after, -1)


def take_down(db: Session, vault: Vault, circle_id: str, card: str) -> Change:
    """Show this card no more. If another one is shown by now, that one stays. Raises ShareRefused("closed")."""
    circle = hold_open(db, circle_id)
    now = _kept(vault, circle)
    if now is None or now[0] != card:
        return Change(circle_id, circle.version)
    return _shown(vault, circle, None)


def standing(db: Session, vault: Vault, circle: Circle) -> Lesson | None:
    """What is shown; None if nothing is, or if the building shows that card no more."""
    kept = _kept(vault, circle)
    last = _lines_of(db, circle, kept[0]) if kept else None
    return Lesson(kept[0], min(kept[1], last), last) if kept and last is not None else None


def _turned(db: Session, vault: Vault, circle_id: str, card: str, after: str, by: int) -> Change:
    circle = hold_open(db, circle_id)
    now = standing(db, vault, circle)
    if now is None or (now.card, str(now.out)) != (card, after) or not 1 <= now.out + by <= now.last:
        return Change(circle_id, circle.version)
    return _shown(vault, circle, replace(now, out=now.out + by))


def _lines_of(db: Session, circle: Circle, card: str) -> int | None:
    """How many lines it has, in the language where it has most; None if there is no such card here."""
    if card == WAYS:
        return 0
    each = [shown_in(db, circle.building_id, language).get(card) for language in LANGUAGES]
    return max((len(one.lines) for one in each if one), default=None)


def _kept(vault: Vault, circle: Circle) -> tuple[str, int] | None:
    if circle.sealed_card is None:
        return None
    card, out = json.loads(vault.unseal(circle.id, "card", circle.id, circle.sealed_card))
    return card, out


def _shown(vault: Vault, circle: Circle, now: Lesson | None) -> Change:
    kept = json.dumps([now.card, now.out]) if now else ""
    circle.sealed_card = vault.seal(circle.id, "card", circle.id, kept) if now else None
    roles = BOTH if plan.kind_on(vault, circle) == LEARN else FOR_FACILITATORS
    return changed(circle, *redrawn("card", roles=roles))
