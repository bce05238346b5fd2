"""The pipe: a socket only listens. It is let in once, from its cookie, and told which rooms it is in.

Anything a client sends besides a handshake or a goodbye closes its socket.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs

from flask import request
from flask_login import current_user
from socketio.exceptions import ConnectionRefusedError

from facilitator import language, live
from facilitator.audience import Audience
from facilitator.extensions import database, presence, socketio
from facilitator.guard import MEMBER_COOKIE, cookie_name
from facilitator.staff import sign_in_mark
from sessions.circle import circles, members
from sessions.permissions import FACILITATOR, MEMBER, may

HANDSHAKES = ("0", "0{}", "1")
"""Asking to listen, as browsers and as Python say it, and saying goodbye."""
ASKS_WITHIN_SECONDS = 10
ENGINE_SID = "open_circle.engine_sid"

Environ = dict[str, Any]


@socketio.on("connect")
def connect() -> None:
    """Let a member's or a leader's socket in, to the room of its audience. Nobody else hears anything."""
    audience, person = _who_listens()
    sid: str = request.sid  # type: ignore[attr-defined]  # set by Flask-SocketIO
    presence.arrive(sid, audience, person)
    for room in (audience.circle_id, audience.room):
        socketio.server.enter_room(sid, room)
    # Sent after the handshake is answered: what happened between page and room is then caught up.
    socketio.start_background_task(_greet, request.environ["flask.app"], audience.circle_id, sid)
    live.tell_here(audience.circle_id)


@socketio.on("disconnect")
def disconnect(_reason: str = "") -> None:
    """A socket closed. Nobody is told who; the number of phones follows."""
    sid: str = request.sid  # type: ignore[attr-defined]
    audience = presence.go(sid)
    if audience:
        live.tell_here(audience.circle_id)


def close_talkers() -> None:
    """Close the socket of whoever sends anything but a handshake or goodbye, or comes and never asks to listen.

    Runs before Socket.IO decodes a packet, so that events, acknowledgements, attachments and foreign namespaces never
    get that far.
    """
    engine = socketio.server.eio
    decode: Callable[[str, Any], None] = engine.handlers["message"]
    begin: Callable[[str, Environ], None] = engine.handlers["connect"]
    answer: Callable[..., Iterable[bytes]] = engine.handle_request

    def only_handshakes(eio_sid: str, data: Any) -> None:
        if data in HANDSHAKES:
            decode(eio_sid, data)
        else:
            engine.disconnect(eio_sid)

    def begin_and_watch(eio_sid: str, environ: Environ) -> None:
        environ[ENGINE_SID] = eio_sid
        begin(eio_sid, environ)
        socketio.start_background_task(close_unless_it_listens, eio_sid)

    def close_unless_it_listens(eio_sid: str) -> None:
        socketio.sleep(ASKS_WITHIN_SECONDS)
        if socketio.server.manager.sid_from_eio_sid(eio_sid, "/") is None:
            engine.disconnect(eio_sid)

    def without_noise(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        # What is no packet at all makes the engine raise in the middle of a websocket: it would be answered with a
        # page of HTTP, logged, and counted as here until the next ping.
        try:
            return answer(environ, start_response)
        except Exception:
            engine.disconnect(_engine_sid(environ))
            return []

    engine.on("message", only_handshakes)
    engine.on("connect", begin_and_watch)
    engine.handle_request = without_noise


def _who_listens() -> tuple[Audience, str]:
    """The audience and the person behind this handshake. A leader's page names its circle; a member's never does."""
    circle_id = request.args.get("circle", "")
    if not circle_id:
        token = request.cookies.get(cookie_name(MEMBER_COOKIE), "")
        with database.read() as db:
            member = members.find(db, token)
        if member is None:
            raise ConnectionRefusedError("door")
        return Audience(member.circle_id, MEMBER, language.choose()), member.seat
    if not current_user.is_authenticated or not may(current_user.role, "lead circles"):
        raise ConnectionRefusedError("door")
    with database.read() as db:
        circle = circles.find_led(db, current_user.person.id, circle_id)
    if circle is None:
        raise ConnectionRefusedError("door")
    return Audience(circle.id, FACILITATOR, language.choose()), sign_in_mark()


def _engine_sid(environ: Environ) -> str:
    """Whose request this is: a new socket's, or one that moves from polling to a websocket."""
    asked_for = parse_qs(environ.get("QUERY_STRING", "")).get("sid", [""])
    return str(environ.get(ENGINE_SID, asked_for[0]))


def _greet(app: Any, circle_id: str, sid: str) -> None:
    with app.app_context():
        live.beat(circle_id, to=sid)
