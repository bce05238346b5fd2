"""The cards: all of them in a list, and each on one sheet of paper to read together; and the ways, side by side."""

from random import SystemRandom
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import force_locale
from werkzeug.exceptions import NotFound

from facilitator import language, prints
from facilitator.answers import Answer, page
from facilitator.extensions import database
from facilitator.taught import ANCHOR, needs_english, today
from sessions import library
from sessions.library import Card, Ways
from sessions.schedule import buildings, cards_off

cards = Blueprint("cards", __name__, url_prefix="/cards")


@cards.get("")
def index() -> Answer:
    """Every card by its title, and what somebody should know of it before teaching from it.

    Where there is one building, they are its cards unless another place is asked for.
    """
    with database.read() as db:
        places = buildings.everywhere(db)
    place = request.args.get("building", places[0].id if len(places) == 1 else "")
    shown = _shown(place, language.current())
    listed: dict[str, Any] = {"cards": shown.values(), "ways": library.ways(language.current()), "today": today()}
    return page("cards/index.html", places=places, place=place, **listed)


@cards.get("/<card>")
def card(card: str) -> Answer:
    """One card, whole, on one sheet; as a building shows it, where one is asked for."""
    spoken, _ = prints.asked()
    place = request.args.get("building", "")
    found = _shown(place, spoken).get(card)
    if found is None:
        raise NotFound
    sheet = drawn(spoken, "cards/_card.html", card=found, english=english_beside(found), on_paper=True)
    return _page([sheet], found.title, place, found.language)


@cards.get("/ways")
def ways() -> Answer:
    """The ways people go, on one sheet, in another order each time: none stands before another."""
    spoken, _ = prints.asked()
    signed, order = ways_shuffled(spoken)
    # So much text has no room beside it: the English lies on a sheet of its own, in the same order.
    return _page([drawn(one.language, "cards/_ways.html", signed=one, order=order) for one in signed])


def english_beside(found: Card) -> Card | None:
    """Until somebody has signed a translation, the English stands beside it. Of a building's own there is none."""
    return library.cards("en").get(found.key) if needs_english(found) else None


def ways_shuffled(spoken: str) -> tuple[list[Ways], list[str]]:
    """The ways, after which the English follow until somebody has signed the translation; and a fresh order for all."""
    found = library.ways(spoken)
    order = SystemRandom().sample([way.key for way in found.ways], len(found.ways))
    return [found, library.ways("en")] if needs_english(found) else [found], order


def drawn(spoken: str, template: str, **shown: Any) -> str:
    """A sheet, in this language whatever the reader's is."""
    with force_locale(spoken):
        return render_template(template, **for_a_sheet(spoken), **shown)


def for_a_sheet(spoken: str) -> dict[str, Any]:
    """What each sheet needs besides its card."""
    return {"vocabulary": library.tags(spoken), "today": today(), "anchor": ANCHOR}


def _shown(place: str, spoken: str) -> dict[str, Card]:
    """The cards of a building, or all of ours. A building that is not there has none."""
    with database.read() as db:
        if place and buildings.find(db, place) is None:
            raise NotFound
        return cards_off.shown_in(db, place, spoken)


def _page(sheets: list[str], title: str = "", place: str = "", spoken_in: str = "") -> Answer:
    """The page, in the reader's language, around sheets in the language chosen for them alone."""
    spoken, paper = prints.asked()
    return page(
        "cards/sheet.html",
        title=title,
        title_language=spoken_in,
        sheets=sheets,
        spoken=spoken,
        paper=paper,
        papers=prints.PAPERS,
        place=place,
    )
