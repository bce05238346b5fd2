"""Reads the forms of a building's own words, numbers, naloxone and tags; says in one plain sentence what to mend."""

from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from facilitator import calendar_sentences, language
from facilitator.forms import NEEDED, Form, OneOf, at_most
from sessions.library import tags
from sessions.schedule.buildings import Building
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.naloxone import LONGEST_PLACE
from sessions.schedule.numbers import LONGEST_NAME, LONGEST_NOTE, LONGEST_NUMBER, LONGEST_TOLD, NumberWords
from sessions.schedule.own_tags import LONGEST_HELP, LONGEST_LABEL, TagWords
from sessions.schedule.own_words import (
    AS_THE_HOST_SAYS,
    LANDLORD,
    LONGEST_LIMITS,
    LONGEST_LINE,
    NO,
    YES,
    OwnWords,
    spoken,
)


class OwnWordsForm(Form):
    """What a building says of itself. Its languages are ticked, any number of them."""

    address = StringField(lazy_gettext("Street and door, to say on the phone to 911"), [at_most(LONGEST_LINE)])
    address_public = BooleanField(lazy_gettext("The public page may show this address"))
    run_by = StringField(lazy_gettext("Who runs this computer"), [at_most(LONGEST_LINE)])
    landlord = OneOf(
        lazy_gettext("Do they also own or manage this building?"),
        choices=[
            SelectChoice(YES, lazy_gettext("Yes")),
            SelectChoice(NO, lazy_gettext("No")),
            SelectChoice(AS_THE_HOST_SAYS, lazy_gettext("As the host says")),
        ],
        default=AS_THE_HOST_SAYS,
    )
    limits = TextAreaField(lazy_gettext("What else people should know before they share"), [at_most(LONGEST_LIMITS)])
    leave_to = StringField(lazy_gettext("Where “Leave fast” goes"), [at_most(300)])

    def __init__(self, building: Building, **given: Any) -> None:
        """Begin with what is kept of this building."""
        kept = {name: getattr(building, name) for name in ("address", "address_public", "run_by", "limits", "leave_to")}
        landlord = next(typed for typed, said in LANDLORD.items() if said == building.landlord)
        super().__init__(data=kept | {"landlord": landlord}, **given)
        self.wrong_language = ""
        self.ticked = request.form.getlist("languages") if request.method == "POST" else spoken(building)

    def words(self) -> OwnWords:
        """What was typed, in the words of the rule."""
        typed = {name: self[name].data or "" for name in ("address", "leave_to", "run_by", "landlord", "limits")}
        public = bool(self.address_public.data)
        return OwnWords(**typed, address_public=public, languages=tuple(self.ticked))


class NumberForm(Form):
    """A number of a building's own."""

    name = StringField(lazy_gettext("Who answers"), [NEEDED, at_most(LONGEST_NAME)])
    number = StringField(lazy_gettext("Number"), [NEEDED, at_most(LONGEST_NUMBER)])
    hours = StringField(lazy_gettext("When somebody answers"), [at_most(LONGEST_TOLD)])
    languages = StringField(lazy_gettext("In which languages"), [at_most(LONGEST_TOLD)])
    note = StringField(lazy_gettext("What happens when you call"), [at_most(LONGEST_NOTE)])

    def words(self) -> NumberWords:
        """What was typed, in the words of the rule."""
        return NumberWords(**{name: typed or "" for name, typed in self.data.items()})


class SpotForm(Form):
    """Where naloxone is, and until when it is good."""

    place = StringField(lazy_gettext("Where it is"), [NEEDED, at_most(LONGEST_PLACE)])
    good_until = StringField(lazy_gettext("Good until"))

    def words(self) -> tuple[str, str]:
        """What was typed, in the words of the rule."""
        return self.place.data or "", self.good_until.data or ""


def phone_sentence() -> str:
    """What to tell somebody whose number no phone can call."""
    return str(gettext("Write it in digits, as a phone dials it, like 415-555-0100."))


class TagForm(Form):
    """A word to tap that a building adds to ours."""

    shape = OneOf(lazy_gettext("Which of the three is it about?"))
    label = StringField(lazy_gettext("The word, or a few"), [NEEDED, at_most(LONGEST_LABEL)])
    help = StringField(lazy_gettext("A line about it"), [at_most(LONGEST_HELP)])

    def __init__(self, **given: Any) -> None:
        """Offer drug, set and setting, in the reader's language."""
        super().__init__(**given)
        self.shape.choices = [SelectChoice(group.key, group.label) for group in tags(language.current()).groups]

    def words(self) -> TagWords:
        """What was typed, in the words of the rule."""
        return TagWords(self.shape.data or "", self.label.data or "", self.help.data or "")


def say(form: Form, refused: ScheduleRefused) -> None:
    """Put the sentence for a refusal beside its field."""
    if isinstance(form, OwnWordsForm) and refused.field == "languages":
        form.wrong_language = calendar_sentences.schedule_sentence(refused)
    elif (refused.field, refused.reason) == ("leave_to", "none"):
        form[refused.field].errors = [gettext("Write a web address, like https://www.weather.gov/")]
    elif (refused.field, refused.reason) in (("number", "none"), ("phone", "none")):
        form[refused.field].errors = [phone_sentence()]
    else:
        calendar_sentences.say(form, refused)
