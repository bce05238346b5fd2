"""Where each gathering stands in the picture of a week, in the names of classes, and the colours of rooms.

The page allows no style of its own, so what differs from one gathering to the next is a class of `week.css`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sessions.schedule.buildings import Room
from sessions.schedule.gatherings import Gathering

HUES, MOST_LANES = 8, 16
HOUR, QUARTER, DAY = 60, 15, 24 * 60
LEAST = HOUR
"""What is shorter is drawn as long as this, so that its words have room."""


@dataclass(frozen=True)
class Drawn:
    """A week as a picture: its first hour and the one after its last, the lanes of each day, each one's classes."""

    begins: int
    ends: int
    lanes: dict[date, int]
    places: dict[tuple[str, date], str]


def hues(rooms: Iterable[Room]) -> dict[str, str]:
    """The class of each room's colour. They come again where there are more rooms than colours: each has its name."""
    return {room.id: f"hue-{place % HUES + 1}" for place, room in enumerate(rooms)}


def drawn(days: dict[date, list[Gathering]]) -> Drawn:
    """Lay out the gatherings of each day: those that are on at once stand side by side."""
    spans = {one.key: _span(one) for listed in days.values() for one in listed}
    begins = min((start for start, _ in spans.values()), default=0) // HOUR
    ends = -(-max((end for _, end in spans.values()), default=DAY) // HOUR)
    places, lanes = {}, {}
    for day, listed in days.items():
        lanes[day] = 1
        for together in _at_once(listed, spans):
            taken = _lanes(together, spans)
            many = max(taken.values()) + 1
            lanes[day] = max(lanes[day], many)
            for one in together:
                start, end = spans[one.key]
                hour, minute = divmod(start - begins * HOUR, HOUR)
                tall = -(-(end - start) // QUARTER)
                place = f"from-{hour} past-{minute // QUARTER} tall-{tall}"
                places[one.key] = f"{place} of-{many} lane-{taken[one.key] + 1}"
    return Drawn(begins, ends, lanes, places)


def _span(one: Gathering) -> tuple[int, int]:
    """From which minute of its day until which one is drawn: to midnight at most."""
    midnight = one.wall.replace(hour=0, minute=0)
    start = (one.wall - midnight) // timedelta(minutes=1)
    end = (one.wall_ends - midnight) // timedelta(minutes=1)
    start = min(start, DAY - LEAST) // QUARTER * QUARTER
    return start, min(max(end, start + LEAST), DAY)


def _at_once(listed: Sequence[Gathering], spans: dict[tuple[str, date], tuple[int, int]]) -> list[list[Gathering]]:
    """The gatherings of a day, in groups that do not touch one another."""
    groups: list[list[Gathering]] = []
    until = -1
    for one in sorted(listed, key=lambda one: spans[one.key]):
        start, end = spans[one.key]
        if start >= until:
            groups.append([])
        groups[-1].append(one)
        until = max(until, end)
    return groups


def _lanes(
    together: Sequence[Gathering], spans: dict[tuple[str, date], tuple[int, int]]
) -> dict[tuple[str, date], int]:
    """The first free lane for each. Past the last lane there are, they lie on one another."""
    free_from: list[int] = []
    taken = {}
    for one in together:
        start, end = spans[one.key]
        lane = next((lane for lane, free in enumerate(free_from) if free <= start), len(free_from))
        free_from[lane : lane + 1] = [end]
        taken[one.key] = min(lane, MOST_LANES - 1)
    return taken
