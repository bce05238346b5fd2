"""One-use codes, that one colleague reads out to another (`sessions.one_use`)."""

import re

import pytest

from sessions import one_use
from sessions.accounts import Person
from tests.rules.cast import House

KEY, OTHER_KEY = b"this install's", b"another install's"
NOON = 1_800_000_000.0
MINUTE = 60


def use(house: House, typed: str, now: float = NOON, purpose: str = "cover", key: bytes = KEY) -> str | None:
    subject: str | None = house.do(one_use.use, key, purpose, typed, now)
    return subject


@pytest.fixture
def code(house: House, ana: Person) -> str:
    made: str = house.do(one_use.hand_out, KEY, "cover", ana.id, NOON)
    return made


def test_it_says_what_it_is_about_once(house: House, ana: Person, code: str) -> None:
    assert use(house, code) == ana.id
    assert use(house, code) is None


def test_it_is_easy_to_read_out_and_to_type(house: House, ana: Person, code: str) -> None:
    assert re.fullmatch(r"[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}", code)
    assert use(house, f" {code.lower().replace(' ', '-')}\n") == ana.id


def test_it_is_good_for_fifteen_minutes(house: House, ana: Person) -> None:
    first = house.do(one_use.hand_out, KEY, "cover", ana.id, NOON)
    assert use(house, first, NOON + 15 * MINUTE) is None
    second = house.do(one_use.hand_out, KEY, "cover", ana.id, NOON)
    assert use(house, second, NOON + 15 * MINUTE - 1) == ana.id


def test_a_new_one_ends_the_one_before_it(house: House, ana: Person, fay: Person, code: str) -> None:
    others = house.do(one_use.hand_out, KEY, "cover", fay.id, NOON)
    newer = house.do(one_use.hand_out, KEY, "cover", ana.id, NOON)
    assert use(house, code) is None
    assert (use(house, newer), use(house, others)) == (ana.id, fay.id)


def test_it_is_good_for_its_own_purpose_alone(house: House, ana: Person, code: str) -> None:
    assert use(house, code, purpose="lead along") is None
    assert use(house, code) == ana.id


@pytest.mark.parametrize("typed", ["", " ", "AAAA AAAA", "\0", "\ud800", "' OR 1=1 --", "x" * 10_000])
def test_what_nobody_handed_out_is_good_for_nothing(house: House, code: str, typed: str) -> None:
    before = house.everything()
    assert use(house, typed) is None
    assert house.everything() == before


def test_the_database_alone_tries_no_codes(house: House, code: str) -> None:
    assert code.replace(" ", "") not in repr(house.everything())
    assert use(house, code, key=OTHER_KEY) is None


def test_old_ones_are_swept_out(house: House, ana: Person, fay: Person, code: str) -> None:
    house.do(one_use.hand_out, KEY, "cover", fay.id, NOON + 15 * MINUTE)
    assert len(house.everything()["one_use_codes"]) == 1
