"""The ground rules, edited during the circle: every screen changes."""

import pytest
from flask import Flask

from sessions.library import rules
from tests.web.cast import Desk, Doors, Phone, kept

STAYING = [index for index, rule in enumerate(rules("en")) if rule.stays]


def rule(ana: Desk, circle: Doors, index: int) -> str:
    """The address of a rule, by its place."""
    return f"{circle.console}/rules/{ana.get(circle.console).ids('rules')[index].removeprefix('rule-')}"


def test_a_new_circle_has_the_twelve(ana: Desk, circle: Doors, ben: Phone) -> None:
    assert len(ben.here().items("rules")) == len(ana.get(circle.console).items("rules")) == 12
    assert "changed" not in ben.here().words("rules")


def test_a_reworded_rule_is_marked_changed_in_every_language(
    app: Flask, ana: Desk, circle: Doors, ben: Phone, dov: Phone
) -> None:
    dona, others = Phone(app, "es").join(circle.code), dov.here().items("rules")
    assert ana.do(f"{rule(ana, circle, 2)}/reword", words="Pass whenever.").location == circle.console
    assert ben.here().items("rules")[2] == "Pass whenever. changed"
    words, mark = dona.here().items("rules")[2][:14], dona.here().items("rules")[2][15:]
    assert words == "Pass whenever." and mark not in ("", "changed")
    assert ben.here().data("v") == "2" and dov.here().items("rules") == others


def test_one_of_our_own_is_added_moved_and_taken_out(ana: Desk, circle: Doors, ben: Phone) -> None:
    ana.do(f"{circle.console}/rules", words="Tea first.")
    assert ben.here().items("rules")[-1] == "Tea first."
    ana.do(f"{rule(ana, circle, 12)}/move", direction="up")
    assert ben.here().items("rules")[11] == "Tea first."
    ana.do(f"{rule(ana, circle, 11)}/move", direction="down")
    assert ben.here().items("rules")[12] == "Tea first."
    ana.do(f"{rule(ana, circle, 12)}/remove")
    assert len(ben.here().items("rules")) == 12


def test_at_the_ends_moving_changes_nothing(app: Flask, ana: Desk, circle: Doors) -> None:
    before = kept(app)
    assert ana.do(f"{rule(ana, circle, 0)}/move", direction="up").status == 303
    assert ana.do(f"{rule(ana, circle, 11)}/move", direction="down").status == 303
    assert kept(app) == before


@pytest.mark.parametrize("index", STAYING)
def test_those_that_keep_people_safe_stay(index: int, ana: Desk, circle: Doors, ben: Phone) -> None:
    at = rule(ana, circle, index)
    assert f"{at}/remove" not in ana.get(circle.console).actions()
    refused = ana.do(f"{at}/remove")
    assert refused.status == 422
    assert refused.errors()[0] == "This one stays, to keep people safe. You can change its words."
    assert len(ben.here().items("rules")) == 12
    assert ana.do(f"{at}/reword", words="In our words.").status == 303


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "Write something first."),
        (" \n ", "Write something first."),
        ("\u200b", "Write something first."),
        ("x" * 305, "Shorten it by 5 characters."),
    ],
)
def test_words_that_cannot_be_kept(words: str, sentence: str, app: Flask, ana: Desk, circle: Doors) -> None:
    before = kept(app)
    for action in (f"{circle.console}/rules", f"{rule(ana, circle, 0)}/reword"):
        refused = ana.do(action, words=words)
        assert refused.status == 422 and refused.errors()[0] == sentence
        by_script = ana.do(action, words=words, script=True)
        assert (by_script.status, by_script.errors()) == (422, [sentence])
    assert kept(app) == before


def test_thirty_are_the_most(ana: Desk, circle: Doors, ben: Phone) -> None:
    for number in range(18):
        ana.do(f"{circle.console}/rules", words=f"Rule {number}")
    refused = ana.do(f"{circle.console}/rules", words="One too many")
    assert refused.errors()[0] == "Thirty rules are the most. Take one out first."
    assert len(ben.here().items("rules")) == 30


@pytest.mark.parametrize("direction", ["", "sideways", "UP", "up\x00"])
def test_there_is_no_such_direction(direction: str, app: Flask, ana: Desk, circle: Doors) -> None:
    before = kept(app)
    assert ana.do(f"{rule(ana, circle, 1)}/move", direction=direction).status == 404
    assert kept(app) == before


def test_a_script_is_answered_with_nothing_as_the_push_says_it(ana: Desk, circle: Doors, ben: Phone) -> None:
    answer = ana.do(f"{circle.console}/rules", words="Tea first.", script=True)
    assert (answer.status, answer.text) == (204, "")
    assert ben.here().items("rules")[-1] == "Tea first."


def test_nobody_else_edits_them(
    app: Flask, ana: Desk, circle: Doors, fay: Desk, gus: Desk, ben: Phone, dov: Phone
) -> None:
    at = rule(ana, circle, 0)
    others = {other: other.token() for other in (fay, gus, ben, dov)}
    before = kept(app)
    for action in ("reword", "remove", "move"):
        for other, token in others.items():
            fields = {"csrf_token": token, "words": "Mine now.", "direction": "down"}
            assert other.post(f"{at}/{action}", fields).status == 404
            assert other.post(f"{circle.console}/rules", fields).status == 404
    assert kept(app) == before


def test_a_rule_of_another_circle_is_not_there_even_for_a_leader(ana: Desk, circle: Doors, fay: Desk) -> None:
    hers = fay.open()
    stolen = rule(fay, hers, 0).replace(hers.console, circle.console)
    for action in ("reword", "remove", "move"):
        assert ana.do(f"{stolen}/{action}", words="x", direction="down").status == 404
    assert "changed" not in fay.get(hers.console).words("rules")


def test_after_the_close_nothing_is_edited(ana: Desk, circle: Doors) -> None:
    at = rule(ana, circle, 0)
    ana.do(f"{circle.console}/close")
    refused = ana.do(f"{at}/reword", words="too late")
    assert (refused.status, refused.errors()[0]) == (422, "The circle has closed. Nothing can be added now.")
