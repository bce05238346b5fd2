"""Reads what a leader tells after a circle, and says in one plain sentence what to mend."""

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, StringField, TextAreaField

from facilitator.forms import Form, Pick, again, new_key, shorten
from sessions.schedule.held import MOST_HEADS, MOST_MINUTES, MOST_OF_ONE, HeldRefused, Typed
from sessions.schedule.supplies import MOST_NAMES, SuppliesRefused


class AfterForm(Form):
    """What is told after a circle, and the list of supplies, which stands on the same page."""

    key = HiddenField()
    heads = StringField(lazy_gettext("How many heads did you count?"))
    minutes = StringField(lazy_gettext("About how many minutes?"))
    of = Pick(lazy_gettext("Which circle was it?"), default="")
    names = TextAreaField(lazy_gettext("What you hand out, one name a line"))
    line = TextAreaField(lazy_gettext("A line for whoever leads next"))

    def __init__(self, **given: Any) -> None:
        """Nothing is wrong yet with what is no box of its own: key, cards, supplies."""
        super().__init__(**given)
        self.wrong: dict[str, str] = {}

    def typed(self) -> Typed:
        """The form as it was typed. Raises HeldRefused("supplies") where names and numbers are no pairs."""
        if len(request.form.getlist("supply")) != len(request.form.getlist("given")):
            raise HeldRefused("supplies")
        boxes = {name: self[name].data or "" for name in ("key", "heads", "minutes", "line")}
        return Typed(**boxes, cards=request.form.getlist("cards"), supplies=numbers())

    def say(self, refused: HeldRefused | SuppliesRefused) -> None:
        """Put the sentence for a refusal beside its field."""
        name = refused.field if isinstance(refused, HeldRefused) else "names"
        if name in ("heads", "minutes", "line", "names"):
            self[name].errors = [_sentence(refused)]
        self.wrong = {name: _sentence(refused)}

    def renew(self) -> None:
        """Give the form another key: a form that is shown again was not kept under the one it had."""
        self.key.data = new_key()


def numbers() -> list[tuple[str, str]]:
    """How many of each supply were typed, beside the name that stood there."""
    return list(zip(request.form.getlist("supply"), request.form.getlist("given"), strict=False))


def _sentence(refused: HeldRefused | SuppliesRefused) -> str:
    if isinstance(refused, SuppliesRefused):
        many = gettext("%(most)d lines are the most. Take one out first.", most=MOST_NAMES)
        return shorten(refused.over) if refused.reason == "long" else many
    whole = gettext("Use a whole number, 0 to %(most)d.", most=MOST_OF_ONE)
    sentences: dict[str, Callable[[], str]] = {
        "key": again,
        "heads": lambda: gettext("Use a whole number, 0 to %(most)d.", most=MOST_HEADS),
        "minutes": lambda: gettext("Use whole minutes, 1 to %(most)d.", most=MOST_MINUTES),
        "cards": lambda: gettext("Pick from the list."),
        "supplies": lambda: f"{refused.name}: {whole}" if refused.name else again(),
        "line": lambda: shorten(refused.over),
    }
    return sentences[refused.field]()
