"""Invitations: one use, two days, in the role the inviter chose (`sessions.invitations`)."""

import pytest

from sessions import accounts, invitations
from sessions.accounts import AccountRefused, Person
from sessions.permissions import ADMIN, FACILITATOR, HOUSING, MEMBER, NEW_ADMIN
from sessions.tokens import token_hash
from tests.rules.cast import STRANGERS_TOKEN, House

NOON = 1_800_000_000.0
HOUR = 3600


@pytest.fixture
def gus(house: House) -> Person:
    person: Person = house.do(accounts.add, "gus@example.org", ADMIN, "no hash")
    return person


@pytest.mark.parametrize("role", [FACILITATOR, HOUSING, ADMIN])
def test_it_makes_an_account_in_the_role_the_inviter_chose(house: House, gus: Person, role: str) -> None:
    token = house.do(invitations.invite, gus.id, role, NOON)
    assert house.ask(invitations.role_of, token, NOON) == role
    made = house.do(invitations.accept, token, "Hana@example.org", "hash", "Hana", NOON)
    assert (made.email, made.role, made.name) == ("hana@example.org", role, "Hana")


def test_it_works_once(house: House, gus: Person) -> None:
    token = house.do(invitations.invite, gus.id, FACILITATOR, NOON)
    house.do(invitations.accept, token, "hana@example.org", "hash", "", NOON)
    before = house.everything()
    assert house.ask(invitations.role_of, token, NOON) is None
    assert house.do(invitations.accept, token, "eve@example.org", "hash", "", NOON) is None
    assert house.everything() == before


def test_it_works_for_two_days(house: House, gus: Person) -> None:
    token = house.do(invitations.invite, gus.id, FACILITATOR, NOON)
    assert house.ask(invitations.role_of, token, NOON + 48 * HOUR - 1) == FACILITATOR
    assert house.ask(invitations.role_of, token, NOON + 48 * HOUR) is None
    assert house.do(invitations.accept, token, "eve@example.org", "hash", "", NOON + 48 * HOUR) is None


@pytest.mark.parametrize("token", ["", STRANGERS_TOKEN, "\0", "\ud800", "x" * 10_000])
def test_a_stranger_has_no_invitation(house: House, gus: Person, token: str) -> None:
    house.do(invitations.invite, gus.id, ADMIN, NOON)
    assert house.ask(invitations.role_of, token, NOON) is None
    assert house.do(invitations.accept, token, "eve@example.org", "hash", "", NOON) is None


@pytest.mark.parametrize(("email", "reason"), [("gus@example.org", "taken"), ("hana", "address")])
def test_a_refused_address_leaves_it_as_good_as_before(house: House, gus: Person, email: str, reason: str) -> None:
    token = house.do(invitations.invite, gus.id, HOUSING, NOON)
    with pytest.raises(AccountRefused) as refused:
        house.do(invitations.accept, token, email, "hash", "", NOON)
    assert refused.value.reason == reason
    assert house.do(invitations.accept, token, "hana@example.org", "hash", "", NOON).role == HOUSING


@pytest.mark.parametrize("role", ["", MEMBER, NEW_ADMIN, "owner"])
def test_nobody_is_invited_to_what_is_no_job_here(house: House, gus: Person, role: str) -> None:
    before = house.everything()
    with pytest.raises(AccountRefused):
        house.do(invitations.invite, gus.id, role, NOON)
    assert house.everything() == before


def test_the_database_keeps_no_token(house: House, gus: Person) -> None:
    token = house.do(invitations.invite, gus.id, HOUSING, NOON)
    assert token not in repr(house.everything())
    assert token_hash(token) in repr(house.everything())


def test_old_ones_are_swept_out(house: House, gus: Person) -> None:
    house.do(invitations.invite, gus.id, HOUSING, NOON)
    house.do(invitations.invite, gus.id, HOUSING, NOON + 49 * HOUR)
    assert len(house.everything()["invitations"]) == 1
