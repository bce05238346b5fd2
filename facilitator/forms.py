"""Reads each form, and says in one plain sentence what to mend.

The rules themselves live in `sessions`; here a refusal gets its words. CSRF is the guard's affair.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, fields

from flask import request
from flask_babel import gettext, lazy_gettext, ngettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from sessions.accounts import SHORTEST_PASSPHRASE, AccountRefused
from sessions.circle.circles import LONGEST_TITLE
from sessions.circle.rules import RuleRefused
from sessions.circle.shares import ShareRefused
from sessions.host import Host, HostRefused
from sessions.permissions import ADMIN, FACILITATOR

NEEDED = InputRequired(lazy_gettext("Fill this in first."))


class Form(FlaskForm):
    """A form whose CSRF token the guard has checked already."""

    class Meta:
        """WTForms' own settings."""

        csrf = False


class SignInForm(Form):
    """An account's address and passphrase."""

    email = StringField(lazy_gettext("E-mail"), [NEEDED])
    passphrase = PasswordField(lazy_gettext("Passphrase"), [NEEDED])


class OpenForm(Form):
    """What a new circle needs: a title, and nothing else that has no default."""

    title = StringField(
        lazy_gettext("Title"), [NEEDED, Length(max=LONGEST_TITLE, message=lazy_gettext("Make it shorter."))]
    )
    minutes = RadioField(
        lazy_gettext("How long"),
        choices=[("60", lazy_gettext("60 minutes")), ("90", lazy_gettext("90 minutes"))],
        default="60",
    )
    appear = RadioField(
        lazy_gettext("How shares appear"),
        choices=[
            ("handfuls", lazy_gettext("In handfuls of three, mixed")),
            ("at-once", lazy_gettext("At once, one by one")),
        ],
        default="handfuls",
    )


class IntroduceForm(Form):
    """What members are told of a facilitator before they come in."""

    name = StringField(lazy_gettext("Name members see"), [Length(max=60)])
    paid_by = StringField(lazy_gettext("Who pays you"), [Length(max=200)])
    must_report = TextAreaField(lazy_gettext("What you must report by law"), [Length(max=600)])


class HostForm(Form):
    """The host's own words."""

    run_by = StringField(lazy_gettext("Who runs this computer"), [Length(max=200)])
    landlord = BooleanField(lazy_gettext("They also own or manage the building"))
    limits = TextAreaField(lazy_gettext("What else people should know before they share"), [Length(max=1000)])
    address = StringField(lazy_gettext("Street, door and room, to say on the phone to 911"), [Length(max=200)])
    naloxone = StringField(lazy_gettext("Where naloxone is kept"), [Length(max=200)])
    leave_to = StringField(lazy_gettext("Where “Leave fast” goes"), [Length(max=300)])

    def words(self) -> Host:
        """What was typed."""
        return Host(**{part.name: self[part.name].data for part in fields(Host)})

    def say(self, refused: HostRefused | AccountRefused) -> None:
        """Put the sentence for a refusal beside its field."""
        if isinstance(refused, HostRefused):
            self[refused.field].errors = [gettext("Write a web address, like https://www.weather.gov/")]
        else:
            wrong = "email" if refused.reason in ("address", "taken") else refused.reason
            self[wrong].errors = [account_sentence(refused)]


class FirstForm(HostForm):
    """The first account, and the host's words along with it."""

    role = RadioField(
        lazy_gettext("This account is for"),
        choices=[
            (FACILITATOR, lazy_gettext("Leading circles")),
            (ADMIN, lazy_gettext("Looking after this computer")),
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
