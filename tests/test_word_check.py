"""None of our words shames, labels or counts people. Members' words are theirs: nothing here is ever run on them."""

import re
from collections.abc import Callable

import pytest

from dev import ROOT
from sessions.library.languages import SHIPPED
from sessions.library.word_check import ADVISES, CARDS, STOPS, WordRule, advise, allowed, word_rules
from tests.our_words import Said, of_the_library, of_the_pages

EVERY_SIDE = [*{phrase for rule in word_rules() for phrase in rule.fine}, *allowed()]


def found(level: str, said: tuple[Said, ...]) -> list[str]:
    """What the rules of one level find in our strings: file and line, what, and what to write."""
    return sorted(
        {
            f"{one}: “{word}”. Write: {rule.write}."
            for one in said
            for rule in word_rules()
            if rule.level == level and (rule.where != CARDS or one.in_a_card) and (word := rule.found(one.text))
        }
    )


@pytest.mark.parametrize("rule", word_rules(), ids=lambda rule: rule.rule)
def test_each_rule_finds_what_it_should_and_leaves_the_innocent_alone(rule: WordRule) -> None:
    assert [phrase for phrase in rule.finds if not rule.found(phrase)] == []
    assert [phrase for phrase in EVERY_SIDE if rule.found(phrase)] == []
    assert rule.level in (STOPS, ADVISES) and rule.write and rule.finds and rule.fine


def test_our_words_shame_nobody() -> None:
    said = of_the_pages() + of_the_library()
    assert len(said) > 1000 and any(one.in_a_card for one in said)
    assert found(STOPS, said) == []


def test_what_is_worth_a_second_look_is_told(report: Callable[[str], None]) -> None:
    second_look = found(ADVISES, of_the_pages() + of_the_library())
    for line in second_look:
        report(line)
    assert len(second_look) <= 40, "look at them again, and mend most"


def test_one_planted_in_a_card_is_found_with_file_and_line() -> None:
    planted = Said("sessions/library/en/cards/planted.yaml", 5, "You must stay clean.")
    assert found(STOPS, (planted,)) == [
        "sessions/library/en/cards/planted.yaml:5: “clean”. Write: not using; tested negative or positive. "
        "Of gear: new, sterile, used."
    ]
    assert found(ADVISES, (planted,))[0].startswith("sessions/library/en/cards/planted.yaml:5: “You must”")
    elsewhere = Said("facilitator/templates/host/host.html", 5, "You must tell members who pays you.")
    assert found(ADVISES, (elsewhere,)) == []


def test_a_text_of_ones_own_is_read_line_by_line() -> None:
    (one, other) = advise("Use clean water.\nNo addicts here.\n\n  9 days clean\n")[:2]
    assert (one.line, one.found, one.level) == (2, "addicts", STOPS)
    assert (other.line, other.found) == (4, "clean")
    (sentence,) = allowed()
    assert advise(f"{sentence}\nWe meet at six.") == []
    assert advise(f"{sentence} Really.") != []


def test_nothing_runs_it_but_the_command_and_the_pages_of_a_buildings_own_words() -> None:
    """So that no member's word is ever read for it: on those pages staff alone type, and do as they like."""
    code = [file for folder in ("facilitator", "sessions") for file in (ROOT / folder).rglob("*.py")]
    code = [file for file in code if not file.is_relative_to(SHIPPED)]
    runs = re.compile(r"\b(advise|word_check|word_rules|WordRule)\b")
    assert {str(file.relative_to(ROOT)) for file in code if runs.search(file.read_text("utf-8"))} == {
        *("facilitator/building_rules.py", "facilitator/cli.py", "facilitator/own_cards.py"),
        "facilitator/own_tags.py",
    }
