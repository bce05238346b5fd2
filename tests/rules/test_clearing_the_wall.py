"""Clearing a wall, and putting it back, until the close (`sessions.circle.wall`)."""

import pytest

from sessions.circle import circles, erase, mine, on_screen, shares, wall
from sessions.circle.changes import CHECK_IN, NOTE, Change, ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from sessions.permissions import FACILITATOR, MEMBER
from tests.rules.cast import House, for_facilitators, for_members, texts


@pytest.fixture
def three(house: House, circle: Circle, ben: Member, cleo: Member) -> list[str]:
    """The ids of three notes on the wall, in the wall's own order; and one check-in beside them."""
    house.everybody_says((ben, "one"), (cleo, "two"), (ben, "three"))
    house.says(cleo, "arriving", kind=CHECK_IN)
    house.do(mine.show, house.vault, cleo, next(one.said.id for one in house.own(cleo) if one.waiting))
    return [one.id for one in house.wall(circle.id) if one.kind == NOTE]


def clears(house: House, circle: Circle, kind: str = NOTE) -> Change:
    change: Change = house.do(wall.clear, house.vault, circle.id, kind)
    return change


def puts_back(house: House, circle: Circle, kind: str = NOTE) -> Change:
    change: Change = house.do(wall.put_back, house.vault, circle.id, kind)
    return change


def test_nobody_sees_it_and_the_leader_sees_that_it_can_be_put_back(
    house: House, circle: Circle, three: list[str]
) -> None:
    change = clears(house, circle)
    assert for_members(change) == [("replace", "notes")]
    assert for_facilitators(change) == [("replace", "notes"), ("replace", "clearing-note")]
    for role in (MEMBER, FACILITATOR):
        seen = house.seen(circle.id, role)
        assert seen and (seen.notes, texts(seen.check_ins)) == ([], ["arriving"])
        assert seen.cleared == ({NOTE} if role == FACILITATOR else set())
    seen_there = house.ask(on_screen.take, house.vault, circle.id, on_screen.WALL)
    assert texts(seen_there.said) == ["arriving"]


def test_put_back_each_stands_where_it_stood(house: House, circle: Circle, three: list[str], ben: Member) -> None:
    before = house.wall(circle.id)
    clears(house, circle)
    change = puts_back(house, circle)
    assert for_members(change) == [("replace", "notes")]
    assert house.wall(circle.id) == before
    seen = house.seen(circle.id, FACILITATOR)
    assert seen and seen.cleared == set()


def test_what_goes_up_afterwards_stands_beside_what_is_put_back(
    house: House, circle: Circle, three: list[str], ben: Member, cleo: Member
) -> None:
    clears(house, circle)
    house.everybody_says((ben, "four"), (cleo, "five"))
    assert sorted(texts(one for one in house.wall(circle.id) if one.kind == NOTE)) == ["five", "four"]  # type: ignore[arg-type]
    clears(house, circle)
    puts_back(house, circle)
    assert len([one for one in house.wall(circle.id) if one.kind == NOTE]) == 5


def test_what_was_set_aside_stays_so_through_both(house: House, circle: Circle, three: list[str]) -> None:
    house.do(wall.set_aside, house.vault, circle.id, three[0])
    clears(house, circle)
    assert [one.id for one in house.wall(circle.id, aside_too=True) if one.aside] == [three[0]]
    puts_back(house, circle)
    assert [one.id for one in house.wall(circle.id, aside_too=True) if one.aside] == [three[0]]


def test_what_waits_is_not_touched(house: House, circle: Circle, three: list[str], ben: Member) -> None:
    house.says(ben, "not yet")
    clears(house, circle)
    puts_back(house, circle)
    assert house.waiting(circle.id) == 1


def test_its_writer_still_has_it_and_can_change_it_or_take_it_back(
    house: House, circle: Circle, three: list[str], ben: Member, cleo: Member
) -> None:
    clears(house, circle)
    (hers,) = (one for one in house.own(cleo) if one.cleared)
    assert (hers.said.text, hers.stands, hers.waiting) == ("two", False, False)
    change = house.do(mine.change, house.vault, cleo, hers.said.id, "deux")
    assert change.ops == ()  # nobody has it in view
    change = house.do(mine.take_back, cleo, hers.said.id)
    assert for_members(change) == [] and for_facilitators(change) == [("replace", "clearing-note")]
    puts_back(house, circle)
    assert "deux" not in texts(house.wall(circle.id)) and house.own_texts(ben) == {"one", "three"}


def test_when_all_were_taken_back_there_is_nothing_to_put_back(
    house: House, circle: Circle, three: list[str], ben: Member, cleo: Member
) -> None:
    clears(house, circle)
    for member in (ben, cleo):
        for one in house.own(member):
            if one.cleared:
                house.do(mine.take_back, member, one.said.id)
    seen = house.seen(circle.id, FACILITATOR)
    assert seen and seen.cleared == set()


def test_one_that_was_cleared_is_not_heard_set_aside_or_restored(
    house: House, circle: Circle, three: list[str], dov: Member
) -> None:
    clears(house, circle)
    gil = house.joins(circle)
    before = house.everything()
    assert house.do(mine.hear, house.vault, gil, three[0], True) is None
    for rule in (wall.set_aside, wall.restore):
        assert house.do(rule, house.vault, circle.id, three[0]) is None
    assert house.everything() == before
    assert house.do(wall.wipe, circle.id, three[0]) is not None  # pressed a moment before: it is meant all the same


@pytest.mark.parametrize("rule", [wall.clear, wall.put_back])
def test_again_or_with_nothing_there_it_changes_nothing(house: House, circle: Circle, rule: object) -> None:
    version = house.version(circle.id)
    for kind in (NOTE, CHECK_IN):
        assert house.do(rule, house.vault, circle.id, kind) == Change(circle.id, version)


@pytest.mark.parametrize("rule", [wall.clear, wall.put_back])
@pytest.mark.parametrize("kind", ["", "notes", "rules", "x" * 1000])
def test_there_are_two_walls_and_no_more(
    house: House, circle: Circle, three: list[str], rule: object, kind: str
) -> None:
    before = house.everything()
    with pytest.raises(ShareRefused) as refused:
        house.do(rule, house.vault, circle.id, kind)
    assert refused.value.reason == "kind" and house.everything() == before


def test_another_circle_keeps_its_wall(
    house: House, circle: Circle, three: list[str], dov: Member, other_circle: Circle
) -> None:
    house.everybody_says((dov, "elsewhere"), (house.joins(other_circle), "too"))
    clears(house, circle)
    assert sorted(texts(house.wall(other_circle.id))) == ["elsewhere", "too"]


def test_after_the_close_it_is_refused_and_what_was_cleared_is_erased(
    house: House, circle: Circle, three: list[str]
) -> None:
    clears(house, circle)
    house.do(circles.close, circle.id)
    for rule in (clears, puts_back):
        with pytest.raises(ShareRefused):
            rule(house, circle)
    assert erase.erase(house.database, house.vault, circle.id)
    assert house.ask(shares.left_of, three) == 0
