"""Rules that members suggest, and those a leader keeps for the next circle: the rules are the group's."""

import hashlib
import hmac
import json

import pytest

from sessions import own_rules
from sessions.accounts import Person
from sessions.circle import circles, doors, erase, rules, suggestions, writing
from sessions.circle.changes import Change, ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from sessions.library import rules as shipped
from sessions.own_rules import MOST_RULES, RuleRefused
from sessions.permissions import FACILITATOR, MEMBER
from tests.rules.attacker import rows
from tests.rules.cast import DOOR_KEY, House, for_facilitators, for_members, new_key

RULES, SUGGESTIONS = ("replace", "rules"), ("replace", "suggestions")


def suggests(house: House, member: Member, words: str, key: str = "") -> Change | None:
    change: Change | None = house.do(suggestions.suggest, house.vault, member, words, key or new_key())
    return change


def standing(house: House, circle: Circle) -> dict[str, str]:
    """The words of each suggestion, and its id."""
    return {one.words: one.id for one in house.ask(suggestions.standing, house.vault, circle.id)}


def ground(house: House, circle: Circle) -> list[tuple[str, str | None, bool]]:
    return [(rule.key, rule.words, rule.stays) for rule in house.ask(rules.standing, house.vault, circle.id)]


def test_those_who_lead_read_it_and_members_hear_a_version(house: House, circle: Circle, ben: Member) -> None:
    change = suggests(house, ben, " Tea\u202e  first. ")
    assert (for_members(change), for_facilitators(change)) == ([], [SUGGESTIONS])
    assert list(standing(house, circle)) == ["Tea first."]
    seen, theirs = house.seen(circle.id, FACILITATOR), house.seen(circle.id, MEMBER)
    assert seen and theirs and (len(seen.suggestions), theirs.suggestions) == (1, [])
    assert len(theirs.rules) == 12


def test_adopted_it_is_the_groups_rule_at_the_end(house: House, circle: Circle, ben: Member) -> None:
    suggests(house, ben, "Tea first.")
    change = house.do(suggestions.adopt, house.vault, circle.id, standing(house, circle)["Tea first."])
    assert (for_members(change), for_facilitators(change)) == ([RULES], [RULES, SUGGESTIONS])
    assert ground(house, circle)[12] == ("", "Tea first.", False)
    assert standing(house, circle) == {}


