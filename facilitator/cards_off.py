"""Which cards a building shows, as staff who plan choose."""

from flask import g
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import calendar_sentences, language
from facilitator.answers import Answer, back_to, page
from facilitator.buildings import buildings
from facilitator.extensions import database
from facilitator.forms import one
from sessions.library import cards as shipped
from sessions.schedule import cards_off as rules
from sessions.schedule.clock import ScheduleRefused


@buildings.get("/<id:building_id>/cards")
def cards() -> Answer:
    """Our cards, and which of them are off in this building."""
    return _cards()


@buildings.post("/<id:building_id>/cards/switch")
def switch_card() -> Answer:
    """Show a card in this building, or do not."""
    card, on = one("card") or "", one("on") == "yes"
    try:
        switched = database.write(rules.switch, current_user.person.id, g.building.id, card, on)
    except ScheduleRefused as refused:
        return _cards(calendar_sentences.schedule_sentence(refused))
    if switched is None:
        raise NotFound
    return back_to("buildings.cards", building_id=g.building.id, _anchor=f"card-{card}")


def _cards(sentence: str = "") -> Answer:
    with database.read() as db:
        off = rules.off_in(db, g.building.id)
    return page(
        "buildings/cards.html",
        status=422 if sentence else 200,
        building=g.building,
        cards=shipped(language.current()).values(),
        off=off,
        sentence=sentence,
    )
