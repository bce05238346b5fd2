"""The practice circle: a leader tries everything with people who are made up."""

from typing import cast

from flask import Flask, current_app
from flask_babel import gettext
from flask_login import current_user

from facilitator import language, made_up
from facilitator.answers import Answer, back_to
from facilitator.extensions import database, vault
from facilitator.lead import lead
from sessions.circle.practice import open_one


@lead.post("/practice")
def practice() -> Answer:
    """Open a practice circle, or go to the one that is open."""
    door_key, title = current_app.config["DOOR_KEY"], gettext("Practice circle")
    circle, is_new = database.write(open_one, vault, door_key, current_user.person.id, title)
    if is_new:
        app = cast(Flask, current_app._get_current_object())  # type: ignore[attr-defined]
        made_up.begin(app, circle.id, language.current())
    return back_to("lead.console", circle_id=circle.id)
