"""Heads for staff who plan: of months that are over, circle by circle in bands, and sums where they tell no more.

An admin sees the bands alone. Nobody's own number comes near this page: it reads what is published, and nothing else.
"""

from datetime import UTC, datetime

from flask import Blueprint, g, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from facilitator import heads_file, language
from facilitator.answers import Answer, page
from facilitator.extensions import database
from sessions.library import cards
from sessions.permissions import HOUSING
from sessions.schedule import buildings
from sessions.schedule import heads as rules
from sessions.schedule.heads import OfQuarter, Quarter

heads = Blueprint("heads", __name__, url_prefix="/heads")


@heads.url_value_preprocessor
def find_building(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """Take the building's id off the views' hands: they get `g.building`, found by `reach`."""
    g.building_id = (values or {}).pop("building_id", None)


@heads.before_request
def reach() -> None:
    """Find the building that is meant, or say that it is not there."""
    if g.building_id is None:
        return
    with database.read() as db:
        g.building = buildings.find(db, g.building_id)
    if g.building is None:
        raise NotFound


@heads.context_processor
def words() -> dict[str, object]:
    """What the bands are called, and whether the reader is told sums."""
    return {"band_words": band_words(), "sums": current_user.is_authenticated and current_user.role == HOUSING}


@heads.get("")
def index() -> Answer:
    """Every building."""
    with database.read() as db:
        everywhere = buildings.everywhere(db)
    return page("heads/index.html", everywhere=everywhere)


@heads.get("/<id:building_id>")
def building() -> Answer:
    """One quarter of a building, month by month."""
    seen, now = _seen(), datetime.now(UTC)
    later = seen.quarter.after if seen.quarter < rules.latest(g.building, now) else None
    return page("heads/building.html", building=g.building, seen=seen, later=later, cards=cards(language.current()))


@heads.get("/<id:building_id>/file")
def file() -> Answer:
    """The same as a file for a spreadsheet."""
    seen = _seen()
    told = {"Content-Disposition": f"attachment; filename=heads-{seen.quarter.name}.csv"}
    text = heads_file.written(g.building.name, seen, band_words())
    return Response(text, content_type="text/csv; charset=utf-8", headers=told)


def band_words() -> dict[str, str]:
    """Each band in words. None of them looks like a date to a spreadsheet, as 1-4 would."""
    return {"0": "0", "1-4": gettext("1 to 4"), "5-9": gettext("5 to 9"), "10+": gettext("10 or more")}


def _seen() -> OfQuarter:
    """The quarter the address asks for, else the last one that has something: published now, if it was not before."""
    now = datetime.now(UTC)
    latest = rules.latest(g.building, now)
    quarter = min(Quarter.read(request.args.get("quarter", "")) or latest, latest)
    with database.read() as db:
        is_due = rules.is_due(db, g.building, quarter, now)
    if is_due:
        database.write(rules.publish, g.building.id, quarter, now)
    with database.read() as db:
        seen = rules.of_quarter(db, g.building, quarter, now)
    return seen if current_user.role == HOUSING else seen.without_sums()
