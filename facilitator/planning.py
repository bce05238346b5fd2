"""What staff who plan do with one date of a group, or with all from it on, and take back."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import calendar_sentences, date_forms
from facilitator.answers import Answer, back_to
from facilitator.calendar import calendar, gathering_page
from facilitator.date_forms import (
    CancelForm,
    DateForm,
    EndForm,
    MoveForm,
    RestoreForm,
    RhythmForm,
    UndoForm,
    WordsForm,
)
from facilitator.extensions import database
from facilitator.forms import one
from sessions.schedule import agenda, edits, from_here, gatherings, whole
from sessions.schedule.clashes import Clashing
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.gatherings import Gathering

Rule = Callable[..., Gathering | None]


@calendar.post("/groups/<id:series_id>/<day:day>/cancel")
def cancel(series_id: str, day: date) -> Answer:
    """Call it off."""
    form = CancelForm()
    return _done(form, from_here.cancel if form.from_here else edits.cancel, series_id, day)


@calendar.post("/groups/<id:series_id>/<day:day>/restore")
def restore(series_id: str, day: date) -> Answer:
    """Let it take place after all."""
    form = RestoreForm()
    return _done(form, from_here.restore if form.from_here else edits.restore, series_id, day, form.why())


@calendar.post("/groups/<id:series_id>/<day:day>/move")
def move(series_id: str, day: date) -> Answer:
    """Move it to another day or time; all from here, to another time."""
    form = MoveForm()
    if form.from_here:
        return _done(form, from_here.start_at, series_id, day, form.time(), form.why(), form.free_room())
    return _done(form, edits.move, series_id, day, form.day.data or "", form.time(), form.why(), form.free_room())


@calendar.post("/groups/<id:series_id>/<day:day>/room")
def change_room(series_id: str, day: date) -> Answer:
    """Meet in another room."""
    with database.read() as db:
        names, found = agenda.names(db), gatherings.find(db, series_id, day)
    if found is None:
        raise NotFound
    form = date_forms.OtherRoomForm(names, found.building_id)
    rule = from_here.change_room if form.from_here else edits.change_room
    return _done(form, rule, series_id, day, form.meant(), form.why())


@calendar.post("/groups/<id:series_id>/<day:day>/facilitator")
def change_facilitator(series_id: str, day: date) -> Answer:
    """Let somebody else lead it."""
    with database.read() as db:
        form = date_forms.OtherLeaderForm(agenda.names(db))
    rule = from_here.change_facilitator if form.from_here else edits.change_facilitator
    return _done(form, rule, series_id, day, form.account.data or "", form.why())


@calendar.post("/groups/<id:series_id>/<day:day>/words")
def change_words(series_id: str, day: date) -> Answer:
    """Give it another title and length, from this date on."""
    form = WordsForm()
    words = form.title.data or "", form.minutes.data or ""
    return _done(form, from_here.change_words, series_id, day, *words, form.why())


@calendar.post("/groups/<id:series_id>/<day:day>/rhythm")
def change_rhythm(series_id: str, day: date) -> Answer:
    """Meet on another weekday, more or less often, at another time, from this date on."""
    form = RhythmForm()
    rhythm = form.kind.data or "", form.first.data or "", form.time()
    return _done(form, from_here.repeat, series_id, day, *rhythm, form.why())


@calendar.post("/groups/<id:series_id>/<day:day>/end")
def end(series_id: str, day: date) -> Answer:
    """Give the group another last day."""
    form = EndForm()
    return _done(form, whole.end, series_id, day, form.last_day(), datetime.now(UTC), form.why())


@calendar.post("/groups/<id:series_id>/<day:day>/delete")
def delete(series_id: str, day: date) -> Answer:
    """Take the group off the calendar for good."""
    try:
        there = database.write(whole.delete, current_user.person.id, series_id, day, datetime.now(UTC))
    except ScheduleRefused as refused:
        return gathering_page(series_id, day, sentence=calendar_sentences.schedule_sentence(refused))
    if not there:
        raise NotFound
    return back_to("calendar.today")


@calendar.post("/groups/<id:series_id>/<day:day>/needs-cover")
def need_cover(series_id: str, day: date) -> Answer:
    """Say that somebody else is needed to lead this date."""
    return _done(CancelForm(), edits.need_cover, series_id, day)


@calendar.post("/groups/<id:series_id>/<day:day>/undo")
def undo(series_id: str, day: date) -> Answer:
    """Make one part of this date as the group has it again."""
    form = UndoForm()
    return _done(form, edits.undo, series_id, day, one("part") or "", form.why())


@calendar.post("/groups/<id:series_id>/<day:day>/join")
def join(series_id: str, day: date) -> Answer:
    """Undo the last change of all dates from here."""
    form = UndoForm()
    return _done(form, from_here.join, series_id, day, form.why())


def _done(form: DateForm, rule: Rule, series_id: str, day: date, *more: Any) -> Answer:
    if not form.validate():
        return gathering_page(series_id, day, form)
    try:
        now = database.write(rule, current_user.person.id, series_id, day, *more)
    except ScheduleRefused as refused:
        if refused.field not in form:
            return gathering_page(series_id, day, sentence=calendar_sentences.schedule_sentence(refused))
        calendar_sentences.say(form, refused)
        return gathering_page(series_id, day, form)
    except Clashing as clashing:
        form.clashing = clashing
        return gathering_page(series_id, day, form)
    if now is None:
        raise NotFound
    return back_to("calendar.gathering", series_id=now.series_id, day=now.day)
