"""Which buildings' cards anybody may read (`sessions.schedule.learn`)."""

import pytest

from sessions import audit
from sessions.accounts import Person
from sessions.schedule import learn, listing
from tests.rules.cast import House
from tests.rules.planning import Calendar, calendar


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def test_none_until_staff_choose_so_and_none_when_they_take_it_back(house: House, esi: Person, hazel: Calendar) -> None:
    assert house.ask(learn.everywhere) == [] and house.ask(learn.find, "the-house") is None
    house.do(learn.switch, esi.id, hazel.building_id, True)
    assert [one.id for one in house.ask(learn.everywhere)] == [hazel.building_id]
    assert house.ask(learn.find, "the-house").id == hazel.building_id
    assert house.ask(listing.find, "the-house") is None, "when it meets is no more public than before"
    house.do(learn.switch, esi.id, hazel.building_id, False)
    assert house.ask(learn.everywhere) == [] and house.ask(learn.find, "the-house") is None
    assert "cards-changed" in {act.act for act in house.ask(audit.of, esi.id)}


def test_its_address_is_that_of_its_public_page_whichever_came_first(
    house: House, esi: Person, hazel: Calendar
) -> None:
    birch = calendar(house, esi.id)
    house.do(listing.list_building, esi.id, hazel.building_id, True)
    assert house.ask(learn.find, "the-house") is None, "listed, it has not chosen this"
    assert house.do(learn.switch, esi.id, hazel.building_id, True).page == "the-house"
    assert house.do(learn.switch, esi.id, birch.building_id, True).page == "the-house-2"
    assert house.do(listing.list_building, esi.id, birch.building_id, True).page == "the-house-2"


def test_a_building_that_is_not_there_chooses_nothing(house: House, esi: Person) -> None:
    assert house.do(learn.switch, esi.id, "0" * 20, True) is None
