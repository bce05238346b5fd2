"""Proof of forgetting: what a phone asks for once more after the erase (`mine.ids`, `shares.left_of`)."""

from sessions.circle import circles, erase, mine, shares, wall
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from tests.rules.cast import House


def left(house: House, *share_ids: str) -> int:
    count: int = house.ask(shares.left_of, list(share_ids))
    return count


def test_a_phone_knows_all_it_wrote_wherever_it_stands(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    aside, shown, _ = house.everybody_says((ben, "aside"), (ben, "shown"), (cleo, "hers"))
    house.do(wall.set_aside, house.vault, circle.id, aside)
    house.says(ben, "waiting")
    wrote = house.ask(mine.ids, ben)
    assert {aside, shown} < set(wrote) and len(wrote) == 3
    assert left(house, *wrote) == 3


def test_it_still_knows_when_the_circle_has_closed_and_its_key_is_gone(
    house: House, circle: Circle, ben: Member
) -> None:
    house.says(ben, "mine")
    bens = house.only_id(ben)
    house.do(circles.close, circle.id)
    house.vault.destroy(circle.id)
    assert house.ask(mine.ids, ben) == [bens]


def test_nobody_else_is_told_what_it_wrote(
    house: House, circle: Circle, ben: Member, cleo: Member, dov: Member
) -> None:
    house.says(ben, "mine")
    for somebody in (cleo, dov, Member(circle.id, dov.token), Member(dov.circle_id, ben.token)):
        assert house.ask(mine.ids, somebody) == []


def test_after_the_erase_nothing_is_left_and_another_circles_is(
    house: House, circle: Circle, ben: Member, cleo: Member, dov: Member
) -> None:
    bens = house.everybody_says((ben, "one"), (cleo, "two"))
    house.says(dov, "elsewhere")
    house.do(circles.close, circle.id)
    assert left(house, *bens) == 2
    erase.erase(house.database, house.vault, circle.id)
    assert left(house, *bens) == 0
    assert left(house, *bens, house.only_id(dov)) == 1


def test_what_was_taken_back_is_not_left(house: House, ben: Member) -> None:
    house.says(ben, "regretted")
    bens = house.only_id(ben)
    house.do(mine.take_back, ben, bens)
    assert left(house, bens) == 0 and house.ask(mine.ids, ben) == []


def test_what_was_never_there_is_not_left(house: House, ben: Member) -> None:
    house.says(ben, "stays")
    assert left(house) == left(house, "", "%", "no such share", "x" * 1000) == 0
    assert left(house, *[house.only_id(ben)] * 3) == 1
