"""Raised hands: who would like to speak, in the order they were raised, under a name chosen for it or given.

A phone has one hand. Its proof, HMAC(token, "hand"), lets that phone find and lower it, and tells nobody else whose
it is. Only those who lead see names and lines; members are told of no hand but their own.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from sessions.circle import doors, raised
from sessions.circle.changes import FOR_FACILITATORS, Change, Said, ShareRefused, redrawn
from sessions.circle.circles import OPEN, Circle, changed
from sessions.circle.members import Member, nobody
from sessions.circle.names import LONGEST_NAME, by_lot
from sessions.circle.raised import Hand
from sessions.circle.receipts import seen_before
from sessions.circle.shares import hold_open
from sessions.circle.vault import Vault
from sessions.database import random_id
from sessions.words import clean_line

LONGEST_LINE = 280
MOST_IN_A_CIRCLE = 200


@dataclass(frozen=True)
class Raised:
    """A hand as those who lead see it, and the phone that raised it. Without a name it is somebody in the room.

    `by_phone` unless it was raised for somebody who has none.
    """

    id: str
    name: str
    line: str
    invited: bool
    by_phone: bool


def raise_hand(db: Session, vault: Vault, member: Member, language: str, line: str, key: str) -> Change | None:
    """Raise this phone's hand, under a name by lot; `line` is for the leader to read out, and may be empty.

    None when it was sent before under this key. A hand that is up stays where it is, and only takes a new line.
    Raises ShareRefused.
    """
    line = _checked_line(line)
    circle = hold_open(db, member.circle_id)
    if seen_before(db, member, key, Said("", "hand", line, ())):
        return None
    if hand := _find(db, member):
        return _kept(vault, circle, hand, line=line) if line else Change(circle.id, circle.version)
    return _add(db, vault, circle, member.hand, by_lot(language, _names(db, vault, circle.id)), line)


def raise_for(db: Session, vault: Vault, circle_id: str, name: str, key: str) -> Change | None:
    """Raise a hand for somebody without a phone; without a name it is somebody in the room. None when sent before.

    Raises ShareRefused.
    """
    name, somebody = _checked_name(name), nobody(circle_id, key)
    circle = hold_open(db, circle_id)
    if seen_before(db, somebody, key, Said("", "hand", name, ())):
        return None
    return _add(db, vault, circle, "", name, "")


def say_for_me(db: Session, vault: Vault, member: Member, line: str) -> Change | None:
    """Change or take out the line to be read out. None if this phone's hand is not up. Raises ShareRefused."""
    line = _checked_line(line)
    circle = hold_open(db, member.circle_id)
    hand = _find(db, member)
    return _kept(vault, circle, hand, line=line) if hand else None


def rename(db: Session, vault: Vault, member: Member, name: str) -> Change | None:
    """Be called so while this hand is up. None if it is not. Raises ShareRefused: unnamed, long.

    A name somebody else typed too is not refused: that would tell whose hand is up.
    """
    name = _checked_name(name)
    if not name:
        raise ShareRefused("unnamed")
    circle = hold_open(db, member.circle_id)
    hand = _find(db, member)
    return _kept(vault, circle, hand, name=name) if hand else None


def another_name(db: Session, vault: Vault, member: Member, language: str) -> Change | None:
    """Be given another name by lot. None if this phone's hand is not up. Raises ShareRefused("closed")."""
    circle = hold_open(db, member.circle_id)
    hand = _find(db, member)
    return _kept(vault, circle, hand, name=by_lot(language, _names(db, vault, circle.id))) if hand else None


def lower(db: Session, member: Member) -> Change | None:
    """Take this phone's hand down: nothing is left of it. None if it was not up. Raises ShareRefused("closed")."""
    circle = hold_open(db, member.circle_id)
    hand = _find(db, member)
    return _remove(db, circle, hand) if hand and not hand.out else None


def invite(db: Session, circle_id: str, hand_id: str) -> Change | None:
    """Give one hand its turn, and take it from any other. None if there is no such hand. Raises ShareRefused."""
    circle = hold_open(db, circle_id)
    hand = db.scalar(_in_circle(circle_id).where(Hand.id == hand_id))
    if hand is None:
        return None
    if hand.invited:
        return Change(circle.id, circle.version)
    for other in db.scalars(_in_circle(circle_id)):
        other.invited = other.id == hand.id
    return _told(circle)


def done(db: Session, circle_id: str, hand_id: str) -> Change | None:
    """They have spoken, or will not: the hand goes. None if there is no such hand. Raises ShareRefused("closed")."""
    circle = hold_open(db, circle_id)
    hand = db.scalar(_in_circle(circle_id).where(Hand.id == hand_id))
    return _remove(db, circle, hand) if hand else None


