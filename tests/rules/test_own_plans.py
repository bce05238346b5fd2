"""Plans of a facilitator's own (`sessions.own_plans`), and circles that are opened with them."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import update

from sessions import own_plans, plan_sheet, roster
from sessions.accounts import Person, add
from sessions.circle import circles, on_screen, plan
from sessions.circle.circles import Circle, CircleRefused
from sessions.library import LANGUAGES, parts, plans
from sessions.own_plans import OwnPlan
from sessions.permissions import ADMIN, FACILITATOR, MEMBER
from sessions.plan_sheet import Part, PlanRefused, planned_length, reworded, said
from tests.rules.cast import House

NEW = ("Film night", "We watch together. Leave when you like.", "Lights down.\n\n  Who needs a seat?  ")


@pytest.fixture
def saved(house: House, ana: Person) -> OwnPlan:
    """Ana's copy of the shipped plan of an hour."""
    return copies(house, ana, "60")


def copies(house: House, who: Person, key: str, title: str = "Tuesdays") -> OwnPlan:
    made: OwnPlan = house.do(own_plans.copy, who.id, key, title)
    return made


def now(house: House, one: OwnPlan) -> OwnPlan:
    found: OwnPlan | None = house.ask(own_plans.find, one.account_id, one.id)
    assert found
    return found


def keys(house: House, one: OwnPlan) -> list[str]:
    return [part.key for part in now(house, one).parts]


def rewords(house: House, one: OwnPlan, part: str = "4", minutes: str = "40", words: tuple[str, ...] = NEW) -> None:
    house.do(own_plans.save_part, one.account_id, one.id, part, minutes, *words)


def refused(house: House, rule: Callable[..., object], *args: object) -> PlanRefused:
    """Why; and it changed nothing."""
    before = house.everything()
    with pytest.raises(PlanRefused) as why:
        house.do(rule, *args)
    assert house.everything() == before
    return why.value


def test_a_shipped_plan_is_copied_whole(house: House, ana: Person, saved: OwnPlan) -> None:
    assert (saved.title, saved.minutes) == ("Tuesdays", 60)
    assert saved.parts == plan_sheet.as_shipped(plans("en")["60"])


def test_so_is_one_of_mine_under_a_title_of_its_own(house: House, ana: Person, saved: OwnPlan) -> None:
    rewords(house, saved)
    again, more = copies(house, ana, saved.id, ""), copies(house, ana, saved.id, "")
    assert again.parts == now(house, saved).parts
    assert [again.title, more.title] == ["Tuesdays 2", "Tuesdays 3"]
    assert [one.title for one in house.ask(own_plans.of, ana.id)] == ["Tuesdays", "Tuesdays 2", "Tuesdays 3"]


def test_it_is_called_what_its_facilitator_likes(house: House, saved: OwnPlan) -> None:
    house.do(own_plans.rename, saved.account_id, saved.id, "  Tuesdays,\nquiet ones ")
    assert now(house, saved).title == "Tuesdays, quiet ones"


@pytest.mark.parametrize(("title", "reason"), [("", "title"), (" \u200b ", "title"), ("x" * 81, "long")])
def test_a_title_is_seen_and_short(house: House, saved: OwnPlan, title: str, reason: str) -> None:
    why = refused(house, own_plans.rename, saved.account_id, saved.id, title)
    assert (why.reason, why.field, why.over) == (reason, "title", 1 if reason == "long" else 0)


def test_a_part_gets_words_and_minutes_of_its_own(house: House, saved: OwnPlan) -> None:
    rewords(house, saved)
    part = now(house, saved).parts[3]
    assert (part.id, part.key, part.minutes, part.name, part.words) == ("4", "open", 40, NEW[0], NEW[1])
    assert part.script == ("Lights down.", "Who needs a seat?")
    for language in LANGUAGES:
        assert said(part, language).name == "Film night" and said(part, language).kind == "open"


def test_what_is_left_empty_is_said_as_it_is_shipped_in_each_language(house: House, saved: OwnPlan) -> None:
    rewords(house, saved, "5", words=("Film night", "", ""))
    part = now(house, saved).parts[4]
    for language in LANGUAGES:
        words, shipped = said(part, language), parts(language)["learn"]
        assert (words.name, words.words, words.script) == ("Film night", shipped.words, shipped.script)
        assert words.card == shipped.card
    assert said(reworded(part, "", "Another line.", ""), "en").card == (), "the card is about the shipped line"


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_that_are_ours_stay_ours(language: str) -> None:
    """The form shows them to be changed. Sent back as they were they are no words of the leader's own."""
    for key, shipped in parts(language).items():
        part = Part("1", key, 5, "x", "x", ("x",))
        assert reworded(part, shipped.name, shipped.words, "\r\n".join(shipped.script)) == Part("1", key, 5)


