"""What of a building's help is due: numbers to call again, naloxone to get anew, cards and places to look at again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from sessions import host
from sessions.library import LANGUAGES, cards, help_page
from sessions.schedule import buildings, lines, naloxone, numbers, own_cards, places
from sessions.schedule.buildings import Building
from sessions.schedule.clock import wall
from sessions.schedule.naloxone import NaloxoneSpot, Spot
from sessions.schedule.numbers import Number
from sessions.schedule.own_cards import OwnCard


@dataclass(frozen=True)
class Due:
    """Of one building: how many numbers nobody has called yet, how many not for long, and spots past or soon past.

    `stale` is how many cards of its own that it shows nobody has looked at for half a year; `unasked` is at how many of
    its places that help nobody has asked, or not for long.
    `address` is the host's that Help says here, where there are several buildings and this one says none of its own.
    """

    building: Building
    address: str
    uncalled: int
    old: int
    past: tuple[Spot, ...]
    soon: tuple[Spot, ...]
    stale: int
    unasked: int

    def __bool__(self) -> bool:
        help_ = self.uncalled or self.old or self.past or self.soon or self.unasked
        return bool(self.address or help_ or self.stale)


def everywhere(db: Session, now: datetime) -> list[Due]:
    """Every building in which something is due, by name."""
    said, kept = defaultdict[str, list[Number]](list), defaultdict[str, list[NaloxoneSpot]](list)
    own = defaultdict[str, list[OwnCard]](list)
    for row in db.scalars(select(Number)):
        said[row.building_id].append(row)
    for spot in db.scalars(select(NaloxoneSpot)):
        kept[spot.building_id].append(spot)
    for card in db.scalars(select(OwnCard)):
        own[card.building_id].append(card)
    asked = defaultdict[str, dict[str | None, int]](dict)
    for (building_id, day), number in places.by_day(db).items():
        asked[building_id][day] = number
    address = _for_all(db)
    everywhere = buildings.everywhere(db)
    told = (_due(one, address, said[one.id], kept[one.id], own[one.id], asked[one.id], now) for one in everywhere)
    return [due for due in told if due]


def of(db: Session, building: Building, now: datetime) -> Due:
    """What is due in one building."""
    kept = db.scalars(select(NaloxoneSpot).where(NaloxoneSpot.building_id == building.id))
    own = own_cards.of(db, building.id)
    asked = {day: number for (held_by, day), number in places.by_day(db).items() if held_by == building.id}
    return _due(building, _for_all(db), numbers.of(db, building.id), kept, own, asked, now)


def stale_cards(day: date) -> int:
    """How many of the cards that come with this page were to be looked at again before this day, in any language."""
    return sum(any(cards(language)[key].is_stale(day) for language in LANGUAGES) for key in cards("en"))


def _for_all(db: Session) -> str:
    """The host's address where it stands for several buildings, and so can't be true of each; '' for one alone."""
    return host.words(db).address if len(buildings.everywhere(db)) > 1 else ""


def _due(
    building: Building,
    address: str,
    said: Iterable[Number],
    kept: Iterable[NaloxoneSpot],
    own: Iterable[OwnCard],
    asked: dict[str | None, int],
    now: datetime,
) -> Due:
    today = wall(building.zone, now).date()
    shown, spots = lines.of(help_page("en"), said), naloxone.as_of(kept, today)
    return Due(
        building,
        "" if building.address else address,
        sum(line.unchecked for line in shown),
        sum(line.is_old(today) for line in shown),
        tuple(spot for spot in spots if spot.past),
        tuple(spot for spot in spots if spot.soon),
        sum(own_cards.as_card(card).is_stale(today) for card in own if not card.off),
        sum(number for day, number in asked.items() if not places.is_fresh(day, today)),
    )
