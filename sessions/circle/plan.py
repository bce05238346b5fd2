"""The plan of a circle: its parts, in order, and which one is on. Nothing in it locks what members can do."""

from dataclasses import replace

from sqlalchemy.orm import Session

from sessions import own_plans
from sessions.circle.changes import FOR_FACILITATORS, FOR_MEMBERS, HEADS, Change, redrawn
from sessions.circle.circles import OPEN, TICKS_A_MINUTE, Circle, changed, hold
from sessions.circle.vault import Vault
from sessions.library import parts as words_of
from sessions.library import plans
from sessions.plan_sheet import Part, PlanRefused, as_json, as_shipped, from_json, moved, place, whole_minutes

EXACT_MINUTES = 5
"""Minutes in a part are told one by one up to here, and in steps of as many after it: nobody is hurried by them."""


def sealed(vault: Vault, circle_id: str, parts: list[Part]) -> bytes:
    """The parts, sealed for the circle's row. Raises KeyGone."""
    return vault.seal(circle_id, "plan", circle_id, as_json(parts))


def standing(vault: Vault, circle: Circle) -> list[Part]:
    """The circle's parts, in order. One that was opened before there were plans has the shipped one of its length."""
    if circle.sealed_plan is None:
        return as_shipped(plans("en")[str(circle.minutes)])
    return from_json(vault.unseal(circle.id, "plan", circle.id, circle.sealed_plan))


def kind(part: Part) -> str:
    """What a part asks of a page."""
    return words_of("en")[part.key].kind


def kind_on(vault: Vault, circle: Circle) -> str:
    """What the part that is on asks of a page."""
    return kind(standing(vault, circle)[circle.part])


def minutes_so_far(circle: Circle) -> int:
    """About how many minutes the part has been on, by the ticks of a running server and no clock."""
    minutes = circle.part_ticks // TICKS_A_MINUTE
    return minutes if minutes < EXACT_MINUTES else EXACT_MINUTES * round(minutes / EXACT_MINUTES)


def so_far(db: Session, circle_id: str) -> int | None:
    """The same, for those who lead this circle; None where it is not open, or covered."""
    circle = db.get(Circle, circle_id)
    return minutes_so_far(circle) if circle and circle.state == OPEN and not circle.blank else None


def next_part(db: Session, vault: Vault, circle_id: str, after: str) -> Change:
    """Go on to the part after this one. If another one is on by now, or none comes after, nothing changes: pressed
    twice, or sent again, it goes one part further and not two. Raises PlanRefused.
    """
    circle, parts = _open(db, vault, circle_id)
    at = place(parts, after)
    if at != circle.part or at + 1 == len(parts):
        return Change(circle_id, circle.version)
    return _begin(circle, at + 1)


def start(db: Session, vault: Vault, circle_id: str, part_id: str) -> Change:
    """Begin this part now, whichever is on. The one that is on goes on as it is. Raises PlanRefused."""
    circle, parts = _open(db, vault, circle_id)
    at = place(parts, part_id)
    return Change(circle_id, circle.version) if at == circle.part else _begin(circle, at)


def move(db: Session, vault: Vault, circle_id: str, part_id: str, direction: str) -> Change:
    """Move a part one place up or down; at the end nothing changes. What is on stays on. Raises PlanRefused."""
    circle, parts = _open(db, vault, circle_id)
    on, after = parts[circle.part], moved(parts, part_id, direction)
    if after == parts:
        return Change(circle_id, circle.version)
    circle.part = after.index(on)
    return _kept(vault, circle, after)


def set_minutes(db: Session, vault: Vault, circle_id: str, part_id: str, minutes: str) -> Change:
    """Plan another length for a part, in whole minutes as they were typed. Raises PlanRefused."""
    circle, parts = _open(db, vault, circle_id)
    at, planned = place(parts, part_id), whole_minutes(minutes)
    if parts[at].minutes == planned:
        return Change(circle_id, circle.version)
    parts[at] = replace(parts[at], minutes=planned)
    return _kept(vault, circle, parts)


def keep(db: Session, vault: Vault, circle_id: str, account_id: str, title: str) -> None:
    """Save the parts, as they have been changed by now, as a plan of this account's own. The circle stays as it is.

    Raises PlanRefused: closed, title, long, plans.
    """
    _, parts = _open(db, vault, circle_id)
    own_plans.add(db, account_id, title, parts)


def _open(db: Session, vault: Vault, circle_id: str) -> tuple[Circle, list[Part]]:
    circle = hold(db, circle_id)
    if circle is None or circle.state != OPEN:
        raise PlanRefused("closed")
    return circle, standing(vault, circle)


def _begin(circle: Circle, at: int) -> Change:
    circle.part, circle.part_ticks = at, 0
    # The box for a note may ask for something else in another part.
    box = redrawn("box-note", roles=FOR_MEMBERS)
    # Whether phones have the card in view goes by the part.
    card = redrawn("card", roles=FOR_FACILITATORS) if circle.sealed_card else ()
    return changed(circle, *redrawn("now"), *box, *redrawn("plan", *HEADS, roles=FOR_FACILITATORS), *card)


def _kept(vault: Vault, circle: Circle, parts: list[Part]) -> Change:
    circle.sealed_plan = sealed(vault, circle.id, parts)
    return changed(circle, *redrawn("plan", roles=FOR_FACILITATORS))