@pytest.mark.parametrize(
    ("words", "field", "over"),
    [
        (("x" * 61, "", ""), "name", 1),
        (("", "x" * 165, ""), "words", 5),
        (("", "", "x" * 2002), "script", 2),
        (("", "", "x\n" * 31), "script", 0),
    ],
)
def test_words_that_are_too_long_are_refused(
    house: House, saved: OwnPlan, words: tuple[str, ...], field: str, over: int
) -> None:
    why = refused(house, own_plans.save_part, saved.account_id, saved.id, "1", "5", *words)
    assert (why.reason, why.field, why.over) == ("long" if over else "lines", field, over)


@pytest.mark.parametrize("minutes", ["", "0", "181", "five", "5.5", "٥"])
def test_so_are_other_minutes(house: House, saved: OwnPlan, minutes: str) -> None:
    why = refused(house, own_plans.save_part, saved.account_id, saved.id, "1", minutes, *NEW)
    assert (why.reason, why.field) == ("minutes", "minutes")


def test_a_plan_as_a_whole_has_its_length_too(house: House, saved: OwnPlan) -> None:
    words = ("", "", "字" * 2000)
    for part in "1234":
        rewords(house, saved, part, words=words)
    assert refused(house, own_plans.save_part, saved.account_id, saved.id, "5", "5", *words).reason == "full"


def test_a_part_is_moved_and_at_the_ends_stays(house: House, saved: OwnPlan) -> None:
    move = (own_plans.move_part, saved.account_id, saved.id)
    house.do(*move, "5", "up")
    assert keys(house, saved)[3:] == ["learn", "open", "close"]
    house.do(*move, "1", "up")
    house.do(*move, "6", "down")
    assert keys(house, saved) == ["arrive", "rules", "check-in", "learn", "open", "close"]


def test_a_new_part_stands_before_the_close_and_another_close_after_it(house: House, saved: OwnPlan) -> None:
    add_part = (own_plans.add_part, saved.account_id, saved.id)
    assert [house.do(*add_part, "notes"), house.do(*add_part, "close-gently")] == ["7", "8"]
    assert keys(house, saved)[-3:] == ["notes", "close", "close-gently"]
    assert len({part.id for part in now(house, saved).parts}) == 8


def test_there_are_twenty_parts_at_most_and_of_kinds_we_know(house: House, saved: OwnPlan) -> None:
    assert refused(house, own_plans.add_part, saved.account_id, saved.id, "party").reason == "kind"
    for _ in range(14):
        house.do(own_plans.add_part, saved.account_id, saved.id, "open")
    assert refused(house, own_plans.add_part, saved.account_id, saved.id, "open").reason == "many"


def test_parts_are_taken_out_but_for_the_last(house: House, saved: OwnPlan) -> None:
    for part in "12356":
        house.do(own_plans.remove_part, saved.account_id, saved.id, part)
    assert keys(house, saved) == ["open"]
    assert refused(house, own_plans.remove_part, saved.account_id, saved.id, "4").reason == "last"


def test_an_account_has_twenty_plans_at_most_and_others_theirs(house: House, ana: Person, fay: Person) -> None:
    for _ in range(own_plans.MOST_PLANS):
        copies(house, ana, "60")
    assert refused(house, own_plans.copy, ana.id, "60", "x").reason == "plans"
    assert copies(house, fay, "60").title == "Tuesdays"


def test_a_deleted_one_is_gone(house: House, saved: OwnPlan) -> None:
    house.do(own_plans.remove, saved.account_id, saved.id)
    assert house.ask(own_plans.of, saved.account_id) == []


RULES: dict[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "rename": (own_plans.rename, ("x",)),
    "save": (own_plans.save_part, ("1", "5", "", "", "")),
    "add": (own_plans.add_part, ("open",)),
    "move": (own_plans.move_part, ("1", "down")),
    "take out": (own_plans.remove_part, ("1",)),
    "delete": (own_plans.remove, ()),
}


