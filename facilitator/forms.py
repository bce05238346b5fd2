"""Reads each form, and says in one plain sentence what to mend.

The rules themselves live in `sessions`; here a refusal gets its words. CSRF is the guard's affair.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import HiddenField, PasswordField, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length

from facilitator import language
from sessions.circle.changes import ShareRefused
from sessions.circle.circles import LONGEST_TITLE, CircleRefused
from sessions.circle.leaders import MOST_ALONG, LeadRefused
from sessions.circle.lock import LONGEST_PIN, SHORTEST_PIN
from sessions.library import plans
from sessions.own_plans import MOST_PLANS, OwnPlan
from sessions.own_rules import RuleRefused
from sessions.plan_sheet import MOST_LINES, MOST_MINUTES, MOST_PARTS, PlanRefused
from sessions.schedule.buildings import Building

NEEDED = InputRequired(lazy_gettext("Fill this in first."))


class SentTwice(Exception):
    """A field that holds one thing came more than once. Which of them is meant, nobody can tell."""


def one(name: str) -> str | None:
    """What the field `name` of this post holds; None where it was not sent. Raises SentTwice."""
    sent = request.form.getlist(name)
    if len(sent) > 1:
        raise SentTwice
    return sent[0] if sent else None


def one_file(name: str) -> bytes | None:
    """What is in the file that was sent as `name`; None where none was chosen. Raises SentTwice."""
    sent = request.files.getlist(name)
    if len(sent) > 1:
        raise SentTwice
    return sent[0].read() or None if sent else None


def at_most(characters: int) -> Length:
    """The validator for a field that holds so many characters and no more."""
    return Length(max=characters, message=lazy_gettext("Make it shorter."))


class Form(FlaskForm):
    """A form whose CSRF token the guard has checked already."""

    class Meta:
        """WTForms' own settings."""

        csrf = False

        def wrap_formdata(self, _form: FlaskForm, formdata: object) -> MultiDict[str, str] | None:
            """What was sent as text. A file or JSON under a field's name is as if it were not there."""
            return request.form if request.method == "POST" and formdata is not None else None

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether all of it can be taken. A field that came twice says so, even where either would do."""
        fits = super().validate(extra_validators)
        twice = [sent for sent in self if len(request.form.getlist(sent.name)) > 1]
        for sent in twice:
            seen = [*self][-1] if isinstance(sent, HiddenField) else sent
            seen.errors = [again()]
        return bool(fits) and not twice


class OneOf(RadioField):
    """One of a few choices. What is not among them is refused without saying it again."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse anything that is not on the list."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(gettext("Pick from the list.")) from None


class Pick(SelectField):
    """One of many. What is not among them is refused without saying it again."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse anything that is not on the list."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(gettext("Pick from the list.")) from None


def plan_choices(own: list[OwnPlan]) -> list[SelectChoice]:
    """The shipped plans, in the reader's language, and then the reader's own."""
    shipped = [SelectChoice(plan.key, plan.label) for plan in plans(language.current()).values()]
    return [*shipped, *(SelectChoice(plan.id, plan.title) for plan in own)]


class OpenForm(Form):
    """What a new circle needs: a title, and nothing else that has no default. A PIN is never given back."""

    title = StringField(lazy_gettext("Title"), [NEEDED, at_most(LONGEST_TITLE)])
    plan = OneOf(lazy_gettext("Plan"), default="60")
    appear = OneOf(
        lazy_gettext("How shares appear"),
        choices=[
            SelectChoice("handfuls", lazy_gettext("In handfuls of three, mixed")),
            SelectChoice("at-once", lazy_gettext("At once, one by one")),
        ],
        default="handfuls",
    )
    ground = OneOf(
        lazy_gettext("Start with"),
        choices=[
            SelectChoice("kept", lazy_gettext("The rules kept last time")),
            SelectChoice("shipped", lazy_gettext("The building’s rules, or our twelve")),
        ],
        default="kept",
    )
    building = Pick(lazy_gettext("Building"), default="")
    pin = PasswordField(lazy_gettext("PIN"))

    def __init__(self, own: list[OwnPlan], places: list[Building], **given: Any) -> None:
        """Offer the shipped plans, in the reader's language, and the reader's `own`; and `places` to meet in.

        Where there is one building, it is the one.
        """
        super().__init__(data={"building": places[0].id} if len(places) == 1 else {}, **given)
        self.plan.choices = plan_choices(own)
        self.building.choices = [
            SelectChoice("", gettext("Another place")),
            *(SelectChoice(place.id, place.name) for place in places),
        ]

    def chosen(self) -> dict[str, Any]:
        """What was chosen, in the words of the rule that opens a circle."""
        return {
            "title": self.title.data or "",
            "plan_key": self.plan.data,
            "appear": self.appear.data,
            "pin": self.pin.data or "",
            "kept_rules": self.ground.data == "kept",
            "building_id": self.building.data or None,
        }

    def say(self, refused: CircleRefused) -> None:
        """Put the sentence for a refusal beside its field."""
        sentences: dict[str, Callable[[], str]] = {
            "title": lambda: gettext("Fill this in first."),
            "pin": lambda: gettext(
                "Use %(fewest)d to %(most)d digits, or leave it empty.", fewest=SHORTEST_PIN, most=LONGEST_PIN
            ),
            "easy": lambda: gettext("That PIN is easy to guess. Pick other digits."),
            "plan": lambda: gettext("Pick from the list."),
            "building": lambda: gettext("Pick from the list."),
        }
        wrong = {"title": self.title, "plan": self.plan, "building": self.building}.get(refused.reason, self.pin)
        wrong.errors = [sentences[refused.reason]()]


class AlongForm(Form):
    """A one-use code that a colleague read out."""

    code = StringField(lazy_gettext("The code"), [NEEDED, at_most(40)])


@dataclass(frozen=True)
class Written:
    """What a member's form held, as typed: kept on the page when it can't be kept in the circle."""

    text: str = ""
    tags: list[str] = field(default_factory=list)
    key: str = ""
    error: str = ""


def written() -> Written:
    """Read a share's form by hand: it is the one form that many send at once. Raises SentTwice."""
    return Written(one("text") or "", request.form.getlist("tags"), one("key") or "")


