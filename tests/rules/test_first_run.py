"""The first run: one account and the host's words, both or neither (`sessions.first_run`)."""

import pytest

from sessions import accounts, first_run, host
from sessions.accounts import AccountRefused, Person
from sessions.host import Host, HostRefused
from sessions.permissions import ADMIN, FACILITATOR, HOUSING, MEMBER
from tests.rules.cast import House

HARBOR = Host(run_by="Harbor House")


@pytest.mark.parametrize("role", [FACILITATOR, ADMIN])
def test_it_makes_the_first_account_and_keeps_the_words(house: House, role: str) -> None:
    first = house.do(first_run.begin, "ana@example.org", role, "hash", HARBOR)
    assert house.ask(accounts.find, first.id) == first
    assert house.ask(host.words) == HARBOR


def test_it_is_good_for_one(house: House, esi: Person) -> None:
    with pytest.raises(AccountRefused) as refused:
        house.do(first_run.begin, "ana@example.org", ADMIN, "hash", HARBOR)
    assert refused.value.reason == "taken"
    assert house.ask(host.words) == Host()


@pytest.mark.parametrize("role", [HOUSING, MEMBER, ""])
def test_the_first_account_can_do_something(house: House, role: str) -> None:
    with pytest.raises(AccountRefused) as refused:
        house.do(first_run.begin, "ana@example.org", role, "hash", HARBOR)
    assert refused.value.reason == "role"


def test_a_bad_address_keeps_no_words(house: House) -> None:
    with pytest.raises(AccountRefused):
        house.do(first_run.begin, "no address", ADMIN, "hash", HARBOR)
    assert house.ask(host.words) == Host()


def test_bad_words_make_no_account(house: House) -> None:
    with pytest.raises(HostRefused):
        house.do(first_run.begin, "ana@example.org", ADMIN, "hash", Host(leave_to="javascript:alert(1)"))
    assert not house.ask(accounts.anybody)
