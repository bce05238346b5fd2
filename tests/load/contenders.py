"""Who takes part, by the short name one types, and in what. Each is one server, in a place of its own."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from tests.load.aims import DIRECT, FASTIFY, MANUALS, PYTHON, STOCK
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


def _on_python(name: str) -> Callable[..., Place]:
    return lambda **more: peers.Peer(name, **more)


def _on_node(name: str) -> Callable[..., Place]:
    return lambda **more: peers.Peer(name, peers.install(), **more)


EVERYBODY = {
    OURS: Contender(DIRECT, MEASURES, _ours("direct")),
    "stock": Contender(STOCK, MEASURES, _ours("stock")),
    "fastify": Contender(FASTIFY, MEASURES, _on_node("fastify"), peers.install),
    "bare": Contender(PYTHON, (PUSHES,), _on_python("bare")),
    "manuals": Contender(MANUALS, (POSTS,), _on_python("manuals")),
}
"""In the order of the columns."""


def those(wanted: Iterable[str]) -> list[Contender]:
    """We, and who is in `wanted` and can be here on this machine, in the order of the columns."""
    return [one for short, one in EVERYBODY.items() if short in {OURS, *wanted} and one.can_be()]
