"""What the pages of the calendar show, and opening the doors of what is on it (`sessions.schedule.agenda`)."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest

from sessions.accounts import Person
from sessions.circle import circles, doors, on_duty
from sessions.circle.circles import Circle
from sessions.schedule import agenda, closures, edits
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.series import Series
from tests.rules.cast import DOOR_KEY, House
from tests.rules.planning import TUESDAY, Calendar, calendar, shown

SIX = datetime(2026, 11, 4, 2, tzinfo=UTC)
"""Six in the evening of that Tuesday in Los Angeles, where it is Wednesday in London already."""


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def opens(house: House, account_id: str, series: Series, now: datetime, day: date = TUESDAY) -> Circle | None:
    circle: Circle | None = house.do(on_duty.open_gathering, house.vault, DOOR_KEY, account_id, series.id, day, now=now)
    return circle


def test_today_is_each_buildings_own(house: House, hazel: Calendar, esi: Person) -> None:
    london = calendar(house, esi.id, "Europe/London")
    hazel.plan()
    london.plan("Breakfast", first="2026-11-04", until="2026-11-11", start="08:00")
    today = house.ask(agenda.today, SIX)
    assert {(one.title, day.isoformat()) for _, day, listed in today.days for one in listed} == {
        *(("Tea and talk", "2026-11-03"), ("Breakfast", "2026-11-04")),
    }


def test_today_tells_what_to_look_at(house: House, hazel: Calendar, esi: Person, ana: Person) -> None:
    tea = hazel.plan(account_id=ana.id)
    hazel.plan("Yoga", kind="once", first="2026-11-10", reason="Big room", account_id=ana.id)
    hazel.do(edits.need_cover, tea, date(2026, 11, 10))
    house.do(closures.close, esi.id, hazel.building_id, "2026-11-16", "")
    today = house.ask(agenda.today, SIX)
    assert shown(today.uncovered) == ["11-10 18:00 on"]
    assert {(one.title, told[0].kind) for one, told in today.clashing} == {("Tea and talk", "room"), ("Yoga", "room")}
    assert [one.first for one in today.closures] == ["2026-11-16"]


def test_what_is_over_needs_nobody(house: House, hazel: Calendar) -> None:
    hazel.plan(kind="once")
    assert house.ask(agenda.today, SIX).uncovered != []
    assert house.ask(agenda.today, SIX + timedelta(hours=2)).uncovered == []


def test_a_leader_sees_their_own_today_and_what_nobody_leads(
    house: House, hazel: Calendar, ana: Person, fay: Person
) -> None:
    hazel.plan(account_id=ana.id)
    hazel.plan("Yoga", start="08:00", kind="once", first="2026-11-05")
    own = house.ask(agenda.of_leader, ana.id, SIX)
    assert [one.title for one in own.today] == ["Tea and talk"] and [one.title for one in own.uncovered] == ["Yoga"]
    assert house.ask(agenda.of_leader, fay.id, SIX).today == []


def test_the_doors_open_a_quarter_of_an_hour_before_and_until_the_end(
    house: House, hazel: Calendar, ana: Person
) -> None:
    tea = hazel.plan(account_id=ana.id)
    for minutes in (-16, 60, 24 * 60):
        with pytest.raises(ScheduleRefused) as told:
            opens(house, ana.id, tea, SIX + timedelta(minutes=minutes))
        assert (told.value.field, told.value.reason) == ("doors", "early")
    circle = opens(house, ana.id, tea, SIX - timedelta(minutes=15))
    assert circle and doors.sign(house.vault, circle).title == "Tea and talk" and circle.minutes == 60


def test_once_more_is_the_same_circle_until_it_closes(house: House, hazel: Calendar, ana: Person) -> None:
    tea = hazel.plan(account_id=ana.id)
    circle = opens(house, ana.id, tea, SIX)
    again = opens(house, ana.id, tea, SIX)
    assert circle and again and again.id == circle.id
    house.do(circles.close, circle.id)
    later = opens(house, ana.id, tea, SIX)
    assert later and later.id != circle.id


def test_two_taps_at_once_open_one_circle(house: House, hazel: Calendar, ana: Person) -> None:
    tea, opened = hazel.plan(account_id=ana.id), []

    def tap() -> None:
        opened.append(opens(house, ana.id, tea, SIX))

    both = [threading.Thread(target=tap) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert len(opened) == 2 and len({circle.id for circle in opened}) == 1


def test_who_covers_opens_and_who_has_the_group_does_not(
    house: House, hazel: Calendar, ana: Person, fay: Person
) -> None:
    tea = hazel.plan(account_id=ana.id)
    assert opens(house, fay.id, tea, SIX) is None
    hazel.do(edits.need_cover, tea)
    assert opens(house, ana.id, tea, SIX) is None
    house.do(edits.claim, fay.id, tea.id, TUESDAY)
    assert opens(house, ana.id, tea, SIX) is None and opens(house, fay.id, tea, SIX) is not None
    assert opens(house, fay.id, tea, SIX, date(2026, 11, 4)) is None


def test_two_who_claim_at_once_and_one_has_it(house: House, hazel: Calendar, ana: Person, fay: Person) -> None:
    tea, won, lost = hazel.plan(), [], []

    def claim(who: str) -> None:
        try:
            won.append(house.do(edits.claim, who, tea.id, TUESDAY).account_id)
        except ScheduleRefused:
            lost.append(who)

    both = [threading.Thread(target=claim, args=(one.id,)) for one in (ana, fay)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert (len(won), len(lost)) == (1, 1) and hazel.on().account_id == won[0]
