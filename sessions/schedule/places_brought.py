"""Bringing in places that help from a file: what it would do, said first, and then all of it or nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from sessions import audit
from sessions.schedule import buildings, places
from sessions.schedule.buildings import hold
from sessions.schedule.clock import wall
from sessions.schedule.places import Place, PlaceWords
from sessions.schedule.places_file import COLUMNS, PlacesRefused, Row, Wrong, cells_of, read

ADD, REPLACE = "add", "replace"
"""Add what is new and change what is there; or let the file be all there is."""


@dataclass(frozen=True)
class Brought:
    """What bringing in a file does, by name; `same` is how many places stay as they are."""

    how: str
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    taken_off: tuple[str, ...] = ()
    same: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.taken_off)

    @property
    def told(self) -> str:
        """The same in one word, for a form to say which of it somebody has read."""
        return "-".join([self.how, *(str(len(names)) for names in (self.new, self.changed, self.taken_off))])


def would(db: Session, building_id: str, rows: list[Row], how: str) -> Brought:
    """What bringing these rows in would do to the places of a building. Raises PlacesRefused: many."""
    return _compared(places.of(db, building_id), rows, how)[0]


def bring_in(db: Session, actor: str, building_id: str, text: str, told: str, now: datetime) -> bool | None:
    """Bring a file in. False if by now that does something else than somebody was `told`: then nothing changes.

    None if there is no such building. Raises PlacesRefused.
    """
    hold(db)
    building = buildings.find(db, building_id)
    if building is None:
        return None
    held = places.of(db, building_id)
    rows = read(text, wall(building.zone, now).date())
    brought, after = _compared(held, rows, told.partition("-")[0])
    if brought.told != told:
        return False
    kept = {places.same(place.kind, place.name): place for place in held}
    for key, words in after.items():
        place = kept.pop(key, None) or Place(building_id=building_id)
        for name, value in words.items():
            setattr(place, name, value)
        db.add(place)
    for place in kept.values():
        db.delete(place)
    audit.note(db, "places-changed", actor)
    return True


def _compared(
    held: list[Place], rows: list[Row], how: str
) -> tuple[Brought, dict[tuple[str, str], dict[str, str | bool | None]]]:
    """What it does, and every place as it is afterwards."""
    before = {places.same(place.kind, place.name): place for place in held}
    named = {places.same(row.cells["kind"], row.cells["name"]): row for row in rows}
    after = {} if how == REPLACE else {key: _kept(place) for key, place in before.items() if key not in named}
    same = len(after)
    new, changed = [], []
    for key, row in named.items():
        words = _kept(_merged(before.get(key), row))
        after[key] = words
        if key not in before:
            new.append(row.cells["name"])
        elif words != _kept(before[key]):
            changed.append(row.cells["name"])
        else:
            same += 1
    if places.too_many(Place(**words) for words in after.values()):
        raise PlacesRefused([Wrong(0, "", "many")])
    off = tuple(place.name for key, place in before.items() if key not in after)
    return Brought(how if how == REPLACE else ADD, tuple(new), tuple(changed), off, same), after


def _merged(place: Place | None, row: Row) -> Place:
    """A place as a row says it. What the row does not speak of stays, where there is such a place already."""
    cells = (cells_of(place) if place else dict.fromkeys(COLUMNS, "")) | row.cells
    checked_on = cells.pop("checked_on") or None
    words = places.read(PlaceWords(**cells))
    if place is None:
        return Place(**words, checked_on=checked_on)
    merged = Place(**_kept(place))
    places.write(merged, words)
    if checked_on != place.checked_on:  # else it is the day on which other words were found right
        merged.checked_on = checked_on
    return merged


def _kept(place: Place) -> dict[str, str | bool | None]:
    return {name: getattr(place, name) for name in COLUMNS}
