"""Whoever is on the way in goes one at a time, and whoever is in goes past: a crowd at the door holds up no word.

One loop serves everybody. Without this, each of three hundred who come at once would have their page drawn before
anything else goes on, and a note of somebody who sits in the circle already waits at each of its steps for all of them.
"""

from flask import Flask, request
from gevent import get_hub
from gevent.lock import Semaphore

from facilitator.extensions import socketio
from facilitator.registry import ROUTES

PAST = frozenset({"door.healthz", "door.readyz"})
"""What a monitor asks does not wait for people."""


class OneAtATime:
    """A line of greenlets: `step_in()` comes back when it is one's turn."""

    def __init__(self) -> None:
        self._turn = Semaphore(1)

    def step_in(self) -> None:
        """Wait for a turn. It ends as soon as this greenlet waits for anything, or ends: nobody is waited for twice."""
        self._turn.acquire()
        # By a timer: what is called back, or sleeps for no time at all, comes before the loop looks who else is there.
        get_hub().loop.timer(0.0).start(self._turn.release)


_way_in = OneAtATime()


def init_app(app: Flask) -> None:
    """Pace the requests of `app`, before anything else is done for them."""
    app.before_request(wait_in_line)


def wait_in_line() -> None:
    """Wait for a turn, if this is somebody on the way in. Between two turns the loop serves all others once."""
    if socketio.async_mode == "gevent" and _is_on_the_way_in():
        _way_in.step_in()


def _is_on_the_way_in() -> bool:
    if request.endpoint == "here.circle":
        return True
    return ROUTES.get(request.endpoint or "") == "see the door" and request.endpoint not in PAST
