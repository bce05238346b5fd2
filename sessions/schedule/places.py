"""Places that help, as staff of a building write them down: what they are, where, when, and who asked there when."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from sqlalchemy import ForeignKey, String, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.database import Base, random_id
from sessions.schedule import buildings
from sessions.schedule.buildings import hold, read_line
from sessions.schedule.clock import ScheduleRefused, read_day, wall
from sessions.schedule.lines import GOOD_FOR
from sessions.schedule.numbers import dialled, read_phone

KINDS = (
    "naloxone",
    "syringes",
    "drug-checking",
    "wounds",
    "clinic",
    "treatment",
    "mental-health",
    "domestic-violence",
    "food",
    "showers",
    "sleep",
    "legal",
    "peers",
    "other",
)
"""The kinds there are, in the order in which they are shown."""

LONGEST = {"name": 120, "hours": 200, "address": 200, "languages": 120, "note": 280}
MOST_PLACES = 200
MOST_BYTES = 56 * 1024
"""All places of a building together: as many as fit in the file they come back in (`places_file.LONGEST_FILE`)."""
YES, NO, NOT_SAID = "yes", "no", ""
WALK_IN: dict[str, bool | None] = {YES: True, NO: False, NOT_SAID: None}
ASKED_THERE = ("hours", "phone", "address", "languages", "walk_in", "note")
"""What one learns by asking there. Where any of it is changed, nobody has asked yet."""


class Place(Base):
    """One place. `walk_in` is None where nobody said; `checked_on` is the day on which staff last asked there."""

    __tablename__ = "places"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    hours: Mapped[str] = mapped_column(String(200), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    languages: Mapped[str] = mapped_column(String(120), default="")
    walk_in: Mapped[bool | None] = mapped_column(default=None)
    note: Mapped[str] = mapped_column(String(280), default="")
    checked_on: Mapped[str | None] = mapped_column(String(10), default=None)

    @property
    def dialled(self) -> str:
        """Its number as a phone dials it; '' if it has none."""
        return dialled(self.phone)

    def is_old(self, today: date) -> bool:
        """Whether somebody asked there, but long ago."""
        return self.checked_on is not None and not is_fresh(self.checked_on, today)


@dataclass(frozen=True)
class PlaceWords:
    """A place as somebody typed it. `checked_on` is a day, or nothing; a form leaves it as it is."""

    kind: str
    name: str
    hours: str = ""
    phone: str = ""
    address: str = ""
    languages: str = ""
    walk_in: str = NOT_SAID
    note: str = ""


@dataclass(frozen=True)
class Directory:
    """The places of a building kind by kind, as they are `today` there."""

    by_kind: dict[str, list[Place]]
    today: date


def is_fresh(checked_on: str | None, today: date) -> bool:
    """Whether what was learned on that day still counts."""
    return checked_on is not None and today - date.fromisoformat(checked_on) <= GOOD_FOR


def of(db: Session, building_id: str) -> list[Place]:
    """The places of a building: kind by kind, and then by name."""
    rows = db.scalars(select(Place).where(Place.building_id == building_id))
    return sorted(rows, key=lambda place: (KINDS.index(place.kind), place.name.casefold(), place.id))


def directory(db: Session, building_id: str | None, now: datetime | None = None) -> Directory | None:
    """The places of a building, at this moment; None where no building is known, or it has none."""
    building = buildings.find(db, building_id) if building_id else None
    held = of(db, building.id) if building else []
    if building is None or not held:
        return None
    by_kind = {kind: list(places) for kind, places in groupby(held, lambda place: place.kind)}
    return Directory(by_kind, wall(building.zone, now or datetime.now(UTC)).date())


def by_day(db: Session) -> dict[tuple[str, str | None], int]:
    """How many places were last asked at on the same day, by building and day."""
    counted = select(Place.building_id, Place.checked_on, func.count()).group_by(Place.building_id, Place.checked_on)
    return {(building_id, day): number for building_id, day, number in db.execute(counted)}


def add(db: Session, actor: str, building_id: str, words: PlaceWords) -> Place | None:
    """Write down a place; None if there is no such building.

    Raises ScheduleRefused: list, empty, long, none (no phone can call that), twice, many.
    """
    hold(db)
    if buildings.find(db, building_id) is None:
        return None
    place = Place(building_id=building_id, **read(words))
    _fits([*of(db, building_id), place])
    db.add(place)
    db.flush()
    audit.note(db, "places-changed", actor)
    return place


def change(db: Session, actor: str, building_id: str, place_id: str, words: PlaceWords) -> Place | None:
    """Write it anew; None if that building has no such place. Another number, say, is not checked yet.

    Raises ScheduleRefused: list, empty, long, none, twice, many.
    """
    hold(db)
    place = find(db, building_id, place_id)
    if place is None:
        return None
    write(place, read(words))
    _fits(of(db, building_id))
    audit.note(db, "places-changed", actor)
    return place


def take_off(db: Session, actor: str, building_id: str, place_id: str) -> bool:
    """Delete a place. False if that building has no such one."""
    hold(db)
    place = find(db, building_id, place_id)
    if place is None:
        return False
    db.delete(place)
    audit.note(db, "places-changed", actor)
    return True


def check(db: Session, actor: str, building_id: str, place_id: str, now: datetime) -> Place | None:
    """Somebody asked there today, and all of it is so. None if that building has no such place."""
    hold(db)
    place, building = find(db, building_id, place_id), buildings.find(db, building_id)
    if place is None or building is None:
        return None
    place.checked_on = wall(building.zone, now).date().isoformat()
    audit.note(db, "place-checked", actor)
    return place


def uncheck(db: Session, actor: str, building_id: str, place_id: str) -> Place | None:
    """Nobody asked there after all. None if that building has no such place."""
    hold(db)
    place = find(db, building_id, place_id)
    if place is not None and place.checked_on:
        place.checked_on = None
        audit.note(db, "places-changed", actor)
    return place


def find(db: Session, building_id: str, place_id: str) -> Place | None:
    """The place with this id, if that building has it."""
    place = db.get(Place, place_id)
    return place if place and place.building_id == building_id else None


def read(words: PlaceWords) -> dict[str, str | bool | None]:
    """What was typed, as it is kept. Raises ScheduleRefused: list, empty, long, none."""
    if words.kind not in KINDS:
        raise ScheduleRefused("kind", "list")
    if words.walk_in not in WALK_IN:
        raise ScheduleRefused("walk_in", "list")
    lines = {name: read_line(getattr(words, name), name, most, needed=name == "name") for name, most in LONGEST.items()}
    phone = read_phone(words.phone, "phone", needed=False)
    return {"kind": words.kind, **lines, "phone": phone, "walk_in": WALK_IN[words.walk_in]}


def read_checked(typed: str, today: date) -> str | None:
    """The day on which somebody asked there, if there is one. Raises ScheduleRefused: none, ahead (of `today`)."""
    if not typed.strip():
        return None
    day = read_day(typed, "checked_on")
    if day > today:
        raise ScheduleRefused("checked_on", "ahead")
    return day.isoformat()


def write(place: Place, words: dict[str, str | bool | None]) -> None:
    """Write these words into a row. Where they say anew what one learns by asking there, nobody has asked yet."""
    if any(_told(name, getattr(place, name)) != _told(name, words[name]) for name in ASKED_THERE):
        place.checked_on = None
    for name, value in words.items():
        setattr(place, name, value)


def too_many(places: Iterable[Place]) -> bool:
    """Whether these are more than a building may have."""
    held = list(places)
    return len(held) > MOST_PLACES or sum(map(_bytes, held)) > MOST_BYTES


def same(kind: str, name: str) -> tuple[str, str]:
    """What no two places of a building share: by this a file knows one again."""
    return kind, name.casefold()


def _told(name: str, value: object) -> object:
    return dialled(str(value)) if name == "phone" else value


def _fits(places: list[Place]) -> None:
    if len({same(place.kind, place.name) for place in places}) < len(places):
        raise ScheduleRefused("name", "twice")
    if too_many(places):
        raise ScheduleRefused("name", "many")


def _bytes(place: Place) -> int:
    """How long its line in a file is at most: quotes around each cell and twice within, an apostrophe, a comma."""
    cells = [place.kind, place.phone, "yes", place.checked_on or "", *(getattr(place, name) for name in LONGEST)]
    return sum(len(cell.encode()) + cell.count('"') + 4 for cell in cells)
