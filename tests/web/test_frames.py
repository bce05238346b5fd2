"""Frames: ours are read by any websocket; of a client's, anything no page of ours sends is refused by its header."""

import random
import struct

import pytest
from wsproto import ConnectionType
from wsproto.connection import Connection
from wsproto.events import BytesMessage, CloseConnection, Pong, TextMessage

from facilitator import frames
from facilitator.frames import MOST_BYTES_FROM_A_CLIENT, NotOurs

LENGTHS = (0, 1, 125, 126, 1000, 65_535, 65_536, 200_000)


@pytest.mark.parametrize("length", LENGTHS)
def test_what_we_say_is_read_by_others(length: int) -> None:
    other = Connection(ConnectionType.CLIENT)
    other.receive_data(frames.said(b"a" * length) + frames.said(b"", frames.PONG) + frames.GOODBYE)
    heard = list(other.events())
    assert [type(one) for one in heard] == [TextMessage, Pong, CloseConnection]
    assert len(heard[0].data) == length and heard[2].code == 1000


@pytest.mark.parametrize("length", [0, 1, 125, 126, MOST_BYTES_FROM_A_CLIENT])
def test_what_others_say_is_read_whole_and_in_any_pieces(length: int, dice: random.Random) -> None:
    other = Connection(ConnectionType.CLIENT)
    said = other.send(TextMessage("b" * length)) + other.send(Pong(b"here")) + other.send(BytesMessage(b"c"))
    unread, heard = bytearray(), []
    while said:
        size = dice.randrange(1, len(said) + 1)
        unread, said = unread + said[:size], said[size:]
        while frame := frames.take(unread):
            heard.append(frame)
    assert heard == [(frames.TEXT, b"b" * length), (frames.PONG, b"here"), (0x2, b"c")]
    assert unread == b""


@pytest.mark.parametrize(
    "header",
    {
        "one byte too long": struct.pack("!BBH", 0x81, 0xFE, MOST_BYTES_FROM_A_CLIENT + 1),
        "200 MB": struct.pack("!BBQ", 0x81, 0xFF, 200 << 20)[:2],
        "in pieces": b"\x01\x81",
        "packed": b"\xc1\x81",
        "without a mask": b"\x81\x01",
    }.values(),
)
def test_what_no_page_sends_is_refused_before_there_is_any_body(header: bytes) -> None:
    with pytest.raises(NotOurs):
        frames.take(bytearray(header))


@pytest.fixture
def dice(seed: int) -> random.Random:
    return random.Random(seed)
