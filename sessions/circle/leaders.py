"""Leading together: who comes to lead a circle along, who takes it over, and what everybody in it is told of them.

One account leads first: who opened the circle, or whom it was handed to. Others lead along, on a code read aloud. They
may do all that goes on in the circle; inviting others and handing it over stay with the first, so that there is one
person who knows who can read along. Nothing of this goes by itself, and none of it is written into the log.
"""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sessions import one_use
from sessions.accounts import Account
from sessions.circle.changes import Change, redrawn
from sessions.circle.circles import ERASING, OPEN, Circle, CoLeader, changed, hold
from sessions.permissions import FACILITATOR

ALONG = "lead along"
"""The purpose of a one-use code that lets a colleague lead along."""
MOST_ALONG = 3


class LeadRefused(Exception):
    """Somebody can't lead, or can't be asked to.

    `reason` is one of: code (it opens nothing), unwritten (what they must report), many, first (only who leads first
    may), closed.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Leader:
    """Somebody who leads, as members are told of them. `came_later` if that was after the doors were opened."""

    account_id: str
    name: str
    paid_by: str
    must_report: str
    first: bool
    came_later: bool


def standing(db: Session, circle: Circle) -> list[Leader]:
    """Who leads this circle now: who leads first, then the others by name. An account that is off leads nothing."""
    along = set(_along(db, circle.id))
    who = select(Account).where(Account.id.in_({circle.account_id, *along}))
    leaders = [
        Leader(one.id, one.name, one.paid_by, one.must_report, one.id == circle.account_id, one.id in along)
        for one in db.scalars(who.where(~Account.disabled, Account.role == FACILITATOR))
    ]
    return sorted(leaders, key=lambda one: (not one.first, one.name, one.account_id))


def invite(db: Session, key: bytes, by: str, circle_id: str, now: float | None = None) -> str:
    """A one-use code for a colleague of `by`, an account, to lead this circle along. Raises LeadRefused."""
    circle = _hold_as_first(db, by, circle_id)
    _room_for_one_more(db, circle)
    return one_use.hand_out(db, key, ALONG, circle.id, now)


def meant(db: Session, key: bytes, typed: str, now: float | None = None) -> str | None:
    """The circle that a code lets somebody lead, which is not used up by asking. None if it opens nothing."""
    circle_id = one_use.about(db, key, ALONG, typed, now)
    circle = db.get(Circle, circle_id) if circle_id else None
    return circle.id if circle and circle.state == OPEN else None


def lead_along(db: Session, key: bytes, account_id: str, typed: str, now: float | None = None) -> Change:
    """Let this account lead the circle that a code is for. A refused code is not used up. Raises LeadRefused.

    Members were told of the first leader at the door, so nobody comes of whom there is nothing to tell.
    """
    account = db.scalar(select(Account).where(Account.id == account_id).with_for_update())
    if account is None or account.disabled or account.role != FACILITATOR:
        raise LeadRefused("code")
    circle_id = one_use.use(db, key, ALONG, typed, now)
    circle = hold(db, circle_id) if circle_id else None
    if circle is None or circle.state != OPEN:
        raise LeadRefused("code")
    if account_id == circle.account_id or account_id in _along(db, circle.id):
        return Change(circle.id, circle.version)
    if not account.must_report:
        raise LeadRefused("unwritten")
    _room_for_one_more(db, circle)
    db.add(CoLeader(circle_id=circle.id, account_id=account_id))
    return _told(circle)


def end(db: Session, by: str, circle_id: str, account_id: str) -> Change | None:
    """End the part of who leads along: `by` themselves, or by who leads first. None if there is no such part.

    Raises LeadRefused("first").
    """
    circle = hold(db, circle_id)
    row = db.get(CoLeader, (circle_id, account_id))
    if circle is None or circle.state == ERASING or row is None or account_id == circle.account_id:
        return None
    if by not in (circle.account_id, account_id):
        raise LeadRefused("first")
    db.delete(row)
    return _told(circle)


def hand_over(db: Session, by: str, circle_id: str, account_id: str) -> Change | None:
    """Let somebody who leads along lead first; `by`, who did, leads along. None if there is no such colleague.

    Raises LeadRefused: first, closed.
    """
    circle = _hold_as_first(db, by, circle_id)
    if account_id == by or account_id not in _along(db, circle_id):
        return None
    # Whoever has a row came later than the doors: the new first leader keeps theirs, and so members stay told of them.
    if by not in _along(db, circle_id):
        db.add(CoLeader(circle_id=circle_id, account_id=by))
    circle.account_id = account_id
    return _told(circle)


def _hold_as_first(db: Session, by: str, circle_id: str) -> Circle:
    circle = hold(db, circle_id)
    if circle is None or circle.state != OPEN:
        raise LeadRefused("closed")
    if circle.account_id != by:
        raise LeadRefused("first")
    return circle


def _room_for_one_more(db: Session, circle: Circle) -> None:
    along = select(func.count()).where(CoLeader.circle_id == circle.id, CoLeader.account_id != circle.account_id)
    if (db.scalar(along) or 0) >= MOST_ALONG:
        raise LeadRefused("many")


def _along(db: Session, circle_id: str) -> list[str]:
    return list(db.scalars(select(CoLeader.account_id).where(CoLeader.circle_id == circle_id)))


def _told(circle: Circle) -> Change:
    return changed(circle, *redrawn("leaders"))
