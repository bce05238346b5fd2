"""What a service manager, a proxy or a monitor asks: does this process answer, and could it keep something now?

One plain word each, for anybody, and nothing of anybody. Neither looks at a cookie.
"""

import time
from concurrent.futures import Future

from flask import Response, current_app

from facilitator.door import door
from facilitator.extensions import database, vault
from sessions.circle.vault import Vault
from sessions.database import Database

CHECK_SECONDS = 1.0
"""Who asks more often hears the last answer: asking costs a write, and anybody may ask."""
WAIT_SECONDS = 2.0
"""Of somebody who waits longer than this for a write, nobody would say that it works."""


class Readiness:
    """Whether something could be kept now: a write that writes nothing of anybody's, and one to the folder of keys."""

    def __init__(self) -> None:
        self._checked = float("-inf")
        self._written: Future[None] | None = None

    def is_ready(self, database: Database, vault: Vault) -> bool:
        """Look, or say what was seen a moment ago. Never waits for longer than two seconds."""
        due = self._written is None or (self._written.done() and time.monotonic() > self._checked + CHECK_SECONDS)
        if due:
            self._checked, self._written = time.monotonic(), database.hand_in(database.touch)
        try:
            assert self._written is not None
            self._written.result(WAIT_SECONDS)
        except Exception:
            return False
        return vault.can_be_written()


@door.get("/healthz")
def healthz() -> Response:
    """Whether this process answers."""
    return Response("ok", mimetype="text/plain")


@door.get("/readyz")
def readyz() -> Response:
    """Whether what is sent now would be kept. Pages are read all the same while it would not."""
    if current_app.extensions["readiness"].is_ready(database, vault):
        return Response("ready", mimetype="text/plain")
    return Response("waiting", 503, mimetype="text/plain")
