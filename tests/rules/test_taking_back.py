"""Taking back what I wrote, wherever it stands, until the close (`sessions.circle.mine.take_back`)."""

from sessions.circle import mine, wall
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from tests.rules.cast import House, for_facilitators, for_members, texts


def test_one_that_waits(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "regretted")
    change = house.do(mine.take_back, ben, house.only_id(ben))
    assert for_members(change) == [] and for_facilitators(change) == [("replace", "waiting")]
    assert (house.waiting(circle.id), house.own(ben)) == (0, [])


def test_one_on_the_wall(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    bens, _ = house.everybody_says((ben, "regretted"), (cleo, "stays"))
    change = house.do(mine.take_back, ben, bens)
    assert for_members(change) == for_facilitators(change) == [("remove", bens)]
    assert texts(house.wall(circle.id)) == ["stays"]
    assert house.own(ben) == []


def test_one_that_was_set_aside(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    bens, _ = house.everybody_says((ben, "regretted"), (cleo, "stays"))
    house.do(wall.set_aside, house.vault, circle.id, bens)
    change = house.do(mine.take_back, ben, bens)
    assert for_members(change) == [] and for_facilitators(change) == [("remove", bens)]
    assert texts(house.wall(circle.id, aside_too=True)) == ["stays"]
    assert house.do(wall.restore, house.vault, circle.id, bens) is None


def test_its_words_are_in_the_table_no_more(house: House, ben: Member) -> None:
    house.says(ben, "regretted")
    house.do(mine.take_back, ben, house.only_id(ben))
    assert house.everything()["shares"] == []


def test_a_second_time_it_is_not_there(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "regretted")
    bens = house.only_id(ben)
    house.do(mine.take_back, ben, bens)
    version = house.version(circle.id)
    assert house.do(mine.take_back, ben, bens) is None
    assert house.version(circle.id) == version


def test_nobody_else_can(house: House, circle: Circle, ben: Member, cleo: Member, dov: Member) -> None:
    bens, _ = house.everybody_says((ben, "mine"), (cleo, "hers"))
    before = house.everything()
    for somebody in (cleo, dov, Member(circle.id, dov.token), Member(dov.circle_id, ben.token)):
        assert house.do(mine.take_back, somebody, bens) is None
    assert house.everything() == before


def test_nor_the_same_phone_once_it_has_joined_again(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "before")
    bens = house.only_id(ben)
    assert house.do(mine.take_back, house.joins(circle, ben.token), bens) is None
    assert house.waiting(circle.id) == 1


def test_what_was_never_there_is_not_there(house: House, ben: Member) -> None:
    assert house.do(mine.take_back, ben, "no such share") is None
    assert house.do(mine.take_back, ben, "x" * 100_000) is None
