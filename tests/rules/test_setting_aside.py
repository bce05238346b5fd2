"""Set aside and restore, by the facilitator, until the close (`sessions.circle.wall`)."""

import pytest

from sessions.circle import mine, wall
from sessions.circle.changes import CHECK_IN, Change
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from tests.rules.cast import House, for_facilitators, for_members, texts


@pytest.fixture
def three(house: House, circle: Circle, ben: Member, cleo: Member) -> list[str]:
    """The ids of three shares on the wall, in the wall's own order."""
    house.everybody_says((ben, "one"), (cleo, "two"), (ben, "three"))
    return [one.id for one in house.wall(circle.id)]


def test_members_see_it_go_and_the_facilitator_keeps_it(house: House, circle: Circle, three: list[str]) -> None:
    text = texts(house.wall(circle.id))[1]
    change = house.do(wall.set_aside, house.vault, circle.id, three[1])
    assert for_members(change) == [("remove", text)] and for_facilitators(change) == [("replace", text)]
    assert [one.id for one in house.wall(circle.id)] == [three[0], three[2]]
    assert [(one.id, one.aside) for one in house.wall(circle.id, aside_too=True)] == [
        (three[0], False),
        (three[1], True),
        (three[2], False),
    ]


def test_restored_it_stands_where_it_stood(house: House, circle: Circle, three: list[str]) -> None:
    before = house.wall(circle.id)
    house.do(wall.set_aside, house.vault, circle.id, three[1])
    change = house.do(wall.restore, house.vault, circle.id, three[1])
    assert for_members(change) == [("replace", "notes")]  # the wall drawn anew, so that its place is right
    assert for_facilitators(change) == [("replace", before[1].text)]
    assert house.wall(circle.id) == before


def test_a_restored_check_in_draws_the_check_ins_anew(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "a check-in", kind=CHECK_IN)
    share = house.only_id(ben)
    house.do(mine.show, house.vault, ben, share)
    house.do(wall.set_aside, house.vault, circle.id, share)
    assert for_members(house.do(wall.restore, house.vault, circle.id, share)) == [("replace", "checkins")]


@pytest.mark.parametrize("again", [wall.set_aside, wall.restore])
def test_doing_it_again_changes_nothing(house: House, circle: Circle, three: list[str], again: object) -> None:
    if again is wall.set_aside:
        house.do(wall.set_aside, house.vault, circle.id, three[0])
    version = house.version(circle.id)
    assert house.do(again, house.vault, circle.id, three[0]) == Change(circle.id, version)
    assert house.version(circle.id) == version


def test_its_writer_still_finds_it(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    bens, _ = house.everybody_says((ben, "mine"), (cleo, "hers"))
    house.do(wall.set_aside, house.vault, circle.id, bens)
    assert (house.own_texts(ben), house.own_texts(cleo)) == ({"mine"}, {"hers"})


@pytest.mark.parametrize("rule", [wall.set_aside, wall.restore])
def test_one_that_waits_is_not_the_facilitators_to_touch(
    house: House, circle: Circle, ben: Member, rule: object
) -> None:
    house.says(ben, "not yet")
    assert house.do(rule, house.vault, circle.id, house.only_id(ben)) is None
    assert house.waiting(circle.id) == 1


@pytest.mark.parametrize("rule", [wall.set_aside, wall.restore])
def test_one_of_another_circle_is_not_there(
    house: House, circle: Circle, three: list[str], dov: Member, other_circle: Circle, rule: object
) -> None:
    theirs, _ = house.everybody_says((dov, "elsewhere"), (house.joins(other_circle), "as well"))
    before = house.everything()
    assert house.do(rule, house.vault, circle.id, theirs) is None
    assert house.do(rule, house.vault, other_circle.id, three[0]) is None
    assert house.do(rule, house.vault, circle.id, "no such share") is None
    assert house.everything() == before
