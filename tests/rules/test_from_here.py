"""What Esi does with a group from one date on, and takes back (`sessions.schedule.from_here`)."""

from datetime import date
from typing import Any

import pytest

from sessions.accounts import Person
from sessions.schedule import edits, from_here, gatherings
from sessions.schedule.clashes import Clashing
from sessions.schedule.clock import ScheduleRefused
from tests.rules.cast import House
from tests.rules.planning import TUESDAY, Calendar, calendar, shown

AS_PLANNED = ["11-03 18:00 on", "11-10 18:00 on", "11-17 18:00 on", "11-24 18:00 on"]
TENTH, SEVENTEENTH = date(2026, 11, 10), date(2026, 11, 17)


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def test_every_date_from_here_begins_at_another_time(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(from_here.start_at, tea, SEVENTEENTH, "19:00")
    assert shown(hazel.seen()) == [*AS_PLANNED[:2], "11-17 19:00 on", "11-24 19:00 on"]
    hazel.do(from_here.join, tea, SEVENTEENTH)
    assert shown(hazel.seen()) == AS_PLANNED


def test_from_the_first_date_on_is_the_whole_group(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(from_here.start_at, tea, TUESDAY, "19:00")
    assert {f"{one.wall:%H:%M}" for one in hazel.seen()} == {"19:00"} and len(hazel.seen()) == 4
    hazel.do(from_here.join, tea, TUESDAY)
    assert shown(hazel.seen()) == AS_PLANNED


def test_every_date_from_here_is_called_off_and_one_takes_place_all_the_same(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(from_here.cancel, tea, TENTH)
    hazel.do(edits.restore, tea, SEVENTEENTH)
    assert [line[12:] for line in shown(hazel.seen())] == ["on", "cancelled", "on", "cancelled"]
    hazel.do(from_here.restore, tea, TENTH)
    assert shown(hazel.seen()) == AS_PLANNED


def test_another_room_and_facilitator_from_here(house: House, hazel: Calendar, ana: Person, fay: Person) -> None:
    tea, other = hazel.plan(account_id=ana.id), hazel.another_room()
    hazel.do(from_here.change_room, tea, TENTH, other.id)
    hazel.do(from_here.change_facilitator, tea, SEVENTEENTH, fay.id)
    assert [one.room_id == other.id for one in hazel.seen()] == [False, True, True, True]
    assert [one.account_id for one in hazel.seen()] == [ana.id, ana.id, fay.id, fay.id]


def test_a_facilitator_may_leave_the_group_to_nobody(hazel: Calendar, ana: Person) -> None:
    tea = hazel.plan(account_id=ana.id)
    hazel.do(from_here.change_facilitator, tea, TENTH, "")
    assert [one.open_to_claim for one in hazel.seen()] == [False, True, True, True]


def test_what_differs_on_one_date_stays_with_it(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(edits.move, tea, SEVENTEENTH, "2026-11-18", "09:00")
    hazel.do(from_here.start_at, tea, TENTH, "19:00")
    moved = ["11-03 18:00 on", "11-10 19:00 on", "11-18 09:00 on", "11-24 19:00 on"]
    assert shown(hazel.seen()) == moved
    hazel.do(from_here.join, tea, TENTH)
    assert shown(hazel.seen()) == [*AS_PLANNED[:2], "11-18 09:00 on", AS_PLANNED[3]]


def test_cuts_are_joined_in_any_order(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(from_here.start_at, tea, SEVENTEENTH, "19:00")
    hazel.do(from_here.start_at, tea, TENTH, "20:00")
    assert [f"{one.wall:%H}" for one in hazel.seen()] == ["18", "20", "19", "19"]
    hazel.do(from_here.join, tea, TENTH)
    assert [f"{one.wall:%H}" for one in hazel.seen()] == ["18", "18", "19", "19"]
    hazel.do(from_here.join, tea, SEVENTEENTH)
    assert shown(hazel.seen()) == AS_PLANNED


def test_an_address_from_before_a_cut_still_leads_to_its_date(house: House, hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(from_here.start_at, tea, TENTH, "19:00")
    found = house.ask(gatherings.find, tea.id, SEVENTEENTH)
    assert f"{found.wall:%d %H}" == "17 19" and found.series_id != tea.id


def test_what_was_not_cut_is_not_joined(hazel: Calendar) -> None:
    with pytest.raises(ScheduleRefused):
        hazel.do(from_here.join, hazel.plan(), TENTH)


def test_a_date_the_group_does_not_have_is_not_there(house: House, hazel: Calendar, ana: Person) -> None:
    tea, eleventh = hazel.plan(), date(2026, 11, 11)
    rules: list[tuple[Any, tuple[str, ...]]] = [(from_here.cancel, ()), (from_here.restore, ()), (from_here.join, ())]
    rules += [(from_here.start_at, ("19:00",)), (from_here.change_room, ("x",))]
    for rule, more in [*rules, (from_here.change_facilitator, (ana.id,))]:
        assert hazel.do(rule, tea, eleventh, *more) is None
    assert shown(hazel.seen()) == AS_PLANNED


def test_another_title_and_length_from_here(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(from_here.change_words, tea, SEVENTEENTH, " Coffee  and talk", "90")
    assert [(one.title, one.minutes) for one in hazel.seen()] == [("Tea and talk", 60)] * 2 + [
        ("Coffee and talk", 90)
    ] * 2
    hazel.plan("Yoga", start="19:30")
    hazel.do(from_here.join, tea, SEVENTEENTH)
    with pytest.raises(Clashing):
        hazel.do(from_here.change_words, tea, TENTH, "Tea", "120")
    for title, minutes in (("", "60"), ("x" * 81, "60"), ("Tea", "0"), ("Tea", "481")):
        with pytest.raises(ScheduleRefused):
            hazel.do(from_here.change_words, tea, TENTH, title, minutes)


def test_it_clashes_with_what_comes_later(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.plan("Yoga", kind="once", first="2026-11-24", start="19:00")
    with pytest.raises(Clashing) as told:
        hazel.do(from_here.start_at, tea, TENTH, "19:30")
    assert [(clash.gathering.on, clash.other) for clash in told.value.clashes] == [(date(2026, 11, 24), "Yoga")]
    hazel.do(from_here.start_at, tea, TENTH, "19:30", "The room is big enough")
    assert [one.reason for one in hazel.seen() if one.title != "Yoga"] == ["", *["The room is big enough"] * 3]
