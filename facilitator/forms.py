"""What every form is made of; and the form of a share, that many send at once.

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
from wtforms import HiddenField, RadioField, SelectField, ValidationError
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length

from sessions.circle.changes import ShareRefused

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


def shorten(over: int) -> str:
    """What to tell somebody who typed so many characters too many."""
    return str(ngettext("Shorten it by %(num)d character.", "Shorten it by %(num)d characters.", over))
