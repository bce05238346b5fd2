"""What comes along from a group to its circles: its plan, its languages, and the ground rules that it kept."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sessions import own_plans
from sessions.accounts import Person
from sessions.circle import on_duty, plan, rules
from sessions.circle.circles import Circle, CoLeader
from sessions.library import plans
from sessions.schedule import coming_along, edits, from_here, group_rules
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.group_rules import MOST_VERSIONS, GroupRules
from sessions.schedule.series import Series
from tests.rules.cast import DOOR_KEY, House
from tests.rules.planning import TUESDAY, Calendar, calendar

SIX = datetime(2026, 11, 4, 2, tzinfo=UTC)
OURS = "Phones stay in pockets."
NEXT = date(2026, 11, 10)


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


@pytest.fixture
def tea(hazel: Calendar, ana: Person) -> Series:
    """Ana's group, Tuesdays at six."""
    return hazel.plan(account_id=ana.id)


def opens(house: House, who: Person, tea: Series, weeks: int = 0) -> Circle:
    week = timedelta(days=7 * weeks)
    circle = house.do(on_duty.open_gathering, house.vault, DOOR_KEY, who.id, tea.id, TUESDAY + week, now=SIX + week)
    assert circle is not None
    return circle


def ends(house: House, circle: Circle) -> None:
    """Two circles under one title are one: the first has to be over before the next."""
    house.do(lambda db: setattr(db.get(Circle, circle.id), "state", "closed"))


def parts(house: House, circle: Circle) -> list[tuple[str, int]]:
    return [(part.key, part.minutes) for part in plan.standing(house.vault, circle)]


def shipped(key: str) -> list[tuple[str, int]]:
    return [(part.key, part.minutes) for part in plans("en")[key].parts]


def said(house: House, circle: Circle) -> list[str | None]:
    return [rule.words for rule in house.ask(rules.standing, house.vault, circle.id)]


def keeps(house: House, who: Person, circle: Circle, *words: str) -> None:
    """The circle adds rules, and the leader keeps what stands by then."""
    for one in words:
        house.do(rules.add, house.vault, circle.id, one)
    house.do(rules.keep_for_next_time, house.vault, who.id, circle.id)
    ends(house, circle)


def test_a_group_without_a_plan_begins_with_the_one_nearest_in_length(house: House, tea: Series, ana: Person) -> None:
    assert parts(house, opens(house, ana, tea)) == shipped("60")


def test_the_plan_that_staff_chose_comes_along(house: House, hazel: Calendar, tea: Series, ana: Person) -> None:
    hazel.do(coming_along.set_plan, tea, TUESDAY, "remembrance")
    assert parts(house, opens(house, ana, tea)) == shipped("remembrance")
    hazel.do(coming_along.set_plan, tea, NEXT, "")
    assert parts(
        house, opens(house, ana, hazel.plan("Else", "both at once", account_id=ana.id, start="18:10"))
    ) == shipped("60")


def test_a_plan_of_ones_own_comes_along_for_whose_it_is(
    house: House, hazel: Calendar, tea: Series, ana: Person, fay: Person
) -> None:
    own = house.do(own_plans.copy, ana.id, "remembrance", "Mine")
    house.do(coming_along.choose_plan, ana.id, tea.id, TUESDAY, own.id)
    assert parts(house, opens(house, ana, tea)) == shipped("remembrance")
    hazel.do(from_here.change_facilitator, tea, NEXT, fay.id)
    assert parts(house, opens(house, fay, tea, 1)) == shipped("60")


def test_a_plan_that_was_deleted_gives_way_to_the_nearest(house: House, tea: Series, ana: Person) -> None:
    own = house.do(own_plans.copy, ana.id, "remembrance", "Mine")
    house.do(coming_along.choose_plan, ana.id, tea.id, TUESDAY, own.id)
    house.do(own_plans.remove, ana.id, own.id)
    assert parts(house, opens(house, ana, tea)) == shipped("60")


def test_the_plan_is_that_of_what_was_cut_off_too(house: House, hazel: Calendar, tea: Series, ana: Person) -> None:
    hazel.do(coming_along.set_plan, tea, TUESDAY, "remembrance")
    hazel.do(from_here.change_words, tea, NEXT, "More tea", "60")
    again = opens(house, ana, tea, 1)
    assert parts(house, again) == shipped("remembrance")
    ends(house, again)
    hazel.do(coming_along.set_plan, tea, TUESDAY, "90")
    assert parts(house, opens(house, ana, tea, 2)) == shipped("90")


def test_nobody_chooses_a_plan_that_is_not_theirs_for_a_group_that_is_not(
    house: House, hazel: Calendar, tea: Series, ana: Person, fay: Person
) -> None:
    own = house.do(own_plans.copy, fay.id, "60", "Hers")
    before = house.everything()
    for rule, who in ((coming_along.set_plan, fay.id), (coming_along.choose_plan, ana.id)):
        with pytest.raises(ScheduleRefused) as told:
            house.do(rule, who, tea.id, TUESDAY, own.id)
        assert (told.value.field, told.value.reason) == ("plan", "list")
    assert house.do(coming_along.choose_plan, fay.id, tea.id, TUESDAY, own.id) is None
    assert hazel.do(coming_along.set_plan, tea, date(2026, 11, 4), "60") is None
    assert house.everything() == before


