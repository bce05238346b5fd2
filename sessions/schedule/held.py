"""What outlives a circle: how long it was, and the heads, cards and supplies its leader types in. Nobody's words.

Nothing here knows a circle. What is told is told afterwards, by hand, under the number of its form.
"""

import json
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ForeignKey, Select, String, Text, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.accounts import Account
from sessions.database import Base
from sessions.library import cards as shipped_cards
from sessions.schedule.buildings import Building
from sessions.schedule.series import Series
from sessions.schedule.supplies import LONGEST_NAME
from sessions.tokens import token_hash
from sessions.words import clean_line

LONGEST_LINE = 280
MOST_MINUTES, MOST_HEADS, MOST_OF_ONE = 600, 999, 9999

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_ID_LETTERS = 20


class HeldRefused(Exception):
    """What was told of a circle can't be kept.

    `field` is what to mend: key, minutes, heads, cards, supplies (`name` says which), or line (`over` counts code
    points).
    """

    def __init__(self, field: str, name: str = "", over: int = 0) -> None:
        super().__init__(field)
        self.field, self.name, self.over = field, name, over


class Held(Base):
    """One circle that was held, as its leader told it afterwards. Nothing leads from here to the circle itself.

    `id` is a hash of the form's key, so that a form sent twice is kept once. `cards` and `supplies` are JSON. Where its
    building is known, `day` is the one it was there.
    """

    __tablename__ = "held"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    day: Mapped[str] = mapped_column(String(10))
    minutes: Mapped[int]
    heads: Mapped[int]
    cards: Mapped[str] = mapped_column(Text)
    supplies: Mapped[str] = mapped_column(Text)
    line: Mapped[str] = mapped_column(String(280))
    building_id: Mapped[str | None] = mapped_column(
        ForeignKey("buildings.id", ondelete="SET NULL"), default=None, index=True
    )
    series_id: Mapped[str | None] = mapped_column(ForeignKey("series.id", ondelete="SET NULL"), default=None)


@dataclass(frozen=True)
class Typed:
    """The form as it was typed. Everything but `heads` may be left empty; `supplies` are pairs of name and number."""

    key: str
    heads: str
    minutes: str = ""
    cards: Sequence[str] = ()
    supplies: Sequence[tuple[str, str]] = ()
    line: str = ""


@dataclass(frozen=True)
class Place:
    """Of what heads are told: a building, the group if that is known, and which day it was there.

    Nothing is told of a place that a form made up: whoever hands one over has seen to that (`told_of`).
    """

    building_id: str
    day: date
    series_id: str | None = None


@dataclass(frozen=True)
class Told:
    """One circle as its leader told it. `minutes` is 0 where nothing was said of them."""

    id: str
    day: date
    minutes: int
    heads: int
    cards: tuple[str, ...]
    supplies: tuple[tuple[str, int], ...]
    line: str
    building_id: str | None = None
    series_id: str | None = None


def tell(db: Session, account_id: str, typed: Typed, day: date | None = None, place: Place | None = None) -> None:
    """Keep what was typed, under the day of its place, or today's. The same form sent again says what it says now.

    Raises HeldRefused.
    """
    if not _UUID.fullmatch(typed.key):
        raise HeldRefused("key")
    line, known = clean_line(typed.line), shipped_cards("en")
    kept = {
        "minutes": _number(typed.minutes, "minutes", 1, MOST_MINUTES) if typed.minutes.strip() else 0,
        "heads": _number(typed.heads, "heads", 0, MOST_HEADS),
        "cards": json.dumps([key for key in known if key in typed.cards]),
        "supplies": json.dumps(_handed_out(typed.supplies)),
        "line": line,
    }
    if not known.keys() >= set(typed.cards):
        raise HeldRefused("cards")
    if len(line) > LONGEST_LINE:
        raise HeldRefused("line", over=len(line) - LONGEST_LINE)
    # One after the other: five of the same form at once are one.
    db.execute(select(Account.id).where(Account.id == account_id).with_for_update())
    held_id = token_hash(f"held {account_id} {uuid.UUID(typed.key)}")[:_ID_LETTERS]
    before = db.get(Held, held_id)
    where = _where(db, place, day or date.today(), before.day if before else "")
    db.merge(Held(id=held_id, account_id=account_id, **where, **kept))


def told_by(db: Session, account_id: str) -> list[Told]:
    """What this account told, the last day first."""
    return [_told(row) for row in db.scalars(_of(account_id).order_by(Held.day.desc(), Held.id))]


def last_lines(db: Session, account_id: str) -> list[str]:
    """The lines about the plan of the last day on which this account left any."""
    told = [one for one in told_by(db, account_id) if one.line]
    return [one.line for one in told if one.day == told[0].day]


def forget(db: Session, account_id: str, held_id: str) -> bool:
    """Delete one of this account's own. False if there is none."""
    row = db.scalar(_of(account_id).where(Held.id == held_id))
    if row is None:
        return False
    db.execute(delete(Held).where(Held.id == row.id))
    return True


def keep_totals(db: Session, account_id: str) -> None:
    """Before an account is removed: what it told stays, by nobody, and without the lines it wrote for next time."""
    db.execute(update(Held).where(Held.account_id == account_id).values(account_id=None, line=""))


def _number(typed: str, field: str, least: int, most: int, name: str = "") -> int:
    typed = typed.strip()
    if not (typed.isdecimal() and len(typed) <= len(str(most)) and least <= int(typed) <= most):
        raise HeldRefused(field, name)
    return int(typed)


def _handed_out(supplies: Sequence[tuple[str, str]]) -> list[tuple[str, int]]:
    named = [(clean_line(name), typed) for name, typed in supplies if typed.strip()]
    if any(not name or len(name) > LONGEST_NAME for name, _ in named):
        raise HeldRefused("supplies")
    numbers = {name: _number(typed, "supplies", 0, MOST_OF_ONE, name) for name, typed in named}
    return [(name, number) for name, number in numbers.items() if number]


def _where(db: Session, place: Place | None, today: date, told_before: str) -> dict[str, str | None]:
    """The columns for a place, if it is still there. A form that is sent again keeps its day, but for another date."""
    if place is None or db.get(Building, place.building_id) is None:
        return {"building_id": None, "series_id": None, "day": told_before or today.isoformat()}
    series_id = place.series_id if place.series_id and db.get(Series, place.series_id) else None
    day = place.day.isoformat() if series_id else told_before or place.day.isoformat()
    return {"building_id": place.building_id, "series_id": series_id, "day": day}


def _told(row: Held) -> Told:
    supplies = tuple((name, number) for name, number in json.loads(row.supplies))
    cards = tuple(json.loads(row.cards))
    told = Told(row.id, date.fromisoformat(row.day), row.minutes, row.heads, cards, supplies, row.line)
    return replace(told, building_id=row.building_id, series_id=row.series_id)


def _of(account_id: str) -> Select[Held]:
    return select(Held).where(Held.account_id == account_id)
