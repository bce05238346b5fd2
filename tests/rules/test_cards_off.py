"""The cards a building does not show (`sessions.schedule.cards_off`)."""

import pytest

from sessions import audit
from sessions.accounts import Person
from sessions.library import cards
from sessions.schedule import cards_off
from sessions.schedule.clock import ScheduleRefused
from tests.rules.cast import House
from tests.rules.planning import Calendar, calendar

CARD = "drug-set-setting"


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def test_every_card_is_shown_until_it_is_switched_off_and_only_there(
    house: House, esi: Person, hazel: Calendar
) -> None:
    birch = calendar(house, esi.id)
    assert house.ask(cards_off.shown_in, hazel.building_id, "en") == cards("en")
    for _ in range(2):
        assert house.do(cards_off.switch, esi.id, hazel.building_id, CARD, False) is False
    assert CARD not in house.ask(cards_off.shown_in, hazel.building_id, "es")
    for elsewhere in (birch.building_id, None, ""):
        assert house.ask(cards_off.shown_in, elsewhere, "es") == cards("es")
    for _ in range(2):
        assert house.do(cards_off.switch, esi.id, hazel.building_id, CARD, True) is True
    assert house.ask(cards_off.shown_in, hazel.building_id, "en") == cards("en")
    assert {act.act for act in house.ask(audit.of, esi.id)} >= {"cards-changed"}


def test_a_card_that_there_is_not_is_refused_and_a_building_that_is_not_there_has_none(
    house: House, esi: Person, hazel: Calendar
) -> None:
    before = house.everything()
    with pytest.raises(ScheduleRefused) as told:
        house.do(cards_off.switch, esi.id, hazel.building_id, "no-such-card", False)
    assert (told.value.field, told.value.reason) == ("card", "list")
    assert house.do(cards_off.switch, esi.id, "0" * 20, CARD, False) is None
    assert house.everything() == before
