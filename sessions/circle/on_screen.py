"""What a big screen shows of a circle: words that anybody who walks by may read, until its leader chooses otherwise."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from sessions.circle import doors, leaders, lesson, plan, rules, themes, wall
from sessions.circle.changes import Op, Said
from sessions.circle.circles import ERASING, OPEN, Circle
from sessions.circle.doors import Door
from sessions.circle.leaders import Leader
from sessions.circle.lesson import Lesson
from sessions.circle.rules import GroundRule
from sessions.circle.themes import OnBoard
from sessions.circle.vault import Vault
from sessions.plan_sheet import Part

WORDS, RULES, WALL, THEMES, CARD = "words", "rules", "wall", "themes", "card"
CHOICES = (WORDS, RULES, WALL, THEMES, CARD)
"""What a screen may show; the first unless chosen."""

ASKED_SECONDS = 30
"""How long the code stays when it is asked for after the arrival."""
ARRIVE = "arrive"
"""The kind of part in which the code stands on the screen."""

NOT_OF_THE_PART = (
    *("checkins", "notes", "rules", "waiting", "hands", "suggestions", "plan", "themes"),
    *("clearing-check-in", "clearing-note", "card"),
)


@dataclass(frozen=True)
class PartOn:
    """The part that is on, whether people arrive in it, and its id if another comes after."""

    part: Part
    arriving: bool
    leads_on: str


@dataclass(frozen=True)
class OnScreen:
    """A circle as one big screen shows it. Covered or closed, it holds no word of anybody, and no code.

    `door` is there until the part changes. `part` is the one that is on, `leads_on` its id if another comes after.
    `said` is empty but for the wall; `themes` but for the board, and until `several` have shared; `lesson` but for the
    card. `leaders` are announced when somebody came to lead after the doors were opened.
    """

    circle_id: str
    version: int
    state: str
    blank: bool
    shows: str
    part: Part | None = None
    door: Door | None = None
    rules: tuple[GroundRule, ...] = ()
    said: tuple[Said, ...] = ()
    leaders: tuple[Leader, ...] = ()
    leads_on: str = ""
    several: bool = False
    themes: tuple[OnBoard, ...] = ()
    practice: bool = False
    building_id: str | None = None
    lesson: Lesson | None = None

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
    who = leaders.standing(db, circle)
    said = wall.standing(db, vault, circle_id, aside_too=False) if shows in (WALL, THEMES) else []
    up = themes.pinned(db, vault, circle_id) if shows == THEMES else []
    return OnScreen(
        circle_id=circle_id,
        version=circle.version,
        state=circle.state,
        blank=False,
        shows=shows,
        part=on.part,
        door=door_now(vault, circle) if arriving else None,
        rules=tuple(rules.standing(db, vault, circle_id)) if shows == RULES else (),
        # The newest first: what just went up is in view.
        said=tuple(reversed(said)) if shows == WALL else (),
        leaders=tuple(who) if any(one.came_later for one in who) else (),
        leads_on=on.leads_on,
        several=circle.several,
        themes=tuple(themes.board(circle, up, said)) if shows == THEMES else (),
        practice=circle.practice,
        building_id=circle.building_id,
        lesson=lesson.standing(db, vault, circle) if shows == CARD else None,
    )


def door_now(vault: Vault, circle: Circle) -> Door | None:
    """The way in, for a screen to show; None when the circle is covered or closed, or its doors are shut."""
    return doors.sign(vault, circle) if circle.state == OPEN and not circle.blank and not circle.shut else None


def part_on(vault: Vault, circle: Circle) -> PartOn:
    """The part that is on. People arrive for as long as that is a part of its kind."""
    parts = plan.standing(vault, circle)
    on = parts[circle.part]
    return PartOn(on, plan.kind(on) == ARRIVE, on.id if circle.part + 1 < len(parts) else "")


def redraws(op: Op, shows: str) -> bool:
    """Whether this op changes what a screen that shows one of CHOICES has on it."""
    # Which part is on stands on every screen: one with controls goes on from there.
    if op.what in ("state", "now", "leaders"):
        return True
    if shows == WORDS:
        return not isinstance(op.what, Said) and op.what not in NOT_OF_THE_PART
    if shows == WALL:
        return isinstance(op.what, Said) or op.what in ("checkins", "notes")
    return op.what == shows
