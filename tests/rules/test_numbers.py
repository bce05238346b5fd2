"""Whom one can call from a building (`sessions.schedule.numbers` and `sessions.schedule.lines`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import pytest

from sessions import audit
from sessions.accounts import Person
from sessions.library import help_page
from sessions.permissions import ADMIN, HOUSING
from sessions.schedule import lines, numbers
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.lines import Line
from sessions.schedule.numbers import MOST_OWN, NumberWords
from tests.rules.cast import House
from tests.rules.planning import Calendar, calendar

EVENING = datetime(2026, 11, 4, 2, 0, tzinfo=UTC)
"""Of November 3, on a wall in Los Angeles."""
CRISIS = NumberWords("Mobile crisis team", "(415) 555-0100", "day and night", "English, Spanish", "Two nurses come.")


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def shown(hazel: Calendar, off_too: bool = False) -> dict[str, Line]:
    said = hazel.house.ask(numbers.of, hazel.building_id)
    return {line.key: line for line in lines.of(help_page("en"), said, off_too)}


def does(hazel: Calendar, rule: Any, *args: Any) -> Any:
    return hazel.house.do(rule, hazel.actor, hazel.building_id, *args)


def calls(hazel: Calendar, key: str, role: str = HOUSING, now: datetime = EVENING) -> None:
    assert does(hazel, numbers.check, key, role, now)


@contextmanager
def refused(hazel: Calendar) -> Iterator[None]:
    """It is not on the list, and nothing has changed."""
    before = hazel.house.everything()
    with pytest.raises(ScheduleRefused) as told:
        yield
    assert (told.value.field, told.value.reason) == ("line", "list")
    assert hazel.house.everything() == before


def test_before_anything_is_said_there_are_our_lines_with_their_marks(hazel: Calendar) -> None:
    assert [line.key for line in lines.of(help_page("en"))] == list(shown(hazel))
    assert {key for key, line in shown(hazel).items() if not line.unchecked} == {"911", "988", "poison-help"}


def test_a_line_that_was_called_loses_its_mark_and_says_when_and_by_whom(hazel: Calendar, esi: Person) -> None:
    calls(hazel, "samhsa")
    line = shown(hazel)["samhsa"]
    assert (line.unchecked, line.checked_on, line.checked_by) == (False, date(2026, 11, 3), "housing")
    assert shown(hazel)["safespot"].unchecked
    calls(hazel, "samhsa", ADMIN, datetime(2026, 11, 9, 20, tzinfo=UTC))
    assert (shown(hazel)["samhsa"].checked_on, shown(hazel)["samhsa"].checked_by) == (date(2026, 11, 9), "admin")
    assert [act.act for act in hazel.house.ask(audit.of, esi.id)].count("number-checked") == 2


def test_ninety_days_later_it_is_old(hazel: Calendar) -> None:
    calls(hazel, "988")
    line = shown(hazel)["988"]
    assert not line.is_old(date(2027, 2, 1)) and line.is_old(date(2027, 2, 2))
    assert not shown(hazel)["samhsa"].is_old(date(2030, 1, 1)), "one that was never called is not old but unchecked"


def test_a_call_that_was_none_is_taken_back(hazel: Calendar) -> None:
    calls(hazel, "samhsa")
    for key in ("samhsa", "samhsa", "safespot"):
        assert does(hazel, numbers.uncheck, key) and shown(hazel)[key].unchecked
    with refused(hazel):
        does(hazel, numbers.uncheck, "no-such-line")


def test_nobody_calls_911_to_try_it(hazel: Calendar) -> None:
    assert not shown(hazel)["911"].for_trying
    with refused(hazel):
        calls(hazel, "911")


def test_a_line_is_switched_off_and_on(hazel: Calendar) -> None:
    assert does(hazel, numbers.switch, "never-use-alone", False)
    assert "never-use-alone" not in shown(hazel) and not shown(hazel, off_too=True)["never-use-alone"].on
    assert does(hazel, numbers.switch, "never-use-alone", True) and "never-use-alone" in shown(hazel)


@pytest.mark.parametrize("key", ["911", "988", "poison-help", "no-such-line"])
def test_what_is_always_on_is_not_switched_off(hazel: Calendar, key: str) -> None:
    with refused(hazel):
        does(hazel, numbers.switch, key, False)


def test_a_number_of_its_own_stands_after_those_that_are_always_on(hazel: Calendar) -> None:
    made = does(hazel, numbers.add, CRISIS)
    assert list(shown(hazel))[:4] == ["911", "988", "poison-help", made.id]
    line = shown(hazel)[made.id]
    assert (line.name, line.number, line.tel) == ("Mobile crisis team", "(415) 555-0100", "4155550100")
    assert (line.hours, line.languages, line.note) == ("day and night", "English, Spanish", "Two nurses come.")
    assert line.own and line.unchecked
    calls(hazel, made.id)
    assert not shown(hazel)[made.id].unchecked
    with refused(hazel):
        does(hazel, numbers.switch, made.id, False)


@pytest.mark.parametrize(
    ("typed", "tel"), [("+52 55 1234 5678", "+525512345678"), ("211", "211"), ("415.555.0100", "4155550100")]
)
def test_what_a_phone_dials(hazel: Calendar, typed: str, tel: str) -> None:
    made = does(hazel, numbers.add, NumberWords("x", typed))
    assert shown(hazel)[made.id].tel == tel


def test_another_number_is_not_checked_yet_and_another_name_leaves_it_checked(hazel: Calendar) -> None:
    made = does(hazel, numbers.add, CRISIS)
    calls(hazel, made.id)
    does(hazel, numbers.change, made.id, NumberWords("Crisis team", "415 555 0100"))
    line = shown(hazel)[made.id]
    assert (line.name, line.hours, line.unchecked) == ("Crisis team", "", False)
    does(hazel, numbers.change, made.id, NumberWords("Crisis team", "415 555 0199"))
    assert shown(hazel)[made.id].unchecked


def test_a_number_is_taken_off(hazel: Calendar) -> None:
    made = does(hazel, numbers.add, CRISIS)
    assert does(hazel, numbers.take_off, made.id) and made.id not in shown(hazel)
    assert not does(hazel, numbers.take_off, made.id)


def test_another_buildings_number_is_not_there(house: House, esi: Person, hazel: Calendar) -> None:
    made, birch = does(hazel, numbers.add, CRISIS), calendar(house, esi.id)
    before = house.everything()
    assert does(birch, numbers.change, made.id, CRISIS) is None and not does(birch, numbers.take_off, made.id)
    with refused(birch):
        calls(birch, made.id)
    assert made.id not in shown(birch) and house.everything() == before


def test_the_row_of_one_of_our_lines_is_no_number_of_its_own(hazel: Calendar) -> None:
    calls(hazel, "samhsa")
    (row,) = hazel.house.ask(numbers.of, hazel.building_id)
    assert does(hazel, numbers.change, row.id, CRISIS) is None and not does(hazel, numbers.take_off, row.id)


def test_what_is_not_there_has_no_numbers(house: House, esi: Person) -> None:
    nowhere = "0" * 20
    assert house.do(numbers.add, esi.id, nowhere, CRISIS) is None
    assert house.do(numbers.check, esi.id, nowhere, "988", HOUSING, EVENING) is None
    assert house.do(numbers.uncheck, esi.id, nowhere, "988") is None
    assert house.do(numbers.switch, esi.id, nowhere, "samhsa", False) is None


@pytest.mark.parametrize(
    ("words", "field", "reason"),
    [
        (NumberWords("", "211"), "name", "empty"),
        (NumberWords("x" * 81, "211"), "name", "long"),
        (NumberWords("x", ""), "number", "empty"),
        (NumberWords("x", "1" * 41), "number", "long"),
        (NumberWords("x", "call me"), "number", "none"),
        (NumberWords("x", "1-800-HELP"), "number", "none"),
        (NumberWords("x", "12"), "number", "none"),
        (NumberWords("x", "1" * 16), "number", "none"),
        (NumberWords("x", "٢١١"), "number", "none"),
        (NumberWords("x", "211", hours="x" * 121), "hours", "long"),
        (NumberWords("x", "211", languages="x" * 121), "languages", "long"),
        (NumberWords("x", "211", note="x" * 281), "note", "long"),
    ],
)
def test_a_number_is_refused_beside_its_field(hazel: Calendar, words: NumberWords, field: str, reason: str) -> None:
    with pytest.raises(ScheduleRefused) as told:
        does(hazel, numbers.add, words)
    assert (told.value.field, told.value.reason) == (field, reason)


def test_there_is_an_end_to_the_numbers_of_a_building(hazel: Calendar) -> None:
    for number in range(MOST_OWN):
        does(hazel, numbers.add, NumberWords(f"Line {number}", "211"))
    calls(hazel, "samhsa")
    with pytest.raises(ScheduleRefused) as told:
        does(hazel, numbers.add, CRISIS)
    assert (told.value.field, told.value.reason) == ("name", "many")
