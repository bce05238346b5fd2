"""The plan of a circle: its parts, in order, and which one is on. Nothing in it locks what members can do.

A part has no words of its own: it is a shipped one by its key, and every screen says it in the reader's language.
"""

import json
from dataclasses import asdict, dataclass, replace

from sqlalchemy.orm import Session

from sessions.circle.changes import FOR_FACILITATORS, FOR_MEMBERS, Change, redrawn
from sessions.circle.circles import OPEN, TICKS_A_MINUTE, Circle, changed, hold
from sessions.circle.vault import Vault
from sessions.library import Plan, plans

UP, DOWN = "up", "down"
MOST_MINUTES = 180
EXACT_MINUTES = 5
"""Minutes in a part are told one by one up to here, and in steps of as many after it: nobody is hurried by them."""


class PlanRefused(Exception):
    """A plan can't be changed so. `reason`: closed, part (there is no such part, or direction), minutes."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Part:
    """One part: its id in this plan, the key of its words, and its planned minutes."""

    id: str
    key: str
    minutes: int


def as_shipped(chosen: Plan) -> list[Part]:
    """The parts of a shipped plan, as a circle begins with them."""
    return [Part(str(number), part.key, part.minutes) for number, part in enumerate(chosen.parts, start=1)]


def sealed(vault: Vault, circle_id: str, parts: list[Part]) -> bytes:
    """The parts, sealed for the circle's row. Raises KeyGone."""
    return vault.seal(circle_id, "plan", circle_id, json.dumps([asdict(part) for part in parts]))


def standing(vault: Vault, circle: Circle) -> list[Part]:
    """The circle's parts, in order. One that was opened before there were plans has the shipped one of its length."""
    if circle.sealed_plan is None:
        return as_shipped(plans("en")[str(circle.minutes)])
    return [Part(**part) for part in json.loads(vault.unseal(circle.id, "plan", circle.id, circle.sealed_plan))]


def minutes_so_far(circle: Circle) -> int:
    """About how many minutes the part has been on, by the ticks of a running server and no clock."""
    minutes = circle.part_ticks // TICKS_A_MINUTE
    return minutes if minutes < EXACT_MINUTES else EXACT_MINUTES * round(minutes / EXACT_MINUTES)


def next_part(db: Session, vault: Vault, circle_id: str, after: str) -> Change:
    """Go on to the part after this one. If another one is on by now, or none comes after, nothing changes: pressed
    twice, or sent again, it goes one part further and not two. Raises PlanRefused.
    """
    circle, parts = _open(db, vault, circle_id)
    at = _place(parts, after)
    if at != circle.part or at + 1 == len(parts):
        return Change(circle_id, circle.version)
    return _begin(circle, at + 1)


def start(db: Session, vault: Vault, circle_id: str, part_id: str) -> Change:
    """Begin this part now, whichever is on. The one that is on goes on as it is. Raises PlanRefused."""
    circle, parts = _open(db, vault, circle_id)
    at = _place(parts, part_id)
    return Change(circle_id, circle.version) if at == circle.part else _begin(circle, at)


def move(db: Session, vault: Vault, circle_id: str, part_id: str, direction: str) -> Change:
    """Move a part one place up or down; at the end nothing changes. What is on stays on. Raises PlanRefused."""
    circle, parts = _open(db, vault, circle_id)
    at = _place(parts, part_id)
    if direction not in (UP, DOWN):
        raise PlanRefused("part")
    to = at - 1 if direction == UP else at + 1
    if not 0 <= to < len(parts):
        return Change(circle_id, circle.version)
    on = parts[circle.part]
    parts[at], parts[to] = parts[to], parts[at]
    circle.part = parts.index(on)
    return _kept(vault, circle, parts)


def set_minutes(db: Session, vault: Vault, circle_id: str, part_id: str, minutes: str) -> Change:
    """Plan another length for a part, in whole minutes as they were typed. Raises PlanRefused."""
    circle, parts = _open(db, vault, circle_id)
    at, typed = _place(parts, part_id), minutes.strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 3 and 1 <= int(typed) <= MOST_MINUTES):
        raise PlanRefused("minutes")
    if parts[at].minutes == int(typed):
        return Change(circle_id, circle.version)
    parts[at] = replace(parts[at], minutes=int(typed))
    return _kept(vault, circle, parts)


def _open(db: Session, vault: Vault, circle_id: str) -> tuple[Circle, list[Part]]:
    circle = hold(db, circle_id)
    if circle is None or circle.state != OPEN:
        raise PlanRefused("closed")
    return circle, standing(vault, circle)


def _place(parts: list[Part], part_id: str) -> int:
    for at, part in enumerate(parts):
        if part.id == part_id:
            return at
    raise PlanRefused("part")


def _begin(circle: Circle, at: int) -> Change:
    circle.part, circle.part_ticks = at, 0
    # The box for a note may ask for something else in another part.
    box = redrawn("box-note", roles=FOR_MEMBERS)
    return changed(circle, *redrawn("now"), *box, *redrawn("plan", roles=FOR_FACILITATORS))


def _kept(vault: Vault, circle: Circle, parts: list[Part]) -> Change:
    circle.sealed_plan = sealed(vault, circle.id, parts)
    return changed(circle, *redrawn("plan", roles=FOR_FACILITATORS))
