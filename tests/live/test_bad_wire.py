"""A network that is slow, loses, cuts and halves: what was sent again under its key is kept once, and whole."""

import http.client
import uuid
from collections.abc import Callable, Iterator

import pytest

from tests.cutting_proxy import CuttingProxy
from tests.people import Circle, Phone
from tests.server import Server

WORDS = " ".join(["The van is on 6th until 9."] * 20)


@pytest.fixture
def wire(server: Server) -> Iterator[CuttingProxy]:
    """The network between Ben's phone and the server."""
    with CuttingProxy(server.port) as wire:
        yield wire


def slow(wire: CuttingProxy) -> None:
    wire.delay = 0.2


WIRES: dict[str, tuple[Callable[[CuttingProxy], None], list[str]]] = {
    "delays": (slow, [WORDS]),
    "cuts": (CuttingProxy.cut, []),
    "loses answers": (CuttingProxy.lose_answers, [WORDS]),
    "halves posts": (lambda wire: wire.halve("posts"), []),
    "halves answers": (lambda wire: wire.halve("answers"), [WORDS]),
}


@pytest.mark.parametrize(("goes_bad", "kept"), WIRES.values(), ids=WIRES)
def test_what_is_sent_again_is_kept_once_and_whole(
    goes_bad: Callable[[CuttingProxy], None], kept: list[str], wire: CuttingProxy, circle: Circle, cleo: Phone
) -> None:
    ben, key = Phone(wire).come_in(circle), str(uuid.uuid4())
    goes_bad(wire)
    try:
        heard = ben.send("notes", WORDS, key=key).status
    except (OSError, http.client.HTTPException):
        heard = 0
    assert (heard == 200) == (goes_bad is slow)
    assert list(cleo.catch_up().wall("notes").values()) == kept, "half a note was kept, or a whole one was not"
    wire.resume()
    for _ in range(2):
        ben.note(WORDS, key=key)
    assert list(cleo.catch_up().wall("notes").values()) == [WORDS]
