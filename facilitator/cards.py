"""The cards: all of them in a list, and each on one sheet of paper to read together; and the ways, side by side."""

import random
from typing import Any

from flask import Blueprint, render_template
from flask_babel import force_locale
from werkzeug.exceptions import NotFound

from facilitator import language, prints
from facilitator.answers import Answer, page
from facilitator.taught import ANCHOR, needs_english, today
from sessions import library

cards = Blueprint("cards", __name__, url_prefix="/cards")


@cards.get("")
def index() -> Answer:
    """Every card by its title, and what somebody should know of it before teaching from it."""
    return page("cards/index.html", cards=library.cards(language.current()).values(), today=today())


@cards.get("/<card>")
def card(card: str) -> Answer:
    """One card, whole, on one sheet."""
    spoken, _ = prints.asked()
    found = library.cards(spoken).get(card)
    if found is None:
        raise NotFound
    # Until somebody has signed a translation, the English stands beside it.
    english = library.cards("en").get(card) if needs_english(found) else None
    sheet = _drawn(spoken, "cards/_card.html", card=found, english=english, anchor=ANCHOR)
    return _page([sheet], found.title)


@cards.get("/ways")
def ways() -> Answer:
    """The ways people go, on one sheet, in another order each time: none stands before another."""
    spoken, _ = prints.asked()
    found = library.ways(spoken)
    order = random.SystemRandom().sample([way.key for way in found.ways], len(found.ways))
    # So much text has no room beside it: the English lies on a sheet of its own, in the same order.
    each = [found, library.ways("en")] if needs_english(found) else [found]
    return _page([_drawn(one.language, "cards/_ways.html", signed=one, order=order) for one in each])


def _page(sheets: list[str], title: str = "") -> Answer:
    """The page, in the reader's language, around sheets in the language chosen for them alone."""
    spoken, paper = prints.asked()
    return page("cards/sheet.html", title=title, sheets=sheets, spoken=spoken, paper=paper, papers=prints.PAPERS)


def _drawn(spoken: str, template: str, **shown: Any) -> str:
    with force_locale(spoken):
        return render_template(template, vocabulary=library.tags(spoken), today=today(), **shown)
