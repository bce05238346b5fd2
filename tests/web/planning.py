"""Short ways to say what stands on the calendar, for tests of its pages."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from flask import Flask

from sessions.schedule import buildings, closures, naloxone, numbers, own_cards, own_tags, places, plans
from sessions.schedule.buildings import BuildingWords, RoomWords
from sessions.schedule.clock import wall
from sessions.schedule.numbers import NumberWords
from sessions.schedule.own_cards import CardTyped
from sessions.schedule.own_tags import OwnTag, TagWords
from sessions.schedule.places import Place, PlaceWords
from sessions.schedule.series import ONCE, WEEKLY, Planned
from tests.web.cast import find_id


class Group(NamedTuple):
    """A group on the calendar: where it is, and the address of its first date. Its building is closed once, later."""

    building_id: str
    room_id: str
    series_id: str
    day: date
    closure_id: str

    @property
    def path(self) -> str:
        return f"/calendar/groups/{self.series_id}/{self.day}"

    @property
    def on_duty(self) -> str:
        return f"/on-duty/{self.series_id}/{self.day}"


def noon_zone() -> str:
    """A zone in which it is about noon now, so that an hour more or less is the same day."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/UTC"


def building(app: Flask, name: str = "Hazel House", zone: str = "") -> tuple[str, str]:
    """A building with one room. Returns their ids."""
    write = app.extensions["database"].write
    made = write(buildings.add, "esi", BuildingWords(name, "", zone or noon_zone()))
    return made.id, write(buildings.add_room, "esi", made.id, RoomWords("Lounge A")).id


def group(
    app: Flask, title: str = "Tea and talk", leader: str = "", minutes_ahead: int = 10, kind: str = WEEKLY
) -> Group:
    """A group in a building of its own that begins in so many minutes."""
    building_id, room_id = building(app)
    begins = wall(noon_zone(), datetime.now(UTC)) + timedelta(minutes=minutes_ahead)
    first, until = begins.date(), begins.date() + timedelta(days=0 if kind == ONCE else 28)
    account_id = find_id(app, leader) if leader else ""
    planned = Planned(title, room_id, kind, str(first), str(until), f"{begins:%H:%M}", "60", account_id)
    made = app.extensions["database"].write(plans.add, "esi", planned)
    floors = str(first + timedelta(days=100))
    closure = app.extensions["database"].write(closures.close, "esi", building_id, floors, "", "")
    return Group(building_id, room_id, made.id, first, closure.id)


def help_of(app: Flask, building_id: str) -> tuple[str, str]:
    """A number of its own and a place where naloxone is, in this building. Returns their ids."""
    write = app.extensions["database"].write
    number = write(numbers.add, "esi", building_id, NumberWords("Mobile crisis team", "415-555-0100", "day and night"))
    return number.id, write(naloxone.add, "esi", building_id, "Front desk", "").id


def own_card(app: Flask, building_id: str, title: str = "Hot days", language: str = "en", days_ago: int = 0) -> str:
    """A card of a building's own, looked at so many days ago. Returns its id."""
    lines = [("Eat first.", ("set",)), ("Sit by the fan.", ("setting",)), ("Drink water.", ())]
    typed, then = CardTyped(title, lines, "", language), datetime.now(UTC) - timedelta(days=days_ago)
    return str(app.extensions["database"].write(own_cards.add, "esi", building_id, typed, then).id)


def place_of(app: Flask, building_id: str) -> str:
    """A place that helps, near this building. Returns its id."""
    words = PlaceWords("food", "Corner Kitchen", "noon to two", "415-555-0101", "12 Sixth Street", "English", "yes")
    place: Place = app.extensions["database"].write(places.add, "esi", building_id, words)
    return place.id


def own_tag(app: Flask, building_id: str, label: str = "cooking for others", shape: str = "setting") -> str:
    """A tag of its own in this building. Returns its id."""
    made: OwnTag = app.extensions["database"].write(own_tags.add, "esi", building_id, TagWords(shape, label))
    return made.id
