"""Passphrases: long ones, kept as a slow hash, set by nobody but their person (`sessions.passphrases`)."""

import pytest

from sessions import passphrases, sign_ins
from sessions.accounts import AccountRefused, Person
from sessions.circle import circles
from sessions.tokens import token_hash
from tests.rules.cast import House

LONG_ENOUGH = "fourteen chars"
NEW = "$argon2id$new"


def test_a_passphrase_fits_its_hash_and_no_other(house: House, ana: Person) -> None:
    stored = passphrases.hashed(LONG_ENOUGH)
    assert stored.startswith("$argon2id$") and LONG_ENOUGH not in stored
    assert passphrases.fits(stored, LONG_ENOUGH)
    assert not passphrases.fits(stored, LONG_ENOUGH.upper())
    assert not passphrases.fits("no hash at all", LONG_ENOUGH)
    assert not passphrases.fits(stored, "x" * 1_000_000)


@pytest.mark.parametrize("passphrase", ["", "thirteen char", "x" * 1025])
def test_a_passphrase_has_14_to_1024_characters(passphrase: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        passphrases.hashed(passphrase)
    assert refused.value.reason == "passphrase"


@pytest.mark.parametrize(
    "passphrase",
    ["passwordpassword", "12345678901234", "qwertyuiopasdf", "aaaaaaaaaaaaaaaaaaaa", "iloveyouiloveyou"],
)
def test_what_many_people_would_try_is_no_passphrase(passphrase: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        passphrases.hashed(passphrase)
    assert refused.value.reason == "guessed"


@pytest.mark.parametrize("passphrase", ["ana@example.org", "ana@example.org1", "Facilitator2026", "Ana Maria Ruiz"])
def test_nor_is_what_is_known_of_its_person_or_of_this_place(passphrase: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        passphrases.hashed(passphrase, "ana@example.org", "Ana Maria Ruiz")
    assert refused.value.reason == "guessed"


@pytest.mark.parametrize("passphrase", ["a quiet room on tuesday", "una silla verde en el patio"])
def test_a_few_words_of_ones_own_are_one(passphrase: str) -> None:
    assert passphrases.fits(passphrases.hashed(passphrase, "ana@example.org"), passphrase)


def test_an_unknown_address_gets_a_hash_that_nothing_fits(house: House, ana: Person) -> None:
    somebody, known = house.ask(passphrases.stored, "ANA@example.org ")
    nobody, unknown = house.ask(passphrases.stored, "nobody@example.org")
    assert (somebody, nobody) == (ana, None)
    assert unknown.startswith("$argon2id$") and unknown != known
    assert not any(passphrases.fits(unknown, tried) for tried in ("", LONG_ENOUGH, unknown))


def test_a_new_passphrase_takes_the_place_of_the_old(house: House, ana: Person, fay: Person) -> None:
    before = house.ask(passphrases.stored, fay.email)
    house.do(passphrases.change, ana.id, NEW, "")
    assert house.ask(passphrases.stored, ana.email) == (ana, NEW)
    assert house.ask(passphrases.stored, fay.email) == before


def test_a_new_passphrase_signs_out_every_other_browser(house: House, ana: Person, fay: Person) -> None:
    laptop, lost, other = (house.do(sign_ins.begin, person.id) for person in (ana, ana, fay))
    ended = house.do(passphrases.change, ana.id, NEW, laptop)
    assert ended == [token_hash(lost)]
    known = [house.ask(sign_ins.who, token, circles.leads)[0] for token in (laptop, lost, other)]
    assert known == [ana, None, fay]
