"""The calendar as other calendars read it (iCalendar, RFC 5545): of a building, of a group, of one facilitator.

No member, no code and no reason is in it. A group is called in it what its public page calls it, for everybody, also
for whoever leads it: the calendar on a phone is seen by others.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard, vRecur
from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from sessions.schedule import agenda, feeds, gatherings, series
from sessions.schedule.agenda import Names
from sessions.schedule.buildings import Building
from sessions.schedule.clock import moment
from sessions.schedule.feeds import Feed
from sessions.schedule.gatherings import ON, Gathering, Override
from sessions.schedule.series import Series

KEPT_DAYS = 60
"""What is over for longer is left out."""
AGAIN_EVERY = timedelta(hours=1)
MAKER = "-//Open Circle//Calendar//EN"


@dataclass(frozen=True)
class Said:
    """The words around it, in the reader's language: a group without a public name, who leads (`{who}`), nobody."""

    group: str
    led_by: str
    nobody: str
    own: str


@dataclass(frozen=True)
class _Around:
    """What every event of one feed is written with."""

    names: Names
    said: Said
    stamp: datetime
    leader: str


def written(db: Session, feed: Feed, said: Said, now: datetime) -> bytes | None:
    """The feed as it is now; None if what it is of is not there any more, or can't lead any more."""
    names = agenda.names(db)
    picked = _picked(db, feed, names)
    if picked is None:
        return None
    which, title = picked
    since = (now.date() - timedelta(days=KEPT_DAYS)).isoformat()
    later = exists().where(Override.series_id == Series.id, Override.moved_day >= since)
    held = list(
        db.scalars(select(Series).where(which, or_(Series.until >= since, later)).order_by(Series.first, Series.id))
    )
    around = _Around(names, said, now, feed.of if feed.what == feeds.FACILITATOR else "")
    events = _events(db, held, around)
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", title or said.own)
    calendar.add("refresh-interval", AGAIN_EVERY, parameters={"VALUE": "DURATION"})
    for zone, whole in _spans(held, names):
        calendar.add_component(_zone(zone, *whole))
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _picked(db: Session, feed: Feed, names: Names) -> tuple[ColumnElement[bool], str] | None:
    """Which series it is of, and what the calendar is called, '' for one's own; None if it is of nothing."""
    if feed.what == feeds.BUILDING:
        building = names.buildings.get(feed.of)
        return (Series.building_id == building.id, building.public_name) if building else None
    if feed.what == feeds.GROUP:
        parts = series.chain(db, feed.of)
        in_these = Series.id.in_([part.id for part in parts])
        return (in_these, names.buildings[parts[0].building_id].public_name) if parts else None
    return (gatherings.in_rooms_or_led_by([], [feed.of]), "") if feed.of in names.leaders else None


def _events(db: Session, held: list[Series], around: _Around) -> Iterable[Event]:
    if not held:
        return
    year = timedelta(days=series.YEAR_DAYS)  # as far as one may be moved
    first = date.fromisoformat(min(one.first for one in held)) - year
    last = date.fromisoformat(max(one.until for one in held)) + year
    made = gatherings.between(db, first, last, Series.id.in_([one.id for one in held]))
    by_series = {key: list(seen) for key, seen in groupby(sorted(made, key=_key), lambda one: one.series_id)}
    uids = _uids(db, {one.building_id for one in held})
    for one in held:
        if one.id in by_series:
            yield from _of_series(one, by_series[one.id], uids[one.id], around)


def _key(one: Gathering) -> tuple[str, date]:
    return one.key


def _of_series(held: Series, seen: list[Gathering], uid: str, around: _Around) -> Iterable[Event]:
    """The rule of one series, what is not as it says, and what no rule can say."""
    by_rule = not around.leader or held.account_id == around.leader
    meant = {one.day: moment(one.zone, one.day, held.start) for one in seen}
    told = [one for one in seen if _is_in(one, around)]
    # An hour that the clock skips is left out by some calendars and moved by others: no date of the rule, then.
    ruled = [one for one in told if by_rule and not meant[one.day].skipped]
    if ruled:
        usual = _usual(held, around)
        begins, ends, zone = ruled[0].day, ruled[-1].day, ZoneInfo(ruled[0].zone)
        event = _event(uid, held, usual, around)
        event.add("dtstart", meant[begins].wall.replace(tzinfo=zone))
        event.add("duration", timedelta(minutes=held.minutes))
        if begins != ends:
            event.add("rrule", _recurs(held, meant[ends].at))
        within = {one.day for one in seen if begins < one.day < ends}
        gone = sorted(within - {one.day for one in ruled})
        if gone:
            event.add("exdate", [_nominal(day, held).replace(tzinfo=zone) for day in gone])
        yield event
        for one in ruled:
            if not _is_usual(one, held, usual, meant[one.day].at):
                differing = _date_of(one, uid, held, around)
                differing.add("recurrence-id", meant[one.day].wall.replace(tzinfo=zone))
                yield differing
    for one in told:
        if one not in ruled:
            yield _date_of(one, f"{one.day}-{uid}", held, around)


