"""Print the circle: what lies on the table. Sheets of paper with no code, and no member's words, on them."""

from typing import Any

from flask import Blueprint, g, render_template, request
from flask_babel import force_locale
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import language
from facilitator.answers import Answer, back_to, page
from facilitator.extensions import database, vault
from facilitator.lead import find_circle, reach
from sessions import host
from sessions.circle import snapshot
from sessions.circle.circles import OPEN
from sessions.circle.rules import GroundRule
from sessions.library import LANGUAGES, help_page, rules, tags
from sessions.permissions import FACILITATOR

LETTER, A4 = "letter", "a4"
PAPERS = {LETTER: "Letter", A4: "A4"}  # what paper is called, in every language
SHORT = 60

prints = Blueprint("prints", __name__, url_prefix="/lead")
prints.url_value_preprocessor(find_circle)
prints.before_request(reach)


@prints.get("/print")
def without_circle() -> Answer:
    """The sheets, with the rules a circle starts with."""
    shipped = [GroundRule(rule.key, rule.key, None, rule.stays) for rule in rules("en")]
    return _sheets(shipped, SHORT)


@prints.get("/<id:circle_id>/print")
def circle() -> Answer:
    """The sheets of one circle, with the rules its group gave itself. Covered or closed, there is nothing to print."""
    if g.circle.blank or g.circle.state != OPEN:
        return back_to("lead.console", circle_id=g.circle.id)
    with database.read() as db:
        seen = snapshot.take(db, vault, g.circle.id, FACILITATOR)
    if seen is None:
        raise NotFound
    return _sheets(seen.rules, g.circle.minutes)


def _sheets(ground: list[GroundRule], minutes: int) -> Answer:
    """The page, in the reader's language, around sheets in the language chosen for them alone."""
    asked, paper = request.args.get("language", ""), request.args.get("paper", "")
    spoken, paper = asked if asked in LANGUAGES else language.current(), paper if paper in PAPERS else LETTER
    with database.read() as db:
        words = host.words(db)
    sheets = _drawn(spoken, ground=ground, minutes=minutes, words=words)
    return page("prints/prints.html", sheets=sheets, spoken=spoken, paper=paper, papers=PAPERS)


def _drawn(spoken: str, words: host.Host, **shown: Any) -> str:
    # Until a named clinician and a speaker have signed a translation, the sheet in English lies beside it.
    help_sheets = [_help(code, words) for code in dict.fromkeys((spoken, _english_beside(spoken)))]
    with force_locale(spoken):
        vocabulary, leader = tags(spoken), current_user.person
        return render_template(
            "prints/_sheets.html", leader=leader, vocabulary=vocabulary, help_sheets=help_sheets, words=words, **shown
        )


def _english_beside(spoken: str) -> str:
    return spoken if help_page(spoken).reviewed_by else "en"


def _help(spoken: str, words: host.Host) -> str:
    with force_locale(spoken):
        return render_template("prints/_help.html", words=words)
