"""The made-up members of a practice circle: phones without scripts, in this process, on the same doors and forms.

They know no way around anything: each request goes through the outer wall and the guard, with cookies of its own and
the token of the page it was read from. When the server stops they are gone, and do not come back.
"""

import random
import re
import sys
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.datastructures import MultiDict
from werkzeug.test import Client

from facilitator.extensions import database, socketio, vault
from facilitator.logs import log_kind
from sessions.circle import doors
from sessions.circle.circles import OPEN, Circle
from sessions.library import Act, made_up

JITTER = (0.4, 1.6)
"""A pause is the mean one times something between these."""
FORMS = {
    "check-in": r"/here/check-ins",
    "note": r"/here/notes",
    "hear": r"/here/shares/\w+/hear",
    "take-back": r"/here/shares/\w+/take-back",
    "raise-hand": r"/here/hand",
    "lower-hand": r"/here/hand/lower",
    "leave": r"/here/leave",
}
"""Where the form for an act goes. To pass there is none."""
WRITES = ("check-in", "note")

_dice = random.SystemRandom()


class Page(HTMLParser):
    """What a page holds for a phone without scripts: its forms, and whether it is covered."""

    def __init__(self, path: str, text: str) -> None:
        """Read the page that came from `path`."""
        super().__init__()
        self.path = path
        self.forms: list[tuple[str, dict[str, str]]] = []
        self._held: dict[str, str] = {}
        self._classes: set[str] = set()
        self.feed(text)
        self.close()

    @property
    def covered(self) -> bool:
        """Whether the leader has covered every screen."""
        return "dull" in self._classes

    @property
    def closed(self) -> bool:
        """Whether the circle has closed."""
        return "cover" in self._classes and not self.covered

    @property
    def paused(self) -> bool:
        """Whether writing is paused."""
        return "paused" in self._classes

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take note of a form, of what it holds, and of what a screen would look like."""
        found = {name: value or "" for name, value in attrs}
        self._classes.update(found.get("class", "").split())
        if tag == "form":
            self._held = {}
            self.forms.append((found.get("action", ""), self._held))
        elif tag == "textarea" or found.get("type") == "hidden":
            self._held[found.get("name", "")] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        """What comes after a form is not held by it."""
        if tag == "form":
            self._held = {}


class Phone:
    """A phone without scripts: it opens pages, and sends the forms that stand on them."""

    def __init__(self, app: Flask, language: str) -> None:
        """A phone that speaks to `app` in one of its languages."""
        self._web, self._address, self._language = Client(app), app.config["ADDRESS"], language

    def open(self, path: str) -> Page:
        """Open a page, and go where it leads."""
        return self._ask("GET", path)

    def send(self, page: Page, action: str, *typed: tuple[str, str]) -> Page:
        """Send one form of a page, by lot where there are several of a kind; without one, stay on the page.

        `typed` goes into its fields: names, and what they hold then.
        """
        forms = [form for form in page.forms if re.fullmatch(action, form[0])]
        if not forms:
            return page
        path, held = _dice.choice(forms)
        untouched = [field for field in held.items() if field[0] not in dict(typed)]
        return self._ask("POST", path, MultiDict([*untouched, *typed]))

    def _ask(self, method: str, path: str, fields: MultiDict[str, str] | None = None) -> Page:
        headers = {"Accept-Language": self._language, "Sec-Fetch-Site": "same-origin"}
        if method == "POST":
            headers["Origin"] = self._address
        answer = self._web.open(path, method=method, base_url=self._address, headers=headers, data=fields)
        text, location = answer.text, answer.headers.get("Location")
        answer.close()
        return self.open(urlsplit(location).path) if location else Page(path, text)


class MadeUp:
    """Somebody who is not there: comes in, does one thing after the other, and leaves."""

    def __init__(self, app: Flask, circle_id: str, acts: tuple[Act, ...], language: str) -> None:
        """Somebody outside, with `acts` before them."""
        self._app, self._circle_id, self._phone = app, circle_id, Phone(app, language)
        self._inside = False
        self.left = list(acts)

    def go_on(self) -> None:
        """Do the next thing, unless now is not the time. Who finds the doors shut or the circle closed goes home."""
        if not self._inside:
            self._inside = self._come_in()
            self.left = self.left if self._inside else []
            return
        page = self._phone.open("/here")
        if page.path != "/here" or page.closed:
            self.left = []
            self._phone.send(page, FORMS["leave"])
        elif not (page.covered or (page.paused and self.left[0].kind in WRITES)):
            act = self.left.pop(0)
            if act.kind in FORMS:
                self._phone.send(page, FORMS[act.kind], *_typed(act))

    def _come_in(self) -> bool:
        link = self._link()
        if not link:
            return False
        threshold = self._phone.send(self._phone.open("/"), "/door", ("code", link))
        return self._phone.send(threshold, "/join").path == "/here"

    def _link(self) -> str:
        """What the QR in the room holds now: it may have been changed since the others came."""
        with self._app.app_context(), database.read() as db:
            circle = db.get(Circle, self._circle_id)
            return doors.sign(vault, circle).link if circle and circle.state == OPEN else ""


def _typed(act: Act) -> list[tuple[str, str]]:
    return [*([("text", act.words)] if act.words else []), *(("tags", tag) for tag in act.tags)]


def begin(app: Flask, circle_id: str, language: str) -> None:
    """Let made-up members come to a practice circle from now on, in words of this language. Does not wait for them."""
    socketio.start_background_task(run, app, circle_id, language)


def run(app: Flask, circle_id: str, language: str) -> None:
    """Let them come, take part and leave, until all have left: at the latest when they find the circle closed.

    Whom something goes wrong with is not seen again, and it is logged by its kind.
    """
    people = [MadeUp(app, circle_id, acts, language) for acts in made_up(language)]
    while still := [one for one in people if one.left]:
        socketio.sleep(app.config["PRACTICE_SECONDS"] * _dice.uniform(*JITTER))
        (one,) = _dice.choices(still, [len(person.left) for person in still])
        try:
            one.go_on()
        except Exception:
            one.left = []
            kind, _, trace = sys.exc_info()
            log_kind(kind, trace, "a task")
