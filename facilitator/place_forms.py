"""Reads the form of a place that helps, and says in one plain sentence what to mend, in it or in a file of places."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from facilitator import calendar_sentences
from facilitator.building_forms import phone_sentence
from facilitator.forms import NEEDED, Form, OneOf, Pick, at_most
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.numbers import LONGEST_NUMBER
from sessions.schedule.places import LONGEST, NO, NOT_SAID, YES, Place, PlaceWords
from sessions.schedule.places_file import COLUMNS, LONGEST_FILE, Wrong, cells_of

KINDS = {
    "naloxone": lazy_gettext("Naloxone"),
    "syringes": lazy_gettext("Syringe services"),
    "drug-checking": lazy_gettext("Drug checking"),
    "wounds": lazy_gettext("Wound care"),
    "clinic": lazy_gettext("Clinic or doctor"),
    "treatment": lazy_gettext("Treatment with methadone or buprenorphine"),
    "mental-health": lazy_gettext("Mental health"),
    "domestic-violence": lazy_gettext("Help with violence at home"),
    "food": lazy_gettext("Food"),
    "showers": lazy_gettext("Showers"),
    "sleep": lazy_gettext("Somewhere to sleep"),
    "legal": lazy_gettext("Legal help"),
    "peers": lazy_gettext("Peers and groups"),
    "other": lazy_gettext("Other"),
}
"""What each kind of place is called."""

COLUMN_WORDS = {
    "kind": lazy_gettext("one word of the list below"),
    "name": lazy_gettext("what it is called"),
    "hours": lazy_gettext("when it is open"),
    "phone": lazy_gettext("its number"),
    "address": lazy_gettext("where it is"),
    "languages": lazy_gettext("in which languages"),
    "walk_in": lazy_gettext("yes, no, or nothing where it is not known"),
    "note": lazy_gettext("a line about it"),
    "checked_on": lazy_gettext("the day you asked there, like 2026-11-24"),
}
"""What stands in each column of a file. All but the first two may be left out."""


class PlaceForm(Form):
    """A place that helps."""

    kind = Pick(lazy_gettext("What kind of place"), default="")
    name = StringField(lazy_gettext("What it is called"), [NEEDED, at_most(LONGEST["name"])])
    hours = StringField(lazy_gettext("When it is open"), [at_most(LONGEST["hours"])])
    phone = StringField(lazy_gettext("Number"), [at_most(LONGEST_NUMBER)])
    address = StringField(lazy_gettext("Where it is"), [at_most(LONGEST["address"])])
    languages = StringField(lazy_gettext("In which languages"), [at_most(LONGEST["languages"])])
    walk_in = OneOf(
        lazy_gettext("Can people walk in?"),
        choices=[
            SelectChoice(YES, lazy_gettext("Walk in")),
            SelectChoice(NO, lazy_gettext("Call first")),
            SelectChoice(NOT_SAID, lazy_gettext("Not known")),
        ],
        default=NOT_SAID,
    )
    note = StringField(lazy_gettext("A line about it"), [at_most(LONGEST["note"])])

    def __init__(self, place: Place | None = None, **given: Any) -> None:
        """Begin with a place as it is, or with nothing."""
        super().__init__(data=cells_of(place) if place else {}, **given)
        self.kind.choices = [SelectChoice("", gettext("Choose")), *(SelectChoice(*kind) for kind in KINDS.items())]

    def words(self) -> PlaceWords:
        """What was typed, in the words of the rule."""
        return PlaceWords(**{name: typed or "" for name, typed in self.data.items()})


def wrong_sentence(wrong: Wrong) -> str:
    """What to tell somebody whose file can't be taken, of one cell of it."""
    said = _said_of(wrong)
    if not wrong.row:
        return said
    if wrong.column and wrong.reason not in ("lacks", "again"):
        return str(gettext("Row %(row)d, %(column)s: %(wrong)s", row=wrong.row, column=wrong.column, wrong=said))
    return str(gettext("Row %(row)d: %(wrong)s", row=wrong.row, wrong=said))


def _said_of(wrong: Wrong) -> str:
    column, what, ours = wrong.column, wrong.what[:40], ", ".join(COLUMNS)
    of_a_cell: dict[tuple[str, str], Callable[[], str]] = {
        ("kind", "list"): lambda: gettext("Use a word from the list of kinds."),
        ("walk_in", "list"): lambda: gettext("Write yes or no, or leave it empty."),
        ("phone", "none"): phone_sentence,
        ("name", "twice"): lambda: gettext("There is one of that kind and name further up."),
    }
    of_a_file: dict[str, Callable[[], str]] = {
        "quotes": lambda: gettext("A quote mark is missing here, or there is one too many."),
        "cells": lambda: gettext("There are more cells than in the first row."),
        "unknown": lambda: gettext("“%(what)s” is no column of ours. They are: %(ours)s.", what=what, ours=ours),
        "again": lambda: gettext("The column “%(column)s” is here a second time.", column=column),
        "lacks": lambda: gettext("The first row needs a column “%(column)s”.", column=column),
        "letters": lambda: gettext("There are letters here that can’t be read. Save it as “CSV UTF-8” first."),
        "two-bytes": lambda: gettext("It is saved as “Unicode text”. Save it as “CSV UTF-8” first."),
        "workbook": lambda: gettext("It is a workbook. Save the sheet as “CSV UTF-8” first."),
    }
    of_all: dict[str, Callable[[], str]] = {
        "empty": lambda: gettext("There is no place in it yet."),
        "long": lambda: gettext("It is too long. %(most)d KB is the most.", most=LONGEST_FILE // 1024),
        "many": lambda: gettext("A building has no room for so many places."),
    }
    said = of_a_cell.get((column, wrong.reason)) or of_a_file.get(wrong.reason)
    if said is None and not wrong.row:
        said = of_all.get(wrong.reason)
    return str(said()) if said else calendar_sentences.schedule_sentence(ScheduleRefused(column, wrong.reason))
