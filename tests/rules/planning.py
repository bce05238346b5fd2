"""Short ways to say what Esi does with the calendar, for tests."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sessions.schedule import buildings, gatherings, plans
from sessions.schedule.buildings import BuildingWords, Room, RoomWords
from sessions.schedule.gatherings import Gathering
from sessions.schedule.series import WEEKLY, Planned, Series
from tests.rules.cast import House

TUESDAY = date(2026, 11, 3)
LOS_ANGELES = "America/Los_Angeles"


@dataclass(frozen=True)
class Calendar:
    """One building with one room, and whoever plans for it."""

    house: House
    actor: str
    building_id: str
    room: Room

    def plan(self, title: str = "Tea and talk", reason: str = "", **typed: str) -> Series:
        """A group: weekly on Tuesdays at six in the evening for a month, where nothing else is said."""
        words = {"room_id": self.room.id, "kind": WEEKLY, "first": "2026-11-03", "until": "2026-11-24"}
        words |= {"start": "18:00", "minutes": "60"}
        series: Series = self.house.do(plans.add, self.actor, Planned(title, **(words | typed)), reason)
        return series

    def do(self, rule: Any, series: Series, day: date = TUESDAY, *args: Any, **kwargs: Any) -> Any:
        """Let Esi do something with one date of a group."""
        return self.house.do(rule, self.actor, series.id, day, *args, **kwargs)

    def another_room(self, name: str = "Lounge B") -> Room:
        room: Room = self.house.do(buildings.add_room, self.actor, self.building_id, RoomWords(name))
        return room

    def seen(self, first: date = TUESDAY, days: int = 60) -> list[Gathering]:
        """What is on the calendar of this building."""
        which = gatherings.in_building(self.building_id)
        seen: list[Gathering] = self.house.ask(gatherings.between, first, first + timedelta(days=days), which)
        return seen

    def on(self, day: date = TUESDAY) -> Gathering:
        """The one gathering of a date."""
        (one,) = (one for one in self.seen() if one.day == day)
        return one


def calendar(house: House, actor: str, zone: str = LOS_ANGELES, **quiet: str) -> Calendar:
    """A building in this zone, with a room."""
    building = house.do(buildings.add, actor, BuildingWords("Hazel House", "The house", zone, **quiet))
    room = house.do(buildings.add_room, actor, building.id, RoomWords("Lounge A"))
    return Calendar(house, actor, building.id, room)


def shown(seen: Sequence[Gathering]) -> list[str]:
    """Each gathering as a line: the day and time on the wall, and whether it takes place."""
    return [f"{one.wall:%m-%d %H:%M} {one.state}" for one in seen]


def without_reasons(seen: Sequence[Gathering]) -> list[Gathering]:
    """The same, whatever reasons were typed and however the group is cut."""
    return [replace(one, reason="", series_id="", cut_off=False, kind="") for one in seen]
