"""A group that meets again and again, or once: the rule that makes its dates. No text of a rule is ever read."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from dateutil import rrule
from sqlalchemy import ForeignKey, Select, String, false, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import accounts, audit
from sessions.database import Base, random_id
from sessions.permissions import FACILITATOR
from sessions.schedule import buildings
from sessions.schedule.buildings import LONGEST_NOTE, hold, read_line
from sessions.schedule.clock import ScheduleRefused, read_day, read_number, read_time

ONCE, WEEKLY, FORTNIGHTLY, NTH, LAST = "once", "weekly", "fortnightly", "nth", "last"
KINDS = (ONCE, WEEKLY, FORTNIGHTLY, NTH, LAST)
LEAST_MINUTES, MOST_MINUTES = 5, 8 * 60
YEAR_DAYS = 366
MOST_SERIES = 2000


class Series(Base):
    """A group on the calendar: in which room, from when to when, at which time on the building's wall, who leads it.

    `follows` is the series this one was cut off from by a change of "all from here"; with it that change is undone.
    """

    __tablename__ = "series"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    title: Mapped[str] = mapped_column(String(80))
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    room_id: Mapped[str] = mapped_column(ForeignKey("rooms.id"), index=True)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    first: Mapped[str] = mapped_column(String(10))
    until: Mapped[str] = mapped_column(String(10), index=True)
    start: Mapped[int]
    minutes: Mapped[int]
    cancelled: Mapped[bool] = mapped_column(default=False, server_default=false())
    reason: Mapped[str] = mapped_column(String(200), default="")
    follows: Mapped[str | None] = mapped_column(ForeignKey("series.id"), default=None, index=True)
    plan: Mapped[str] = mapped_column(String(40), default="", server_default=text("''"))
    languages: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    listed: Mapped[bool] = mapped_column(default=False, server_default=false())
    said_as: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    sequence: Mapped[int] = mapped_column(default=0, server_default=text("0"))


@dataclass(frozen=True)
class Planned:
    """A group as somebody typed it. `account_id` may be empty: nobody leads it yet."""

    title: str
    room_id: str
    kind: str
    first: str
    until: str
    start: str
    minutes: str
    account_id: str = ""


def plan(db: Session, actor: str, planned: Planned, reason: str = "") -> Series:
    """Write a group on the calendar. Whether it clashes is looked at by `clashes.check`, in the same transaction.

    Raises ScheduleRefused: empty, long, none, early, year, number, list, last, fifth, many.
    """
    hold(db)
    title, room = read_line(planned.title, "title"), room_of(db, planned.room_id)
    if planned.kind not in KINDS:
        raise ScheduleRefused("kind", "list")
    first = read_day(planned.first, "first")
    until = first if planned.kind == ONCE else read_day(planned.until, "until")
    if until < first:
        raise ScheduleRefused("until", "early")
    if (until - first).days > YEAR_DAYS:
        raise ScheduleRefused("until", "year")
    fits(planned.kind, first)
    _is_there_room_for_more(db, room.id)
    series = Series(
        title=title,
        building_id=room.building_id,
        room_id=room.id,
        account_id=leader(db, planned.account_id),
        kind=planned.kind,
        first=first.isoformat(),
        until=until.isoformat(),
        start=read_time(planned.start),
        minutes=read_number(planned.minutes, LEAST_MINUTES, MOST_MINUTES, "minutes"),
        reason=read_line(reason, "reason", LONGEST_NOTE, needed=False),
    )
    db.add(series)
    db.flush()
    audit.note(db, "group-planned", actor, detail=series.first)
    return series


def find(db: Session, series_id: str, day: date) -> Series | None:
    """The series that has this date: this one, or one that was cut off from it later. None if none has."""
    series = db.get(Series, series_id)
    while series is not None and day.isoformat() > series.until:
        series = db.scalar(following(series))
    return series if series is not None and dates(series, day, day) else None


def following(series: Series) -> Select[Series]:
    """Asks for the series that was cut off from this one, if any."""
    return select(Series).where(Series.follows == series.id)


def dates(series: Series, first: date, last: date) -> Sequence[date]:
    """The dates of a series from one day to another."""
    days = _dates(series.kind, series.first, series.until)
    return days[bisect_left(days, first) : bisect_right(days, last)]


def nearest(series: Series, day: date) -> date | None:
    """Its first date on this day or later, else its last one; None if it has none."""
    days = _dates(series.kind, series.first, series.until)
    return days[min(bisect_left(days, day), len(days) - 1)] if days else None


def rule(series: Series) -> rrule.rrule:
    """The rule that makes its dates."""
    return _rule(series.kind, series.first, series.until)


def chain(db: Session, series_id: str) -> list[Series]:
    """All parts of a group that was cut, the earliest first, from any of them; empty if there is none."""
    held = db.get(Series, series_id)
    while held is not None and held.follows:
        held = db.get(Series, held.follows)
    parts = []
    while held is not None:
        parts.append(held)
        held = db.scalar(following(held))
    return parts


def room_of(db: Session, room_id: str, building_id: str = "") -> buildings.Room:
    """The room with this id, in this building if one is said. Raises ScheduleRefused: list."""
    room = buildings.find_room(db, room_id)
    if room is None or (building_id and room.building_id != building_id):
        raise ScheduleRefused("room", "list")
    return room


def leader(db: Session, account_id: str) -> str | None:
    """The id of a facilitator who can lead; None for nobody. Raises ScheduleRefused: list."""
    if not account_id:
        return None
    person = accounts.find(db, account_id)
    if person is None or person.role != FACILITATOR or person.disabled:
        raise ScheduleRefused("account", "list")
    return person.id


def fits(kind: str, first: date) -> None:
    """See that the first day is a date of its own rule. Raises ScheduleRefused: fifth, last."""
    if kind == NTH and first.day > 28:
        raise ScheduleRefused("first", "fifth")
    if kind == LAST and (first + timedelta(days=7)).month == first.month:
        raise ScheduleRefused("first", "last")


def cut(db: Session, series: Series, day: date) -> Series:
    """Cut a series in two before one of its dates, and give back the later part, which is the same in all else.

    Raises ScheduleRefused: many.
    """
    _is_there_room_for_more(db, series.room_id)
    own = {"id": random_id(), "first": day.isoformat(), "follows": None}
    same = {column.key: getattr(series, column.key) for column in Series.__table__.columns if column.key not in own}
    later = Series(**own, **same)
    db.add(later)
    db.flush()
    for after in db.scalars(following(series)):
        after.follows = later.id
    later.follows = series.id
    series.until = (day - timedelta(days=1)).isoformat()
    db.flush()
    return later


def _is_there_room_for_more(db: Session, room_id: str) -> None:
    if (db.scalar(select(func.count()).select_from(Series).where(Series.room_id == room_id)) or 0) >= MOST_SERIES:
        raise ScheduleRefused("title", "many")


@lru_cache(maxsize=4096)
def _dates(kind: str, first: str, until: str) -> tuple[date, ...]:
    begins, ends = date.fromisoformat(first), date.fromisoformat(until)
    return tuple(found.date() for found in _rule(kind, first, until) if begins <= found.date() <= ends)


def _rule(kind: str, first: str, until: str) -> rrule.rrule:
    begins, ends = date.fromisoformat(first), date.fromisoformat(until)
    at = datetime.combine(begins, time())
    weekday = rrule.weekdays[begins.weekday()]
    rules = {
        ONCE: lambda: rrule.rrule(rrule.DAILY, at, count=1),
        WEEKLY: lambda: rrule.rrule(rrule.WEEKLY, at, until=ends),
        FORTNIGHTLY: lambda: rrule.rrule(rrule.WEEKLY, at, interval=2, until=ends),
        NTH: lambda: rrule.rrule(rrule.MONTHLY, at, byweekday=weekday((begins.day - 1) // 7 + 1), until=ends),
        LAST: lambda: rrule.rrule(rrule.MONTHLY, at, byweekday=weekday(-1), until=ends),
    }
    return rules[kind]()
