"""What's on: the pages of listed buildings, for anybody at all. Their words are discreet, and of circles they tell one
thing: whether a code may be typed in now."""

from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from flask import Blueprint
from flask_babel import force_locale
from werkzeug.exceptions import NotFound

from facilitator import language
from facilitator.answers import Answer, page
from facilitator.extensions import database
from sessions.circle import on_duty
from sessions.schedule import listing, places

whats_on = Blueprint("whats_on", __name__, url_prefix="/whats-on")


@whats_on.app_template_global()
def is_anything_listed() -> bool:
    """Whether there is a building to look at."""
    with database.read() as db:
        return bool(listing.everywhere(db))


@whats_on.get("")
def index() -> Answer:
    """The buildings that are listed."""
    with database.read() as db:
        everywhere = listing.everywhere(db)
    return _spoken("whats_on/index.html", everywhere=everywhere)


@whats_on.get("/<page:page_name>")
def building(page_name: str) -> Answer:
    """What is on in one building in the next weeks. One that is not listed is not there."""
    with database.read() as db:
        found = listing.find(db, page_name)
        if found is None:
            raise NotFound
        coming = listing.coming(db, found, datetime.now(UTC), listing.listed_in(found.id))
        doors_open, directory = on_duty.doors_open(db, found.id), places.directory(db, found.id)
    days = {day: list(seen) for day, seen in groupby(coming, lambda one: one.wall.date())}
    told = {"building": found, "days": days, "doors_open": doors_open, "directory": directory}
    return _spoken("whats_on/building.html", **told)


def _spoken(template: str, **context: Any) -> Answer:
    """A page in the language its address asks for: who follows a link on a sheet of paper has chosen none yet."""
    spoken = language.asked_for()
    with force_locale(spoken):
        return page(template, spoken=spoken, **context)
