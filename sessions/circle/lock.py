"""The lock of a console: the PIN that uncovers a circle, and opens it again after the close.

A PIN of four digits is soon tried out, so the database keeps a keyed hash of it and the key lies elsewhere. Whoever
asks whether a PIN fits slows down wrong tries.
"""

import hmac
from itertools import pairwise

from sessions.circle.circles import Circle, CircleRefused
from sessions.circle.typed import as_dialled, keyed_hash

SHORTEST_PIN, LONGEST_PIN = 4, 8
FEWEST_DIFFERENT = 3
"""Fewer different digits than this, as in 0000 or 1221, are what people try first."""


def kept_pin(door_key: bytes, circle_id: str, typed: str) -> str | None:
    """What is kept of the PIN typed for this circle; None when none was. Raises CircleRefused: pin, easy."""
    pin = as_dialled(typed)
    if not pin:
        return None
    if not (pin.isdecimal() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise CircleRefused("pin")
    if is_easy(pin):
        raise CircleRefused("easy")
    return _hash(door_key, circle_id, pin)


def is_easy(pin: str) -> bool:
    """Whether these digits are among the first that anybody tries: few different ones, or a run like 1234 or 8642."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    return len(set(pin)) < FEWEST_DIFFERENT or len(steps) == 1


def pin_fits(door_key: bytes, circle: Circle, typed: str) -> bool:
    """Whether this is the circle's PIN. None fits where none was set."""
    return hmac.compare_digest(circle.pin or "", _hash(door_key, circle.id, as_dialled(typed)))


def drafts_key(door_key: bytes, link: str) -> str:
    """The key, in hex, under which a console's own browser keeps half-typed text while it is covered.

    A covered page does not carry it. It is made from the door's `link`, so that it can't be made again once the
    circle is erased.
    """
    return keyed_hash(door_key, f"drafts {link}")


def _hash(door_key: bytes, circle_id: str, pin: str) -> str:
    return keyed_hash(door_key, f"pin {circle_id} {pin}")
