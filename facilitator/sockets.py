"""The pipe: a socket only listens. It is let in once, from its cookie, and told which rooms it is in.

Anything a client sends besides a handshake or a goodbye closes its socket (`engine`).
"""

import re
import sys
from typing import Any

from flask import request
from flask_login import current_user
from socketio.exceptions import ConnectionRefusedError

from facilitator import language, live, straight
from facilitator.audience import SCREEN, Audience
from facilitator.cookies import MEMBER_COOKIE, cookie_name
from facilitator.extensions import database, presence, socketio
from facilitator.logs import log_kind
from facilitator.staff import sign_in_mark
from sessions.circle import circles, members, on_screen
from sessions.database import ID
from sessions.permissions import FACILITATOR, MEMBER, may

MOST_SOCKETS = 8
"""Of one phone, or of one sign-in: more tabs than anybody reads in."""


@socketio.on("connect")
def connect() -> None:
    """Let a member's or a leader's socket in, to the room of its audience. Nobody else hears anything."""
    audience, person, hand = _who_listens()
    sid: str = request.sid  # type: ignore[attr-defined]  # set by Flask-SocketIO
    line = straight.line_of(request.environ)
    presence.arrive(sid, audience, person, hand, line)
    if line is None:
        socketio.server.enter_room(sid, audience.room)
    # Sent after the handshake is answered: what happened between page and room is then caught up.
    socketio.start_background_task(_greet, request.environ["flask.app"], audience, sid)
    live.tell_here(audience.circle_id)
    live.drop(presence.sockets_of(person)[:-MOST_SOCKETS])


@socketio.on("disconnect")
def disconnect(_reason: str = "") -> None:
    """A socket closed. Nobody is told who; the number of phones follows."""
    sid: str = request.sid  # type: ignore[attr-defined]
    audience = presence.go(sid)
    if audience:
        live.tell_here(audience.circle_id)


@socketio.on_error_default
def broken(error: Exception) -> bool:
    """A hook broke. Said by its kind, as the library would say it to nobody; its socket is not let in."""
    log_kind(type(error), sys.exc_info()[2], "a socket")
    presence.go(request.sid)  # type: ignore[attr-defined]
    return False


def _who_listens() -> tuple[Audience, str, str]:
    """The audience and the person behind this handshake, and what a member's phone can show for its hand.

    A leader's page names its circle, and what it shows if it is a big screen; a member's never names anything.
    """
    circle_id = request.args.get("circle", "")
    if not circle_id:
        token = request.cookies.get(cookie_name(MEMBER_COOKIE), "")
        with database.read() as db:
            member = members.find(db, token)
        if member is None:
            raise ConnectionRefusedError("door")
        return Audience(member.circle_id, MEMBER, language.choose()), member.seat, member.hand
    if not current_user.is_authenticated or not may(current_user.role, "lead circles"):
        raise ConnectionRefusedError("door")
    if not re.fullmatch(ID, circle_id):
        raise ConnectionRefusedError("door")
    with database.read() as db:
        circle = circles.find_led(db, current_user.person.id, circle_id)
    if circle is None:
        raise ConnectionRefusedError("door")
    shows = request.args.get("screen", "")
    if shows and shows not in on_screen.CHOICES:
        raise ConnectionRefusedError("door")
    return Audience(circle.id, SCREEN if shows else FACILITATOR, language.choose(), shows), sign_in_mark(), ""


def _greet(app: Any, audience: Audience, sid: str) -> None:
    with app.app_context():
        live.greet(audience, sid)
