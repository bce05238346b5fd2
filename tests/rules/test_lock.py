"""The PIN of a console, and what a covered console is told (`sessions.circle.lock`)."""

import pytest

from sessions.accounts import Person
from sessions.circle import circles, doors, erase, lock, rules
from sessions.circle.changes import NOTE
from sessions.circle.circles import Circle, CircleRefused
from sessions.circle.members import Member
from sessions.permissions import FACILITATOR, MEMBER
from tests.rules.cast import DOOR_KEY, House, for_facilitators, for_members

PIN = "4718"


@pytest.fixture
def locked(house: House, ana: Person) -> Circle:
    """A circle of Ana's with a PIN."""
    return house.opens(ana.id, "Tuesday at six", pin=PIN)


def fits(house: House, circle: Circle, typed: str, key: bytes = DOOR_KEY) -> bool:
    return lock.pin_fits(key, house.circle(circle.id), typed)


def test_the_pin_fits_and_no_other_does(house: House, locked: Circle) -> None:
    assert fits(house, locked, PIN)
    for typed in ("4719", "471", "47180", "04718", "", " ", "x" * 9, "４７１９", "\ud800"):
        assert not fits(house, locked, typed)


@pytest.mark.parametrize("typed", [" 4718", "47 18", "4718\n", "47-18", "٤٧١٨", "४७१८"])
def test_it_fits_however_a_keyboard_writes_it(house: House, ana: Person, locked: Circle, typed: str) -> None:
    assert fits(house, locked, typed)
    assert fits(house, house.opens(ana.id, pin=typed), PIN)


@pytest.mark.parametrize("pin", [PIN, "90210", "31415926"])
def test_four_to_eight_digits_are_kept(house: House, ana: Person, pin: str) -> None:
    assert fits(house, house.opens(ana.id, pin=pin), pin)


@pytest.mark.parametrize("pin", ["", "   "])
def test_without_one_nothing_fits(house: House, ana: Person, pin: str) -> None:
    circle = house.opens(ana.id, pin=pin)
    assert house.circle(circle.id).pin is None
    assert not fits(house, circle, "") and not fits(house, circle, "None")


@pytest.mark.parametrize(
    ("reason", "pin"),
    [
        *(("pin", typed) for typed in ("471", "471829365", "abcd", "47a8", "----", "4.18", "-4718x", "²³¹⁴")),
        *(("easy", typed) for typed in ("0000", "1111", "1234", "4321", "7890", "0987", "2468", "97531")),
        *(("easy", typed) for typed in ("1212", "1122", "1221", "11112222", "01234567")),
    ],
)
def test_it_is_refused(house: House, ana: Person, reason: str, pin: str) -> None:
    with pytest.raises(CircleRefused) as refused:
        house.opens(ana.id, pin=pin)
    assert refused.value.reason == reason
    assert house.ask(circles.all_ids) == house.vault.circles() == []


def test_few_are_easy_so_that_most_can_be_picked() -> None:
    assert sum(lock.is_easy(f"{number:04}") for number in range(10_000)) == 720


def test_the_same_pin_is_kept_otherwise_in_each_circle(house: House, ana: Person, locked: Circle) -> None:
    again = house.opens(ana.id, pin=PIN)
    assert house.circle(again.id).pin != house.circle(locked.id).pin


def test_with_the_database_alone_it_cannot_be_tried_out(house: House, locked: Circle) -> None:
    kept = house.circle(locked.id).pin or ""
    assert PIN not in kept and len(kept) == 64
    assert not fits(house, locked, PIN, key=b"the key of another house")


def test_it_is_no_code_of_a_door(house: House, locked: Circle) -> None:
    for typed in (PIN, f"pin {locked.id} {PIN}", house.circle(locked.id).pin):
        assert house.ask(doors.find, DOOR_KEY, typed) is None


def test_it_stays_through_close_and_reopen(house: House, locked: Circle) -> None:
    house.do(circles.close, locked.id)
    house.do(circles.reopen, locked.id)
    assert fits(house, locked, PIN)


def test_an_erased_circle_leaves_none_behind(house: House, locked: Circle, circle: Circle) -> None:
    kept = house.circle(locked.id).pin or ""
    house.do(circles.close, locked.id)
    erase.erase(house.database, house.vault, locked.id)
    assert kept not in repr(house.everything()) and house.circle(circle.id)


def test_only_those_who_lead_are_told_that_there_is_one(house: House, locked: Circle, circle: Circle) -> None:
    for state in (lambda: None, lambda: house.do(circles.set_blank, locked.id, True), lambda: close(house, locked)):
        state()
        seen, members_see = (house.seen(locked.id, role) for role in (FACILITATOR, MEMBER))
        assert seen and seen.has_pin and members_see and not members_see.has_pin
    other = house.seen(circle.id, FACILITATOR)
    assert other and not other.has_pin


def test_a_covered_console_holds_no_word_and_a_members_page_still_does(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    house.everybody_says((ben, "one"), (cleo, "two"))
    house.says(ben, "still waiting")
    house.do(circles.set_blank, circle.id, True)
    seen, members_see = house.seen(circle.id, FACILITATOR), house.seen(circle.id, MEMBER)
    assert seen and seen.blank
    assert (seen.check_ins, seen.notes, seen.rules, seen.waiting) == ([], [], [], 0)
    assert members_see and {one.text for one in members_see.notes} == {"one", "two"} and len(members_see.rules) == 12


def test_while_covered_the_console_is_told_of_the_cover_alone(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    house.do(circles.set_blank, circle.id, True)
    waits, shown = house.says(ben, "one"), house.says(cleo, "two")
    whole = house.do(rules.add, house.vault, circle.id, "A rule of ours")
    house.says(ben, "three", kind=NOTE)
    for change in (waits, shown, whole):
        assert change and for_facilitators(change) == [] and change.ops
    assert for_members(whole) == [("replace", "rules")]
    assert for_facilitators(house.do(circles.set_blank, circle.id, False)) == [("replace", "state")]
    assert for_facilitators(house.says(cleo, "four")) == [("replace", "waiting")]


def test_the_key_to_drafts_is_another_for_each_door_and_house(house: House, circle: Circle, locked: Circle) -> None:
    links = [doors.sign(house.vault, one).link for one in (circle, locked)]
    keys = {lock.drafts_key(key, link) for link in links for key in (DOOR_KEY, b"another")}
    assert len(keys) == 4 and {len(key) for key in keys} == {64}


def close(house: House, circle: Circle) -> None:
    house.do(circles.close, circle.id)
