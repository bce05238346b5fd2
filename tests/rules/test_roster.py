"""What an admin does with the accounts of others (`sessions.roster`)."""

import uuid
from datetime import date

import pytest

from sessions import accounts, own_rules, passphrases, roster, sign_ins
from sessions.accounts import AccountRefused, Person
from sessions.circle import circles
from sessions.circle.circles import Circle
from sessions.circle.erase import erase
from sessions.permissions import ADMIN, FACILITATOR, HOUSING, MEMBER, NEW_ADMIN, STRANGER
from sessions.schedule import held
from sessions.schedule.held import Typed
from sessions.tokens import token_hash
from tests.rules.cast import House


@pytest.fixture
def gus(house: House) -> Person:
    person: Person = house.do(accounts.add, "gus@example.org", ADMIN, "no hash")
    return person


def reason(house: House, rule: object, *args: object) -> str:
    """Why this was refused; and it changed nothing."""
    before = house.everything()
    with pytest.raises(AccountRefused) as refused:
        house.do(rule, *args)  # type: ignore[arg-type]
    assert house.everything() == before
    return refused.value.reason


def test_everybody_is_listed_by_address(house: House, gus: Person, ana: Person, esi: Person) -> None:
    assert house.ask(roster.everybody) == [ana, esi, gus]


def test_another_role_signs_an_account_out_everywhere(house: House, gus: Person, ana: Person) -> None:
    tokens = [house.do(sign_ins.begin, person.id) for person in (ana, ana, gus)]
    ended = house.do(roster.set_role, gus.id, ana.id, HOUSING)
    assert sorted(ended) == sorted(map(token_hash, tokens[:2]))
    assert house.ask(accounts.find, ana.id).role == HOUSING
    assert house.ask(sign_ins.who, tokens[0], circles.leads) == (None, False)
    assert house.ask(sign_ins.who, tokens[2], circles.leads)[0] == gus


def test_the_same_role_again_changes_nothing(house: House, gus: Person, ana: Person) -> None:
    house.do(sign_ins.begin, ana.id)
    before = house.everything()
    assert house.do(roster.set_role, gus.id, ana.id, FACILITATOR) == []
    assert house.everything() == before


@pytest.mark.parametrize("role", [MEMBER, STRANGER, NEW_ADMIN, "", "ADMIN", "owner"])
def test_only_staff_roles_are_given(house: House, gus: Person, ana: Person, role: str) -> None:
    assert reason(house, roster.set_role, gus.id, ana.id, role) == "role"


def test_a_disabled_account_cannot_sign_in_and_is_signed_out(house: House, gus: Person, ana: Person) -> None:
    token = house.do(sign_ins.begin, ana.id)
    assert house.do(roster.disable, gus.id, ana.id) == [token_hash(token)]
    assert house.ask(passphrases.stored, ana.email)[0] is None
    assert house.ask(sign_ins.who, token, circles.leads) == (None, False)
    assert house.do(roster.disable, gus.id, ana.id) == []


def test_a_sign_in_that_raced_the_disabling_is_worth_nothing(house: House, gus: Person, ana: Person) -> None:
    house.do(roster.disable, gus.id, ana.id)
    token = house.do(sign_ins.begin, ana.id)
    assert house.ask(sign_ins.who, token, circles.leads) == (None, False)


def test_an_account_that_is_turned_on_again_signs_in_as_before(house: House, gus: Person, ana: Person) -> None:
    stored = house.ask(passphrases.stored, ana.email)
    house.do(roster.disable, gus.id, ana.id)
    house.do(roster.enable, gus.id, ana.id)
    assert house.ask(passphrases.stored, ana.email) == stored


def test_a_removed_account_leaves_its_address_free(house: House, gus: Person, ana: Person) -> None:
    house.do(sign_ins.begin, ana.id)
    house.do(roster.disable, gus.id, ana.id)
    house.do(roster.remove, gus.id, ana.id, circles.leads)
    assert house.ask(accounts.find, ana.id) is None
    assert house.do(accounts.add, ana.email, FACILITATOR, "no hash").id != ana.id


def test_an_account_that_is_on_is_not_removed(house: House, gus: Person, ana: Person) -> None:
    assert reason(house, roster.remove, gus.id, ana.id, circles.leads) == "enabled"


def test_an_account_whose_circle_is_not_erased_yet_is_not_removed(
    house: House, gus: Person, ana: Person, circle: Circle
) -> None:
    house.do(roster.disable, gus.id, ana.id)
    assert reason(house, roster.remove, gus.id, ana.id, circles.leads) == "leads"
    erase(house.database, house.vault, circle.id, open_too=True)
    house.do(roster.remove, gus.id, ana.id, circles.leads)


def test_nobody_changes_their_own_account_so(house: House, gus: Person) -> None:
    assert reason(house, roster.set_role, gus.id, gus.id, HOUSING) == "self"
    assert reason(house, roster.disable, gus.id, gus.id) == "self"
    assert reason(house, roster.enable, gus.id, gus.id) == "self"
    assert reason(house, roster.remove, gus.id, gus.id, circles.leads) == "self"


def test_an_account_that_is_not_there_is_said_to_be_gone(house: House, gus: Person) -> None:
    assert reason(house, roster.set_role, gus.id, gus.id[::-1], HOUSING) == "gone"
    assert reason(house, roster.disable, gus.id, gus.id[::-1]) == "gone"
    assert reason(house, roster.enable, gus.id, gus.id[::-1]) == "gone"
    assert reason(house, roster.remove, gus.id, gus.id[::-1], circles.leads) == "gone"


def test_nothing_an_admin_does_sets_a_passphrase(house: House, gus: Person, ana: Person) -> None:
    before = house.ask(passphrases.stored, ana.email)[1]
    house.do(roster.set_role, gus.id, ana.id, HOUSING)
    house.do(roster.disable, gus.id, ana.id)
    house.do(roster.enable, gus.id, ana.id)
    assert house.ask(passphrases.stored, ana.email)[1] == before


def test_removed_what_was_told_stays_by_nobody_and_the_rest_goes(house: House, gus: Person, ana: Person) -> None:
    told = Typed(str(uuid.uuid4()), "7", minutes="60", supplies=[("Socks", "4")], line="Start sooner.")
    house.do(held.tell, ana.id, told, date(2026, 9, 1))
    house.do(own_rules.keep, ana.id, [("", "Tea first.")])
    house.do(roster.disable, gus.id, ana.id)
    house.do(roster.remove, gus.id, ana.id, circles.leads)
    ((_, *kept),) = house.everything()["held"]
    assert kept == [None, "2026-09-01", 60, 7, "[]", '[["Socks", 4]]', "", None, None]
    assert house.everything()["own_rules"] == []
