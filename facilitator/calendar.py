"""The calendar: today everywhere first, two weeks as a list, a building's week and month, one date, a new group."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask import Blueprint, request
from flask_login import current_user
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from facilitator import calendar_forms, calendar_sentences, date_forms, picture
from facilitator.answers import Answer, back_to, by_script, page
from facilitator.calendar_forms import GroupForm
from facilitator.date_forms import DateForm, ListingForm
from facilitator.extensions import database
from sessions.permissions import may
from sessions.schedule import agenda, buildings, closures, gatherings, plans, public_holidays, series, whole
from sessions.schedule.clashes import Clashing
from sessions.schedule.clock import FIRST_YEAR, LAST_YEAR, ScheduleRefused, read_day, wall

calendar = Blueprint("calendar", __name__, url_prefix="/calendar")

WEEK = 7


@calendar.context_processor
def words() -> dict[str, object]:
    """What every page of the calendar says clashes with, and whether its reader plans or only reads."""
    return {
        "clash_sentences": calendar_sentences.clash_sentences,
        "clash_sentence": calendar_sentences.clash_sentence,
        "free_times": calendar_sentences.free_times,
        "kinds": calendar_forms.KIND_WORDS,
        # A page that says 404 is a page of the calendar too, and may be a stranger's.
        "plans": current_user.is_authenticated and may(current_user.role, "plan gatherings"),
    }


@calendar.get("")
def today() -> Answer:
    """Today, in all buildings, and what to look at soon."""
    with database.read() as db:
        seen = agenda.today(db, datetime.now(UTC))
        names = agenda.names(db)
    return page("calendar/today.html", seen=seen, names=names)


@calendar.get("/agenda")
def days() -> Answer:
    """Two weeks as a list, of one building or of all."""
    building_id = request.args.get("building", "")
    with database.read() as db:
        names = agenda.names(db)
        if building_id and building_id not in names.buildings:
            raise NotFound
        first = _asked_day(building_id)
        listed = agenda.days(db, first, agenda.DAYS_AHEAD, building_id)
    zones = {one.zone for one in names.buildings.values() if building_id in ("", one.id)}
    last = first + timedelta(days=agenda.DAYS_AHEAD - 1)
    holidays = {day: name for zone in zones for day, name in public_holidays.between(zone, first, last).items()}
    return page(
        "calendar/agenda.html",
        days=listed,
        holidays=holidays,
        names=names,
        building_id=building_id,
        today=_today(building_id),
        earlier=first - timedelta(days=agenda.DAYS_AHEAD),
        later=first + timedelta(days=agenda.DAYS_AHEAD),
    )


@calendar.get("/buildings/<id:building_id>/week")
def week(building_id: str) -> Answer:
    """One week of a building, Monday first."""
    monday = _monday(_asked_day(building_id))
    step = timedelta(days=WEEK)
    return _of_building(
        "calendar/week.html",
        building_id,
        monday,
        WEEK,
        first=monday,
        last=monday + step - timedelta(days=1),
        earlier=monday - step,
        later=monday + step,
        drawn=picture.drawn,
    )


@calendar.get("/buildings/<id:building_id>/month")
def month(building_id: str) -> Answer:
    """One month of a building, in whole weeks."""
    first = _asked_day(building_id).replace(day=1)
    earlier, later = (first - timedelta(days=1)).replace(day=1), (first + timedelta(days=31)).replace(day=1)
    monday, sunday = _monday(first), _monday(later - timedelta(days=1)) + timedelta(days=WEEK - 1)
    many = (sunday - monday).days + 1
    return _of_building("calendar/month.html", building_id, monday, many, first=first, earlier=earlier, later=later)


@calendar.get("/new")
def new_group() -> Answer:
    """The form for a new group."""
    with database.read() as db:
        names = agenda.names(db)
    return _new(GroupForm(names), names)


@calendar.post("/groups")
def add_group() -> Answer:
    """Plan a group, or look whether it could be. Where it clashes, the form comes back with that and free times."""
    with database.read() as db:
        names = agenda.names(db)
    form = GroupForm(names)
    if not form.validate():
        return _new(form, names)
    try:
        if form.only_looks:
            database.write(plans.look, current_user.person.id, form.planned())
            return _new(form, names, free=calendar_sentences.free())
        made = database.write(plans.add, current_user.person.id, form.planned(), form.why())
    except ScheduleRefused as refused:
        calendar_sentences.say(form, refused)
        return _new(form, names)
    except Clashing as clashing:
        form.clashing = clashing
        return _new(form, names, 422)
    return back_to("calendar.gathering", series_id=made.id, day=made.first)


@calendar.get("/groups/<id:series_id>/<day:day>")
def gathering(series_id: str, day: date) -> Answer:
    """One date of a group, and what can be done with it."""
    return gathering_page(series_id, day)


def gathering_page(
    series_id: str, day: date, refused: DateForm | ListingForm | None = None, sentence: str = ""
) -> Answer:
    """The page of one date, with the form that was refused as it was typed. Raises NotFound."""
    with database.read() as db:
        one, group = gatherings.find(db, series_id, day), series.find(db, series_id, day)
        names, now = agenda.names(db), datetime.now(UTC)
        if one is None or group is None:
            raise NotFound
        until = series.chain(db, group.id)[-1].until
        of_group = {
            "until": date.fromisoformat(until),
            "today": whole.today(db, group, now),
            "holidays": agenda.on_holidays(db, group, now),
            "may_delete": whole.may_delete(db, group, now),
        }
    forms = date_forms.as_it_is(one, group, day, until, names)
    if refused is not None:
        forms[refused.act] = refused
    status = 422 if refused is not None or sentence else 200
    return page(
        "calendar/gathering.html",
        status=status,
        one=one,
        names=names,
        group=group,
        forms=forms,
        of_group=of_group,
        opened=refused.act if refused is not None else "",
        sentence=sentence,
    )


def _of_building(template: str, building_id: str, first_shown: date, many: int, **more: Any) -> Answer:
    """So many days of a building, with those on which it is closed. Raises NotFound."""
    with database.read() as db:
        building = buildings.find(db, building_id)
        if building is None:
            raise NotFound
        listed = agenda.days(db, first_shown, many, building_id)
        last_shown = first_shown + timedelta(days=many - 1)
        shut = closures.between(db, first_shown, last_shown, building_id)
        names, rooms = agenda.names(db), buildings.rooms(db, building_id)
    return page(
        template,
        days=listed,
        names=names,
        building=building,
        rooms=rooms,
        hues=picture.hues(rooms),
        shut={day for day in listed if agenda.closed(shut, building_id, day)},
        holidays=public_holidays.between(building.zone, first_shown, last_shown),
        today=_today(building_id),
        **more,
    )


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _new(form: GroupForm, names: agenda.Names, status: int = 200, free: str = "") -> Answer:
    if by_script():
        # What our script puts beside the form while it is typed: words alone, which it puts in as text.
        told = calendar_sentences.clash_sentences(form.clashing) if form.clashing else [free]
        return Response(" ".join(told), mimetype="text/plain")
    return page("calendar/new.html", form, status, names=names, free=free)


def _today(building_id: str) -> date:
    """The day it is in that building; without one, where the clock is at UTC."""
    with database.read() as db:
        building = buildings.find(db, building_id) if building_id else None
    return wall(building.zone if building else "UTC", datetime.now(UTC)).date()


def _asked_day(building_id: str) -> date:
    """The day the address asks for, else today. A week and more of room is left at both ends of the years there are."""
    try:
        asked = read_day(request.args.get("from", ""))
    except ScheduleRefused:
        return _today(building_id)
    room = timedelta(days=60)
    return min(max(asked, date(FIRST_YEAR, 1, 1) + room), date(LAST_YEAR, 12, 31) - room)
