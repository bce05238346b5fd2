"""What a building says of its numbers: which of our lines it shows, numbers of its own, and who called them when."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ForeignKey, String, false, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.database import Base, random_id
from sessions.library import help_page
from sessions.schedule import buildings
from sessions.schedule.buildings import hold, read_line
from sessions.schedule.clock import ScheduleRefused, wall

LONGEST_NAME, LONGEST_NUMBER, LONGEST_TOLD, LONGEST_NOTE = 80, 40, 120, 280
MOST_OWN = 20
EMERGENCY = "911"
"""The line that nobody calls only to try it."""

_NUMBER = re.compile(r"\+?[0-9 ().\-/]+")


class Number(Base):
    """One line that helps, as a building has it. `line` is the key of a shipped one, or empty for one of its own."""

    __tablename__ = "numbers"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    line: Mapped[str] = mapped_column(String(40), default="")
    name: Mapped[str] = mapped_column(String(80), default="")
    number: Mapped[str] = mapped_column(String(40), default="")
    hours: Mapped[str] = mapped_column(String(120), default="")
    languages: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(280), default="")
    off: Mapped[bool] = mapped_column(default=False, server_default=false())
    checked_on: Mapped[str | None] = mapped_column(String(10), default=None)
    checked_by: Mapped[str] = mapped_column(String(12), default="")


@dataclass(frozen=True)
class NumberWords:
    """A number of a building's own, as somebody typed it. `note` is what happens when one calls."""

    name: str
    number: str
    hours: str = ""
    languages: str = ""
    note: str = ""


def of(db: Session, building_id: str) -> tuple[Number, ...]:
    """What a building has said of its numbers."""
    return tuple(db.scalars(select(Number).where(Number.building_id == building_id)))


def add(db: Session, actor: str, building_id: str, words: NumberWords) -> Number | None:
    """Write down a number of a building's own; None if there is no such building.

    Raises ScheduleRefused: empty, long, none (no phone can call that), many.
    """
    hold(db)
    if buildings.find(db, building_id) is None:
        return None
    if sum(not row.line for row in of(db, building_id)) >= MOST_OWN:
        raise ScheduleRefused("name", "many")
    row = Number(building_id=building_id, **_read(words))
    db.add(row)
    db.flush()
    audit.note(db, "numbers-changed", actor)
    return row


def change(db: Session, actor: str, building_id: str, number_id: str, words: NumberWords) -> Number | None:
    """Write it anew; None if that building has no such one of its own. Another number is not checked yet.

    Raises ScheduleRefused: empty, long, none.
    """
    hold(db)
    row = _find_own(db, building_id, number_id)
    if row is None:
        return None
    read = _read(words)
    if dialled(read["number"]) != dialled(row.number):
        row.checked_on, row.checked_by = None, ""
    for name, value in read.items():
        setattr(row, name, value)
    audit.note(db, "numbers-changed", actor)
    return row


def take_off(db: Session, actor: str, building_id: str, number_id: str) -> bool:
    """Delete a number of a building's own. False if it has no such one."""
    hold(db)
    row = _find_own(db, building_id, number_id)
    if row is None:
        return False
    db.delete(row)
    audit.note(db, "numbers-changed", actor)
    return True


def check(db: Session, actor: str, building_id: str, key: str, role: str, now: datetime) -> Number | None:
    """Somebody with this role called a line today, and it works. None if there is no such building.

    Raises ScheduleRefused: list (it has no such line, or nobody calls that one to try it).
    """
    hold(db)
    building = buildings.find(db, building_id)
    if building is None:
        return None
    row = _row(db, building_id, key if key != EMERGENCY else "")
    row.checked_on, row.checked_by = wall(building.zone, now).date().isoformat(), role
    db.add(row)
    audit.note(db, "number-checked", actor)
    return row


def uncheck(db: Session, actor: str, building_id: str, key: str) -> Number | None:
    """It was not called after all. None if there is no such building. Raises ScheduleRefused: list."""
    hold(db)
    if buildings.find(db, building_id) is None:
        return None
    row = _row(db, building_id, key)
    if row.checked_on:
        row.checked_on, row.checked_by = None, ""
        audit.note(db, "numbers-changed", actor)
    return row


def switch(db: Session, actor: str, building_id: str, key: str, on: bool) -> Number | None:
    """Show one of our lines in a building, or do not. None if there is no such building.

    Raises ScheduleRefused: list (there is no such line of ours, or it is always on).
    """
    hold(db)
    if buildings.find(db, building_id) is None:
        return None
    if key not in {one.key for one in help_page("en").numbers if not one.always}:
        raise ScheduleRefused("line", "list")
    row = _row(db, building_id, key)
    row.off = not on
    db.add(row)
    audit.note(db, "numbers-changed", actor)
    return row


def dialled(number: str) -> str:
    """A number as a phone dials it: digits, with a plus before them if there is one."""
    return ("+" if number.startswith("+") else "") + "".join(re.findall("[0-9]", number))


def read_phone(typed: str, field: str = "number", needed: bool = True) -> str:
    """A number that a phone can call, as it was typed. Raises ScheduleRefused: empty, long, none."""
    number = read_line(typed, field, LONGEST_NUMBER, needed)
    if number and (not _NUMBER.fullmatch(number) or not 3 <= len(re.findall("[0-9]", number)) <= 15):
        raise ScheduleRefused(field, "none")
    return number


def _row(db: Session, building_id: str, key: str) -> Number:
    """The row of a line of this building: its own, or that of one of ours, which may be a new row. Raises list."""
    if key in {one.key for one in help_page("en").numbers}:
        which = select(Number).where(Number.building_id == building_id, Number.line == key)
        return db.scalar(which) or Number(building_id=building_id, line=key)
    own = _find_own(db, building_id, key)
    if own is None:
        raise ScheduleRefused("line", "list")
    return own


def _find_own(db: Session, building_id: str, number_id: str) -> Number | None:
    row = db.get(Number, number_id)
    return row if row and row.building_id == building_id and not row.line else None


def _read(words: NumberWords) -> dict[str, str]:
    return {
        "name": read_line(words.name, "name", LONGEST_NAME),
        "number": read_phone(words.number),
        "hours": read_line(words.hours, "hours", LONGEST_TOLD, needed=False),
        "languages": read_line(words.languages, "languages", LONGEST_TOLD, needed=False),
        "note": read_line(words.note, "note", LONGEST_NOTE, needed=False),
    }
