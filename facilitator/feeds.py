"""Addresses for other calendars: made by who plans for a building or a group, by who leads for their own dates."""

from datetime import UTC, date, datetime

from flask import Blueprint, current_app, url_for
from flask_babel import force_locale, gettext
from flask_login import current_user
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from facilitator import language
from facilitator.account import account
from facilitator.answers import Answer, page
from facilitator.extensions import database
from sessions.schedule import buildings, ical, series
from sessions.schedule import feeds as kept
from sessions.schedule.ical import Said

feeds = Blueprint("feeds", __name__)


@feeds.app_template_global()
def is_feed_made(what: str, of: str) -> bool:
    """Whether there is an address of this already."""
    with database.read() as db:
        parts = series.chain(db, of) if what == kept.GROUP else []
        return kept.is_made(db, what, parts[0].id if parts else of)


@feeds.get("/calendar/<token>.ics")
def read(token: str) -> Answer:
    """The calendar behind a secret address, in the language it was made in."""
    with database.read() as db, force_locale(language.asked_for()):
        found = kept.find(db, token)
        text = ical.written(db, found, _said(), datetime.now(UTC)) if found else None
    if text is None:
        raise NotFound
    named = {"Content-Disposition": "inline; filename=circle.ics"}
    return Response(text, content_type="text/calendar; charset=utf-8", headers=named)


@feeds.post("/buildings/<id:building_id>/feed")
def of_building(building_id: str) -> Answer:
    """Make the address of a building's calendar."""
    with database.read() as db:
        building = buildings.find(db, building_id)
    if building is None:
        raise NotFound
    return _made(kept.BUILDING, building.id, url_for("buildings.building", building_id=building.id))


@feeds.post("/calendar/groups/<id:series_id>/<day:day>/feed")
def of_group(series_id: str, day: date) -> Answer:
    """Make the address of a group's calendar."""
    with database.read() as db:
        found = series.find(db, series_id, day)
        if found is None:
            raise NotFound
        whole = series.chain(db, found.id)[0]
    return _made(kept.GROUP, whole.id, url_for("calendar.gathering", series_id=series_id, day=day))


@account.post("/feed", endpoint="feed")
def own() -> Answer:
    """Make the address of my own calendar: what I lead."""
    return _made(kept.FACILITATOR, current_user.person.id, url_for("account.page"))


def _made(what: str, of: str, back: str) -> Answer:
    """Show the new address, this once."""
    token = database.write(kept.make, current_user.person.id, what, of)
    path = url_for("feeds.read", token=token, language=language.current())
    return page("feeds/made.html", address=current_app.config["ADDRESS"] + path, back=back)


def _said() -> Said:
    return Said(
        group=gettext("Open group"),
        led_by=gettext("Led by: {who}"),
        nobody=gettext("nobody leads it yet"),
        own=gettext("My groups"),
    )
