"""Signing in: for 12 hours at most, less when idle, in one browser (`sessions.sign_ins`)."""

import pytest

from sessions import sign_ins
from sessions.accounts import Person
from sessions.circle import circles
from sessions.circle.circles import Circle
from sessions.tokens import token_hash
from tests.rules.cast import STRANGERS_TOKEN, House

NOON = 1_800_000_000.0
MINUTE, HOUR = 60, 3600


def who(house: House, token: str, now: float) -> Person | None:
    person: Person | None = house.ask(sign_ins.who, token, circles.leads, now)[0]
    return person


def test_the_token_of_a_sign_in_tells_who_it_is(house: House, ana: Person, esi: Person) -> None:
    hers, theirs = house.do(sign_ins.begin, ana.id, NOON), house.do(sign_ins.begin, esi.id, NOON)
    assert (who(house, hers, NOON), who(house, theirs, NOON)) == (ana, esi)


@pytest.mark.parametrize("token", ["", STRANGERS_TOKEN, "\0", "\ud800", "x" * 100_000])
def test_a_stranger_is_nobody(house: House, ana: Person, token: str) -> None:
    house.do(sign_ins.begin, ana.id, NOON)
    assert house.ask(sign_ins.who, token, circles.leads, NOON) == (None, False)


def test_the_database_keeps_no_token(house: House, ana: Person) -> None:
    token = house.do(sign_ins.begin, ana.id, NOON)
    assert token not in repr(house.everything())
    assert token_hash(token) in repr(house.everything())


def test_each_sign_in_has_a_token_of_its_own(house: House, ana: Person) -> None:
    laptop, phone = (house.do(sign_ins.begin, ana.id, NOON) for _ in range(2))
    house.do(sign_ins.end, phone)
    assert (who(house, laptop, NOON), who(house, phone, NOON)) == (ana, None)


def test_housing_staff_stay_signed_in_for_half_an_hour_of_doing_nothing(house: House, esi: Person) -> None:
    token = house.do(sign_ins.begin, esi.id, NOON)
    assert who(house, token, NOON + 30 * MINUTE) == esi
    assert who(house, token, NOON + 30 * MINUTE + 1) is None


def test_a_facilitator_stays_signed_in_for_four_hours_while_leading(house: House, ana: Person, circle: Circle) -> None:
    token = house.do(sign_ins.begin, ana.id, NOON)
    assert who(house, token, NOON + 4 * HOUR) == ana
    assert who(house, token, NOON + 4 * HOUR + 1) is None


def test_a_facilitator_without_a_circle_is_like_other_staff(house: House, ana: Person) -> None:
    token = house.do(sign_ins.begin, ana.id, NOON)
    assert who(house, token, NOON + 30 * MINUTE + 1) is None


def test_being_seen_begins_the_idle_time_anew(house: House, esi: Person) -> None:
    token = house.do(sign_ins.begin, esi.id, NOON)
    house.do(sign_ins.seen, token, NOON + 20 * MINUTE)
    assert who(house, token, NOON + 50 * MINUTE) == esi
    assert who(house, token, NOON + 51 * MINUTE) is None


def test_after_12_hours_it_ends_however_busy(house: House, ana: Person, circle: Circle) -> None:
    token = house.do(sign_ins.begin, ana.id, NOON)
    for hour in range(1, 13):
        house.do(sign_ins.seen, token, NOON + hour * HOUR)
    assert who(house, token, NOON + 12 * HOUR) == ana
    assert who(house, token, NOON + 12 * HOUR + 1) is None


def test_being_seen_is_due_once_a_minute_and_no_more(house: House, ana: Person) -> None:
    token = house.do(sign_ins.begin, ana.id, NOON)
    assert house.ask(sign_ins.who, token, circles.leads, NOON + 59) == (ana, False)
    assert house.ask(sign_ins.who, token, circles.leads, NOON + 60) == (ana, True)


def test_a_clock_set_back_signs_nobody_out(house: House, ana: Person) -> None:
    token = house.do(sign_ins.begin, ana.id, NOON)
    assert who(house, token, NOON - 24 * HOUR) == ana


def test_the_places_of_an_account_are_its_own_and_the_last_used_first(house: House, ana: Person, esi: Person) -> None:
    laptop, tablet = house.do(sign_ins.begin, ana.id, NOON), house.do(sign_ins.begin, ana.id, NOON + HOUR)
    house.do(sign_ins.begin, esi.id, NOON)
    house.do(sign_ins.seen, laptop, NOON + 2 * HOUR)
    places = house.ask(sign_ins.places, ana.id, tablet, NOON + 3 * HOUR)
    assert [(place.since, place.seen, place.this) for place in places] == [
        (NOON, NOON + 2 * HOUR, False),
        (NOON + HOUR, NOON + HOUR, True),
    ]
    assert not any(token in repr(places) or token_hash(token) in repr(places) for token in (laptop, tablet))
    assert [place.this for place in house.ask(sign_ins.places, ana.id, tablet, NOON + 12 * HOUR + 1)] == [True]


def test_one_of_them_is_ended_and_nobody_elses(house: House, ana: Person, esi: Person) -> None:
    laptop, tablet = (house.do(sign_ins.begin, ana.id, NOON) for _ in range(2))
    theirs = house.do(sign_ins.begin, esi.id, NOON)
    names = {place.this: place.name for place in house.ask(sign_ins.places, ana.id, laptop, NOON)}
    for name in ("", "x", names[False][:10], house.ask(sign_ins.places, esi.id, theirs, NOON)[0].name):
        assert house.do(sign_ins.end_one, ana.id, name) == []
    assert house.do(sign_ins.end_one, ana.id, names[False]) == [token_hash(tablet)]
    assert [who(house, token, NOON) for token in (laptop, tablet, theirs)] == [ana, None, esi]


def test_signing_in_sweeps_out_what_has_ended(house: House, ana: Person) -> None:
    house.do(sign_ins.begin, ana.id, NOON)
    house.do(sign_ins.begin, ana.id, NOON + 13 * HOUR)
    assert len(house.everything()["sign_ins"]) == 1
