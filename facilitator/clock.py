"""What the server does every ten seconds of its own running: ticks, what they close and erase, and the beats."""

from functools import partial
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale

from facilitator import fan_out, live, shared
from facilitator.extensions import database, presence, processes, socketio, vault
from facilitator.logs import or_log
from facilitator.pulse import Pulse
from sessions import audit, ticking
from sessions.circle import plan
from sessions.circle.circles import TICK_SECONDS, all_ids, close, tick, unfinished
from sessions.permissions import FACILITATOR
from sessions.turns import A_MOMENT_SECONDS

OF_A_TICK = 0.75
"""Of several processes one ticks, if nobody did for so much of a tick's time: none waits long enough for a second."""

_try = partial(or_log, "the clock")
"""One step. What goes wrong with one circle stops nobody else's."""


def run(app: Any, seconds: float) -> None:
    """Do all of it for as long as the process lives. An error is logged by its kind and never ends the ticking."""
    pulse: Pulse = app.extensions["pulse"]
    while True:
        due = pulse.now() + seconds
        socketio.sleep(seconds)
        pulse.woke(due)
        with app.test_request_context(base_url=app.config["ADDRESS"]):
            _try(ten_seconds_later)


def ten_seconds_later() -> None:
    """Do it once."""
    pulse: Pulse = current_app.extensions["pulse"]
    # First what needs no database: while that is away nobody's words are held any longer.
    shared.drop_all()
    vault.forget_destroyed()
    presence.ten_seconds_later()
    pulse.try_saving(database)
    # While nothing can be written, pages are read all the same, and beats are how they catch up.
    _try(_let_time_pass)
    # Asked first: who listens by now listens to a circle that was there, and if it is not any more, it is erased.
    listened_to = presence.circles()
    with database.read() as db:
        there = set(all_ids(db))
        pulse.see_erasing(unfinished(db))
    slowest = 0.0
    for circle_id in listened_to:
        # Another process erased it, and its word was lost.
        began = pulse.now()
        _try(live.beat if circle_id in there else live.tell_gone, circle_id)
        slowest = max(slowest, pulse.now() - began)
        _try(tell_minutes, circle_id)
        live.tell_others_who_is_here(circle_id)
        socketio.sleep(A_MOMENT_SECONDS)  # however many circles are open, who writes meanwhile is served
    pulse.telling.took(slowest)  # once, however many circles there are, and if there is none
    # The write-ahead log keeps the order in which shares were written, and what was erased: it is never old.
    _try(database.tidy)


def tell_minutes(circle_id: str) -> None:
    """Tell those who lead, and nobody else, for how long the part has been on. No change, no version."""
    leaders = [one for one in presence.audiences(circle_id) if one.role == FACILITATOR]
    if not leaders:
        return
    with database.read() as db:
        so_far = plan.so_far(db, circle_id)
    if so_far is None:
        return
    for audience in leaders:
        with force_locale(audience.language):
            said = render_template("lead/_minutes.html", so_far=so_far)
        fan_out.tell(audience.room, "minutes", {"said": said})


def _let_time_pass() -> None:
    if processes.several and not database.write(ticking.is_due, TICK_SECONDS * OF_A_TICK):
        return
    forgotten, due = database.write(tick)
    for circle_id in forgotten:
        _try(live.keep, circle_id, close, circle_id)
    for circle_id in due:
        _try(live.erase_now, circle_id)
    database.write(audit.forget_old)
