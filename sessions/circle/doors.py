"""The doors of a circle: opening them, and the code and the link that lead in.

Both are kept as keyed hashes to be found by, and sealed to be shown on the console.
"""

import json
import re
import secrets
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from sessions import audit, own_plans, own_rules
from sessions.circle import plan, rules
from sessions.circle.changes import FOR_FACILITATORS, Change, redrawn
from sessions.circle.circles import AT_ONCE, HANDFULS, LONGEST_TITLE, OPEN, Circle, CircleRefused, changed, hold
from sessions.circle.lock import kept_pin
from sessions.circle.typed import as_dialled, keyed_hash
from sessions.circle.vault import Vault
from sessions.circle.vocabulary import sealed_tags
from sessions.database import random_id
from sessions.own_rules import KeptRule
from sessions.plan_sheet import planned_length
from sessions.schedule import building_rules, buildings, own_tags
from sessions.words import clean_line

LINK_BYTES = 24
LINK = re.compile(r"[A-Za-z0-9_-]{32}")
"""What the token in a QR looks like: as long as its bytes make it."""


class Door(NamedTuple):
    """What is written on the door of a circle: its title, the code to type, and the token in the QR."""

    title: str
    code: str
    link: str


def open_now(
    db: Session,
    vault: Vault,
    door_key: bytes,
    account_id: str,
    title: str,
    plan_key: str,
    appear: str = HANDFULS,
    pin: str = "",
    kept_rules: bool = False,
    rules_of_group: Sequence[KeptRule] = (),
    practice: bool = False,
    building_id: str | None = None,
    series_id: str | None = None,
) -> Circle:
    """Open the doors of a new circle with a shipped plan, by its key, or one of this account's own, by its id.

    It is led by this account. It begins with the ground rules its group kept; else, if `kept_rules`, with those this
    account kept; else with those of its building, or the product's. The building's own tags are there beside ours.
    `pin` uncovers its console; without one the leader's passphrase alone does. `practice`: its members are made up,
    and all are told so. `building_id`, `series_id`: where it meets, and of which group, where that is known.
    Raises CircleRefused: title, plan, appear, building, pin, easy.
    """
    title = clean_line(title)
    if not 1 <= len(title) <= LONGEST_TITLE:
        raise CircleRefused("title")
    parts = own_plans.chosen(db, account_id, plan_key)
    if parts is None:
        raise CircleRefused("plan")
    if appear not in (HANDFULS, AT_ONCE):
        raise CircleRefused("appear")
    if building_id is not None and buildings.find(db, building_id) is None:
        raise CircleRefused("building")
    circle_id, door = random_id(), _new_door(title)
    pin_hash = kept_pin(door_key, circle_id, pin)
    own = own_tags.tags_in(db, building_id) if building_id else []
    vault.make(circle_id)
    circle = Circle(
        id=circle_id,
        account_id=account_id,
        minutes=planned_length(parts),
        appear=appear,
        code_hash=keyed_hash(door_key, door.code),
        link_hash=keyed_hash(door_key, door.link),
        sealed_door=_sealed(vault, circle_id, door),
        pin=pin_hash,
        sealed_plan=plan.sealed(vault, circle_id, parts),
        sealed_tags=sealed_tags(vault, circle_id, own),
        practice=practice,
        building_id=building_id,
        series_id=series_id,
    )
    db.add(circle)
    db.flush()
    kept = rules_of_group or (own_rules.kept_by(db, account_id) if kept_rules else [])
    rules.start(db, vault, circle_id, kept or (building_rules.of(db, building_id) if building_id else []))
    audit.note(db, "opened", account_id)
    return circle


def find(db: Session, door_key: bytes, typed: str) -> Circle | None:
    """The circle whose code or link this is, if its doors are open. Whatever is typed, the same work is done."""
    word = as_dialled(typed)
    looked_for = keyed_hash(door_key, word)
    return db.scalar(
        select(Circle).where(
            (Circle.code_hash == looked_for) | (Circle.link_hash == looked_for),
            Circle.state == OPEN,
            Circle.shut.is_(False),
        )
    )


def set_shut(db: Session, circle_id: str, shut: bool) -> Change | None:
    """Close the doors of an open circle, or open them again. Who is in stays in. None if that is how it was."""
    circle = hold(db, circle_id)
    if circle is None or circle.state != OPEN or circle.shut == shut:
        return None
    circle.shut = shut
    return changed(circle, *redrawn("doors", roles=FOR_FACILITATORS))


def change_code(db: Session, vault: Vault, door_key: bytes, circle_id: str) -> Change | None:
    """A new code and a new link; the old ones lead nowhere from now on. None if the circle is not open."""
    circle = hold(db, circle_id)
    if circle is None or circle.state != OPEN:
        return None
    renew(vault, door_key, circle)
    return changed(circle, *redrawn("doors", roles=FOR_FACILITATORS))


def renew(vault: Vault, door_key: bytes, circle: Circle) -> None:
    """Give a circle that is held a new code and a new link."""
    door = _new_door(sign(vault, circle).title)
    circle.code_hash, circle.link_hash = keyed_hash(door_key, door.code), keyed_hash(door_key, door.link)
    circle.sealed_door = _sealed(vault, circle.id, door)


def is_link(typed: str) -> bool:
    """Whether this looks like the token of a QR, which nobody types or guesses; never a number, however long."""
    word = as_dialled(typed)
    return bool(LINK.fullmatch(word)) and not word.isdecimal()


def sign(vault: Vault, circle: Circle) -> Door:
    """The circle's title, code and link token, for its console. Raises KeyGone."""
    return Door(*json.loads(vault.unseal(circle.id, "door", circle.id, circle.sealed_door)))


def _new_door(title: str) -> Door:
    return Door(title, new_code(), secrets.token_urlsafe(LINK_BYTES))


def _sealed(vault: Vault, circle_id: str, door: Door) -> bytes:
    return vault.seal(circle_id, "door", circle_id, json.dumps(door))


def new_code() -> str:
    """Nine digits that do not start with a zero, so that nobody wonders whether to type it."""
    return str(secrets.randbelow(900_000_000) + 100_000_000)
