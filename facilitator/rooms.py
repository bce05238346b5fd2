"""A room that goes, and the public holidays that a building may be closed on."""

from datetime import UTC, date, datetime, timedelta

from flask import g
from flask_babel import gettext
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import when
from facilitator.answers import Answer, back_to, page
from facilitator.buildings import buildings
from facilitator.extensions import database
from sessions.schedule import agenda, closures, public_holidays, rooms
from sessions.schedule.buildings import Building
from sessions.schedule.clock import wall
from sessions.schedule.rooms import RoomUsed

DAYS_OFFERED = 60


@buildings.app_template_global()
def holidays_ahead(building: Building) -> dict[date, str]:
    """The public holidays of the next two months on which a building is not closed yet."""
    today = wall(building.zone, datetime.now(UTC)).date()
    last = today + timedelta(days=DAYS_OFFERED)
    with database.read() as db:
        shut = closures.between(db, today, last, building.id)
    named = public_holidays.between(building.zone, today, last)
    return {day: name for day, name in named.items() if not agenda.closed(shut, building.id, day)}


@buildings.post("/<id:building_id>/rooms/<id:room_id>/remove")
def remove_room(room_id: str) -> Answer:
    """Remove a room that no group has; else say which does."""
    try:
        removed = database.write(rooms.remove, current_user.person.id, g.building.id, room_id)
    except RoomUsed as used:
        return page("buildings/room_used.html", status=422, building=g.building, sentence=_used(used))
    if not removed:
        raise NotFound
    return back_to("buildings.building", building_id=g.building.id)


def _used(used: RoomUsed) -> str:
    title, day = used.title, when.short_day(used.last)
    if used.last >= wall(g.building.zone, datetime.now(UTC)).date():
        return str(gettext("“%(title)s” meets in it until %(day)s. Give it another room first.", title=title, day=day))
    return str(
        gettext(
            "“%(title)s” met in it until %(day)s, and the calendar of those days shows it. "
            "A year after that day the group can be deleted, and then the room.",
            title=title,
            day=day,
        )
    )
