"""What staff do with a group from one date on: the series is cut in two there, and joined again when it is undone.

Dates that were changed on their own stay as they are.
"""

from datetime import date, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from sessions import audit
from sessions.schedule import clashes, gatherings, series
from sessions.schedule.buildings import LONGEST_NOTE, hold, read_line
from sessions.schedule.clock import ScheduleRefused, read_day, read_number, read_time
from sessions.schedule.gatherings import Gathering, Override
from sessions.schedule.series import KINDS, LEAST_MINUTES, MOST_MINUTES, ONCE, Series


def cancel(db: Session, actor: str, series_id: str, day: date) -> Gathering | None:
    """Call every date off from this one on; None if there is no such date."""
    return _change(db, actor, series_id, day, {"cancelled": True})


def restore(db: Session, actor: str, series_id: str, day: date, reason: str = "") -> Gathering | None:
    """Let every date take place again from this one on. Raises Clashing."""
    return _change(db, actor, series_id, day, {"cancelled": False}, reason)


def start_at(
    db: Session, actor: str, series_id: str, day: date, start: str, reason: str = "", room_id: str = ""
) -> Gathering | None:
    """Begin at another time of day from this date on, in another room if one is said.

    Raises ScheduleRefused: none, list; Clashing.
    """
    changed: dict[str, object] = {"start": read_time(start)}
    if room_id:
        changed["room_id"] = room_id
    return _change(db, actor, series_id, day, changed, reason)


def repeat(
    db: Session, actor: str, series_id: str, day: date, kind: str, first: str, start: str, reason: str = ""
) -> Gathering | None:
    """Meet in another rhythm from this date on: how often, from which day (its weekday counts), at which time.

    What differs on days it no longer has is kept, and there again when this is undone. Gives the first new date.
    Raises ScheduleRefused: list, none, early, late (after its last day), fifth, last; Clashing.
    """
    begins, minute = read_day(first, "first"), read_time(start)
    hold(db)
    held = series.find(db, series_id, day)
    if held is None:
        return None
    if ONCE in (kind, held.kind) or kind not in KINDS:
        raise ScheduleRefused("kind", "list")
    if begins < day:
        raise ScheduleRefused("first", "early")
    if begins.isoformat() > held.until:
        raise ScheduleRefused("first", "late")
    series.fits(kind, begins)
    return _change(db, actor, series_id, day, {"kind": kind, "first": begins.isoformat(), "start": minute}, reason)


def change_words(
    db: Session, actor: str, series_id: str, day: date, title: str, minutes: str, reason: str = ""
) -> Gathering | None:
    """Give it another title and length from this date on. Raises ScheduleRefused: empty, long, number; Clashing."""
    length = read_number(minutes, LEAST_MINUTES, MOST_MINUTES, "minutes")
    return _change(db, actor, series_id, day, {"title": read_line(title, "title"), "minutes": length}, reason)


def change_room(db: Session, actor: str, series_id: str, day: date, room_id: str, reason: str = "") -> Gathering | None:
    """Meet in another room of the building from this date on. Raises ScheduleRefused: list; Clashing."""
    return _change(db, actor, series_id, day, {"room_id": room_id}, reason)


def change_facilitator(
    db: Session, actor: str, series_id: str, day: date, account_id: str, reason: str = ""
) -> Gathering | None:
    """Give the group to another facilitator from this date on, or to nobody. Raises ScheduleRefused: list; Clashing."""
    return _change(db, actor, series_id, day, {"account_id": series.leader(db, account_id)}, reason)


def join(db: Session, actor: str, series_id: str, day: date, reason: str = "") -> Gathering | None:
    """Undo the change that cut this series off: its dates are as those before it again.

    None if there is no such date. Raises ScheduleRefused: list (it was not cut off); Clashing.
    """
    hold(db)
    later = series.find(db, series_id, day)
    if later is None:
        return None
    earlier = db.get(Series, later.follows) if later.follows else None
    if earlier is None:
        raise ScheduleRefused("part", "list")
    begins_anew = date.fromisoformat(earlier.until) + timedelta(days=1)
    earlier.until = later.until
    earlier.sequence = max(earlier.sequence, later.sequence) + 1
    _hand_over(db, later, earlier)
    for after in db.scalars(series.following(later)):
        after.follows = earlier.id
    db.flush()
    db.delete(later)
    db.flush()
    _look(db, earlier, reason)
    audit.note(db, "gathering-undone", actor, detail=day.isoformat())
    # Where the rhythm is another one again, the day may be none of its dates.
    back = day if series.dates(earlier, day, day) else series.nearest(earlier, begins_anew)
    return gatherings.of(db, earlier, back or day)


def _change(
    db: Session, actor: str, series_id: str, day: date, changed: dict[str, object], reason: str = ""
) -> Gathering | None:
    hold(db)
    held = series.find(db, series_id, day)
    if held is None:
        return None
    if "room_id" in changed:
        series.room_of(db, str(changed["room_id"]), held.building_id)
    held.sequence += 1
    later = series.cut(db, held, day)
    _hand_over(db, held, later)
    for name, value in changed.items():
        setattr(later, name, value)
    db.flush()
    _look(db, later, reason)
    audit.note(db, "group-changed", actor, detail=day.isoformat())
    return gatherings.of(db, later, date.fromisoformat(later.first))


def _look(db: Session, held: Series, reason: str) -> None:
    if clashes.check(db, gatherings.all_of(db, held), reason):
        held.reason = read_line(reason, "reason", LONGEST_NOTE)


def _hand_over(db: Session, giver: Series, taker: Series) -> None:
    """Give the later part what differs on its dates, or give it back."""
    db.execute(
        update(Override)
        .where(Override.series_id == giver.id, Override.day >= taker.first)
        .values(series_id=taker.id)
        .execution_options(synchronize_session=False)
    )
