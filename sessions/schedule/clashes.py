"""What can't be at once: two groups in one room, one facilitator at two places, quiet hours, a building that is closed.

Looked at after a change and before it is kept, in the same transaction: of two people who plan the same at once, one
wins, and the other is told. A typed reason lets it stand all the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from sessions.schedule import buildings, gatherings
from sessions.schedule.buildings import Building
from sessions.schedule.clock import DAY_MINUTES, moment, wall
from sessions.schedule.gatherings import CANCELLED, MOVED, ROOM, Gathering

IN_THE_ROOM, FACILITATOR, QUIET, SHUT = "room", "facilitator", "quiet", "closed"
MOST_TOLD, MOST_FREE = 5, 3
STEP_MINUTES = 15
EARLIEST, LATEST = 7 * 60, 22 * 60
DAY = timedelta(days=1)

Places = dict[tuple[date, str], list[Gathering]]
"""What is on, by the day and by the room or the account that is taken."""


@dataclass(frozen=True)
class Clash:
    """One thing that can't be at once with a gathering: which kind, on which day, with which other group if any."""

    kind: str
    gathering: Gathering
    other: str = ""


class Clashing(Exception):
    """What was planned clashes.

    `free` are the nearest times of day, in minutes, at which nothing would, and `rooms` the ids of rooms of the same
    building that are free at the time that was meant.
    """

    def __init__(self, clashes: Sequence[Clash], free: Sequence[int], rooms: Sequence[str] = ()) -> None:
        super().__init__(len(clashes))
        self.clashes, self.free, self.rooms = tuple(clashes[:MOST_TOLD]), tuple(free), tuple(rooms)


def check(db: Session, wanted: Sequence[Gathering], reason: str = "") -> bool:
    """Look at what was just planned. Returns whether it clashes, where a reason lets that stand.

    Raises Clashing where there is no reason.
    """
    wanted = [one for one in wanted if one.state != CANCELLED]
    if not wanted:
        return False
    first, last = min(one.on for one in wanted), max(one.on for one in wanted)
    accounts = {one.account_id for one in wanted if one.account_id}
    near = gatherings.in_rooms_or_led_by({one.room_id for one in wanted}, accounts)
    others = _places(gatherings.between(db, first - DAY, last + DAY, near))
    quiet = _quiet_hours(db)
    clashes = found(wanted, others, quiet)
    if clashes and not reason.strip():
        # No time and no room helps where the building is closed, and nothing else is in the way.
        helps = any(clash.kind != SHUT for clash in clashes)
        free = (_free(wanted, others, quiet), _free_rooms(db, wanted, quiet)) if helps else ((), ())
        raise Clashing(clashes, *free)
    return bool(clashes)


def among(db: Session, seen: Sequence[Gathering]) -> dict[tuple[str, date], list[Clash]]:
    """What clashes among gatherings on a page, by the gathering."""
    told: dict[tuple[str, date], list[Clash]] = defaultdict(list)
    for clash in found([one for one in seen if one.state == gatherings.ON], _places(seen), _quiet_hours(db)):
        told[clash.gathering.key].append(clash)
    return told


def found(wanted: Iterable[Gathering], others: Places, quiet: dict[str, tuple[int, int]]) -> list[Clash]:
    """Every clash of what is wanted with others, with quiet hours and with closures."""
    clashes = []
    for one in wanted:
        days, taken = (one.on - DAY, one.on, one.on + DAY), (one.room_id, one.account_id or "")
        # Who is in the same room and is led by the same person is one clash.
        near = {other.key: other for day in days for place in taken for other in others.get((day, place), ())}
        for other in near.values():
            if other.key == one.key or other.state == CANCELLED or other.ends <= one.at or one.ends <= other.at:
                continue
            if other.room_id == one.room_id:
                clashes.append(Clash(IN_THE_ROOM, one, other.title))
            else:
                clashes.append(Clash(FACILITATOR, one, other.title))
        if one.building_id in quiet and _is_quiet(one, *quiet[one.building_id]):
            clashes.append(Clash(QUIET, one))
        if one.shut:
            clashes.append(Clash(SHUT, one))
    return clashes


def _free(wanted: Sequence[Gathering], others: Places, quiet: dict[str, tuple[int, int]]) -> list[int]:
    begins = next((one for one in wanted if _is_meant(one, MOVED, wanted)), wanted[0]).wall
    meant = begins.hour * 60 + begins.minute
    last = LATEST - wanted[0].minutes
    # On the quarters of an hour, whatever minute was meant.
    times = sorted(range(EARLIEST, last + 1, STEP_MINUTES), key=lambda minute: (abs(minute - meant), minute))
    free: list[int] = []
    for minute in times:
        moved = [_at(one, minute) if _is_meant(one, MOVED, wanted) else one for one in wanted]
        if all(clash.kind == SHUT for clash in found(moved, others, quiet)):
            free.append(minute)
        if len(free) == MOST_FREE:
            break
    return free


def _free_rooms(db: Session, wanted: Sequence[Gathering], quiet: dict[str, tuple[int, int]]) -> list[str]:
    """The rooms of the same building in which nothing clashes, those that hold as many first."""
    meant = next((one for one in wanted if _is_meant(one, ROOM, wanted)), wanted[0])
    rooms = {room.id: room for room in buildings.rooms(db, meant.building_id)}
    least = rooms[meant.room_id].places or 0
    accounts = {one.account_id for one in wanted if one.account_id}
    near = gatherings.in_rooms_or_led_by(rooms, accounts)
    days = [one.on for one in wanted]
    others = _places(gatherings.between(db, min(days) - DAY, max(days) + DAY, near))
    free = []
    for room in sorted(rooms.values(), key=lambda room: (room.places or 0) < least):
        there = [replace(one, room_id=room.id) if _is_meant(one, ROOM, wanted) else one for one in wanted]
        if room.id != meant.room_id and all(clash.kind == SHUT for clash in found(there, others, quiet)):
            free.append(room.id)
    return free[:MOST_FREE]


def _is_meant(one: Gathering, part: str, wanted: Sequence[Gathering]) -> bool:
    """Whether another time or room would be this one's too: what a date of a group has of its own, it keeps."""
    return len(wanted) == 1 or part not in one.differs


def _at(one: Gathering, minute: int) -> Gathering:
    begins = moment(one.zone, one.on, minute)
    ends = begins.at + timedelta(minutes=one.minutes)
    return replace(one, at=begins.at, ends=ends, wall=begins.wall, wall_ends=wall(one.zone, ends))


def _is_quiet(one: Gathering, begins: int, ends: int) -> bool:
    length = timedelta(minutes=(ends - begins) % DAY_MINUTES or DAY_MINUTES)
    for day in (one.on - DAY, one.on, one.on + DAY):
        quiet = datetime.combine(day, time()) + timedelta(minutes=begins)
        if one.wall < quiet + length and quiet < one.wall_ends:
            return True
    return False


def _quiet_hours(db: Session) -> dict[str, tuple[int, int]]:
    quiet = select(Building.id, Building.quiet_from, Building.quiet_to).where(Building.quiet_from.is_not(None))
    return {id: (begins, ends) for id, begins, ends in db.execute(quiet) if begins is not None and ends is not None}


def _places(seen: Iterable[Gathering]) -> Places:
    places: Places = defaultdict(list)
    for one in seen:
        for place in (one.room_id, one.account_id):
            if place:
                places[one.on, place].append(one)
    return places
