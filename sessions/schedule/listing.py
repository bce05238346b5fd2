"""What anybody may read of the calendar: nothing, unless staff list a building, and each group in it."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from sessions import audit
from sessions.schedule import buildings, gatherings, series
from sessions.schedule.buildings import Building, hold, read_line
from sessions.schedule.clock import DAY_MINUTES, moment, wall
from sessions.schedule.gatherings import CANCELLED, MOVED, ON, Gathering, Override
from sessions.schedule.series import Series, chain

WEEKS_SHOWN, WEEKS_PRINTED = 4, 10
MOST_DATES = 5
LISTED = Building.listed.is_(True)
_LONGEST_PAGE = 36  # what makes it another than the others fits behind it


@dataclass(frozen=True)
class Public:
    """One date as anybody may read it, on the building's clock. `called` is empty where staff typed no public name.

    `moved_to` stands where a date was, `moved_from` where it is now; `state` is on, cancelled or closed.
    """

    called: str
    wall: datetime
    wall_ends: datetime
    state: str
    room: str
    step_free: bool
    skipped: bool
    moved_from: datetime | None = None
    moved_to: datetime | None = None

    @property
    def takes_place(self) -> bool:
        """Whether somebody who comes then finds it."""
        return self.state == ON and self.moved_to is None


@dataclass(frozen=True)
class Sign:
    """A group as a sheet of paper says it: how often, on which weekday (that of `first`), from when to when (minutes).

    `dates` are the next that take place.
    """

    called: str
    kind: str
    first: date
    start: int
    ends: int
    room: str
    step_free: bool
    dates: tuple[Public, ...]


def everywhere(db: Session, chose: ColumnElement[bool] = LISTED) -> list[Building]:
    """The buildings that are listed, or chose something else to be public, by their public names."""
    public = db.scalars(select(Building).where(chose))
    return sorted(public, key=lambda building: (building.public_name.casefold(), building.id))


def find(db: Session, page: str, chose: ColumnElement[bool] = LISTED) -> Building | None:
    """The building whose page this is, if it is listed, or chose something else to be public."""
    return db.scalar(select(Building).where(Building.page == page, chose))


def list_building(db: Session, actor: str, building_id: str, listed: bool) -> Building | None:
    """Give a building a public page, or take it away; None if there is no such building.

    The address of its page is made of its public name the first time, and stays: it is printed on paper.
    """
    hold(db)
    building = buildings.find(db, building_id)
    if building is None:
        return None
    if listed:
        name_page(db, building)
    building.listed = listed
    db.flush()
    audit.note(db, "listing-changed", actor)
    return building


def name_page(db: Session, building: Building) -> None:
    """Give a building its part of the public addresses, if it has none yet."""
    if building.page is None:
        building.page = _page(db, building.public_name)


def list_group(db: Session, actor: str, series_id: str, day: date, listed: bool, called: str) -> Series | None:
    """Show a group on its building's page under a public name, or do not; None if there is no such date.

    It holds for all parts of a group that was cut. Raises ScheduleRefused: long.
    """
    hold(db)
    found = series.find(db, series_id, day)
    if found is None:
        return None
    name = read_line(called, "called", needed=False)
    for part in chain(db, found.id):
        part.listed, part.said_as, part.sequence = listed, name, part.sequence + 1
    db.flush()
    audit.note(db, "listing-changed", actor, detail=day.isoformat())
    return found


def listed_in(building_id: str) -> ColumnElement[bool]:
    """Picks the listed groups of a building."""
    return (Series.building_id == building_id) & Series.listed


def parts_of(db: Session, series_id: str) -> ColumnElement[bool]:
    """Picks one group, with all its parts."""
    return Series.id.in_([part.id for part in chain(db, series_id)])


def coming(
    db: Session, building: Building, now: datetime, which: ColumnElement[bool], weeks: int = WEEKS_SHOWN
) -> list[Public]:
    """The dates of the next weeks that are not over, the soonest first; also where one was that was moved."""
    here = wall(building.zone, now)
    # A day before: what began late may not be over.
    first, last = here.date() - timedelta(days=1), here.date() + timedelta(weeks=weeks) - timedelta(days=1)
    held = {one.id: one for one in db.scalars(select(Series).where(which))}
    rooms = {room.id: room for room in buildings.rooms(db, building.id)}
    shown = []
    for one in [*gatherings.between(db, first, last, which), *_moved_away(db, held, first, last)]:
        part, room = held[one.series_id], rooms[one.room_id]
        is_now = Public(part.said_as, one.wall, one.wall_ends, one.state, room.name, room.step_free, one.skipped)
        was = _moved_from(one, part)
        if was is None:
            shown.append(is_now)
            continue
        shown.append(Public(**(vars(is_now) | {"moved_from": was})))
        left = {"wall": was, "wall_ends": was + timedelta(minutes=one.minutes), "moved_to": one.wall, "skipped": False}
        # Moved to a day on which the building is closed, it is not closed where it was.
        shown.append(Public(**(vars(is_now) | left | {"state": ON if one.state == ON else CANCELLED})))
    seen = (one for one in shown if one.wall_ends > here and first <= one.wall.date() <= last)
    return sorted(seen, key=lambda one: (one.wall, one.called, one.room, one.moved_to is None))


def signs(db: Session, building: Building, now: datetime, which: ColumnElement[bool]) -> list[Sign]:
    """The groups that still meet, by when the next of each begins."""
    rooms = {room.id: room for room in buildings.rooms(db, building.id)}
    today = wall(building.zone, now).date().isoformat()
    groups = {parts[0].id: parts for one in db.scalars(select(Series).where(which)) if (parts := chain(db, one.id))}
    told = []
    for parts in groups.values():
        coming_dates = coming(db, building, now, Series.id.in_([part.id for part in parts]), WEEKS_PRINTED)
        dates = tuple(one for one in coming_dates if one.takes_place)[:MOST_DATES]
        if dates:
            now_held = (one for one in parts if max(one.first, today) <= one.until and not one.cancelled)
            usual = next(now_held, parts[-1])
            first, room = date.fromisoformat(usual.first), rooms[usual.room_id]
            ends = (usual.start + usual.minutes) % DAY_MINUTES
            told.append(Sign(usual.said_as, usual.kind, first, usual.start, ends, room.name, room.step_free, dates))
    return sorted(told, key=lambda sign: (sign.dates[0].wall, sign.called))


def _moved_away(db: Session, held: dict[str, Series], first: date, last: date) -> list[Gathering]:
    """What was to be on one of these days, and is on none of them now."""
    here, there = (column.between(first.isoformat(), last.isoformat()) for column in (Override.day, Override.moved_day))
    rows = db.execute(select(Override.series_id, Override.day).where(here, Override.moved_day.is_not(None), ~there))
    return [gatherings.of(db, held[id], date.fromisoformat(day)) for id, day in rows if id in held]


def _moved_from(one: Gathering, part: Series) -> datetime | None:
    """When it would have begun, if it was moved to another time."""
    was = moment(one.zone, one.day, part.start).wall
    return was if MOVED in one.differs and was != one.wall else None


def _page(db: Session, name: str) -> str:
    """A part of an address, like no other: from `Hazel Street house`, `hazel-street-house`."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST_PAGE].strip("-") or "house"
    taken = set(db.scalars(select(Building.page).where(Building.page.like(f"{plain}%"))))
    return next(page for number in range(1, len(taken) + 2) if (page := _numbered(plain, number)) not in taken)


def _numbered(plain: str, number: int) -> str:
    return plain if number == 1 else f"{plain}-{number}"
