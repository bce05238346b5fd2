"""Themes: a board for the whole room, when three have shared, tied to nobody (`sessions.circle.themes`, `voices`)."""

import random
from collections import Counter

import pytest
from sqlalchemy import text

from sessions import accounts
from sessions.circle import circles, erase, members, mine, on_screen, plan, themes, wall
from sessions.circle.changes import CHECK_IN, Change, ShareRefused
from sessions.circle.circles import AT_ONCE, Circle
from sessions.circle.members import Member
from sessions.circle.themes import MOST_PINNED, OnBoard
from sessions.circle.vault import Vault
from sessions.permissions import FACILITATOR, MEMBER
from tests.rules.attacker import places, rows
from tests.rules.cast import House, for_facilitators, for_members, new_key
from tests.rules.conftest import BOTH, opened
from tests.rules.test_unlinkable import better_than_chance

TOLD = ("replace", "themes")
CIRCLES = 60


@pytest.fixture
def gil(house: House, circle: Circle) -> Member:
    """One more in the circle: with Ben and Cleo they are three."""
    return house.joins(circle)


@pytest.fixture
def three(house: House, circle: Circle, ben: Member, cleo: Member, gil: Member) -> Circle:
    """Ana's circle when all three have shared, a tag each, and it is on the wall."""
    for member, tag in ((ben, "set:sleep"), (cleo, "drug:mixing"), (gil, "setting:alone")):
        house.says(member, "", tag)
    return circle


def board(house: House, circle: Circle, role: str = FACILITATOR) -> list[OnBoard]:
    seen = house.seen(circle.id, role)
    assert seen
    return seen.themes


def on_board(house: House, circle: Circle) -> set[str]:
    return {one.tag or one.words for one in board(house, circle)}


def pins(house: House, circle: Circle, words: str, group: str = "set", key: str = "") -> Change | None:
    change: Change | None = house.do(themes.pin, house.vault, circle.id, group, words, key or new_key())
    return change


def learns(house: House, circle: Circle) -> Change:
    """The part about learning is on."""
    (part,) = (one.id for one in plan.standing(house.vault, house.circle(circle.id)) if one.key == "learn")
    change: Change = house.do(plan.start, house.vault, circle.id, part)
    return change


