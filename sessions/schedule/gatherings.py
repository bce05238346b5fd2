"""The dates of every group, worked out anew each time: a row is kept only for what differs on one date."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, ForeignKey, String, and_, false, or_, select, true
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.accounts import Account
from sessions.database import Base
from sessions.permissions import FACILITATOR as FACILITATES
from sessions.schedule import buildings, closures, series
from sessions.schedule.buildings import Building
from sessions.schedule.clock import moment, wall
from sessions.schedule.closures import Closure
from sessions.schedule.series import Series

ON, CANCELLED, CLOSED = "on", "cancelled", "closed"
CALLED_OFF, MOVED, ROOM, FACILITATOR, COVER = "cancelled", "moved", "room", "facilitator", "cover"
PARTS = {
    CALLED_OFF: ("cancelled",),
    MOVED: ("moved_day", "moved_start"),
    ROOM: ("room_id",),
    FACILITATOR: ("account_id",),
    COVER: ("needs_cover", "account_id"),
}
"""What can differ on one date, and the columns that say so."""


class Override(Base):
    """What differs on one date of a series; what is empty is as the series says."""

    __tablename__ = "overrides"

    series_id: Mapped[str] = mapped_column(ForeignKey("series.id"), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    cancelled: Mapped[bool | None] = mapped_column(default=None)
    moved_day: Mapped[str | None] = mapped_column(String(10), default=None, index=True)
    moved_start: Mapped[int | None] = mapped_column(default=None)
    room_id: Mapped[str | None] = mapped_column(ForeignKey("rooms.id"), default=None, index=True)
    account_id: Mapped[str | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="SET NULL"), default=None, index=True
    )
    needs_cover: Mapped[bool] = mapped_column(default=False, server_default=false())
    reason: Mapped[str] = mapped_column(String(200), default="")

    @property
    def differs(self) -> frozenset[str]:
        """Which parts of this date are its own."""
        own = {part for part, columns in PARTS.items() if getattr(self, columns[0]) not in (None, False)}
        return frozenset(own | ({CALLED_OFF} if self.cancelled is False else set()))


# Said in full: what a row was never told is looked for anew each time it is read, and nearly every date reads this.
_AS_THE_SERIES = Override(
    cancelled=None, moved_day=None, moved_start=None, room_id=None, account_id=None, needs_cover=False, reason=""
)


@dataclass(frozen=True)
class Gathering:
    """One date of a group. `day` is the date its rule made, by which it is found; `wall` is when it really begins.

    `at` and `ends` are moments in UTC, `wall` and `wall_ends` what the building's clock shows then. `account_id` leads
    this date, if they can, `owner_id` the group. `skipped` if it moved on as the clock skips the hour that was meant.
    `shut` if the building is closed that day, `series_off` if its group was called off.
    """

    series_id: str
    day: date
    title: str
    building_id: str
    zone: str
    room_id: str
    account_id: str | None
    owner_id: str | None
    at: datetime
    ends: datetime
    wall: datetime
    wall_ends: datetime
    skipped: bool
    minutes: int
    kind: str
    state: str
    needs_cover: bool
    differs: frozenset[str]
    cut_off: bool
    shut: bool
    series_off: bool
    reason: str
    closed_for: str

    @property
    def key(self) -> tuple[str, date]:
        """By which it is found."""
        return self.series_id, self.day

    @property
    def on(self) -> date:
        """The day it begins on, where it is."""
        return self.wall.date()

    @property
    def open_to_claim(self) -> bool:
        """Whether it takes place and nobody leads it."""
        return self.state == ON and (self.needs_cover or self.account_id is None)

    def is_covered_by(self, account_id: str) -> bool:
        """Whether this account leads this date alone, in somebody's place."""
        return self.account_id == account_id and FACILITATOR in self.differs