def test_let_go_nothing_is_left_of_it(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    suggests(house, ben, "one")
    suggests(house, cleo, "two")
    change = house.do(suggestions.let_go, circle.id, standing(house, circle)["one"])
    assert (for_members(change), for_facilitators(change)) == ([], [SUGGESTIONS])
    assert list(standing(house, circle)) == ["two"]
    assert for_facilitators(house.do(suggestions.let_all_go, circle.id)) == [SUGGESTIONS]
    assert rows(house.database, "suggestions", circle.id) == []
    before = house.version(circle.id)
    assert house.do(suggestions.let_all_go, circle.id) == Change(circle.id, before)
    assert len(ground(house, circle)) == 12


def test_five_times_is_once_and_a_late_one_brings_nothing_back(house: House, circle: Circle, ben: Member) -> None:
    key = new_key()
    assert [bool(suggests(house, ben, "one", key)) for _ in range(5)] == [True, False, False, False, False]
    house.do(suggestions.let_all_go, circle.id)
    assert suggests(house, ben, "one", key) is None and standing(house, circle) == {}
    with pytest.raises(ShareRefused, match="reused"):
        suggests(house, ben, "other words", key)


@pytest.mark.parametrize(
    ("words", "reason", "over"), [("", "wordless", 0), (" \u200b\n", "wordless", 0), ("é" * 303, "long", 3)]
)
def test_words_are_refused(house: House, ben: Member, words: str, reason: str, over: int) -> None:
    before = house.everything()
    with pytest.raises(ShareRefused) as refused:
        suggests(house, ben, words)
    assert (refused.value.reason, refused.value.over) == (reason, over)
    assert house.everything() == before


def test_paused_closed_and_full_it_is_refused(
    house: House, circle: Circle, ben: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "MOST_IN_A_CIRCLE", 1)
    suggests(house, ben, "one")
    (one,) = standing(house, circle).values()
    with pytest.raises(ShareRefused, match="suggested"):
        suggests(house, ben, "two")
    house.do(writing.set_paused, circle.id, True)
    with pytest.raises(ShareRefused, match="paused"):
        suggests(house, ben, "two")
    house.do(circles.close, circle.id)
    for refused in (
        lambda: suggests(house, ben, "two"),
        lambda: house.do(suggestions.adopt, house.vault, circle.id, one),
        lambda: house.do(suggestions.let_go, circle.id, one),
        lambda: house.do(suggestions.let_all_go, circle.id),
    ):
        with pytest.raises(ShareRefused, match="closed"):
            refused()
    seen = house.seen(circle.id, FACILITATOR)
    assert seen and seen.suggestions == []
    assert erase.erase(house.database, house.vault, circle.id)
    assert house.everything()["suggestions"] == []


def test_where_there_is_no_room_for_a_rule_it_stays_a_suggestion(house: House, circle: Circle, ben: Member) -> None:
    for number in range(MOST_RULES - 12):
        house.do(rules.add, house.vault, circle.id, f"Rule {number}")
    suggests(house, ben, "one")
    before = house.everything()
    with pytest.raises(RuleRefused, match="many"):
        house.do(suggestions.adopt, house.vault, circle.id, standing(house, circle)["one"])
    assert house.everything() == before


def test_a_suggestion_of_another_circle_is_not_there(
    house: House, circle: Circle, other_circle: Circle, dov: Member
) -> None:
    suggests(house, dov, "theirs")
    theirs = standing(house, other_circle)["theirs"]
    before = house.everything()
    assert house.do(suggestions.adopt, house.vault, circle.id, theirs) is None
    assert house.do(suggestions.let_go, circle.id, theirs) is None
    house.do(suggestions.let_all_go, circle.id)
    assert house.everything() == before


def test_who_suggested_it_is_kept_nowhere(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    """The whole database and the key, without a cookie: no row names another, nor makes what another one holds."""
    for member in (ben, cleo):
        house.says(member, f"words of {member.seat}")
        suggests(house, member, f"a rule of {member.seat}")
    sealed = rows(house.database, "suggestions", circle.id)
    tables = ("shares", "receipts", "seats", "hands", "heard")
    others = {
        str(value) for table in tables for row in rows(house.database, table, circle.id) for value in row.values()
    }
    assert {column for row in sealed for column in row} == {"id", "circle_id", "sealed"}
    assert not {row["id"] for row in sealed} & others
    known = [*others, circle.id, *(row["id"] for row in sealed)]
    for words in standing(house, circle):
        content = json.dumps(["suggestion", words, []]).encode()
        digest = hashlib.sha256(content).hexdigest()
        made = {digest} | {hmac.new(one.encode(), digest.encode(), hashlib.sha256).hexdigest() for one in known}
        assert not made & others


def test_they_stand_in_an_order_by_lot(house: House, circle: Circle, ben: Member) -> None:
    said = [f"rule {number:02}" for number in range(12)]
    for words in said:
        suggests(house, ben, words)
    assert sorted(standing(house, circle)) == said != list(standing(house, circle))


def test_a_covered_console_is_sent_none(house: House, circle: Circle, ben: Member) -> None:
    house.do(circles.set_blank, circle.id, True)
    assert for_facilitators(suggests(house, ben, "one")) == []
    seen = house.seen(circle.id, FACILITATOR)
    assert seen and seen.suggestions == []


def test_the_next_circle_begins_with_the_rules_that_were_kept(house: House, ana: Person, circle: Circle) -> None:
    first, second, third, *_ = house.ask(rules.standing, house.vault, circle.id)
    house.do(rules.reword, house.vault, circle.id, first.id, "Come in.")
    house.do(rules.remove, circle.id, second.id)
    house.do(rules.move, circle.id, third.id, "up")
    house.do(rules.add, house.vault, circle.id, "Tea first.")
    house.do(rules.keep_for_next_time, house.vault, ana.id, circle.id)
    kept, house_rules = ground(house, circle), house.opens(ana.id)
    assert len(ground(house, house_rules)) == 12 and "Tea first." not in str(ground(house, house_rules))
    again = house.do(doors.open_now, house.vault, DOOR_KEY, ana.id, "Tuesday", "60", kept_rules=True)
    assert ground(house, again) == kept and len(kept) == 12
    assert kept[0] == (third.key, None, third.stays) and kept[1] == (first.key, "Come in.", False)


def test_the_two_that_keep_people_safe_are_always_there(house: House, ana: Person) -> None:
    stay = [(rule.key, None) for rule in shipped("en") if rule.stays]
    house.do(own_rules.keep, ana.id, [("no longer shipped", None), ("no longer shipped", "Ours."), stay[1]])
    opened = house.do(doors.open_now, house.vault, DOOR_KEY, ana.id, "Tuesday", "60", kept_rules=True)
    assert ground(house, opened) == [("", "Ours.", False), (*stay[1], True), (*stay[0], True)]


def test_kept_anew_or_let_go_they_are_those_or_none(house: House, ana: Person, fay: Person, circle: Circle) -> None:
    house.do(rules.keep_for_next_time, house.vault, ana.id, circle.id)
    house.do(rules.add, house.vault, circle.id, "Tea first.")
    house.do(rules.keep_for_next_time, house.vault, ana.id, circle.id)
    assert house.ask(own_rules.kept_by, ana.id)[12] == ("", "Tea first.")
    assert house.ask(own_rules.kept_by, fay.id) == []
    house.do(own_rules.let_go, ana.id)
    assert house.ask(own_rules.kept_by, ana.id) == []


def test_only_rules_are_kept_and_only_of_an_open_circle(house: House, ana: Person, circle: Circle, ben: Member) -> None:
    house.says(ben, "my very own words")
    suggests(house, ben, "never adopted")
    house.do(rules.keep_for_next_time, house.vault, ana.id, circle.id)
    assert house.everything()["own_rules"] == [(ana.id, json.dumps([[rule.key, None] for rule in shipped("en")]))]
    house.do(circles.close, circle.id)
    with pytest.raises(RuleRefused, match="closed"):
        house.do(rules.keep_for_next_time, house.vault, ana.id, circle.id)