def typed() -> Written:
    """The same form, to be given back whatever is wrong with it: of a field that came twice, the first."""
    form = request.form
    return Written(form.get("text", ""), form.getlist("tags"), form.get("key", ""))


def new_key() -> str:
    """What one form sends to be known again by. Each its own: two forms under one key would be one sent twice."""
    return str(uuid.uuid4())


def again() -> str:
    """What to tell somebody whose form came in a way that no page of ours sends it."""
    return str(gettext("Send it again."))


def share_sentence(refused: ShareRefused) -> str:
    """What to tell a member whose share was refused."""
    sentences: dict[str, Callable[[], str]] = {
        "closed": lambda: gettext("The circle has closed. Nothing can be added now."),
        "paused": lambda: gettext("The leader has paused writing for a moment. What you typed is kept."),
        "key": again,
        "reused": lambda: gettext("You sent other words with this form before. Send it again if you mean both."),
        "empty": lambda: gettext("Write something first, or tap a word."),
        "wordless": lambda: gettext("Write something first."),
        "suggested": lambda: gettext("The leader has many to read just now. Say it in the room, or try again later."),
        "unnamed": lambda: gettext("Type a name first."),
        "long": lambda: shorten(refused.over),
        "tags": lambda: gettext("Pick from the list."),
        "kind": lambda: gettext("Pick from the list."),
        "card": lambda: gettext("Pick from the list."),
        "group": lambda: gettext("Pick one of the three: drug, set or setting."),
        "many": lambda: gettext("There is no room for more. Take something back first."),
    }
    return sentences[refused.reason]()


def rule_sentence(refused: RuleRefused) -> str:
    """What to tell a facilitator whose rule was refused."""
    sentences: dict[str, Callable[[], str]] = {
        "closed": lambda: gettext("The circle has closed. Nothing can be added now."),
        "empty": lambda: gettext("Write something first."),
        "long": lambda: shorten(refused.over),
        "many": lambda: gettext("Thirty rules are the most. Take one out first."),
        "stays": lambda: gettext("This one stays, to keep people safe. You can change its words."),
        "list": lambda: gettext("Pick from the list."),
    }
    return sentences[refused.reason]()


def plan_sentence(refused: PlanRefused) -> str:
    """What to tell a facilitator whose change of the plan was refused."""
    sentences: dict[str, Callable[[], str]] = {
        "closed": lambda: gettext("The circle has closed. Nothing can be added now."),
        "part": lambda: gettext("That part is not in the plan. Pick one from the list."),
        "minutes": lambda: gettext("Use whole minutes, 1 to %(most)d.", most=MOST_MINUTES),
        "kind": lambda: gettext("Pick from the list."),
        "plan": lambda: gettext("Pick from the list."),
        "last": lambda: gettext("A plan needs at least one part."),
        "many": lambda: gettext("%(most)d parts are the most. Take one out first.", most=MOST_PARTS),
        "full": lambda: gettext("This plan is as long as a plan can be. Shorten its words first."),
        "title": lambda: gettext("Fill this in first."),
        "plans": lambda: gettext("%(most)d plans are the most. Delete one first.", most=MOST_PLANS),
        "long": lambda: shorten(refused.over),
        "lines": lambda: gettext("Use at most %(most)d lines.", most=MOST_LINES),
    }
    return sentences[refused.reason]()


def lead_sentence(refused: LeadRefused) -> str:
    """What to tell a facilitator who can't lead along, or can't ask somebody to."""
    sentences: dict[str, Callable[[], str]] = {
        "code": lambda: gettext("That code does not open anything now. Ask your colleague to read it again."),
        "unwritten": lambda: gettext(
            "First write down in My account what you must report. Members are told before you lead. Then type it again."
        ),
        "many": lambda: gettext("%(most)d colleagues lead with you already. That is the most.", most=MOST_ALONG),
        "first": lambda: gettext("Only the first leader can do that."),
        "closed": lambda: gettext("The circle has closed. Nothing can be added now."),
    }
    return sentences[refused.reason]()


def shorten(over: int) -> str:
    """What to tell somebody who typed so many characters too many."""
    return str(ngettext("Shorten it by %(num)d character.", "Shorten it by %(num)d characters.", over))
