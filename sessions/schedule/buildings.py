"""The buildings where groups meet, and their rooms."""

from dataclasses import dataclass

from sqlalchemy import ForeignKey, String, false, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from sessions import audit
from sessions.database import Base, random_id
from sessions.schedule.clock import ScheduleRefused, read_number, read_time, read_zone
from sessions.words import clean_line

LONGEST_NAME, LONGEST_NOTE = 80, 200
MOST_BUILDINGS, MOST_ROOMS, MOST_PLACES = 200, 50, 999


class Building(Base):
    """A building. Its clock says when its groups begin. Quiet hours are minutes after midnight, or none.

    What it does not say itself (who runs it, limits, where Leave fast goes) the host says. `landlord` is None where it
    says nothing of that. `page` is its part of the public address, and stays when its name changes. `learn`: whether
    its cards can be read without joining. `sequence` counts
    what was changed for all its groups at once, for the calendars that read along.
    """

    __tablename__ = "buildings"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    name: Mapped[str] = mapped_column(String(80))
    public_name: Mapped[str] = mapped_column(String(80))
    zone: Mapped[str] = mapped_column(String(64))
    quiet_from: Mapped[int | None] = mapped_column(default=None)
    quiet_to: Mapped[int | None] = mapped_column(default=None)
    address: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    address_public: Mapped[bool] = mapped_column(default=False, server_default=false())
    languages: Mapped[str] = mapped_column(String(80), default="", server_default=text("''"))
    leave_to: Mapped[str] = mapped_column(String(300), default="", server_default=text("''"))
    run_by: Mapped[str] = mapped_column(String(200), default="", server_default=text("''"))
    landlord: Mapped[bool | None] = mapped_column(default=None)
    limits: Mapped[str] = mapped_column(String(1000), default="", server_default=text("''"))
    page: Mapped[str | None] = mapped_column(String(40), default=None, unique=True, index=True)
    listed: Mapped[bool] = mapped_column(default=False, server_default=false())
    learn: Mapped[bool] = mapped_column(default=False, server_default=false())
    sequence: Mapped[int] = mapped_column(default=0, server_default=text("0"))


class Room(Base):
    """A room of a building. `places` is how many it holds, where that is known."""

    __tablename__ = "rooms"

    id: Mapped[str] = mapped_column(String(20), primary_key=True, default=random_id)
    building_id: Mapped[str] = mapped_column(ForeignKey("buildings.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    places: Mapped[int | None] = mapped_column(default=None)
    step_free: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(200), default="")


@dataclass(frozen=True)
class BuildingWords:
    """A building as somebody typed it."""

    name: str
    public_name: str
    zone: str
    quiet_from: str = ""
    quiet_to: str = ""


@dataclass(frozen=True)
class RoomWords:
    """A room as somebody typed it."""

    name: str
    places: str = ""
    step_free: bool = False
    note: str = ""


def hold(db: Session) -> None:
    """Hold the calendar until this transaction ends: whoever plans at the same time comes after, and sees it done.

    Called before anything is read: what was read earlier would stay as it was.
    """
    db.scalars(select(Building.id).order_by(Building.id).with_for_update()).all()


def everywhere(db: Session) -> list[Building]:
    """Every building, by name."""
    return sorted(db.scalars(select(Building)), key=lambda building: (building.name.casefold(), building.id))


def find(db: Session, building_id: str) -> Building | None:
    """The building with this id."""
    return db.get(Building, building_id)


def rooms(db: Session, building_id: str = "") -> list[Room]:
    """The rooms of a building, or of all, by name."""
    which = select(Room).where(Room.building_id == building_id) if building_id else select(Room)
    return sorted(db.scalars(which), key=lambda room: (room.name.casefold(), room.id))


def find_room(db: Session, room_id: str) -> Room | None:
    """The room with this id."""
    return db.get(Room, room_id)


def add(db: Session, actor: str, words: BuildingWords) -> Building:
    """Write down a building. Raises ScheduleRefused: empty, long, none, many."""
    if (db.scalar(select(func.count()).select_from(Building)) or 0) >= MOST_BUILDINGS:
        raise ScheduleRefused("name", "many")
    building = Building(**_building(words))
    db.add(building)
    db.flush()
    audit.note(db, "building-added", actor)
    return building


def change(db: Session, actor: str, building_id: str, words: BuildingWords) -> Building | None:
    """Write it anew; None if there is no such building. Raises ScheduleRefused: empty, long, none."""
    hold(db)
    building = find(db, building_id)
    if building is None:
        return None
    for name, value in _building(words).items():
        setattr(building, name, value)
    building.sequence += 1
    audit.note(db, "building-changed", actor)
    return building


def add_room(db: Session, actor: str, building_id: str, words: RoomWords) -> Room | None:
    """Write down a room; None if there is no such building. Raises ScheduleRefused: empty, long, number, many."""
    hold(db)
    if find(db, building_id) is None:
        return None
    if len(rooms(db, building_id)) >= MOST_ROOMS:
        raise ScheduleRefused("name", "many")
    room = Room(building_id=building_id, **_room(words))
    db.add(room)
    db.flush()
    audit.note(db, "room-added", actor)
    return room


def change_room(db: Session, actor: str, building_id: str, room_id: str, words: RoomWords) -> Room | None:
    """Write it anew; None if that building has no such room. Raises ScheduleRefused: empty, long, number."""
    hold(db)
    room, building = find_room(db, room_id), find(db, building_id)
    if room is None or building is None or room.building_id != building_id:
        return None
    building.sequence += 1
    for name, value in _room(words).items():
        setattr(room, name, value)
    audit.note(db, "room-changed", actor)
    return room


def read_line(typed: str, field: str, most: int = LONGEST_NAME, needed: bool = True) -> str:
    """One line of words. Raises ScheduleRefused: empty, long."""
    line = clean_line(typed)
    if needed and not line:
        raise ScheduleRefused(field, "empty")
    if len(line) > most:
        raise ScheduleRefused(field, "long")
    return line


def _building(words: BuildingWords) -> dict[str, str | int | None]:
    quiet = {"quiet_from": words.quiet_from.strip(), "quiet_to": words.quiet_to.strip()}
    if any(quiet.values()) and not all(quiet.values()):
        raise ScheduleRefused(next(name for name, typed in quiet.items() if not typed), "empty")
    name = read_line(words.name, "name")
    return {
        "name": name,
        "public_name": read_line(words.public_name, "public_name", needed=False) or name,
        "zone": read_zone(words.zone),
        **{field: read_time(typed, field) if typed else None for field, typed in quiet.items()},
    }


def _room(words: RoomWords) -> dict[str, str | int | bool | None]:
    return {
        "name": read_line(words.name, "name"),
        "places": read_number(words.places, 1, MOST_PLACES, "places") if words.places.strip() else None,
        "step_free": words.step_free,
        "note": read_line(words.note, "note", LONGEST_NOTE, needed=False),
    }
