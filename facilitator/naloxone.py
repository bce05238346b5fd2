"""Where naloxone is in a building, as staff who plan write it down."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import g
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import building_forms
from facilitator.answers import Answer, back_to, page
from facilitator.building_forms import SpotForm
from facilitator.buildings import buildings
from facilitator.extensions import database
from sessions.schedule import naloxone as rules
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.own_words import words_of

NEW = "spot-"
"""What stands before the names of the fields for a new spot; for another, its id does."""


@buildings.get("/<id:building_id>/naloxone")
def naloxone() -> Answer:
    """Where naloxone is in this building, and until when it is good."""
    return _naloxone()


@buildings.post("/<id:building_id>/naloxone/add")
def add_spot() -> Answer:
    """Write down a spot."""
    form = SpotForm(prefix=NEW)
    return _kept(form, "", rules.add, *form.words())


@buildings.post("/<id:building_id>/naloxone/<id:spot_id>/change")
def change_spot(spot_id: str) -> Answer:
    """Write a spot anew."""
    form = SpotForm(prefix=f"{spot_id}-")
    return _kept(form, spot_id, rules.change, spot_id, *form.words())


@buildings.post("/<id:building_id>/naloxone/<id:spot_id>/take-off")
def take_off_spot(spot_id: str) -> Answer:
    """Delete a spot."""
    return _done(database.write(rules.take_off, current_user.person.id, g.building.id, spot_id))


def _kept(form: SpotForm, spot_id: str, rule: Callable[..., object], *words: str) -> Answer:
    """Keep what was typed, or give the page back with what to mend in that form."""
    if not form.validate():
        return _naloxone(form, spot_id)
    try:
        kept = database.write(rule, current_user.person.id, g.building.id, *words)
    except ScheduleRefused as refused:
        building_forms.say(form, refused)
        return _naloxone(form, spot_id)
    return _done(kept is not None)


def _done(is_there: bool) -> Answer:
    if not is_there:
        raise NotFound
    return back_to("buildings.naloxone", building_id=g.building.id)


def _naloxone(refused: SpotForm | None = None, spot_id: str = "") -> Answer:
    with database.read() as db:
        words = words_of(db, g.building.id, datetime.now(UTC))
    if spot_id and spot_id not in {spot.id for spot in words.spots}:
        raise NotFound
    forms = {spot.id: SpotForm(formdata=None, obj=spot, prefix=f"{spot.id}-") for spot in words.spots}
    forms[""] = SpotForm(formdata=None, prefix=NEW)
    if refused is not None:
        forms[spot_id] = refused
    return page(
        "buildings/naloxone.html",
        status=200 if refused is None else 422,
        building=g.building,
        words=words,
        forms=forms,
        refused=refused is not None,
    )
