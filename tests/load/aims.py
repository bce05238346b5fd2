"""What we aim for against whom, as ratios within one run, and how far a run came."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

DIRECT, STOCK = "Open Circle", "the same, stock emit"
FASTIFY, EXPRESS = "Node: Fastify, socket.io", "Node: Express, socket.io"
MANUALS, PYTHON, C = "the manuals' way", "python-socketio, bare", "C, one send() each"

Found = Mapping[str, Mapping[str, Sequence[float]]]
"""By contender and by what was measured: a figure for each round."""

FAN_OUT, POST = "push alone, {}: CPU-ms / 1,000", "whole post, {}: CPU-ms"
PHONE = "an idle phone: KiB"
COME_BACK, CATCH_UP = "{:,} come back: CPU-ms each", "{:,} come back and read: CPU-ms each"
STORM = 1000
"""Phones of the storm that there is an aim for."""


class Aim(NamedTuple):
    """One ratio within a run: how many times as much the peer takes as we do. `why`: where it was missed, from what
    was measured, in words.
    """

    what: str
    against: str
    figure: str
    floor: float
    aim: float
    why: Callable[[Found, "Aim"], str]


def middle(found: Found, contender: str, figure: str) -> float | None:
    """The median of one figure of one contender; None where it was not measured."""
    figures = found.get(contender, {}).get(figure)
    return statistics.median(figures) if figures else None


def ratio(found: Found, aim: Aim) -> float | None:
    """How many times as much the peer took; None where either was not measured."""
    ours, theirs = middle(found, DIRECT, aim.figure), middle(found, aim.against, aim.figure)
    return theirs / ours if ours and theirs else None


def told(found: Found, aim: Aim) -> str:
    """How that stands beside the floor and the aim."""
    came = ratio(found, aim)
    if came is None:
        return "not measured in this run"
    if came >= aim.aim:
        return "reached"
    return f"{'above the floor' if came >= aim.floor else '**missed**'}: {aim.why(found, aim)}"


def _both(found: Found, aim: Aim) -> str:
    unit = aim.figure.rpartition(": ")[2]
    return f"{middle(found, DIRECT, aim.figure):.2f} here, {middle(found, aim.against, aim.figure):.2f} there ({unit})"


def _post(found: Found, aim: Aim) -> str:
    shape = aim.figure.removeprefix("whole post, ").partition(":")[0]
    pushed = middle(found, DIRECT, FAN_OUT.format(shape))
    if pushed is None:
        return _both(found, aim)
    of_it = pushed * int(shape.rpartition(" ")[2]) / 1000
    return f"{_both(found, aim)}; of ours {of_it:.2f} are pushes, and the rest comes before them and after"


def _push(found: Found, aim: Aim) -> str:
    floor = middle(found, C, aim.figure)
    least = "" if floor is None or aim.against == C else f"; one send() for each is {floor:.2f} in C already"
    return _both(found, aim) + least


def _page(found: Found, aim: Aim) -> str:
    sockets = [middle(found, who, COME_BACK.format(STORM)) for who in (DIRECT, aim.against)]
    alone = " and ".join(f"{one:.2f}" for one in sockets if one is not None)
    return f"{_both(found, aim)}; the sockets alone {alone}, the rest is the page, and the peer's is an empty one"


AIMS = [
    Aim("posts per CPU-second, eight in flight, 1 x 200", FASTIFY, POST.format("1 x 200"), 1.5, 2.5, _post),
    Aim("posts per CPU-second, eight in flight, 50 x 20", FASTIFY, POST.format("50 x 20"), 0.5, 0.8, _post),
    Aim("posts per CPU-second, eight in flight, 50 x 20", EXPRESS, POST.format("50 x 20"), 0.8, 1.3, _post),
    Aim("posts per CPU-second, eight in flight, 50 x 20", MANUALS, POST.format("50 x 20"), 3, 4.5, _post),
    *(
        Aim(f"deliveries per CPU-second, fan-out alone, {shape}", against, FAN_OUT.format(shape), floor, aim, _push)
        for against, floor, aim in ((FASTIFY, 1.3, 4), (PYTHON, 3, 7), (C, 0.4, 1))
        for shape in ("1 x 200", "50 x 20")
    ),
    Aim("memory of an idle phone: the peer's over ours", FASTIFY, PHONE, 2, 6.7, _both),
    Aim(f"{STORM:,} come back, all caught up, per CPU-second", FASTIFY, CATCH_UP.format(STORM), 1, 1.67, _page),
]
