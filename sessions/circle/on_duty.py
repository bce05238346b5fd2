"""A gathering on the calendar becomes a circle when whoever leads it opens the doors.

The circle knows its building and its group until it is erased; the calendar knows of no circle. What was chosen for the
group comes along: its plan, its languages, and the ground rules it kept.
"""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sessions.circle import circles, doors
from sessions.circle.circles import OPEN, Circle
from sessions.circle.vault import Vault
from sessions.schedule import agenda, coming_along, gatherings, group_rules
from sessions.schedule.buildings import hold
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.series import Series


def open_gathering(
    db: Session, vault: Vault, door_key: bytes, account_id: str, series_id: str, day: date, now: datetime
) -> Circle | None:
    """Open the doors of a gathering under its title, with the plan of its group and the rules that it kept last.

    Gives the circle that is open under this title already, so that two taps open one. None if there is no such
    gathering, or somebody else leads it. Raises ScheduleRefused: early (or over, or not taking place).
    """
    hold(db)
    one = gatherings.find(db, series_id, day)
    if one is None or one.needs_cover or one.account_id != account_id:
        return None
    if not agenda.doors_may_open(one, now):
        raise ScheduleRefused("doors", "early")
    led = (circle for circle in circles.led_by(db, account_id) if circle.state == OPEN and vault.has(circle.id))
    already = next((circle for circle in led if doors.sign(vault, circle).title == one.title), None)
    return already or doors.open_now(
        db,
        vault,
        door_key,
        account_id,
        one.title,
        coming_along.plan_of(db, account_id, one.series_id, one.minutes),
        rules_of_group=group_rules.newest(db, one.series_id),
        building_id=one.building_id,
        series_id=one.series_id,
    )


def doors_open(db: Session, building_id: str) -> bool:
    """Whether a circle of this building lets people in now. That, and nothing else of it, is for anybody to know."""
    is_open = Circle.building_id == building_id, Circle.state == OPEN, Circle.shut.is_(False)
    return db.scalar(select(Circle.id).where(*is_open).limit(1)) is not None


def languages(db: Session, circle: Circle) -> str:
    """In which languages the circle's group meets, as staff wrote them; '' where nothing was said."""
    held = db.get(Series, circle.series_id) if circle.series_id else None
    return held.languages if held else ""
