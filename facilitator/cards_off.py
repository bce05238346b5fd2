"""The cards of a building, as staff who plan keep them: which it shows, and what it adds to ours."""

from datetime import UTC, datetime

from flask import g
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import calendar_sentences, language
from facilitator.answers import Answer, back_to, page
from facilitator.buildings import buildings
from facilitator.extensions import database
from facilitator.forms import one
from sessions.library import cards as shipped
from sessions.schedule import card_words, own_cards
from sessions.schedule import cards_off as rules
from sessions.schedule.clock import ScheduleRefused, wall


@buildings.get("/<id:building_id>/cards")
def cards() -> Answer:
    """Our cards, which of them are off in this building, and what it says on them; and the cards of its own."""
    return _cards()


@buildings.post("/<id:building_id>/cards/switch")
def switch_card() -> Answer:
    """Show a card in this building, or do not."""
    card, on = one("card") or "", one("on") == "yes"
    try:
        switched = database.write(rules.switch, current_user.person.id, g.building.id, card, on)
    except ScheduleRefused as refused:
        return _cards(calendar_sentences.schedule_sentence(refused))
    return to_card(switched is not None, card)


@buildings.post("/<id:building_id>/cards/words")
def write_on_card() -> Answer:
    """Write this building's words into the slot of a card."""
    card, words = one("card") or "", one("words") or ""
    try:
        written = database.write(card_words.write, current_user.person.id, g.building.id, card, words)
    except ScheduleRefused as refused:
        sentence = calendar_sentences.schedule_sentence(refused)
        return _cards(sentence, card, words) if refused.field == "words" else _cards(sentence)
    return to_card(written, card)


def to_card(is_there: bool, card: str) -> Answer:
    """See the building's cards, at this one."""
    if not is_there:
        raise NotFound
    return back_to("buildings.cards", building_id=g.building.id, _anchor=f"card-{card}" if card else None)


def _cards(sentence: str = "", card: str = "", typed: str = "") -> Answer:
    """The page. What was typed for the slot of a card, and can't be kept, stands there to be mended."""
    now = datetime.now(UTC)
    with database.read() as db:
        off, said = rules.off_in(db, g.building.id), card_words.of(db, g.building.id)
        own = [(row, own_cards.as_card(row)) for row in own_cards.of(db, g.building.id)]
    return page(
        "buildings/cards.html",
        status=422 if sentence else 200,
        building=g.building,
        cards=shipped(language.current()).values(),
        own=own,
        off=off,
        said=said | ({card: typed} if card else {}),
        sentence=sentence,
        wrong=card,
        longest=card_words.LONGEST_WORDS,
        today=wall(g.building.zone, now).date(),
    )
