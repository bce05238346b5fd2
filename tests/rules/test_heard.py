"""I hear you: once per phone, as a word and never as a number (`sessions.circle.mine.hear`)."""

import pytest

from sessions.circle import circles, erase, mine, wall
from sessions.circle.changes import CHECK_IN, Change, ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from tests.rules.cast import House, for_facilitators, for_members


@pytest.fixture
def note(house: House, ben: Member, cleo: Member) -> str:
    """Ben's note, on the wall beside Cleo's."""
    bens, _ = house.everybody_says((ben, "ben's note"), (cleo, "cleo's note"))
    return bens


@pytest.fixture
def gil(house: House, circle: Circle) -> Member:
    """One more in the circle."""
    return house.joins(circle)


def hears(house: House, member: Member, note: str, heard: bool = True) -> Change | None:
    change: Change | None = house.do(mine.hear, house.vault, member, note, heard)
    return change


def heard_texts(house: House, circle_id: str) -> set[str]:
    return {one.text for one in house.wall(circle_id, aside_too=True) if one.heard}


def marks(house: House) -> int:
    return len(house.everything()["heard"])


def test_a_note_is_heard_on_every_screen(house: House, circle: Circle, cleo: Member, note: str) -> None:
    change = hears(house, cleo, note)
    assert for_members(change) == for_facilitators(change) == [("replace", "ben's note")]
    assert change is not None and change.ops[0].what.heard and change.version == house.version(circle.id)  # type: ignore[union-attr]
    assert heard_texts(house, circle.id) == {"ben's note"}


def test_a_phone_says_it_once(house: House, circle: Circle, cleo: Member, note: str) -> None:
    hears(house, cleo, note)
    before = house.everything()
    for _ in range(3):
        change = hears(house, cleo, note)
        assert change == Change(circle.id, house.version(circle.id))
    assert house.everything() == before and marks(house) == 1


def test_a_second_phone_changes_nothing_on_screens(
    house: House, circle: Circle, cleo: Member, gil: Member, note: str
) -> None:
    hears(house, cleo, note)
    version, wall = house.version(circle.id), house.wall(circle.id)
    assert hears(house, gil, note) == Change(circle.id, version)
    assert (house.version(circle.id), house.wall(circle.id), marks(house)) == (version, wall, 2)


def test_of_two_the_first_to_take_it_back_leaves_the_word_and_the_last_removes_it(
    house: House, circle: Circle, cleo: Member, gil: Member, note: str
) -> None:
    hears(house, cleo, note)
    hears(house, gil, note)
    version = house.version(circle.id)
    assert hears(house, cleo, note, False) == Change(circle.id, version)
    assert heard_texts(house, circle.id) == {"ben's note"}
    change = hears(house, gil, note, False)
    assert for_members(change) == for_facilitators(change) == [("replace", "ben's note")]
    assert heard_texts(house, circle.id) == set() and marks(house) == 0


def test_taking_back_what_one_never_said_changes_nothing(house: House, cleo: Member, gil: Member, note: str) -> None:
    hears(house, cleo, note)
    before = house.everything()
    change = hears(house, gil, note, False)
    assert change is not None and change.ops == () and house.everything() == before


def test_a_phone_knows_which_notes_it_heard_and_not_which_others_did(
    house: House, ben: Member, cleo: Member, gil: Member, dov: Member, note: str
) -> None:
    hears(house, cleo, note)
    assert house.all_of(cleo).heard == [note]
    for somebody in (ben, gil, dov):
        assert house.all_of(somebody).heard == []
    hears(house, cleo, note, False)
    assert house.all_of(cleo).heard == []


def test_my_own_note_is_not_mine_to_hear(house: House, ben: Member, note: str) -> None:
    before = house.everything()
    for heard in (True, False):
        assert hears(house, ben, note, heard) is None
    assert house.everything() == before


def test_nor_a_check_in(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    house.says(ben, "arriving", kind=CHECK_IN)
    bens = house.only_id(ben)
    house.do(mine.show, house.vault, ben, bens)
    assert hears(house, cleo, bens) is None and marks(house) == 0


def test_nor_what_waits(house: House, ben: Member, cleo: Member) -> None:
    house.says(ben, "not up yet")
    assert hears(house, cleo, house.only_id(ben)) is None and marks(house) == 0


def test_nor_what_was_set_aside_until_it_is_back(house: House, circle: Circle, cleo: Member, note: str) -> None:
    hears(house, cleo, note)
    house.do(wall.set_aside, house.vault, circle.id, note)
    before = house.everything()
    for heard in (True, False):
        assert hears(house, cleo, note, heard) is None
    assert house.everything() == before
    house.do(wall.restore, house.vault, circle.id, note)
    assert heard_texts(house, circle.id) == {"ben's note"}


def test_nor_a_note_of_another_circle(house: House, circle: Circle, dov: Member, note: str) -> None:
    before = house.everything()
    for somebody in (dov, Member(dov.circle_id, dov.token)):
        for heard in (True, False):
            assert hears(house, somebody, note, heard) is None
    assert house.everything() == before


def test_nor_what_was_never_there(house: House, cleo: Member, note: str) -> None:
    for share_id in ("no such note", "", "x" * 100_000):
        assert hears(house, cleo, share_id) is None
    assert marks(house) == 0


def test_after_the_close_it_is_refused(house: House, circle: Circle, cleo: Member, note: str) -> None:
    house.do(circles.close, circle.id)
    for heard in (True, False):
        with pytest.raises(ShareRefused) as refused:
            hears(house, cleo, note, heard)
        assert refused.value.reason == "closed"
    assert marks(house) == 0


@pytest.mark.parametrize("way", ["take back", "wipe"])
def test_it_goes_with_its_note(house: House, circle: Circle, ben: Member, cleo: Member, note: str, way: str) -> None:
    other = next(one.id for one in house.wall(circle.id) if one.id != note)
    hears(house, cleo, note)
    hears(house, ben, other)
    house.do(mine.take_back, ben, note) if way == "take back" else house.do(wall.wipe, circle.id, note)
    assert [row for row in house.everything()["heard"] if note in row] == [] and marks(house) == 1


def test_it_is_erased_with_the_circle_and_another_circles_stays(
    house: House, circle: Circle, other_circle: Circle, cleo: Member, dov: Member, note: str
) -> None:
    hal = house.joins(other_circle)
    theirs, _ = house.everybody_says((hal, "elsewhere"), (dov, "too"))
    hears(house, cleo, note)
    hears(house, dov, theirs)
    house.do(circles.close, circle.id)
    assert erase.erase(house.database, house.vault, circle.id)
    (left,) = house.everything()["heard"]
    assert theirs in left and house.all_of(dov).heard == [theirs]


def test_what_one_phone_shows_for_two_notes_has_nothing_in_common(
    house: House, circle: Circle, ben: Member, cleo: Member, gil: Member, note: str
) -> None:
    other = next(one.id for one in house.wall(circle.id) if one.id != note)
    hears(house, gil, note)
    hears(house, gil, other)
    tables = house.everything()
    rows = [set(row) - {circle.id} for row in tables["heard"]]
    assert len(rows) == 2 and not rows[0] & rows[1]
    # Nor with the phone's seat, its receipts, or the proof of whoever wrote the note.
    of_the_phone = {gil.seat, gil.token, gil.proof(note), gil.proof(other)}
    elsewhere = {cell for name in ("seats", "receipts") for row in tables[name] for cell in row} - {circle.id}
    proofs = {cell for row in tables["shares"] for cell in row} - {circle.id, note, other}
    for row in rows:
        assert not row & (of_the_phone | elsewhere | proofs)
