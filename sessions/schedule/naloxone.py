"""Where naloxone is in a building, and until when it is good. Nothing stands here that nobody typed in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.database import Base, random_id
from sessions.schedule import buildings
from sessions.schedule.buildings import hold, read_line
from sessions.schedule.clock import ScheduleRefused, read_day

LONGEST_PLACE = 200
MOST_SPOTS = 20
SOON = timedelta(days=30)
"""How long before its day it is time to get new naloxone."""


class NaloxoneSpot(Base):
    """Where naloxone is in a building, and the day until which it is good, if that was said."""

    __tablename__ = "naloxone_spots"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    place: Mapped[str] = mapped_column(String(200))
    good_until: Mapped[str | None] = mapped_column(String(10), default=None)


@dataclass(frozen=True)
class Spot:
    """One place, as it is today. On its day itself it is still good; one without a day never is `past` or `soon`."""

    id: str
    place: str
    good_until: date | None
    past: bool
    soon: bool


def of(db: Session, building_id: str, today: date) -> list[Spot]:
    """The spots of a building as they are `today` there: the good ones first, by name."""
    return as_of(db.scalars(select(NaloxoneSpot).where(NaloxoneSpot.building_id == building_id)), today)


def as_of(rows: Iterable[NaloxoneSpot], today: date) -> list[Spot]:
    """These as they are `today`: the good ones first, by name."""
    return sorted((_spot(row, today) for row in rows), key=lambda one: (one.past, one.place.casefold(), one.id))


def add(db: Session, actor: str, building_id: str, place: str, good_until: str) -> NaloxoneSpot | None:
    """Write down a spot; None if there is no such building. Raises ScheduleRefused: empty, long, none, many."""
    hold(db)
    if buildings.find(db, building_id) is None:
        return None
    held = db.scalars(select(NaloxoneSpot.id).where(NaloxoneSpot.building_id == building_id)).all()
    if len(held) >= MOST_SPOTS:
        raise ScheduleRefused("place", "many")
    row = NaloxoneSpot(building_id=building_id, **_read(place, good_until))
    db.add(row)
    db.flush()
    audit.note(db, "naloxone-changed", actor)
    return row


def change(db: Session, actor: str, building_id: str, spot_id: str, place: str, good_until: str) -> NaloxoneSpot | None:
    """Write it anew; None if that building has no such spot. Raises ScheduleRefused: empty, long, none."""
    hold(db)
    row = _find(db, building_id, spot_id)
    if row is None:
        return None
    for name, value in _read(place, good_until).items():
        setattr(row, name, value)
    audit.note(db, "naloxone-changed", actor)
    return row


def take_off(db: Session, actor: str, building_id: str, spot_id: str) -> bool:
    """Delete a spot. False if that building has no such one."""
    hold(db)
    row = _find(db, building_id, spot_id)
    if row is None:
        return False
    db.delete(row)
    audit.note(db, "naloxone-changed", actor)
    return True


def _spot(row: NaloxoneSpot, today: date) -> Spot:
    until = date.fromisoformat(row.good_until) if row.good_until else None
    past = until is not None and until < today
    return Spot(row.id, row.place, until, past, until is not None and not past and until - today <= SOON)


def _find(db: Session, building_id: str, spot_id: str) -> NaloxoneSpot | None:
    row = db.get(NaloxoneSpot, spot_id)
    return row if row and row.building_id == building_id else None


def _read(place: str, good_until: str) -> dict[str, str | None]:
    return {
        "place": read_line(place, "place", LONGEST_PLACE),
        "good_until": read_day(good_until, "good_until").isoformat() if good_until.strip() else None,
    }
