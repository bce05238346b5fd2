"""The places that help near a building, as staff who plan keep them."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import g
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import building_forms
from facilitator.answers import Answer, back_to, page
from facilitator.buildings import buildings
from facilitator.extensions import database
from facilitator.place_forms import PlaceForm
from sessions.schedule import places as rules
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.places import Place

PREFIX = "place-"
"""What stands before the names of the fields."""


@buildings.get("/<id:building_id>/places")
def places() -> Answer:
    """The places of this building."""
    return show()


@buildings.post("/<id:building_id>/places/add")
def add_place() -> Answer:
    """Write down a place."""
    form = PlaceForm(prefix=PREFIX)
    return _kept(form, lambda: show(form), rules.add)


@buildings.get("/<id:building_id>/places/<id:place_id>")
def place(place_id: str) -> Answer:
    """One place, to be changed or taken off."""
    return _place(place_id)


@buildings.post("/<id:building_id>/places/<id:place_id>/change")
def change_place(place_id: str) -> Answer:
    """Write a place anew."""
    form = PlaceForm(prefix=PREFIX)
    return _kept(form, lambda: _place(place_id, form), rules.change, place_id)


@buildings.post("/<id:building_id>/places/<id:place_id>/take-off")
def take_off_place(place_id: str) -> Answer:
    """Delete a place."""
    if not database.write(rules.take_off, current_user.person.id, g.building.id, place_id):
        raise NotFound
    return back_to("buildings.places", building_id=g.building.id)


@buildings.post("/<id:building_id>/places/<id:place_id>/check")
def check_place(place_id: str) -> Answer:
    """Somebody asked there today."""
    return _done(database.write(rules.check, current_user.person.id, g.building.id, place_id, datetime.now(UTC)))


@buildings.post("/<id:building_id>/places/<id:place_id>/uncheck")
def uncheck_place(place_id: str) -> Answer:
    """Nobody asked there after all."""
    return _done(database.write(rules.uncheck, current_user.person.id, g.building.id, place_id))


def show(refused: PlaceForm | None = None, status: int = 200, **brought: object) -> Answer:
    """The page of all places; with a new one that can't be kept yet, or what was wrong in a file."""
    with database.read() as db:
        directory = rules.directory(db, g.building.id)
    return page(
        "buildings/places.html",
        refused,
        status,
        building=g.building,
        directory=directory,
        new=refused or PlaceForm(formdata=None, prefix=PREFIX),
        **brought,
    )


def _kept(form: PlaceForm, again: Callable[[], Answer], rule: Callable[..., Place | None], *which: str) -> Answer:
    """Keep what was typed, or give the form back with what to mend."""
    if not form.validate():
        return again()
    try:
        kept = database.write(rule, current_user.person.id, g.building.id, *which, form.words())
    except ScheduleRefused as refused:
        building_forms.say(form, refused)
        return again()
    return _done(kept)


def _done(kept: Place | None) -> Answer:
    if kept is None:
        raise NotFound
    return back_to("buildings.places", building_id=g.building.id, _anchor=f"place-{kept.id}")


def _place(place_id: str, refused: PlaceForm | None = None) -> Answer:
    with database.read() as db:
        found = rules.find(db, g.building.id, place_id)
    if found is None:
        raise NotFound
    form = refused or PlaceForm(found, formdata=None, prefix=PREFIX)
    return page("buildings/place.html", form, building=g.building, place=found)
