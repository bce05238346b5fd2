"""Buildings, their rooms, and when they are closed, as staff who plan write them."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, g
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import calendar_sentences, when
from facilitator.answers import Answer, back_to, page
from facilitator.calendar_forms import BuildingForm, ClosureForm, RoomForm
from facilitator.extensions import database
from facilitator.forms import Form
from sessions.schedule import buildings as places
from sessions.schedule import closures, due
from sessions.schedule.clock import LAST_YEAR, ScheduleRefused, read_day, zones

buildings = Blueprint("buildings", __name__, url_prefix="/buildings")

EVER = read_day("2000-01-01"), read_day(f"{LAST_YEAR}-12-31")


@buildings.url_value_preprocessor
def find_building(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """Take the building's id off the views' hands: they get `g.building`, found by `reach`."""
    g.building_id = (values or {}).pop("building_id", None)


@buildings.before_request
def reach() -> None:
    """Find the building that is meant, or say that it is not there."""
    if g.building_id is None:
        return
    with database.read() as db:
        g.building = places.find(db, g.building_id)
    if g.building is None:
        raise NotFound


@buildings.get("")
def index() -> Answer:
    """Every building, and the form for one more."""
    return _index(BuildingForm())


@buildings.post("/new")
def add() -> Answer:
    """Write down a building."""
    form = BuildingForm()
    if not form.validate():
        return _index(form)
    try:
        made = database.write(places.add, current_user.person.id, form.words())
    except ScheduleRefused as refused:
        calendar_sentences.say(form, refused)
        return _index(form)
    return back_to("buildings.building", building_id=made.id)


@buildings.get("/<id:building_id>")
def building() -> Answer:
    """One building: its words, its rooms, when it is closed."""
    return _building()


@buildings.post("/<id:building_id>/words")
def change() -> Answer:
    """Write a building anew."""
    form = BuildingForm(prefix="building-")
    return _kept(form, "building-", places.change, form.words())


@buildings.post("/<id:building_id>/rooms")
def add_room() -> Answer:
    """Write down a room."""
    form = RoomForm(prefix="room-")
    return _kept(form, "room-", places.add_room, form.words())


@buildings.post("/<id:building_id>/rooms/<id:room_id>")
def change_room(room_id: str) -> Answer:
    """Write a room anew."""
    form = RoomForm(prefix=f"{room_id}-")
    return _kept(form, f"{room_id}-", places.change_room, room_id, form.words())


@buildings.post("/<id:building_id>/closures")
def close() -> Answer:
    """Close the building from one day to another."""
    form = ClosureForm(prefix="closure-")
    days = form.first.data or "", form.last.data or "", form.note.data or ""
    return _kept(form, "closure-", closures.close, *days)


@buildings.post("/<id:building_id>/closures/<id:closure_id>/undo")
def undo_closure(closure_id: str) -> Answer:
    """Take a closure back: every gathering in it takes place again."""
    if not database.write(closures.undo, current_user.person.id, g.building.id, closure_id):
        raise NotFound
    return _done()


def _kept(form: Form, prefix: str, rule: Callable[..., object], *words: object) -> Answer:
    """Keep what was typed of this building, or give the page back with what to mend in that form."""
    if not form.validate():
        return _building(form, prefix)
    try:
        kept = database.write(rule, current_user.person.id, g.building.id, *words)
    except ScheduleRefused as refused:
        calendar_sentences.say(form, refused)
        return _building(form, prefix)
    if kept is None:
        raise NotFound
    return _done()


def _done() -> Answer:
    return back_to("buildings.building", building_id=g.building.id)


def _index(form: BuildingForm) -> Answer:
    with database.read() as db:
        everywhere = places.everywhere(db)
    return page("buildings/index.html", form, everywhere=everywhere, zones=sorted(zones()))


def _building(refused: Form | None = None, prefix: str = "") -> Answer:
    with database.read() as db:
        rooms = places.rooms(db, g.building.id)
        shut = closures.between(db, *EVER, g.building.id)
        to_do = due.of(db, g.building, datetime.now(UTC))
    quiet = {"quiet_from": when.typed(g.building.quiet_from), "quiet_to": when.typed(g.building.quiet_to)}
    words = {name: getattr(g.building, name) for name in ("name", "public_name", "zone")}
    forms: dict[str, Form] = {
        "building-": BuildingForm(formdata=None, prefix="building-", data=words | quiet),
        "room-": RoomForm(formdata=None, prefix="room-"),
        "closure-": ClosureForm(formdata=None, prefix="closure-"),
        **{f"{room.id}-": RoomForm(formdata=None, obj=room, prefix=f"{room.id}-") for room in rooms},
    }
    if refused is not None:
        forms[prefix] = refused
    return page(
        "buildings/building.html",
        status=200 if refused is None else 422,
        building=g.building,
        rooms=rooms,
        closures=shut,
        due=to_do,
        forms=forms,
        refused=prefix,
        zones=sorted(zones()),
    )
