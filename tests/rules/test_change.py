"""Saying what I wrote in other words, where it stands, until the close (`sessions.circle.mine.change`)."""

import pytest

from sessions.circle import circles, mine, wall
from sessions.circle.changes import CHECK_IN, ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from tests.rules.cast import House, for_facilitators, for_members, texts

MIXING, FOOD = "drug:mixing", "set:food-and-water"


def test_one_that_waits(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "first words")
    change = house.do(mine.change, house.vault, ben, house.only_id(ben), "other words")
    assert for_members(change) == [] and for_facilitators(change) == [("replace", "waiting")]
    assert (house.own_texts(ben), house.waiting(circle.id)) == ({"other words"}, 1)
    assert change.version == house.version(circle.id) == 3


def test_one_on_the_wall_stays_in_its_place(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    house.everybody_says((ben, "one"), (cleo, "two"), (ben, "three"))
    before = house.wall(circle.id)
    middle = before[1]
    writer = ben if middle.text != "two" else cleo
    change = house.do(mine.change, house.vault, writer, middle.id, "changed")
    assert for_members(change) == for_facilitators(change) == [("replace", "changed")]
    after = house.wall(circle.id)
    assert [one.id for one in after] == [one.id for one in before]
    assert texts(after) == [before[0].text, "changed", before[2].text]


def test_of_one_set_aside_members_do_not_learn(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    bens, _ = house.everybody_says((ben, "a seller's name"), (cleo, "stays"))
    house.do(wall.set_aside, house.vault, circle.id, bens)
    change = house.do(mine.change, house.vault, ben, bens, "no name")
    assert for_members(change) == [] and for_facilitators(change) == [("replace", "no name")]
    assert texts(house.wall(circle.id)) == ["stays"]
    house.do(wall.restore, house.vault, circle.id, bens)
    assert set(texts(house.wall(circle.id))) == {"no name", "stays"}


def test_its_tags_and_its_kind_stay(house: House, ben: Member) -> None:
    house.says(ben, "first", FOOD, MIXING, kind=CHECK_IN)
    bens = house.only_id(ben)
    house.do(mine.change, house.vault, ben, bens, "second")
    (own,) = house.own(ben)
    assert (own.said.id, own.said.kind, own.said.text, own.said.tags) == (bens, CHECK_IN, "second", (MIXING, FOOD))
    # With tags the words may go altogether.
    house.do(mine.change, house.vault, ben, bens, "")
    (own,) = house.own(ben)
    assert (own.said.text, own.said.tags) == ("", (MIXING, FOOD))


def test_it_is_heard_still(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    bens, _ = house.everybody_says((ben, "mine"), (cleo, "hers"))
    house.do(mine.hear, house.vault, cleo, bens, True)
    change = house.do(mine.change, house.vault, ben, bens, "changed")
    (op,) = change.ops
    assert op.what.heard
    assert {one.text for one in house.wall(circle.id) if one.heard} == {"changed"}


@pytest.mark.parametrize("same", ["café", "cafe\u0301", "  café\u200b\n"])
def test_the_same_words_again_change_nothing(house: House, circle: Circle, ben: Member, same: str) -> None:
    house.says(ben, "café")
    before = house.everything()
    change = house.do(mine.change, house.vault, ben, house.only_id(ben), same)
    assert change.ops == () and change.version == house.version(circle.id)
    assert house.everything() == before


def test_a_thousand_characters_are_kept_and_the_words_before_are_in_the_table_no_more(
    house: House, circle: Circle, ben: Member
) -> None:
    house.says(ben, "first")
    (before,) = house.everything()["shares"]
    house.do(mine.change, house.vault, ben, house.only_id(ben), "e\u0301" * 1000)
    (after,) = house.everything()["shares"]
    assert house.own_texts(ben) == {"é" * 1000}
    assert not {cell for cell in before if isinstance(cell, bytes)} & set(after)


@pytest.mark.parametrize(
    ("text", "reason", "over"),
    [("", "empty", 0), (" \n\u200b ", "empty", 0), ("x" * 1001, "long", 1), ("e\u0301" * 1200, "long", 200)],
)
def test_too_long_or_nothing_is_refused(
    house: House, ben: Member, cleo: Member, text: str, reason: str, over: int
) -> None:
    bens, _ = house.everybody_says((ben, "stays"), (cleo, "hers"))
    before = house.everything()
    with pytest.raises(ShareRefused) as refused:
        house.do(mine.change, house.vault, ben, bens, text)
    assert (refused.value.reason, refused.value.over) == (reason, over)
    assert house.everything() == before


def test_nobody_else_can(house: House, circle: Circle, ben: Member, cleo: Member, dov: Member) -> None:
    bens, _ = house.everybody_says((ben, "mine"), (cleo, "hers"))
    before = house.everything()
    for somebody in (cleo, dov, Member(circle.id, dov.token), Member(dov.circle_id, ben.token)):
        # Not even whether it would be too long.
        for text in ("put in my mouth", "", "x" * 2000):
            assert house.do(mine.change, house.vault, somebody, bens, text) is None
    assert house.everything() == before


def test_nor_the_same_phone_once_it_has_joined_again(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "before")
    bens = house.only_id(ben)
    assert house.do(mine.change, house.vault, house.joins(circle, ben.token), bens, "after") is None


def test_what_is_not_there_is_not_there(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    bens, _ = house.everybody_says((ben, "mine"), (cleo, "hers"))
    house.do(wall.wipe, circle.id, bens)
    for share_id in (bens, "no such share", "", "x" * 100_000):
        assert house.do(mine.change, house.vault, ben, share_id, "back again") is None
    assert texts(house.wall(circle.id)) == ["hers"]


def test_after_the_close_it_is_refused(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "stays")
    bens = house.only_id(ben)
    house.do(circles.close, circle.id)
    before = house.everything()
    with pytest.raises(ShareRefused) as refused:
        house.do(mine.change, house.vault, ben, bens, "too late")
    assert refused.value.reason == "closed" and house.everything() == before
