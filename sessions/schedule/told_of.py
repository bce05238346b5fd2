"""Of what a leader may tell heads: the dates of groups that were theirs to lead lately, or a building alone.

Nothing here knows a circle: whether one was opened on such a date is not looked at.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from sessions.schedule import buildings, gatherings
from sessions.schedule.agenda import DOORS_BEFORE
from sessions.schedule.clock import wall
from sessions.schedule.gatherings import ON, Gathering
from sessions.schedule.held import Place
from sessions.schedule.series import Series

LATELY, JUST_NOW = timedelta(days=7), timedelta(hours=12)
_DAY = timedelta(days=1)


def led_lately(db: Session, account_id: str, now: datetime) -> list[Gathering]:
    """What this account led on the calendar in the last seven days, the latest first."""
    which = gatherings.in_rooms_or_led_by((), (account_id,))
    seen = gatherings.between(db, (now - LATELY).date() - _DAY, now.date() + _DAY, which)
    mine = [one for one in seen if one.account_id == account_id and not one.needs_cover and one.state == ON]
    return [one for one in reversed(mine) if _began(one, now, LATELY)]


def place_of(one: Gathering) -> Place:
    """A gathering, as what heads are told of."""
    return Place(one.building_id, one.on, one.series_id)


def in_building(db: Session, building_id: str, now: datetime) -> Place | None:
    """A building alone, on the day it is there now; None if there is no such building."""
    building = buildings.find(db, building_id)
    return Place(building.id, wall(building.zone, now).date()) if building else None


def known(db: Session, building_id: str | None, series_id: str | None, now: datetime) -> Place | None:
    """What a building and a group are now: the date of that group that has just been, or else the building alone."""
    if series_id:
        seen = gatherings.between(db, now.date() - 2 * _DAY, now.date() + _DAY, Series.id == series_id)
        for one in reversed(seen):
            if _began(one, now, JUST_NOW):
                return place_of(one)
    return in_building(db, building_id, now) if building_id else None


def just_now(led: list[Gathering], now: datetime) -> Place | None:
    """The latest of these, if it has just been."""
    return place_of(led[0]) if led and _began(led[0], now, JUST_NOW) else None


def _began(one: Gathering, now: datetime, back: timedelta) -> bool:
    return one.at - DOORS_BEFORE <= now <= one.at + back
