"""What a big screen shows, drawn: the page and every push draw it the same."""

from facilitator.audience import Audience
from facilitator.drawn import drawn
from facilitator.extensions import database, vault
from facilitator.qr import door_qr
from sessions.circle import on_screen
from sessions.circle.changes import Change
from sessions.circle.doors import Door
from sessions.circle.on_screen import OnScreen

RULES_A_STEP = 3
"""As many as can be read from five metres at once."""


def state(seen: OnScreen) -> str:
    """The whole of a screen, but for its strip of controls."""
    steps = [seen.rules[at : at + RULES_A_STEP] for at in range(0, len(seen.rules), RULES_A_STEP)]
    return drawn("screen/_state.html", seen=seen, steps=steps)


def door(way_in: Door, seconds: int) -> str:
    """The address, the code and the QR, which leave the screen by themselves after so many seconds unless 0."""
    return drawn("screen/_door.html", door=way_in, qr=door_qr(way_in.link), seconds=seconds)


def ops(change: Change, audience: Audience) -> list[list[str]]:
    """What a change does to the screens of one audience: all is drawn anew, or nothing is said."""
    if not any(on_screen.redraws(op, audience.shows) for op in change.ops):
        return []
    with database.read() as db:
        seen = on_screen.take(db, vault, audience.circle_id, audience.shows)
    return [["replace", "state", state(seen) if seen else ""]]
