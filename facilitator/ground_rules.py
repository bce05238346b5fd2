"""The ground rules of a circle, as the group words them and its leader types them."""

from flask import g

from facilitator import forms, live
from facilitator.answers import Answer
from facilitator.extensions import vault
from facilitator.lead import found, lead
from sessions.circle import rules


@lead.post("/<id:circle_id>/rules")
def add_rule() -> Answer:
    """Add the group's own rule."""
    return found(live.keep(g.circle.id, rules.add, vault, g.circle.id, forms.one("words") or ""))


@lead.post("/<id:circle_id>/rules/<id:rule_id>/reword")
def reword_rule(rule_id: str) -> Answer:
    """Say a rule in the group's own words."""
    words = forms.one("words") or ""
    return found(live.keep(g.circle.id, rules.reword, vault, g.circle.id, rule_id, words))


@lead.post("/<id:circle_id>/rules/<id:rule_id>/remove")
def remove_rule(rule_id: str) -> Answer:
    """Take a rule out."""
    return found(live.keep(g.circle.id, rules.remove, g.circle.id, rule_id))


@lead.post("/<id:circle_id>/rules/<id:rule_id>/move")
def move_rule(rule_id: str) -> Answer:
    """Move a rule one place up or down."""
    direction = forms.one("direction") or ""
    return found(live.keep(g.circle.id, rules.move, g.circle.id, rule_id, direction))
