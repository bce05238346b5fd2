"""What a big screen shows of a circle: words that anybody who walks by may read, until its leader chooses otherwise."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from sessions.circle import doors, rules, wall
from sessions.circle.changes import Op, Said
from sessions.circle.circles import ERASING, OPEN, TICK_SECONDS, TICKS_A_MINUTE, Circle
from sessions.circle.doors import Door
from sessions.circle.rules import GroundRule
from sessions.circle.vault import Vault

WORDS, RULES, WALL = "words", "rules", "wall"
CHOICES = (WORDS, RULES, WALL)
"""What a screen may show; the first unless chosen."""

ASKED_SECONDS = 30
"""How long the code stays when it is asked for after the arrival."""
ARRIVAL_MINUTES = {60: 5, 90: 10}

NOT_OF_THE_PART = ("checkins", "notes", "rules", "waiting", "hands", "plan")


@dataclass(frozen=True)
class PartOn:
    """The part that is on: its words ('' for the product's own), whether people still arrive, and for how long.

    `seconds` is 0 where the arrival ends by its leader's hand.
    """

    words: str
    arriving: bool
    seconds: int = 0


@dataclass(frozen=True)
class OnScreen:
    """A circle as one big screen shows it. Covered or closed, it holds no word of anybody, and no code.

    `door` is there for `door_seconds`, or until the part changes when they are 0. `said` is empty but for the wall.
    """

    circle_id: str
    version: int
    state: str
    blank: bool
    shows: str
    words: str = ""
    door: Door | None = None
    door_seconds: int = 0
    rules: tuple[GroundRule, ...] = ()
    said: tuple[Said, ...] = ()

    @property
    def covered(self) -> bool:
        """Whether there is nothing on it but a cover."""
        return self.blank or self.state != OPEN


def take(db: Session, vault: Vault, circle_id: str, shows: str) -> OnScreen | None:
    """The circle as a screen that shows one of CHOICES; None when it is erased. The door is there on arrival alone."""
    circle = db.get(Circle, circle_id)
    if circle is None or circle.state == ERASING:
        return None
    if circle.state != OPEN or circle.blank:
        return OnScreen(circle_id, circle.version, circle.state, circle.blank, shows)
    on = part_on(circle)
    arriving = on.arriving and shows == WORDS
    return OnScreen(
        circle_id=circle_id,
        version=circle.version,
        state=circle.state,
        blank=False,
        shows=shows,
        words=on.words,
        door=door_now(vault, circle) if arriving else None,
        door_seconds=on.seconds,
        rules=tuple(rules.standing(db, vault, circle_id)) if shows == RULES else (),
        # The newest first: what just went up is in view.
        said=tuple(reversed(wall.standing(db, vault, circle_id, aside_too=False))) if shows == WALL else (),
    )


def door_now(vault: Vault, circle: Circle) -> Door | None:
    """The way in, for a screen to show; None when the circle is covered or closed, or its doors are shut."""
    return doors.sign(vault, circle) if circle.state == OPEN and not circle.blank and not circle.shut else None


def part_on(circle: Circle) -> PartOn:
    """The part that is on. Without a plan people arrive for the minutes that the shipped agendas give them."""
    left = ARRIVAL_MINUTES[circle.minutes] * TICKS_A_MINUTE - circle.ticks
    return PartOn("", arriving=left > 0, seconds=max(left, 0) * TICK_SECONDS)


def redraws(op: Op, shows: str) -> bool:
    """Whether this op changes what a screen that shows one of CHOICES has on it."""
    if op.what == "state":
        return True
    if shows == WORDS:
        return not isinstance(op.what, Said) and op.what not in NOT_OF_THE_PART
    if shows == RULES:
        return op.what == "rules"
    return isinstance(op.what, Said) or op.what in ("checkins", "notes")
