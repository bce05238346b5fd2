"""Places that help as a file, and back (`sessions.schedule.places_file`, `sessions.schedule.places_brought`)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.accounts import Person
from sessions.schedule import places, places_brought, places_file
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.places import KINDS, LONGEST, MOST_PLACES, Place, PlaceWords
from sessions.schedule.places_brought import ADD, REPLACE, Brought
from sessions.schedule.places_file import COLUMNS, LONGEST_FILE, MOST_TOLD, PlacesRefused, Row, Wrong
from tests.rules.cast import House
from tests.rules.planning import Calendar, calendar

NOON = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
HEAD = ",".join(COLUMNS)
SMALL = "kind,name,phone\nfood,Kitchen,415-555-0101\nlegal,Bar,\n"

texts = st.text(max_size=60) | st.sampled_from(
    ["=1+1", "+1 Market", "-x", "@me", "\tx", "'=1", "''+", "'til late", "9-5", "'9-5", '"', 'a"b', "a,b;c", "a\nb"]
)
phones = st.sampled_from(["", "+1 415 555 0100", "415-555-0100", "(415) 555 0100", "-211", "0800 1111"])


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def read(text: str) -> list[Row]:
    return places_file.read(text, TODAY)


def wrong(text: str) -> list[tuple[int, str, str]]:
    """What is wrong in a file, as row, column and reason."""
    with pytest.raises(PlacesRefused) as why:
        read(text)
    return [(one.row, one.column, one.reason) for one in why.value.wrong]


def undecoded(file: bytes) -> tuple[int, str]:
    with pytest.raises(PlacesRefused) as why:
        places_file.decoded(file)
    (one,) = why.value.wrong
    return one.row, one.reason


def held(hazel: Calendar) -> dict[str, Place]:
    return {place.name: place for place in hazel.house.ask(places.of, hazel.building_id)}


def adds(hazel: Calendar, *typed: PlaceWords) -> None:
    for words in typed:
        hazel.house.do(places.add, hazel.actor, hazel.building_id, words)


def would(hazel: Calendar, text: str, how: str = ADD) -> Brought:
    brought: Brought = hazel.house.ask(places_brought.would, hazel.building_id, read(text), how)
    return brought


def brings_in(hazel: Calendar, text: str, how: str = ADD) -> Brought:
    """What it would do; and then it is done."""
    brought = would(hazel, text, how)
    args = hazel.actor, hazel.building_id, text, brought.told, NOON
    assert hazel.house.do(places_brought.bring_in, *args) is True
    return brought


@settings(deadline=None)
@given(
    st.sampled_from(KINDS), st.fixed_dictionaries(dict.fromkeys(LONGEST, texts)), phones,
    st.sampled_from(["yes", "no", ""]), st.none() | st.dates(date(2000, 1, 1), TODAY).map(str),
    st.sampled_from([",", ";", "\t"]), st.booleans(),
)  # fmt: skip
def test_what_the_form_takes_comes_back_from_the_file_as_it_was(
    kind: str, typed: dict[str, str], phone: str, walk_in: str, day: str | None, separator: str, with_mark: bool
) -> None:
    try:
        words = places.read(PlaceWords(kind, **typed, phone=phone, walk_in=walk_in))
    except ScheduleRefused:
        return
    place = Place(**words, checked_on=day)
    file = places_file.written([place])
    assert file.startswith("\ufeff")
    text = places_file.decoded(file.encode() if with_mark else file.removeprefix("\ufeff").encode())
    (row,) = read(text)
    assert row.cells == places_file.cells_of(place)
    for line in text.removeprefix("\ufeff").splitlines()[1:]:
        assert not any(cell.startswith(tuple('"' + sign for sign in "=+-@\t＝＋－＠")) for cell in line.split(","))
    assert read(text.replace("\r\n", "\n")) == read(text.replace("\r\n", "\r")) == [row]
    if not any(sign in text.replace('","', "") for sign in ",;\t"):
        assert read(text.replace('","', f'"{separator}"')) == [row]


def test_what_a_spreadsheet_would_reckon_with_stands_behind_an_apostrophe() -> None:
    words = PlaceWords("food", "+1 Market", hours="9-5", phone="+1 415 555 0100", address="12 Sixth Street", note="=A1")
    file = places_file.written([Place(**places.read(words), checked_on="2026-11-03")])
    told = '"food","\'+1 Market","\'9-5","\'+1 415 555 0100","12 Sixth Street","","","\'=A1","\'2026-11-03"\r\n'
    assert file == "\ufeff" + ",".join(f'"{column}"' for column in COLUMNS) + "\r\n" + told


def test_a_cell_that_somebody_typed_without_the_apostrophe_is_taken_as_it_is() -> None:
    (row,) = read("kind,name,phone,hours\nfood,+1 Market,+1 415 555 0100,'til late\n")
    assert [*row.cells.values()] == ["food", "+1 Market", "+1 415 555 0100", "'til late"]


def test_columns_stand_in_any_order_kinds_in_any_case_and_most_may_be_missing() -> None:
    (row,) = read('\n"Name";KIND;Walk_In;;\n"Two\nlines";Drug Checking;YES;;\n;;;;\n')
    assert row == Row(3, {"name": "Two lines", "kind": "drug-checking", "walk_in": "yes"})


def test_a_row_may_end_before_its_last_empty_cells_as_some_spreadsheets_write_it() -> None:
    assert read(f"{HEAD}\nfood,Kitchen\n")[0].cells == dict.fromkeys(COLUMNS, "") | {"kind": "food", "name": "Kitchen"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", [(0, "", "empty")]),
        ("\ufeff \n\n", [(0, "", "empty")]),
        (HEAD, [(0, "", "empty")]),
        ("x" * (LONGEST_FILE + 1), [(0, "", "long")]),
        ("ñ" * (LONGEST_FILE // 2 + 1), [(0, "", "long")]),
        ("food,Kitchen\n", [(1, "", "unknown"), (1, "", "unknown"), (1, "kind", "lacks"), (1, "name", "lacks")]),
        ("kind,name,name\n", [(1, "name", "again")]),
        ("kind,phone\nfood,211\n", [(1, "name", "lacks")]),
        ("kind,name,stars\nfood,Kitchen,5\n", [(1, "", "unknown")]),
        ('kind,name\nfood,"Kitchen\nlegal,Bar\n', [(2, "", "quotes")]),
        ('kind,name\nfood,"Kit"chen\n', [(2, "", "quotes")]),
        ("kind,name\nfood,Kitchen,415-555-0101\n", [(2, "", "cells")]),
        ("kind,name\n,Kitchen\nbar,Corner\nfood,\n", [(2, "kind", "list"), (3, "kind", "list"), (4, "name", "empty")]),
        ("kind,name\nfood,Kitchen\nfood,KITCHEN\n", [(3, "name", "twice")]),
        ("kind,name,walk_in\nfood,Kitchen,sometimes\n", [(2, "walk_in", "list")]),
        ("kind,name,phone\nfood,Kitchen,call me\n", [(2, "phone", "none")]),
        ("kind,name,note\nfood,Kitchen," + "x" * 281, [(2, "note", "long")]),
        ("kind,name,checked_on\nfood,Kitchen,11/3/2026\n", [(2, "checked_on", "none")]),
        ("kind,name,checked_on\nfood,Kitchen,2026-02-30\n", [(2, "checked_on", "none")]),
        ("kind,name,checked_on\nfood,Kitchen,2026-11-25\n", [(2, "checked_on", "ahead")]),
        ("kind,name,phone\nbar,,x\n", [(2, "kind", "list"), (2, "name", "empty"), (2, "phone", "none")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_row_and_column(text: str, found: list[tuple[int, str, str]]) -> None:
    assert wrong(text) == found


def test_the_first_ten_are_told_from_the_top() -> None:
    told = wrong("kind,name\n" + "bar,\n" * 30)
    assert len(told) == MOST_TOLD and told[-1] == (6, "name", "empty")


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("kind,name\nfood,Caf\xe9".encode("latin-1"), (2, "letters")),
        ("kind,name\nfood,Kitchen".encode("utf-16"), (0, "two-bytes")),
        ("kind,name\nfood,Kitchen".encode("utf-16-be"), (0, "two-bytes")),
        (b"PK\x03\x04 and so on", (0, "workbook")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (0, "workbook")),
    ],
)
def test_a_file_that_is_no_text_of_ours_is_told_so(file: bytes, found: tuple[int, str]) -> None:
    assert undecoded(file) == found


def test_a_file_adds_what_is_new_and_changes_what_is_there(hazel: Calendar) -> None:
    adds(hazel, PlaceWords("food", "kitchen", note="Warm."), PlaceWords("legal", "Bar"), PlaceWords("sleep", "Beds"))
    before, ids = held(hazel), {name.casefold(): place.id for name, place in held(hazel).items()}
    text = "kind,name,phone\nfood,Kitchen,415-555-0101\nlegal,Bar,\nclinic,Nurse,\n"
    assert brings_in(hazel, text) == Brought(ADD, ("Nurse",), ("Kitchen",), (), 2)
    after = held(hazel)
    assert [*after] == ["Nurse", "Kitchen", "Beds", "Bar"]
    assert after["Kitchen"].id == ids["kitchen"] and after["Beds"].id == before["Beds"].id
    assert (after["Kitchen"].phone, after["Kitchen"].note) == ("415-555-0101", "Warm."), "what it says nothing of stays"


def test_or_it_is_all_there_is(hazel: Calendar) -> None:
    adds(hazel, PlaceWords("food", "Kitchen"), PlaceWords("sleep", "Beds"))
    assert brings_in(hazel, SMALL, REPLACE) == Brought(REPLACE, ("Bar",), ("Kitchen",), ("Beds",), 0)
    assert [*held(hazel)] == ["Kitchen", "Bar"]


def test_its_own_file_changes_nothing_and_makes_an_empty_building_the_same(
    house: House, esi: Person, hazel: Calendar
) -> None:
    adds(hazel, PlaceWords("food", "+1 Kitchen", "9-5", "+1 415 555 0101", walk_in="no"), PlaceWords("other", "'=x"))
    house.do(places.check, hazel.actor, hazel.building_id, held(hazel)["'=x"].id, NOON)
    text = places_file.written(held(hazel).values())
    for how in (ADD, REPLACE):
        assert not would(hazel, text, how) and would(hazel, text, how).same == 2
    birch = calendar(house, esi.id)
    brings_in(birch, text)
    assert places_file.written(held(birch).values()) == text


def test_an_old_day_does_not_vouch_for_new_words(hazel: Calendar) -> None:
    adds(hazel, PlaceWords("food", "Kitchen", phone="415-555-0101"))
    hazel.house.do(places.check, hazel.actor, hazel.building_id, held(hazel)["Kitchen"].id, NOON)
    for text, day in (
        ("kind,name,phone\nfood,Kitchen,415-555-0102\n", None),
        ("kind,name,phone,checked_on\nfood,Kitchen,415-555-0103,2026-11-20\n", "2026-11-20"),
        ("kind,name,phone,checked_on\nfood,Kitchen,415-555-0104,2026-11-20\n", None),
    ):
        brings_in(hazel, text)
        assert held(hazel)["Kitchen"].checked_on == day


def test_what_by_now_does_something_else_is_not_done(hazel: Calendar) -> None:
    adds(hazel, PlaceWords("food", "Kitchen"))
    told = would(hazel, SMALL, REPLACE).told
    adds(hazel, PlaceWords("sleep", "Beds"))
    before = hazel.house.everything()
    for said in (told, "", "replace", "burn-1-1-1"):
        assert hazel.house.do(places_brought.bring_in, hazel.actor, hazel.building_id, SMALL, said, NOON) is False
    assert hazel.house.everything() == before


def test_a_file_that_is_wrong_changes_nothing(hazel: Calendar) -> None:
    adds(hazel, PlaceWords("food", "Kitchen"))
    before = hazel.house.everything()
    with pytest.raises(PlacesRefused):
        text = f"{SMALL}bar,Corner,\n"
        hazel.house.do(places_brought.bring_in, hazel.actor, hazel.building_id, text, "add-1-1-0", NOON)
    assert hazel.house.everything() == before
    assert hazel.house.do(places_brought.bring_in, hazel.actor, "0" * 20, SMALL, "add-1-1-0", NOON) is None


def test_a_building_holds_no_more_by_a_file_than_by_hand(hazel: Calendar) -> None:
    def fill(db: Any) -> None:
        db.add_all(Place(building_id=hazel.building_id, kind="food", name=f"K{n}") for n in range(MOST_PLACES))

    hazel.house.do(fill)
    with pytest.raises(PlacesRefused) as why:
        would(hazel, SMALL)
    assert why.value.wrong == [Wrong(0, "", "many")]
    assert len(would(hazel, SMALL, REPLACE).taken_off) == MOST_PLACES


def test_all_that_a_building_can_hold_fits_in_its_file(hazel: Calendar) -> None:
    number = 0
    with pytest.raises(ScheduleRefused):
        for number in range(MOST_PLACES):
            adds(
                hazel,
                PlaceWords("domestic-violence", f'"{number}', '"' * 200, "-211", '"' * 99, '"' * 99, "yes", '"' * 99),
            )
    for place in held(hazel).values():
        hazel.house.do(places.check, hazel.actor, hazel.building_id, place.id, NOON)
    text = places_file.written(held(hazel).values())
    assert 40 * 1024 < len(text.encode()) <= LONGEST_FILE and len(read(text)) == number