def test_two_people_have_no_board_whatever_they_share(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    pins(house, circle, "sleep helps")
    for number in range(6):
        change = house.says((ben, cleo)[number % 2], f"words {number}", "set:sleep")
        assert TOLD not in for_members(change) + for_facilitators(change)
    assert len(house.wall(circle.id)) == 6
    assert not house.circle(circle.id).several and board(house, circle) == []
    seen = house.ask(on_screen.take, house.vault, circle.id, on_screen.THEMES)
    assert (seen.several, seen.themes) == (False, ())


def test_the_third_person_brings_it_and_from_then_on_nobody_is_counted(
    house: House, circle: Circle, ben: Member, cleo: Member, gil: Member
) -> None:
    house.everybody_says((ben, "one"), (cleo, "two"))
    assert len(house.everything()["voices"]) == 2
    change = house.says(gil, "three")
    assert TOLD in for_facilitators(change) and TOLD not in for_members(change)
    assert house.circle(circle.id).several and house.everything()["voices"] == []
    house.says(house.joins(circle), "four")
    assert house.everything()["voices"] == []


def test_the_board_is_the_tags_of_the_wall_and_no_others(house: House, three: Circle, ben: Member) -> None:
    assert on_board(house, three) == {"set:sleep", "drug:mixing", "setting:alone"}
    house.says(ben, "", "where:using-less", "want:quiet", "not-about-drugs-today", "drug:pace")
    assert on_board(house, three) == {"set:sleep", "drug:mixing", "setting:alone"}  # it waits still
    house.do(mine.show, house.vault, ben, next(one.said.id for one in house.own(ben) if one.waiting))
    assert on_board(house, three) == {"set:sleep", "drug:mixing", "setting:alone", "drug:pace"}


def test_there_are_two_sizes_and_no_number(house: House, three: Circle, ben: Member, cleo: Member) -> None:
    assert {one.large for one in board(house, three)} == {False}
    house.everybody_says((ben, "one"), (cleo, "two"))
    for member in (ben, cleo):
        house.says(member, "", "set:sleep")
    house.do(wall.show_waiting, house.vault, three.id)
    pins(house, three, "rest")
    assert {one.tag or one.words: one.large for one in board(house, three)} == {
        "rest": True,
        "set:sleep": True,
        "drug:mixing": False,
        "setting:alone": False,
    }
    for one in board(house, three):
        assert [type(value) for value in vars(one).values()] == [str, bool, str, str]


def test_its_order_says_nothing_about_when(house: House, three: Circle) -> None:
    for words in ("walks", "a good week", "music"):
        pins(house, three, words)
    assert [one.tag or one.words for one in board(house, three)] == [
        *("a good week", "music", "walks"),
        *("drug:mixing", "set:sleep", "setting:alone"),
    ]


@pytest.mark.parametrize("way", ["taken back", "wiped", "set aside", "cleared"])
def test_what_leaves_the_wall_leaves_the_board(house: House, three: Circle, ben: Member, way: str) -> None:
    share = house.only_id(ben)
    if way == "taken back":
        change = house.do(mine.take_back, ben, share)
    elif way == "wiped":
        change = house.do(wall.wipe, three.id, share)
    elif way == "set aside":
        change = house.do(wall.set_aside, house.vault, three.id, share)
    else:
        change = house.do(wall.clear, house.vault, three.id, "note")
    assert TOLD in for_facilitators(change) and "set:sleep" not in on_board(house, three)
    if way == "set aside":
        assert TOLD in for_facilitators(house.do(wall.restore, house.vault, three.id, share))
    if way == "cleared":
        assert TOLD in for_facilitators(house.do(wall.put_back, house.vault, three.id, "note"))
    assert ("set:sleep" in on_board(house, three)) == (way in ("set aside", "cleared"))


def test_members_have_it_in_a_part_about_learning_alone(
    house: House, three: Circle, ben: Member, cleo: Member, gil: Member
) -> None:
    assert board(house, three, MEMBER) == [] and board(house, three) != []
    assert TOLD not in for_members(pins(house, three, "rest"))
    learns(house, three)
    assert board(house, three, MEMBER) == board(house, three)
    seen = house.seen(three.id, MEMBER)
    assert seen and seen.pinned == []  # nothing that a leader could take it down by
    assert TOLD in for_members(pins(house, three, "walks"))
    house.says(ben, "", "set:mood")
    house.says(cleo, "", "set:mood")
    assert TOLD in for_members(house.says(gil, "", "set:mood"))


def test_a_push_tells_only_the_screens_that_show_it(house: House, three: Circle) -> None:
    change = pins(house, three, "rest")
    assert change
    shows = {shows: any(on_screen.redraws(op, shows) for op in change.ops) for shows in on_screen.CHOICES}
    assert shows == {"words": False, "rules": False, "wall": False, "themes": True, "card": False}


def test_somebody_without_a_phone_is_one_more_voice_each_time(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "one")
    for _ in range(2):
        assert not house.circle(circle.id).several
        key = new_key()
        house.says(members.nobody(circle.id, key), "", "set:food-and-water", kind=CHECK_IN, key=key)
    assert house.circle(circle.id).several


def test_sending_again_counts_nobody(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    house.says(ben, "one")
    key = new_key()
    for _ in range(3):
        house.says(cleo, "two", key=key)
        house.says(members.nobody(circle.id, key), "two", key=key)
    house.do(mine.take_back, cleo, house.only_id(cleo))
    house.says(cleo, "two", key=key)
    assert house.circle(circle.id).several  # three: Ben, Cleo, and one in the room
    assert house.everything()["voices"] == []


def test_what_is_refused_counts_nobody(house: House, circle: Circle, ben: Member, cleo: Member, dov: Member) -> None:
    for words in ("", "x" * 1001):
        with pytest.raises(ShareRefused):
            house.says(ben, words)
    house.says(dov, "elsewhere")
    assert [row for row in house.everything()["voices"] if circle.id in row] == []


def test_a_leader_pins_words_and_takes_them_down(house: House, three: Circle) -> None:
    change = pins(house, three, "  work \n helps ", "setting")
    assert for_facilitators(change) == [TOLD] and for_members(change) == []
    seen = house.seen(three.id, FACILITATOR)
    assert seen and [(one.group, one.words) for one in seen.pinned] == [("setting", "work helps")]
    change = house.do(themes.take_down, house.vault, three.id, seen.pinned[0].id)
    assert for_facilitators(change) == [TOLD]
    assert "work helps" not in on_board(house, three) and house.everything()["themes"] == []
    assert house.do(themes.take_down, house.vault, three.id, seen.pinned[0].id) is None


def test_a_leader_sees_what_is_pinned_before_the_room_does(house: House, circle: Circle) -> None:
    assert for_facilitators(pins(house, circle, "rest")) == [TOLD]
    seen = house.seen(circle.id, FACILITATOR)
    assert seen and [one.words for one in seen.pinned] == ["rest"] and seen.themes == []


def test_pinned_again_under_one_key_it_stands_once(house: House, three: Circle) -> None:
    key, version = new_key(), house.version(three.id)
    assert pins(house, three, "rest", key=key)
    assert pins(house, three, "rest", key=key) is None
    assert (len(house.everything()["themes"]), house.version(three.id)) == (1, version + 1)


@pytest.mark.parametrize(
    ("group", "words", "key", "reason", "over"),
    [
        ("want", "rest", "", "group", 0),
        ("", "rest", "", "group", 0),
        ("set", " \n\u200b", "", "wordless", 0),
        ("set", "x" * 45, "", "long", 5),
        ("set", "rest", "no key", "key", 0),
    ],
)
def test_what_is_no_theme_is_refused(
    house: House, three: Circle, group: str, words: str, key: str, reason: str, over: int
) -> None:
    before = house.everything()
    with pytest.raises(ShareRefused) as refused:
        pins(house, three, words, group, key)
    assert (refused.value.reason, refused.value.over) == (reason, over) and house.everything() == before


def test_forty_letters_of_any_script_are_a_theme(house: House, three: Circle) -> None:
    for words in ("x" * 40, "睡" * 40, "🫖" * 40):
        assert pins(house, three, words)


def test_a_dozen_is_the_most(house: House, three: Circle) -> None:
    for number in range(MOST_PINNED):
        assert pins(house, three, f"theme {number}")
    with pytest.raises(ShareRefused) as refused:
        pins(house, three, "one more")
    assert refused.value.reason == "many"


def test_one_of_another_circle_is_not_there(house: House, circle: Circle, other_circle: Circle) -> None:
    pins(house, other_circle, "elsewhere")
    seen = house.seen(other_circle.id, FACILITATOR)
    before = house.everything()
    assert seen and house.do(themes.take_down, house.vault, circle.id, seen.pinned[0].id) is None
    assert house.everything() == before and on_board(house, circle) == set()


def test_closed_it_holds_no_theme_and_takes_none(house: House, three: Circle) -> None:
    pins(house, three, "rest")
    house.do(circles.close, three.id)
    for role in (MEMBER, FACILITATOR):
        seen = house.seen(three.id, role)
        assert seen and (seen.themes, seen.pinned, seen.several) == ([], [], False)
    with pytest.raises(ShareRefused):
        pins(house, three, "late")
    with pytest.raises(ShareRefused):
        house.do(themes.take_down, house.vault, three.id, "0" * 20)
    assert erase.erase(house.database, house.vault, three.id)
    assert house.everything()["themes"] == []


def test_what_is_pinned_is_sealed_and_names_no_share(house: House, three: Circle, ben: Member) -> None:
    pins(house, three, "kingfisher")
    (row,) = house.everything()["themes"]
    assert "kingfisher" not in repr(row) and len(row) == 3
    assert not set(row) & {ben.seat, ben.token, house.only_id(ben)}


def test_a_voice_has_nothing_in_common_with_its_phone(house: House, circle: Circle, ben: Member) -> None:
    house.says(ben, "one")
    tables = house.everything()
    (voice,) = ({*row} - {circle.id} for row in tables["voices"])
    elsewhere = {cell for name, kept in tables.items() if name != "voices" for row in kept for cell in row}
    assert not voice & (elsewhere | {ben.seat, ben.token})


@pytest.mark.parametrize("kind", BOTH)
def test_which_share_came_with_which_voice_nobody_can_tell(
    kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    """Two have shared, and both shares wait: what came first of each, in any order there is, is a guess."""
    folder, chance, right = tmp_path_factory.mktemp("voices"), random.Random(seed), Counter[str]()
    with opened(kind, request, folder) as database:
        house = House(database, Vault(folder / "keys"))
        fay = house.do(accounts.add, "fay@example.org", FACILITATOR, "nothing fits this")
        for _ in range(CIRCLES):
            circle = house.opens(fay.id)
            ben, cleo = house.joins(circle), house.joins(circle)
            for member in chance.sample((ben, cleo), 2):
                house.says(member, chance.randbytes(6).hex())
            database.tidy()
            wrote = {house.only_id(member): member.proof("shared") for member in (ben, cleo)}
            voices = [row["proof"] for row in rows(database, "voices", circle.id)]
            assert set(voices) == set(wrote.values())
            of_voices = {"as they come": voices}
            of_voices |= {
                name: sorted(voices, key=place) for name, place in places(database, "voices", "proof").items()
            }
            proofs = {row["proof"]: row["id"] for row in rows(database, "shares", circle.id)}
            of_shares = {name: sorted(proofs, key=place) for name, place in places(database, "shares", "proof").items()}
            for (one, order), (other, beside) in ((a, b) for a in of_shares.items() for b in of_voices.items()):
                right[f"{one}, {other}"] += wrote[proofs[order[0]]] == beside[0]
                right[f"{one}, {other}, backwards"] += wrote[proofs[order[0]]] == beside[1]
    assert len(right) >= 6
    assert better_than_chance(right, CIRCLES, 0.5) == {}


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_every_share_lays_the_voices_out_anew(house: House, circle: Circle, ben: Member, cleo: Member) -> None:
    """The write that a row came with would tell a phone's first share from its second."""
    for member, said in ((ben, "one"), (cleo, "two"), (ben, "three")):
        house.says(member, said)
        with house.database.read() as db:
            [voices] = db.execute(text("SELECT DISTINCT xmin::text FROM voices")).all()
            newest = db.execute(text("SELECT max(xmin::text::bigint)::text FROM receipts")).one()
        assert voices == newest


def test_at_once_the_third_share_brings_the_board_with_it(house: House, ana: accounts.Person) -> None:
    circle = house.opens(ana.id, appear=AT_ONCE)
    for tag in ("set:sleep", "set:mood"):
        house.says(house.joins(circle), "", tag)
    change = house.says(house.joins(circle), "", "set:pain")
    assert for_facilitators(change).count(TOLD) == 1
    assert on_board(house, circle) == {"set:sleep", "set:mood", "set:pain"}
