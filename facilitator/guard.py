"""The inner guard: who is asking, whether they may, and whether their post is their own.

It runs before every view, so that a view can't forget it. A route nobody registered answers 404.
"""

import hashlib
import hmac
from typing import cast

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf, validate_csrf
from werkzeug.wrappers import Response
from wtforms import ValidationError

from facilitator.cookies import MEMBER_COOKIE, TICKET_COOKIE, cookie_name, drop_cookie
from facilitator.extensions import database
from facilitator.forms import SentTwice, one
from facilitator.registry import ROUTES, WITHOUT_A_COOKIE, WITHOUT_A_TOKEN
from sessions.circle import members
from sessions.circle.members import Member
from sessions.permissions import ABILITIES, MEMBER, STAFF, STRANGER, may

ASKS_TO_SIGN_IN = frozenset(
    {"lead.index", "account.page", "host.page", "people.index", "calendar.today", "buildings.index", "heads.index"}
)
"""Pages that somebody who works here opens by hand: whoever is not signed in is asked to."""


class OldPage(Exception):
    """A post whose CSRF token does not fit: its page was open too long, or it is forged."""


def init_app(app: Flask) -> None:
    """Guard every route of `app`, and give templates the token their forms need."""
    app.before_request(let_in)
    app.jinja_env.globals["csrf_token"] = csrf_token


def let_in() -> Response | None:
    """Find out who asks; let them in, show them the door, or answer 404."""
    ability = ROUTES.get(request.endpoint or "", "")
    g.ability = ability
    is_asked = MEMBER in ABILITIES.get(ability, ()) and request.endpoint not in WITHOUT_A_COOKIE
    g.member = _member() if is_asked else None
    if not _may(ability):
        return _turned_away(ability)
    if request.method == "POST" and request.endpoint not in WITHOUT_A_TOKEN:
        _check_token()
    return None


def csrf_token() -> str:
    """The token for the forms of this page: of the member, of the visitor at the door, or of the staff session."""
    secret = _visitor_secret()
    return generate_csrf() if secret is None else _tag(secret)


def drop_dead_seat(answer: Response) -> None:
    """Take the circle's cookie off a phone whose seat is gone: erased, given back, or never one of ours."""
    token = request.cookies.get(cookie_name(MEMBER_COOKIE))
    if token is None:
        return
    with database.read() as db:
        # Of one that was asked to step out the seat goes when it is told so, at the door.
        is_known = members.known(db, token) is not None
    if not is_known:
        drop_cookie(answer, MEMBER_COOKIE)


def _member() -> Member | None:
    token = request.cookies.get(cookie_name(MEMBER_COOKIE), "")
    if not token:
        return None
    with database.read() as db:
        return members.find(db, token)


def _may(ability: str) -> bool:
    if g.member or may(STRANGER, ability):
        return True
    # Only here is the staff session looked at: members' pages and the door never touch it.
    needs_staff = bool(ABILITIES.get(ability, frozenset()) & STAFF)
    return needs_staff and current_user.is_authenticated and may(current_user.role, ability)


def _turned_away(ability: str) -> Response:
    if ability == "take part":
        to_the_door = redirect(url_for("door.home"), 303)
        drop_dead_seat(to_the_door)
        return to_the_door
    if request.endpoint in ASKS_TO_SIGN_IN and not current_user.is_authenticated:
        return redirect(url_for("staff.sign_in"), 303)
    abort(404)


def _check_token() -> None:
    try:
        token = one("csrf_token") or request.headers.get("X-CSRFToken") or ""
    except SentTwice:
        raise OldPage from None
    secret = _visitor_secret()
    if secret is not None:
        if not hmac.compare_digest(_tag(secret).encode(), token.encode("utf-8", "replace")):
            raise OldPage
        return
    try:
        validate_csrf(token)
    except ValidationError:
        raise OldPage from None


def _visitor_secret() -> str | None:
    """What a member's or visitor's token is made from; None on staff pages, which have a session of their own."""
    if g.ability == "take part":
        return f"member {g.member.token if g.member else ''}"
    if g.ability in ("see the door", "leave", ""):
        return f"door {request.cookies.get(cookie_name(TICKET_COOKIE), '')}"
    return None


def _tag(secret: str) -> str:
    key = cast(str, current_app.config["SECRET_KEY"])
    return hmac.new(key.encode(), f"csrf {secret}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()
