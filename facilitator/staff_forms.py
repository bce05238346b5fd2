"""Reads the forms of accounts and of the host, and gives a refusal its words."""

from collections.abc import Callable
from dataclasses import fields

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from facilitator.forms import NEEDED, Form, OneOf, at_most
from sessions.accounts import AccountRefused
from sessions.host import Host, HostRefused
from sessions.passphrases import SHORTEST
from sessions.permissions import ADMIN, FACILITATOR, HOUSING

ROLES = {
    FACILITATOR: lazy_gettext("Leading circles"),
    HOUSING: lazy_gettext("Planning for a building"),
    ADMIN: lazy_gettext("Looking after this computer"),
}
"""What each role is for, in words."""


def for_what(*roles: str) -> list[SelectChoice]:
    """These roles as choices of a form."""
    return [SelectChoice(role, ROLES[role]) for role in roles]


class SignInForm(Form):
    """An account's address and passphrase, and its second step in the same form: nothing tells which was wrong."""

    email = StringField(lazy_gettext("E-mail"), [NEEDED])
    passphrase = PasswordField(lazy_gettext("Passphrase"), [NEEDED])
    code = StringField(lazy_gettext("Six digits from your app, if you set that up"), [at_most(40)])


class IntroduceForm(Form):
    """What members are told of a facilitator before they come in."""

    name = StringField(lazy_gettext("Name members see"), [at_most(60)])
    paid_by = StringField(lazy_gettext("Who pays you"), [at_most(200)])
    must_report = TextAreaField(lazy_gettext("What you must report by law"), [at_most(600)])


class PassphraseForm(Form):
    """A new passphrase, from who knows the old one."""

    old = PasswordField(lazy_gettext("Passphrase now"), [NEEDED])
    passphrase = PasswordField(lazy_gettext("New passphrase"), [NEEDED])


class SecondStepForm(Form):
    """Digits that show that an app knows the secret, from who knows the passphrase."""

    secret = HiddenField()
    old = PasswordField(lazy_gettext("Passphrase now"), [NEEDED])
    code = StringField(lazy_gettext("Six digits from the app"), [NEEDED, at_most(40)])


class RemoveSecondStepForm(Form):
    """The passphrase, to go without a second step."""

    old = PasswordField(lazy_gettext("Passphrase now"), [NEEDED])


class RoleForm(Form):
    """The one job of an account, or of one to be invited."""

    role = OneOf(lazy_gettext("This account is for"), choices=for_what(*ROLES), default=FACILITATOR)


class InvitedForm(Form):
    """An account of one's own, from an invitation."""

    name = StringField(lazy_gettext("Name members see"), [at_most(60)])
    email = StringField(lazy_gettext("E-mail"), [NEEDED])
    passphrase = PasswordField(lazy_gettext("Passphrase"), [NEEDED])


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


class FirstForm(HostForm):
    """The first account, and the host's words along with it."""

    role = OneOf(lazy_gettext("This account is for"), choices=for_what(FACILITATOR, ADMIN), default=FACILITATOR)
    email = StringField(lazy_gettext("E-mail"), [NEEDED])
    passphrase = PasswordField(lazy_gettext("Passphrase"), [NEEDED])


def say(form: Form, refused: HostRefused | AccountRefused) -> None:
    """Put the sentence for a refusal beside its field."""
    if isinstance(refused, HostRefused):
        form[refused.field].errors = [gettext("Write a web address, like https://www.weather.gov/")]
    else:
        fields = {"address": "email", "taken": "email", "guessed": "passphrase"}
        wrong = fields.get(refused.reason, refused.reason)
        form[wrong if wrong in form else "role"].errors = [account_sentence(refused)]


def account_sentence(refused: AccountRefused) -> str:
    """What to tell somebody whose account can't be made or changed so."""
    sentences: dict[str, Callable[[], str]] = {
        "address": lambda: gettext("Write an e-mail address, like ana@example.org."),
        "taken": lambda: gettext("There is an account with this e-mail already."),
        "passphrase": lambda: gettext(
            "Use at least %(number)s characters. A few words in a row are easy to keep.", number=SHORTEST
        ),
        "guessed": lambda: gettext("Others would guess that. Take some words that have nothing in common."),
        "role": lambda: gettext("Pick from the list."),
        "self": lambda: gettext("Your own account is changed by another admin."),
        "enabled": lambda: gettext("Turn the account off first."),
        "leads": lambda: gettext("A circle of theirs is not erased yet. Try again in a few minutes."),
    }
    return sentences[refused.reason]()
