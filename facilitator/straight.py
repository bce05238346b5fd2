"""Websockets served by the loop itself (`line`), in place of Engine.IO's own three greenlets each.

A connection that begins as a websocket gets one, where the server lets go of its sockets (`handler`). Its line is the
queue that Engine.IO puts packets into. Long polls, and what upgrades from one, go on as the library has them.
"""

import os
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from engineio.packet import Packet
from gevent import monkey

from facilitator import engine, frames
from facilitator.engine import SID, Environ, Start
from facilitator.extensions import socketio
from facilitator.line import Line

OFFERED = "open_circle.offered"
"""Where a request has a list with its connection. Who takes it out serves it, and the server knows it no more."""

_straight: dict[str, "StraightLine"] = {}
_asking: list[Any] = []


def init_app() -> None:
    """Serve the websockets of the app that was just made so, if its server offers them."""
    server = socketio.server.eio
    server.on("connect", partial(_begin, server.handlers["connect"]))
    server._async = server._async | {"websocket": partial(_make, server._async["websocket"])}


def line_of(environ: Environ) -> Line | None:
    """The line behind a handshake; None where Socket.IO serves it."""
    return _straight.get(environ.get(SID, ""))


class StraightLine(Line):
    """The line of one connection of Engine.IO's, and its queue: what is put here is said."""

    __slots__ = ("_connection",)

    def __init__(self, socket: Any, connection: Any) -> None:
        """Serve `connection` on `socket`."""
        self._connection = connection
        super().__init__(socket)

    def put(self, packet: Packet | None) -> None:
        """Say a packet; None is the last of all."""
        if packet is None:
            self.leave()
        else:
            self.say(frames.said(packet.encode().encode()))

    def qsize(self) -> int:
        """No packets wait here: a line counts its bytes."""
        return 0

    def shutdown(self, _how: int) -> None:
        """What is done to a socket that is kept too long."""
        self.cut()

    def heard(self, words: str) -> None:
        """Hand over what was said. What is no packet at all ends it."""
        if self._connection.closed:
            return
        try:
            self._connection.receive(Packet(encoded_packet=words))
        except Exception:
            self.refused()

    def refused(self) -> None:
        """Say goodbye, and leave them a moment to hear it."""
        engine.hang_up(self._connection.sid)

    def lost(self) -> None:
        """End the connection, if that was not how it was lost."""
        sid, server = self._connection.sid, self._connection.server
        _straight.pop(sid, None)
        engine.forget_line(sid, self)
        self._connection.close(wait=False, abort=True, reason=server.reason.TRANSPORT_CLOSE)
        server.sockets.pop(sid, None)


def _begin(begin: Callable[[str, Environ], None], engine_sid: str, environ: Environ) -> None:
    begin(engine_sid, environ)
    connection = socketio.server.eio.sockets.get(engine_sid)
    if connection and _may_be_taken(environ):
        connection.last_ping = None  # or it would start a greenlet that asks whether it is alive: one asks for all


def _may_be_taken(environ: Environ) -> bool:
    return OFFERED in environ and engine.query(environ).get("transport", [""])[0] == "websocket"


def _make(make: Callable[..., Any], handler: Any, server: Any) -> Any:
    """What answers a handshake, by Engine.IO's own way or by ours."""
    connection = handler.__self__

    def serve(environ: Environ, start: Start) -> Iterable[bytes]:
        if connection.connected or not _may_be_taken(environ):
            answer: Iterable[bytes] = make(handler, server)(environ, start)
            return answer
        return _open(connection, environ)

    return serve


def _open(connection: Any, environ: Environ) -> Iterable[bytes]:
    line, waiting = StraightLine(_plain(environ[OFFERED].pop()), connection), connection.queue
    if not _asking:
        _asking.append(socketio.start_background_task(_keep_asking))
    _straight[connection.sid] = line
    engine.keep_line(connection.sid, line)
    connection.queue = line
    connection.connected = connection.upgraded = True
    line.say(frames.welcome(environ["HTTP_SEC_WEBSOCKET_KEY"]))
    while not waiting.empty():
        line.put(waiting.get())
    return []


def _plain(taken: Any) -> Any:
    """The same connection as a socket that does not block, and knows of no greenlets."""
    plain = monkey.get_original("socket", "socket")(fileno=os.dup(taken.fileno()))
    plain.setblocking(False)
    return plain


def _keep_asking() -> None:
    """Ask everybody who says nothing whether they are there, one greenlet for all, for as long as the process lives."""
    server = socketio.server.eio
    while True:
        socketio.sleep(1)
        for line in list(_straight.values()):
            line.look(server.ping_interval, server.ping_timeout)
