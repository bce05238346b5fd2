"""What is planted in the pages of the browser tests, and what they say: after the erase no byte of it is left."""

import re
import sqlite3
from contextlib import closing
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import BrowserContext, Request

from tests.found import found
from tests.people import Staff
from tests.server import PASSPHRASE, Server

AGENT = "Mozilla/5.0 (wheatear-phone; like a browser) wheatear/7.0"
ADDRESS = "203.0.113.77"
SHORTEST = 8
"""Fewer bytes than these are found by chance."""
OF_A_CIRCLE = ("/door", "/join", "/here", "/lead", "/forgotten")
SECRETS = ("passphrase", "old", "code", "pin", "secret", "csrf_token")
"""What staff type that may be kept nowhere as it was typed. Their names and the host's words are kept by design."""
NOT_SAID = ("appear", "minutes", "direction", "language", "cards", "card")
ID = re.compile(r"[0-9a-f]{20}")


class Canary:
    """All that was sent or shown and must be gone."""

    tells_all: dict[str, Any] = {
        "user_agent": AGENT,
        # X-Forwarded-For itself is refused where no proxy of ours stands before the server.
        "extra_http_headers": {"X-Real-IP": ADDRESS, "X-Client-IP": ADDRESS, "True-Client-IP": ADDRESS},
    }

    def __init__(self) -> None:
        self._noted: dict[bytes, str] = {}
        for part in (AGENT, "wheatear", ADDRESS):
            self._keep("planted", part)

    def note(self, request: Request) -> None:
        """Note what this request says: every field, the token beside it, and the ids in its address."""
        path = urlsplit(request.url).path
        is_a_circles = path.startswith(OF_A_CIRCLE)
        if is_a_circles:
            for circle_or_share in ID.findall(path):
                self._keep("an id", circle_or_share)
        self._keep("a token", request.headers.get("x-csrftoken", ""))
        body = request.post_data if request.method == "POST" else ""
        for name, value in parse_qsl(body or ""):
            if name in SECRETS or (is_a_circles and name not in NOT_SAID):
                self._keep(f"{name} of {path.split('/')[1]}", value)

    def note_cookies(self, context: BrowserContext) -> None:
        """Note the cookies of a device that is about to go. The language is none of a person's."""
        for cookie in context.cookies():
            if cookie.get("name") != "language":
                self._keep(f"cookie {cookie.get('name')}", cookie.get("value", ""))

    def erase_all(self, server: Server) -> None:
        """Close and erase every circle that a test opened, as its leader does. Notes their keys before."""
        if server.process is None:
            server.start()
        for key in server.keys.glob("*.key"):
            self._noted[key.read_bytes()] = "a key"
            self._keep("a key's name", key.name)
        ana = Staff(server, "ana@example.org")
        for circle_id, state, is_blank in circles(server):
            self._keep("an id", circle_id)
            if is_blank:
                ana.act(circle_id, "unblank", passphrase=PASSPHRASE)
            if state == "open":
                ana.act(circle_id, "close")
            ana.act(circle_id, "erase")
        assert circles(server) == [], "a circle could not be erased"
        for staying_id in staying(server):  # who leads along, and where, is named by who leads; both outlive the circle
            self._noted.pop(staying_id.encode(), None)

    def left_in(self, server: Server) -> list[str]:
        """What of all this is in any file that the server keeps: data, keys, temporary files, what it printed."""
        return found({f"{why}: {marker!r}": marker for marker, why in self._noted.items()}, server.folder)

    def knows(self, words: str) -> bool:
        """Whether these words would be looked for."""
        return words.encode() in self._noted

    def _keep(self, why: str, words: str) -> None:
        for shape in {words, words.replace(" ", "")}:
            if len(shape.encode()) >= SHORTEST:
                self._noted.setdefault(shape.encode(), why)


def staying(server: Server) -> list[str]:
    """The id of each account and of each building."""
    with closing(sqlite3.connect(server.data / "open-circle.db")) as database:
        return [one for (one,) in database.execute("SELECT id FROM accounts UNION SELECT id FROM buildings")]


def circles(server: Server) -> list[tuple[str, str, bool]]:
    """Each circle there is: id, state, and whether it is covered."""
    with closing(sqlite3.connect(server.data / "open-circle.db")) as database:
        return database.execute("SELECT id, state, blank FROM circles").fetchall()
