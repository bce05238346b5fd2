"""The second step at sign-in: six digits from an app, or a recovery code (`sessions.second_factor`)."""

import math

import pyotp
import pytest

from sessions import accounts, second_factor
from sessions.accounts import Person
from sessions.permissions import ADMIN, NEW_ADMIN
from tests.rules.cast import House

KEY = "the install's own secret"
NOON = 1_800_000_000.0
STEP = second_factor.STEP_SECONDS


def digits(secret: str, moment: float) -> str:
    """What an app shows at that moment. It is another implementation's affair in tests/web; the standard's is below."""
    return pyotp.TOTP(secret).at(int(moment))


@pytest.fixture
def secret() -> str:
    return second_factor.new_secret()


@pytest.fixture
def codes(house: House, ana: Person, secret: str) -> list[str]:
    """Ana has a second step since noon; these are her recovery codes."""
    made: list[str] = house.do(second_factor.add, KEY, ana.id, secret, digits(secret, NOON), NOON)
    return made


def passes(house: House, person: Person, typed: str, now: float, key: str = KEY) -> bool:
    return bool(house.do(second_factor.passes, key, person.id, typed, now))


def test_digits_are_those_of_the_standard(house: House, ana: Person) -> None:
    """RFC 6238, appendix B, for SHA-1: at 59 s the last six of 94287082, at 1,111,111,109 s of 07081804."""
    standard = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890" in base32
    assert house.do(second_factor.add, KEY, ana.id, standard, "287082", 59) is not None
    assert passes(house, ana, "081804", 1_111_111_109)


def test_who_has_none_passes_without(house: House, ana: Person) -> None:
    assert passes(house, ana, "", NOON) and passes(house, ana, "anything", NOON)


def test_once_added_it_is_asked_for(house: House, ana: Person, fay: Person, secret: str, codes: list[str]) -> None:
    assert house.ask(accounts.find, ana.id).second_step and not house.ask(accounts.find, fay.id).second_step
    assert passes(house, ana, digits(secret, NOON + STEP), NOON + STEP)
    assert not passes(house, ana, "", NOON + 2 * STEP)


@pytest.mark.parametrize("typed", ["", "000000x", "12345", "1234567", "\0", "\ud800", "１２３４５６", "x" * 10_000])
def test_what_is_not_right_does_not_pass(house: House, ana: Person, codes: list[str], typed: str) -> None:
    before = house.everything()
    assert not passes(house, ana, typed, NOON + STEP)
    assert house.everything() == before


def test_digits_may_be_typed_in_two_groups(house: House, ana: Person, secret: str, codes: list[str]) -> None:
    right = digits(secret, NOON + STEP)
    assert passes(house, ana, f" {right[:3]} {right[3:]} ", NOON + STEP)


