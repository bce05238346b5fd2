"""Who may uncover a circle, or open it again: whoever knows its PIN, or the passphrase of who leads it.

Four digits are few. A wrong PIN is answered late, later each time; after a few, tries are also kept back before they
are looked at. The tries of one circle go one at a time, so that sending many at once is no faster, and only a few may
stand in line. Nobody is locked out: a right PIN is never refused once it is looked at, and the passphrase has a line
of its own.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from flask import current_app
from flask_babel import gettext
from flask_login import current_user

from facilitator.extensions import socketio
from facilitator.patience import Patience
from facilitator.staff import passphrase_fits
from sessions.circle.circles import Circle
from sessions.circle.lock import pin_fits

R = TypeVar("R")

MOST_IN_LINE = 3
"""Tries of one circle that wait at once, the one that is looked at included."""

tries = Patience(lambda seconds: socketio.sleep(seconds))


class NotUnlocked(Exception):
    """What was typed uncovers nothing. `field` is where it was typed: pin or passphrase; `sentence` says so."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(field)
        self.field, self.sentence = field, sentence


class _Line:
    """The tries of one circle, one behind the other."""

    def __init__(self) -> None:
        self.turn, self.waiting = threading.Lock(), 0


_lines: dict[str, _Line] = {}
_book = threading.Lock()


def unlock(circle: Circle, pin: str | None, passphrase: str) -> None:
    """Return if this PIN, or where none was sent this passphrase, unlocks the circle. Raises NotUnlocked, late."""
    if pin is None:
        if not passphrase_fits(passphrase):
            raise NotUnlocked("passphrase", gettext("That is not your passphrase."))
        return
    sources = (f"circle {circle.id}", f"account {current_user.person.id}")
    with _in_line(circle.id):
        if not slowly(sources, lambda: pin_fits(current_app.config["DOOR_KEY"], circle, pin)):
            raise NotUnlocked("pin", gettext("That is not the PIN."))


def slowly(sources: tuple[str, ...], look: Callable[[], R]) -> R | None:
    """What `look` finds: late where these sources were wrong a few times, and nothing is answered later still."""
    for source in sources:
        tries.before(source)
    if found := look():
        return found
    for source in sources:
        tries.hold(source)
    return None


@contextmanager
def _in_line(circle_id: str) -> Iterator[None]:
    with _book:
        line = _lines.setdefault(circle_id, _Line())
        if line.waiting >= MOST_IN_LINE:
            raise NotUnlocked("pin", gettext("That was not looked at. Wait a moment, then try again."))
        line.waiting += 1
    try:
        with line.turn:
            yield
    finally:
        with _book:
            line.waiting -= 1
            if not line.waiting:
                del _lines[circle_id]
