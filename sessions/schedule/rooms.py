"""A room that is no longer used is taken off the list of its building."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from sessions import audit
from sessions.schedule import buildings, series
from sessions.schedule.buildings import Room, hold
from sessions.schedule.gatherings import Override
from sessions.schedule.series import Series


class RoomUsed(Exception):
    """A group meets in the room, or did: the calendar of those days shows it. `last` is the last such day."""

    def __init__(self, title: str, last: date) -> None:
        super().__init__(last)
        self.title, self.last = title, last


def remove(db: Session, actor: str, building_id: str, room_id: str) -> bool:
    """Remove a room that no group on the calendar has. False if that building has no such room. Raises RoomUsed."""
    hold(db)
    room = buildings.find_room(db, room_id)
    if room is None or room.building_id != building_id:
        return False
    used = _uses(db, room)
    if used:
        last, title = max(used)
        raise RoomUsed(title, last)
    db.delete(room)
    audit.note(db, "room-removed", actor)
    return True


def _uses(db: Session, room: Room) -> list[tuple[date, str]]:
    """The last day on which each group is in the room, and its title. What differs on days that are gone is let go."""
    used = [
        (date.fromisoformat(one.until), one.title)
        for one in db.scalars(select(Series).where(Series.room_id == room.id))
    ]
    differing = select(Override, Series).join(Series, Series.id == Override.series_id)
    for row, held in db.execute(differing.where(Override.room_id == room.id)):
        day = date.fromisoformat(row.day)
        if series.dates(held, day, day):
            used.append((date.fromisoformat(row.moved_day or row.day), held.title))
        else:
            row.room_id = None
    return used
