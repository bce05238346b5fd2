"""A building's own words: what it says of itself, and the host's words where it says nothing."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from sessions import audit, host
from sessions.host import Host
from sessions.library import LANGUAGES
from sessions.schedule import buildings, naloxone, numbers
from sessions.schedule.buildings import Building, hold, read_line
from sessions.schedule.clock import ScheduleRefused, wall
from sessions.schedule.naloxone import Spot
from sessions.schedule.numbers import Number
from sessions.words import clean

LONGEST_LINE, LONGEST_LIMITS = 200, 1000
YES, NO, AS_THE_HOST_SAYS = "yes", "no", ""
LANDLORD: dict[str, bool | None] = {YES: True, NO: False, AS_THE_HOST_SAYS: None}


@dataclass(frozen=True)
class OwnWords:
    """A building's own words, as somebody typed them. What is empty the host says; `languages` are codes."""

    address: str = ""
    address_public: bool = False
    languages: tuple[str, ...] = ()
    leave_to: str = ""
    run_by: str = ""
    landlord: str = AS_THE_HOST_SAYS
    limits: str = ""


@dataclass(frozen=True)
class Words(Host):
    """What is said in one place. `numbers` and `spots` are its building's own; `naloxone` is what is said first."""

    numbers: tuple[Number, ...] = ()
    spots: tuple[Spot, ...] = ()

    @property
    def more_spots(self) -> tuple[Spot, ...]:
        """The spots besides the one that is said first."""
        return self.spots[1:] if self.naloxone else self.spots


def words_of(db: Session, building_id: str | None, now: datetime | None = None) -> Words:
    """What is said in this building, at this moment; the host's words where none is known.

    Where a building has spots of its own, only one that is good today is said first.
    """
    said = Words(**asdict(host.words(db)))
    building = buildings.find(db, building_id) if building_id else None
    if building is None:
        return said
    spots = tuple(naloxone.of(db, building.id, wall(building.zone, now or datetime.now(UTC)).date()))
    first = next((spot.place for spot in spots if not spot.past), "")
    return Words(
        run_by=building.run_by or said.run_by,
        landlord=said.landlord if building.landlord is None else building.landlord,
        limits=building.limits or said.limits,
        address=building.address or said.address,
        naloxone=first if spots else said.naloxone,
        leave_to=building.leave_to or said.leave_to,
        numbers=numbers.of(db, building.id),
        spots=spots,
    )


def write(db: Session, actor: str, building_id: str, typed: OwnWords) -> Building | None:
    """Keep what a building says of itself; None if there is no such building.

    Raises ScheduleRefused: long, list, none (no plain web address).
    """
    hold(db)
    building = buildings.find(db, building_id)
    if building is None:
        return None
    for name, value in _read(typed).items():
        setattr(building, name, value)
    audit.note(db, "building-changed", actor)
    return building


def spoken(building: Building) -> list[str]:
    """The languages spoken there, by code, as far as this computer has them."""
    return [code for code in building.languages.split() if code in LANGUAGES]


def _read(typed: OwnWords) -> dict[str, str | bool | None]:
    leave_to, limits = typed.leave_to.strip(), clean(typed.limits)
    if leave_to and not host.is_plain_address(leave_to):
        raise ScheduleRefused("leave_to", "none")
    if len(limits) > LONGEST_LIMITS:
        raise ScheduleRefused("limits", "long")
    if typed.landlord not in LANDLORD:
        raise ScheduleRefused("landlord", "list")
    if not LANGUAGES.keys() >= set(typed.languages):
        raise ScheduleRefused("languages", "list")
    return {
        "address": read_line(typed.address, "address", LONGEST_LINE, needed=False),
        "address_public": typed.address_public,
        "languages": " ".join(code for code in LANGUAGES if code in typed.languages),
        "leave_to": leave_to,
        "run_by": read_line(typed.run_by, "run_by", LONGEST_LINE, needed=False),
        "landlord": LANDLORD[typed.landlord],
        "limits": limits,
    }
