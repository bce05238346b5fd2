"""Leading together, and handing a circle over (`sessions.circle.leaders`)."""

import pytest

from sessions import accounts, audit, one_use, roster
from sessions.accounts import Person
from sessions.circle import circles, leaders
from sessions.circle.changes import Change
from sessions.circle.circles import Circle
from sessions.circle.erase import erase
from sessions.circle.leaders import Leader, LeadRefused
from sessions.circle.members import Member
from sessions.circle.on_screen import RULES, WALL, WORDS, OnScreen
from sessions.circle.on_screen import take as on_screen
from sessions.permissions import ADMIN, FACILITATOR, HOUSING, MEMBER
from tests.rules.cast import DOOR_KEY, House, for_facilitators, for_members

NOON = 1_800_000_000.0
MINUTE = 60


@pytest.fixture
def ruth(house: House) -> Person:
    """A colleague of Ana's, who has written down what members are told of her."""
    return colleague(house, "Ruth")


@pytest.fixture
def gus(house: House) -> Person:
    person: Person = house.do(accounts.add, "gus@example.org", ADMIN, "no hash")
    return person


def colleague(house: House, name: str) -> Person:
    person: Person = house.do(accounts.add, f"{name}@example.org".lower(), FACILITATOR, "no hash", name)
    house.do(accounts.introduce, person.id, name, "The county", "A child being hurt")
    return person


def code(house: House, by: Person, circle: Circle, now: float = NOON) -> str:
    made: str = house.do(leaders.invite, DOOR_KEY, by.id, circle.id, now)
    return made


def comes(house: House, person: Person, typed: str, now: float = NOON) -> Change:
    change: Change = house.do(leaders.lead_along, DOOR_KEY, person.id, typed, now)
    return change


def who(house: House, circle: Circle) -> list[Leader]:
    found: list[Leader] = house.ask(lambda db: leaders.standing(db, db.get(Circle, circle.id)))
    return found


def names(house: House, circle: Circle) -> list[str]:
    return [one.name for one in who(house, circle)]


def reason(house: House, rule: object, *args: object) -> str:
    """Why this was refused; and it changed nothing."""
    before = house.everything()
    with pytest.raises(LeadRefused) as refused:
        house.do(rule, *args)  # type: ignore[arg-type]
    assert house.everything() == before
    return refused.value.reason


@pytest.fixture
def along(house: House, ana: Person, ruth: Person, circle: Circle) -> Circle:
    """Ana's circle, which Ruth leads along."""
    comes(house, ruth, code(house, ana, circle))
    return circle


def test_a_colleague_with_the_code_leads_along(
    house: House, ana: Person, ruth: Person, circle: Circle, other_circle: Circle
) -> None:
    assert house.ask(circles.find_led, ruth.id, circle.id) is None
    change = comes(house, ruth, code(house, ana, circle))
    assert for_members(change) == for_facilitators(change) == [("replace", "leaders")]
    assert house.ask(circles.find_led, ruth.id, circle.id).id == circle.id
    assert [one.id for one in house.ask(circles.led_by, ruth.id)] == [circle.id]
    assert house.ask(circles.leads, ruth.id) and house.ask(circles.find_led, ana.id, circle.id)
    assert house.ask(circles.find_led, ruth.id, other_circle.id) is None


def test_everybody_is_told_who_leads_and_what_they_must_report(
    house: House, ana: Person, ruth: Person, circle: Circle
) -> None:
    before = house.seen(circle.id, MEMBER)
    assert before and [one.name for one in before.leaders] == ["Ana"] and before.who_came == []
    assert all(not screen(house, circle, shows).leaders for shows in (WORDS, RULES, WALL))
    comes(house, ruth, code(house, ana, circle))
    for role in (MEMBER, FACILITATOR):
        seen = house.seen(circle.id, role)
        assert seen and [one.name for one in seen.leaders] == ["Ana", "Ruth"]
        assert seen.who_came == [Leader(ruth.id, "Ruth", "The county", "A child being hurt", False, True)]
    for shows in (WORDS, RULES, WALL):
        assert [one.name for one in screen(house, circle, shows).leaders] == ["Ana", "Ruth"]


def screen(house: House, circle: Circle, shows: str) -> OnScreen:
    seen: OnScreen = house.ask(on_screen, house.vault, circle.id, shows)
    return seen