@pytest.mark.parametrize("rule", RULES)
def test_somebody_elses_is_not_there(house: House, fay: Person, saved: OwnPlan, rule: str) -> None:
    act, args = RULES[rule]
    assert refused(house, act, fay.id, saved.id, *args).reason == "gone"
    assert refused(house, own_plans.copy, fay.id, saved.id, "x").reason == "plan"
    assert house.ask(own_plans.find, fay.id, saved.id) is None and house.ask(own_plans.of, fay.id) == []
    assert house.ask(own_plans.chosen, fay.id, saved.id) is None
    with pytest.raises(CircleRefused) as why:
        house.opens(fay.id, plan=saved.id)
    assert why.value.reason == "plan"


@pytest.mark.parametrize("rule", ["save", "move", "take out"])
@pytest.mark.parametrize("part", ["", "0", "7", "open"])
def test_there_is_no_such_part(house: House, saved: OwnPlan, rule: str, part: str) -> None:
    act, args = RULES[rule]
    assert refused(house, act, saved.account_id, saved.id, part, *args[1:]).reason == "part"


def test_there_is_no_other_direction(house: House, saved: OwnPlan) -> None:
    assert refused(house, own_plans.move_part, saved.account_id, saved.id, "3", "UP").reason == "part"


def test_a_circle_is_opened_with_it_and_keeps_it_when_it_is_deleted(house: House, ana: Person, saved: OwnPlan) -> None:
    rewords(house, saved)
    circle = house.opens(ana.id, plan=saved.id)
    assert plan.standing(house.vault, circle) == now(house, saved).parts
    house.do(plan.start, house.vault, circle.id, "4")
    house.do(own_plans.remove, ana.id, saved.id)
    for role in (MEMBER, FACILITATOR):
        seen = house.seen(circle.id, role)
        assert seen and seen.now and seen.now.name == "Film night"
    shown = house.ask(on_screen.take, house.vault, circle.id, on_screen.WORDS)
    assert shown.part.words == NEW[1]
    assert b"Film night" not in (house.circle(circle.id).sealed_plan or b"")


def test_a_circle_that_is_open_already_goes_on_as_it_was_sealed(house: House, circle: Circle) -> None:
    before = json.dumps([{"id": "1", "key": "arrive", "minutes": 5}, {"id": "2", "key": "close", "minutes": 7}])
    sealed = house.vault.seal(circle.id, "plan", circle.id, before)
    house.do(lambda db: db.execute(update(Circle).values(sealed_plan=sealed)))
    assert plan.standing(house.vault, house.circle(circle.id)) == [Part("1", "arrive", 5), Part("2", "close", 7)]
    house.do(plan.next_part, house.vault, circle.id, "1")
    seen = house.seen(circle.id, MEMBER)
    assert seen and seen.now == Part("2", "close", 7)


@pytest.mark.parametrize(("minutes", "planned"), [(1, 60), (60, 60), (61, 75), (90, 90), (239, 240), (900, 240)])
def test_a_circle_counts_as_planned_in_quarters_of_an_hour(minutes: int, planned: int) -> None:
    """An hour after that a forgotten one closes itself."""
    assert planned_length([Part("1", "open", minutes)]) == planned
    assert all(planned_length(plan_sheet.as_shipped(one)) == one.minutes for one in plans("en").values())


def test_what_was_changed_in_a_circle_can_be_kept(house: House, ana: Person, circle: Circle) -> None:
    house.do(plan.move, house.vault, circle.id, "5", "up")
    house.do(plan.set_minutes, house.vault, circle.id, "5", "33")
    version = house.version(circle.id)
    house.do(plan.keep, house.vault, circle.id, ana.id, "With more to learn")
    (kept,) = house.ask(own_plans.of, ana.id)
    assert [(part.id, part.key) for part in kept.parts][3:5] == [("4", "learn"), ("5", "open")]
    assert (kept.title, kept.parts[3].minutes, house.version(circle.id)) == ("With more to learn", 33, version)
    assert refused(house, plan.keep, house.vault, circle.id, ana.id, " ").reason == "title"
    house.do(circles.close, circle.id)
    assert refused(house, plan.keep, house.vault, circle.id, ana.id, "x").reason == "closed"


def test_with_the_account_its_plans_go_and_nobody_elses(house: House, ana: Person, fay: Person, saved: OwnPlan) -> None:
    gus = house.do(add, "gus@example.org", ADMIN, "no hash")
    copies(house, fay, "90")
    house.do(roster.disable, gus.id, ana.id)
    house.do(roster.remove, gus.id, ana.id, circles.leads)
    assert house.ask(own_plans.of, ana.id) == [] and len(house.ask(own_plans.of, fay.id)) == 1
