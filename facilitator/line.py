"""One phone's websocket, served by the loop itself: no greenlet waits on it, and nobody waits for it.

What it is told leaves at once. What its network does not take yet is kept for it alone, and only so much of it.
"""

from collections.abc import Callable
from contextlib import suppress
from socket import SHUT_RDWR
from typing import Any

import gevent
from gevent import get_hub

from facilitator import frames
from facilitator.frames import NotOurs

READABLE, WRITABLE = 1, 2
MOST_PENDING_BYTES = 256 * 1024
READS_BYTES = 4096
ALIVE = b"3"
"""What Engine.IO's clients answer to its ping."""
ASKS_WHETHER_ALIVE = frames.said(b"2")


class Line:
    """A websocket on a socket that does not block. Its callbacks run in the hub, where nothing may wait.

    What may wait goes to a greenlet: `heard`, while nothing more is read; `refused`, after which nothing is; `lost`.
    """

    __slots__ = ("_has_left", "_is_over", "_pending", "_reads", "_silent_looks", "_socket", "_unread", "_writes")

    def __init__(self, socket: Any) -> None:
        """Serve `socket`, on which the handshake was read and nothing is said yet."""
        self._socket = socket
        self._pending, self._unread = bytearray(), bytearray()
        self._silent_looks = 0
        self._has_left = self._is_over = False
        self._writes: Any = None
        self._reads: Any = get_hub().loop.io(socket.fileno(), READABLE)
        self._reads.start(self._read)

    def heard(self, words: str) -> None:
        """What the phone said, in a greenlet of its own."""
        raise NotImplementedError

    def refused(self) -> None:
        """The phone said what no page of ours says: it is to be sent home."""
        raise NotImplementedError

    def lost(self) -> None:
        """There is no line any more."""
        raise NotImplementedError

    def say(self, frame: bytes) -> None:
        """Send a frame, whole and after all before it. A phone that has not read 256 KiB of them loses its line."""
        if self._is_over:
            return
        sent = 0 if self._pending else self._send(frame)
        if sent == len(frame):
            return
        self._pending += frame[sent:]
        if len(self._pending) > MOST_PENDING_BYTES:
            self.cut()
        elif self._writes is None:
            self._writes = get_hub().loop.io(self._socket.fileno(), WRITABLE)
            self._writes.start(self._flush)

    def leave(self) -> None:
        """Say goodbye, once: whoever hears it says so too, and hangs up."""
        if not self._has_left:
            self._has_left = True
            self.say(frames.GOODBYE)

    def look(self, every: int, patience: int) -> None:
        """Look after this line, as is done once a second. After `every` silent looks it is asked whether anybody is
        there, and after `patience` more it is lost. A server that stood still has looked once, however long that was.
        """
        self._silent_looks += 1
        if self._silent_looks == every:
            self.say(ASKS_WHETHER_ALIVE)
        elif self._silent_looks > every + patience:
            self.cut()

    def cut(self) -> None:
        """End it now, whatever is still on its way."""
        if self._is_over:
            return
        self._is_over = True
        for watcher in filter(None, (self._reads, self._writes)):
            watcher.stop()
            watcher.close()
        self._reads = self._writes = None
        with suppress(OSError):
            self._socket.shutdown(SHUT_RDWR)
        self._socket.close()
        self._pending, self._unread = bytearray(), bytearray()
        gevent.spawn(self.lost)

    def _send(self, waiting: bytes | bytearray) -> int:
        """How many bytes the system took at once; all, where there is nobody any more."""
        try:
            return int(self._socket.send(waiting))
        except BlockingIOError:
            return 0
        except OSError:
            self.cut()
            return len(waiting)

    def _flush(self) -> None:
        sent = self._send(self._pending)
        del self._pending[:sent]
        if not self._pending and self._writes:
            self._writes.stop()
            self._writes.close()
            self._writes = None

    def _read(self) -> None:
        try:
            data = self._socket.recv(READS_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._unread += data
            self._take()
        else:
            self.cut()

    def _take(self) -> bool:
        """Hear what was read, up to the first thing that may wait: what follows waits with it, and reading stops.

        Whether reading goes on.
        """
        try:
            while not self._is_over and (frame := frames.take(self._unread)):
                kind, body = frame
                if kind == frames.TEXT and body == ALIVE:
                    self._silent_looks = 0
                elif kind == frames.TEXT:
                    self._aside(self._listen, body.decode())
                    return False
                elif kind == frames.PING:
                    self.say(frames.said(body, frames.PONG))
                elif kind == frames.CLOSE:
                    self.leave()
                    self.cut()
                elif kind != frames.PONG:
                    raise NotOurs
        except ValueError:
            self._aside(self.refused)
            return False
        return not self._is_over

    def _aside(self, step: Callable[..., None], *args: str) -> None:
        self._reads.stop()
        gevent.spawn(step, *args)

    def _listen(self, words: str) -> None:
        self.heard(words)
        if self._take():
            self._reads.start(self._read)
