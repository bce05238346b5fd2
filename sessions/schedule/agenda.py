"""What a page of the calendar shows: today everywhere, a list of days, one person's own."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from sessions.accounts import Account
from sessions.permissions import FACILITATOR
from sessions.schedule import buildings, clashes, closures, due, gatherings, public_holidays
from sessions.schedule.buildings import Building, Room
from sessions.schedule.clashes import Clash
from sessions.schedule.clock import wall
from sessions.schedule.closures import Closure
from sessions.schedule.due import Due
from sessions.schedule.gatherings import ON, Gathering
from sessions.schedule.series import Series

DAYS_AHEAD = 14
DOORS_BEFORE = timedelta(minutes=15)


@dataclass(frozen=True)
class Names:
    """Who and what the ids of a gathering stand for. `called` has everybody who works here, and no whole address.

    `leaders` are those who can lead, told apart by their addresses, for who plans.
    """

    buildings: dict[str, Building]
    rooms: dict[str, Room]
    called: dict[str, str]
    leaders: dict[str, str]


@dataclass(frozen=True)
class Holiday:
    """A public holiday that is near, by its English name, and the buildings in which a group meets on it."""

    day: date
    name: str
    buildings: list[Building]


@dataclass(frozen=True)
class Today:
    """The first page of who plans: what to look at in the next two weeks, and today's gatherings of each building.

    `due` is what of a building's help wants looking after, `stale_cards` how many of our cards do.
    """

    uncovered: list[Gathering]
    clashing: list[tuple[Gathering, list[Clash]]]
    closures: list[Closure]
    holidays: list[Holiday]
    days: list[tuple[Building, date, list[Gathering]]]
    due: list[Due]
    stale_cards: int


@dataclass(frozen=True)
class Own:
    """What a facilitator has on today, and of the next two weeks: which dates nobody leads, and which they lead for
    somebody."""

    today: list[Gathering]
    uncovered: list[Gathering]
    covering: list[Gathering]


def names(db: Session) -> Names:
    """What everything is called."""
    everybody = db.execute(select(Account.id, Account.name, Account.email, Account.role, Account.disabled)).all()
    called = {one.id: one.name or one.email.partition("@")[0] for one in everybody}
    able = [one for one in everybody if one.role == FACILITATOR and not one.disabled]
    leaders = sorted(able, key=lambda one: (called[one.id].casefold(), one.email))
    return Names(
        {building.id: building for building in buildings.everywhere(db)},
        {room.id: room for room in buildings.rooms(db)},
        called,
        {one.id: f"{called[one.id]} ({one.email})" for one in leaders},
    )


def today(db: Session, now: datetime) -> Today:
    """Today, as each building's own clock has it."""
    everywhere = buildings.everywhere(db)
    seen = _ahead(db, now)
    told = clashes.among(db, [one for one in seen if one.ends > now])
    own_days = {building.id: wall(building.zone, now).date() for building in everywhere}
    here = defaultdict(list)
    for one in seen:
        if one.on == own_days[one.building_id]:
            here[one.building_id].append(one)
    return Today(
        [one for one in seen if one.open_to_claim and one.ends > now],
        [(one, told[one.key]) for one in seen if one.key in told],
        closures.between(db, now.date(), now.date() + timedelta(days=DAYS_AHEAD)),
        _holidays(everywhere, [one for one in seen if one.ends > now]),
        [(building, own_days[building.id], here[building.id]) for building in everywhere if here[building.id]],
        due.everywhere(db, now),
        due.stale_cards(now.date()),
    )


def _holidays(everywhere: Sequence[Building], seen: Sequence[Gathering]) -> list[Holiday]:
    if not seen:
        return []
    days = [one.on for one in seen]
    named = {zone: public_holidays.between(zone, min(days), max(days)) for zone in {one.zone for one in everywhere}}
    by_id = {building.id: building for building in everywhere}
    met: dict[tuple[date, str], dict[str, Building]] = defaultdict(dict)
    for one in seen:
        if one.state == ON and one.on in named[one.zone]:
            met[one.on, named[one.zone][one.on]][one.building_id] = by_id[one.building_id]
    return [Holiday(*day, [*where.values()]) for day, where in sorted(met.items())]


def on_holidays(db: Session, held: Series, now: datetime) -> dict[date, str]:
    """The dates still to come on which a group meets on a public holiday, and the holiday's English name."""
    building = buildings.find(db, held.building_id)
    assert building is not None
    last = date.fromisoformat(held.until)
    named = public_holidays.between(building.zone, now.date(), last)
    if not named:
        return {}
    seen = gatherings.between(db, min(named), max(named), Series.id == held.id)
    return {one.on: named[one.on] for one in seen if one.on in named and one.state == ON and one.ends > now}


def days(db: Session, first: date, many: int, building_id: str = "") -> dict[date, list[Gathering]]:
    """So many days from a first one, of one building or of all: the days in order, each with its gatherings."""
    which = gatherings.in_building(building_id) if building_id else None
    seen = gatherings.between(db, first, first + timedelta(days=many - 1), which)
    listed: dict[date, list[Gathering]] = {first + timedelta(days=days): [] for days in range(many)}
    for one in seen:
        listed[one.on].append(one)
    return listed


def of_leader(db: Session, account_id: str, now: datetime) -> Own:
    """A facilitator's own gatherings of today, and the dates that anybody may take over."""
    seen = _ahead(db, now)
    own = [one for one in seen if one.account_id == account_id and not one.needs_cover]
    return Own(
        [one for one in own if one.ends > now and one.on == wall(one.zone, now).date()],
        [one for one in seen if one.open_to_claim and one.ends > now],
        [one for one in own if one.is_covered_by(account_id) and one.ends > now and one.state == ON],
    )


def doors_may_open(one: Gathering, now: datetime) -> bool:
    """Whether it takes place, and is about to begin or is on."""
    return one.state == ON and one.at - DOORS_BEFORE <= now < one.ends


def closed(shut: Iterable[Closure], building_id: str, day: date) -> bool:
    """Whether one of these closures is of that building and that day."""
    return any(one.building_id == building_id and one.first <= day.isoformat() <= one.last for one in shut)


def _ahead(db: Session, now: datetime) -> list[Gathering]:
    # A day more on both sides: it is not the same day everywhere.
    day = timedelta(days=1)
    return gatherings.between(db, now.date() - day, now.date() + (DAYS_AHEAD + 1) * day)
