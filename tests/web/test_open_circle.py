"""Opening a circle now, and the list of my circles."""

import pytest
from flask import Flask

from sessions.circle.circles import Circle
from sessions.library import plans
from tests.web.cast import Desk, Phone, kept, rows
from tests.web.pages import Page
from tests.web.planning import building


def circles(app: Flask) -> list[Circle]:
    with app.extensions["database"].read() as db:
        return list(db.query(Circle))


def opened(desk: Desk, **typed: str) -> Page:
    return desk.send(desk.get("/lead"), "/lead/circles", **typed)


def test_a_title_is_enough(app: Flask, ana: Desk) -> None:
    answer = opened(ana, title="Tuesday circle")
    assert answer.status == 303 and ana.get(answer.location).status == 200
    assert rows(app, "circles") == 1 and len(app.extensions["vault"].circles()) == 1
    (circle,) = kept(app)["circles"]
    assert {60, "handfuls", "open"} <= set(circle)


@pytest.mark.parametrize("plan", plans("en"))
@pytest.mark.parametrize("appear", ["handfuls", "at-once"])
def test_every_choice_is_kept(plan: str, appear: str, app: Flask, ana: Desk) -> None:
    opened(ana, title="x", plan=plan, appear=appear)
    (circle,) = kept(app)["circles"]
    assert {plans("en")[plan].minutes, appear} <= set(circle)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Fill this in first."),
        ({"title": "   "}, "Fill this in first."),
        ({"title": "\u200b\u202e"}, "Fill this in first."),
        ({"title": "x" * 81}, "Make it shorter."),
        ({"title": "kept", "plan": "61"}, "Pick from the list."),
        ({"title": "kept", "plan": "-60"}, "Pick from the list."),
        ({"title": "kept", "plan": ""}, "Pick from the list."),
        ({"title": "kept", "appear": "never"}, "Pick from the list."),
        ({"title": "kept", "building": "0" * 20}, "Pick from the list."),
    ],
)
def test_what_cannot_be_opened_is_given_back(typed: dict[str, str], sentence: str, app: Flask, ana: Desk) -> None:
    back = opened(ana, **({"plan": "90", "appear": "at-once"} | typed))
    assert (back.status, back.errors()) == (422, [sentence])
    held = back.fields("/lead/circles")
    assert held["title"] == [typed["title"]]
    assert "plan" in typed or held["plan"] == ["90"]
    assert "appear" in typed or held["appear"] == ["at-once"]
    assert rows(app, "circles") == 0 and app.extensions["vault"].circles() == []
    assert opened(ana, title="mended").status == 303


def test_where_there_is_no_building_nobody_is_asked_for_one(ana: Desk) -> None:
    assert "building" not in ana.get("/lead").fields("/lead/circles")


def test_a_circle_meets_in_the_only_building_unless_its_leader_says_another_place(app: Flask, ana: Desk) -> None:
    hazel, _ = building(app)
    opened(ana, title="Here")
    opened(ana, title="There", building="")
    assert sorted(str(circle.building_id) for circle in circles(app)) == sorted([hazel, "None"])


def test_of_several_buildings_its_leader_picks_one_or_none(app: Flask, ana: Desk) -> None:
    building(app)
    birch, _ = building(app, "Birch House")
    assert ana.get("/lead").fields("/lead/circles")["building"] == [""]
    opened(ana, title="There", building=birch)
    assert [circle.building_id for circle in circles(app)] == [birch]
    ana.do("/lead/practice")
    assert [circle.building_id for circle in circles(app) if circle.practice] == [None]


def test_my_circles_are_listed_and_nobody_elses(app: Flask, ana: Desk, fay: Desk) -> None:
    mine, hers = ana.open("Ana's own"), fay.open("Fay's own")
    page = ana.get("/lead")
    assert "Ana's own" in page.words() and page.all("a", href=mine.console)
    assert "Fay's own" not in page.text and hers.id not in page.text
    ana.do(f"{mine.console}/close")
    assert "It has closed" in ana.get("/lead").words()


def test_until_it_is_written_down_a_leader_is_asked_what_they_must_report(ana: Desk) -> None:
    question = "Members are told who pays you and what you must report, before they come in."
    assert question in ana.get("/lead").words()
    ana.send(ana.get("/staff/account"), "", must_report="A child being hurt.")
    assert question not in ana.get("/lead").words()


def test_only_a_facilitator_opens_one(app: Flask, ana: Desk, esi: Desk, gus: Desk, stranger: Phone, dov: Phone) -> None:
    before = rows(app, "circles")
    for other in (esi, gus, dov):
        form = {"title": "Tuesday circle", "csrf_token": other.token()}
        assert other.post("/lead/circles", form).status == 404
        assert other.get("/lead").status in (303, 404)
    assert stranger.get("/lead").location == "/staff/sign-in"
    assert stranger.post("/lead/circles", {"title": "x"}).status == 404
    assert rows(app, "circles") == before
