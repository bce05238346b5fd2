"""What would fill the memory, or hold a line in the air, is cut off by its first bytes."""

import socket
import struct
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.people import Visitor
from tests.server import Server

MEGABYTE = 1 << 20
LARGE = 200 * MEGABYTE
MOST_MEGABYTES = 20
WEBSOCKET = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
    "Sec-WebSocket-Version": "13",
}
LISTEN = "/socket.io/?EIO=4&transport=websocket"

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory from /proc")


@only_linux
def test_a_frame_of_200_megabytes_is_cut_off(server: Server) -> None:
    before = fresh_peak(server)
    with a_websocket(server) as line:
        line.sendall(b"\x81" + struct.pack(">BQ", 0x80 | 127, LARGE) + b"mask")
        with pytest.raises(ConnectionError):
            for _ in range(LARGE // MEGABYTE):
                line.sendall(bytes(MEGABYTE))
    assert peak(server) - before < MOST_MEGABYTES


@only_linux
def test_200_kilobytes_that_unpack_to_200_megabytes_are_cut_off(server: Server) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    bomb = b"".join(packer.compress(b"4" * MEGABYTE) for _ in range(LARGE // MEGABYTE))
    bomb = (bomb + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]
    before = fresh_peak(server)
    with a_websocket(server, **{"Sec-WebSocket-Extensions": "permessage-deflate"}) as line:
        line.sendall(b"\xc1" + struct.pack(">BQ", 0x80 | 127, len(bomb)) + bytes(4))
        with suppress(ConnectionError):
            line.sendall(bomb)
            while line.recv(MEGABYTE):
                pass
    assert peak(server) - before < MOST_MEGABYTES


@pytest.mark.parametrize("missing", WEBSOCKET)
def test_half_a_handshake_is_refused_at_once_and_quietly(server: Server, missing: str) -> None:
    printed = server.output()
    headers = {name: value for name, value in WEBSOCKET.items() if name != missing}
    refused = Visitor(server).get(LISTEN, **headers)
    assert (refused.status, refused.text) == (400, "")
    assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
    assert server.output() == printed


@contextmanager
def a_websocket(server: Server, query: str = "", **headers: str) -> Iterator[socket.socket]:
    """A websocket whose frames we write ourselves."""
    told = {"Host": f"127.0.0.1:{server.port}", "Origin": server.address} | WEBSOCKET | headers
    request = [f"GET {LISTEN}{query} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items()), "", ""]
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as line:
        line.sendall("\r\n".join(request).encode())
        assert line.recv(MEGABYTE).startswith(b"HTTP/1.1 101")
        yield line


def fresh_peak(server: Server) -> float:
    """Forget the peak of starting, which would hide the next one; what the server has now, in megabytes."""
    assert server.process
    Path(f"/proc/{server.process.pid}/clear_refs").write_text("5")
    return peak(server)


def peak(server: Server) -> float:
    """The most memory the server has had since its peak was last fresh, in megabytes."""
    assert server.process
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    return int(kilobytes) / 1024
