"""What other calendars make of ours (`sessions.schedule.ical`): the same dates, after whatever staff did with them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil import tz
from sqlalchemy.orm import Session

from sessions import accounts
from sessions.accounts import Person
from sessions.permissions import FACILITATOR as FACILITATES
from sessions.schedule import agenda, buildings, closures, edits, feeds, from_here, gatherings, ical, listing
from sessions.schedule.buildings import BuildingWords, RoomWords
from sessions.words import clean_line
from tests.rules.cast import House
from tests.rules.conftest import NO_PASSPHRASE
from tests.rules.feeds import SAID, feed, made, ours, read_back
from tests.rules.planning import Calendar, calendar

ZONES = ("America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "America/St_Johns")
FIRST, DAYS = date(2026, 9, 20), 240
"""Over both edges of each of these zones."""
NOW = datetime(2026, 9, 20, 12, tzinfo=UTC)
SUNDAY = date(2026, 9, 20)  # clocks are changed on Sundays, at one or at two


@pytest.fixture(params=ZONES)
def hazel(request: pytest.FixtureRequest, house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id, request.param)


def weekly(hazel: Calendar, title: str = "Tea", start: str = "02:15", minutes: str = "60", leader: str = "") -> str:
    """A group every Sunday night, over both edges."""
    typed = {"first": str(SUNDAY), "until": str(FIRST + timedelta(days=DAYS - 10)), "start": start}
    made = hazel.plan(title, reason="all the same", minutes=minutes, account_id=leader, **typed)
    return made.id


def the_same(hazel: Calendar, what: str = feeds.BUILDING, of: str = "") -> icalendar.Calendar:
    """Read the feed back, and compare each date of it with ours."""
    calendar = feed(hazel.house, what, of or hazel.building_id, NOW)
    names = hazel.house.ask(agenda.names)
    rooms = {room.id: room.name for room in names.rooms.values()}
    seen = hazel.house.ask(gatherings.between, FIRST - timedelta(days=30), FIRST + timedelta(days=DAYS))
    mine = [one for one in seen if what != feeds.FACILITATOR or (one.account_id == of and not one.needs_cover)]
    back = read_back(calendar, FIRST - timedelta(days=31), DAYS + 40)
    assert back == ours(mine, rooms, names.called)
    assert len(back) > 3
    return calendar


def after(weeks: int) -> date:
    return SUNDAY + timedelta(weeks=weeks)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("kind", ["weekly", "fortnightly", "nth", "last"])
@pytest.mark.parametrize("start", ["00:30", "01:15", "02:15", "18:00", "23:45"])
def test_every_kind_of_group_over_both_edges_of_the_clock(hazel: Calendar, kind: str, start: str) -> None:
    first = {"last": "2026-09-27"}.get(kind, str(SUNDAY))
    for minutes, leaves in (("45", 0), ("120", 7)):
        typed = {"kind": kind, "first": first, "until": str(FIRST + timedelta(days=200 + leaves)), "start": start}
        hazel.plan(reason="all the same", minutes=minutes, **typed)
    the_same(hazel)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_after_each_thing_staff_do_and_undo(hazel: Calendar, ana: Person, fay: Person) -> None:
    tea, kitchen = weekly(hazel, leader=ana.id), hazel.another_room("Kitchen")
    do, actor, key = hazel.house.do, hazel.actor, (tea, after(3))
    acts: list[tuple[Callable[..., object], tuple[str, ...], str]] = [
        (edits.cancel, (), "cancelled"),
        (edits.move, (str(after(3) + timedelta(days=2)), "18:30"), "moved"),
        (edits.move, ("2027-03-14", "02:30", "all the same"), "moved"),
        (edits.change_room, (kitchen.id,), "room"),
        (edits.change_facilitator, (fay.id,), "facilitator"),
        (edits.need_cover, (), "cover"),
    ]
    for rule, typed, part in acts:
        do(rule, actor, *key, *typed)
        the_same(hazel)
        do(edits.undo, actor, *key, part, "all the same")
        the_same(hazel)
    closure = do(closures.close, actor, hazel.building_id, str(after(2)), str(after(8)))
    the_same(hazel)
    do(edits.restore, actor, *key, "all the same")
    the_same(hazel)
    do(closures.undo, actor, hazel.building_id, closure.id)
    the_same(hazel)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_after_all_from_here_cut_again_and_joined(hazel: Calendar, ana: Person, fay: Person) -> None:
    tea, kitchen = weekly(hazel, leader=ana.id), hazel.another_room("Kitchen")
    do, actor = hazel.house.do, hazel.actor
    do(edits.cancel, actor, tea, after(6))
    for rule, typed in (
        (from_here.start_at, ("01:45",)),
        (from_here.change_room, (kitchen.id,)),
        (from_here.change_facilitator, (fay.id,)),
        (from_here.change_words, ("Other", "90")),
        (from_here.cancel, ()),
    ):
        for day in (SUNDAY, after(5)):  # also from the first date on: then the part before it is empty
            do(rule, actor, tea, day, *typed, "all the same") if typed else do(rule, actor, tea, day)
            the_same(hazel)
            the_same(hazel, feeds.FACILITATOR, ana.id) if rule is not from_here.change_facilitator else None
        do(edits.restore, actor, tea, after(9), "all the same")
        the_same(hazel)
        for day in (after(5), SUNDAY):
            do(from_here.join, actor, tea, day, "all the same")
            the_same(hazel)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_facilitators_own_has_their_own_dates_alone(hazel: Calendar, ana: Person, fay: Person) -> None:
    tea, choir = weekly(hazel, leader=ana.id), weekly(hazel, "Choir", "18:00", leader=fay.id)
    do, actor = hazel.house.do, hazel.actor
    for week in (0, 4, 7):
        do(edits.change_facilitator, actor, tea, after(week), fay.id)
    do(edits.need_cover, actor, tea, after(9))
    do(edits.cancel, actor, tea, after(10))
    for week in (2, 3):
        do(edits.change_facilitator, actor, choir, after(week), ana.id)
    for who in (ana, fay):
        the_same(hazel, feeds.FACILITATOR, who.id)


def test_the_zone_says_what_the_clock_on_the_wall_shows(hazel: Calendar) -> None:
    """By another reader than the one above, which knows zones by their names and not by what is written of them."""
    weekly(hazel)
    text = feed(hazel.house, feeds.BUILDING, hazel.building_id, NOW).to_ical().decode()
    (name,) = (line.removeprefix("TZID:") for line in text.splitlines() if line.startswith("TZID:"))
    begins, ends = text.index("BEGIN:VTIMEZONE"), text.index("END:VTIMEZONE") + len("END:VTIMEZONE")
    told = tz.tzical(StringIO(text[begins:ends].replace("\r\n", "\n"))).get(name)
    at = datetime(2026, 9, 1, tzinfo=UTC)
    while at < datetime(2027, 6, 1, tzinfo=UTC):
        assert at.astimezone(told).replace(tzinfo=None) == at.astimezone(ZoneInfo(name)).replace(tzinfo=None), at
        at += timedelta(minutes=30)


@pytest.fixture
def birch(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def events(calendar: icalendar.Calendar) -> list[icalendar.Event]:
    return list(calendar.walk("VEVENT"))


def test_a_group_stays_itself_and_every_act_and_undo_raises_its_sequence(birch: Calendar) -> None:
    tea, kitchen = weekly(birch, start="18:00"), birch.another_room("Kitchen")
    do, actor, here = birch.house.do, birch.actor, birch.building_id
    known, last = [], -1
    for rule, args in (
        (edits.cancel, (tea, after(3))),
        (edits.undo, (tea, after(3), "cancelled")),
        (edits.change_room, (tea, after(3), kitchen.id)),
        (from_here.start_at, (tea, SUNDAY, "17:00")),
        (from_here.join, (tea, SUNDAY)),
        (from_here.start_at, (tea, after(5), "17:00")),
        (from_here.join, (tea, after(5))),
        (closures.close, (here, str(after(3)), "")),
        (listing.list_group, (tea, SUNDAY, True, "Tea")),
        (buildings.change_room, (here, kitchen.id, RoomWords("Big kitchen"))),
        (buildings.change, (here, BuildingWords("Hazel House", "The house", "Europe/London"))),
    ):
        do(rule, actor, *args)
        master = next(one for one in events(feed(birch.house, feeds.GROUP, tea, NOW)) if "recurrence-id" not in one)
        known.append(str(master["uid"]))
        assert master["sequence"] > last, rule
        last = master["sequence"]
    (closure,) = birch.house.ask(closures.between, SUNDAY, after(30), here)
    do(closures.undo, actor, here, closure.id)
    assert events(feed(birch.house, feeds.GROUP, tea, NOW))[0]["sequence"] > last
    assert set(known) == {f"{tea}@open-circle"}


def test_it_says_what_the_public_page_says_and_nothing_more(birch: Calendar, ana: Person) -> None:
    tea = birch.plan("Using and living", reason="", account_id=ana.id)
    birch.house.do(closures.close, birch.actor, birch.building_id, "2026-11-10", "", "Bed bugs")
    birch.do(edits.move, tea, date(2026, 11, 3), "2026-11-10", "18:00", "the boiler")
    for what, of in ((feeds.BUILDING, birch.building_id), (feeds.GROUP, tea.id), (feeds.FACILITATOR, ana.id)):
        calendar = feed(birch.house, what, of, NOW)
        text = calendar.to_ical().decode()
        assert not any(word in text for word in ("Using", "bugs", "boiler", "Hazel", "example.org"))
        assert {str(one["summary"]) for one in events(calendar)} == {"Open group"}
    birch.house.do(listing.list_group, birch.actor, tea.id, date(2026, 11, 3), False, "Tea and talk")
    assert {str(one["summary"]) for one in events(feed(birch.house, feeds.GROUP, tea.id, NOW))} == {"Tea and talk"}


NASTY = '=cmd|"/c"!A1;,\\n<b>x</b>\r\nBEGIN:VEVENT\r\nSUMMARY:planted\r\nEND:VEVENT'


def test_whatever_is_typed_stays_text(house: House, esi: Person) -> None:
    building = house.do(buildings.add, esi.id, BuildingWords(NASTY[:60], "", "Europe/London"))
    room = house.do(buildings.add_room, esi.id, building.id, RoomWords(NASTY[:60]))
    hazel = Calendar(house, esi.id, building.id, room)
    tea = hazel.plan()
    house.do(listing.list_group, esi.id, tea.id, date(2026, 11, 3), True, NASTY)
    ruth = house.do(accounts.add, "ruth@example.org", FACILITATES, NO_PASSPHRASE, NASTY[:50])
    house.do(edits.change_facilitator, esi.id, tea.id, date(2026, 11, 10), ruth.id)
    calendar = feed(house, feeds.BUILDING, building.id, NOW)
    assert {str(one["summary"]) for one in events(calendar)} == {clean_line(NASTY)}
    lines = calendar.to_ical().decode().split("\r\n")
    assert lines.count("BEGIN:VEVENT") == 2 and not any(line.startswith("SUMMARY:planted") for line in lines)


def test_an_address_made_new_ends_the_one_before(birch: Calendar, ana: Person) -> None:
    house = birch.house
    first = made(house, birch.actor, feeds.BUILDING, birch.building_id)
    other = made(house, ana.id, feeds.FACILITATOR, ana.id)
    found = house.ask(feeds.find, first)
    assert (found.what, found.of) == (feeds.BUILDING, birch.building_id)
    second = made(house, birch.actor, feeds.BUILDING, birch.building_id)
    assert house.ask(feeds.find, first) is None and house.ask(feeds.find, second) is not None
    assert house.ask(feeds.find, other) is not None, "somebody else's stays"
    everything = repr(house.everything())
    assert not any(secret in everything for secret in (first, second, other)), "only hashes are kept"


def test_who_can_not_lead_any_more_and_what_is_gone_has_no_feed(birch: Calendar, ana: Person) -> None:
    house = birch.house
    for what, of in ((feeds.FACILITATOR, birch.actor), (feeds.GROUP, "0" * 20), (feeds.BUILDING, "0" * 20)):
        assert house.ask(written, what, of) is None
    assert house.ask(written, feeds.FACILITATOR, ana.id) is not None


def written(db: Session, what: str, of: str) -> bytes | None:
    return ical.written(db, feeds.Feed(what=what, of=of), SAID, NOW)


def test_what_was_over_long_ago_is_left_out(birch: Calendar) -> None:
    birch.plan("Over", first="2026-06-02", until="2026-06-30")
    birch.plan("Now", first="2026-09-01", until="2026-09-29")
    assert len(events(feed(birch.house, feeds.BUILDING, birch.building_id, NOW))) == 1
