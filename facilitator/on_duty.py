"""What a facilitator has on today: opening the doors of a gathering, and taking over what nobody leads."""

from datetime import UTC, date, datetime

from flask import Blueprint, current_app
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import calendar_sentences
from facilitator.answers import Answer, back_to, page
from facilitator.extensions import database, vault
from sessions.circle import on_duty as circles_on_duty
from sessions.schedule import agenda, edits
from sessions.schedule.clashes import Clashing
from sessions.schedule.clock import ScheduleRefused

duty = Blueprint("duty", __name__, url_prefix="/on-duty")


@duty.app_template_global()
def on_duty() -> dict[str, object]:
    """For the page of my circles: what I lead today, what anybody may take over, and what all of it is called."""
    now = datetime.now(UTC)
    with database.read() as db:
        own, names = agenda.of_leader(db, current_user.person.id, now), agenda.names(db)
    return {"own": own, "names": names, "may_open": {one.key for one in own.today if agenda.doors_may_open(one, now)}}


@duty.post("/<id:series_id>/<day:day>/open")
def open_gathering(series_id: str, day: date) -> Answer:
    """Open the doors of a gathering I lead, from a quarter of an hour before it begins. Its circle knows its title."""
    door_key, account_id = current_app.config["DOOR_KEY"], current_user.person.id
    try:
        circle = database.write(
            circles_on_duty.open_gathering, vault, door_key, account_id, series_id, day, now=datetime.now(UTC)
        )
    except ScheduleRefused as refused:
        return _refused(calendar_sentences.schedule_sentence(refused))
    if circle is None:
        raise NotFound
    return back_to("lead.console", circle_id=circle.id)


@duty.post("/<id:series_id>/<day:day>/cover")
def claim_cover(series_id: str, day: date) -> Answer:
    """Take over a date that nobody leads. The first who does has it."""
    try:
        claimed = database.write(edits.claim, current_user.person.id, series_id, day)
    except ScheduleRefused as refused:
        return _refused(calendar_sentences.schedule_sentence(refused))
    except Clashing as clashing:
        return _refused(" ".join(calendar_sentences.clash_sentences(clashing)))
    if claimed is None:
        raise NotFound
    return back_to("lead.index")


@duty.post("/<id:series_id>/<day:day>/give-back")
def give_back_cover(series_id: str, day: date) -> Answer:
    """Give back a date that I lead for somebody: it is there to take again."""
    if database.write(edits.give_back, current_user.person.id, series_id, day) is None:
        raise NotFound
    return back_to("lead.index")


def _refused(sentence: str) -> Answer:
    return page("lead/on_duty.html", status=422, sentence=sentence)
