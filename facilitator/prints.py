"""Print the circle: what lies on the table. Sheets of paper with no code, and no member's words, on them."""

from collections.abc import Collection, Sequence
from typing import Any

from flask import Blueprint, g, render_template, request
from flask_babel import force_locale
from flask_login import current_user
from werkzeug.exceptions import NotFound
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from facilitator import language
from facilitator.answers import Answer, back_to, page
from facilitator.circle_forms import plan_choices
from facilitator.extensions import database, vault
from facilitator.lead import find_circle, reach
from facilitator.printed_places import on_one_sheet
from sessions import own_plans
from sessions.circle import snapshot
from sessions.circle.circles import OPEN
from sessions.circle.rules import GroundRule, shown
from sessions.circle.vocabulary import own_tags
from sessions.library import Tag, help_page, tags
from sessions.permissions import FACILITATOR
from sessions.plan_sheet import Part, minutes_of
from sessions.schedule import building_rules, buildings
from sessions.schedule import places as places_that_help
from sessions.schedule.buildings import Building
from sessions.schedule.own_tags import tags_in
from sessions.schedule.own_words import Words, words_of

LETTER, A4 = "letter", "a4"
PAPERS = {LETTER: "Letter", A4: "A4"}  # what paper is called, in every language
USUAL = "60"
"""The plan whose run-sheet is printed unless another is chosen."""

prints = Blueprint("prints", __name__, url_prefix="/lead")
prints.url_value_preprocessor(find_circle)
prints.before_request(reach)


@prints.get("/print")
def without_circle() -> Answer:
    """The sheets, with the rules and tags a circle starts with there, and the run-sheet of a plan, shipped or own.

    Where there is one building, the sheets are for it unless another place is asked for.
    """
    chosen = request.args.get("plan") or USUAL
    with database.read() as db:
        own, plan = own_plans.of(db, current_user.person.id), own_plans.chosen(db, current_user.person.id, chosen)
        places = buildings.everywhere(db)
    place = request.args.get("building", places[0].id if len(places) == 1 else "")
    if plan is None or place not in {"", *(one.id for one in places)}:
        raise NotFound
    with database.read() as db:
        ground, added = shown(building_rules.begin_with(db, place)), tags_in(db, place)
    return _sheets(ground, added, plan, place, plan_choices(own), chosen, places)


@prints.get("/<id:circle_id>/print")
def circle() -> Answer:
    """The sheets of one circle, with the rules its group gave itself, and its plan as it is by now.

    Covered or closed, there is nothing to print.
    """
    if g.circle.blank or g.circle.state != OPEN:
        return back_to("lead.console", circle_id=g.circle.id)
    with database.read() as db:
        seen = snapshot.take(db, vault, g.circle.id, FACILITATOR)
    if seen is None or seen.led is None:
        raise NotFound
    added = own_tags(vault, g.circle).values()
    return _sheets(seen.rules, added, seen.led.parts, g.circle.building_id or "")


def asked() -> tuple[str, str]:
    """The language and the paper that are asked for; else the reader's own, and Letter."""
    return language.asked_for(), paper_asked_for()


def _sheets(
    ground: list[GroundRule],
    added: Collection[Tag],
    plan: list[Part],
    place: str,
    choices: Sequence[SelectChoice] = (),
    chosen: str = "",
    places: Sequence[Building] = (),
) -> Answer:
    """The page, in the reader's language, around sheets in the language chosen for them alone."""
    spoken, paper = asked()
    with database.read() as db:
        words, directory = words_of(db, place), places_that_help.directory(db, place)
    shown: dict[str, Any] = {"ground": ground, "added": added, "plan": plan, "minutes": minutes_of(plan)}
    near = on_one_sheet(directory) if directory else None
    sheets = _drawn(spoken, words, near=near, directory=directory, **shown)
    printed: dict[str, Any] = {"spoken": spoken, "paper": paper, "papers": PAPERS, "plans": choices, "chosen": chosen}
    printed |= {"place": place, "places": places}
    return page("prints/prints.html", sheets=sheets, **printed)


def paper_asked_for() -> str:
    """The paper that the address asks for."""
    paper = request.args.get("paper", "")
    return paper if paper in PAPERS else LETTER


def _drawn(spoken: str, words: Words, **shown: Any) -> str:
    # Until a named clinician and a speaker have signed a translation, the sheet in English lies beside it.
    help_sheets = [_help(code, words) for code in dict.fromkeys((spoken, _english_beside(spoken)))]
    with force_locale(spoken):
        vocabulary, leader = tags(spoken), current_user.person
        return render_template(
            "prints/_sheets.html", leader=leader, vocabulary=vocabulary, help_sheets=help_sheets, words=words, **shown
        )


def _english_beside(spoken: str) -> str:
    return spoken if help_page(spoken).reviewed_by else "en"


def _help(spoken: str, words: Words) -> str:
    with force_locale(spoken):
        return render_template("prints/_help.html", words=words)
