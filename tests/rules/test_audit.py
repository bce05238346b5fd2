"""What was done with accounts, for 180 days; circles by their day alone (`sessions.audit`)."""

import pytest

from sessions import accounts, audit, invitations, passphrases, roster, second_factor, sign_ins
from sessions.accounts import Person
from sessions.audit import Entry
from sessions.circle import circles
from sessions.circle.erase import erase
from sessions.permissions import ADMIN, FACILITATOR, HOUSING
from tests.rules.cast import House
from tests.rules.test_second_factor import KEY, digits

NOON = 1_800_000_000.0  # 2027-01-15 08:00 UTC
DAY = 24 * 3600
MIDNIGHT = NOON - NOON % DAY


@pytest.fixture
def gus(house: House) -> Person:
    person: Person = house.do(accounts.add, "gus@example.org", ADMIN, "no hash")
    return person


def acts(house: House) -> list[tuple[str, str, str, str]]:
    return [(one.act, one.actor, one.subject, one.detail) for one in reversed(house.ask(audit.everything))]


def test_what_is_done_with_accounts_is_written_down(house: House, gus: Person, ana: Person) -> None:
    secret = second_factor.new_secret()
    token = house.do(invitations.invite, gus.id, HOUSING, NOON)
    hana = house.do(invitations.accept, token, "hana@example.org", "hash", "", NOON + 1)
    mine = house.do(sign_ins.begin, ana.id, NOON + 2)
    house.do(passphrases.change, ana.id, "hash", mine, NOON + 3)
    codes = house.do(second_factor.add, KEY, ana.id, secret, digits(secret, NOON), NOON + 4)
    house.do(second_factor.passes, KEY, ana.id, codes[0], NOON + 5)
    house.do(second_factor.remove, ana.id, NOON + 6)
    house.do(sign_ins.end_everywhere, ana.id, NOON + 7)
    house.do(roster.set_role, gus.id, hana.id, FACILITATOR, NOON + 8)
    house.do(roster.disable, gus.id, hana.id, NOON + 9)
    house.do(roster.enable, gus.id, hana.id, NOON + 10)
    house.do(roster.disable, gus.id, hana.id, NOON + 11)
    house.do(roster.remove, gus.id, hana.id, circles.leads, NOON + 12)
    assert acts(house) == [
        ("invited", gus.id, gus.id, HOUSING),
        ("joined", hana.id, hana.id, HOUSING),
        ("signed-in", ana.id, ana.id, ""),
        ("passphrase-changed", ana.id, ana.id, ""),
        ("second-step-added", ana.id, ana.id, ""),
        ("recovery-code-used", ana.id, ana.id, ""),
        ("second-step-removed", ana.id, ana.id, ""),
        ("signed-out-everywhere", ana.id, ana.id, ""),
        ("role-changed", gus.id, hana.id, FACILITATOR),
        ("disabled", gus.id, hana.id, ""),
        ("enabled", gus.id, hana.id, ""),
        ("disabled", gus.id, hana.id, ""),
        ("removed", gus.id, hana.id, ""),
    ]


def test_each_person_sees_what_they_did_and_what_was_done_to_them(house: House, gus: Person, ana: Person) -> None:
    house.do(audit.note, "invited", gus.id, "", HOUSING, NOON)
    house.do(audit.note, "disabled", gus.id, ana.id, "", NOON + 1)
    house.do(audit.note, "signed-in", ana.id, "", "", NOON + 2)
    assert [one.act for one in house.ask(audit.of, ana.id)] == ["signed-in", "disabled"]
    assert [one.act for one in house.ask(audit.of, gus.id)] == ["disabled", "invited"]


def test_a_circle_stands_there_by_its_day_and_by_nothing_else(house: House, ana: Person) -> None:
    circle = house.opens(ana.id, "Tuesday")
    member = house.joins(circle)
    house.says(member, "something")
    house.do(circles.set_blank, circle.id, True)
    house.do(circles.close, circle.id)
    house.do(circles.reopen, circle.id)
    house.do(circles.close, circle.id)
    erase(house.database, house.vault, circle.id)
    assert sorted(one[0] for one in acts(house)) == ["closed", "opened"]
    for one in house.ask(audit.everything):
        assert one == Entry(one.at, one.act, ana.id, ana.id, "") and one.at % DAY == 0


def test_erasing_again_notes_nothing_more(house: House, ana: Person) -> None:
    circle = house.opens(ana.id)
    for _ in range(2):
        erase(house.database, house.vault, circle.id, open_too=True)
    assert sorted(one[0] for one in acts(house)) == ["closed", "opened"]


@pytest.mark.parametrize("act", ["opened", "closed"])
def test_the_time_of_day_of_a_circle_is_not_kept(house: House, ana: Person, act: str) -> None:
    house.do(audit.note, act, ana.id, "", "", NOON)
    assert [one.at for one in house.ask(audit.everything)] == [MIDNIGHT]


def test_it_is_kept_for_180_days(house: House, ana: Person) -> None:
    house.do(audit.note, "signed-in", ana.id, "", "", NOON)
    house.do(audit.forget_old, NOON + 180 * DAY)
    assert len(acts(house)) == 1
    house.do(audit.forget_old, NOON + 180 * DAY + 1)
    assert acts(house) == []


@pytest.mark.parametrize("act", ["", "wrote a note", "blanked", "joined a circle"])
def test_nothing_else_can_be_written_down(house: House, ana: Person, act: str) -> None:
    with pytest.raises(ValueError, match=f"^{act}$"):
        house.do(audit.note, act, ana.id)
    assert acts(house) == []
