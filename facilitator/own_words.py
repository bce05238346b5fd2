"""A building's own words, as staff who plan write them, beside what the host says where they are empty."""

from flask import g
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import building_forms
from facilitator.answers import Answer, back_to, page
from facilitator.building_forms import OwnWordsForm
from facilitator.buildings import buildings
from facilitator.extensions import database
from sessions.schedule import own_words as rules
from sessions.schedule.clock import ScheduleRefused


@buildings.get("/<id:building_id>/own-words")
def own_words() -> Answer:
    """What this building says of itself."""
    return _own_words(OwnWordsForm(g.building, formdata=None))


@buildings.post("/<id:building_id>/own-words/save")
def save_own_words() -> Answer:
    """Keep what this building says of itself."""
    form = OwnWordsForm(g.building)
    if not form.validate():
        return _own_words(form, 422)
    try:
        kept = database.write(rules.write, current_user.person.id, g.building.id, form.words())
    except ScheduleRefused as refused:
        building_forms.say(form, refused)
        return _own_words(form, 422)
    if kept is None:
        raise NotFound
    return back_to("buildings.own_words", building_id=g.building.id)


def _own_words(form: OwnWordsForm, status: int = 200) -> Answer:
    return page("buildings/own_words.html", form, status, building=g.building)
