"""Reads each form, and says in one plain sentence what to mend.

The rules themselves live in `sessions`; here a refusal gets its words. CSRF is the guard's affair.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, PasswordField, RadioField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types
from wtforms.form import BaseForm
from wtforms.validators import InputRequired, Length

from sessions.accounts import SHORTEST_PASSPHRASE, AccountRefused
from sessions.circle.changes import ShareRefused
from sessions.circle.circles import LONGEST_TITLE, CircleRefused
from sessions.circle.lock import LONGEST_PIN, SHORTEST_PIN
from sessions.circle.rules import RuleRefused
from sessions.host import Host, HostRefused
from sessions.permissions import ADMIN, FACILITATOR

NEEDED = InputRequired(lazy_gettext("Fill this in first."))


def at_most(characters: int) -> Length:
    """The validator for a field that holds so many characters and no more."""
    return Length(max=characters, message=lazy_gettext("Make it shorter."))


class Form(FlaskForm):
    """A form whose CSRF token the guard has checked already."""

    class Meta:
        """WTForms' own settings."""

        csrf = False

        def wrap_formdata(self, _form: FlaskForm, _formdata: object) -> MultiDict[str, str] | None:
            """What was sent as text. A file or JSON under a field's name is as if it were not there."""
            return request.form if request.method == "POST" else None


class OneOf(RadioField):
    """One of a few choices. What is not among them is refused without saying it again."""

    def pre_validate(self, form: BaseForm) -> None:
        """Refuse anything that is not on the list."""
        try:
            super().pre_validate(form)
        except ValidationError:
            raise ValidationError(gettext("Pick from the list.")) from None


class SignInForm(Form):
    """An account's address and passphrase."""

    email = StringField(lazy_gettext("E-mail"), [NEEDED])
    passphrase = PasswordField(lazy_gettext("Passphrase"), [NEEDED])


class OpenForm(Form):
    """What a new circle needs: a title, and nothing else that has no default. A PIN is never given back."""

    title = StringField(lazy_gettext("Title"), [NEEDED, at_most(LONGEST_TITLE)])
    minutes = OneOf(
        lazy_gettext("How long"),
        choices=[SelectChoice("60", lazy_gettext("60 minutes")), SelectChoice("90", lazy_gettext("90 minutes"))],
        default="60",
    )
    appear = OneOf(
        lazy_gettext("How shares appear"),
        choices=[
            SelectChoice("handfuls", lazy_gettext("In handfuls of three, mixed")),
            SelectChoice("at-once", lazy_gettext("At once, one by one")),
        ],
        default="handfuls",
    )
    pin = PasswordField(lazy_gettext("PIN"))

    def chosen(self) -> dict[str, Any]:
        """What was chosen, in the words of the rule that opens a circle."""
        return {
            "title": self.title.data or "",
            "minutes": int(self.minutes.data),
            "appear": self.appear.data,
            "pin": self.pin.data or "",
        }

    def say(self, refused: CircleRefused) -> None:
        """Put the sentence for a refusal beside its field."""
        sentences: dict[str, Callable[[], str]] = {
            "title": lambda: gettext("Fill this in first."),
            "pin": lambda: gettext(
                "Use %(fewest)d to %(most)d digits, or leave it empty.", fewest=SHORTEST_PIN, most=LONGEST_PIN
            ),
            "easy": lambda: gettext("That PIN is easy to guess. Pick other digits."),
        }
        wrong = self.title if refused.reason == "title" else self.pin
        wrong.errors = [sentences[refused.reason]()]


class IntroduceForm(Form):
    """What members are told of a facilitator before they come in."""

    name = StringField(lazy_gettext("Name members see"), [at_most(60)])
    paid_by = StringField(lazy_gettext("Who pays you"), [at_most(200)])
    must_report = TextAreaField(lazy_gettext("What you must report by law"), [at_most(600)])


