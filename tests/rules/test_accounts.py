"""Accounts: who may have one, and what members are told of a facilitator (`sessions.accounts`)."""

import pytest

from sessions import accounts, passphrases
from sessions.accounts import AccountRefused, Person
from sessions.permissions import ADMIN, FACILITATOR, HOUSING, MEMBER, STRANGER
from tests.rules.cast import House


def test_an_account_is_found_again(house: House) -> None:
    ana = house.do(accounts.add, " Ana@Example.org ", FACILITATOR, "hash", "  Ana  ")
    assert (ana.email, ana.role, ana.name) == ("ana@example.org", FACILITATOR, "Ana")
    assert house.ask(accounts.find, ana.id) == ana


def test_nobody_has_an_account_until_somebody_does(house: House) -> None:
    assert not house.ask(accounts.anybody)
    house.do(accounts.add, "esi@example.org", HOUSING, "hash")
    assert house.ask(accounts.anybody)


def test_an_id_nobody_has_finds_nobody(house: House, ana: Person) -> None:
    assert house.ask(accounts.find, ana.id[::-1]) is None


@pytest.mark.parametrize("role", [MEMBER, STRANGER, "", "owner", "ADMIN"])
def test_only_staff_have_accounts(house: House, role: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        house.do(accounts.add, "ben@example.org", role, "hash")
    assert refused.value.reason == "role"
    assert not house.ask(accounts.anybody)


@pytest.mark.parametrize(
    "email",
    ["", " ", "ana", "@", "ana@", "@example.org", "ana@b@c", "a na@example.org", "\0", "a" * 243 + "@example.org"],
)
def test_an_address_looks_like_one(house: House, email: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        house.do(accounts.add, email, ADMIN, "hash")
    assert refused.value.reason == "address"


@pytest.mark.parametrize("email", ["a\0na@example.org", "ana@example\ud800.org", "\u202eana@example.org\u200b"])
def test_what_cannot_be_kept_is_left_out_of_an_address(house: House, email: str) -> None:
    assert house.do(accounts.add, email, ADMIN, "hash").email == "ana@example.org"
    assert house.ask(passphrases.stored, email)[1] == "hash"


@pytest.mark.parametrize("email", ["ana@example.org", "ANA@example.org", " ana@example.org"])
def test_an_address_has_one_account(house: House, ana: Person, email: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        house.do(accounts.add, email, HOUSING, "hash")
    assert refused.value.reason == "taken"
    assert house.ask(accounts.find, ana.id) == ana


def test_a_facilitator_says_who_pays_and_what_must_be_reported(house: House, ana: Person, fay: Person) -> None:
    house.do(accounts.introduce, ana.id, " Ana\nB. ", "\u202eThe county", "Harm to a child.\nNothing else.")
    told = house.ask(accounts.find, ana.id)
    assert (told.name, told.paid_by, told.must_report) == ("Ana B.", "The county", "Harm to a child.\nNothing else.")
    assert house.ask(accounts.find, fay.id) == fay


def test_long_introductions_are_cut_to_their_columns(house: House, ana: Person) -> None:
    house.do(accounts.introduce, ana.id, "é" * 999, "é" * 999, "é" * 999)
    told = house.ask(accounts.find, ana.id)
    assert [len(told.name), len(told.paid_by), len(told.must_report)] == [60, 200, 600]