def test_a_code_lets_one_in_once_and_for_fifteen_minutes(
    house: House, ana: Person, ruth: Person, fay: Person, circle: Circle
) -> None:
    old = code(house, ana, circle)
    assert reason(house, leaders.lead_along, DOOR_KEY, ruth.id, old, NOON + 15 * MINUTE) == "code"
    newer = code(house, ana, circle)
    assert reason(house, leaders.lead_along, DOOR_KEY, ruth.id, old, NOON) == "code"
    comes(house, ruth, newer.lower())
    assert reason(house, leaders.lead_along, DOOR_KEY, fay.id, newer, NOON) == "code"
    assert names(house, circle) == ["Ana", "Ruth"]


def test_asking_what_a_code_opens_does_not_use_it_up(house: House, ana: Person, circle: Circle) -> None:
    made = code(house, ana, circle)
    assert [house.ask(leaders.meant, DOOR_KEY, made, NOON) for _ in range(2)] == [circle.id] * 2
    assert house.ask(leaders.meant, DOOR_KEY, "2222 2222", NOON) is None
    assert house.ask(leaders.meant, DOOR_KEY, made, NOON + 15 * MINUTE) is None
    for_another_thing = house.do(one_use.hand_out, DOOR_KEY, "another thing", circle.id, NOON)
    assert house.ask(leaders.meant, DOOR_KEY, for_another_thing, NOON) is None


def test_a_closed_or_erased_circle_is_as_no_circle(house: House, ana: Person, ruth: Person, circle: Circle) -> None:
    made = code(house, ana, circle)
    house.do(circles.close, circle.id)
    assert house.ask(leaders.meant, DOOR_KEY, made, NOON) is None
    assert reason(house, leaders.lead_along, DOOR_KEY, ruth.id, made, NOON) == "code"
    assert reason(house, leaders.invite, DOOR_KEY, ana.id, circle.id) == "closed"
    erase(house.database, house.vault, circle.id)
    assert house.ask(lambda db: db.query(one_use.OneUseCode).count()) == 0
    assert reason(house, leaders.lead_along, DOOR_KEY, ruth.id, made, NOON) == "code"


def test_nobody_leads_along_of_whom_members_can_not_be_told(
    house: House, ana: Person, fay: Person, circle: Circle
) -> None:
    made = code(house, ana, circle)
    assert reason(house, leaders.lead_along, DOOR_KEY, fay.id, made, NOON) == "unwritten"
    house.do(accounts.introduce, fay.id, "Fay", "", "A child being hurt")
    comes(house, fay, made)
    assert names(house, circle) == ["Ana", "Fay"]


def test_only_a_facilitator_whose_account_is_on_leads_along(
    house: House, gus: Person, ana: Person, ruth: Person, esi: Person, circle: Circle
) -> None:
    made = code(house, ana, circle)
    house.do(roster.disable, gus.id, ruth.id)
    for somebody in (esi, gus, ruth):
        assert reason(house, leaders.lead_along, DOOR_KEY, somebody.id, made, NOON) == "code"


def test_who_leads_already_changes_nothing_with_a_code(house: House, ana: Person, ruth: Person, along: Circle) -> None:
    for somebody in (ana, ruth):
        assert comes(house, somebody, code(house, ana, along)).ops == ()
    assert names(house, along) == ["Ana", "Ruth"]


def test_three_lead_along_at_most(house: House, ana: Person, circle: Circle) -> None:
    hana, lea, mia, noa = (colleague(house, name) for name in ("Hana", "Lea", "Mia", "Noa"))
    for one in (hana, lea):
        comes(house, one, code(house, ana, circle))
    last = code(house, ana, circle)
    comes(house, mia, last)
    assert reason(house, leaders.invite, DOOR_KEY, ana.id, circle.id) == "many"
    house.do(leaders.end, ana.id, circle.id, mia.id)
    made = code(house, ana, circle)
    house.do(lambda db: db.add(circles.CoLeader(circle_id=circle.id, account_id=mia.id)))
    assert reason(house, leaders.lead_along, DOOR_KEY, noa.id, made, NOON) == "many"


def test_only_who_leads_first_asks_others_and_hands_over(
    house: House, ruth: Person, fay: Person, along: Circle
) -> None:
    for somebody in (ruth, fay):
        assert reason(house, leaders.invite, DOOR_KEY, somebody.id, along.id) == "first"
        assert reason(house, leaders.hand_over, somebody.id, along.id, ruth.id) == "first"


