"""Who takes part, by the short name one types, and in what. Each is one server, in a place of its own."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import NamedTuple

from tests.load.aims import DIRECT, EXPRESS, FASTIFY, MANUALS, PYTHON, STOCK, C
from tests.load.peers import house as peers
from tests.load.rooms import House, Place

PUSHES, POSTS, STORMS = MEASURES = ("pushes", "posts", "storms")
OURS = "ours"


class Contender(NamedTuple):
    """One column of the table: its name there, what is measured of it, how it is made, and whether it can be."""

    name: str
    measures: tuple[str, ...]
    make: Callable[..., Place]
    can_be: Callable[[], object] = lambda: True


def _ours(fan_out: str) -> Callable[..., Place]:
    return lambda **more: House(OPEN_CIRCLE_FAN_OUT=fan_out, **more)


def _peer(file: str) -> Callable[..., Place]:
    return lambda **more: peers.Peer(file, **more)


EVERYBODY = {
    OURS: Contender(DIRECT, MEASURES, _ours("direct")),
    "stock": Contender(STOCK, (PUSHES, STORMS), _ours("stock")),
    "fastify": Contender(FASTIFY, MEASURES, _peer("fastify.js"), peers.node_modules),
    "express": Contender(EXPRESS, (POSTS,), _peer("express.js"), peers.node_modules),
    "manuals": Contender(MANUALS, (POSTS,), _peer("manuals.py")),
    "bare": Contender(PYTHON, (PUSHES,), _peer("bare.py")),
    "c": Contender(C, (PUSHES,), _peer("bare.c"), partial(peers.compiled, "bare.c")),
}
"""In the order of the columns. Where two stand on the same code, what it does is measured once."""


def those(wanted: Iterable[str]) -> list[Contender]:
    """We, and who is in `wanted` and can be here on this machine, in the order of the columns."""
    return [one for short, one in EVERYBODY.items() if short in {OURS, *wanted} and one.can_be()]
