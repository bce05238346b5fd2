"""What a leader tells after a circle (`sessions.schedule.held`), and the supplies they hand out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest

from sessions.accounts import Person
from sessions.circle import circles, doors, hands, suggestions
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from sessions.models import Base
from sessions.schedule import held, supplies
from sessions.schedule.held import LONGEST_LINE, HeldRefused, Told, Typed
from sessions.schedule.supplies import SuppliesRefused
from tests.rules.cast import House, new_key

TUESDAY, WEDNESDAY = date(2026, 9, 1), date(2026, 9, 2)


def tells(house: House, person: Person, day: date = TUESDAY, **typed: Any) -> None:
    house.do(held.tell, person.id, Typed(**{"key": new_key(), "heads": "7"} | typed), day)


def told(house: House, person: Person) -> list[Told]:
    rows: list[Told] = house.ask(held.told_by, person.id)
    return rows


def test_it_is_kept_by_its_day(house: House, ana: Person, fay: Person) -> None:
    given = [("Naloxone kits", "4"), ("Clean water", ""), ("Socks", "0")]
    tells(house, ana, minutes=" 55 ", cards=["drug-set-setting"], supplies=given, line=" Start\nsooner. ")
    (one,) = told(house, ana)
    assert (one.day, one.minutes, one.heads) == (TUESDAY, 55, 7)
    assert (one.cards, one.supplies, one.line) == (("drug-set-setting",), (("Naloxone kits", 4),), "Start sooner.")
    assert told(house, fay) == []


def test_heads_alone_are_enough_and_nobody_may_have_come(house: House, ana: Person) -> None:
    tells(house, ana, heads="0")
    (one,) = told(house, ana)
    assert (one.heads, one.minutes, one.cards, one.supplies, one.line) == (0, 0, (), (), "")


def test_without_a_day_it_is_today(house: House, ana: Person) -> None:
    house.do(held.tell, ana.id, Typed(new_key(), "7"))
    assert told(house, ana)[0].day == date.today()


def test_numbers_in_any_script_are_numbers(house: House, ana: Person) -> None:
    tells(house, ana, heads="١٢", minutes="６０")  # twelve, sixty
    assert (told(house, ana)[0].heads, told(house, ana)[0].minutes) == (12, 60)


def test_five_times_under_one_key_is_one_and_says_what_was_said_last(house: House, ana: Person, fay: Person) -> None:
    key = new_key()
    for _ in range(4):
        tells(house, ana, key=key)
    tells(house, ana, WEDNESDAY, key=key.upper(), heads="8")
    assert [(one.heads, one.day) for one in told(house, ana)] == [(8, TUESDAY)]
    tells(house, fay, key=key)  # somebody else's key is somebody else's
    assert len(told(house, ana)) == len(told(house, fay)) == 1


def test_five_times_at_once_is_one(house: House, ana: Person) -> None:
    key = new_key()
    with ThreadPoolExecutor(5) as together:
        list(together.map(lambda _: tells(house, ana, key=key), range(5)))
    assert len(told(house, ana)) == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        *(({"heads": heads}, "heads") for heads in ("", "-1", "1e3", "seven", str(10**9), "7.5", "²", "1000", "7 8")),
        *(({"minutes": minutes}, "minutes") for minutes in ("-5", "0", "601", "an hour", "1e2", str(10**9))),
        ({"cards": ["drug-set-setting", "no such card"]}, "cards"),
        *(({"supplies": [("Socks", number)]}, "supplies") for number in ("-1", "1e3", "seven", str(10**9))),
        ({"supplies": [("\u200b", "3")]}, "supplies"),
        ({"line": "x" * (LONGEST_LINE + 2)}, "line"),
        ({"key": ""}, "key"),
        ({"key": "first"}, "key"),
    ],
)
def test_what_is_no_number_or_no_card_is_refused(house: House, ana: Person, typed: dict[str, Any], field: str) -> None:
    tells(house, ana)
    before = house.everything()
    with pytest.raises(HeldRefused) as refused:
        tells(house, ana, **typed)
    assert refused.value.field == field
    assert refused.value.over == (2 if field == "line" else 0)
    assert house.everything() == before


def test_a_circle_and_what_is_told_of_it_have_nothing_in_common(
    house: House, ana: Person, circle: Circle, ben: Member
) -> None:
    """Neither a column that leads to a circle, nor a value that stands in one of a circle's rows."""
    house.says(ben, "words", "set:sleep")
    house.do(hands.raise_hand, house.vault, ben, "en", "a line", new_key())
    house.do(suggestions.suggest, house.vault, ben, "a rule", new_key())
    key = new_key()
    tells(house, ana, key=key, minutes="55", line="Start sooner.")
    everything = house.everything()
    of_circles = {name for name, table in Base.metadata.tables.items() if "circle_id" in table.columns} | {"circles"}
    theirs = {str(value) for name in of_circles for row in everything[name] for value in row}
    ((held_id, account_id, *values),) = everything["held"]
    assert held_id not in theirs and account_id == ana.id and key not in str(everything)
    assert not {str(value) for value in values if str(value) not in ("", "[]", "7", "None")} & theirs
    leads_to = {foreign.column.table.name for foreign in Base.metadata.tables["held"].foreign_keys}
    assert leads_to == {"accounts", "buildings", "series"}


