"""The ground rules of a circle: as its leader types them, as members suggest them, as they are kept for next time."""

from flask import g
from flask_login import current_user

from facilitator import forms, leaving, live
from facilitator.answers import Answer, back_to, by_script
from facilitator.cookies import is_shared
from facilitator.extensions import database, vault
from facilitator.here import here, show_page
from facilitator.lead import found, lead, well_done
from sessions import own_rules
from sessions.circle import rules, suggestions


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


@here.post("/suggestions")
def suggest() -> Answer:
    """Suggest a rule. Only those who lead read it, and nothing tells whose it is."""
    written = forms.written()
    live.keep(g.member.circle_id, suggestions.suggest, vault, g.member, written.text, written.key)
    if by_script():
        return "", 204
    # No push and no part of the page will say that it is kept: this page does, and a reload sends nothing twice.
    return leaving.ready_for_the_next() if is_shared() else show_page()


@lead.post("/<id:circle_id>/suggestions/<id:suggestion_id>/adopt")
def adopt(suggestion_id: str) -> Answer:
    """Make it the group's rule."""
    return found(live.keep(g.circle.id, suggestions.adopt, vault, g.circle.id, suggestion_id))


@lead.post("/<id:circle_id>/suggestions/<id:suggestion_id>/let-go")
def let_go(suggestion_id: str) -> Answer:
    """Delete it at once."""
    return found(live.keep(g.circle.id, suggestions.let_go, g.circle.id, suggestion_id))


@lead.post("/<id:circle_id>/suggestions/let-go")
def let_all_go() -> Answer:
    """Delete them all at once."""
    live.keep(g.circle.id, suggestions.let_all_go, g.circle.id)
    return well_done()


@lead.post("/<id:circle_id>/rules/keep")
def keep_rules() -> Answer:
    """Keep the rules as they stand for the next circle, and nothing else of this one."""
    database.write(rules.keep_for_next_time, vault, current_user.person.id, g.circle.id)
    return well_done()


@lead.post("/kept-rules/let-go")
def let_rules_go() -> Answer:
    """Keep the rules of last time no longer."""
    database.write(own_rules.let_go, current_user.person.id)
    return back_to("lead.index")
