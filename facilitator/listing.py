"""Staff list a building, and each group in it, on the public page; nothing is listed by itself."""

from datetime import date

from flask import g
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import calendar_sentences
from facilitator.answers import Answer, back_to
from facilitator.buildings import buildings
from facilitator.calendar import calendar, gathering_page
from facilitator.date_forms import ListingForm
from facilitator.extensions import database
from facilitator.forms import one
from sessions.schedule import listing
from sessions.schedule.clock import ScheduleRefused


@buildings.post("/<id:building_id>/listed")
def list_building() -> Answer:
    """Give the building a public page, or take it away."""
    database.write(listing.list_building, current_user.person.id, g.building.id, bool(one("listed")))
    return back_to("buildings.building", building_id=g.building.id, _anchor="public")


@calendar.post("/groups/<id:series_id>/<day:day>/listed")
def list_group(series_id: str, day: date) -> Answer:
    """Show the group on the public page of its building, under a name of its own, or do not."""
    form = ListingForm()
    if not form.validate():
        return gathering_page(series_id, day, form)
    listed = bool(form.listed.data), form.called.data or ""
    try:
        found = database.write(listing.list_group, current_user.person.id, series_id, day, *listed)
    except ScheduleRefused as refused:
        calendar_sentences.say(form, refused)
        return gathering_page(series_id, day, form)
    if found is None:
        raise NotFound
    return back_to("calendar.gathering", series_id=series_id, day=day, _anchor="do-listing")