class HostForm(Form):
    """The host's own words."""

    run_by = StringField(lazy_gettext("Who runs this computer"), [at_most(200)])
    landlord = BooleanField(lazy_gettext("They also own or manage the building"), default=True)
    limits = TextAreaField(lazy_gettext("What else people should know before they share"), [at_most(1000)])
    address = StringField(lazy_gettext("Street, door and room, to say on the phone to 911"), [at_most(200)])
    naloxone = StringField(lazy_gettext("Where naloxone is kept"), [at_most(200)])
    leave_to = StringField(lazy_gettext("Where “Leave fast” goes"), [at_most(300)])

    def words(self) -> Host:
        """What was typed; a field that was not sent stands at its default."""
        typed = {part.name: self[part.name].data for part in fields(Host)}
        return Host(**{name: words for name, words in typed.items() if words is not None})

    def say(self, refused: HostRefused | AccountRefused) -> None:
        """Put the sentence for a refusal beside its field."""
        if isinstance(refused, HostRefused):
            self[refused.field].errors = [gettext("Write a web address, like https://www.weather.gov/")]
        else:
            wrong = "email" if refused.reason in ("address", "taken") else refused.reason
            self[wrong].errors = [account_sentence(refused)]


class FirstForm(HostForm):
    """The first account, and the host's words along with it."""

    role = OneOf(
        lazy_gettext("This account is for"),
        choices=[
            SelectChoice(FACILITATOR, lazy_gettext("Leading circles")),
            SelectChoice(ADMIN, lazy_gettext("Looking after this computer")),
        ],
        default=FACILITATOR,
    )
    email = StringField(lazy_gettext("E-mail"), [NEEDED])
    passphrase = PasswordField(lazy_gettext("Passphrase"), [NEEDED])


@dataclass(frozen=True)
class Written:
    """What a member's form held, as typed: kept on the page when it can't be kept in the circle."""

    text: str = ""
    tags: list[str] = field(default_factory=list)
    key: str = ""
    error: str = ""


def written() -> Written:
    """Read a share's form by hand: it is the one form that many send at once."""
    form = request.form
    return Written(form.get("text", ""), form.getlist("tags"), form.get("key", ""))


def share_sentence(refused: ShareRefused) -> str:
    """What to tell a member whose share was refused."""
    sentences: dict[str, Callable[[], str]] = {
        "closed": lambda: gettext("The circle has closed. Nothing can be added now."),
        "key": lambda: gettext("Send it again."),
        "reused": lambda: gettext("You sent other words with this form before. Send it again if you mean both."),
        "empty": lambda: gettext("Write something first, or tap a word."),
        "long": lambda: _shorten(refused.over),
        "tags": lambda: gettext("Pick from the list."),
        "many": lambda: gettext("There is no room for more. Take something back first."),
    }
    return sentences[refused.reason]()


def rule_sentence(refused: RuleRefused) -> str:
    """What to tell a facilitator whose rule was refused."""
    sentences: dict[str, Callable[[], str]] = {
        "closed": lambda: gettext("The circle has closed. Nothing can be added now."),
        "empty": lambda: gettext("Write something first."),
        "long": lambda: _shorten(refused.over),
        "many": lambda: gettext("Thirty rules are the most. Take one out first."),
        "stays": lambda: gettext("This one stays, to keep people safe. You can change its words."),
    }
    return sentences[refused.reason]()


def account_sentence(refused: AccountRefused) -> str:
    """What to tell somebody whose account can't be made."""
    sentences: dict[str, Callable[[], str]] = {
        "address": lambda: gettext("Write an e-mail address, like ana@example.org."),
        "taken": lambda: gettext("There is an account with this e-mail already."),
        "passphrase": lambda: gettext(
            "Use at least %(number)s characters. A few words in a row are easy to keep.", number=SHORTEST_PASSPHRASE
        ),
        "role": lambda: gettext("Pick from the list."),
    }
    return sentences[refused.reason]()


def _shorten(over: int) -> str:
    return str(ngettext("Shorten it by %(num)d character.", "Shorten it by %(num)d characters.", over))
