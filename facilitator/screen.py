"""The big screen of a circle, for a projector or a television; and the same page for a room that mirrors a laptop.

What it shows stands in its own address and nowhere else.
"""

from flask import Blueprint, g, request
from werkzeug.exceptions import NotFound

from facilitator import forms
from facilitator.answers import Answer, done, page
from facilitator.extensions import database, vault
from facilitator.lead import find_circle, reach, well_done
from sessions.circle import on_screen
from sessions.schedule.own_words import words_of

screen = Blueprint("screen", __name__, url_prefix="/lead/<id:circle_id>")
screen.url_value_preprocessor(find_circle)
screen.before_request(reach)

ONE = "one"
"""The mode for one screen: controls along the bottom, and never a member's words. Themes are none: tags are the
product's words or the building's, and pinned ones the leader's. They stand on it when the leader turns to them, and not
before."""


@screen.get("/screen")
def show() -> Answer:
    """The big screen: what its address asks for, else the words of the part that is on."""
    mode = ONE if request.args.get("mode") == ONE else None
    choices = [choice for choice in on_screen.CHOICES if not (mode and choice == on_screen.WALL)]
    chosen = request.args.get("show", "")
    shows = chosen if chosen in choices else on_screen.WORDS
    with database.read() as db:
        seen = on_screen.take(db, vault, g.circle.id, shows)
        words = words_of(db, g.circle.building_id)
    if seen is None:
        raise NotFound
    asked = request.args.get("code") == "yes" and seen.door is None
    return page(
        "screen/screen.html",
        seen=seen,
        door=on_screen.door_now(vault, g.circle) if asked else None,
        seconds=on_screen.ASKED_SECONDS if asked else 0,
        choices=choices,
        mode=mode,
        words=words,
    )


def gone_on() -> Answer:
    """It is done: back to where it was pressed."""
    # From the one screen of a room that mirrors it: never to the console, which holds members' words.
    shows = forms.one("screen")
    return well_done() if shows is None else done("screen.show", circle_id=g.circle.id, mode=ONE, show=shows)
