"""The ground rules that circles in a building begin with, and what comes before them (`building_rules`)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from sessions import own_rules
from sessions.accounts import Person
from sessions.circle import doors, on_duty, rules
from sessions.circle.circles import Circle
from sessions.library import rules as shipped
from sessions.own_rules import MOST_RULES, KeptRule, RuleRefused
from sessions.schedule import building_rules, group_rules
from tests.rules.cast import DOOR_KEY, House
from tests.rules.planning import TUESDAY, Calendar, calendar

SIX = datetime(2026, 11, 4, 2, tzinfo=UTC)
OURS = "Shoes off at the door."
KEYS = [rule.key for rule in shipped("en")]
TWELVE: list[KeptRule] = [(key, None) for key in KEYS]


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def does(at: Calendar, rule: Any, *args: Any) -> Any:
    """Let Esi do something with the rules of a building."""
    return at.house.do(rule, at.actor, at.building_id, *args)


def begin(at: Calendar) -> list[KeptRule]:
    kept: list[KeptRule] = at.house.ask(building_rules.begin_with, at.building_id)
    return kept


def opens(house: House, who: Person, at: Calendar | None, **more: Any) -> list[KeptRule]:
    """The rules of a circle that is opened there now."""
    building_id = at.building_id if at else None
    circle = house.do(doors.open_now, house.vault, DOOR_KEY, who.id, "Now", "60", building_id=building_id, **more)
    return standing(house, circle)


def standing(house: House, circle: Circle) -> list[KeptRule]:
    return [(rule.key, rule.words) for rule in house.ask(rules.standing, house.vault, circle.id)]


def test_a_building_begins_with_the_twelve(house: House, hazel: Calendar) -> None:
    assert begin(hazel) == house.ask(building_rules.begin_with, None) == TWELVE
    assert house.ask(building_rules.of, hazel.building_id) == []


def test_staff_add_reword_move_and_leave_out(house: House, ana: Person, hazel: Calendar) -> None:
    assert does(hazel, building_rules.add, f"  {OURS} ") == 12
    assert does(hazel, building_rules.reword, "come-as-you-are", "Come in.") == 0
    assert does(hazel, building_rules.move, OURS, "up") == 11
    assert does(hazel, building_rules.move, "come-as-you-are", "down") == 1
    assert does(hazel, building_rules.leave_out, "no-photos") == 10
    assert begin(hazel) == [
        ("come-and-go", None),
        ("come-as-you-are", "Come in."),
        *TWELVE[2:10],
        ("", OURS),
        ("look-out", None),
    ]
    assert opens(house, ana, hazel) == begin(hazel)
    assert does(hazel, building_rules.reword, OURS, "Shoes on.") == 10
    assert does(hazel, building_rules.leave_out, "Shoes on.") == 10
    assert [row[2] for row in house.everything()["acts"]].count("rules-changed") == 7


def test_what_was_left_out_is_put_back_where_we_have_it(hazel: Calendar) -> None:
    for key in ("own-goals", "look-out", "no-put-downs"):
        does(hazel, building_rules.leave_out, key)
    assert building_rules.left_out(begin(hazel)) == [("own-goals", None), ("no-put-downs", None), ("look-out", None)]
    assert does(hazel, building_rules.put_back, "look-out") == 9
    assert does(hazel, building_rules.put_back, "no-put-downs") == 7
    assert does(hazel, building_rules.put_back, "own-goals") == 7
    assert begin(hazel) == TWELVE and hazel.house.everything()["building_rules"] == []


def test_in_our_own_words_a_rule_is_ours_again_in_every_language(hazel: Calendar) -> None:
    does(hazel, building_rules.reword, "own-goals", "Each their own.")
    spanish = next(rule.words for rule in shipped("es") if rule.key == "own-goals")
    does(hazel, building_rules.reword, "own-goals", spanish)
    assert begin(hazel) == TWELVE


def test_the_two_that_stay_are_reworded_and_never_left_out(house: House, hazel: Calendar) -> None:
    for key in ("what-is-said-here", "no-threats"):
        with pytest.raises(RuleRefused, match="stays"):
            does(hazel, building_rules.leave_out, key)
        does(hazel, building_rules.reword, key, f"{key}, as we say it.")
        with pytest.raises(RuleRefused, match="stays"):
            does(hazel, building_rules.leave_out, key)
    assert [words for _, words in begin(hazel) if words] == [
        "what-is-said-here, as we say it.",
        "no-threats, as we say it.",
    ]


@pytest.mark.parametrize(
    ("words", "reason", "over"), [("", "empty", 0), (" \u200b\n", "empty", 0), ("é" * 303, "long", 3)]
)
def test_words_are_refused(hazel: Calendar, words: str, reason: str, over: int) -> None:
    before = hazel.house.everything()
    for refusing in ((building_rules.add,), (building_rules.reword, "own-goals")):
        with pytest.raises(RuleRefused) as told:
            does(hazel, *refusing, words)
        assert (told.value.reason, told.value.over) == (reason, over)
    assert hazel.house.everything() == before


def test_a_rule_or_a_direction_that_there_is_not_is_refused(hazel: Calendar) -> None:
    before = hazel.house.everything()
    acts: list[tuple[Any, ...]] = [(building_rules.reword, "", "x"), (building_rules.leave_out, "gone")]
    acts += [(building_rules.move, "gone", "up"), (building_rules.move, "own-goals", "sideways")]
    acts += [(building_rules.put_back, "own-goals"), (building_rules.put_back, "never there")]
    for act in acts:
        with pytest.raises(RuleRefused, match="list"):
            does(hazel, *act)
    assert hazel.house.everything() == before


def test_at_the_ends_nothing_moves_and_one_line_is_added_once(hazel: Calendar) -> None:
    assert does(hazel, building_rules.move, KEYS[0], "up") == 0
    assert does(hazel, building_rules.move, KEYS[-1], "down") == 11
    assert hazel.house.everything()["building_rules"] == []
    assert does(hazel, building_rules.add, OURS) == does(hazel, building_rules.add, OURS) == 12
    assert len(begin(hazel)) == 13


def test_thirty_are_the_most(hazel: Calendar) -> None:
    does(hazel, building_rules.leave_out, "own-goals")
    for number in range(MOST_RULES - 11):
        does(hazel, building_rules.add, f"Rule {number}")
    for refusing in ((building_rules.add, OURS), (building_rules.put_back, "own-goals")):
        with pytest.raises(RuleRefused, match="many"):
            does(hazel, *refusing)
    assert len(begin(hazel)) == MOST_RULES


def test_all_of_it_goes_back_to_the_twelve(house: House, ana: Person, hazel: Calendar) -> None:
    does(hazel, building_rules.add, OURS)
    assert does(hazel, building_rules.reset)
    assert begin(hazel) == opens(house, ana, hazel) == TWELVE
    assert house.everything()["building_rules"] == []


def test_a_building_that_is_not_there_has_none(house: House, esi: Person, hazel: Calendar) -> None:
    nowhere, before = "0" * 20, house.everything()
    assert house.do(building_rules.add, esi.id, nowhere, OURS) is None
    assert not house.do(building_rules.reset, esi.id, nowhere)
    assert house.everything() == before


def test_another_building_and_no_building_begin_with_their_own(
    house: House, ana: Person, esi: Person, hazel: Calendar
) -> None:
    birch = calendar(house, esi.id)
    does(hazel, building_rules.add, OURS)
    assert opens(house, ana, birch) == opens(house, ana, None) == TWELVE
    assert opens(house, ana, hazel) == [*TWELVE, ("", OURS)]


def test_what_staff_change_later_touches_no_open_circle(house: House, ana: Person, hazel: Calendar) -> None:
    does(hazel, building_rules.add, OURS)
    circle = house.do(doors.open_now, house.vault, DOOR_KEY, ana.id, "Tuesday", "60", building_id=hazel.building_id)
    does(hazel, building_rules.reset)
    assert standing(house, circle) == [*TWELVE, ("", OURS)]
    house.do(rules.add, house.vault, circle.id, "the group's own")
    assert begin(hazel) == TWELVE, "and what the group says never comes to the building"


def test_rules_that_a_leader_kept_come_first_where_they_choose_so(house: House, ana: Person, hazel: Calendar) -> None:
    does(hazel, building_rules.add, OURS)
    assert opens(house, ana, hazel, kept_rules=True) == [*TWELVE, ("", OURS)], "they kept none"
    house.do(own_rules.keep, ana.id, [*TWELVE, ("", "Tea first.")])
    assert opens(house, ana, hazel, kept_rules=True) == [*TWELVE, ("", "Tea first.")]
    assert opens(house, ana, hazel, kept_rules=False) == [*TWELVE, ("", OURS)]


def test_what_a_group_kept_comes_before_all(house: House, ana: Person, hazel: Calendar) -> None:
    does(hazel, building_rules.add, OURS)
    house.do(own_rules.keep, ana.id, [("", "Tea first.")])
    tea = hazel.plan(account_id=ana.id)

    def opened() -> list[KeptRule]:
        circle = house.do(on_duty.open_gathering, house.vault, DOOR_KEY, ana.id, tea.id, TUESDAY, now=SIX)
        there = standing(house, circle)
        house.do(lambda db: setattr(db.get(Circle, circle.id), "state", "closed"))
        return there

    assert opened() == [*TWELVE, ("", OURS)], "no group's rules are kept yet, and a leader's own are not the group's"
    house.do(group_rules.keep, tea.id, [*TWELVE, ("", "The group's own.")])
    assert opened() == [*TWELVE, ("", "The group's own.")]
