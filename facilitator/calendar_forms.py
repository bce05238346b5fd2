"""Reads the forms of buildings and of the calendar."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from facilitator.forms import NEEDED, Form, OneOf, Pick, at_most, one
from sessions.schedule.agenda import Names
from sessions.schedule.buildings import LONGEST_NAME, LONGEST_NOTE, BuildingWords, RoomWords
from sessions.schedule.clashes import Clashing
from sessions.schedule.series import FORTNIGHTLY, LAST, NTH, ONCE, WEEKLY, Planned

KIND_WORDS = {
    ONCE: lazy_gettext("Once"),
    WEEKLY: lazy_gettext("Every week"),
    FORTNIGHTLY: lazy_gettext("Every two weeks"),
    NTH: lazy_gettext("Once a month: the same weekday, like the second Tuesday"),
    LAST: lazy_gettext("Once a month: the last such weekday"),
}


class BuildingForm(Form):
    """A building: what it is called, which clock it goes by, when it is to be quiet."""

    name = StringField(lazy_gettext("Name, for staff"), [NEEDED, at_most(LONGEST_NAME)])
    public_name = StringField(lazy_gettext("Name, for everybody else"), [at_most(LONGEST_NAME)])
    zone = StringField(lazy_gettext("Time zone"), [NEEDED])
    quiet_from = StringField(lazy_gettext("Quiet hours from"))
    quiet_to = StringField(lazy_gettext("Quiet hours until"))

    def words(self) -> BuildingWords:
        """What was typed, in the words of the rule."""
        return BuildingWords(**{name: typed or "" for name, typed in self.data.items()})


class RoomForm(Form):
    """A room: what it is called, how many it holds, whether there are steps."""

    name = StringField(lazy_gettext("Name of the room"), [NEEDED, at_most(LONGEST_NAME)])
    places = StringField(lazy_gettext("How many it holds"))
    step_free = BooleanField(lazy_gettext("There is a way in without steps"))
    note = StringField(lazy_gettext("A line about it"), [at_most(LONGEST_NOTE)])

    def words(self) -> RoomWords:
        """What was typed, in the words of the rule."""
        return RoomWords(self.name.data or "", self.places.data or "", bool(self.step_free.data), self.note.data or "")


class ClosureForm(Form):
    """From when to when a building is closed."""

    first = StringField(lazy_gettext("Closed from"), [NEEDED])
    last = StringField(lazy_gettext("Until, that day included"))
    note = StringField(lazy_gettext("Why, for staff"), [at_most(LONGEST_NOTE)])


class Planning(Form):
    """A form that may clash: `clashing` then says with what, and a reason lets it stand."""

    clashing: Clashing | None = None
    reason = StringField(lazy_gettext("Do it all the same, because"), [at_most(LONGEST_NOTE)])

    def why(self) -> str:
        """The reason typed, or ''."""
        return self.reason.data or ""


class GroupForm(Planning):
    """A new group on the calendar."""

    title = StringField(lazy_gettext("Title"), [NEEDED, at_most(LONGEST_NAME)])
    room = Pick(lazy_gettext("Room"))
    kind = OneOf(
        lazy_gettext("How often"), choices=[SelectChoice(*kind) for kind in KIND_WORDS.items()], default=WEEKLY
    )
    first = StringField(lazy_gettext("First day"), [NEEDED])
    until = StringField(lazy_gettext("Until, that day included"))
    start = StringField(lazy_gettext("Begins at"), [NEEDED])
    minutes = StringField(lazy_gettext("Minutes"), [NEEDED], default="60")
    account = Pick(lazy_gettext("Who leads it"))

    def __init__(self, names: Names, **given: Any) -> None:
        """Offer the rooms there are, by building, and the facilitators."""
        super().__init__(**given)
        self.room.choices = rooms_by_building(names)
        self.account.choices = leaders(names)

    @property
    def only_looks(self) -> bool:
        """Whether it is asked what it clashes with, before anything is to be kept."""
        return bool(one("look"))

    def planned(self) -> Planned:
        """What was typed, in the words of the rule. A free time or room that was tapped comes before the one typed."""
        return Planned(
            title=self.title.data or "",
            room_id=one("instead-room") or self.room.data or "",
            kind=self.kind.data or "",
            first=self.first.data or "",
            until=self.until.data or "",
            start=one("instead") or self.start.data or "",
            minutes=self.minutes.data or "",
            account_id=self.account.data or "",
        )


def rooms_by_building(names: Names) -> dict[str, list[SelectChoice]]:
    """Every room as a choice, under the name of its building."""
    listed: dict[str, list[SelectChoice]] = {}
    for building in names.buildings.values():
        rooms = [SelectChoice(room.id, room.name) for room in names.rooms.values() if room.building_id == building.id]
        listed |= {building.name: [*listed.get(building.name, []), *rooms]} if rooms else {}
    return listed


def leaders(names: Names) -> list[SelectChoice]:
    """Every facilitator as a choice, and nobody."""
    return [SelectChoice("", gettext("Nobody yet")), *(SelectChoice(*leader) for leader in names.leaders.items())]
