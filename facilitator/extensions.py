"""What the web is made of, without an app: views and hooks import these, and never an app."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from flask import current_app
from flask_babel import Babel
from flask_login import LoginManager
from flask_socketio import SocketIO
from gevent import get_hub
from gevent.lock import BoundedSemaphore
from werkzeug.local import LocalProxy

from facilitator.presence import Presence
from facilitator.processes import Processes
from sessions.circle.vault import Vault
from sessions.database import Database

P = ParamSpec("P")
R = TypeVar("R")

_slow_turns = BoundedSemaphore(2)
"""Each hash takes 64 MB and a core: a flood of them waits in line, and does not take the machine."""

babel = Babel()
login_manager = LoginManager()
socketio = SocketIO()
presence = Presence()
processes = Processes()

database = cast(Database, LocalProxy(lambda: current_app.extensions["database"]))
vault = cast(Vault, LocalProxy(lambda: current_app.extensions["vault"]))


def outside(slow: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run something slow that holds no greenlet-aware lock in a thread of the system, so that the server goes on."""
    return get_hub().threadpool.apply(slow, args, kwargs)


def off_loop(slow: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """The same for what takes a core and much memory (Argon2): few at a time."""
    if socketio.async_mode != "gevent":
        return slow(*args, **kwargs)
    with _slow_turns:
        return outside(slow, *args, **kwargs)
