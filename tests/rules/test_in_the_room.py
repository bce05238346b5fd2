"""Written down for somebody in the room without a phone: by no name, and nobody's own (`members.nobody`)."""

import pytest

from sessions.circle import circles, erase, members, mine, wall
from sessions.circle.changes import CHECK_IN, Change, ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from tests.rules.cast import House, for_facilitators, for_members, new_key

MIXING = "drug:mixing"


def written_down(house: House, circle: Circle, text: str, *tags: str, key: str = "") -> Change | None:
    """What the facilitator writes for somebody in the room."""
    key = key or new_key()
    return house.says(members.nobody(circle.id, key), text, *tags, kind=CHECK_IN, key=key)


def test_it_waits_like_any_other_and_goes_up_with_them(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    change = written_down(house, circle, "from the sofa")
    assert for_members(change) == [] and for_facilitators(change) == [("replace", "waiting")]
    assert (house.waiting(circle.id), house.wall(circle.id)) == (1, [])
    house.says(ben, "one")
    house.says(cleo, "two")
    assert {one.text for one in house.wall(circle.id)} == {"from the sofa", "one", "two"}


def test_a_tag_alone_will_do(house: House, circle: Circle) -> None:
    for _ in range(3):
        written_down(house, circle, "", MIXING)
    assert [(one.kind, one.text, one.tags) for one in house.wall(circle.id)] == [(CHECK_IN, "", (MIXING,))] * 3


def test_the_same_sending_again_is_answered_once(house: House, circle: Circle) -> None:
    key = new_key()
    assert written_down(house, circle, "once", key=key)
    for _ in range(3):
        assert written_down(house, circle, "once", key=key) is None
    assert house.waiting(circle.id) == 1
    with pytest.raises(ShareRefused) as refused:
        written_down(house, circle, "other words", key=key)
    assert refused.value.reason == "reused"


def test_two_people_in_the_room_may_say_the_same(house: House, circle: Circle) -> None:
    for _ in range(2):
        written_down(house, circle, "tired")
    assert house.waiting(circle.id) == 2


def test_no_phone_has_it_as_its_own(house: House, circle: Circle, ben: Member, cleo: Member, dov: Member) -> None:
    written_down(house, circle, "one")
    house.says(ben, "his")
    house.says(cleo, "hers")
    (share_id,) = [one.id for one in house.wall(circle.id) if one.text == "one"]
    before = house.everything()
    for somebody in (ben, cleo, dov, Member(circle.id, dov.token), members.nobody(circle.id, new_key())):
        assert "one" not in house.own_texts(somebody)
        assert house.do(mine.take_back, somebody, share_id) is None
        assert house.do(mine.change, house.vault, somebody, share_id, "mine now") is None
    assert house.everything() == before


def test_it_is_no_seat_and_nobody_is_found_by_its_name(house: House, circle: Circle, ben: Member) -> None:
    key = new_key()
    written_down(house, circle, "one", key=key)
    assert len(house.everything()["seats"]) == 1
    assert house.ask(members.find, members.nobody(circle.id, key).token) is None


def test_two_sendings_have_nothing_in_common(house: House, circle: Circle) -> None:
    for text in ("one", "two"):
        written_down(house, circle, text)
    for table in ("shares", "receipts"):
        one, two = (
            {cell for cell in row if isinstance(cell, str) and len(cell) > 10} - {circle.id}
            for row in house.everything()[table]
        )
        assert one and not one & two


def test_the_facilitator_can_set_it_aside_and_wipe_it_as_any_other(house: House, circle: Circle) -> None:
    written_down(house, circle, "a seller's name")
    written_down(house, circle, "two")
    house.do(wall.show_waiting, house.vault, circle.id)
    (share_id,) = [one.id for one in house.wall(circle.id) if one.text == "a seller's name"]
    assert house.do(wall.set_aside, house.vault, circle.id, share_id)
    assert house.do(wall.wipe, circle.id, share_id)
    assert [one.text for one in house.wall(circle.id, aside_too=True)] == ["two"]


@pytest.mark.parametrize(
    ("text", "tags", "reason"),
    [("", [], "empty"), (" \u200b", [], "empty"), ("x" * 1001, [], "long"), ("x", ["drug:heroin"], "tags")],
)
def test_what_can_not_be_kept_is_refused(house: House, circle: Circle, text: str, tags: list[str], reason: str) -> None:
    before = house.everything()
    with pytest.raises(ShareRefused) as refused:
        written_down(house, circle, text, *tags)
    assert refused.value.reason == reason and house.everything() == before


def test_after_the_close_it_is_refused(house: House, circle: Circle) -> None:
    house.do(circles.close, circle.id)
    before = house.everything()
    with pytest.raises(ShareRefused) as refused:
        written_down(house, circle, "too late")
    assert refused.value.reason == "closed" and house.everything() == before


def test_it_is_erased_with_the_circle(house: House, circle: Circle) -> None:
    written_down(house, circle, "gone")
    house.do(circles.close, circle.id)
    erase.erase(house.database, house.vault, circle.id)
    assert house.everything()["shares"] == house.everything()["receipts"] == []
