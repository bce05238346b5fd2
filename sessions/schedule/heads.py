"""What is published of heads: of a month that is over, of a quarter that is over. It is written once and stays.

Each circle is there with its band alone. A sum is said only where `bands` allows it. What is told later changes
nothing of it: two pages of one month, one before and one after, would tell how many came to the circle between them.
"""

import json
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions.database import Base
from sessions.schedule import bands
from sessions.schedule.buildings import Building
from sessions.schedule.clock import FIRST_YEAR, LAST_YEAR, wall
from sessions.schedule.held import Held
from sessions.schedule.series import Series

GRACE = timedelta(days=7)
"""So long after its end a month is open still: who leads once a week has been back, and told what was not told yet."""
QUARTER = 3
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")


class Published(Base):
    """What was published of a building's month (2026-11) or quarter (2026-Q4): as JSON, and never changed again."""

    __tablename__ = "published"

    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), primary_key=True)
    period: Mapped[str] = mapped_column(String(8), primary_key=True)
    told: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year, `number` 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Self:
        """The quarter this day is in."""
        return cls(day.year, (day.month - 1) // QUARTER + 1)

    @classmethod
    def read(cls, name: str) -> Self | None:
        """The quarter that is called so, in the years there are; None if there is none."""
        found = _QUARTER.fullmatch(name)
        year = int(found[1]) if found else 0
        return cls(year, int(found[2])) if found and FIRST_YEAR < year < LAST_YEAR else None

    @property
    def name(self) -> str:
        """As it is kept: 2026-Q4."""
        return f"{self.year}-Q{self.number}"

    @property
    def months(self) -> list[date]:
        """The first days of its months."""
        return [date(self.year, QUARTER * (self.number - 1) + month, 1) for month in (1, 2, 3)]

    @property
    def before(self) -> Self:
        """The one before it."""
        return type(self).of(self.months[0] - timedelta(days=1))

    @property
    def after(self) -> Self:
        """The one after it."""
        return type(self).of(_next(self.months[-1]))


@dataclass(frozen=True)
class CircleHeld:
    """One circle, as others than its leader may know it: its day, the title of its group if known, and its band."""

    day: str
    group: str
    heads: str


@dataclass(frozen=True)
class Report:
    """What is published of a month or a quarter. `heads` is None where the sum may not be said.

    A quarter's circles stand in its months. `cards` and `supplies` say how often, and how many.
    """

    period: str
    held: int
    minutes: int
    cards: dict[str, int]
    supplies: dict[str, int]
    heads: int | None
    circles: tuple[CircleHeld, ...] = ()


@dataclass(frozen=True)
class OfQuarter:
    """What is published of a quarter of a building: each of its months, and all of it; None while that is not over."""

    quarter: Quarter
    months: tuple[Report | None, ...]
    whole: Report | None

    def without_sums(self) -> Self:
        """The same with heads in bands alone."""
        months = tuple(one and replace(one, heads=None) for one in self.months)
        return replace(self, months=months, whole=self.whole and replace(self.whole, heads=None))


def latest(building: Building, now: datetime) -> Quarter:
    """The quarter of the last month that is over in this building."""
    return Quarter.of((wall(building.zone, now).date() - GRACE).replace(day=1) - timedelta(days=1))


def is_due(db: Session, building: Building, quarter: Quarter, now: datetime) -> bool:
    """Whether there is something to `publish`."""
    return bool(_due(db, building, quarter, now))


def publish(db: Session, building_id: str, quarter: Quarter, now: datetime) -> None:
    """Write down what is published of the months of this quarter that are over, and of the quarter if it is.

    What was published before stays. Where nothing was told, there is nothing to write.
    """
    building = db.scalar(select(Building).where(Building.id == building_id).with_for_update())
    if building is None:
        return
    for period in _due(db, building, quarter, now):
        if period == quarter.name:
            report, said = _whole(quarter, _there(db, building_id, quarter))
        else:
            report, said = _month(db, building_id, period)
        told = json.dumps({"said": said, "report": asdict(report)})
        db.add(Published(building_id=building_id, period=period, told=told))
        db.flush()


def of_quarter(db: Session, building: Building, quarter: Quarter, now: datetime) -> OfQuarter:
    """What is published of a quarter."""
    there = {
        period: report if said else replace(report, heads=None)
        for period, (report, said) in _there(db, building.id, quarter).items()
    }
    over = [_is_over(building, first, now) for first in quarter.months]
    months = [
        there.get(_name(first), _nothing(_name(first))) if is_over else None
        for first, is_over in zip(quarter.months, over, strict=True)
    ]
    return OfQuarter(quarter, tuple(months), there.get(quarter.name, _nothing(quarter.name)) if all(over) else None)


def given_out(db: Session, building_id: str, day: date) -> bool:
    """Whether the month this day is in is published already in this building."""
    return db.get(Published, (building_id, _name(day))) is not None


def _due(db: Session, building: Building, quarter: Quarter, now: datetime) -> list[str]:
    there, over = _there(db, building.id, quarter), [one for one in quarter.months if _is_over(building, one, now)]
    told = {one.day[:7] for first in over for one in _held(db, building.id, first)}
    # Of a quarter that is over its empty months are written too: it says what they say together.
    is_whole = len(over) == QUARTER and bool(told or there)
    names = [_name(first) for first in over if is_whole or _name(first) in told] + [quarter.name] * is_whole
    return [name for name in names if name not in there]


def _month(db: Session, building_id: str, month: str) -> tuple[Report, bool]:
    """A month as it was told by now, and whether the sum of its heads may be said."""
    held = _held(db, building_id, date.fromisoformat(f"{month}-01"))
    groups = select(Series.id, Series.title).where(Series.id.in_({one.series_id for one in held}))
    titles = {one.id: one.title for one in db.execute(groups)}
    circles = sorted((one.day, titles.get(one.series_id, ""), bands.band_of(one.heads)) for one in held)
    heads, supplies = sum(one.heads for one in held), Counter[str]()
    for one in held:
        supplies.update(dict(json.loads(one.supplies)))
    report = Report(
        month,
        len(held),
        sum(one.minutes for one in held),
        # By name: in any other order they would tell in which circle there were more heads.
        dict(sorted(Counter(card for one in held for card in json.loads(one.cards)).items())),
        dict(sorted(supplies.items())),
        heads,
        tuple(CircleHeld(*one) for one in circles),
    )
    return report, bands.may_say([one.heads for one in report.circles], heads)


def _whole(quarter: Quarter, there: dict[str, tuple[Report, bool]]) -> tuple[Report, bool]:
    """A quarter as its months were published, and whether the sum of its heads may be said beside theirs."""
    months = [there[_name(first)] for first in quarter.months]
    hidden = [report for report, said in months if not said]
    cards, supplies = Counter[str](), Counter[str]()
    for report, _ in months:
        cards.update(report.cards)
        supplies.update(report.supplies)
    held, minutes, heads = (
        sum(getattr(report, name) or 0 for report, _ in months) for name in ("held", "minutes", "heads")
    )
    rest = [[one.heads for one in report.circles] for report in hidden]
    report = Report(quarter.name, held, minutes, dict(sorted(cards.items())), dict(sorted(supplies.items())), heads)
    return report, bands.may_say_of_rest(rest, sum(report.heads or 0 for report in hidden))


def _held(db: Session, building_id: str, first: date) -> list[Held]:
    """The circles of a month, once each: of two who led one and both told it, the one who counted more heads."""
    window = Held.day.between(first.isoformat(), (_next(first) - timedelta(days=1)).isoformat())
    told = db.scalars(select(Held).where(Held.building_id == building_id, window).order_by(Held.heads.desc(), Held.id))
    by_date: dict[tuple[str | None, str], Held] = {}
    for one in told:
        by_date.setdefault((one.series_id, one.day) if one.series_id else (None, one.id), one)
    return [*by_date.values()]


def _there(db: Session, building_id: str, quarter: Quarter) -> dict[str, tuple[Report, bool]]:
    """What was published of a quarter and its months: with every sum, and whether it was said."""
    names = [*map(_name, quarter.months), quarter.name]
    rows = db.scalars(select(Published).where(Published.building_id == building_id, Published.period.in_(names)))
    told = {row.period: json.loads(row.told) for row in rows}
    return {period: (_report(**one["report"]), one["said"]) for period, one in told.items()}


def _report(circles: Sequence[dict[str, str]], **more: Any) -> Report:
    return Report(circles=tuple(CircleHeld(**one) for one in circles), **more)


def _nothing(period: str) -> Report:
    return Report(period, 0, 0, {}, {}, 0)


def _is_over(building: Building, first: date, now: datetime) -> bool:
    return wall(building.zone, now).date() >= _next(first) + GRACE


def _next(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _name(day: date) -> str:
    return f"{day:%Y-%m}"