def between(db: Session, first: date, last: date, which: ColumnElement[bool] | None = None) -> list[Gathering]:
    """Every gathering that begins on one of these days, the soonest first; `which` picks among the series.

    A day is the building's own.
    """
    # A day more on both sides: an hour that is skipped at midnight moves a gathering to the next one.
    begins, ends = first - timedelta(days=1), last + timedelta(days=1)
    window = begins.isoformat(), ends.isoformat()
    moved_here = select(Override.series_id).where(Override.moved_day.between(*window))
    among = or_(and_(Series.first <= window[1], Series.until >= window[0]), Series.id.in_(moved_here))
    picked = and_(true() if which is None else which, among)
    differing: dict[str, dict[date, Override]] = defaultdict(dict)
    for row in db.scalars(
        select(Override)
        .join(Series, Series.id == Override.series_id)
        .where(picked, or_(Override.day.between(*window), Override.moved_day.between(*window)))
    ):
        differing[row.series_id][date.fromisoformat(row.day)] = row
    zones = {one.id: one.zone for one in db.execute(select(Building.id, Building.zone))}
    shut, able = closures.between(db, begins, ends), _able(db)
    made = [
        _gathering(one, day, differing[one.id].get(day), zones[one.building_id], shut, able)
        for one in db.scalars(select(Series).where(picked))
        # What differs on a day that its group no longer has waits until it has that day again.
        for day in {
            *series.dates(one, begins, ends),
            *(day for day in differing[one.id] if series.dates(one, day, day)),
        }
    ]
    return sorted((one for one in made if first <= one.on <= last), key=_order)


def find(db: Session, series_id: str, day: date) -> Gathering | None:
    """The gathering that this series, or one cut off from it, has on this date of its rule; None if there is none."""
    found = series.find(db, series_id, day)
    return of(db, found, day) if found else None


def of(db: Session, held: Series, day: date) -> Gathering:
    """The gathering of a series on one of its dates."""
    building = buildings.find(db, held.building_id)
    assert building is not None
    row = db.get(Override, (held.id, day.isoformat()))
    moved = date.fromisoformat(row.moved_day) if row and row.moved_day else day
    shut = closures.between(db, moved - timedelta(days=1), moved + timedelta(days=1), building.id)
    return _gathering(held, day, row, building.zone, shut, _able(db))


def all_of(db: Session, held: Series) -> list[Gathering]:
    """Every gathering of a series, the soonest first."""
    year = timedelta(days=series.YEAR_DAYS)  # as far as one may be moved
    first, until = date.fromisoformat(held.first) - year, date.fromisoformat(held.until) + year
    return between(db, first, until, Series.id == held.id)


def in_building(building_id: str) -> ColumnElement[bool]:
    """Picks the series of one building."""
    return Series.building_id == building_id


def in_rooms_or_led_by(rooms: Iterable[str], accounts: Iterable[str]) -> ColumnElement[bool]:
    """Picks the series that are in one of these rooms or led by one of these accounts, if only on one date."""
    rooms, accounts = [*rooms], [*accounts]
    differing = select(Override.series_id).where(or_(Override.room_id.in_(rooms), Override.account_id.in_(accounts)))
    return or_(Series.room_id.in_(rooms), Series.account_id.in_(accounts), Series.id.in_(differing))


def _order(gathering: Gathering) -> tuple[datetime, str, str]:
    return gathering.at, gathering.title, gathering.series_id


def _able(db: Session) -> frozenset[str]:
    """Who can lead now. What somebody has who can't is nobody's, and theirs again when they can."""
    return frozenset(db.scalars(select(Account.id).where(Account.role == FACILITATES, Account.disabled.is_(False))))


def _gathering(
    held: Series, day: date, row: Override | None, zone: str, shut: Sequence[Closure], able: frozenset[str]
) -> Gathering:
    row = row or _AS_THE_SERIES
    on = date.fromisoformat(row.moved_day) if row.moved_day else day
    begins = moment(zone, on, held.start if row.moved_start is None else row.moved_start)
    ends = begins.at + timedelta(minutes=held.minutes)
    begins_on = begins.wall.date().isoformat()
    closed = next(
        (one for one in shut if one.building_id == held.building_id and one.first <= begins_on <= one.last), None
    )
    cancelled = held.cancelled if row.cancelled is None else row.cancelled
    leader = row.account_id or held.account_id
    state = CANCELLED if cancelled else CLOSED if closed and row.cancelled is None else ON
    return Gathering(
        series_id=held.id,
        day=day,
        title=held.title,
        building_id=held.building_id,
        zone=zone,
        room_id=row.room_id or held.room_id,
        account_id=leader if leader in able else None,
        owner_id=held.account_id,
        at=begins.at,
        ends=ends,
        wall=begins.wall,
        wall_ends=wall(zone, ends),
        skipped=begins.skipped,
        minutes=held.minutes,
        kind=held.kind,
        state=state,
        needs_cover=row.needs_cover and row.account_id is None,
        differs=frozenset() if row is _AS_THE_SERIES else row.differs,
        cut_off=held.follows is not None,
        shut=closed is not None,
        series_off=held.cancelled,
        reason=row.reason or held.reason,
        closed_for=closed.note if closed else "",
    )
