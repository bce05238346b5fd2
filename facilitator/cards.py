"""The cards: all of them in a list, and each on one sheet of paper to read together; and the ways, side by side."""

import random
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template
from flask_babel import force_locale
from werkzeug.exceptions import NotFound

from facilitator import language, prints
from facilitator.answers import Answer, page
from sessions import library

ANCHOR = "drug-set-setting"
"""The card with the picture. The others stand on it."""

cards = Blueprint("cards", __name__, url_prefix="/cards")


@cards.get("")
def index() -> Answer:
    """Every card by its title, and what somebody should know of it before teaching from it."""
    return page("cards/index.html", cards=library.cards(language.current()).values(), today=_today())


@cards.get("/<card>")
def card(card: str) -> Answer:
    """One card, whole, on one sheet."""
    spoken, _ = prints.asked()
    found = library.cards(spoken).get(card)
    if found is None:
        raise NotFound
    # Until somebody has signed a translation, the English stands beside it.
    is_signed = found.language == "en" or found.reviewed_by
    english = None if is_signed else library.cards("en").get(card)
    return _sheet("cards/_card.html", found.title, card=found, english=english, anchor=ANCHOR, today=_today())


@cards.get("/ways")
def ways() -> Answer:
    """The ways people go, on one sheet, in another order each time: none stands before another."""
    spoken, _ = prints.asked()
    found = library.ways(spoken)
    return _sheet("cards/_ways.html", "", ways=random.SystemRandom().sample(found, len(found)))


def _sheet(template: str, title: str, **shown: Any) -> Answer:
    """The page, in the reader's language, around a sheet in the language chosen for it alone."""
    spoken, paper = prints.asked()
    with force_locale(spoken):
        sheet = render_template(template, vocabulary=library.tags(spoken), **shown)
    return page("cards/sheet.html", title=title, sheet=sheet, spoken=spoken, paper=paper, papers=prints.PAPERS)


def _today() -> Any:
    return datetime.now(UTC).date()