def _is_in(one: Gathering, around: _Around) -> bool:
    return not around.leader or (one.account_id == around.leader and not one.needs_cover)


def _is_usual(one: Gathering, held: Series, usual: tuple[str, str | None, bool], at: datetime) -> bool:
    """Whether the rule says all of it. An hour that the clock changes in the middle of is told by both its ends."""
    plain = one.wall_ends - one.wall == timedelta(minutes=held.minutes)
    return plain and one.at == at and (one.room_id, _leader(one), one.state == ON) == usual


def _usual(held: Series, around: _Around) -> tuple[str, str | None, bool]:
    leader = held.account_id if held.account_id in around.names.leaders else None
    return held.room_id, leader, not held.cancelled


def _leader(one: Gathering) -> str | None:
    return None if one.needs_cover else one.account_id


def _date_of(one: Gathering, uid: str, held: Series, around: _Around) -> Event:
    """One date by itself. In UTC where the building's clock could be read in two ways."""
    event = _event(uid, held, (one.room_id, _leader(one), one.state == ON), around)
    plain = one.wall_ends - one.wall == one.ends - one.at
    for name, at, shown in (("dtstart", one.at, one.wall), ("dtend", one.ends, one.wall_ends)):
        event.add(name, shown.replace(tzinfo=ZoneInfo(one.zone)) if plain else at)
    return event


def _event(uid: str, held: Series, where: tuple[str, str | None, bool], around: _Around) -> Event:
    room, leader, takes_place = where
    names, building = around.names, around.names.buildings[held.building_id]
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", around.stamp)
    event.add("sequence", held.sequence + building.sequence)
    event.add("summary", held.said_as or around.said.group)
    event.add("location", _place(building, names.rooms[room].name))
    who = names.called.get(leader or "", "")
    event.add("description", around.said.led_by.replace("{who}", who) if who else around.said.nobody)
    event.add("status", "CONFIRMED" if takes_place else "CANCELLED")
    return event


def _place(building: Building, room: str) -> str:
    return ", ".join(
        part for part in (room, building.public_name, building.address if building.address_public else "") if part
    )


def _nominal(day: date, held: Series) -> datetime:
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=held.start)


def _recurs(held: Series, until: datetime) -> vRecur:
    _, _, rule = str(series.rule(held)).rpartition("RRULE:")
    recurs: vRecur = vRecur.from_ical(rule)
    recurs["UNTIL"] = [until]
    return recurs


def _uids(db: Session, buildings: set[str]) -> dict[str, str]:
    """By which each series is known: the first part that has dates by the id of the whole group, others by their own.

    So that a group is the same to other calendars though it is cut, even at its first date, and joined again.
    """
    everything = list(db.scalars(select(Series).where(Series.building_id.in_(buildings))))
    after = {one.follows: one for one in everything}
    known = {}
    for root in (one for one in everything if one.follows is None):
        called: str = root.id
        part: Series | None = root
        while part is not None:
            has_dates = part.first <= part.until
            known[part.id] = f"{called if has_dates and called else part.id}@open-circle"
            called, part = "" if has_dates else called, after.get(part.id)
    return known


def _spans(held: list[Series], names: Names) -> list[tuple[str, tuple[date, date]]]:
    """Each zone there is, from when to when it is needed."""
    year = timedelta(days=series.YEAR_DAYS)
    spans: dict[str, tuple[date, date]] = {}
    for one in held:
        zone = names.buildings[one.building_id].zone
        first, last = date.fromisoformat(one.first) - year, date.fromisoformat(one.until) + year
        before = spans.get(zone, (first, last))
        spans[zone] = min(first, before[0]), max(last, before[1])
    return sorted(spans.items())


def _zone(name: str, first: date, last: date) -> Timezone:
    """A zone with every change of its clock between two days."""
    place = ZoneInfo(name)
    day, end = datetime.combine(first, datetime.min.time(), UTC), datetime.combine(last, datetime.min.time(), UTC)
    zone = Timezone()
    zone.add("tzid", name)
    zone.add_component(_observance(day, day.astimezone(place), day.astimezone(place)))
    while day < end:
        following = day + timedelta(days=1)
        if day.astimezone(place).utcoffset() != following.astimezone(place).utcoffset():
            at = _change(place, day, following)
            before = (at - timedelta(seconds=1)).astimezone(place)
            zone.add_component(_observance(at, before, at.astimezone(place)))
        day = following
    return zone


def _change(place: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The minute between two moments at which the clock is changed."""
    before = low.astimezone(place).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
        low, high = (middle, high) if middle.astimezone(place).utcoffset() == before else (low, middle)
    return high


def _observance(at: datetime, before: datetime, after: datetime) -> TimezoneStandard | TimezoneDaylight:
    observed = TimezoneDaylight() if after.dst() else TimezoneStandard()
    offset = before.utcoffset() or timedelta()
    observed.add("dtstart", (at + offset).replace(tzinfo=None))
    observed.add("tzoffsetfrom", offset)
    observed.add("tzoffsetto", after.utcoffset() or timedelta())
    observed.add("tzname", after.tzname() or "")
    return observed
