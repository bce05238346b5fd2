"""Of what heads are told (`sessions.schedule.told_of`, `.held`): a building, a group, and the day it was there."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sessions.accounts import Person
from sessions.schedule import edits, from_here, held, told_of
from sessions.schedule.gatherings import Gathering
from sessions.schedule.held import Place, Told, Typed
from tests.rules.cast import House, new_key
from tests.rules.planning import TUESDAY, Calendar, calendar

SIX = datetime(2026, 11, 4, 2, tzinfo=UTC)
"""Tuesday, six in the evening in Los Angeles: there it is still the third."""
HOUR = timedelta(hours=1)


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def led(house: House, who: Person, now: datetime) -> list[str]:
    seen: list[Gathering] = house.ask(told_of.led_lately, who.id, now)
    return [str(one.on) for one in seen]


def told(house: House, who: Person) -> list[Told]:
    rows: list[Told] = house.ask(held.told_by, who.id)
    return rows


def test_what_i_led_these_seven_days_is_mine_to_tell_of(
    house: House, hazel: Calendar, ana: Person, fay: Person
) -> None:
    tea = hazel.plan(account_id=ana.id)
    assert led(house, ana, SIX - HOUR) == [] and led(house, ana, SIX - HOUR / 4) == ["2026-11-03"]
    assert led(house, ana, SIX + timedelta(days=7)) == ["2026-11-10", "2026-11-03"]
    assert led(house, ana, SIX + timedelta(days=7, hours=1)) == ["2026-11-10"]
    hazel.do(edits.cancel, tea)
    assert led(house, ana, SIX) == [] == led(house, fay, SIX)


def test_who_took_a_date_over_tells_of_it_and_nobody_else(
    house: House, hazel: Calendar, ana: Person, fay: Person
) -> None:
    tea = hazel.plan(account_id=ana.id)
    hazel.do(edits.need_cover, tea)
    assert led(house, ana, SIX) == []
    house.do(edits.claim, fay.id, tea.id, TUESDAY)
    assert (led(house, fay, SIX), led(house, ana, SIX)) == (["2026-11-03"], [])


def test_a_circle_that_knows_its_group_is_of_the_date_that_has_just_been(house: House, hazel: Calendar) -> None:
    tea = hazel.plan()
    place = house.ask(told_of.known, hazel.building_id, tea.id, SIX + HOUR)
    assert place == Place(hazel.building_id, TUESDAY, tea.id), "and its day is the one on the wall there"
    late = house.ask(told_of.known, hazel.building_id, tea.id, SIX + timedelta(days=3))
    assert late == Place(hazel.building_id, date(2026, 11, 6))
    assert house.ask(told_of.known, None, None, SIX) is None
    assert house.ask(told_of.in_building, "0" * 20, SIX) is None


def test_it_is_kept_with_its_building_its_group_and_the_day_it_was_there(
    house: House, hazel: Calendar, ana: Person
) -> None:
    tea = hazel.plan()
    place = Place(hazel.building_id, TUESDAY, tea.id)
    house.do(held.tell, ana.id, Typed(new_key(), "7"), place=place)
    (one,) = told(house, ana)
    assert (one.building_id, one.series_id, one.day) == (hazel.building_id, tea.id, TUESDAY)


def test_sent_again_for_another_date_it_is_of_that_one(house: House, hazel: Calendar, ana: Person) -> None:
    tea, key = hazel.plan(), new_key()
    for place in (Place(hazel.building_id, TUESDAY), Place(hazel.building_id, date(2026, 11, 10), tea.id)):
        house.do(held.tell, ana.id, Typed(key, "7"), place=place)
    assert [(one.day.day, one.series_id) for one in told(house, ana)] == [(10, tea.id)]
    house.do(held.tell, ana.id, Typed(key, "7"), place=None)
    assert [(one.day.day, one.series_id, one.building_id) for one in told(house, ana)] == [(10, None, None)]


def test_what_is_gone_meanwhile_is_left_out(house: House, hazel: Calendar, ana: Person, esi: Person) -> None:
    tea = hazel.plan()
    later = hazel.do(from_here.change_words, tea, date(2026, 11, 10), "More tea", "60")
    hazel.do(from_here.join, tea, date(2026, 11, 10))
    house.do(held.tell, ana.id, Typed(new_key(), "7"), place=Place(hazel.building_id, TUESDAY, later.series_id))
    house.do(held.tell, ana.id, Typed(new_key(), "7"), TUESDAY, Place("0" * 20, TUESDAY, tea.id))
    kept = {(one.building_id, one.series_id) for one in told(house, ana)}
    assert kept == {(hazel.building_id, None), (None, None)}


def test_a_group_that_goes_leaves_the_heads_to_the_building(house: House, hazel: Calendar, ana: Person) -> None:
    tea = hazel.plan()
    later = hazel.do(from_here.change_words, tea, date(2026, 11, 10), "More tea", "60")
    place = Place(hazel.building_id, date(2026, 11, 10), later.series_id)
    house.do(held.tell, ana.id, Typed(new_key(), "7"), place=place)
    hazel.do(from_here.join, tea, date(2026, 11, 10))
    assert [(one.building_id, one.series_id) for one in told(house, ana)] == [(hazel.building_id, None)]
