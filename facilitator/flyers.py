"""The sheet that hangs in the hallway: one page, two languages, a square that opens the public page."""

from datetime import UTC, date, datetime

from flask import current_app, g, render_template, request, url_for
from flask_babel import force_locale, gettext
from sqlalchemy import ColumnElement
from werkzeug.exceptions import NotFound

from facilitator import qr, when
from facilitator.answers import Answer, page
from facilitator.buildings import buildings
from facilitator.calendar import calendar
from facilitator.extensions import database
from facilitator.prints import PAPERS, paper_asked_for
from sessions.schedule import buildings as places
from sessions.schedule import listing, series
from sessions.schedule.buildings import Building
from sessions.schedule.listing import Sign
from sessions.schedule.series import FORTNIGHTLY, LAST, NTH, WEEKLY

SPOKEN = ("en", "es")
LARGE, MIDDLE, MOST = 110, 175, 340
"""So many characters fit on half a sheet, in large type, in middling and in small."""
A_LINE = 60
"""What a group's hours and dates take, beside its names."""


@buildings.get("/<id:building_id>/flyer", endpoint="flyer")
def of_building() -> Answer:
    """The sheet of a building: its listed groups."""
    return _flyer(
        g.building, listing.listed_in(g.building.id), url_for("buildings.building", building_id=g.building.id)
    )


@calendar.get("/groups/<id:series_id>/<day:day>/flyer", endpoint="flyer")
def of_group(series_id: str, day: date) -> Answer:
    """The sheet of one group, also of one that is not listed: who prints it decides where it hangs."""
    with database.read() as db:
        found = series.find(db, series_id, day)
        if found is None:
            raise NotFound
        building, which = places.find(db, found.building_id), listing.parts_of(db, found.id)
    assert building is not None
    return _flyer(building, which, url_for("calendar.gathering", series_id=series_id, day=day))


def _flyer(building: Building, which: ColumnElement[bool], back: str) -> Answer:
    with database.read() as db:
        signs = listing.signs(db, building, datetime.now(UTC), which)
    address = current_app.config["ADDRESS"] + url_for("whats_on.building", page_name=building.page or "-")
    food = bool(request.args.get("food"))
    shown, size = _fit(building, signs)
    halves = [_half(spoken, building, shown, len(signs) > len(shown), food) for spoken in SPOKEN]
    return page(
        "whats_on/flyer.html",
        halves=halves,
        size=size,
        building=building,
        square=qr.draw(address) if building.listed else "",
        address=address.partition("://")[2],
        paper=paper_asked_for(),
        papers=PAPERS,
        food=food,
        back=back,
    )


def _fit(building: Building, signs: list[Sign]) -> tuple[list[Sign], str]:
    """Those that fit on one sheet, twice, and in which size; the page behind the square has all."""
    said = len(building.public_name) + (len(building.address) if building.address_public else 0)
    shown: list[Sign] = []
    for sign in signs:
        said += len(sign.called) + len(sign.room) + A_LINE
        if shown and said > MOST:
            break
        shown.append(sign)
    return shown, "large-type" if said <= LARGE else "middling" if said <= MIDDLE else "small-type"


def _half(spoken: str, building: Building, signs: list[Sign], more: bool, food: bool) -> tuple[str, str, str]:
    """Which language; its half of the sheet; its words beside the square."""
    with force_locale(spoken):
        shown = [(sign, _often(sign)) for sign in signs]
        half = render_template("whats_on/_half.html", building=building, shown=shown, more=more, food=food)
        return spoken, half, gettext("Days can change. Look here before you come.")


def _often(sign: Sign) -> str:
    """How often a group meets: `Every Tuesday`."""
    weekday = when.weekday(sign.first)
    words = {
        WEEKLY: gettext("Every %(weekday)s", weekday=weekday),
        FORTNIGHTLY: gettext("Every two weeks, on %(weekday)s", weekday=weekday),
        NTH: gettext("Once a month, on %(weekday)s", weekday=weekday),
        LAST: gettext("The last %(weekday)s of the month", weekday=weekday),
    }
    return words.get(sign.kind) or when.day(sign.dates[0].wall.date())
