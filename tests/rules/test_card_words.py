"""What a building writes on our cards (`sessions.schedule.card_words`)."""

from typing import Any

import pytest

from sessions import audit
from sessions.accounts import Person
from sessions.library import cards
from sessions.schedule import card_words, cards_off
from sessions.schedule.card_words import LONGEST_WORDS
from sessions.schedule.clock import ScheduleRefused
from tests.rules.cast import House
from tests.rules.planning import Calendar, calendar

CARD, HERE = "naloxone", "Front desk.\nRed box by the door."


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def writes(hazel: Calendar, card: str, words: str) -> Any:
    return hazel.house.do(card_words.write, hazel.actor, hazel.building_id, card, words)


def said(hazel: Calendar, language: str = "en") -> dict[str, str]:
    shown = hazel.house.ask(cards_off.shown_in, hazel.building_id, language)
    return {key: card.said_here for key, card in shown.items() if card.said_here}


def test_what_is_written_stands_on_the_card_in_every_language_and_only_there(
    house: House, esi: Person, hazel: Calendar
) -> None:
    birch = calendar(house, esi.id)
    assert writes(hazel, CARD, f" {HERE.replace(chr(10), chr(13) + chr(10))} ") is True
    assert said(hazel) == said(hazel, "es") == {CARD: HERE}
    assert said(birch) == {} and house.ask(cards_off.shown_in, None, "en") == cards("en")
    assert "cards-changed" in {act.act for act in house.ask(audit.of, esi.id)}


def test_it_is_written_anew_and_nothing_takes_it_off(hazel: Calendar) -> None:
    for words in (HERE, "x" * LONGEST_WORDS, "Ask the night desk."):
        writes(hazel, CARD, words)
        assert said(hazel) == {CARD: words}
    for nothing in ("", " \u200b "):
        writes(hazel, CARD, nothing)
        assert said(hazel) == {}


@pytest.mark.parametrize(
    ("card", "words", "field", "reason"),
    [
        ("no-such-card", HERE, "card", "list"),
        ("", HERE, "card", "list"),
        ("smoking", HERE, "card", "list"),  # which has no slot
        (CARD, "x" * (LONGEST_WORDS + 1), "words", "long"),
    ],
)
def test_what_cannot_stand_there_is_refused(hazel: Calendar, card: str, words: str, field: str, reason: str) -> None:
    before = hazel.house.everything()
    with pytest.raises(ScheduleRefused) as told:
        writes(hazel, card, words)
    assert (told.value.field, told.value.reason) == (field, reason)
    assert hazel.house.everything() == before


def test_a_building_that_is_not_there_says_nothing(house: House, esi: Person) -> None:
    assert house.do(card_words.write, esi.id, "0" * 20, CARD, HERE) is False
