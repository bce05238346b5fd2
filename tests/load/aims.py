"""What we aim for against whom, as ratios within one run, and how far a run came."""

import statistics
from collections.abc import Mapping, Sequence
from typing import NamedTuple

DIRECT, STOCK = "Open Circle", "the same, stock emit"
FASTIFY, EXPRESS = "Node: Fastify, socket.io", "Node: Express, socket.io"
MANUALS, PYTHON, C = "the manuals' way", "python-socketio, bare", "C, one send() each"

Found = Mapping[str, Mapping[str, Sequence[float]]]
"""By contender and by what was measured: a figure for each round."""


class Aim(NamedTuple):
    """One ratio of server CPU: how many times as much the peer takes as we do. `why`: where it was missed."""

    what: str
    against: str
    figure: str
    floor: float
    aim: float
    why: str


FAN_OUT, POST = "push alone, {}: CPU-ms / 1,000", "whole post, {}: CPU-ms"
WHOLE = "each post takes a whole snapshot for each language that leaders read, and more: see growth.md"
PACED = "pushes are paced so that the crowd keeps up: what many of them in one turn of the loop would save is unused"
AIMS = [
    Aim("posts per CPU-second, eight in flight, 1 x 200", FASTIFY, POST.format("1 x 200"), 1.5, 2.5, WHOLE),
    Aim("posts per CPU-second, eight in flight, 50 x 20", FASTIFY, POST.format("50 x 20"), 0.5, 0.8, WHOLE),
    Aim("posts per CPU-second, eight in flight, 50 x 20", MANUALS, POST.format("50 x 20"), 3, 4.5, WHOLE),
    Aim("deliveries per CPU-second, fan-out alone, 1 x 200", FASTIFY, FAN_OUT.format("1 x 200"), 1.3, 4, PACED),
    Aim("deliveries per CPU-second, fan-out alone, 50 x 20", FASTIFY, FAN_OUT.format("50 x 20"), 1.3, 4, PACED),
    Aim("deliveries per CPU-second, fan-out alone, 1 x 200", PYTHON, FAN_OUT.format("1 x 200"), 3, 7, PACED),
    Aim("deliveries per CPU-second, fan-out alone, 50 x 20", PYTHON, FAN_OUT.format("50 x 20"), 3, 7, PACED),
    Aim(
        "memory of an idle phone: the peer's over ours",
        FASTIFY,
        "an idle phone: KiB",
        2,
        6.7,
        "what Flask and Socket.IO keep of each session stays",
    ),
]


def middle(found: Found, contender: str, figure: str) -> float | None:
    """The median of one figure of one contender; None where it was not measured."""
    figures = found.get(contender, {}).get(figure)
    return statistics.median(figures) if figures else None


def ratio(found: Found, aim: Aim) -> float | None:
    """How many times as much the peer took; None where either was not measured."""
    ours, theirs = middle(found, DIRECT, aim.figure), middle(found, aim.against, aim.figure)
    return theirs / ours if ours and theirs else None


def told(aim: Aim, came: float | None) -> str:
    """How that stands beside the floor and the aim."""
    if came is None:
        return "not measured in this run"
    if came >= aim.aim:
        return "reached"
    return f"{'above the floor' if came >= aim.floor else '**missed**'}: {aim.why}"
