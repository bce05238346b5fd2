"""The engine under the socket, taught to hear less. What no page of ours sends ends here, quietly.

Socket.IO decodes what clients send, keeps what they announce and waits for whoever does not read. Our socket only
listens, so all of that is a risk without a use.
"""

import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from facilitator.extensions import socketio
from facilitator.frames import MOST_BYTES_FROM_A_CLIENT

HANDSHAKES = ("0", "0{}", "1")
"""Asking to listen, as browsers and as Python say it, and saying goodbye."""
ASKS_WITHIN_SECONDS = 10
STOOD_STILL_SECONDS = 1.0
MOST_WAITING = 200
"""Messages that wait for somebody who does not read. All of a circle wait for the same ones: few bytes each."""
MOST_CONNECTIONS = 4000
MOST_SILENT = 1000
"""Connections that have not asked to listen yet. With one more the oldest goes: a page asks within a moment, and after
a break in the network a whole house may come back in one.
"""
GOODBYE_SECONDS = 1.0
"""From hanging up to cutting the line of whoever does not hang up too."""
SID = "open_circle.engine_sid"
KEPT_OF_A_HANDSHAKE = frozenset(
    {SID, "flask.app", "wsgi.url_scheme", "REQUEST_METHOD", "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING"}
    | {"SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE"}
)

_silent: dict[str, float] = {}
_lines: dict[str, set[Any]] = {}

Environ = dict[str, Any]
Start = Callable[..., Any]


def hear_less() -> None:
    """Put these guards into the engine of the app that was just made."""
    engine = socketio.server.eio
    # Before Socket.IO decodes a packet: events, attachments and foreign namespaces never get that far.
    engine.on("message", partial(_only_handshakes, engine.handlers["message"]))
    engine.on("connect", partial(_begin, engine.handlers["connect"]))
    engine.on("disconnect", partial(_end, engine.handlers["disconnect"]))
    engine.send_packet = partial(_send, engine.send_packet)
    engine.handle_request = partial(_without_noise, engine.handle_request)
    # Its own words for what it refuses say again what was asked.
    plain = engine._bad_request()
    engine._bad_request = lambda _message=None: dict(plain)
    engine._async = engine._async | {"websocket": partial(_small_websocket, engine._async["websocket"])}


def hang_up(engine_sid: str) -> None:
    """Close a connection without waiting until the other side has read what it was sent: a phone that sleeps, or
    never reads, must not keep others from being cut off.
    """
    engine = socketio.server.eio
    connection = engine.sockets.pop(engine_sid, None)
    _silent.pop(engine_sid, None)
    if connection:
        connection.close(wait=False, reason=engine.reason.SERVER_DISCONNECT)


def _only_handshakes(decode: Callable[[str, Any], None], engine_sid: str, said: Any) -> None:
    """Close the socket of whoever sends anything else."""
    if said in HANDSHAKES:
        decode(engine_sid, said)
        if socketio.server.manager.sid_from_eio_sid(engine_sid, "/"):
            _silent.pop(engine_sid, None)
        elif engine_sid in socketio.server.eio.sockets:
            _ask_to_listen(engine_sid)
    else:
        hang_up(engine_sid)


def _send(send: Callable[[str, Any], None], engine_sid: str, packet: Any) -> None:
    """Send a packet, unless so many wait already that nobody reads: it catches up when it comes back."""
    connection = socketio.server.eio.sockets.get(engine_sid)
    if connection and connection.queue.qsize() >= MOST_WAITING:
        hang_up(engine_sid)
    else:
        send(engine_sid, packet)


def _begin(begin: Callable[[str, Environ], None], engine_sid: str, environ: Environ) -> None:
    """Begin a connection, and end it unless it asks to listen, and may, before long."""
    environ[SID] = engine_sid
    # Kept while it is open: without the address, the browser, and all that the server hangs on a request.
    begin(engine_sid, {name: value for name, value in environ.items() if name in KEPT_OF_A_HANDSHAKE})
    _ask_to_listen(engine_sid)


def _ask_to_listen(engine_sid: str) -> None:
    """Give a connection that does not listen its ten seconds. Of too many, the one that came first goes at once."""
    if len(_silent) >= MOST_SILENT:
        oldest = next(iter(_silent))
        hang_up(oldest)
        _cut_lines(oldest)
    if not _silent:
        socketio.start_background_task(_hang_up_on_silence)
    _silent.setdefault(engine_sid, time.monotonic() + ASKS_WITHIN_SECONDS)


