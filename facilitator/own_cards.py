"""The cards a building writes itself: an editor that shows the very sheet before anything is kept."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import g
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import language
from facilitator.answers import Answer, page
from facilitator.buildings import buildings
from facilitator.card_forms import NUMBERS, OwnCardForm
from facilitator.cards import drawn
from facilitator.cards_off import to_card
from facilitator.extensions import database
from facilitator.forms import one
from sessions.library import LANGUAGES, Card, advise, tags
from sessions.schedule import own_cards as rules
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.own_cards import OwnCard


@buildings.get("/<id:building_id>/cards/new")
def new_card() -> Answer:
    """An empty card."""
    return _editor(OwnCardForm())


@buildings.post("/<id:building_id>/cards/add")
def add_card() -> Answer:
    """Keep a new card, or look at it first."""
    return _written(OwnCardForm(), rules.add)


@buildings.get("/<id:building_id>/cards/<id:card_id>")
def own_card(card_id: str) -> Answer:
    """One card of this building's own, as it is shown, and the form that changes it."""
    card = rules.as_card(_find(card_id))
    return _editor(OwnCardForm(card), card_id, card)


@buildings.post("/<id:building_id>/cards/<id:card_id>/change")
def change_card(card_id: str) -> Answer:
    """Write it anew, or look at it first."""
    _find(card_id)
    return _written(OwnCardForm(), rules.change, card_id)


@buildings.post("/<id:building_id>/cards/<id:card_id>/switch")
def switch_own_card(card_id: str) -> Answer:
    """Show it, or do not."""
    on = one("on") == "yes"
    kept = database.write(rules.switch, current_user.person.id, g.building.id, card_id, on)
    return to_card(kept is not None, card_id)


@buildings.post("/<id:building_id>/cards/<id:card_id>/right")
def still_right(card_id: str) -> Answer:
    """Somebody looked at it today, and it is right."""
    kept = database.write(rules.still_right, current_user.person.id, g.building.id, card_id, datetime.now(UTC))
    return to_card(kept is not None, card_id)


@buildings.post("/<id:building_id>/cards/<id:card_id>/delete")
def delete_card(card_id: str) -> Answer:
    """Delete it."""
    return to_card(database.write(rules.delete, current_user.person.id, g.building.id, card_id), "")


def _written(form: OwnCardForm, rule: Callable[..., OwnCard | None], card_id: str = "") -> Answer:
    """Keep what was typed, show it as a card, or give it back with what to mend."""
    if not form.validate():
        return _editor(form, card_id)
    now = datetime.now(UTC)
    which = (card_id,) if card_id else ()
    try:
        if form.only_looks():
            return _editor(form, card_id, rules.draft(g.building, form.words(), now), typed=True)
        kept = database.write(rule, current_user.person.id, g.building.id, *which, form.words(), now)
    except ScheduleRefused as refused:
        form.say(refused)
        return _editor(form, card_id)
    return to_card(kept is not None, kept.id if kept else "")


def _editor(form: OwnCardForm, card_id: str = "", card: Card | None = None, typed: bool = False) -> Answer:
    """The form, and beside it the card as its readers will see it, with words worth a second look. It only advises."""
    return page(
        "buildings/own_card.html",
        form,
        status=422 if form.wrong_lines else 200,
        building=g.building,
        card_id=card_id,
        card=card,
        typed=typed,
        sheet=_sheet(card) if card else "",
        advice=advise("\n".join([card.title, *(line.text for line in card.lines)])) if card else [],
        numbers=NUMBERS,
        groups=tags(language.current()).groups,
        longest=rules.LONGEST_LINE,
    )


def _sheet(card: Card) -> str:
    spoken = card.language if card.language in LANGUAGES else "en"
    return drawn(spoken, "cards/_card.html", card=card, english=None)


def _find(card_id: str) -> OwnCard:
    with database.read() as db:
        found = rules.find(db, g.building.id, card_id)
    if found is None:
        raise NotFound
    return found
