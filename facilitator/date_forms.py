"""Reads the forms of one date on the calendar, and of all from it on: each names what it does to its group."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext
from wtforms import BooleanField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from facilitator.calendar_forms import KIND_WORDS, Planning, leaders
from facilitator.forms import NEEDED, Form, OneOf, Pick, at_most, one
from sessions.schedule.agenda import Names
from sessions.schedule.buildings import LONGEST_NAME
from sessions.schedule.gatherings import Gathering
from sessions.schedule.series import ONCE, Series

THIS_ONE, FROM_HERE = "one", "from"


class DateForm(Planning):
    """What to do with one date of a group, or with all from it on. Its fields have names of their own on the page."""

    act = ""
    which = OneOf(
        lazy_gettext("For which dates"),
        choices=[
            SelectChoice(THIS_ONE, lazy_gettext("This one")),
            SelectChoice(FROM_HERE, lazy_gettext("All from here")),
        ],
        default=THIS_ONE,
    )

    def __init__(self, **given: Any) -> None:
        """Put what this form is for before the names of its fields."""
        super().__init__(prefix=f"{self.act}-", **given)

    @property
    def from_here(self) -> bool:
        """Whether all dates from this one on are meant."""
        return bool(self.which.data == FROM_HERE)


class CancelForm(DateForm):
    """Call it off."""

    act = "cancel"


class RestoreForm(DateForm):
    """Let it take place after all."""

    act = "restore"


class MoveForm(DateForm):
    """Another day, another time."""

    act = "move"
    day = StringField(lazy_gettext("Day"), [NEEDED])
    start = StringField(lazy_gettext("Begins at"), [NEEDED])

    def time(self) -> str:
        """The time meant: a free one that was tapped comes before the one typed."""
        return one("instead") or self.start.data or ""

    def free_room(self) -> str:
        """A free room that was tapped, or ''."""
        return one("instead-room") or ""


class OtherRoomForm(DateForm):
    """Another room."""

    act = "room"
    room = Pick(lazy_gettext("Room"))

    def meant(self) -> str:
        """The room meant: a free one that was tapped comes before the one picked."""
        return one("instead-room") or self.room.data or ""

    def __init__(self, names: Names, building_id: str, **given: Any) -> None:
        """Offer the rooms of this building."""
        super().__init__(**given)
        self.room.choices = [
            SelectChoice(room.id, room.name) for room in names.rooms.values() if room.building_id == building_id
        ]


class OtherLeaderForm(DateForm):
    """Another facilitator."""

    act = "facilitator"
    account = Pick(lazy_gettext("Who leads it"))

    def __init__(self, names: Names, **given: Any) -> None:
        """Offer the facilitators."""
        super().__init__(**given)
        self.account.choices = leaders(names)


class WordsForm(DateForm):
    """Another title, another length, for all dates from here."""

    act = "words"
    title = StringField(lazy_gettext("Title"), [NEEDED, at_most(LONGEST_NAME)])
    minutes = StringField(lazy_gettext("Minutes"), [NEEDED])


class RhythmForm(DateForm):
    """Another rhythm, for all dates from here."""

    act = "rhythm"
    kind = OneOf(
        lazy_gettext("How often"),
        choices=[SelectChoice(kind, words) for kind, words in KIND_WORDS.items() if kind != ONCE],
    )
    first = StringField(lazy_gettext("From this day on"), [NEEDED])
    start = StringField(lazy_gettext("Begins at"), [NEEDED])

    def time(self) -> str:
        """The time meant: a free one that was tapped comes before the one typed."""
        return one("instead") or self.start.data or ""


class EndForm(DateForm):
    """Another last day, for the whole group."""

    act = "end"
    until = StringField(lazy_gettext("Until, that day included"), [NEEDED])

    def last_day(self) -> str:
        """The day meant: a button that names one comes before the day typed."""
        return one("instead") or self.until.data or ""


class ListingForm(Form):
    """Whether a group stands on its building's public page, and what it is called there."""

    act = "listing"
    listed = BooleanField(lazy_gettext("Show it on the public page"))
    called = StringField(lazy_gettext("What it is called there"), [at_most(LONGEST_NAME)])

    def __init__(self, **given: Any) -> None:
        """Put what this form is for before the names of its fields."""
        super().__init__(prefix=f"{self.act}-", **given)


class UndoForm(DateForm):
    """Make a part of it as before. Which part is said by the button."""

    act = "undo"


def as_it_is(one: Gathering, group: Series, day: date, until: str, names: Names) -> dict[str, DateForm | ListingForm]:
    """Every form of this date of a group, by what it does: filled in with how things are. `until`: its last day."""
    rhythm = {"kind": group.kind, "first": day.isoformat(), "start": f"{group.start // 60:02}:{group.start % 60:02}"}
    return {
        "listing": ListingForm(formdata=None, data={"listed": group.listed, "called": group.said_as}),
        "move": MoveForm(formdata=None, data={"day": one.on.isoformat(), "start": f"{one.wall:%H:%M}"}),
        "room": OtherRoomForm(names, one.building_id, formdata=None, data={"room": one.room_id}),
        "facilitator": OtherLeaderForm(names, formdata=None, data={"account": one.account_id or ""}),
        "words": WordsForm(formdata=None, data={"title": one.title, "minutes": one.minutes}),
        "rhythm": RhythmForm(formdata=None, data=rhythm),
        "end": EndForm(formdata=None, data={"until": until}),
        "cancel": CancelForm(formdata=None),
        "restore": RestoreForm(formdata=None),
        "undo": UndoForm(formdata=None),
    }
