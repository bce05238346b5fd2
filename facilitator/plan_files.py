"""Own plans as files: to keep one elsewhere, to hand it to a colleague, to write it in an editor."""

from collections.abc import Callable

from flask import Response, g
from flask_babel import gettext
from flask_login import current_user

from facilitator import circle_forms, forms, language
from facilitator.answers import Answer
from facilitator.extensions import database
from facilitator.plans import plans, say, to_page
from sessions import library, own_plans, plan_file
from sessions.plan_file import FileRefused
from sessions.plan_sheet import MOST_MINUTES, PlanRefused

FILE = "plan.yaml"
"""Every plan's file is called so: what a plan is about, its name tells nobody who looks into a folder."""


@plans.get("/<id:plan_id>/file", endpoint="file")
def export() -> Answer:
    """The plan as a file."""
    text = plan_file.written(g.plan.title, g.plan.parts, language.current(), _notes())
    saved_as = {"Content-Disposition": f"attachment; filename={FILE}"}
    return Response(text, content_type="application/yaml; charset=utf-8", headers=saved_as)


@plans.post("/bring-in")
def bring_in() -> Answer:
    """Make a plan of mine from a file, or from its text. The file goes first where both came."""
    g.brought = pasted = forms.one("text") or ""
    file = forms.one_file("file")
    g.brought = plan_file.decoded(file) if file else pasted
    title, sheet = plan_file.read(g.brought)
    return to_page(database.write(own_plans.add, current_user.person.id, title, sheet).id)


@plans.errorhandler(FileRefused)
def not_a_plan(error: FileRefused) -> Answer:
    """A file is no plan: one sentence that names the line, the text to mend it in, and nothing has changed."""
    return say(file_sentence(error), "text")


def file_sentence(refused: FileRefused) -> str:
    """What to tell a facilitator whose file is not a plan."""
    what, kinds = refused.what[:40], ", ".join(library.parts("en"))
    sentences: dict[str, Callable[[], str]] = {
        "unread": lambda: gettext("Something is off here. Look at the spaces at its start, and for a lost quote mark."),
        "tab": lambda: gettext("There is a tab. Use spaces instead."),
        "colon": lambda: gettext("Put quotes around words that have a colon in them."),
        "sign": lambda: gettext("There is a sign here that can't be kept."),
        "letters": lambda: gettext("There are letters here that can't be read. Save the file as UTF-8 text."),
        "special": lambda: gettext("Put quotes around words that begin with one of these: & * !"),
        "second": lambda: gettext("A second plan begins here. Bring in one at a time."),
        "pairs": lambda: gettext("There should be a word and a colon here, like “title: My plan”."),
        "list": lambda: gettext("After “%(what)s:” comes a list. Each of its lines begins with a dash.", what=what),
        "text": lambda: gettext("There should be words alone here. If they have a colon, put quotes around them."),
        "unknown": lambda: gettext("“%(what)s” has no place here. Look at how a file from here spells it.", what=what),
        "twice": lambda: gettext("“%(what)s” is here a second time.", what=what),
        "lacks": lambda: gettext("“%(what)s” is missing.", what=what),
        "kind": lambda: gettext("There is no kind “%(what)s”. Use one of these: %(kinds)s.", what=what, kinds=kinds),
    }
    if refused.reason == "empty":
        return str(gettext("There is nothing in it yet."))
    if refused.reason == "long" and not refused.what:
        return str(gettext("That is too long for a plan."))
    of_a_plan = PlanRefused(refused.reason, refused.what, refused.over)
    wrong = sentences.get(refused.reason, lambda: circle_forms.plan_sentence(of_a_plan))()
    return str(gettext("Line %(line)d: %(wrong)s", line=refused.line, wrong=wrong))


def _notes() -> list[str]:
    """What stands above a plan in its file."""
    return [
        gettext("A plan for a circle. Change it here, then bring it in again on the page “My plans”."),
        gettext("title: what you call it."),
        gettext("parts: one after the other. Each begins with a dash."),
        gettext("kind: what the page shows meanwhile. One of: %(kinds)s.", kinds=", ".join(library.parts("en"))),
        gettext("minutes: about how long, 1 to %(most)d.", most=MOST_MINUTES),
        gettext("name: what the part is called. words: one line for the phones."),
        gettext("script: what you may read aloud, line by line."),
        gettext("Leave out name, words or script, and our own are said, to each reader in their language."),
        gettext("Words with a colon in them need quotes around them."),
    ]
