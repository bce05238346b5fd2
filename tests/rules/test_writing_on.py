"""Pausing writing, and changing how shares appear while the circle goes on (`sessions.circle.writing`)."""

import pytest

from sessions.circle import circles, mine, shares, wall, writing
from sessions.circle.changes import CHECK_IN, NOTE, ShareRefused
from sessions.circle.circles import AT_ONCE, HANDFULS, Circle
from sessions.circle.members import Member, nobody
from tests.rules.cast import House, for_facilitators, for_members, new_key, texts

BOXES = [("replace", "box-check-in"), ("replace", "box-note")]


def test_paused_nothing_is_written_and_then_it_goes_on(house: House, circle: Circle, ben: Member) -> None:
    change = house.do(writing.set_paused, circle.id, True)
    assert (for_members(change), for_facilitators(change)) == (BOXES, [("replace", "writing")])
    before = house.everything()
    for member in (ben, nobody(circle.id, new_key())):
        with pytest.raises(ShareRefused, match="paused"):
            house.do(shares.write, house.vault, member, CHECK_IN, "words", (), new_key())
    assert house.everything() == before
    assert house.do(writing.set_paused, circle.id, True) is None
    house.do(writing.set_paused, circle.id, False)
    assert house.says(ben, "words")


def test_what_was_kept_before_the_pause_is_answered_as_kept(house: House, circle: Circle, ben: Member) -> None:
    key = new_key()
    house.says(ben, "sent before", key=key)
    house.do(writing.set_paused, circle.id, True)
    assert house.says(ben, "sent before", key=key) is None


def test_paused_it_can_be_taken_back_but_not_changed(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    mine_id, _ = house.everybody_says((ben, "too much"), (cleo, "two"))
    house.do(writing.set_paused, circle.id, True)
    with pytest.raises(ShareRefused, match="paused"):
        house.do(mine.change, house.vault, ben, mine_id, "more words")
    assert house.do(mine.take_back, ben, mine_id)


def test_switched_to_at_once_what_waits_goes_up_together(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    house.says(ben, "one")
    house.says(cleo, "two")
    change = house.do(writing.set_appear, house.vault, circle.id, AT_ONCE)
    assert sorted(for_members(change)) == sorted([("append", "one"), ("append", "two"), *BOXES])
    assert (set(texts(house.wall(circle.id))), house.waiting(circle.id)) == ({"one", "two"}, 0)
    house.says(ben, "three")
    assert texts(house.wall(circle.id))[-1] == "three"


def test_one_that_waits_alone_is_still_its_writers_to_show(
    house: House, circle: Circle, ben: Member, cleo: Member
) -> None:
    house.says(ben, "alone")
    change = house.do(writing.set_appear, house.vault, circle.id, AT_ONCE)
    assert for_members(change) == BOXES
    assert (house.wall(circle.id), house.waiting(circle.id)) == ([], 1)
    house.says(cleo, "beside it")
    assert set(texts(house.wall(circle.id))) == {"alone", "beside it"}


def test_it_goes_up_in_an_order_by_lot(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    first = set()
    for turn in range(40):
        house.do(writing.set_appear, house.vault, circle.id, HANDFULS)
        house.says(ben, f"a {turn}")
        house.says(cleo, f"b {turn}")
        house.do(writing.set_appear, house.vault, circle.id, AT_ONCE)
        first.add(texts(house.wall(circle.id))[-2][0])
        house.do(wall.wipe, circle.id, house.wall(circle.id)[0].id)
        house.do(wall.wipe, circle.id, house.wall(circle.id)[0].id)
    assert first == {"a", "b"}


def test_back_to_handfuls_they_wait_again(house: House, circle: Circle, ben: Member) -> None:
    house.do(writing.set_appear, house.vault, circle.id, AT_ONCE)
    house.do(writing.set_appear, house.vault, circle.id, HANDFULS)
    house.says(ben, "waits", kind=NOTE)
    assert house.waiting(circle.id) == 1


@pytest.mark.parametrize("typed", ["", "sideways", HANDFULS])
def test_what_is_no_way_to_appear_or_is_so_already_changes_nothing(house: House, circle: Circle, typed: str) -> None:
    before = house.everything()
    assert house.do(writing.set_appear, house.vault, circle.id, typed) is None
    assert house.everything() == before


def test_a_closed_circle_changes_nothing(house: House, circle: Circle) -> None:
    house.do(circles.close, circle.id)
    with pytest.raises(ShareRefused, match="closed"):
        house.do(writing.set_paused, circle.id, True)
    with pytest.raises(ShareRefused, match="closed"):
        house.do(writing.set_appear, house.vault, circle.id, AT_ONCE)
