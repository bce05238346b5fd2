"""What a device keeps of a circle when it leaves: nothing, and a shared one says that it is ready for the next."""

import sys

from flask import current_app, make_response, render_template, request
from sqlalchemy.exc import DatabaseError
from werkzeug.wrappers import Response

from facilitator import language, live
from facilitator.answers import Answer, back_to, by_script
from facilitator.cookies import (
    LANE_COOKIE,
    MEMBER_COOKIE,
    READY,
    SHARED_COOKIE,
    TICKET_COOKIE,
    cookie_name,
    drop_cookie,
    set_cookie,
)
from facilitator.extensions import database
from sessions.circle import members
from sessions.circle.circles import building_of
from sessions.schedule.own_words import words_of


def clean(words: Answer, clears: str = '"cache", "cookies", "storage"') -> Response:
    """Give the seat back, take the hand down, and take every cookie of ours off this phone, with these words.

    `clears` is what the browser is asked to clear besides, over HTTPS.
    """
    token = request.cookies.get(cookie_name(MEMBER_COOKIE), "")
    with database.read() as db:
        member = members.known(db, token)
    answer = make_response(words)
    for name in (MEMBER_COOKIE, LANE_COOKIE, TICKET_COOKIE, SHARED_COOKIE, language.COOKIE):
        drop_cookie(answer, name)
    if current_app.config["SECURE"]:
        answer.headers["Clear-Site-Data"] = clears
    if member:
        try:
            live.keep(member.circle_id, members.leave, token)
        except DatabaseError:
            # A disk that is full must not keep anybody here: the phone is clean, and the seat goes with the circle.
            current_app.log_exception(sys.exc_info())
        # Only now, when it has no seat: its page, cut off, may read itself once more and would be counted again.
        live.gone(member)
    return answer


def stepped_out() -> Response | None:
    """What a phone is told that was asked to step out, once: it is clean then, and at the door. None for anybody else.

    A script that reads a page is told nothing: it goes to the door, and asks there as a person does.
    """
    token = request.cookies.get(cookie_name(MEMBER_COOKIE), "")
    if not token or by_script():
        return None
    with database.read() as db:
        member = members.known(db, token) if members.asked_out(db, token) else None
        words = words_of(db, building_of(db, member.circle_id)) if member else None
    return clean(render_template("here/stepped_out.html", words=words)) if words else None


def ready_for_the_next() -> Response:
    """The same for a shared device, which goes back to the door.

    A cookie that the door drops tells it to say so: in the address it would stay in the history.
    """
    answer = clean(back_to("door.home"), clears='"cache", "storage"')
    set_cookie(answer, SHARED_COOKIE, READY)
    return answer