@pytest.mark.parametrize(("steps", "good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_off_by_one_step(
    house: House, ana: Person, secret: str, codes: list[str], steps: int, good: bool
) -> None:
    later = NOON + 10 * STEP
    assert passes(house, ana, digits(secret, later + steps * STEP), later) is good


def test_digits_are_good_once_and_earlier_ones_never(house: House, ana: Person, secret: str, codes: list[str]) -> None:
    later = NOON + 10 * STEP
    assert passes(house, ana, digits(secret, later), later)
    assert not passes(house, ana, digits(secret, later), later + 1)
    assert not passes(house, ana, digits(secret, later - STEP), later + 1)
    assert passes(house, ana, digits(secret, later + STEP), later + 1)


def test_the_digits_that_added_it_are_used_up(house: House, ana: Person, secret: str, codes: list[str]) -> None:
    assert not passes(house, ana, digits(secret, NOON), NOON + 1)


def test_somebody_elses_app_does_not_pass(house: House, ana: Person, fay: Person, codes: list[str]) -> None:
    theirs = second_factor.new_secret()
    house.do(second_factor.add, KEY, fay.id, theirs, digits(theirs, NOON), NOON)
    assert not passes(house, ana, digits(theirs, NOON + STEP), NOON + STEP)


def test_wrong_digits_add_nothing(house: House, ana: Person, secret: str) -> None:
    before = house.everything()
    for typed in ("", "000000", digits(secret, NOON - 5 * STEP)):
        assert house.do(second_factor.add, KEY, ana.id, secret, typed, NOON) is None
    assert house.everything() == before


def test_each_recovery_code_is_good_once(house: House, ana: Person, codes: list[str]) -> None:
    assert len(set(codes)) == 10
    assert passes(house, ana, codes[0], NOON) and not passes(house, ana, codes[0], NOON)
    assert passes(house, ana, codes[1].upper().replace("-", " "), NOON)
    assert house.ask(second_factor.codes_left, ana.id) == 8


def test_a_recovery_code_has_too_many_bits_to_be_found_from_its_hash(codes: list[str]) -> None:
    letters = second_factor.RECOVERY_ALPHABET
    for code in codes:
        assert set(code.replace("-", "")) <= set(letters)
        assert len(code.replace("-", "")) * math.log2(len(letters)) >= 112


def test_a_recovery_code_is_its_persons_alone(house: House, fay: Person, codes: list[str]) -> None:
    theirs = second_factor.new_secret()
    house.do(second_factor.add, KEY, fay.id, theirs, digits(theirs, NOON), NOON)
    assert not passes(house, fay, codes[0], NOON)


def test_adding_it_anew_ends_the_old_app_and_the_old_codes(
    house: House, ana: Person, secret: str, codes: list[str]
) -> None:
    newer, later = second_factor.new_secret(), NOON + 10 * STEP
    house.do(second_factor.add, KEY, ana.id, newer, digits(newer, later), later)
    assert not passes(house, ana, digits(secret, later + STEP), later + STEP)
    assert not passes(house, ana, codes[0], later)
    assert passes(house, ana, digits(newer, later + STEP), later + STEP)


def test_without_it_again_nothing_of_it_is_left(house: House, ana: Person, secret: str, codes: list[str]) -> None:
    house.do(second_factor.remove, ana.id, NOON)
    assert passes(house, ana, "", NOON) and not house.ask(accounts.find, ana.id).second_step
    assert house.everything()["recovery_codes"] == []


def test_the_database_alone_makes_no_digits(house: House, ana: Person, secret: str, codes: list[str]) -> None:
    rows = repr(house.everything())
    assert secret not in rows and not any(code in rows or code.replace("-", "") in rows for code in codes)
    # Under another install's secret the digits open nothing; a recovery code still does.
    assert not passes(house, ana, digits(secret, NOON + STEP), NOON + STEP, key="another secret")
    assert passes(house, ana, codes[0], NOON, key="another secret")


def test_a_sealed_secret_opens_for_its_own_account_alone(house: House, ana: Person, fay: Person, secret: str) -> None:
    house.do(second_factor.add, KEY, ana.id, secret, digits(secret, NOON), NOON)

    def copy(db: object) -> None:
        db.get(accounts.Account, fay.id).totp = db.get(accounts.Account, ana.id).totp  # type: ignore[attr-defined]

    house.do(copy)
    assert not passes(house, fay, digits(secret, NOON + STEP), NOON + STEP)


def test_nobody_passes_for_an_account_that_is_not_there(house: House, ana: Person) -> None:
    assert not house.do(second_factor.passes, KEY, ana.id[::-1], "", NOON)


def test_an_admin_without_a_second_step_acts_as_no_admin(house: House, secret: str) -> None:
    gus = house.do(accounts.add, "gus@example.org", ADMIN, "no hash")
    assert (gus.role, gus.acts_as) == (ADMIN, NEW_ADMIN)
    house.do(second_factor.add, KEY, gus.id, secret, digits(secret, NOON), NOON)
    assert house.ask(accounts.find, gus.id).acts_as == ADMIN


def test_a_shown_secret_is_kept_only_if_it_looks_like_one(secret: str) -> None:
    assert second_factor.usable(secret) == secret
    for typed in ("", None, "short", secret + "A", secret.lower(), "\ud800"):
        assert second_factor.usable(typed) not in (typed, secret)
