"""Random programmes of what staff do: never two groups in one room unless a reason says so, and all of it undone."""

import itertools
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from sessions import accounts
from sessions.accounts import Person
from sessions.database import random_id
from sessions.permissions import FACILITATOR as FACILITATES
from sessions.schedule import agenda, buildings, closures, edits, feeds, from_here, listing, series, whole
from sessions.schedule.buildings import Building, Room
from sessions.schedule.clashes import Clashing
from sessions.schedule.clock import ScheduleRefused, wall
from sessions.schedule.closures import Closure
from sessions.schedule.gatherings import CALLED_OFF, CANCELLED, COVER, FACILITATOR, MOVED, ON, ROOM, Gathering, Override
from sessions.schedule.series import FORTNIGHTLY, KINDS, ONCE, WEEKLY, Series
from tests.rules.cast import House
from tests.rules.feeds import feed, ours, read_back
from tests.rules.planning import Calendar, calendar, without_reasons

FEW, MANY = 100, 10_000
ZONES = ("America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "America/St_Johns")
BEGINS, DAYS = date(2026, 9, 1), 240
"""Over the autumn edge of each of these zones and over the spring one."""
LONG_BEFORE = datetime(2026, 1, 1, tzinfo=UTC)

Undo = Callable[[], Any]


class Programme:
    """One building, and Esi, who does things at random and remembers how to undo each."""

    def __init__(self, hazel: Calendar, leaders: list[str], dice: random.Random) -> None:
        self.hazel, self.leaders, self.dice = hazel, leaders, dice
        self.rooms = [hazel.room.id, hazel.another_room().id]
        self.undos: list[Undo] = []
        self.last_seen: list[Gathering] = []
        self.now = datetime.combine(BEGINS + timedelta(days=dice.randrange(40)), time(12), UTC)

    def plan(self) -> None:
        """Some groups, where they do not clash."""
        for title in ("Tea", "Yoga", "Choir"):
            kind, day = self.dice.choice(KINDS), BEGINS + timedelta(days=self.dice.randrange(27))
            until = day if kind == "once" else day + timedelta(days=self.dice.randrange(150))
            typed = {"kind": kind if kind != "last" else "weekly", "first": day.isoformat(), "until": until.isoformat()}
            typed |= {"start": self.time(), "account_id": self.dice.choice(["", *self.leaders])}
            made = self.hazel.plan(title, reason="all the same", room_id=self.dice.choice(self.rooms), **typed)
            self.hazel.do(listing.list_group, made, date.fromisoformat(made.first), True, title)
        self.last_seen = self.all()

    def seen(self) -> list[Gathering]:
        return without_reasons(self.all())

    def all(self) -> list[Gathering]:
        return self.hazel.seen(BEGINS - timedelta(days=40), DAYS + 80)

    def act(self) -> None:
        """Do one thing with one date, with a reason or without; where it clashes, nothing has changed."""
        one = self.dice.choice(self.last_seen)
        try:
            undo = self.dice.choice([self.one_date, self.one_date, self.from_here, self.closure, self.whole])(one)
        except Clashing:
            assert self.all() == self.last_seen
            return
        self.undos += [undo] if undo else []
        self.last_seen = self.all()

    def one_date(self, one: Gathering) -> Undo | None:
        part = self.dice.choice([CALLED_OFF, MOVED, ROOM, FACILITATOR, COVER])
        if part in one.differs or (part in (FACILITATOR, COVER) and {FACILITATOR, COVER} & one.differs):
            return None
        to = (one.day + timedelta(days=self.dice.randrange(-9, 9))).isoformat()
        rules: dict[str, tuple[Any, tuple[str, ...]]] = {
            CALLED_OFF: (edits.cancel, ()) if one.state == ON else (edits.restore, self.reason()),
            MOVED: (edits.move, (to, self.time(), *self.reason())),
            ROOM: (edits.change_room, (self.dice.choice(self.rooms), *self.reason())),
            FACILITATOR: (edits.change_facilitator, (self.dice.choice(self.leaders), *self.reason())),
            COVER: (edits.need_cover, ()),
        }
        return self.done(one, *rules[part], undo=(edits.undo, (part, "undone")))

    def from_here(self, one: Gathering) -> Undo | None:
        rules: list[tuple[Any, tuple[str, ...]]] = [(from_here.cancel, ()), (from_here.restore, self.reason())]
        rules += [(from_here.start_at, (self.time(), *self.reason()))]
        rules += [(from_here.change_room, (self.dice.choice(self.rooms), *self.reason()))]
        rules += [(from_here.change_words, ("Other", self.dice.choice(["45", "90"]), *self.reason()))]
        rules += [(from_here.change_facilitator, (self.dice.choice(["", *self.leaders]), *self.reason()))]
        if one.kind != ONCE:
            kind, first = self.dice.choice([WEEKLY, FORTNIGHTLY]), one.day + timedelta(days=self.dice.randrange(7))
            rules += [(from_here.repeat, (kind, first.isoformat(), self.time(), *self.reason()))]
        try:
            return self.done(one, *self.dice.choice(rules), undo=(from_here.join, ("undone",)))
        except ScheduleRefused as refused:
            assert (refused.field, refused.reason) == ("first", "late")
            return None

    def whole(self, one: Gathering) -> Undo | None:
        """Another last day, or a group that comes and goes; it has not met yet."""
        do, actor = self.hazel.house.do, self.hazel.actor
        if one.kind == ONCE:
            day = BEGINS + timedelta(days=self.dice.randrange(150))
            made = self.hazel.plan("Party", *self.reason(), kind=ONCE, first=day.isoformat(), start=self.time())
            do(listing.list_group, actor, made.id, day, True, "Party")
            return lambda: do(whole.delete, actor, made.id, day, LONG_BEFORE)
        last = self.hazel.house.ask(lambda db: series.chain(db, one.series_id)[-1])
        first, until = date.fromisoformat(last.first), last.until
        ends = first + timedelta(days=self.dice.randrange(170))
        assert do(whole.end, actor, *one.key, ends.isoformat(), LONG_BEFORE, *self.reason()) is not None
        return lambda: do(whole.end, actor, last.id, first, until, LONG_BEFORE, "undone")

    def closure(self, one: Gathering) -> Undo:
        do, actor, here = self.hazel.house.do, self.hazel.actor, self.hazel.building_id
        last = one.on + timedelta(days=self.dice.randrange(20))
        closure = do(closures.close, actor, here, one.on.isoformat(), last.isoformat())
        return lambda: do(closures.undo, actor, here, closure.id)

    def done(self, one: Gathering, rule: Any, more: tuple[str, ...], undo: tuple[Any, tuple[str, ...]]) -> Undo:
        do, actor = self.hazel.house.do, self.hazel.actor
        now = do(rule, actor, *one.key, *more)
        assert now is not None
        return lambda: do(undo[0], actor, now.series_id, now.day, *undo[1])

    def reason(self) -> tuple[str]:
        return (self.dice.choice(["", "all the same"]),)

    def time(self) -> str:
        return f"{self.dice.choice([2, 2, 8, 18, 19, 23]):02}:{self.dice.choice([0, 15, 30]):02}"

    def nothing_is_double_without_a_reason(self) -> None:
        # The soonest first: what begins after one has ended can't be in its way, nor what comes later still.
        on = [one for one in self.last_seen if one.state != CANCELLED]
        for place, one in enumerate(on):
            for other in itertools.takewhile(lambda later, ends=one.ends: later.at < ends, on[place + 1 :]):
                if one.room_id == other.room_id:
                    assert one.reason or other.reason, (one, other)

    def others_see_the_same(self) -> None:
        """What other calendars, the public page and the flyer make of it: the same dates, and whether each is on."""
        house, here, everything = self.hazel.house, self.hazel.building_id, self.all()
        names = house.ask(agenda.names)
        rooms = {room.id: room.name for room in names.rooms.values()}
        first, days = BEGINS - timedelta(days=40), DAYS + 80
        lists = {self.dice.choice(self.leaders): feeds.FACILITATOR, here: feeds.BUILDING}
        lists |= {house.ask(series.chain, self.dice.choice(everything).series_id)[0].id: feeds.GROUP}
        for of, what in lists.items():
            parts = {part.id for part in house.ask(series.chain, of)} if what == feeds.GROUP else set()
            own = {
                feeds.BUILDING: lambda one: True,
                feeds.GROUP: lambda one, parts=parts: one.series_id in parts,
                feeds.FACILITATOR: lambda one, of=of: one.account_id == of and not one.needs_cover,
            }
            back = read_back(feed(house, what, of, datetime(2026, 9, 1, tzinfo=UTC)), first, days + 1)
            assert back == ours([one for one in everything if own[what](one)], rooms, names.called)
        building = house.ask(buildings.find, here)
        public = house.ask(listing.coming, building, self.now, listing.listed_in(here))
        today = wall(building.zone, self.now)
        until = today.date() + timedelta(weeks=listing.WEEKS_SHOWN)
        shown = [one for one in everything if one.wall_ends > today and one.on < until]
        assert sorted((one.wall, one.room) for one in public if one.takes_place) == sorted(
            (one.wall, rooms[one.room_id]) for one in shown if one.state == ON
        )
        for sign in house.ask(listing.signs, building, self.now, listing.listed_in(here)):
            ahead = [one.wall for one in everything if one.state == ON and one.wall_ends > today]
            assert {date.wall for date in sign.dates} <= set(ahead)


@pytest.mark.parametrize(
    "count",
    [
        pytest.param(FEW, marks=pytest.mark.timeout(600)),
        pytest.param(MANY, marks=[pytest.mark.long, pytest.mark.timeout(14_400)]),
    ],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_programmes_of_edits_and_undos(
    count: int, house: House, esi: Person, seed: int, report: Callable[[str], None]
) -> None:
    dice, acts = random.Random(seed), 0
    for _ in range(count):
        hazel = calendar(house, esi.id, dice.choice(ZONES))
        leaders = [
            house.do(accounts.add, f"{name}@example.org", FACILITATES, "-").id for name in (random_id(), random_id())
        ]
        programme = Programme(hazel, leaders, dice)
        programme.plan()
        before = programme.seen()
        for _ in range(dice.randrange(1, 8)):
            programme.act()
            programme.nothing_is_double_without_a_reason()
        programme.others_see_the_same()
        acts += len(programme.undos)
        for undo in reversed(programme.undos):
            undo()
        assert programme.seen() == before
        house.do(_clear)
    report(f"seed {seed}: {count} programmes, {acts} acts undone")


def _clear(db: Session) -> None:
    """Take everything off the calendar, so that the last programme takes no longer than the first."""
    db.execute(update(Series).values(follows=None))
    for table in (Override, Closure, Series, Room, Building):
        db.execute(delete(table))