def test_a_part_is_ended_by_who_leads_first_or_by_oneself(
    house: House, ana: Person, ruth: Person, fay: Person, along: Circle
) -> None:
    hana = colleague(house, "Hana")
    comes(house, hana, code(house, ana, along))
    assert reason(house, leaders.end, hana.id, along.id, ruth.id) == "first"
    change = house.do(leaders.end, ana.id, along.id, ruth.id)
    assert for_members(change) == [("replace", "leaders")]
    assert house.ask(circles.find_led, ruth.id, along.id) is None and not house.ask(circles.leads, ruth.id)
    assert house.do(leaders.end, hana.id, along.id, hana.id)
    assert names(house, along) == ["Ana"]
    for nobody in (ruth, fay, ana):
        assert house.do(leaders.end, ana.id, along.id, nobody.id) is None


def test_handed_over_both_lead_and_either_may_be_first_again(
    house: House, ana: Person, ruth: Person, along: Circle
) -> None:
    change = house.do(leaders.hand_over, ana.id, along.id, ruth.id)
    assert for_members(change) == for_facilitators(change) == [("replace", "leaders")]
    assert [(one.name, one.first) for one in who(house, along)] == [("Ruth", True), ("Ana", False)]
    assert house.ask(circles.find_led, ana.id, along.id) and house.ask(circles.find_led, ruth.id, along.id)
    assert reason(house, leaders.invite, DOOR_KEY, ana.id, along.id) == "first"
    house.do(leaders.hand_over, ruth.id, along.id, ana.id)
    assert names(house, along) == ["Ana", "Ruth"]


def test_who_took_over_is_announced_even_when_they_lead_alone(
    house: House, ana: Person, ruth: Person, along: Circle
) -> None:
    house.do(leaders.hand_over, ana.id, along.id, ruth.id)
    house.do(leaders.end, ana.id, along.id, ana.id)
    assert house.ask(circles.find_led, ana.id, along.id) is None
    seen = house.seen(along.id, MEMBER)
    assert seen and [one.name for one in seen.leaders] == [one.name for one in seen.who_came] == ["Ruth"]
    assert house.do(leaders.end, ruth.id, along.id, ruth.id) is None


def test_it_is_handed_to_nobody_else(house: House, ana: Person, fay: Person, ruth: Person, along: Circle) -> None:
    for somebody in (fay.id, ana.id, "0" * 20):
        assert house.do(leaders.hand_over, ana.id, along.id, somebody) is None
    house.do(circles.close, along.id)
    assert reason(house, leaders.hand_over, ana.id, along.id, ruth.id) == "closed"


def test_an_account_that_is_off_is_not_named_and_leads_nothing_by_itself(
    house: House, gus: Person, ana: Person, ruth: Person, along: Circle
) -> None:
    house.do(roster.set_role, gus.id, ana.id, HOUSING)
    assert [(one.name, one.first) for one in who(house, along)] == [("Ruth", False)]


def test_accounts_go_when_nothing_is_led_any_more(
    house: House, gus: Person, ana: Person, ruth: Person, along: Circle
) -> None:
    house.do(roster.disable, gus.id, ruth.id)
    house.do(leaders.end, ruth.id, along.id, ruth.id)
    house.do(roster.remove, gus.id, ruth.id, circles.leads)
    assert names(house, along) == ["Ana"]
    hana = colleague(house, "Hana")
    comes(house, hana, code(house, ana, along))
    house.do(leaders.hand_over, ana.id, along.id, hana.id)
    house.do(leaders.end, ana.id, along.id, ana.id)
    house.do(roster.disable, gus.id, ana.id)
    house.do(roster.remove, gus.id, ana.id, circles.leads)
    assert house.ask(accounts.find, ana.id) is None and names(house, along) == ["Hana"]


def test_an_account_that_leads_along_is_not_removed_meanwhile(
    house: House, gus: Person, ruth: Person, along: Circle
) -> None:
    house.do(roster.disable, gus.id, ruth.id)
    with pytest.raises(accounts.AccountRefused, match="leads"):
        house.do(roster.remove, gus.id, ruth.id, circles.leads)
    erase(house.database, house.vault, along.id, open_too=True)
    house.do(roster.remove, gus.id, ruth.id, circles.leads)


def test_after_the_erase_nobody_led_it(house: House, ruth: Person, along: Circle, ben: Member) -> None:
    erase(house.database, house.vault, along.id, open_too=True)
    assert house.ask(lambda db: db.query(circles.CoLeader).count()) == 0 and not house.ask(circles.leads, ruth.id)


def test_the_log_tells_of_opening_and_closing_by_day_and_of_nothing_between(
    house: House, ana: Person, ruth: Person, along: Circle
) -> None:
    house.do(leaders.hand_over, ana.id, along.id, ruth.id)
    erase(house.database, house.vault, along.id, open_too=True)
    acts = {(one.act, one.actor) for one in house.ask(audit.everything)}
    assert acts == {("opened", ana.id), ("closed", ruth.id)}
