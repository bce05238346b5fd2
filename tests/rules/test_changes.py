"""What a change tells whom: one version up each time, and to members nothing they may not know."""

from collections.abc import Iterator

import pytest

from sessions.accounts import Person
from sessions.circle import circles, mine, rules, shares, wall
from sessions.circle.changes import CHECK_IN, NOTE, Change, Said
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from sessions.permissions import FACILITATOR, MEMBER
from tests.rules.cast import House, for_facilitators, for_members, new_key


def an_evening(house: House, circle: Circle, ben: Member, cleo: Member) -> Iterator[Change]:
    """Every change there is, one after the other."""
    vault, of = house.vault, circle.id

    def says(member: Member, text: str, kind: str = NOTE) -> Change:
        change: Change = house.do(shares.write, vault, member, kind, text, [], new_key())
        return change

    yield says(ben, "one")
    yield says(cleo, "two", CHECK_IN)
    yield says(ben, "three")
    yield says(cleo, "four")
    yield house.do(mine.show, vault, cleo, house.own(cleo)[0].said.id)
    yield says(ben, "five")
    yield says(cleo, "six")
    yield house.do(wall.show_waiting, vault, of)
    on_the_wall = [one.id for one in house.wall(of)]
    yield house.do(wall.set_aside, vault, of, on_the_wall[0])
    yield house.do(wall.restore, vault, of, on_the_wall[0])
    yield house.do(wall.set_aside, vault, of, on_the_wall[1])
    yield house.do(wall.wipe, of, on_the_wall[1])
    yield house.do(wall.wipe, of, on_the_wall[2])
    yield house.do(mine.take_back, ben, house.own(ben)[0].said.id)
    yield says(ben, "regretted")
    yield house.do(mine.take_back, ben, house.own(ben)[0].said.id)
    first, second = house.ask(rules.standing, vault, of)[:2]
    yield house.do(rules.reword, vault, of, first.id, "In our words")
    yield house.do(rules.move, of, first.id, "down")
    yield house.do(rules.remove, of, second.id)
    yield house.do(rules.add, vault, of, "One of our own")
    yield house.do(circles.set_blank, of, True)
    yield house.do(circles.set_blank, of, False)
    yield house.do(circles.close, of)
    yield house.do(circles.reopen, of)


@pytest.fixture
def evening(house: House, circle: Circle, ben: Member, cleo: Member) -> list[Change]:
    return list(an_evening(house, circle, ben, cleo))


def test_each_change_takes_the_next_version_and_only_one(
    house: House, circle: Circle, other_circle: Circle, evening: list[Change]
) -> None:
    assert [change.version for change in evening] == list(range(2, 2 + len(evening)))
    assert {change.circle_id for change in evening} == {circle.id}
    assert (house.version(circle.id), house.version(other_circle.id)) == (evening[-1].version, 1)


def test_a_page_read_after_a_change_has_its_version(house: House, circle: Circle, ben: Member) -> None:
    change = house.says(ben, "one")
    for role in (MEMBER, FACILITATOR):
        seen = house.seen(circle.id, role)
        assert change and seen and seen.version == change.version


def test_members_never_hear_of_what_waits(evening: list[Change]) -> None:
    assert not [change for change in evening if ("replace", "waiting") in for_members(change)]
    assert [change for change in evening if ("replace", "waiting") in for_facilitators(change)]


def test_members_never_hear_of_what_is_set_aside(evening: list[Change]) -> None:
    told = [op for change in evening for op in change.ops if isinstance(op.what, Said) and op.what.aside]
    assert told
    assert not [op for op in told if MEMBER in op.roles and op.do != "remove"]


def test_every_op_is_for_somebody_in_the_circle_and_for_nobody_else(evening: list[Change], esi: Person) -> None:
    roles = [op.roles for change in evening for op in change.ops]
    assert all(roles) and not [named for named in roles if named - {MEMBER, FACILITATOR}]


def test_coming_and_going_is_no_change(house: House, circle: Circle, ben: Member) -> None:
    house.joins(circle, ben.token)
    assert house.version(circle.id) == 1
