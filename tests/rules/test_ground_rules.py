"""The ground rules of a circle, twelve to begin with and then the group's own (`sessions.circle.rules`)."""

import pytest

from sessions.circle import rules
from sessions.circle.changes import Change
from sessions.circle.circles import Circle
from sessions.circle.rules import GroundRule
from sessions.library import rules as shipped
from sessions.own_rules import RuleRefused
from tests.rules.cast import House, for_facilitators, for_members

REDRAWN = [("replace", "rules")]


def standing(house: House, circle: Circle) -> list[GroundRule]:
    there: list[GroundRule] = house.ask(rules.standing, house.vault, circle.id)
    return there


def keys(house: House, circle: Circle) -> list[str]:
    return [rule.key or rule.words or "" for rule in standing(house, circle)]


def reword(house: House, circle: Circle, rule_id: str, words: str) -> Change | None:
    change: Change | None = house.do(rules.reword, house.vault, circle.id, rule_id, words)
    return change


def add(house: House, circle: Circle, words: str) -> Change:
    change: Change = house.do(rules.add, house.vault, circle.id, words)
    return change


def test_a_circle_begins_with_the_twelve(house: House, circle: Circle) -> None:
    there = standing(house, circle)
    assert len(there) == 12
    assert [(rule.key, rule.stays) for rule in there] == [(rule.key, rule.stays) for rule in shipped("en")]
    assert not any(rule.changed or rule.words for rule in there)  # each reader sees them in their own language


def test_they_are_the_same_twelve_in_every_language() -> None:
    assert [(rule.key, rule.stays) for rule in shipped("es")] == [(rule.key, rule.stays) for rule in shipped("en")]
    assert [rule.key for rule in shipped("en") if rule.stays] == ["what-is-said-here", "no-threats"]


def test_a_reworded_rule_is_marked_changed(house: House, circle: Circle, other_circle: Circle) -> None:
    first = standing(house, circle)[0]
    change = reword(house, circle, first.id, " Come\u202e as\nyou are. ")
    assert for_members(change) == for_facilitators(change) == REDRAWN
    reworded = standing(house, circle)[0]
    assert (reworded.id, reworded.key, reworded.words, reworded.changed) == (
        first.id,
        first.key,
        "Come as you are.",
        True,
    )
    assert not any(rule.changed for rule in standing(house, other_circle))


def test_a_rule_that_stays_may_be_reworded(house: House, circle: Circle) -> None:
    stays = next(rule for rule in standing(house, circle) if rule.stays)
    reword(house, circle, stays.id, "What is said here stays here, as far as we can.")
    assert next(rule for rule in standing(house, circle) if rule.id == stays.id).stays


def test_the_groups_own_rule_stands_at_the_end(house: House, circle: Circle) -> None:
    assert for_members(add(house, circle, "Shoes off.")) == REDRAWN
    last = standing(house, circle)[-1]
    assert (last.key, last.words, last.changed, last.stays) == ("", "Shoes off.", False, False)


def test_words_of_a_rule_are_sealed(house: House, circle: Circle) -> None:
    add(house, circle, "Shoes off.")
    assert "Shoes off." not in repr(house.everything())


def test_a_rule_is_taken_out(house: House, circle: Circle, other_circle: Circle) -> None:
    first, *others = standing(house, circle)
    assert for_members(house.do(rules.remove, circle.id, first.id)) == REDRAWN
    assert standing(house, circle) == others
    assert len(standing(house, other_circle)) == 12


def test_a_rule_added_after_one_was_removed_stands_at_the_end(house: House, circle: Circle) -> None:
    house.do(rules.remove, circle.id, standing(house, circle)[-1].id)
    add(house, circle, "one")
    add(house, circle, "two")
    assert keys(house, circle)[-2:] == ["one", "two"]


def test_the_two_that_keep_people_safe_stay(house: House, circle: Circle) -> None:
    for rule in standing(house, circle):
        if rule.stays:
            with pytest.raises(RuleRefused) as refused:
                house.do(rules.remove, circle.id, rule.id)
            assert refused.value.reason == "stays"
        else:
            house.do(rules.remove, circle.id, rule.id)
    assert keys(house, circle) == ["what-is-said-here", "no-threats"]


def test_a_rule_moves_one_place(house: House, circle: Circle) -> None:
    one, two, three = standing(house, circle)[:3]
    assert for_members(house.do(rules.move, circle.id, three.id, "up")) == REDRAWN
    assert standing(house, circle)[:3] == [one, three, two]
    house.do(rules.move, circle.id, one.id, "down")
    assert standing(house, circle)[:3] == [three, one, two]


@pytest.mark.parametrize(("at", "direction"), [(0, "up"), (-1, "down")])
def test_at_the_end_nothing_moves(house: House, circle: Circle, at: int, direction: str) -> None:
    before = standing(house, circle)
    change = house.do(rules.move, circle.id, before[at].id, direction)
    assert change == Change(circle.id, 1)
    assert standing(house, circle) == before and house.version(circle.id) == 1


@pytest.mark.parametrize("direction", ["", "UP", "sideways"])
def test_there_is_no_other_direction(house: House, circle: Circle, direction: str) -> None:
    assert house.do(rules.move, circle.id, standing(house, circle)[3].id, direction) is None


@pytest.mark.parametrize(
    ("words", "reason", "over"), [("", "empty", 0), (" \u200b\n", "empty", 0), ("é" * 303, "long", 3)]
)
def test_words_are_refused(house: House, circle: Circle, words: str, reason: str, over: int) -> None:
    before = house.everything()
    first = standing(house, circle)[0].id
    for refusing in (lambda: add(house, circle, words), lambda: reword(house, circle, first, words)):
        with pytest.raises(RuleRefused) as refused:
            refusing()
        assert (refused.value.reason, refused.value.over) == (reason, over)
    assert house.everything() == before


def test_300_letters_are_kept_whole(house: House, circle: Circle) -> None:
    add(house, circle, "e\u0301" * 300)  # 300 after NFC
    assert standing(house, circle)[-1].words == "é" * 300


def test_thirty_rules_are_enough(house: House, circle: Circle) -> None:
    for number in range(18):
        add(house, circle, f"Rule {number}")
    with pytest.raises(RuleRefused) as refused:
        add(house, circle, "One more")
    assert refused.value.reason == "many"
    assert len(standing(house, circle)) == 30


def test_a_rule_of_another_circle_is_not_there(house: House, circle: Circle, other_circle: Circle) -> None:
    theirs = standing(house, other_circle)[3].id
    before = house.everything()
    assert reword(house, circle, theirs, "Ours now") is None
    assert house.do(rules.remove, circle.id, theirs) is None
    assert house.do(rules.move, circle.id, theirs, "up") is None
    assert house.everything() == before
