"""The plan of a circle: its parts, the one that is on, and for how long (`sessions.circle.plan`)."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from sessions.accounts import Person
from sessions.circle import circles, plan
from sessions.circle.changes import FOR_FACILITATORS, Change
from sessions.circle.circles import Circle
from sessions.library import plans
from sessions.permissions import FACILITATOR, MEMBER
from sessions.plan_sheet import Part, PlanRefused
from tests.rules.cast import House

A_MINUTE = 6
"""Ticks."""


def standing(house: House, circle: Circle) -> list[Part]:
    return plan.standing(house.vault, house.circle(circle.id))


def keys(house: House, circle: Circle) -> list[str]:
    return [part.key for part in standing(house, circle)]


def now(house: House, circle: Circle) -> str:
    """The part that is on, as a member is told."""
    seen = house.seen(circle.id, MEMBER)
    assert seen
    assert seen.now
    return seen.now.key


def minutes_pass(house: House, count: float) -> None:
    house.do(lambda db: [circles.tick(db) for _ in range(round(count * A_MINUTE))])


def goes_on(house: House, circle: Circle, after: str) -> Change:
    change: Change = house.do(plan.next_part, house.vault, circle.id, after)
    return change


def ops(change: Change) -> list[tuple[object, frozenset[str]]]:
    return [(op.what, op.roles) for op in change.ops]


@pytest.mark.parametrize("key", plans("en"))
def test_a_circle_begins_with_the_plan_that_was_chosen(house: House, ana: Person, key: str) -> None:
    circle, shipped = house.opens(ana.id, plan=key), plans("en")[key]
    assert [(part.key, part.minutes) for part in standing(house, circle)] == [
        (part.key, part.minutes) for part in shipped.parts
    ]
    assert circle.minutes == shipped.minutes == sum(part.minutes for part in shipped.parts)
    assert now(house, circle) == shipped.parts[0].key


def test_one_opened_before_there_were_plans_has_the_shipped_one_of_its_length(house: House, ana: Person) -> None:
    circle = house.opens(ana.id, plan="90")
    began = standing(house, circle)
    house.do(lambda db: db.execute(update(Circle).values(sealed_plan=None)))
    assert standing(house, circle) == began
    house.do(plan.move, house.vault, circle.id, "6", "up")
    assert keys(house, circle)[-2:] == ["close", "learn"]


def test_the_plan_is_sealed(house: House, circle: Circle) -> None:
    assert b"check-in" not in (house.circle(circle.id).sealed_plan or b"")


def test_next_goes_on_and_members_are_told_what_is_on_and_no_more(house: House, circle: Circle) -> None:
    change = goes_on(house, circle, "1")
    assert (change.version, now(house, circle)) == (2, "rules")
    told = dict(ops(change))
    assert told["now"] >= {MEMBER, FACILITATOR} and told["plan"] == FOR_FACILITATORS
    seen = house.seen(circle.id, MEMBER)
    assert seen and seen.led is None


def test_next_pressed_twice_goes_one_part_further(house: House, circle: Circle) -> None:
    goes_on(house, circle, "1")
    assert goes_on(house, circle, "1") == Change(circle.id, 2)
    assert now(house, circle) == "rules"


def test_after_the_last_part_nothing_comes(house: House, circle: Circle) -> None:
    for part in standing(house, circle):
        last = goes_on(house, circle, part.id)
    assert last.ops == () and now(house, circle) == "close"


def test_any_part_can_be_started_and_the_others_stay(house: House, circle: Circle) -> None:
    before = keys(house, circle)
    house.do(plan.start, house.vault, circle.id, "4")
    assert now(house, circle) == "open"
    house.do(plan.start, house.vault, circle.id, "3")
    assert (now(house, circle), keys(house, circle)) == ("check-in", before)


def test_starting_what_is_on_changes_nothing(house: House, circle: Circle) -> None:
    minutes_pass(house, 3)
    assert house.do(plan.start, house.vault, circle.id, "1") == Change(circle.id, 1)
    assert plan.minutes_so_far(house.circle(circle.id)) == 3


def test_a_moved_part_changes_its_place_and_what_is_on_stays_on(house: House, circle: Circle) -> None:
    house.do(plan.start, house.vault, circle.id, "5")
    change = house.do(plan.move, house.vault, circle.id, "5", "up")
    assert keys(house, circle) == ["arrive", "rules", "check-in", "learn", "open", "close"]
    assert now(house, circle) == "learn" and ops(change) == [("plan", FOR_FACILITATORS)]
    house.do(plan.move, house.vault, circle.id, "5", "up")
    house.do(plan.move, house.vault, circle.id, "3", "up")
    assert (now(house, circle), keys(house, circle)[2]) == ("learn", "check-in")
    goes_on(house, circle, "5")
    assert now(house, circle) == "open"


@pytest.mark.parametrize(("part", "direction"), [("1", "up"), ("6", "down")])
def test_at_the_ends_nothing_moves(house: House, circle: Circle, part: str, direction: str) -> None:
    before = house.everything()
    assert house.do(plan.move, house.vault, circle.id, part, direction) == Change(circle.id, 1)
    assert house.everything() == before


@pytest.mark.parametrize("minutes", ["1", " 25 ", "180"])
def test_a_part_may_be_planned_shorter_or_longer(house: House, circle: Circle, minutes: str) -> None:
    change = house.do(plan.set_minutes, house.vault, circle.id, "4", minutes)
    assert standing(house, circle)[3].minutes == int(minutes)
    assert ops(change) == [("plan", FOR_FACILITATORS)]
    assert house.do(plan.set_minutes, house.vault, circle.id, "4", minutes) == Change(circle.id, 2)


@pytest.mark.parametrize("minutes", ["", "0", "181", "-5", "5.5", "five", "٥", "1" * 400, "5\x00"])
def test_other_minutes_are_refused(house: House, circle: Circle, minutes: str) -> None:
    before = house.everything()
    with pytest.raises(PlanRefused) as refused:
        house.do(plan.set_minutes, house.vault, circle.id, "4", minutes)
    assert refused.value.reason == "minutes"
    assert house.everything() == before


Ask = Callable[[House, Circle, str], object]
ASKED: dict[str, Ask] = {
    "next": goes_on,
    "start": lambda house, circle, part: house.do(plan.start, house.vault, circle.id, part),
    "move": lambda house, circle, part: house.do(plan.move, house.vault, circle.id, part, "up"),
    "minutes": lambda house, circle, part: house.do(plan.set_minutes, house.vault, circle.id, part, "5"),
}


@pytest.mark.parametrize("asked", ASKED)
@pytest.mark.parametrize("part", ["", "0", "7", "arrive", "1 "])
def test_there_is_no_such_part(house: House, circle: Circle, asked: str, part: str) -> None:
    before = house.everything()
    with pytest.raises(PlanRefused) as refused:
        ASKED[asked](house, circle, part)
    assert refused.value.reason == "part"
    assert house.everything() == before


@pytest.mark.parametrize("asked", ASKED)
def test_once_closed_it_stands_still(house: House, circle: Circle, asked: str) -> None:
    house.do(circles.close, circle.id)
    before = house.everything()
    with pytest.raises(PlanRefused) as refused:
        ASKED[asked](house, circle, "1")
    assert refused.value.reason == "closed"
    assert house.everything() == before


@pytest.mark.parametrize("direction", ["", "UP", "sideways"])
def test_there_is_no_other_direction(house: House, circle: Circle, direction: str) -> None:
    with pytest.raises(PlanRefused):
        house.do(plan.move, house.vault, circle.id, "3", direction)


@pytest.mark.parametrize(
    ("passed", "told"), [(0, 0), (0.9, 0), (1, 1), (4, 4), (5, 5), (7, 5), (8, 10), (12, 10), (13, 15), (47, 45)]
)
def test_minutes_are_told_one_by_one_and_then_in_fives(house: House, circle: Circle, passed: float, told: int) -> None:
    minutes_pass(house, passed)
    seen = house.seen(circle.id, FACILITATOR)
    assert seen and seen.led and seen.led.so_far == told


def test_minutes_begin_anew_with_each_part_and_survive_a_stop(house: House, circle: Circle) -> None:
    minutes_pass(house, 9)
    goes_on(house, circle, "1")
    assert plan.minutes_so_far(house.circle(circle.id)) == 0
    minutes_pass(house, 115)  # longer than planned: the circle is nearly forgotten
    before = plan.minutes_so_far(house.circle(circle.id))
    house.do(circles.after_a_stop)
    assert plan.minutes_so_far(house.circle(circle.id)) == before == 115


def test_a_closed_circle_tells_nothing_of_its_plan(house: House, circle: Circle) -> None:
    house.do(circles.close, circle.id)
    for role in (MEMBER, FACILITATOR):
        seen = house.seen(circle.id, role)
        assert seen and (seen.now, seen.led) == (None, None)


def test_nor_does_a_covered_console(house: House, circle: Circle) -> None:
    house.do(circles.set_blank, circle.id, True)
    seen = house.seen(circle.id, FACILITATOR)
    assert seen and (seen.now, seen.led) == (None, None)
    assert goes_on(house, circle, "1").version == 3
    assert now(house, circle) == "rules"


def test_another_circles_plan_is_not_touched(house: House, circle: Circle, other_circle: Circle) -> None:
    goes_on(house, circle, "1")
    assert now(house, other_circle) == "arrive"
