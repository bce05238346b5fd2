"""What anybody may read of the calendar (`sessions.schedule.listing`): what staff list, and said plainly."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sessions.accounts import Person
from sessions.schedule import buildings, closures, edits, from_here, listing
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.gatherings import ON
from sessions.schedule.listing import Public, Sign
from tests.rules.cast import House
from tests.rules.planning import TUESDAY, Calendar, calendar

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
WEEK = timedelta(weeks=1)


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def listed(hazel: Calendar, called: str = "", **typed: str) -> str:
    """A group on Tuesdays, listed."""
    tea = hazel.plan("Using and living", **typed)
    hazel.house.do(listing.list_group, hazel.actor, tea.id, date.fromisoformat(tea.first), True, called)
    return tea.id


def coming(hazel: Calendar, now: datetime = NOW) -> list[Public]:
    building = hazel.house.ask(buildings.find, hazel.building_id)
    seen: list[Public] = hazel.house.ask(listing.coming, building, now, listing.listed_in(hazel.building_id))
    return seen


def signs(hazel: Calendar) -> list[Sign]:
    building = hazel.house.ask(buildings.find, hazel.building_id)
    told: list[Sign] = hazel.house.ask(listing.signs, building, NOW, listing.listed_in(hazel.building_id))
    return told


def told(seen: list[Public]) -> list[str]:
    return [f"{one.wall:%m-%d %H:%M} {'moved' if one.state == ON and one.moved_to else one.state}" for one in seen]


def test_a_group_that_is_not_listed_is_nowhere(hazel: Calendar) -> None:
    hazel.plan()
    assert coming(hazel) == [] and signs(hazel) == []
    assert hazel.house.ask(listing.everywhere) == []


def test_the_next_four_weeks_without_what_is_over(hazel: Calendar) -> None:
    listed(hazel, until="2027-01-26")
    assert told(coming(hazel)) == [f"{day} 18:00 on" for day in ("11-03", "11-10", "11-17", "11-24")]
    during = datetime(2026, 11, 4, 2, 30, tzinfo=UTC)  # half past six on Tuesday, there
    assert told(coming(hazel, during))[0] == "11-03 18:00 on"
    assert told(coming(hazel, during + timedelta(hours=1)))[0] == "11-10 18:00 on"


def test_what_began_before_midnight_is_not_over_after_it(hazel: Calendar) -> None:
    listed(hazel, start="23:30")
    past_midnight = datetime(2026, 11, 4, 8, 10, tzinfo=UTC)
    assert told(coming(hazel, past_midnight))[0] == "11-03 23:30 on"


def test_each_way_of_not_being_on(hazel: Calendar) -> None:
    tea, actor, do = listed(hazel), hazel.actor, hazel.house.do
    do(edits.cancel, actor, tea, TUESDAY)
    do(closures.close, actor, hazel.building_id, str(TUESDAY + WEEK), "")
    do(edits.move, actor, tea, TUESDAY + 2 * WEEK, "2027-05-01", "10:00")
    do(edits.move, actor, tea, TUESDAY + 3 * WEEK, str(TUESDAY + WEEK), "12:00", "all the same")
    assert told(coming(hazel)) == [
        *("11-03 18:00 cancelled", "11-10 12:00 closed", "11-10 18:00 closed", "11-17 18:00 moved"),
        "11-24 18:00 cancelled",
    ]
    assert coming(hazel)[3].moved_to == datetime(2027, 5, 1, 10), "also where it is far away now"
    assert not any(one.takes_place for one in coming(hazel))


def test_a_listing_holds_for_all_parts_of_a_group_that_is_cut(hazel: Calendar) -> None:
    tea = listed(hazel, "Tea")
    hazel.house.do(from_here.start_at, hazel.actor, tea, TUESDAY + WEEK, "17:00")
    assert {one.called for one in coming(hazel)} == {"Tea"} and len(coming(hazel)) == 4
    hazel.house.do(listing.list_group, hazel.actor, tea, TUESDAY + WEEK, False, "")
    assert coming(hazel) == []


def test_a_flyer_says_the_hour_that_is_kept_now(hazel: Calendar) -> None:
    tea = listed(hazel)
    hazel.house.do(from_here.start_at, hazel.actor, tea, TUESDAY, "17:00")
    (sign,) = signs(hazel)
    assert (sign.kind, sign.start, sign.ends) == ("weekly", 17 * 60, 18 * 60), "not that of the empty part before"
    assert [one.wall.hour for one in sign.dates] == [17] * 4
    hazel.house.do(from_here.cancel, hazel.actor, tea, TUESDAY)
    assert signs(hazel) == []


def test_a_name_that_is_too_long_is_refused_and_nothing_is_changed(hazel: Calendar) -> None:
    tea = listed(hazel, "Tea")
    before = hazel.house.everything()
    with pytest.raises(ScheduleRefused) as refused:
        hazel.house.do(listing.list_group, hazel.actor, tea, TUESDAY, True, "x" * 81)
    assert (refused.value.field, refused.value.reason) == ("called", "long")
    assert hazel.house.do(listing.list_group, hazel.actor, tea, TUESDAY + timedelta(days=1), True, "") is None
    assert hazel.house.do(listing.list_building, hazel.actor, "0" * 20, True) is None
    assert hazel.house.everything() == before
