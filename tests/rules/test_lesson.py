"""What is taught in a circle: a card, line by line, or the ways side by side (`sessions.circle.lesson`)."""

from collections.abc import Callable

import pytest

from sessions.accounts import Person
from sessions.circle import circles, doors, erase, lesson, on_screen, plan
from sessions.circle.changes import Change, ShareRefused
from sessions.circle.circles import Circle
from sessions.circle.lesson import WAYS, Lesson
from sessions.circle.on_screen import CARD, CHOICES, WORDS
from sessions.library import LANGUAGES, cards
from sessions.permissions import FACILITATOR, MEMBER
from sessions.schedule import cards_off
from tests.rules.cast import DOOR_KEY, House, for_facilitators, for_members
from tests.rules.planning import calendar

ANCHOR, FEW = "drug-set-setting", "signs"
LEARN, OPEN = "5", "4"
"""Parts of the plan."""


def shows(house: House, circle: Circle, card: str = ANCHOR) -> Change:
    change: Change = house.do(lesson.show, house.vault, circle.id, card)
    return change


def goes_on(house: House, circle: Circle, after: int, card: str = ANCHOR) -> Change:
    change: Change = house.do(lesson.next_line, house.vault, circle.id, card, str(after))
    return change


def goes_back(house: House, circle: Circle, after: int, card: str = ANCHOR) -> Change:
    change: Change = house.do(lesson.line_before, house.vault, circle.id, card, str(after))
    return change


def takes_down(house: House, circle: Circle, card: str = ANCHOR) -> Change:
    change: Change = house.do(lesson.take_down, house.vault, circle.id, card)
    return change


def begins(house: House, circle: Circle, part: str) -> Change:
    change: Change = house.do(plan.start, house.vault, circle.id, part)
    return change


def now(house: House, circle: Circle, role: str = FACILITATOR) -> Lesson | None:
    """What is taught, as this role may see it."""
    seen = house.seen(circle.id, role)
    assert seen
    return seen.lesson


def on_the_screen(house: House, circle: Circle, shown: str = CARD) -> Lesson | None:
    seen = house.ask(on_screen.take, house.vault, circle.id, shown)
    assert seen
    lesson_on: Lesson | None = seen.lesson
    return lesson_on


def test_a_card_comes_with_its_first_line_and_goes_on_line_by_line(house: House, circle: Circle) -> None:
    assert now(house, circle) is None
    shows(house, circle)
    assert now(house, circle) == Lesson(ANCHOR, 1, 5)
    for out in (1, 2, 3, 4):
        goes_on(house, circle, out)
    assert now(house, circle) == Lesson(ANCHOR, 5, 5)
    goes_back(house, circle, 5)
    assert now(house, circle) == Lesson(ANCHOR, 4, 5)
    takes_down(house, circle)
    assert now(house, circle) is None and house.circle(circle.id).sealed_card is None


@pytest.mark.parametrize("card", cards("en"))
def test_every_card_can_be_shown_to_its_end(house: House, circle: Circle, card: str) -> None:
    shows(house, circle, card)
    last = max(len(cards(language)[card].lines) for language in LANGUAGES)
    for out in range(1, last + 1):
        goes_on(house, circle, out, card)
    assert now(house, circle) == Lesson(card, last, last)


def test_pressed_twice_it_goes_one_line_and_not_two(house: House, circle: Circle) -> None:
    shows(house, circle)
    goes_on(house, circle, 1)
    assert goes_on(house, circle, 1) == Change(circle.id, 3) and now(house, circle) == Lesson(ANCHOR, 2, 5)
    assert shows(house, circle) == Change(circle.id, 3), "shown again, it keeps its lines"
    goes_back(house, circle, 2)
    assert goes_back(house, circle, 2) == Change(circle.id, 4) and now(house, circle) == Lesson(ANCHOR, 1, 5)
    takes_down(house, circle)
    assert takes_down(house, circle) == Change(circle.id, 5)


def test_it_ends_at_its_first_line_and_its_last(house: House, circle: Circle) -> None:
    shows(house, circle, FEW)
    assert goes_back(house, circle, 1, FEW).ops == ()
    for out in (1, 2, 3):
        last = goes_on(house, circle, out, FEW)
    assert last.ops == () and now(house, circle) == Lesson(FEW, 3, 3)


def test_a_colleague_who_showed_another_card_is_not_undone(house: House, circle: Circle) -> None:
    shows(house, circle)
    shows(house, circle, FEW)
    for act in (goes_on, goes_back):
        assert act(house, circle, 1).ops == ()
    assert takes_down(house, circle).ops == ()
    assert now(house, circle) == Lesson(FEW, 1, 3)


@pytest.mark.parametrize("after", ["", "one", "01", " 1", "-1", "9" * 400, "1\x00"])
def test_a_line_that_makes_no_sense_changes_nothing(house: House, circle: Circle, after: str) -> None:
    shows(house, circle)
    before = house.everything()
    for rule in (lesson.next_line, lesson.line_before):
        assert house.do(rule, house.vault, circle.id, ANCHOR, after).ops == ()
    assert house.everything() == before


