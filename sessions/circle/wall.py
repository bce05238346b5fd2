"""The walls: what stands there for everybody, and what a facilitator can do with it.

What waits is out of reach.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from sessions.circle.changes import (
    CHECK_IN,
    FOR_FACILITATORS,
    FOR_MEMBERS,
    NOTE,
    Change,
    Op,
    Part,
    Said,
    ShareRefused,
    redrawn,
)
from sessions.circle.circles import changed
from sessions.circle.heard import anybody_hears
from sessions.circle.shares import CLEARING, appear, hold_open, is_mixed, remove, said_of, waiting_in
from sessions.circle.vault import Vault
from sessions.circle.vocabulary import own_tags, own_tags_in
from sessions.circle.voices import board_redrawn
from sessions.circle.written import ASIDE, CLEARED, SHOWN, WAITING, Share, in_circle

PARTS: dict[str, Part] = {CHECK_IN: "checkins", NOTE: "notes"}


def show_waiting(db: Session, vault: Vault, circle_id: str) -> Change | None:
    """Show what waits as one shuffled handful, when it is two or more and known not to be all by one phone.

    None when it is not: what waits alone is its writer's to show.
    """
    circle = hold_open(db, circle_id)
    waiting = waiting_in(db, circle.id)
    return appear(db, vault, circle, waiting) if is_mixed(vault, circle.id, waiting) else None


def set_aside(db: Session, vault: Vault, circle_id: str, share_id: str) -> Change | None:
    """Hide a share from members until it is restored. None if it does not stand on the wall."""
    return _move(db, vault, circle_id, share_id, ASIDE)


def restore(db: Session, vault: Vault, circle_id: str, share_id: str) -> Change | None:
    """Put a share that was set aside back in its place. None if there is none."""
    return _move(db, vault, circle_id, share_id, SHOWN)


def wipe(db: Session, circle_id: str, share_id: str) -> Change | None:
    """Delete a share from the wall at once, for good. None if there is none."""
    circle = hold_open(db, circle_id)
    share = on_the_wall(db, circle.id, share_id)
    return remove(db, circle, share) if share else None


def clear(db: Session, vault: Vault, circle_id: str, kind: str) -> Change:
    """Clear the wall of one kind: what stands on it is hidden from everybody until it is put back.

    What was set aside stays so, and whoever wrote something can still take it back. Raises ShareRefused: closed, kind.
    """
    return _move_all(db, vault, circle_id, kind, SHOWN, CLEARED)


def put_back(db: Session, vault: Vault, circle_id: str, kind: str) -> Change:
    """Put back what was cleared from the wall of one kind, each in its place. Raises ShareRefused: closed, kind."""
    return _move_all(db, vault, circle_id, kind, CLEARED, SHOWN)


def cleared(db: Session, circle_id: str) -> set[str]:
    """The kinds of shares of which some were cleared from their wall."""
    return set(db.scalars(select(Share.kind).where(Share.circle_id == circle_id, Share.state == CLEARED).distinct()))


def standing(db: Session, vault: Vault, circle_id: str, aside_too: bool) -> list[Said]:
    """What stands on the walls, in the order of its places; what is set aside only when asked for."""
    states = (SHOWN, ASIDE) if aside_too else (SHOWN,)
    rows = db.scalars(select(Share).where(Share.circle_id == circle_id, Share.state.in_(states)).order_by(Share.place))
    heard, own = anybody_hears(db, circle_id), own_tags_in(db, vault, circle_id)
    return [said_of(vault, row, own, row.id in heard) for row in rows]


def _move(db: Session, vault: Vault, circle_id: str, share_id: str, state: str) -> Change | None:
    circle = hold_open(db, circle_id)
    share = on_the_wall(db, circle.id, share_id)
    if share is None or share.state == CLEARED:
        return None
    if share.state == state:
        return Change(circle.id, circle.version)
    share.state = state
    db.flush()
    said = said_of(vault, share, own_tags(vault, circle), share.id in anybody_hears(db, circle.id))
    # Members' screens draw the wall anew, so that what comes back stands where it stood.
    for_members = (Op("remove", said, FOR_MEMBERS),) if said.aside else redrawn(PARTS[said.kind], roles=FOR_MEMBERS)
    return changed(circle, *for_members, Op("replace", said, FOR_FACILITATORS), *board_redrawn(vault, circle))


def _move_all(db: Session, vault: Vault, circle_id: str, kind: str, state: str, to: str) -> Change:
    circle = hold_open(db, circle_id)
    if kind not in PARTS:
        raise ShareRefused("kind")
    moved = list(db.scalars(in_circle(circle_id).where(Share.kind == kind, Share.state == state)))
    if not moved:
        return Change(circle.id, circle.version)
    for share in moved:
        share.state = to
    db.flush()
    told = redrawn(PARTS[kind]) + redrawn(CLEARING[kind], roles=FOR_FACILITATORS)
    return changed(circle, *told, *board_redrawn(vault, circle))


def on_the_wall(db: Session, circle_id: str, share_id: str) -> Share | None:
    """A share of this circle that has appeared, in view or not."""
    return db.scalar(in_circle(circle_id).where(Share.id == share_id, Share.state != WAITING))