def test_the_lines_of_the_last_day_are_for_whoever_leads_next(house: House, ana: Person, fay: Person) -> None:
    tells(house, ana, line="an old one")
    tells(house, ana, WEDNESDAY, line="Start sooner.")
    tells(house, ana, WEDNESDAY, line="More chairs.")
    tells(house, ana, date(2026, 9, 3))
    assert sorted(house.ask(held.last_lines, ana.id)) == ["More chairs.", "Start sooner."]
    assert house.ask(held.last_lines, fay.id) == []
    assert [one.day.day for one in told(house, ana)] == [3, 2, 2, 1]


def test_ones_own_is_deleted_and_nobody_elses(house: House, ana: Person, fay: Person) -> None:
    tells(house, ana)
    tells(house, fay)
    hers = told(house, fay)[0].id
    assert not house.do(held.forget, ana.id, hers) and not house.do(held.forget, ana.id, "0" * 20)
    assert house.do(held.forget, ana.id, told(house, ana)[0].id)
    assert told(house, ana) == [] and len(told(house, fay)) == 1


def test_the_list_of_supplies_is_ones_own(house: House, ana: Person, fay: Person) -> None:
    house.do(supplies.set_supplies, ana.id, " Naloxone  kits \r\n\n\u200b\nSocks\nNaloxone kits")
    assert house.ask(supplies.supplies_of, ana.id) == ["Naloxone kits", "Socks"]
    assert house.ask(supplies.supplies_of, fay.id) == []
    house.do(supplies.set_supplies, ana.id, "")
    assert house.ask(supplies.supplies_of, ana.id) == []


@pytest.mark.parametrize(
    ("typed", "reason", "over"),
    [("\n".join(map(str, range(31))), "many", 0), ("Socks\n" + "x" * 63, "long", 3)],
)
def test_a_list_too_long_is_refused(house: House, ana: Person, typed: str, reason: str, over: int) -> None:
    before = house.everything()
    with pytest.raises(SuppliesRefused) as refused:
        house.do(supplies.set_supplies, ana.id, typed)
    assert (refused.value.reason, refused.value.over) == (reason, over)
    assert house.everything() == before


@pytest.mark.parametrize(("ticks", "minutes"), [(0, 0), (14, 0), (16, 5), (60 * 6, 60), (57 * 6, 55), (150 * 6, 150)])
def test_how_long_a_circle_was_is_about_so(house: House, circle: Circle, ticks: int, minutes: int) -> None:
    house.do(lambda db: setattr(db.get(Circle, circle.id), "ticks", ticks))
    assert circles.about_minutes(house.circle(circle.id)) == minutes


def test_opening_with_kept_rules_when_there_are_none_is_opening_with_the_twelve(house: House, ana: Person) -> None:
    opened = house.do(doors.open_now, house.vault, b"key", ana.id, "Tuesday", "60", kept_rules=True)
    seen = house.seen(opened.id, "facilitator")
    assert seen and len(seen.rules) == 12
