"""The plan of a circle, as its leader follows and changes it."""

from flask import g
from flask_login import current_user

from facilitator import forms, live
from facilitator.answers import Answer
from facilitator.extensions import database, vault
from facilitator.lead import lead, well_done
from facilitator.screen import gone_on
from sessions.circle import plan


@lead.post("/<id:circle_id>/parts/next")
def next_part() -> Answer:
    """Go on to the part after the one this page shows."""
    live.keep(g.circle.id, plan.next_part, vault, g.circle.id, forms.one("part") or "")
    return gone_on()


@lead.post("/<id:circle_id>/parts/start")
def start_part() -> Answer:
    """Begin any part now."""
    live.keep(g.circle.id, plan.start, vault, g.circle.id, forms.one("part") or "")
    return well_done()


@lead.post("/<id:circle_id>/parts/move")
def move_part() -> Answer:
    """Move a part one place up or down."""
    part, direction = forms.one("part") or "", forms.one("direction") or ""
    live.keep(g.circle.id, plan.move, vault, g.circle.id, part, direction)
    return well_done()


@lead.post("/<id:circle_id>/parts/minutes")
def part_minutes() -> Answer:
    """Plan another length for a part."""
    part, minutes = forms.one("part") or "", forms.one("minutes") or ""
    live.keep(g.circle.id, plan.set_minutes, vault, g.circle.id, part, minutes)
    return well_done()


@lead.post("/<id:circle_id>/parts/keep")
def keep_plan() -> Answer:
    """Save this plan, as it is by now, as one of the leader's own."""
    database.write(plan.keep, vault, g.circle.id, current_user.person.id, forms.one("title") or "")
    return well_done()
