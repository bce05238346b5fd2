"""Writing a check-in or a note, by nobody (`sessions.circle.shares.write`)."""

import pytest

from sessions.accounts import Person
from sessions.circle import circles
from sessions.circle.changes import CHECK_IN, NOTE, ShareRefused
from sessions.circle.circles import AT_ONCE, Circle
from sessions.circle.members import Member
from sessions.library import tags as shipped
from tests.rules.cast import House, for_facilitators, for_members, new_key, texts

MIXING, FOOD, PEOPLE = "drug:mixing", "set:food-and-water", "setting:people"


def test_a_note_is_saved_and_waits(house: House, circle: Circle, ben: Member) -> None:
    change = house.says(ben, "It was a long night.")
    assert for_members(change) == [] and for_facilitators(change) == [("replace", "waiting")]
    assert (house.waiting(circle.id), house.wall(circle.id)) == (1, [])
    (own,) = house.own(ben)
    assert (own.said.text, own.said.kind, own.waiting) == ("It was a long night.", NOTE, True)


def test_a_check_in_has_tags_in_the_vocabularys_own_order(house: House, ben: Member) -> None:
    house.says(ben, "", PEOPLE, MIXING, FOOD, kind=CHECK_IN)
    (own,) = house.own(ben)
    assert (own.said.text, own.said.tags, own.said.kind) == ("", (MIXING, FOOD, PEOPLE), CHECK_IN)


def test_every_tag_and_stance_may_be_sent_and_the_same_one_counts_once(house: House, ben: Member) -> None:
    every = list(shipped("en").by_id)
    house.says(ben, "", *every, kind=CHECK_IN)
    house.says(ben, "", *[MIXING] * 500, kind=CHECK_IN)
    assert len(every) == 40 + 19 + 3 and list(shipped("es").by_id) == every
    assert {one.said.tags for one in house.own(ben)} == {tuple(every), (MIXING,)}


def test_nobody_else_sees_it_as_theirs(house: House, ben: Member, cleo: Member, dov: Member) -> None:
    house.says(ben, "mine")
    house.says(dov, "elsewhere")
    assert house.own(cleo) == []
    assert (house.own_texts(ben), house.own_texts(dov)) == ({"mine"}, {"elsewhere"})


def test_the_database_keeps_neither_words_nor_tags_nor_key_nor_token(house: House, ben: Member) -> None:
    key = new_key()
    house.says(ben, "words of mine", MIXING, kind=CHECK_IN, key=key)
    kept = repr(house.everything())
    assert not [word for word in ("words of mine", MIXING, key, key.replace("-", ""), ben.token) if word in kept]


def test_a_share_names_neither_its_writer_nor_a_time(house: House, ben: Member) -> None:
    house.says(ben, "by nobody")
    tables = house.everything()
    assert ben.seat not in repr(tables["shares"]) + repr(tables["receipts"])
    assert not {"at", "time", "created", "seat", "author"} & {
        column.name for name in ("shares", "receipts", "seats") for column in Circle.metadata.tables[name].columns
    }


@pytest.mark.parametrize("text", ["مرحبا", "می‌خواهم", "👩‍👩‍👧‍👦", "<b>{{7*7}}</b>", "'; DROP TABLE shares; --", "a\nb"])
def test_it_comes_back_as_typed(house: House, ben: Member, text: str) -> None:
    house.says(ben, text)
    assert house.own_texts(ben) == {text}


def test_a_thousand_code_points_after_nfc_are_kept_whole(house: House, ben: Member) -> None:
    house.says(ben, "e\u0301" * 1000)
    house.says(ben, "🧡" * 1000)
    assert house.own_texts(ben) == {"é" * 1000, "🧡" * 1000}


@pytest.mark.parametrize(
    ("text", "tags", "reason", "over"),
    [
        ("", [], "empty", 0),
        (" \n\t", [], "empty", 0),
        ("\u200b\u200d\ufeff", [], "empty", 0),
        ("é" * 1001, [], "long", 1),
        ("🧡" * 1250, [MIXING], "long", 250),
        ("x" * 1_000_000, [], "long", 999_000),
        ("fine", ["drug:invented"], "tags", 0),
        ("fine", ["mixing"], "tags", 0),
        ("fine", [MIXING, ""], "tags", 0),
        ("fine", ["DRUG:MIXING"], "tags", 0),
        ("", ["\0", "\ud800"], "tags", 0),
    ],
)
def test_it_is_refused(
    house: House, circle: Circle, ben: Member, text: str, tags: list[str], reason: str, over: int
) -> None:
    before = house.everything()
    with pytest.raises(ShareRefused) as refused:
        house.says(ben, text, *tags, kind=CHECK_IN)
    assert (refused.value.reason, refused.value.over) == (reason, over)
    assert house.everything() == before
    assert house.says(ben, "the next good one")


@pytest.mark.parametrize(
    "key",
    [
        *("x", "1234", "0" * 32, "g" * 36, "k" * 10_000, "\0", "\ud800", "{00000000-0000-4000-8000-000000000000}"),
        *("00000000-0000-4000-8000-000000000000\n", "urn:uuid:00000000-0000-4000-8000-000000000000"),
    ],
)
def test_a_key_is_a_uuid(house: House, ben: Member, key: str) -> None:
    before = house.everything()
    with pytest.raises(ShareRefused) as refused:
        house.says(ben, "fine", key=key)
    assert refused.value.reason == "key"
    assert house.everything() == before


def test_a_closed_circle_takes_nothing(house: House, circle: Circle, ben: Member, dov: Member) -> None:
    house.do(circles.close, circle.id)
    with pytest.raises(ShareRefused) as refused:
        house.says(ben, "too late")
    assert refused.value.reason == "closed"
    assert house.says(dov, "elsewhere it goes on")


def test_where_shares_appear_at_once_they_do(house: House, ana: Person) -> None:
    circle = house.opens(ana.id, appear=AT_ONCE)
    ben, cleo = house.joins(circle), house.joins(circle)
    assert for_members(house.says(ben, "first")) == [("append", "first")]
    assert for_members(house.says(cleo, "second")) == [("append", "second")]
    assert texts(house.wall(circle.id)) == ["first", "second"]
    assert house.waiting(circle.id) == 0
