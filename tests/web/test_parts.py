"""The plan on the console and the part on the phones: what each is shown, what each hears, and who may change it."""

from collections.abc import Callable

import pytest
from flask import Flask

from facilitator import clock
from sessions.circle.circles import tick
from sessions.library import parts, plans
from tests.web.cast import Desk, Doors, Ear, Phone, kept
from tests.web.pages import Page

Listen = Callable[..., Ear]
ACTS = ("next", "start", "move", "minutes")


def part(ana: Desk, circle: Doors, act: str, **typed: str) -> Page:
    return ana.do(f"{circle.console}/parts/{act}", **typed)


def minutes_pass(app: Flask, count: int) -> None:
    app.extensions["database"].write(lambda db: [tick(db) for _ in range(count * 6)] and None)


def test_a_phone_shows_the_part_that_is_on(ana: Desk, circle: Doors, ben: Phone) -> None:
    assert ben.here().words("now") == "Arrive Come as you are. Sit down, eat something."
    assert part(ana, circle, "next", part="1").location == circle.console
    assert ben.here().words("now").startswith("Limits and rules")
    part(ana, circle, "start", part="4")
    assert "We're talking. Phone down if you like." in ben.here().words("now")


def test_who_comes_late_lands_in_it_in_their_own_language(app: Flask, ana: Desk, circle: Doors) -> None:
    part(ana, circle, "start", part="3")
    dona = Phone(app, "es").join(circle.code)
    assert dona.here().words("now").startswith("Ronda")


@pytest.mark.parametrize(("number", "kind"), [("1", "arrive"), ("2", "rules"), ("3", "check-in"), ("5", "learn")])
def test_what_the_part_asks_for_comes_first_without_scripts_too(
    ana: Desk, circle: Doors, ben: Phone, number: str, kind: str
) -> None:
    part(ana, circle, "start", part=number)
    page = ben.here()
    assert f'data-shows="{kind}"' in page.text
    assert {"/here/check-ins", "/here/notes"} <= set(page.actions()), "writing is locked by no part"
    assert ("Setting: where, when" in page.words("now")) == (kind == "learn")


def test_members_hear_the_part_and_nothing_of_the_leaders(
    app: Flask, ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Listen
) -> None:
    phone, console = listen(cleo), listen(ana, circle.id)
    part(ana, circle, "next", part="1")
    part(ana, circle, "move", part="4", direction="up")
    part(ana, circle, "minutes", part="4", minutes="33")
    minutes_pass(app, 3)
    with app.test_request_context():
        clock.tell_minutes(circle.id)
    heard = phone.client.get_received()
    assert {one["name"] for one in heard} <= {"stream", "beat", "here"}
    pushes = [one["args"][0] for one in heard if one["name"] == "stream"]
    assert [[op[1] for op in push["ops"]] for push in pushes] == [["now", "box-note"], [], []]
    for secret in (*parts("en")["rules"].script, "min in this part", "33", "Check-in", "parts/"):
        assert secret not in str(heard)
    told = console.client.get_received()
    ((said,),) = [one["args"] for one in told if one["name"] == "minutes"]
    assert said["said"].strip() == "about 3 min in this part"
    first = next(one["args"][0] for one in told if one["name"] == "stream")
    assert [op[1] for op in first["ops"]] == ["now", "plan", "open-head", "learn-head", "close-head"]
    assert parts("en")["rules"].script[0] in str(first)


def test_no_members_page_holds_the_plan_the_script_or_the_minutes(
    app: Flask, ana: Desk, circle: Doors, ben: Phone
) -> None:
    minutes_pass(app, 10)
    page = ben.here()
    for secret in (*parts("en")["arrive"].script, "min in this part", "Open circle", "Next", "/lead"):
        assert secret not in page.text


def test_the_console_shows_the_plan_the_minutes_and_the_script(app: Flask, ana: Desk, circle: Doors) -> None:
    minutes_pass(app, 12)
    page = ana.get(circle.console)
    for shipped in plans("en")["60"].parts:
        assert parts("en")[shipped.key].name in page.words("plan")
    assert "about 10 min in this part" in page.words("plan")
    assert page.words("now").endswith(parts("en")["arrive"].script[-1])
    assert "not written down yet" in page.words("script-page"), "limits stand beside every script"


def test_after_the_last_part_there_is_no_next(ana: Desk, circle: Doors) -> None:
    part(ana, circle, "start", part="6")
    assert f"{circle.console}/parts/next" not in ana.get(circle.console).actions()
    assert part(ana, circle, "next", part="6").status == 303


def test_a_script_is_answered_with_nothing_as_the_push_says_it(ana: Desk, circle: Doors, ben: Phone) -> None:
    answer = ana.do(f"{circle.console}/parts/next", part="1", script=True)
    assert (answer.status, answer.text) == (204, "")


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("named", ["", "9", "arrive", "1\x00"])
def test_there_is_no_such_part(act: str, named: str, app: Flask, ana: Desk, circle: Doors) -> None:
    before, sentence = kept(app), "That part is not in the plan. Pick one from the list."
    typed = {"part": named, "direction": "up", "minutes": "5"}
    refused = part(ana, circle, act, **typed)
    assert (refused.status, refused.errors()[0]) == (422, sentence)
    by_script = ana.do(f"{circle.console}/parts/{act}", script=True, **typed)
    assert (by_script.status, by_script.errors()) == (422, [sentence])
    assert kept(app) == before


@pytest.mark.parametrize("minutes", ["", "0", "181", "half an hour"])
def test_minutes_that_make_no_sense(minutes: str, app: Flask, ana: Desk, circle: Doors) -> None:
    before = kept(app)
    refused = part(ana, circle, "minutes", part="2", minutes=minutes)
    assert (refused.status, refused.errors()[0]) == (422, "Use whole minutes, 1 to 180.")
    assert kept(app) == before


@pytest.mark.parametrize("act", ACTS)
def test_nobody_else_changes_the_plan(
    act: str, app: Flask, ana: Desk, circle: Doors, fay: Desk, esi: Desk, gus: Desk, ben: Phone, dov: Phone
) -> None:
    others = {other: other.token() for other in (fay, esi, gus, ben, dov)}
    before = kept(app, "sign_ins")
    for other, token in others.items():
        typed = {"csrf_token": token, "part": "1", "direction": "down", "minutes": "5"}
        assert other.post(f"{circle.console}/parts/{act}", typed).status == 404
    assert kept(app, "sign_ins") == before


def test_a_covered_console_hears_no_minutes(app: Flask, ana: Desk, circle: Doors, listen: Listen) -> None:
    console = listen(ana, circle.id)
    ana.do(f"{circle.console}/blank")
    with app.test_request_context():
        clock.tell_minutes(circle.id)
    assert console.heard("minutes") == []


def test_each_plan_is_offered_by_its_name_in_the_readers_language(app: Flask, ana: Desk) -> None:
    for plan in plans("en").values():
        assert plan.label in ana.get("/lead").words()
    ana.language = "es"
    assert "Hoy sin teléfonos" in ana.get("/lead").words()
