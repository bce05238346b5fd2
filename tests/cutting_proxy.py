"""A bad network: a wire in front of the server that can be slow, cut, refused, swallowed, halved and mended."""

import contextlib
import socket
import struct
import threading
import time
from pathlib import Path
from typing import Self

from tests.server import Reached, free_port

WRITES = b"POST /here/"
RESET = struct.pack("ii", 1, 0)  # close with a reset, as a lost network does, not with a goodbye


class CuttingProxy(Reached):
    """`with CuttingProxy(server.port) as wire:` browse at `wire.address`. It starts well, and does what it is told.

    `delay` is how many seconds each piece waits, both ways. `lost` counts the answers that never arrived.
    """

    def __init__(self, port: int | Path) -> None:
        """Listen on a port of its own, in front of the server on `port`, or on the unix socket of this path."""
        self._server = port
        self._listener = socket.create_server(("127.0.0.1", free_port()), backlog=256)
        self.port = self._listener.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.delay = 0.0
        self.lost = 0
        self._refuses = self._swallows = self._loses_answers = False
        self._halves = ""
        self._open: set[socket.socket] = set()
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()
        self.cut()

    def cut(self) -> None:
        """Cut every connection, and refuse new ones, until `resume`."""
        self._refuses = True
        self._drop_all()

    def swallow(self) -> None:
        """Let nothing through and say nothing about it: connections stay open, and bytes are gone."""
        self._swallows = True

    def lose_answers(self) -> None:
        """Let what is posted through to the server, wait until it answers, and cut before the answer arrives."""
        self._loses_answers = True

    def halve(self, what: str) -> None:
        """Of the "posts" to the server, or of the "answers" to them, let one half through, and end."""
        self._halves = what

    def resume(self) -> None:
        """Be a good network again. What was open in the bad time has lost bytes, and is cut."""
        if self._swallows:
            self._drop_all()
        self._refuses = self._swallows = self._loses_answers = False
        self._halves = ""

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if self._refuses:
                _reset(near)
                continue
            try:
                far = _reached(self._server)
            except OSError:
                _reset(near)
                continue
            near.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self._turn:
                self._open |= {near, far}
            wrote = threading.Event()
            threading.Thread(target=self._carry, args=(near, far, wrote, False), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, wrote, True), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, wrote: threading.Event, answers: bool) -> None:
        with contextlib.suppress(OSError):
            while piece := source.recv(65_536):
                if self._swallows:
                    continue
                if not answers and piece.startswith(WRITES):
                    wrote.set()
                if answers and self._loses_answers and wrote.is_set():
                    self.lost += 1
                    break
                if wrote.is_set() and self._halves == ("answers" if answers else "posts"):
                    sink.sendall(piece[: len(piece) // 2])
                    sink.shutdown(socket.SHUT_WR)  # without a reset, which would take the half back
                    wrote.clear()
                    continue
                if self.delay:
                    time.sleep(self.delay)
                sink.sendall(piece)
        for end in (source, sink):
            self._drop(end)

    def _drop_all(self) -> None:
        for end in list(self._open):
            self._drop(end)

    def _drop(self, end: socket.socket) -> None:
        with self._turn:
            if end not in self._open:
                return
            self._open.discard(end)
        _reset(end)


def _reached(server: int | Path) -> socket.socket:
    if isinstance(server, Path):
        far = socket.socket(socket.AF_UNIX)
        try:
            far.connect(str(server))
        except OSError:
            far.close()
            raise
        return far
    far = socket.create_connection(("127.0.0.1", server))
    far.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return far


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        end.shutdown(socket.SHUT_RD)  # wakes the thread that reads from it
    end.close()