def step_out(db: Session, vault: Vault, door_key: bytes, circle_id: str, hand_id: str) -> Change | None:
    """Ask the phone that raised this hand to step out, for today: its seat ends, and the code and the link change.

    Its hand is up no more. What it says goes; that it is out is told to that phone alone, when it comes by, and is
    forgotten then. None if there is no such hand, or no phone that raised it. Raises ShareRefused("closed").
    """
    circle = hold_open(db, circle_id)
    hand = db.scalar(_in_circle(circle_id).where(Hand.id == hand_id, Hand.proof != ""))
    if hand is None:
        return None
    hand.out, hand.invited = True, False
    hand.sealed = _sealed(vault, hand, "", "")
    doors.renew(vault, door_key, circle)
    return changed(circle, *redrawn("hands", "doors", roles=FOR_FACILITATORS))


def proof_of(db: Session, circle_id: str, hand_id: str) -> str:
    """The proof of a hand that is up; nothing where there is none."""
    return db.scalar(select(Hand.proof).where(Hand.id == hand_id, Hand.circle_id == circle_id)) or ""


def standing(db: Session, vault: Vault, circle_id: str) -> list[Raised]:
    """The row of hands, in the order they were raised: for those who lead alone."""
    return [_raised(vault, hand) for hand in db.scalars(_in_circle(circle_id).order_by(Hand.place, Hand.id))]


def mine(db: Session, vault: Vault, member: Member) -> Raised | None:
    """This phone's own hand, if it is up and the circle is open."""
    circle, hand = db.get(Circle, member.circle_id), _find(db, member)
    return _raised(vault, hand) if hand and not hand.out and circle and circle.state == OPEN else None


def _checked_line(typed: str) -> str:
    return _not_longer(clean_line(typed), LONGEST_LINE)


def _checked_name(typed: str) -> str:
    return _not_longer(clean_line(typed), LONGEST_NAME)


def _not_longer(text: str, longest: int) -> str:
    if len(text) > longest:
        raise ShareRefused("long", len(text) - longest)
    return text


def _add(db: Session, vault: Vault, circle: Circle, proof: str, name: str, line: str) -> Change:
    if (db.scalar(select(func.count()).select_from(_in_circle(circle.id).subquery())) or 0) >= MOST_IN_A_CIRCLE:
        raise ShareRefused("many")
    last = db.scalar(select(func.max(Hand.place)).where(Hand.circle_id == circle.id)) or 0
    hand = Hand(id=random_id(), circle_id=circle.id, proof=proof, place=last + 1)
    db.add(hand)
    return _kept(vault, circle, hand, name, line)


def _kept(vault: Vault, circle: Circle, hand: Hand, name: str | None = None, line: str | None = None) -> Change:
    """Seal a new name or line, or both; what is not given stays."""
    if name is None or line is None:
        before = _raised(vault, hand)
        name, line = before.name if name is None else name, before.line if line is None else line
        if (name, line) == (before.name, before.line):
            return Change(circle.id, circle.version)
    hand.sealed = _sealed(vault, hand, name, line)
    return _told(circle)


def _sealed(vault: Vault, hand: Hand, name: str, line: str) -> bytes:
    return vault.seal(hand.circle_id, "hand", hand.id, json.dumps([name, line]))


def _remove(db: Session, circle: Circle, hand: Hand) -> Change:
    db.execute(delete(Hand).where(Hand.id == hand.id))
    return _told(circle)


def _told(circle: Circle) -> Change:
    # Members get the new version and nothing else; a phone whose hand is up then reads its own page.
    return changed(circle, *redrawn("hands", roles=FOR_FACILITATORS))


def _raised(vault: Vault, hand: Hand) -> Raised:
    name, line = json.loads(vault.unseal(hand.circle_id, "hand", hand.id, hand.sealed))
    return Raised(hand.id, name, line, hand.invited, by_phone=bool(hand.proof))


def _names(db: Session, vault: Vault, circle_id: str) -> set[str]:
    return {_raised(vault, hand).name for hand in _all(db, circle_id)}


def _find(db: Session, member: Member) -> Hand | None:
    return raised.of_phone(db, member.circle_id, member.hand)


def _all(db: Session, circle_id: str) -> Iterable[Hand]:
    return db.scalars(_in_circle(circle_id))


def _in_circle(circle_id: str) -> Select[Hand]:
    return select(Hand).where(Hand.circle_id == circle_id, ~Hand.out)
