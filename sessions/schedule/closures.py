"""From when to when a building is closed. It touches every gathering in it, and all are as before when it is undone."""

from datetime import date

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.database import Base, random_id
from sessions.schedule import buildings
from sessions.schedule.buildings import LONGEST_NOTE, hold, read_line
from sessions.schedule.clock import ScheduleRefused, read_day

MOST_DAYS, MOST_CLOSURES = 366, 500


class Closure(Base):
    """A building is closed on these days, the first and the last included."""

    __tablename__ = "closures"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    first: Mapped[str] = mapped_column(String(10))
    last: Mapped[str] = mapped_column(String(10))
    note: Mapped[str] = mapped_column(String(200), default="")


def close(db: Session, actor: str, building_id: str, first: str, last: str, note: str = "") -> Closure | None:
    """Close a building from one day to another; None if there is none. Raises ScheduleRefused: none, early, year, many.

    An empty `last` is the first day.
    """
    hold(db)
    building = buildings.find(db, building_id)
    if building is None:
        return None
    begins = read_day(first, "first")
    ends = read_day(last, "last") if last.strip() else begins
    if ends < begins:
        raise ScheduleRefused("last", "early")
    if (ends - begins).days >= MOST_DAYS:
        raise ScheduleRefused("last", "year")
    held = db.scalar(select(func.count()).select_from(Closure).where(Closure.building_id == building_id)) or 0
    if held >= MOST_CLOSURES:
        raise ScheduleRefused("first", "many")
    line = read_line(note, "note", LONGEST_NOTE, needed=False)
    closure = Closure(building_id=building_id, first=begins.isoformat(), last=ends.isoformat(), note=line)
    db.add(closure)
    building.sequence += 1
    db.flush()
    audit.note(db, "building-closed", actor, detail=closure.first)
    return closure


def undo(db: Session, actor: str, building_id: str, closure_id: str) -> bool:
    """Take a closure back. False if that building has no such one."""
    hold(db)
    closure, building = db.get(Closure, closure_id), buildings.find(db, building_id)
    if closure is None or building is None or closure.building_id != building_id:
        return False
    building.sequence += 1
    audit.note(db, "building-opened", actor, detail=closure.first)
    db.delete(closure)
    return True


def between(db: Session, first: date, last: date, building_id: str = "") -> list[Closure]:
    """What is closed on any of these days, of one building or of all; the soonest first."""
    which = select(Closure).where(Closure.first <= last.isoformat(), Closure.last >= first.isoformat())
    if building_id:
        which = which.where(Closure.building_id == building_id)
    return sorted(db.scalars(which), key=lambda closure: (closure.first, closure.last, closure.id))