def _hang_up_on_silence() -> None:
    while _silent:
        engine_sid, until = next(iter(_silent.items()))
        socketio.sleep(max(until - time.monotonic(), 0))
        late = time.monotonic() - until
        if late > STOOD_STILL_SECONDS:
            # What they asked while the server stood still, or was this busy, it may not have read yet.
            _silent.update({waiting: due + late for waiting, due in _silent.items()})
        elif _silent.get(engine_sid) == until:
            hang_up(engine_sid)


def _end(end: Callable[..., None], engine_sid: str, *reason: Any) -> None:
    """End a connection, whoever began that; its line too, before long, if the other side keeps it."""
    _silent.pop(engine_sid, None)
    end(engine_sid, *reason)

    def cut() -> None:
        socketio.sleep(GOODBYE_SECONDS)
        _cut_lines(engine_sid)

    if engine_sid in _lines:
        socketio.start_background_task(cut)


def keep_line(engine_sid: str, line: Any) -> None:
    """Know a line of this connection, to cut it once the other side is asked to hang up and does not."""
    _lines.setdefault(engine_sid, set()).add(line)


def forget_line(engine_sid: str, line: Any) -> None:
    """It ended."""
    lines = _lines.get(engine_sid, set())
    lines.discard(line)
    if not lines:
        _lines.pop(engine_sid, None)


def _cut_lines(engine_sid: str) -> None:
    for line in _lines.get(engine_sid, set()).copy():
        _cut(line)


def _cut(line: Any) -> None:
    """Wake whoever waits to read from this line, or to write to it: there is nobody."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _small_websocket(make: Callable[..., Any], handler: Any, server: Any) -> Any:
    """A websocket that closes at the first byte too many, where the library's own would keep 200 MB to decode them.

    It packs nothing, whatever a browser offers: that costs 90 KiB a phone, and half as much work again.
    """
    websocket = make(partial(_on_a_line, handler), server)
    websocket.server_args["max_message_size"] = MOST_BYTES_FROM_A_CLIENT

    def unpacked(environ: Environ, start: Start) -> Any:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return websocket(environ, start)

    return unpacked


class WholeFrames:
    """A line on which a frame goes out whole. The library sends what fits, and forgets the rest of a long one."""

    def __init__(self, line: Any) -> None:
        """Stand before `line`, a socket."""
        self.send, self.recv, self.close = line.sendall, line.recv, line.close


def _on_a_line(handler: Any, websocket: Any) -> Any:
    """Serve a websocket, and cut its line when that is over, however it ended."""
    connection, line = handler.__self__, websocket.ws.sock
    engine_sid = connection.sid
    websocket.ws.sock = WholeFrames(line)

    def cut_unless_it_upgrades() -> None:
        socketio.sleep(ASKS_WITHIN_SECONDS)
        if not connection.upgraded:
            _cut(line)

    if connection.connected:
        socketio.start_background_task(cut_unless_it_upgrades)
    keep_line(engine_sid, line)
    try:
        return handler(websocket)
    finally:
        forget_line(engine_sid, line)
        _cut(line)


def _without_noise(answer: Callable[..., Iterable[bytes]], environ: Environ, start: Start) -> Iterable[bytes]:
    """Answer what is no handshake and no packet at all, where the engine would raise and the server log it."""
    engine = socketio.server.eio
    if _half_a_handshake(environ) or ("sid" not in query(environ) and len(engine.sockets) >= MOST_CONNECTIONS):
        return _refused(start)
    try:
        return answer(environ, start)
    except Exception:
        sid = environ.get(SID) or query(environ).get("sid", [""])[0]
        connection = socketio.server.eio.sockets.get(sid)
        hang_up(sid)
        is_websocket = connection is not None and connection.upgraded
        return [] if is_websocket else _refused(start)


def _half_a_handshake(environ: Environ) -> bool:
    """Whether this asks for a websocket and does not say all that one needs."""
    upgrade = environ.get("HTTP_UPGRADE", "").lower()
    if not upgrade and "websocket" not in query(environ).get("transport", []):
        return False
    tokens = [token.strip() for token in environ.get("HTTP_CONNECTION", "").lower().split(",")]
    whole = upgrade == "websocket" and "upgrade" in tokens and environ.get("HTTP_SEC_WEBSOCKET_VERSION") == "13"
    return not (whole and environ.get("HTTP_SEC_WEBSOCKET_KEY"))


def query(environ: Environ) -> dict[str, list[str]]:
    """What the address of a handshake or a poll asks for."""
    return parse_qs(environ.get("QUERY_STRING", ""))


def _refused(start: Start) -> Iterable[bytes]:
    start("400 Bad Request", [("Content-Length", "0"), ("Connection", "close")])
    return []
