"""A member's page: what it holds, and what it must not hold."""

import re

from flask import Flask

from sessions.library import rules
from tests.web.cast import Desk, Doors, Phone


def test_the_page_holds_its_version_the_lists_and_the_forms(ana: Desk, circle: Doors, ben: Phone) -> None:
    page = ben.here()
    assert page.status == 200
    assert page.data("v") == "1"
    assert (page.items("checkins"), page.items("notes")) == ([], [])
    assert page.items("rules") == [" ".join(rule.words.split()) for rule in rules("en")]
    assert {"/here/check-ins", "/here/notes", "/here/leave"} <= set(page.actions())
    for action in ("/here/check-ins", "/here/notes"):
        held = page.fields(action)
        assert re.fullmatch(r"[0-9a-f-]{36}", held["key"][0]) and held["text"] == [""] and "tags" not in held


def test_each_form_and_each_page_has_a_key_of_its_own(ben: Phone) -> None:
    keys = [ben.here().fields(f"/here/{kind}")["key"][0] for kind in ("check-ins", "notes") * 2]
    assert len(set(keys)) == 4


def test_shares_stand_in_their_lists_under_their_ids(ben: Phone, cleo: Phone, dov: Phone) -> None:
    dov.share("said elsewhere")
    ben.share("tired today", tags=["set:sleep"])
    cleo.note("the side door sticks")
    page = cleo.here()
    assert page.items("checkins") == ["tired today sleep"]
    assert page.items("notes") == ["the side door sticks"]
    ids = page.ids("checkins") + page.ids("notes")
    assert len(ids) == 2 and all(re.fullmatch(r"share-[0-9a-f]{20}", one) for one in ids)
    assert page.data("v") == "3"


def test_the_wall_is_the_same_for_everybody_and_only_the_page_around_it_knows_mine(ben: Phone, cleo: Phone) -> None:
    ben.share("tired today")
    walls = [re.search(r'<ol id="checkins".*?</ol>', phone.here().text, re.DOTALL)[0] for phone in (ben, cleo)]
    assert walls[0] == walls[1]
    assert [len(phone.here().mine) for phone in (ben, cleo)] == [1, 0]


def test_no_phone_sees_another_phones_controls_nor_the_leaders(ana: Desk, ben: Phone, cleo: Phone) -> None:
    ben.share("tired today")
    (mine,) = ben.here().mine
    assert f"/here/shares/{mine}/take-back" in ben.here().actions()
    others = cleo.here()
    assert not [action for action in others.actions() if mine in action]
    assert "/lead/" not in others.text and "/lead/" not in ben.here().text


def test_what_waits_is_on_its_own_phone_and_nobody_elses(app: Flask, ana: Desk) -> None:
    handfuls = ana.open("handfuls")
    ben, cleo = Phone(app).join(handfuls.code), Phone(app).join(handfuls.code)
    ben.share("not up yet")
    assert "not up yet" in ben.here().words("mine-check-in")
    assert "not up yet" not in cleo.here().text
    assert "not up yet" not in ana.get(handfuls.console).text


def test_members_learn_neither_the_title_nor_the_code_nor_the_circles_id(circle: Doors, ben: Phone) -> None:
    text = ben.here().text
    for secret in (*circle, "Tuesday circle", "example.org"):
        assert secret not in text


def test_the_tab_says_circle_and_nothing_more(ben: Phone) -> None:
    assert ["".join(one.itertext()) for one in ben.here().root.iter("title")] == ["Circle"]


def test_leave_fast_and_help_are_there_and_not_beside_each_other_alone(ben: Phone) -> None:
    page = ben.here()
    (bar,) = page.all("nav", **{"class": "thumb"})
    assert [one.tag for one in bar] == ["a", "a", "a", "form"]
    assert "Call 911" in page.words("help")


def test_phones_here_are_counted_until_they_leave(ben: Phone, cleo: Phone) -> None:
    assert "phones here: 1" in ben.here().words()
    assert "phones here: 2" in cleo.here().words()
    cleo.post("/here/leave")
    assert "phones here: 1" in ben.here().words()


def test_reading_by_script_is_the_same_page(ben: Phone) -> None:
    assert ben.get("/here", script=True).ids("rules") == ben.here().ids("rules")


def test_without_scripts_a_button_shows_what_is_new(ben: Phone, cleo: Phone) -> None:
    (button,) = ben.here().all("form", method="get")
    cleo.share("new")
    assert ben.get(button.attrib["action"]).said("checkins") == ["new"]


def test_who_is_not_in_a_circle_is_shown_the_door(stranger: Phone, ana: Desk, circle: Doors, ben: Phone) -> None:
    ben.share("tired today")
    for visitor in (stranger, ana):
        page = visitor.get("/here")
        assert (page.status, page.location) == (303, "/")
        assert "tired today" not in page.text
