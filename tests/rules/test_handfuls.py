"""Shares appear with others, shuffled, or when their writer says so (`sessions.circle.shares`)."""

import pytest

from sessions.circle import mine, wall, writing
from sessions.circle.changes import CHECK_IN
from sessions.circle.circles import AT_ONCE, Circle
from sessions.circle.members import Member, nobody
from sessions.circle.vault import Vault
from sessions.permissions import FACILITATOR
from tests.rules.cast import House, for_facilitators, for_members, new_key, texts


def test_the_third_makes_a_handful(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    assert for_members(house.says(ben, "one")) == for_members(house.says(cleo, "two")) == []
    change = house.says(ben, "three")
    appeared = for_members(change)
    assert sorted(appeared) == [("append", "one"), ("append", "three"), ("append", "two")]
    assert for_facilitators(change) == [*appeared, ("replace", "waiting")]
    assert [("append", text) for text in texts(house.wall(circle.id))] == appeared
    assert house.waiting(circle.id) == 0


def test_check_ins_and_notes_make_a_handful_together(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    house.says(ben, "a check-in", kind=CHECK_IN)
    house.says(cleo, "a note")
    house.says(cleo, "another check-in", kind=CHECK_IN)
    assert len(house.wall(circle.id)) == 3


def test_the_next_handful_stands_after_the_first(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    for number in range(6):
        house.says((ben, cleo)[number % 2], str(number))
    on_the_wall = texts(house.wall(circle.id))
    assert (set(on_the_wall[:3]), set(on_the_wall[3:])) == ({"0", "1", "2"}, {"3", "4", "5"})


def test_a_handful_is_shuffled(house: House, circle: Circle) -> None:
    """Forty handfuls of three: each place holds the first written about a third of the time."""
    phones = [house.joins(circle) for _ in range(3)]
    for number in range(120):
        house.says(phones[number % 3], str(number))
    order = [int(text) % 3 for text in texts(house.wall(circle.id))]
    first_written = [order[at : at + 3].index(0) for at in range(0, 120, 3)]
    assert all(1 <= first_written.count(place) <= 29 for place in range(3))  # by chance outside once in a million runs


def test_circles_do_not_wait_for_each_other(house: House, circle: Circle, ben: Member, dov: Member) -> None:
    house.says(ben, "one")
    house.says(ben, "two")
    house.says(dov, "elsewhere")
    assert (house.waiting(circle.id), house.wall(circle.id)) == (2, [])


def test_a_facilitator_shows_two_that_wait(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    house.says(ben, "one")
    house.says(cleo, "two")
    change = house.do(wall.show_waiting, house.vault, circle.id)
    assert sorted(for_members(change)) == [("append", "one"), ("append", "two")]
    assert (len(house.wall(circle.id)), house.waiting(circle.id)) == (2, 0)


@pytest.mark.parametrize("waiting", [0, 1])
def test_fewer_than_two_are_not_the_facilitators_to_show(
    house: House, circle: Circle, ben: Member, dov: Member, waiting: int
) -> None:
    for number in range(waiting):
        house.says(ben, str(number))
    house.says(dov, "elsewhere")
    assert house.do(wall.show_waiting, house.vault, circle.id) is None
    assert (house.waiting(circle.id), house.version(circle.id)) == (waiting, 1 + waiting)


def test_three_of_one_phone_are_no_handful_until_somebody_else_writes(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    for number in range(4):
        assert for_members(house.says(ben, str(number))) == []
    assert (house.waiting(circle.id), house.wall(circle.id)) == (4, [])
    house.says(cleo, "four")
    assert (set(texts(house.wall(circle.id))), house.waiting(circle.id)) == ({"0", "1", "2", "3", "four"}, 0)


def test_what_one_phone_alone_has_waiting_is_not_the_facilitators_to_show(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    house.says(ben, "one")
    house.says(ben, "two")
    assert shows(house, circle) is False
    house.do(mine.show, house.vault, ben, house.own(ben)[0].said.id)
    house.says(cleo, "three")
    assert shows(house, circle) is True
    assert len(house.wall(circle.id)) == 3


def test_what_the_other_took_back_hides_nobody(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    house.says(cleo, "never mind")
    house.says(ben, "one")
    house.do(mine.take_back, cleo, house.only_id(cleo))
    house.says(ben, "two")
    house.says(ben, "three")
    assert shows(house, circle) is False
    assert (house.waiting(circle.id), house.wall(circle.id)) == (3, [])


def test_what_the_facilitator_typed_hides_nobody(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    for number in range(2):
        house.says(nobody(circle.id, new_key()), f"typed {number}")
    house.says(ben, "one")
    assert shows(house, circle) is False
    house.says(nobody(circle.id, new_key()), "typed 2")
    assert house.wall(circle.id) == []
    house.says(cleo, "two")
    assert len(house.wall(circle.id)) == 5


def test_after_a_restart_what_waits_waits_for_two_more_or_for_its_writers(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    house.says(ben, "one")
    house.says(cleo, "two")
    house = House(house.database, Vault(house.vault.folder))
    assert shows(house, circle) is False
    house.says(ben, "three")
    assert house.wall(circle.id) == []
    house.says(cleo, "four")
    assert len(house.wall(circle.id)) == 4


def test_switched_to_at_once_what_one_phone_has_waiting_waits_on(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    for text in ("one", "two"):
        house.says(ben, text)
    house.do(writing.set_appear, house.vault, circle.id, AT_ONCE)
    assert (house.wall(circle.id), house.waiting(circle.id)) == ([], 2)
    house.says(ben, "at once")
    assert (texts(house.wall(circle.id)), house.waiting(circle.id)) == (["at once"], 2)
    house.says(cleo, "at once, too")
    assert (len(house.wall(circle.id)), house.waiting(circle.id)) == (4, 0)


def shows(house: House, circle: Circle) -> bool:
    """Whether the facilitator is offered to show what waits, and can."""
    seen, before = house.seen(circle.id, FACILITATOR), len(house.wall(circle.id))
    assert seen and seen.waiting
    assert (house.do(wall.show_waiting, house.vault, circle.id) is not None) == seen.together
    assert len(house.wall(circle.id)) == before + (seen.waiting if seen.together else 0)
    return seen.together


def test_one_that_waits_alone_is_its_writers_to_show(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "it is me")
    change = house.do(mine.show, house.vault, ben, house.only_id(ben))
    assert for_members(change) == [("append", "it is me")]
    assert for_facilitators(change) == [("append", "it is me"), ("replace", "waiting")]
    assert texts(house.wall(circle.id)) == ["it is me"]
    assert not house.own(ben)[0].waiting


def test_showing_mine_leaves_the_others_waiting(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    house.says(ben, "mine")
    house.says(cleo, "not yet")
    house.do(mine.show, house.vault, ben, house.only_id(ben))
    assert (texts(house.wall(circle.id)), house.waiting(circle.id)) == (["mine"], 1)


def test_showing_what_is_shown_changes_nothing(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    bens, _ = house.everybody_says((ben, "one"), (cleo, "two"))
    version = house.version(circle.id)
    change = house.do(mine.show, house.vault, ben, bens)
    assert (change.ops, change.version, house.version(circle.id)) == ((), version, version)


def test_nobody_else_can_show_it(house: House, circle: Circle, ben: Member, cleo: Member, dov: Member) -> None:
    house.says(ben, "not for you to say")
    share, before = house.only_id(ben), house.everything()
    for somebody in (cleo, dov, Member(circle.id, dov.token)):
        assert house.do(mine.show, house.vault, somebody, share) is None
    assert house.everything() == before


def test_what_is_not_there_cannot_be_shown(house: House, ben: Member) -> None:
    assert house.do(mine.show, house.vault, ben, "no such share") is None
