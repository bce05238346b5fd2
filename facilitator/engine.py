"""The engine under the socket, taught to hear less. What no page of ours sends ends here, quietly.

Socket.IO decodes what clients send, keeps what they announce and waits for whoever does not read. Our socket only
listens, so all of that is a risk without a use.
"""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from facilitator.extensions import MOST_BYTES_FROM_A_CLIENT, socketio

HANDSHAKES = ("0", "0{}", "1")
"""Asking to listen, as browsers and as Python say it, and saying goodbye."""
ASKS_WITHIN_SECONDS = 10
SID = "open_circle.engine_sid"

Environ = dict[str, Any]
Start = Callable[..., Any]


def hear_less() -> None:
    """Put these guards into the engine of the app that was just made."""
    engine = socketio.server.eio
    # Before Socket.IO decodes a packet: events, attachments and foreign namespaces never get that far.
    engine.on("message", partial(_only_handshakes, engine.handlers["message"]))
    engine.on("connect", partial(_begin, engine.handlers["connect"]))
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
    if connection:
        connection.close(wait=False, reason=engine.reason.SERVER_DISCONNECT)


def _only_handshakes(decode: Callable[[str, Any], None], engine_sid: str, said: Any) -> None:
    """Close the socket of whoever sends anything else."""
    if said in HANDSHAKES:
        decode(engine_sid, said)
    else:
        hang_up(engine_sid)


def _begin(begin: Callable[[str, Environ], None], engine_sid: str, environ: Environ) -> None:
    """Begin a connection, and end it unless it asks to listen, and may, before long."""
    environ[SID] = engine_sid
    begin(engine_sid, environ)

    def end_unless_it_listens() -> None:
        socketio.sleep(ASKS_WITHIN_SECONDS)
        if socketio.server.manager.sid_from_eio_sid(engine_sid, "/") is None:
            hang_up(engine_sid)

    socketio.start_background_task(end_unless_it_listens)


def _small_websocket(make: Callable[..., Any], handler: Any, server: Any) -> Any:
    """A websocket that closes at the first byte too many, where the library's own would keep 200 MB to decode them."""
    websocket = make(handler, server)
    websocket.server_args["max_message_size"] = MOST_BYTES_FROM_A_CLIENT
    return websocket


def _without_noise(answer: Callable[..., Iterable[bytes]], environ: Environ, start: Start) -> Iterable[bytes]:
    """Answer what is no handshake and no packet at all, where the engine would raise and the server log it."""
    if _half_a_handshake(environ):
        return _refused(start)
    try:
        return answer(environ, start)
    except Exception:
        sid = environ.get(SID) or _query(environ).get("sid", [""])[0]
        connection = socketio.server.eio.sockets.get(sid)
        hang_up(sid)
        is_websocket = connection is not None and connection.upgraded
        return [] if is_websocket else _refused(start)


def _half_a_handshake(environ: Environ) -> bool:
    """Whether this asks for a websocket and does not say all that one needs."""
    upgrade = environ.get("HTTP_UPGRADE", "").lower()
    if not upgrade and "websocket" not in _query(environ).get("transport", []):
        return False
    tokens = [token.strip() for token in environ.get("HTTP_CONNECTION", "").lower().split(",")]
    whole = upgrade == "websocket" and "upgrade" in tokens and environ.get("HTTP_SEC_WEBSOCKET_VERSION") == "13"
    return not (whole and environ.get("HTTP_SEC_WEBSOCKET_KEY"))


def _query(environ: Environ) -> dict[str, list[str]]:
    return parse_qs(environ.get("QUERY_STRING", ""))


def _refused(start: Start) -> Iterable[bytes]:
    start("400 Bad Request", [("Content-Length", "0"), ("Connection", "close")])
    return []
