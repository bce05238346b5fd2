"""What a big screen shows of a circle: words that anybody who walks by may read, until its leader chooses otherwise."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from sessions.circle import doors, plan, rules, wall
from sessions.circle.changes import Op, Said
from sessions.circle.circles import ERASING, OPEN, Circle
from sessions.circle.doors import Door
from sessions.circle.rules import GroundRule
from sessions.circle.vault import Vault
from sessions.library import parts

WORDS, RULES, WALL = "words", "rules", "wall"
CHOICES = (WORDS, RULES, WALL)
"""What a screen may show; the first unless chosen."""

ASKED_SECONDS = 30
"""How long the code stays when it is asked for after the arrival."""
ARRIVE = "arrive"
"""The kind of part in which the code stands on the screen."""

NOT_OF_THE_PART = ("checkins", "notes", "rules", "waiting", "hands", "plan")


@dataclass(frozen=True)
class PartOn:
    """The part that is on: the key of its words, and whether people arrive in it."""

    key: str
    arriving: bool


@dataclass(frozen=True)
class OnScreen:
    """A circle as one big screen shows it. Covered or closed, it holds no word of anybody, and no code.

    `door` is there until the part changes. `part` is the key of its words. `said` is empty but for the wall.
    """

    circle_id: str
    version: int
    state: str
    blank: bool
    shows: str
    part: str = ""
    door: Door | None = None
    rules: tuple[GroundRule, ...] = ()
    said: tuple[Said, ...] = ()
    practice: bool = False

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
        return OnScreen(circle_id, circle.version, circle.state, circle.blank, shows, practice=circle.practice)
    on = part_on(vault, circle)
    arriving = on.arriving and shows == WORDS
    return OnScreen(
        circle_id=circle_id,
        version=circle.version,
        state=circle.state,
        blank=False,
        shows=shows,
        part=on.key,
        door=door_now(vault, circle) if arriving else None,
        rules=tuple(rules.standing(db, vault, circle_id)) if shows == RULES else (),
        # The newest first: what just went up is in view.
        said=tuple(reversed(wall.standing(db, vault, circle_id, aside_too=False))) if shows == WALL else (),
        practice=circle.practice,
    )


def door_now(vault: Vault, circle: Circle) -> Door | None:
    """The way in, for a screen to show; None when the circle is covered or closed, or its doors are shut."""
    return doors.sign(vault, circle) if circle.state == OPEN and not circle.blank and not circle.shut else None


def part_on(vault: Vault, circle: Circle) -> PartOn:
    """The part that is on. People arrive for as long as that is a part of its kind."""
    key = plan.standing(vault, circle)[circle.part].key
    return PartOn(key, arriving=parts("en")[key].kind == ARRIVE)


def redraws(op: Op, shows: str) -> bool:
    """Whether this op changes what a screen that shows one of CHOICES has on it."""
    if op.what == "state":
        return True
    if shows == WORDS:
        return not isinstance(op.what, Said) and op.what not in NOT_OF_THE_PART
    if shows == RULES:
        return op.what == "rules"
    return isinstance(op.what, Said) or op.what in ("checkins", "notes")
