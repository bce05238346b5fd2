"""Cards that a building writes itself, in the form of ours."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.database import Base, random_id
from sessions.library import FEWEST_LINES, LANGUAGES, MOST_LINES, MOVES, Card, CardLine, Source
from sessions.library.cards import CHECKED_FOR
from sessions.schedule import buildings
from sessions.schedule.buildings import Building, hold, read_line
from sessions.schedule.clock import ScheduleRefused, wall

LONGEST_TITLE, LONGEST_LINE, LONGEST_SOURCE = 80, 160, 300
MOST_OWN = 30
AFTER_OURS = 1000


class OwnCard(Base):
    """One card of a building's own, in one language. `lines` is JSON: each line's text and what it moves.

    `looked_at` is the day on which staff last said that it is right.
    """

    __tablename__ = "own_cards"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    language: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(80))
    lines: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(300), default="")
    off: Mapped[bool] = mapped_column(default=False, server_default=false())
    looked_at: Mapped[str] = mapped_column(String(10))


@dataclass(frozen=True)
class CardTyped:
    """A card as somebody typed it. `lines` are all the boxes there were: what each says, and what was ticked there."""

    title: str
    lines: Sequence[tuple[str, Sequence[str]]]
    source: str = ""
    language: str = "en"


def of(db: Session, building_id: str) -> list[OwnCard]:
    """The cards of a building's own, by their titles; those that are off, too."""
    rows = db.scalars(select(OwnCard).where(OwnCard.building_id == building_id))
    return sorted(rows, key=lambda row: (row.title.casefold(), row.id))


def find(db: Session, building_id: str, card_id: str) -> OwnCard | None:
    """The card with this id, if it is that building's."""
    row = db.get(OwnCard, card_id)
    return row if row and row.building_id == building_id else None


def as_card(row: OwnCard) -> Card:
    """It as a card like ours, after all of ours. Half a year after staff looked at it, it is stale."""
    looked_at = date.fromisoformat(row.looked_at)
    return Card(
        key=row.id,
        place=AFTER_OURS,
        title=row.title,
        lines=tuple(CardLine(text, tuple(moves)) for text, moves in json.loads(row.lines)),
        sources=(Source(row.source, None),) if row.source else (),
        reviewed_by=None,
        reviewed_on=None,
        review_by=looked_at + CHECKED_FOR,
        local=None,
        language=row.language,
        own=True,
    )


def draft(building: Building, typed: CardTyped, now: datetime) -> Card:
    """What was typed, as the card it would be. Nothing is kept.

    Raises ScheduleRefused: empty, long, few (lines), list.
    """
    return as_card(OwnCard(id="", building_id=building.id, looked_at=_today(building, now), **_read(typed)))


def add(db: Session, actor: str, building_id: str, typed: CardTyped, now: datetime) -> OwnCard | None:
    """Keep a card of a building's own; None if there is no such building.

    Raises ScheduleRefused: empty, long, few, list, many.
    """
    hold(db)
    building = buildings.find(db, building_id)
    if building is None:
        return None
    if len(of(db, building_id)) >= MOST_OWN:
        raise ScheduleRefused("title", "many")
    row = OwnCard(building_id=building_id, looked_at=_today(building, now), **_read(typed))
    db.add(row)
    db.flush()
    audit.note(db, "cards-changed", actor)
    return row


def change(db: Session, actor: str, building_id: str, card_id: str, typed: CardTyped, now: datetime) -> OwnCard | None:
    """Write it anew, which is to say that it is right; None if that building has no such card.

    Raises ScheduleRefused: empty, long, few, list.
    """
    row = _held(db, building_id, card_id, now)
    if row is None:
        return None
    for name, value in _read(typed).items():
        setattr(row, name, value)
    audit.note(db, "cards-changed", actor)
    return row


def still_right(db: Session, actor: str, building_id: str, card_id: str, now: datetime) -> OwnCard | None:
    """Staff looked at it today, and it is right; None if that building has no such card."""
    row = _held(db, building_id, card_id, now)
    if row is not None:
        audit.note(db, "cards-changed", actor)
    return row


def switch(db: Session, actor: str, building_id: str, card_id: str, on: bool) -> OwnCard | None:
    """Show it, or do not; None if that building has no such card."""
    hold(db)
    row = find(db, building_id, card_id)
    if row is not None:
        row.off = not on
        audit.note(db, "cards-changed", actor)
    return row


def delete(db: Session, actor: str, building_id: str, card_id: str) -> bool:
    """Delete it. False if that building has no such card."""
    hold(db)
    row = find(db, building_id, card_id)
    if row is None:
        return False
    db.delete(row)
    audit.note(db, "cards-changed", actor)
    return True


def _held(db: Session, building_id: str, card_id: str, now: datetime) -> OwnCard | None:
    """The card, looked at today."""
    hold(db)
    row, building = find(db, building_id, card_id), buildings.find(db, building_id)
    if row is not None and building is not None:
        row.looked_at = _today(building, now)
    return row


def _today(building: Building, now: datetime) -> str:
    return wall(building.zone, now).date().isoformat()


def _read(typed: CardTyped) -> dict[str, str]:
    title = read_line(typed.title, "title", LONGEST_TITLE)
    lines = []
    for number, (text, moves) in enumerate(typed.lines, 1):
        said = read_line(text, f"line_{number}", LONGEST_LINE, needed=False)
        if not {*MOVES} >= {*moves}:
            raise ScheduleRefused(f"line_{number}", "list")
        if said:
            lines.append((said, [one for one in MOVES if one in moves]))
    if len(lines) < FEWEST_LINES:
        raise ScheduleRefused("lines", "few")
    if len(lines) > MOST_LINES:
        raise ScheduleRefused("lines", "many")
    if typed.language not in LANGUAGES:
        raise ScheduleRefused("language", "list")
    return {
        "title": title,
        "lines": json.dumps(lines),
        "source": read_line(typed.source, "source", LONGEST_SOURCE, needed=False),
        "language": typed.language,
    }
