"""Opening a circle, and who leads which (`sessions.circle.circles`)."""

import pytest

from sessions.accounts import Person
from sessions.circle import circles, doors
from sessions.circle.circles import AT_ONCE, ERASING, HANDFULS, OPEN, Circle, CircleRefused
from tests.rules.cast import DOOR_KEY, House
from tests.rules.planning import calendar


def test_ana_opens_the_doors(house: House, ana: Person) -> None:
    circle = house.opens(ana.id, " Tuesday\nat six ", "90", AT_ONCE)
    assert (circle.state, circle.minutes, circle.appear, circle.version) == (OPEN, 90, AT_ONCE, 1)
    assert (circle.phones, circle.blank) == (60, False)
    assert doors.sign(house.vault, circle).title == "Tuesday at six"
    assert house.vault.has(circle.id)


def test_shares_wait_for_a_handful_unless_said_otherwise(house: House, circle: Circle) -> None:
    assert circle.appear == HANDFULS


def test_the_code_is_nine_digits_and_the_link_is_long(house: House, circle: Circle) -> None:
    door = doors.sign(house.vault, circle)
    assert len(door.code) == 9 and door.code.isdecimal() and door.code[0] != "0"
    assert len(door.link) >= 32 and door.code not in door.link


def test_two_circles_share_neither_id_nor_code_nor_link(house: House, circle: Circle, other_circle: Circle) -> None:
    assert circle.id != other_circle.id
    assert not set(doors.sign(house.vault, circle)) & set(doors.sign(house.vault, other_circle))


def test_the_database_keeps_neither_title_nor_code_nor_link(house: House, circle: Circle) -> None:
    kept = repr(house.everything())
    assert not [word for word in doors.sign(house.vault, circle) if word in kept]


@pytest.mark.parametrize(
    ("reason", "title", "plan", "appear"),
    [
        ("title", "", "60", HANDFULS),
        ("title", " \u200b\n", "60", HANDFULS),
        ("title", "x" * 81, "60", HANDFULS),
        ("plan", "Tuesday", "0", HANDFULS),
        ("plan", "Tuesday", "61", HANDFULS),
        ("plan", "Tuesday", "-60", HANDFULS),
        ("appear", "Tuesday", "60", ""),
        ("appear", "Tuesday", "60", "never"),
    ],
)
def test_it_is_refused(house: House, ana: Person, reason: str, title: str, plan: str, appear: str) -> None:
    with pytest.raises(CircleRefused) as refused:
        house.opens(ana.id, title, plan, appear)
    assert refused.value.reason == reason
    assert house.ask(circles.all_ids) == house.vault.circles() == []


def test_it_meets_in_a_building_that_there_is_or_in_none(house: House, ana: Person, esi: Person) -> None:
    hazel = calendar(house, esi.id).building_id
    for building_id in (hazel, None):
        circle = house.do(doors.open_now, house.vault, DOOR_KEY, ana.id, "Tuesday", "60", building_id=building_id)
        assert house.ask(circles.building_of, circle.id) == building_id
    with pytest.raises(CircleRefused) as refused:
        house.do(doors.open_now, house.vault, DOOR_KEY, ana.id, "Tuesday", "60", building_id="0" * 20)
    assert refused.value.reason == "building" and len(house.vault.circles()) == 2
    assert house.ask(circles.building_of, "0" * 20) is None


def test_a_title_of_80_letters_is_kept_whole(house: House, ana: Person) -> None:
    assert doors.sign(house.vault, house.opens(ana.id, "é" * 80)).title == "é" * 80


def test_who_leads_a_circle_finds_it(house: House, ana: Person, circle: Circle, other_circle: Circle) -> None:
    assert [found.id for found in house.ask(circles.led_by, ana.id)] == [circle.id]
    assert house.ask(circles.find_led, ana.id, circle.id).id == circle.id


def test_to_anybody_else_it_is_not_there(house: House, circle: Circle, fay: Person, esi: Person) -> None:
    for somebody in (fay, esi):
        assert house.ask(circles.led_by, somebody.id) == []
        assert house.ask(circles.find_led, somebody.id, circle.id) is None


def test_a_closed_one_is_still_hers_and_one_being_erased_is_not(house: House, ana: Person, circle: Circle) -> None:
    house.do(circles.close, circle.id)
    assert house.ask(circles.find_led, ana.id, circle.id) is not None
    house.do(circles.begin_erasing, circle.id, open_too=True)
    assert house.circle(circle.id).state == ERASING
    assert house.ask(circles.find_led, ana.id, circle.id) is None
    assert house.ask(circles.led_by, ana.id) == []
