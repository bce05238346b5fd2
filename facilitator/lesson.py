"""A card in the circle: shown on every phone and on the big screen, and gone through line by line."""

from flask import g

from facilitator import forms, live
from facilitator.answers import Answer
from facilitator.extensions import vault
from facilitator.lead import lead, well_done
from facilitator.screen import gone_on
from sessions.circle import lesson


@lead.post("/<id:circle_id>/card/show")
def show_card() -> Answer:
    """Show a card, or the ways side by side."""
    live.keep(g.circle.id, lesson.show, vault, g.circle.id, forms.one("card") or "")
    return well_done()


@lead.post("/<id:circle_id>/card/next")
def next_line() -> Answer:
    """One line more than this page shows."""
    card, line = forms.one("card") or "", forms.one("line") or ""
    live.keep(g.circle.id, lesson.next_line, vault, g.circle.id, card, line)
    return gone_on()


@lead.post("/<id:circle_id>/card/before")
def line_before() -> Answer:
    """One line less than this page shows."""
    card, line = forms.one("card") or "", forms.one("line") or ""
    live.keep(g.circle.id, lesson.line_before, vault, g.circle.id, card, line)
    return well_done()


@lead.post("/<id:circle_id>/card/take-down")
def take_down_card() -> Answer:
    """Show it no more."""
    live.keep(g.circle.id, lesson.take_down, vault, g.circle.id, forms.one("card") or "")
    return well_done()
