"""What a leader does with what was heard: pins themes, clears a wall."""

from flask import g

from facilitator import forms, live
from facilitator.answers import Answer
from facilitator.extensions import vault
from facilitator.lead import found, lead, well_done
from sessions.circle import themes, wall


@lead.post("/<id:circle_id>/themes")
def pin_theme() -> Answer:
    """Pin a theme under one of the three shapes, in the leader's own words. It carries no share."""
    group, words, key = (forms.one(name) or "" for name in ("group", "words", "key"))
    live.keep(g.circle.id, themes.pin, vault, g.circle.id, group, words, key)
    return well_done()


@lead.post("/<id:circle_id>/themes/<id:theme_id>/take-down")
def take_down_theme(theme_id: str) -> Answer:
    """Take down a theme that was pinned."""
    return found(live.keep(g.circle.id, themes.take_down, vault, g.circle.id, theme_id))


@lead.post("/<id:circle_id>/wall/clear")
def clear_wall() -> Answer:
    """Clear the wall of check-ins or of notes: hidden from everybody until it is put back."""
    live.keep(g.circle.id, wall.clear, vault, g.circle.id, forms.one("kind") or "")
    return well_done()


@lead.post("/<id:circle_id>/wall/put-back")
def put_back() -> Answer:
    """Put back what was cleared."""
    live.keep(g.circle.id, wall.put_back, vault, g.circle.id, forms.one("kind") or "")
    return well_done()