def test_languages_come_along(house: House, tea: Series, ana: Person) -> None:
    house.do(lambda db: setattr(db.get(Series, tea.id), "languages", "es en"))
    assert house.ask(on_duty.languages, opens(house, ana, tea)) == "es en"
    assert house.ask(on_duty.languages, house.opens(ana.id, "Now")) == ""


def test_the_next_circle_of_a_group_begins_with_the_rules_it_kept_last(house: House, tea: Series, ana: Person) -> None:
    first = opens(house, ana, tea)
    keeps(house, ana, first, OURS)
    second = opens(house, ana, tea, 1)
    assert said(house, second) == [None] * 12 + [OURS]
    keeps(house, ana, second, "Tea first.")
    assert said(house, opens(house, ana, tea, 2))[12:] == [OURS, "Tea first."]


def test_nothing_is_kept_that_nobody_asked_to_keep(house: House, tea: Series, ana: Person) -> None:
    first = opens(house, ana, tea)
    house.do(rules.add, house.vault, first.id, OURS)
    ends(house, first)
    assert said(house, opens(house, ana, tea, 1)) == [None] * 12 and OURS not in str(house.everything())


def test_they_are_the_groups_and_not_the_leaders(
    house: House, hazel: Calendar, tea: Series, ana: Person, fay: Person
) -> None:
    keeps(house, ana, opens(house, ana, tea), OURS)
    assert house.everything()["own_rules"] == []
    hazel.do(from_here.change_facilitator, tea, NEXT, fay.id)
    assert said(house, opens(house, fay, tea, 1))[12:] == [OURS]
    other = hazel.plan("Breakfast", "both at once", account_id=ana.id, start="18:10")
    assert said(house, opens(house, ana, other)) == [None] * 12


def test_what_was_cut_off_is_the_same_group_before_and_after(
    house: House, hazel: Calendar, tea: Series, ana: Person
) -> None:
    hazel.do(from_here.change_words, tea, NEXT, "More tea", "60")
    keeps(house, ana, opens(house, ana, tea, 1), OURS)
    assert said(house, opens(house, ana, tea))[12:] == [OURS]
    hazel.do(from_here.join, tea, NEXT)
    assert said(house, opens(house, ana, tea, 2))[12:] == [OURS]


def test_a_circle_of_no_group_keeps_them_for_its_leader(house: House, ana: Person) -> None:
    keeps(house, ana, house.opens(ana.id), OURS)
    everything = house.everything()
    assert everything["group_rules"] == [] and OURS in str(everything["own_rules"])


def test_two_who_lead_keep_them_once(house: House, tea: Series, ana: Person, fay: Person) -> None:
    circle = opens(house, ana, tea)
    house.do(lambda db: db.add(CoLeader(circle_id=circle.id, account_id=fay.id)))
    house.do(rules.add, house.vault, circle.id, OURS)
    for who in (ana, fay, ana):
        house.do(rules.keep_for_next_time, house.vault, who.id, circle.id)
    assert [row[1] for row in house.everything()["group_rules"]] == [1]


def versions(house: House, tea: Series) -> list[Any]:
    return [row[1] for row in house.everything()["group_rules"] if row[0] == tea.id]


def test_the_last_version_is_taken_back_by_who_leads_the_date_and_the_one_before_counts(
    house: House, hazel: Calendar, tea: Series, ana: Person, fay: Person
) -> None:
    for words in (OURS, "Tea first."):
        house.do(group_rules.keep, tea.id, [("", words)])
    assert not house.do(group_rules.take_back, fay.id, tea.id, TUESDAY)
    assert not house.do(group_rules.take_back, ana.id, tea.id, date(2026, 11, 4))
    hazel.do(edits.need_cover, tea)
    assert not house.do(group_rules.take_back, ana.id, tea.id, TUESDAY)
    house.do(edits.claim, fay.id, tea.id, TUESDAY)
    assert house.do(group_rules.take_back, fay.id, tea.id, TUESDAY)
    assert house.ask(group_rules.newest, tea.id) == [("", OURS)]
    assert house.do(group_rules.take_back, ana.id, tea.id, NEXT)
    assert house.ask(group_rules.newest, tea.id) == [] == versions(house, tea)
    assert not house.do(group_rules.take_back, ana.id, tea.id, NEXT)


def test_there_is_an_end_to_the_versions(house: House, tea: Series) -> None:
    for number in range(MOST_VERSIONS + 3):
        house.do(group_rules.keep, tea.id, [("", f"Rule {number}.")])
    assert sorted(versions(house, tea)) == [*range(4, MOST_VERSIONS + 4)]


def test_rules_of_a_group_that_is_gone_are_nowhere(house: House) -> None:
    house.do(group_rules.keep, "0" * 20, [("", OURS)])
    assert house.ask(group_rules.newest, "0" * 20) == [] and house.ask(lambda db: db.query(GroupRules).all()) == []
