"""Somebody else leads a date, and gives it back (`sessions.schedule.edits`)."""

from datetime import UTC, datetime

import pytest

from sessions.accounts import Person
from sessions.schedule import agenda, edits
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.series import Series
from tests.rules.cast import House
from tests.rules.planning import TUESDAY, Calendar, calendar

THE_DAY_BEFORE = datetime(2026, 11, 2, 20, tzinfo=UTC)


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


@pytest.fixture
def tea(hazel: Calendar, ana: Person) -> Series:
    """Ana's group. On its first date she needs somebody else."""
    tea = hazel.plan(account_id=ana.id)
    hazel.do(edits.need_cover, tea)
    return tea


def claims(hazel: Calendar, tea: Series, who: Person) -> None:
    hazel.house.do(edits.claim, who.id, tea.id, TUESDAY)


def gives_back(hazel: Calendar, tea: Series, who: Person) -> object:
    return hazel.house.do(edits.give_back, who.id, tea.id, TUESDAY)


def test_a_date_that_is_given_back_is_there_to_take_again(
    hazel: Calendar, tea: Series, ana: Person, fay: Person
) -> None:
    claims(hazel, tea, fay)
    assert gives_back(hazel, tea, fay) is not None
    assert hazel.on().open_to_claim and hazel.on().needs_cover
    claims(hazel, tea, ana)
    assert hazel.on().account_id == ana.id and not hazel.on().differs


def test_what_nobody_leads_is_given_back_as_it_was(hazel: Calendar, fay: Person) -> None:
    choir = hazel.plan("Choir")
    claims(hazel, choir, fay)
    gives_back(hazel, choir, fay)
    assert hazel.on().open_to_claim and not hazel.on().differs


def test_somebody_elses_date_and_ones_own_group_are_not_given_back(
    hazel: Calendar, tea: Series, ana: Person, fay: Person, esi: Person
) -> None:
    assert gives_back(hazel, tea, fay) is None, "nobody has it yet"
    claims(hazel, tea, fay)
    for other in (ana, esi):
        assert gives_back(hazel, tea, other) is None
    assert hazel.on().account_id == fay.id
    choir = hazel.plan("Choir", start="10:00", account_id=ana.id)
    assert gives_back(hazel, choir, ana) is None


def test_who_planned_it_takes_the_asking_back_before_and_after(
    hazel: Calendar, tea: Series, ana: Person, fay: Person
) -> None:
    hazel.do(edits.undo, tea, TUESDAY, "cover")
    assert hazel.on().account_id == ana.id and not hazel.on().open_to_claim
    hazel.do(edits.need_cover, tea)
    claims(hazel, tea, fay)
    hazel.do(edits.undo, tea, TUESDAY, "cover")
    assert hazel.on().account_id == ana.id
    assert gives_back(hazel, tea, fay) is None


def test_the_first_wins_again_after_it_was_given_back(hazel: Calendar, tea: Series, ana: Person, fay: Person) -> None:
    claims(hazel, tea, fay)
    gives_back(hazel, tea, fay)
    claims(hazel, tea, fay)
    with pytest.raises(ScheduleRefused):
        claims(hazel, tea, ana)


def test_who_leads_sees_what_they_took_over(
    house: House, hazel: Calendar, tea: Series, ana: Person, fay: Person
) -> None:
    claims(hazel, tea, fay)
    assert [one.title for one in house.ask(agenda.of_leader, fay.id, THE_DAY_BEFORE).covering] == ["Tea and talk"]
    assert house.ask(agenda.of_leader, ana.id, THE_DAY_BEFORE).covering == []
    hazel.do(edits.cancel, tea)
    assert house.ask(agenda.of_leader, fay.id, THE_DAY_BEFORE).covering == []
