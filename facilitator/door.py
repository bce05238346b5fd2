"""The door: the code, the three lines before "Come in", languages, help. A GET never joins."""

import re
from typing import Any

from flask import Blueprint, current_app, make_response, request
from flask_babel import gettext
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from facilitator import forms, leaving, live
from facilitator import language as languages
from facilitator.answers import Answer, back_to, page
from facilitator.cookies import (
    LANE_COOKIE,
    MEMBER_COOKIE,
    SHARED,
    SHARED_COOKIE,
    TICKET_COOKIE,
    cookie_name,
    drop_cookie,
    is_ready,
    set_cookie,
)
from facilitator.extensions import database, presence, processes, socketio
from facilitator.guard import drop_dead_seat
from facilitator.patience import Patience
from sessions.circle import circles, doors, leaders, members, on_duty, shares
from sessions.circle.circles import Circle
from sessions.circle.members import Member
from sessions.database import ID
from sessions.library import LANGUAGES
from sessions.schedule.own_words import words_of
from sessions.tokens import same

MOST_ASKED_FOR = 200
LANE_LETTERS = 8
"""Of a circle's id: enough for a proxy to keep its people together."""

door = Blueprint("door", __name__)

tries = Patience(lambda seconds: socketio.sleep(seconds))


@door.get("/")
def home() -> Answer:
    """The door: a box for the code, and help. On a shared device that was just wiped, once, a word that it was.

    A phone that was asked to step out is told so here, once.
    """
    if told := leaving.stepped_out():
        return told
    answer = make_response(_home())
    if is_ready():
        drop_cookie(answer, SHARED_COOKIE)
    return answer


@door.post("/door")
def knock() -> Answer:
    """Try a code or a link. The right one is answered at once; every wrong one alike, and late."""
    typed = forms.one("code") or ""
    with database.read() as db:
        circle = doors.find(db, current_app.config["DOOR_KEY"], typed)
    if circle is None:
        # Nobody guesses a link, and a phone that brings an old one must not slow the others of its building.
        if not doors.is_link(typed):
            tries.hold(request.remote_addr or "")
        return _home(gettext("That code does not open anything now. Look again, or ask the leader."), typed, 422)
    answer = make_response(back_to("door.threshold"))
    set_cookie(answer, TICKET_COOKIE, _tickets().dumps([circle.id, circle.code_hash]))
    return answer


@door.get("/join")
def threshold() -> Answer:
    """What to know before coming in: three lines, who leads, what they must report."""
    circle = _invited_to()
    return _threshold(circle) if circle else back_to("door.home")


@door.post("/join")
def join() -> Answer:
    """Come in, as someone new."""
    circle, shared = _invited_to(), forms.one("shared")
    if circle is None:
        return back_to("door.home")
    with database.read() as db:
        earlier = members.known(db, _earlier_token())
    try:
        member = _seated(circle.id)
    except members.JoinRefused as refused:
        if refused.reason == "full":
            return _threshold(circle, gettext("The circle is full. Ask the leader, or listen in the room."))
        return back_to("door.home")
    if earlier:
        live.gone(earlier)
        live.beat(earlier.circle_id)  # where a hand went down with it, those who lead catch up
    presence.came_in(member.seat)
    answer = make_response(back_to("here.circle"))
    set_cookie(answer, MEMBER_COOKIE, member.token)
    if processes.several:
        set_cookie(answer, LANE_COOKIE, member.circle_id[:LANE_LETTERS])
    if shared:
        set_cookie(answer, SHARED_COOKIE, SHARED)
    else:
        drop_cookie(answer, SHARED_COOKIE)
    drop_cookie(answer, TICKET_COOKIE)
    return answer


@door.post("/language")
def language() -> Answer:
    """Choose a language. It is kept on this phone until the browser closes."""
    chosen = forms.one("language")
    answer = make_response(back_to("door.threshold" if _invited_to() else "door.home"))
    if chosen in LANGUAGES:
        set_cookie(answer, languages.COOKIE, chosen)
    return answer


@door.post("/forgotten")
def forgotten() -> Answer:
    """After the erase a phone asks once more for what it wrote: is anything of it still kept?

    Anybody may ask. Ids are random, and the answer is only whether there is something.
    """
    wrote = [share_id for share_id in request.form.getlist("share") if re.fullmatch(ID, share_id)][:MOST_ASKED_FOR]
    with database.read() as db:
        left = shares.left_of(db, wrote)
    answer = make_response(page("door/_forgotten.html", wrote=bool(wrote), left=left))
    drop_dead_seat(answer)
    return answer


@door.errorhandler(forms.SentTwice)
def sent_twice(_error: forms.SentTwice) -> Answer:
    """A field came twice: the form it stands in, with one sentence."""
    circle = _invited_to() if request.endpoint == "door.join" else None
    return _threshold(circle, forms.again()) if circle else _home(forms.again(), status=422)


def _home(problem: str = "", typed: str = "", status: int = 200) -> Answer:
    typed = typed[:11] if len(typed) < 40 else ""
    return page("door/home.html", status=status, problem=problem, typed=typed, ready=is_ready())


def _threshold(circle: Circle, problem: str = "") -> Answer:
    with database.read() as db:
        who, host = leaders.standing(db, circle), words_of(db, circle.building_id)
        meets_in = on_duty.languages(db, circle)
    status = 422 if problem else 200
    words: dict[str, Any] = {"host": host, "problem": problem, "meets_in": meets_in}
    return page("door/join.html", status=status, leaders=who, practice=circle.practice, **words)


def _tickets() -> URLSafeSerializer:
    # Signed, and without a time: what says when a phone stood at the door is not written even there.
    return URLSafeSerializer(current_app.config["DOOR_KEY"], salt="ticket")


def _invited_to() -> Circle | None:
    """The circle whose code this phone has shown. A changed code, shut doors or a closed circle end the invitation."""
    try:
        circle_id, code_hash = _tickets().loads(request.cookies.get(cookie_name(TICKET_COOKIE), ""))
    except (BadSignature, ValueError, TypeError):
        return None
    with database.read() as db:
        circle = db.get(Circle, circle_id)
    still = circle and circle.state == circles.OPEN and not circle.shut and same(circle.code_hash, code_hash)
    return circle if still else None


def _seated(circle_id: str) -> Member:
    """A new seat; in a full circle, one of those whose phones are not here any more."""
    try:
        return database.write(members.join, circle_id, _earlier_token())
    except members.JoinRefused as refused:
        if refused.reason != "full":
            raise
    database.write(_make_room, circle_id)
    return database.write(members.join, circle_id, _earlier_token())


def _make_room(db: Session, circle_id: str) -> None:
    # Who is here is looked up in the writer's own turn: whoever came in while it waited keeps their seat.
    members.make_room(db, circle_id, presence.people(circle_id))


def _earlier_token() -> str:
    """The token of the seat this phone had before, to be given back: it comes in as someone new."""
    return request.cookies.get(cookie_name(MEMBER_COOKIE), "")
