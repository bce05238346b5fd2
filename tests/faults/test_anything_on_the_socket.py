"""Anything at all, said on the socket: cut off quietly, nothing of it remembered, and nobody else hears of it."""

import random
import socket
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, suppress

import pytest

from tests.faults.untouched import MOST_MEGABYTES, files, memory, untouched
from tests.people import Circle, Phone, Staff, Visitor
from tests.server import Server

FEW, MANY = 800, 80_000
AT_ONCE, WITHIN_SECONDS = 20, 10.0
WEBSOCKET = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1"
UPGRADE = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
VERSION = "Sec-WebSocket-Version: 13\r\n"
KNOWN = [
    *("40", "40{}", "41", "3", "2", "2probe", "3probe", "5", "6", "1", "4", "0", "0{}", "44", "40/admin,", "41/admin,"),
    *('42["hello",{"text":"words"}]', '421["hello"]', '431["hello"]', '42/admin,["hello"]', '44{"message":"hello"}'),
    *('451-["hello",{"_placeholder":true,"num":0}]', '461-[{"_placeholder":true,"num":0}]', '459999999-["hello"]'),
    *('40{"token":"x"}', '40{"a":' + "[" * 400, "42" + "[" * 500 + "]" * 500, '42["connect"]', '42["disconnect"]'),
    *(
        "4" + "9" * 300 + '["hello"]',
        "42[null]",
        "42[{}]",
        "42{}",
        "42",
        "bAAECAw==",
        "\x1e".join(["40", "41", "42[]"]),
    ),
]
OPCODES = (0x0, 0x1, 0x1, 0x1, 0x1, 0x2, 0x2, 0x3, 0x7, 0x8, 0x9, 0xA, 0xB, 0xF)

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory from /proc")


@pytest.fixture
def circle(ana: Staff) -> Circle:
    return ana.open_circle()


@pytest.fixture
def ben(server: Server, circle: Circle) -> Phone:
    return Phone(server).come_in(circle)


@pytest.fixture
def cleo(server: Server, circle: Circle) -> Phone:
    """In the same circle as Ben, and listening."""
    return Phone(server).come_in(circle)


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=[pytest.mark.long, pytest.mark.timeout(3600)])])
def test_anything_said_on_the_socket(
    count: int,
    server: Server,
    circle: Circle,
    ben: Phone,
    cleo: Phone,
    dice: random.Random,
    seed: int,
    report: Callable[[str], None],
) -> None:
    ends: Counter[str] = Counter()
    with untouched(server, circle, cleo):
        say(server, ben, max(FEW // 2, count // 10), dice, ends)  # what it needs for any socket, it keeps
        held, opened = memory(server), files(server)
        slowest = say(server, ben, count, dice, ends)
        settle(server, opened)
        grew = memory(server) - held
    told = ", ".join(f"{number} {end}" for end, number in sorted(ends.items()))
    report(f"seed {seed}: {told}; slowest {slowest:.2f} s; memory {held:.0f} MB, {grew:+.1f} MB")
    assert grew < MOST_MEGABYTES
    assert files(server) - opened < AT_ONCE


def say(server: Server, ben: Phone, count: int, dice: random.Random, ends: Counter[str]) -> float:
    """Say so many things, some at once. How long the slowest line was, in seconds, until it was let go."""
    slowest = 0.0
    for _ in range(count // AT_ONCE):
        began = time.monotonic()
        with ExitStack() as lines:
            opened = []
            for _ in range(AT_ONCE):
                line = socket.create_connection(("127.0.0.1", server.port), timeout=WITHIN_SECONDS)
                opened.append(lines.enter_context(line))
                with suppress(ConnectionError):
                    line.sendall(anything(dice, server, ben))
                    line.shutdown(socket.SHUT_WR)
            for line in opened:
                ends[end_of(line)] += 1
        slowest = max(slowest, time.monotonic() - began)
    return slowest


def end_of(line: socket.socket) -> str:
    """Read to the end, and say how it began. A line that is never let go fails."""
    said = b""
    with suppress(ConnectionError):
        while more := line.recv(65_536):
            said += more
    status = said.partition(b"\r\n")[0].decode("latin-1")[9:12]
    assert not status.startswith("5"), said[:500]
    return f"x {status or 'silence'}"


def settle(server: Server, opened: int) -> None:
    """Wait until the server has closed its ends too."""
    until = time.monotonic() + WITHIN_SECONDS
    while files(server) - opened >= AT_ONCE and time.monotonic() < until:
        time.sleep(0.1)


def anything(dice: random.Random, server: Server, ben: Phone) -> bytes:
    """All that one line says: mostly a handshake and a few frames, sometimes half of that, sometimes a poll."""
    who = dice.choice((ben, Visitor(server)))
    head = f"Host: 127.0.0.1:{server.port}\r\nOrigin: {server.address}\r\nCookie: {who.cookie_header()}\r\n"
    if dice.random() < 0.1:
        body = packet(dice)
        sid = dice.choice(["", "&sid=x", f"&sid={dice.randbytes(4).hex()}", "&j=0", "&b64=1", "&EIO=3"])
        asked = f"POST /socket.io/?EIO=4&transport=polling{sid} HTTP/1.1\r\n{head}Content-Length: {len(body)}\r\n"
        return asked.encode() + b"Connection: close\r\n\r\n" + body
    said = f"{WEBSOCKET}\r\n{head}{UPGRADE}{VERSION}\r\n".encode()
    frames = [frame(dice, b"40")] if dice.random() < 0.5 else []
    frames += [frame(dice, packet(dice), dice.choice(OPCODES)) for _ in range(dice.randint(1, 3))]
    said += b"".join(frames)
    if dice.random() < 0.1:  # half of it
        said = said[: dice.randrange(len(said))]
    return said


def packet(dice: random.Random) -> bytes:
    """Something like a packet, more or less."""
    what = dice.random()
    if what < 0.1:
        return dice.randbytes(dice.randrange(2000))
    if what < 0.2:
        return "".join(map(chr, dice.choices(range(1, 0xD800), k=dice.randrange(300)))).encode()
    said = bytearray(dice.choice(KNOWN).encode())
    for _ in range(dice.choice((0, 0, 1, 1, 2, 5, 20))):
        at = dice.randrange(len(said) + 1)
        said[at : at + dice.choice((0, 0, 1, 3))] = dice.choice(
            (b"", b"[", b'"', b"{", b"0", b"9", b"/", b"-", b"\xff")
        )
    return bytes(said)


def frame(dice: random.Random, body: bytes, opcode: int = 0x1) -> bytes:
    """A websocket frame, now and then with a length, a flag or a mask that is none."""
    odd = dice.random()
    first = (0x80 if odd > 0.03 else 0) | (dice.choice((0x40, 0x20, 0x10)) if odd > 0.97 else 0) | opcode
    mask = dice.randbytes(4)
    masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(body))
    told = len(body) if 0.06 < odd < 0.95 else dice.choice((0, 1, 125, 1024, 65_535, 1 << 31, (1 << 63) - 1))
    bit = 0x80 if odd > 0.05 else 0
    if told < 126:
        length = bytes([bit | told])
    elif told < 65_536:
        length = bytes([bit | 126]) + struct.pack(">H", told)
    else:
        length = bytes([bit | 127]) + struct.pack(">Q", told)
    return bytes([first]) + length + (mask if bit else b"") + masked
