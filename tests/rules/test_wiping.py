"""Wiping: gone from the table at once (`sessions.circle.wall.wipe`)."""

from sessions.circle import mine, wall
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from tests.rules.cast import House, for_facilitators, for_members, texts


def test_it_is_gone_from_every_screen_and_from_the_table(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    named, _ = house.everybody_says((ben, "names somebody"), (cleo, "stays"))
    change = house.do(wall.wipe, circle.id, named)
    assert for_members(change) == for_facilitators(change) == [("remove", named)]
    assert texts(house.wall(circle.id, aside_too=True)) == ["stays"]
    assert (len(house.everything()["shares"]), house.own(ben)) == (1, [])


def test_one_set_aside_is_wiped_without_a_word_to_members(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    named, _ = house.everybody_says((ben, "names somebody"), (cleo, "stays"))
    house.do(wall.set_aside, house.vault, circle.id, named)
    change = house.do(wall.wipe, circle.id, named)
    assert for_members(change) == [] and for_facilitators(change) == [("remove", named)]
    assert texts(house.wall(circle.id, aside_too=True)) == ["stays"]


def test_there_is_no_way_back(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    named, _ = house.everybody_says((ben, "names somebody"), (cleo, "stays"))
    house.do(wall.wipe, circle.id, named)
    assert house.do(wall.restore, house.vault, circle.id, named) is None
    assert house.do(wall.wipe, circle.id, named) is None
    assert house.do(mine.take_back, ben, named) is None


def test_one_that_waits_is_not_the_facilitators_to_touch(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "not yet")
    assert house.do(wall.wipe, circle.id, house.only_id(ben)) is None
    assert house.waiting(circle.id) == 1


def test_one_of_another_circle_is_not_there(
    house: House, circle: Circle, other_circle: Circle, ben: Member, dov: Member
) -> None:
    theirs, _ = house.everybody_says((dov, "elsewhere"), (house.joins(other_circle), "as well"))
    ours, _ = house.everybody_says((ben, "here"), (house.joins(circle), "as well"))
    before = house.everything()
    assert house.do(wall.wipe, circle.id, theirs) is None
    assert house.do(wall.wipe, other_circle.id, ours) is None
    assert house.do(wall.wipe, circle.id, "no such share") is None
    assert house.everything() == before
