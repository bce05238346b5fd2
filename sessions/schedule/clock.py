"""Days and times of day as people type them, and what a wall clock somewhere in the world makes of them.

A day is kept as `2026-11-24` and a time of day as minutes after midnight, both as a clock on the wall of the building
shows them: 18:00 stays 18:00 when that clock is changed.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

FIRST_YEAR, LAST_YEAR = 2000, 2100
DAY_MINUTES = 24 * 60

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(:00)?")
_ZONE = re.compile(r"[A-Z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+){1,2}|UTC")


class ScheduleRefused(Exception):
    """Something can't be planned so. `field` names what to mend, in the words of the rule that refuses it.

    `reason` is one of: empty, long, none (there is no such day, time, zone), early (it ends before it starts), year (a
    year ahead is the most), number (not a whole number, or out of bounds), list (not on the list), last (that day is
    not the last of its kind in its month), fifth, many, few, late (it begins after its last day), over (that day is
    past), once (it is on one day alone), met (it took place already), twice (there is one such already), ahead (that
    day is not here yet), there (it is there already).
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(field, reason)
        self.field, self.reason = field, reason


class Moment(NamedTuple):
    """One moment: in UTC, and what the clock on the wall shows. `skipped` if the clock never showed what was meant."""

    at: datetime
    wall: datetime
    skipped: bool


def read_day(typed: str, field: str = "day") -> date:
    """A day, from `2026-11-24`, in the years 2000 to 2100. Raises ScheduleRefused: none."""
    try:
        day = date.fromisoformat(typed.strip()) if _DAY.fullmatch(typed.strip()) else None
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ScheduleRefused(field, "none")
    return day


def read_time(typed: str, field: str = "start") -> int:
    """Minutes after midnight, from `18:00`. Raises ScheduleRefused: none."""
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        raise ScheduleRefused(field, "none")
    return int(found[1]) * 60 + int(found[2])


def read_number(typed: str, least: int, most: int, field: str) -> int:
    """A whole number between two others. Raises ScheduleRefused: number."""
    if not re.fullmatch(r"[0-9]{1,5}", typed.strip()) or not least <= int(typed) <= most:
        raise ScheduleRefused(field, "number")
    return int(typed)


def read_zone(typed: str) -> str:
    """The name of a zone of the world, such as `America/Los_Angeles`. Raises ScheduleRefused: none."""
    name = typed.strip()
    if not _ZONE.fullmatch(name) or name not in zones():
        raise ScheduleRefused("zone", "none")
    return name


@cache
def zones() -> frozenset[str]:
    """Every zone there is to choose from."""
    return frozenset(filter(_ZONE.fullmatch, available_timezones()))


def moment(zone: str, day: date, minute: int) -> Moment:
    """The moment at which the clock in `zone` shows so many minutes after midnight of that day.

    A time that the clock skips moves on by as much as is skipped; of one that comes twice, the first is meant.
    """
    meant = datetime.combine(day, time()) + timedelta(minutes=minute)
    place = ZoneInfo(zone)
    at = meant.replace(tzinfo=place).astimezone(UTC)
    wall = at.astimezone(place).replace(tzinfo=None)
    return Moment(at, wall, wall != meant)


def wall(zone: str, at: datetime) -> datetime:
    """What the clock in `zone` shows at this moment."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
