"""Of what heads are told, as the form after a circle carries it: signed, so that nobody makes up a group of others.

It names a building, a group and a day, and never a circle: the form may be sent long after that is erased.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from flask import current_app
from flask_babel import gettext
from flask_login import current_user
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from facilitator import when
from sessions.circle.circles import Circle
from sessions.schedule import buildings, told_of
from sessions.schedule.held import Place
from sessions.schedule.series import Series

Choices = dict[str, list[SelectChoice]]


def read(typed: str) -> Place | None:
    """What a form that I was given says heads are told of; None where it says nothing, or was forged."""
    try:
        mine, building_id, series_id, day = _signer().loads(typed)
    except (BadSignature, ValueError, TypeError):
        return None
    return Place(building_id, date.fromisoformat(day), series_id) if mine == current_user.person.id else None


def offered(db: Session, last: Circle | None, typed: str) -> tuple[Choices, str]:
    """What the form offers: what I led lately, and every building; and which of them is meant, as far as is known.

    `last` is the circle that has just closed, if it is there still. What was `typed` before is offered again.
    """
    now = datetime.now(UTC)
    led = told_of.led_lately(db, current_user.person.id, now)
    meant = told_of.known(db, last.building_id, last.series_id, now) if last else told_of.just_now(led, now)
    everywhere = [told_of.in_building(db, one.id, now) for one in buildings.everywhere(db)]
    dates = [place for place in (read(typed), meant, *map(told_of.place_of, led)) if place and place.series_id]
    alone = {place.building_id: place for place in (*everywhere, meant, read(typed)) if place and not place.series_id}
    choices = {
        "": [SelectChoice("", gettext("None of these"))],
        gettext("My groups, these seven days"): _choices(db, dates),
        gettext("Another circle in this building"): _choices(db, alone.values()),
    }
    return {of: some for of, some in choices.items() if some}, _signed(meant) if meant else ""


def _choices(db: Session, places: Iterable[Place]) -> list[SelectChoice]:
    return [SelectChoice(_signed(place), _label(db, place)) for place in dict.fromkeys(places)]


def _label(db: Session, place: Place) -> str:
    building, held = buildings.find(db, place.building_id), db.get(Series, place.series_id or "")
    name = building.name if building else ""
    return f"{held.title} · {when.short_day(place.day)} · {name}" if held else name


def _signed(place: Place) -> str:
    said = [current_user.person.id, place.building_id, place.series_id, place.day.isoformat()]
    return str(_signer().dumps(said))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="told of")
