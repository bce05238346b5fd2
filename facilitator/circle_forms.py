"""Reads the forms that open a circle and lead one along; says in a plain sentence what in a plan or a rule to mend."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import PasswordField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from facilitator import language
from facilitator.forms import NEEDED, Form, OneOf, Pick, at_most, shorten
from sessions.circle.circles import LONGEST_TITLE, CircleRefused
from sessions.circle.leaders import MOST_ALONG, LeadRefused
from sessions.circle.lock import LONGEST_PIN, SHORTEST_PIN
from sessions.library import plans
from sessions.own_plans import MOST_PLANS, OwnPlan
from sessions.own_rules import RuleRefused
from sessions.plan_sheet import MOST_LINES, MOST_MINUTES, MOST_PARTS, PlanRefused
from sessions.schedule.buildings import Building


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
