"""A facilitator's own plans: the list of them, and the page on which one is changed.

Each is reached through the account that asks: somebody else's is not there.
"""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound

from facilitator import circle_forms, forms, language
from facilitator.answers import Answer, back_to, page
from facilitator.extensions import database
from sessions import library, own_plans, plan_sheet
from sessions.plan_sheet import PlanRefused

plans = Blueprint("plans", __name__, url_prefix="/lead/plans")


@dataclass(frozen=True)
class Wrong:
    """What could not be done: by which form, of which part and in which field, why, and what was typed."""

    form: str
    part: str
    field: str
    sentence: str
    typed: MultiDict[str, str]


@plans.url_value_preprocessor
def find_plan(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """Take the plan's id off the views' hands: they get `g.plan`, found by `reach` once the guard let them in."""
    g.plan_id = (values or {}).pop("plan_id", None)


@plans.before_request
def reach() -> None:
    """Reach the plan through the person asking: somebody else's is not there."""
    if g.plan_id is None:
        return
    with database.read() as db:
        g.plan = own_plans.find(db, current_user.person.id, g.plan_id)
    if g.plan is None:
        raise NotFound


@plans.get("")
def index() -> Answer:
    """My plans, ours to copy, and the form that brings one in."""
    return show_index()


@plans.post("/copy")
def copy() -> Answer:
    """Make a copy of a shipped plan, or of one of mine, to be changed."""
    key = forms.one("plan") or ""
    shipped = library.plans(language.current()).get(key)
    title = gettext("%(plan)s, my way", plan=shipped.label) if shipped else ""
    return to_page(database.write(own_plans.copy, current_user.person.id, key, title).id)


@plans.get("/<id:plan_id>", endpoint="page")
def show() -> Answer:
    """One plan."""
    return _show()


@plans.post("/<id:plan_id>/title")
def rename() -> Answer:
    """Call it something else."""
    database.write(own_plans.rename, current_user.person.id, g.plan.id, forms.one("title") or "")
    return to_page(g.plan.id)


@plans.post("/<id:plan_id>/parts")
def add_part() -> Answer:
    """Add a part."""
    added = database.write(own_plans.add_part, current_user.person.id, g.plan.id, forms.one("kind") or "")
    return to_page(g.plan.id, added)


@plans.post("/<id:plan_id>/parts/save")
def save_part() -> Answer:
    """Give a part other words, and other minutes."""
    part, minutes, *words = (forms.one(name) or "" for name in ("part", "minutes", "name", "words", "script"))
    database.write(own_plans.save_part, current_user.person.id, g.plan.id, part, minutes, *words)
    return to_page(g.plan.id, part)


@plans.post("/<id:plan_id>/parts/move")
def move_part() -> Answer:
    """Move a part one place up or down."""
    part, direction = forms.one("part") or "", forms.one("direction") or ""
    database.write(own_plans.move_part, current_user.person.id, g.plan.id, part, direction)
    return to_page(g.plan.id, part)


@plans.post("/<id:plan_id>/parts/remove")
def remove_part() -> Answer:
    """Take a part out."""
    database.write(own_plans.remove_part, current_user.person.id, g.plan.id, forms.one("part") or "")
    return to_page(g.plan.id)


@plans.post("/<id:plan_id>/remove")
def remove() -> Answer:
    """Delete the plan."""
    database.write(own_plans.remove, current_user.person.id, g.plan.id)
    return back_to("plans.index")


@plans.errorhandler(PlanRefused)
def refused(error: PlanRefused) -> Answer:
    """A rule said no: one sentence beside the field, and nothing has changed."""
    if error.reason == "gone":
        raise NotFound
    return say(circle_forms.plan_sentence(error), error.field)


@plans.errorhandler(forms.SentTwice)
def sent_twice(_error: forms.SentTwice) -> Answer:
    """A field came twice: one sentence, and nothing has changed."""
    return say(forms.again())


def say(sentence: str, field: str = "") -> Answer:
    """The page again, with a sentence beside this field of the form that was sent, and all that was typed."""
    part = request.form.get("part", "")
    wrong = Wrong(request.endpoint or "", part, field, sentence, request.form)
    return show_index(wrong) if g.plan_id is None else _show(wrong)


def show_index(wrong: Wrong | None = None) -> Answer:
    """The list. The text of a file that could not be taken, `g.brought`, stands there to be mended."""
    with database.read() as db:
        own = own_plans.of(db, current_user.person.id)
    shipped = library.plans(language.current()).values()
    status = 422 if wrong else 200
    brought = g.get("brought", "")
    return page("plans/index.html", status=status, own=own, shipped=shipped, wrong=wrong, brought=brought)


def to_page(plan_id: str, part: str = "") -> Answer:
    """See the plan's page, at this part."""
    return back_to("plans.page", plan_id=plan_id, _anchor=f"part-{part}" if part else None)


def _show(wrong: Wrong | None = None) -> Answer:
    with database.read() as db:
        plan = own_plans.find(db, current_user.person.id, g.plan.id)
    if plan is None:
        raise NotFound
    kinds = library.parts(language.current()).values()
    longest = plan_sheet.LONGEST | {"title": plan_sheet.LONGEST_TITLE, "circle": plan_sheet.LONGEST_CIRCLE}
    shown: dict[str, Any] = {
        "plan": plan,
        "kinds": kinds,
        "longest": longest,
        "limits": own_plans.says_limits(plan.parts),
    }
    return page("plans/plan.html", status=422 if wrong else 200, wrong=wrong, **shown)
