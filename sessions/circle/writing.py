"""How writing goes on in a circle: paused or not, and whether shares go up in handfuls or at once."""

from sqlalchemy.orm import Session

from sessions.circle.changes import FOR_FACILITATORS, FOR_MEMBERS, Change, Op, redrawn
from sessions.circle.circles import AT_ONCE, HANDFULS, changed
from sessions.circle.shares import appear, hold_open, is_mixed, waiting_in
from sessions.circle.vault import Vault


def set_paused(db: Session, circle_id: str, paused: bool) -> Change | None:
    """Pause writing for everybody, or let it go on. None if that is how it was. Raises ShareRefused("closed")."""
    circle = hold_open(db, circle_id)
    if circle.paused == paused:
        return None
    circle.paused = paused
    return changed(circle, *_told())


def set_appear(db: Session, vault: Vault, circle_id: str, appear_now: str) -> Change | None:
    """Let shares go up at once from now on, or in handfuls. What waits goes up together; None if nothing changes.

    What one phone alone has waiting is still its writer's to show, or goes up with the next of somebody else. Raises
    ShareRefused("closed").
    """
    circle = hold_open(db, circle_id)
    if appear_now not in (HANDFULS, AT_ONCE) or circle.appear == appear_now:
        return None
    circle.appear = appear_now
    waiting = waiting_in(db, circle.id)
    if appear_now == AT_ONCE and is_mixed(vault, circle.id, waiting):
        return appear(db, vault, circle, waiting, *_told())
    return changed(circle, *_told())


def _told() -> tuple[Op, ...]:
    return redrawn("box-check-in", "box-note", roles=FOR_MEMBERS) + redrawn("writing", roles=FOR_FACILITATORS)