def test_the_ways_are_shown_all_at_once_and_have_no_lines_to_go_by(house: House, circle: Circle) -> None:
    shows(house, circle, WAYS)
    assert now(house, circle) == Lesson(WAYS, 0, 0)
    for act in (goes_on, goes_back):
        assert act(house, circle, 0, WAYS).ops == ()
    takes_down(house, circle, WAYS)
    assert now(house, circle) is None


def test_phones_have_it_in_a_part_about_learning_alone(house: House, circle: Circle) -> None:
    begins(house, circle, OPEN)
    shown = shows(house, circle)
    assert (for_members(shown), for_facilitators(shown)) == ([], [("replace", "card")])
    assert now(house, circle, MEMBER) is None
    begun = begins(house, circle, LEARN)
    assert ("replace", "now") in for_members(begun) and ("replace", "card") in for_facilitators(begun)
    assert now(house, circle, MEMBER) == Lesson(ANCHOR, 1, 5)
    assert for_members(goes_on(house, circle, 1)) == [("replace", "card")]
    begins(house, circle, OPEN)
    assert now(house, circle, MEMBER) is None and now(house, circle) == Lesson(ANCHOR, 2, 5), (
        "it stays until taken down"
    )


def test_the_screen_has_it_when_it_was_turned_to_it(house: House, circle: Circle) -> None:
    change = shows(house, circle)
    assert on_the_screen(house, circle) == Lesson(ANCHOR, 1, 5)
    assert [on_the_screen(house, circle, shown) for shown in CHOICES if shown != CARD] == [None] * 4
    (op,) = change.ops
    assert on_screen.redraws(op, CARD) and not on_screen.redraws(op, WORDS)


def test_covered_or_closed_nobody_is_shown_it_and_it_comes_back(house: House, circle: Circle) -> None:
    begins(house, circle, LEARN)
    shows(house, circle)
    house.do(circles.set_blank, circle.id, True)
    assert now(house, circle) is None and on_the_screen(house, circle) is None
    assert for_facilitators(goes_on(house, circle, 1)) == []
    house.do(circles.set_blank, circle.id, False)
    assert now(house, circle) == Lesson(ANCHOR, 2, 5)
    closed = house.do(circles.close, circle.id)
    assert ("replace", "card") in for_facilitators(closed) and ("replace", "now") in for_members(closed)
    assert [now(house, circle), now(house, circle, MEMBER), on_the_screen(house, circle)] == [None] * 3
    house.do(circles.reopen, circle.id)
    assert now(house, circle, MEMBER) == Lesson(ANCHOR, 2, 5)


def test_it_is_sealed_and_after_the_erase_nothing_is_left(house: House, circle: Circle) -> None:
    shows(house, circle)
    assert ANCHOR.encode() not in (house.circle(circle.id).sealed_card or b"")
    house.do(circles.close, circle.id)
    assert erase.erase(house.database, house.vault, circle.id)
    assert house.ask(lambda db: db.get(Circle, circle.id)) is None


def test_another_circle_is_not_touched(house: House, circle: Circle, other_circle: Circle) -> None:
    shows(house, circle)
    assert now(house, other_circle) is None and house.version(other_circle.id) == 1


@pytest.mark.parametrize("card", ["", "no-such-card", "DRUG-SET-SETTING", "ways ", "x" * 400, "\x00"])
def test_there_is_no_such_card(house: House, circle: Circle, card: str) -> None:
    shows(house, circle)
    before = house.everything()
    with pytest.raises(ShareRefused, match="card"):
        shows(house, circle, card)
    assert house.everything() == before


Act = Callable[[House, Circle], object]
ACTS: dict[str, Act] = {
    "show": lambda house, circle: shows(house, circle, FEW),
    "next": lambda house, circle: goes_on(house, circle, 1),
    "before": lambda house, circle: goes_back(house, circle, 1),
    "take down": lambda house, circle: takes_down(house, circle),
}


@pytest.mark.parametrize("act", ACTS)
def test_once_closed_it_stands_still(house: House, circle: Circle, act: str) -> None:
    shows(house, circle)
    house.do(circles.close, circle.id)
    before = house.everything()
    with pytest.raises(ShareRefused, match="closed"):
        ACTS[act](house, circle)
    assert house.everything() == before


def test_a_card_switched_off_where_the_circle_meets_shows_nothing_and_breaks_nothing(
    house: House, ana: Person, esi: Person
) -> None:
    place = calendar(house, esi.id).building_id
    opened = {"account_id": ana.id, "title": "In Hazel", "plan_key": "60", "appear": "handfuls", "building_id": place}
    circle: Circle = house.do(doors.open_now, house.vault, DOOR_KEY, **opened)
    shows(house, circle)
    house.do(cards_off.switch, esi.id, place, ANCHOR, False)
    assert now(house, circle) is None and on_the_screen(house, circle) is None
    assert goes_on(house, circle, 1).ops == ()
    with pytest.raises(ShareRefused, match="card"):
        shows(house, circle)
    shows(house, circle, FEW)
    assert now(house, circle) == Lesson(FEW, 1, 3)
    shows(house, circle, WAYS)
    takes_down(house, circle, WAYS)
    house.do(cards_off.switch, esi.id, place, ANCHOR, True)
    assert now(house, circle) is None
