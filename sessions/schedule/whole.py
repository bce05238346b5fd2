"""What staff do with a group as a whole: its last day, and taking it off the calendar."""

from datetime import date, datetime, timedelta

from sqlalchemy import delete as delete_rows
from sqlalchemy.orm import Session

from sessions import audit
from sessions.schedule import buildings, clashes, gatherings, series
from sessions.schedule.buildings import LONGEST_NOTE, hold, read_line
from sessions.schedule.clock import ScheduleRefused, read_day, wall
from sessions.schedule.feeds import Feed
from sessions.schedule.gatherings import ON, Gathering, Override
from sessions.schedule.group_rules import GroupRules
from sessions.schedule.series import ONCE, YEAR_DAYS, Series


def end(
    db: Session, actor: str, series_id: str, day: date, until: str, now: datetime, reason: str = ""
) -> Gathering | None:
    """Give a group another last day, sooner or later; None if there is no such date. Gives one of its dates.

    Changes of "all from here" that begin after that day go with the dates. Raises ScheduleRefused: none, over, early,
    year (of its last part), once; Clashing.
    """
    ends = read_day(until, "until")
    hold(db)
    held = series.find(db, series_id, day)
    if held is None:
        return None
    listed = series.chain(db, held.id)
    if held.kind == ONCE:
        raise ScheduleRefused("until", "once")
    if ends < today(db, held, now):
        raise ScheduleRefused("until", "over")
    if not any(series.dates(part, date.fromisoformat(part.first), ends) for part in listed):
        raise ScheduleRefused("until", "early")
    stays = [part for part in listed if part.first <= ends.isoformat()]
    last, before = stays[-1], date.fromisoformat(stays[-1].until)
    if (ends - date.fromisoformat(last.first)).days > YEAR_DAYS:
        raise ScheduleRefused("until", "year")
    last.sequence = max(part.sequence for part in listed) + 1
    for part in reversed(listed[len(stays) :]):
        _delete(db, part)
    # Between a part and the one that followed it there may be days that neither has.
    last.until = (ends if len(stays) == len(listed) else min(ends, before)).isoformat()
    db.flush()
    if clashes.check(db, [one for one in gatherings.all_of(db, last) if one.day > before], reason):
        last.reason = read_line(reason, "reason", LONGEST_NOTE)
    audit.note(db, "group-changed", actor, detail=last.until)
    found = gatherings.find(db, listed[0].id, day)
    with_dates = ((part, series.nearest(part, ends)) for part in reversed(stays))
    return found or next(gatherings.of(db, part, near) for part, near in with_dates if near)


def delete(db: Session, actor: str, series_id: str, day: date, now: datetime) -> bool:
    """Take a group off the calendar for good, with every date of it. False if there is no such date.

    Raises ScheduleRefused: met (it took place already, and its last day is not a year ago).
    """
    hold(db)
    held = series.find(db, series_id, day)
    if held is None:
        return False
    if not may_delete(db, held, now):
        raise ScheduleRefused("delete", "met")
    listed = series.chain(db, held.id)
    for part in reversed(listed):
        _delete(db, part)
    audit.note(db, "group-deleted", actor, detail=listed[0].first)
    return True


def may_delete(db: Session, held: Series, now: datetime) -> bool:
    """Whether a group never took place, or ended over a year ago."""
    listed = series.chain(db, held.id)
    if date.fromisoformat(listed[-1].until) < today(db, held, now) - timedelta(days=YEAR_DAYS):
        return True
    return not any(one.at <= now and one.state == ON for part in listed for one in gatherings.all_of(db, part))


def today(db: Session, held: Series, now: datetime) -> date:
    """The day it is where a group meets."""
    building = buildings.find(db, held.building_id)
    assert building is not None
    return wall(building.zone, now).date()


def _delete(db: Session, part: Series) -> None:
    for rows in (Override, GroupRules):
        db.execute(delete_rows(rows).where(rows.series_id == part.id))
    db.execute(delete_rows(Feed).where(Feed.of == part.id))
    db.execute(delete_rows(Series).where(Series.id == part.id))
