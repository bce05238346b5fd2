"""Which places that help fit on one sheet of paper: of each kind some, in turn."""

import math
from typing import NamedTuple

from sessions.schedule.places import Directory, Place

LINES, LINE = 104, 44
"""How many lines of how many letters two columns hold, about."""


class OneSheet(NamedTuple):
    """The places of one sheet, kind by kind, and how many more there are."""

    by_kind: dict[str, list[Place]]
    more: int


def on_one_sheet(directory: Directory) -> OneSheet:
    """As many places as fit: the first of each kind, then the second of each, and so on."""
    in_turn = sorted(
        ((at, kind, place) for kind, held in directory.by_kind.items() for at, place in enumerate(held)),
        key=lambda one: one[0],
    )
    by_kind: dict[str, list[Place]] = {kind: [] for kind in directory.by_kind}
    free, more = LINES, 0
    for at, kind, place in in_turn:
        free -= _lines(place) + (0 if at else 2)  # a kind is named before its first place
        if free < 0:
            more += 1
        else:
            by_kind[kind].append(place)
    return OneSheet({kind: held for kind, held in by_kind.items() if held}, more)


def _lines(place: Place) -> int:
    told = place.address, place.hours, place.phone, place.languages, place.note, "Not checked since 2026-11-24, walk in"
    return math.ceil(len(place.name) / LINE) + math.ceil(len(", ".join(filter(None, told))) / LINE) + 1
