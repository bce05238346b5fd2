"""A building's own words, and the host's where it says nothing (`sessions.schedule.own_words`)."""

from datetime import UTC, datetime

import pytest

from sessions import audit, host
from sessions.accounts import Person
from sessions.host import LEAVE_FAST, Host
from sessions.schedule import buildings, naloxone, own_words
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.own_words import NO, YES, OwnWords, Words, words_of
from tests.rules.cast import House
from tests.rules.planning import Calendar, calendar

NOON = datetime(2026, 11, 3, 20, 0, tzinfo=UTC)
HOST = Host("The Annex", False, "Cameras in the hall.", "1 Annex Road", "the office", "https://library.example/")
HAZEL = OwnWords(
    address="120 Hazel Street, side door",
    address_public=True,
    languages=("es", "en"),
    leave_to="https://news.example/",
    run_by="Hazel Clinic",
    landlord=YES,
    limits="The front desk sees who comes in.\nDoors lock at ten.",
)


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    house.do(host.write, HOST)
    return calendar(house, esi.id)


def said(hazel: Calendar) -> Words:
    words: Words = hazel.house.ask(words_of, hazel.building_id, NOON)
    return words


def test_where_no_building_is_known_the_host_speaks(house: House, hazel: Calendar) -> None:
    for nowhere in (None, "", "0" * 20):
        assert house.ask(words_of, nowhere) == Words("The Annex", False, *list(vars(HOST).values())[2:])


def test_before_anybody_has_said_anything_there_are_plain_defaults(house: House) -> None:
    assert house.ask(words_of, None) == Words() and house.ask(words_of, None).leave_fast == LEAVE_FAST


def test_a_building_that_says_nothing_says_what_the_host_says(house: House, hazel: Calendar) -> None:
    assert said(hazel) == house.ask(words_of, None)


def test_what_it_says_itself_comes_before_what_the_host_says(house: House, esi: Person, hazel: Calendar) -> None:
    house.do(own_words.write, esi.id, hazel.building_id, HAZEL)
    words = said(hazel)
    assert (words.address, words.run_by, words.landlord) == ("120 Hazel Street, side door", "Hazel Clinic", True)
    assert (words.limits, words.leave_fast) == (HAZEL.limits, "https://news.example/")
    assert words.naloxone == "the office"
    other = house.do(buildings.add, esi.id, buildings.BuildingWords("Birch House", "", "UTC"))
    assert house.ask(words_of, other.id) == house.ask(words_of, None)


@pytest.mark.parametrize(("typed", "landlord"), [(YES, True), (NO, False), ("", False)])
def test_the_landlord_is_a_yes_a_no_or_as_the_host_says(
    house: House, esi: Person, hazel: Calendar, typed: str, landlord: bool
) -> None:
    house.do(own_words.write, esi.id, hazel.building_id, OwnWords(landlord=typed))
    assert said(hazel).landlord is landlord


def test_a_no_stands_where_the_host_says_yes(house: House, esi: Person, hazel: Calendar) -> None:
    house.do(host.write, Host(landlord=True))
    house.do(own_words.write, esi.id, hazel.building_id, OwnWords(landlord=NO))
    assert said(hazel).landlord is False


def test_what_is_emptied_is_the_hosts_again(house: House, esi: Person, hazel: Calendar) -> None:
    house.do(own_words.write, esi.id, hazel.building_id, HAZEL)
    house.do(own_words.write, esi.id, hazel.building_id, OwnWords())
    assert said(hazel) == house.ask(words_of, None)
    assert [act.act for act in house.ask(audit.of, esi.id)].count("building-changed") == 2


def test_languages_and_the_tick_for_the_public_page_are_kept(house: House, esi: Person, hazel: Calendar) -> None:
    house.do(own_words.write, esi.id, hazel.building_id, HAZEL)
    building = house.ask(buildings.find, hazel.building_id)
    assert own_words.spoken(building) == ["en", "es"] and building.address_public
    building.languages = "en xx"
    assert own_words.spoken(building) == ["en"], "one that this computer has no more is left out"


def test_naloxone_of_its_own_comes_before_the_hosts(house: House, esi: Person, hazel: Calendar) -> None:
    house.do(naloxone.add, esi.id, hazel.building_id, "laundry", "2026-11-02")
    assert said(hazel).naloxone == "", "what is past its date is not said first, nor is another building's"
    assert [spot.place for spot in said(hazel).more_spots] == ["laundry"]
    house.do(naloxone.add, esi.id, hazel.building_id, "kitchen", "2026-11-03")
    house.do(naloxone.add, esi.id, hazel.building_id, "desk", "")
    words = said(hazel)
    assert (words.naloxone, [spot.place for spot in words.more_spots]) == ("desk", ["kitchen", "laundry"])


@pytest.mark.parametrize(
    ("typed", "field", "reason"),
    [
        (OwnWords(address="x" * 201), "address", "long"),
        (OwnWords(run_by="x" * 201), "run_by", "long"),
        (OwnWords(limits="x" * 1001), "limits", "long"),
        (OwnWords(landlord="maybe"), "landlord", "list"),
        (OwnWords(languages=("en", "xx")), "languages", "list"),
        (OwnWords(leave_to="javascript:alert(1)"), "leave_to", "none"),
        (OwnWords(leave_to="https://a:b@evil.example/"), "leave_to", "none"),
    ],
)
def test_what_cannot_be_said_is_refused_beside_its_field(
    house: House, esi: Person, hazel: Calendar, typed: OwnWords, field: str, reason: str
) -> None:
    before = house.everything()
    with pytest.raises(ScheduleRefused) as told:
        house.do(own_words.write, esi.id, hazel.building_id, typed)
    assert (told.value.field, told.value.reason) == (field, reason)
    assert house.everything() == before


def test_a_building_that_is_not_there_says_nothing(house: House, esi: Person) -> None:
    assert house.do(own_words.write, esi.id, "0" * 20, HAZEL) is None
