"""Learning without joining: the cards of a building that chose it, for anybody, on a phone.

Nothing is kept of who reads. Neither the title nor the address of a page says what it is about: a history and a glance
over a shoulder tell a number.
"""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, g
from flask_babel import force_locale
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import language
from facilitator.answers import Answer, back_to, page
from facilitator.buildings import buildings
from facilitator.cards import drawn, english_beside, for_a_sheet, ways_shuffled
from facilitator.extensions import database
from facilitator.forms import one
from sessions import library
from sessions.library import Card
from sessions.schedule import cards_off
from sessions.schedule import learn as rules
from sessions.schedule.buildings import Building

learn = Blueprint("learn", __name__, url_prefix="/learn")


@learn.app_template_global()
def is_anything_to_learn() -> bool:
    """Whether some building lets anybody read its cards."""
    with database.read() as db:
        return bool(rules.everywhere(db))


@learn.get("")
def index() -> Answer:
    """The buildings that chose it. Of one alone, its cards."""
    with database.read() as db:
        everywhere = rules.everywhere(db)
    if not everywhere:
        raise NotFound
    return _spoken("learn/index.html", everywhere=everywhere) if len(everywhere) > 1 else _list(everywhere[0])


@learn.get("/<page:page_name>")
def building(page_name: str) -> Answer:
    """The cards of one building. One that did not choose it is not there."""
    return _list(_find(page_name))


@learn.get("/<page:page_name>/ways")
def ways(page_name: str) -> Answer:
    """The ways people go, in another order at each reading."""
    found = _find(page_name)
    signed, order = ways_shuffled(language.asked_for())
    sheets = [drawn(one.language, "cards/_ways.html", signed=one, order=order) for one in signed]
    return _spoken("learn/ways.html", building=found, sheets=sheets)


@learn.get("/<page:page_name>/<lesson>")
def card(page_name: str, lesson: str) -> Answer:
    """One card, to be read on a phone."""
    found = _find(page_name)
    numbered = _numbered(_shown(found).values())
    if lesson not in numbered:
        raise NotFound
    read = numbered[lesson]
    return _spoken("learn/card.html", building=found, card=read, english=english_beside(read))


@buildings.post("/<id:building_id>/cards/learn")
def switch_learn() -> Answer:
    """Let anybody read this building's cards, or do not."""
    on = one("on") == "yes"
    database.write(rules.switch, current_user.person.id, g.building.id, on)
    return back_to("buildings.cards", building_id=g.building.id, _anchor="learn")


def _find(page_name: str) -> Building:
    with database.read() as db:
        found = rules.find(db, page_name)
    if found is None:
        raise NotFound
    return found


def _shown(found: Building) -> dict[str, Card]:
    with database.read() as db:
        return cards_off.shown_in(db, found.id, language.asked_for())


def _list(found: Building) -> Answer:
    return _spoken("learn/building.html", building=found, cards=_numbered(_shown(found).values()))


def _numbered(shown: Iterable[Card]) -> dict[str, Card]:
    """The cards by what an address calls them: ours by a number each, a building's own by its id."""
    numbers = {key: str(number) for number, key in enumerate(library.cards("en"), 1)}
    return {numbers.get(card.key, card.key): card for card in shown}


def _spoken(template: str, **context: Any) -> Answer:
    """A page in the language its address asks for."""
    spoken = language.asked_for()
    with force_locale(spoken):
        return page(template, spoken=spoken, **for_a_sheet(spoken), **context)
