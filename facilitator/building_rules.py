"""The ground rules that circles in a building begin with, as staff who plan write them."""

from collections.abc import Callable

from flask import g, request
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import circle_forms, forms
from facilitator.answers import Answer, back_to, page
from facilitator.buildings import buildings
from facilitator.extensions import database
from sessions.circle.rules import shown
from sessions.library import advise
from sessions.own_rules import LONGEST_RULE, RuleRefused
from sessions.schedule import building_rules as its


@buildings.get("/<id:building_id>/rules")
def rules() -> Answer:
    """The rules that circles here begin with."""
    return _rules()


@buildings.post("/<id:building_id>/rules/add")
def add_rule() -> Answer:
    """Add a line of the building's own."""
    return _kept(its.add, *_sent("words"))


@buildings.post("/<id:building_id>/rules/reword")
def reword_rule() -> Answer:
    """Say a rule in other words."""
    return _kept(its.reword, *_sent("rule", "words"))


@buildings.post("/<id:building_id>/rules/leave-out")
def leave_out_rule() -> Answer:
    """Leave a rule out."""
    return _kept(its.leave_out, *_sent("rule"))


@buildings.post("/<id:building_id>/rules/put-back")
def put_back_rule() -> Answer:
    """Put back one of ours that was left out."""
    return _kept(its.put_back, *_sent("rule"))


@buildings.post("/<id:building_id>/rules/move")
def move_rule() -> Answer:
    """Move a rule one place up or down."""
    return _kept(its.move, *_sent("rule", "direction"))


@buildings.post("/<id:building_id>/rules/reset")
def reset_rules() -> Answer:
    """Begin with our twelve again."""
    if not database.write(its.reset, current_user.person.id, g.building.id):
        raise NotFound
    return back_to("buildings.rules", building_id=g.building.id)


def _sent(*names: str) -> list[str]:
    return [forms.one(name) or "" for name in names]


def _kept(rule: Callable[..., int | None], *sent: str) -> Answer:
    """Keep it, or give the page back with what to mend beside the rule that is meant, and what was typed."""
    try:
        place = database.write(rule, current_user.person.id, g.building.id, *sent)
    except RuleRefused as refused:
        return _rules(circle_forms.rule_sentence(refused))
    if place is None:
        raise NotFound
    return back_to("buildings.rules", building_id=g.building.id, _anchor=f"rule-{place + 1}")


def _rules(sentence: str = "") -> Answer:
    with database.read() as db:
        begin, own = its.begin_with(db, g.building.id), its.of(db, g.building.id)
    typed = request.form
    return page(
        "buildings/rules.html",
        status=422 if sentence else 200,
        building=g.building,
        rules=shown(begin),
        left_out=shown(its.left_out(begin)),
        advice={words: advise(words) for _, words in begin if words},
        is_own=bool(own),
        longest=LONGEST_RULE,
        wrong={"rule": typed.get("rule", ""), "words": typed.get("words", ""), "sentence": sentence},
    )
