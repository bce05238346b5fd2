"""The numbers of a building, as staff who plan keep them: on or off, called or not, and its own."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import g
from flask_babel import lazy_gettext
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import building_forms, calendar_sentences, language
from facilitator.answers import Answer, back_to, page
from facilitator.building_forms import NumberForm
from facilitator.buildings import buildings
from facilitator.extensions import database
from facilitator.forms import one
from sessions.library import help_page
from sessions.permissions import ADMIN, HOUSING
from sessions.schedule import lines
from sessions.schedule import numbers as rules
from sessions.schedule.clock import ScheduleRefused, wall
from sessions.schedule.numbers import Number

NEW = "number-"
"""What stands before the names of the fields for a new number; for another, its id does."""

CALLED_BY = {HOUSING: lazy_gettext("housing staff"), ADMIN: lazy_gettext("an admin")}


@buildings.get("/<id:building_id>/numbers")
def numbers() -> Answer:
    """Whom one can call from this building."""
    return _numbers()


@buildings.post("/<id:building_id>/numbers/add")
def add_number() -> Answer:
    """Write down a number of the building's own."""
    form = NumberForm(prefix=NEW)
    return _kept(form, "", rules.add, form.words())


@buildings.post("/<id:building_id>/numbers/<id:number_id>/change")
def change_number(number_id: str) -> Answer:
    """Write one of them anew."""
    form = NumberForm(prefix=f"{number_id}-")
    return _kept(form, number_id, rules.change, number_id, form.words())


@buildings.post("/<id:building_id>/numbers/<id:number_id>/take-off")
def take_off_number(number_id: str) -> Answer:
    """Delete one of them."""
    return _done(database.write(rules.take_off, current_user.person.id, g.building.id, number_id))


@buildings.post("/<id:building_id>/numbers/check")
def check_number() -> Answer:
    """A line was called today, by whoever says so."""
    return _tapped(rules.check, current_user.role, datetime.now(UTC))


@buildings.post("/<id:building_id>/numbers/uncheck")
def uncheck_number() -> Answer:
    """It was not called after all."""
    return _tapped(rules.uncheck)


@buildings.post("/<id:building_id>/numbers/switch")
def switch_number() -> Answer:
    """Show one of our lines in this building, or do not."""
    return _tapped(rules.switch, one("on") == "yes")


def _tapped(rule: Callable[..., Number | None], *how: object) -> Answer:
    """Do something with the line that was sent, or say that there is none such to do it with."""
    line = one("line") or ""
    try:
        done = database.write(rule, current_user.person.id, g.building.id, line, *how)
    except ScheduleRefused as refused:
        return _numbers(sentence=calendar_sentences.schedule_sentence(refused))
    return _done(done is not None, line)


def _kept(form: NumberForm, number_id: str, rule: Callable[..., Number | None], *words: object) -> Answer:
    """Keep what was typed, or give the page back with what to mend in that form."""
    if not form.validate():
        return _numbers(form, number_id)
    try:
        kept = database.write(rule, current_user.person.id, g.building.id, *words)
    except ScheduleRefused as refused:
        building_forms.say(form, refused)
        return _numbers(form, number_id)
    return _done(kept is not None, kept.id if kept else "")


def _done(is_there: bool, line: str = "") -> Answer:
    if not is_there:
        raise NotFound
    return back_to("buildings.numbers", building_id=g.building.id, _anchor=f"line-{line}" if line else None)


def _numbers(refused: NumberForm | None = None, number_id: str = "", sentence: str = "") -> Answer:
    with database.read() as db:
        said = rules.of(db, g.building.id)
    if number_id and number_id not in {row.id for row in said if not row.line}:
        raise NotFound
    forms = {row.id: NumberForm(formdata=None, obj=row, prefix=f"{row.id}-") for row in said if not row.line}
    forms[""] = NumberForm(formdata=None, prefix=NEW)
    if refused is not None:
        forms[number_id] = refused
    return page(
        "buildings/numbers.html",
        status=422 if refused is not None or sentence else 200,
        building=g.building,
        lines=lines.of(help_page(language.current()), said, off_too=True),
        forms=forms,
        refused=refused is not None,
        sentence=sentence,
        called_by=CALLED_BY,
        today=wall(g.building.zone, datetime.now(UTC)).date(),
    )
