"""Cards of a building's own (`sessions.schedule.own_cards`), and where they are shown."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from sessions import audit
from sessions.accounts import Person
from sessions.library import MOST_LINES, Card, cards
from sessions.library.cards import CHECKED_FOR
from sessions.schedule import buildings, cards_off, due, own_cards
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.own_cards import LONGEST_LINE, MOST_OWN, CardTyped, OwnCard
from tests.rules.cast import House
from tests.rules.planning import Calendar, calendar

NOON = datetime(2026, 11, 3, 20, 0, tzinfo=UTC)
EVENING = datetime(2026, 11, 4, 2, 0, tzinfo=UTC)
"""Of November 3, on a wall in Los Angeles."""
LINES = (("Eat first.", ("set",)), ("Sit by the fan.", ("setting", "drug")), ("Drink water.", ()), ("", ()), (" ", ()))
HEAT = CardTyped("Hot days here", LINES, "The county, hot days sheet", "en")


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def does(hazel: Calendar, rule: Any, *args: Any) -> Any:
    return hazel.house.do(rule, hazel.actor, hazel.building_id, *args)


def writes(hazel: Calendar, typed: CardTyped = HEAT, now: datetime = NOON) -> OwnCard:
    made: OwnCard = does(hazel, own_cards.add, typed, now)
    return made


def shown(hazel: Calendar, language: str = "en") -> dict[str, Card]:
    seen: dict[str, Card] = hazel.house.ask(cards_off.shown_in, hazel.building_id, language)
    return seen


def test_a_card_of_its_own_is_shown_after_ours_and_only_there(house: House, esi: Person, hazel: Calendar) -> None:
    made, birch = writes(hazel), calendar(house, esi.id)
    assert [*shown(hazel)] == [*cards("en"), made.id]
    card = shown(hazel)[made.id]
    assert (card.title, card.own, card.key, card.reviewed_by) == ("Hot days here", True, made.id, None)
    said = [(line.text, line.moves) for line in card.lines]
    assert said == [("Eat first.", ("set",)), ("Sit by the fan.", ("drug", "setting")), ("Drink water.", ())]
    assert [source.name for source in card.sources] == ["The county, hot days sheet"]
    assert shown(birch) == cards("en") == house.ask(cards_off.shown_in, None, "en")
    assert "cards-changed" in {act.act for act in house.ask(audit.of, esi.id)}


def test_it_keeps_its_language_whichever_is_asked_for(hazel: Calendar) -> None:
    made = writes(hazel, replace(HEAT, title="Días de calor", language="es"))
    assert shown(hazel, "en")[made.id].language == shown(hazel, "es")[made.id].language == "es"


def test_it_is_written_anew_switched_off_and_on_and_deleted(hazel: Calendar) -> None:
    made = writes(hazel)
    does(hazel, own_cards.change, made.id, replace(HEAT, title="Heat", source=""), NOON)
    assert (shown(hazel)[made.id].title, shown(hazel)[made.id].sources) == ("Heat", ())
    assert does(hazel, own_cards.switch, made.id, False) and made.id not in shown(hazel)
    assert does(hazel, own_cards.switch, made.id, True) and made.id in shown(hazel)
    assert does(hazel, own_cards.delete, made.id) and made.id not in shown(hazel)
    assert not does(hazel, own_cards.delete, made.id)


def test_half_a_year_after_staff_looked_at_it_it_is_stale_until_they_look_again(hazel: Calendar) -> None:
    made = writes(hazel, now=EVENING)
    last = date(2026, 11, 3) + CHECKED_FOR
    assert shown(hazel)[made.id].review_by == last, "the day is the building's own"
    assert not shown(hazel)[made.id].is_stale(last) and shown(hazel)[made.id].is_stale(last + timedelta(days=1))
    for rule, more in ((own_cards.still_right, ()), (own_cards.change, (HEAT,))):
        later = NOON + timedelta(days=400)
        does(hazel, rule, made.id, *more, later)
        assert not shown(hazel)[made.id].is_stale(later.date())
        does(hazel, own_cards.still_right, made.id, NOON)


def test_stale_cards_of_its_own_are_one_line_and_none_where_they_are_off(hazel: Calendar) -> None:
    first, _ = writes(hazel), writes(hazel, replace(HEAT, title="Cold days here"))
    building = hazel.house.ask(buildings.find, hazel.building_id)

    def stale(days: int) -> int:
        now = NOON + timedelta(days=days)
        (one,) = hazel.house.ask(due.everywhere, now)
        assert one.stale == hazel.house.ask(due.of, building, now).stale
        return int(one.stale)

    assert (stale(184), stale(185)) == (0, 2)
    does(hazel, own_cards.switch, first.id, False)
    assert stale(185) == 1


def test_those_that_come_with_the_page_are_told_of_for_the_whole_house() -> None:
    last = max(card.review_by for card in cards("en").values())
    first = min(card.review_by for language in ("en", "es") for card in cards(language).values())
    assert due.stale_cards(first) == 0 and due.stale_cards(first + timedelta(days=1)) > 0
    assert due.stale_cards(last + timedelta(days=1)) == len(cards("en"))


def test_a_draft_is_the_card_it_would_be_and_nothing_is_kept(hazel: Calendar) -> None:
    building, before = hazel.house.ask(buildings.find, hazel.building_id), hazel.house.everything()
    card = own_cards.draft(building, HEAT, NOON)
    assert hazel.house.everything() == before
    made = writes(hazel)
    assert replace(card, key=made.id) == shown(hazel)[made.id]


def with_line(text: str, moves: tuple[str, ...] = ()) -> CardTyped:
    return replace(HEAT, lines=(*LINES[:3], (text, moves)))


@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        (replace(HEAT, title=" "), "title", "empty"),
        (replace(HEAT, title="x" * 81), "title", "long"),
        (replace(HEAT, lines=LINES[:2]), "lines", "few"),
        (replace(HEAT, lines=[("", ("drug",))] * 5), "lines", "few"),
        (replace(HEAT, lines=[("x", ())] * (MOST_LINES + 1)), "lines", "many"),
        (with_line("x" * (LONGEST_LINE + 1)), "line_4", "long"),
        (with_line("x", ("mood",)), "line_4", "list"),
        (with_line("", ("mood",)), "line_4", "list"),
        (replace(HEAT, source="x" * 301), "source", "long"),
        (replace(HEAT, language="xx"), "language", "list"),
        (replace(HEAT, language=""), "language", "list"),
    ],
)
def test_a_card_is_refused_beside_its_field(hazel: Calendar, typed: CardTyped, field: str, reason: str) -> None:
    made = writes(hazel)
    building, before = hazel.house.ask(buildings.find, hazel.building_id), hazel.house.everything()
    for refused in (
        lambda: does(hazel, own_cards.add, typed, NOON),
        lambda: does(hazel, own_cards.change, made.id, typed, NOON),
        lambda: own_cards.draft(building, typed, NOON),
    ):
        with pytest.raises(ScheduleRefused) as told:
            refused()
        assert (told.value.field, told.value.reason) == (field, reason)
    assert hazel.house.everything() == before


def test_there_is_an_end_to_the_cards_of_a_building(hazel: Calendar) -> None:
    for _ in range(MOST_OWN):
        writes(hazel)
    with pytest.raises(ScheduleRefused) as told:
        writes(hazel)
    assert (told.value.field, told.value.reason) == ("title", "many")


def test_another_buildings_card_is_not_there(house: House, esi: Person, hazel: Calendar) -> None:
    made, birch = writes(hazel), calendar(house, esi.id)
    before = house.everything()
    assert house.ask(own_cards.find, birch.building_id, made.id) is None
    assert does(birch, own_cards.change, made.id, HEAT, NOON) is None
    assert does(birch, own_cards.still_right, made.id, NOON) is None
    assert does(birch, own_cards.switch, made.id, False) is None
    assert not does(birch, own_cards.delete, made.id)
    assert house.do(own_cards.add, esi.id, "0" * 20, HEAT, NOON) is None
    assert house.everything() == before
