"""What a leader changes for everybody while the circle goes on: writing, how shares appear, and the doors."""

from flask import current_app, g

from facilitator import forms, live
from facilitator.answers import Answer
from facilitator.extensions import vault
from facilitator.lead import lead, well_done
from sessions.circle import doors, writing


@lead.post("/<id:circle_id>/pause")
def pause() -> Answer:
    """Pause writing."""
    live.keep(g.circle.id, writing.set_paused, g.circle.id, True)
    return well_done()


@lead.post("/<id:circle_id>/resume")
def resume() -> Answer:
    """Let writing go on."""
    live.keep(g.circle.id, writing.set_paused, g.circle.id, False)
    return well_done()


@lead.post("/<id:circle_id>/appear")
def appear() -> Answer:
    """Let shares go up at once, or in handfuls, from now on."""
    live.keep(g.circle.id, writing.set_appear, vault, g.circle.id, forms.one("appear") or "")
    return well_done()


@lead.post("/<id:circle_id>/shut")
def shut() -> Answer:
    """Close the doors: who is in stays in."""
    live.keep(g.circle.id, doors.set_shut, g.circle.id, True)
    return well_done()


@lead.post("/<id:circle_id>/unshut")
def unshut() -> Answer:
    """Open the doors again."""
    live.keep(g.circle.id, doors.set_shut, g.circle.id, False)
    return well_done()


@lead.post("/<id:circle_id>/change-code")
def change_code() -> Answer:
    """A new code and link; the old ones lead nowhere from now on."""
    live.keep(g.circle.id, doors.change_code, vault, current_app.config["DOOR_KEY"], g.circle.id)
    return well_done()
