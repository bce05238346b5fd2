"""The places that help near a building as a file: to look through in a spreadsheet, to hand on, to bring in."""

from datetime import UTC, datetime

from flask import Response, g
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import forms, place_forms
from facilitator.answers import Answer, back_to, page
from facilitator.buildings import buildings
from facilitator.extensions import database
from facilitator.places import show
from sessions.schedule import places as rules
from sessions.schedule import places_brought, places_file
from sessions.schedule.clock import wall
from sessions.schedule.places_brought import ADD, REPLACE, Brought
from sessions.schedule.places_file import PlacesRefused

FILE = "places.csv"


@buildings.get("/<id:building_id>/places/file", endpoint="places_file")
def out() -> Answer:
    """All of them as a file; of none, the row that one begins with."""
    with database.read() as db:
        text = places_file.written(rules.of(db, g.building.id))
    saved_as = {"Content-Disposition": f"attachment; filename={FILE}"}
    return Response(text, content_type="text/csv; charset=utf-8", headers=saved_as)


@buildings.post("/<id:building_id>/places/bring-in")
def bring_in_places() -> Answer:
    """Bring them in from a file, or from its text: first it is said what that does, and then done what was said."""
    file, text, told = forms.one_file("file"), forms.one("text") or "", forms.one("told") or ""
    now = datetime.now(UTC)
    try:
        text = places_file.decoded(file) if file else text
        brought = told and database.write(
            places_brought.bring_in, current_user.person.id, g.building.id, text, told, now
        )
        if brought is None:
            raise NotFound
        if brought:
            return back_to("buildings.places", building_id=g.building.id)
        ways = _ways(text, now)
    except PlacesRefused as refused:
        sentences = [place_forms.wrong_sentence(wrong) for wrong in refused.wrong]
        return show(status=422, wrong=sentences, brought=text)
    return page("buildings/places_brought.html", building=g.building, text=text, ways=ways, other=bool(told))


def _ways(text: str, now: datetime) -> list[Brought]:
    """What each way to bring this in would do. Raises PlacesRefused where there is none.

    To replace all is a way of its own where that takes something off, or where there is no room otherwise.
    """
    rows = places_file.read(text, wall(g.building.zone, now).date())
    with database.read() as db:
        replaced = places_brought.would(db, g.building.id, rows, REPLACE)
        try:
            added = places_brought.would(db, g.building.id, rows, ADD)
        except PlacesRefused:
            return [replaced]
    return [added, replaced] if replaced.taken_off else [added]
