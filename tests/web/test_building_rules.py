"""Esi writes the ground rules that circles in a building begin with (`facilitator.building_rules`)."""

import pytest
from flask import Flask

from sessions.library import rules as shipped
from tests.web.cast import Desk, Phone, kept, read_doors
from tests.web.planning import building

OURS = "Shoes off at the door."
STAYS = [number for number, rule in enumerate(shipped("en"), start=1) if rule.stays]


@pytest.fixture
def at(app: Flask) -> str:
    """Where the rules of a building are."""
    return f"/buildings/{building(app)[0]}/rules"


def begins(app: Flask, ana: Desk, at: str, **chosen: str) -> list[str]:
    """The rules on a phone in a circle that Ana opens there."""
    page = ana.send(ana.get("/lead"), "/lead/circles", title="Tuesday", building=at.split("/")[2], **chosen)
    return Phone(app).join(read_doors(app, page.location.rpartition("/")[2]).code).here().items("rules")


def test_circles_begin_with_what_staff_wrote(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    assert esi.do(f"{at}/add", words=OURS).location == f"{at}#rule-13"
    assert esi.do(f"{at}/reword", rule="come-as-you-are", words="Come in.").location == f"{at}#rule-1"
    assert esi.do(f"{at}/move", rule=OURS, direction="up").location == f"{at}#rule-12"
    assert esi.do(f"{at}/leave-out", rule="own-goals").location == f"{at}#rule-8"
    page = esi.get(at)
    assert "Come in. changed" in page.words("rule-1") and f"{OURS} this building’s own" in page.words("rule-11")
    assert next(rule.words for rule in shipped("en") if rule.key == "own-goals") in page.words("left-out")
    there = begins(app, ana, at)
    assert there[0] == "Come in. changed" and there[10] == OURS and len(there) == 12
    assert len(begins(app, ana, "/buildings//rules")) == 12 and OURS not in begins(app, ana, "/buildings//rules")
    assert esi.do(f"{at}/put-back", rule="own-goals").location == f"{at}#rule-8"
    assert esi.get(at).find("left-out") is None
    assert esi.do(f"{at}/reset").location == at
    assert begins(app, ana, at) == [rule.words for rule in shipped("en")]


def test_each_form_of_the_page_does_what_it_says(esi: Desk, at: str) -> None:
    esi.send(esi.get(at), f"{at}/add", words=OURS)
    for action in ("reword", "move", "leave-out", "put-back", "reset"):
        pressed = {"direction": "down"} if action == "move" else {}
        assert esi.send(esi.get(at), f"{at}/{action}", **pressed).status == 303, action
        assert (esi.get(at).find("left-out") is not None) == (action == "leave-out")
    assert esi.get(at).find("left-out") is None and f"{at}/reset" not in esi.get(at).actions()


def test_what_cannot_be_kept_is_said_beside_it_and_what_was_typed_stays(app: Flask, esi: Desk, at: str) -> None:
    esi.do(f"{at}/add", words=OURS)
    before = kept(app)
    long = "x" * 305
    for fields in ({}, {"rule": OURS}, {"rule": "own-goals"}):
        action = "reword" if fields else "add"
        for words, sentence in (("", "Write something first."), (long, "Shorten it by 5 characters.")):
            refused = esi.do(f"{at}/{action}", words=words, **fields)
            assert (refused.status, refused.errors()) == (422, [sentence])
            (box,) = refused.all("textarea", **{"aria-invalid": "true"})
            assert (box.text or "").strip() == words
    assert kept(app) == before


@pytest.mark.parametrize("number", STAYS)
def test_the_two_that_keep_people_safe_stay(app: Flask, esi: Desk, at: str, number: int) -> None:
    before, key = kept(app), shipped("en")[number - 1].key
    assert "stays" in esi.get(at).words(f"rule-{number}") and "Leave out" not in esi.get(at).words(f"rule-{number}")
    refused = esi.do(f"{at}/leave-out", rule=key)
    assert (refused.status, refused.errors()) == (
        422,
        ["This one stays, to keep people safe. You can change its words."],
    )
    assert kept(app) == before


@pytest.mark.parametrize("action", ["reword", "leave-out", "put-back", "move"])
def test_a_rule_that_there_is_not_is_refused(app: Flask, esi: Desk, at: str, action: str) -> None:
    before = kept(app)
    for rule in ("", "no-such-rule", "x" * 500):
        refused = esi.do(f"{at}/{action}", rule=rule, words="Ours.", direction="up")
        assert refused.status == 422 and "Pick from the list." in refused.errors()
        assert "no-such-rule" not in refused.text and "x" * 500 not in refused.text
    assert kept(app) == before


def test_words_that_shame_are_pointed_at_and_kept(esi: Desk, at: str) -> None:
    esi.do(f"{at}/add", words="No addicts before noon.")
    said = esi.get(at).words("rule-13")
    assert "No addicts before noon." in said and "You may want to look at this again: addicts" in said


def test_a_leader_may_begin_with_those_kept_last_time_instead(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    esi.do(f"{at}/add", words=OURS)
    circle = ana.open()
    ana.do(f"{circle.console}/rules", words="Tea first.")
    ana.do(f"{circle.console}/rules/keep")
    assert "The building’s rules, or our twelve" in ana.get("/lead").words()
    assert begins(app, ana, at)[-1] == "Tea first."
    assert begins(app, ana, at, ground="shipped")[-1] == OURS


def test_they_are_printed_before_a_circle(app: Flask, ana: Desk, esi: Desk, at: str) -> None:
    esi.do(f"{at}/add", words=OURS)
    assert OURS in ana.get("/lead/print").words("sheet-rules")
    assert OURS not in ana.get("/lead/print?building=").words("sheet-rules")


def test_nobody_else_writes_them(app: Flask, ana: Desk, at: str) -> None:
    token, before = ana.token(), kept(app)
    assert ana.get(at).status == 404
    for action in ("add", "reword", "leave-out", "put-back", "move", "reset"):
        fields = {"csrf_token": token, "rule": "own-goals", "words": OURS, "direction": "up"}
        assert ana.post(f"{at}/{action}", fields).status == 404
    assert kept(app) == before
