"""A circle at one moment, for one role: everything a page shows, and what a push draws anew."""

from dataclasses import dataclass, field, replace

from sqlalchemy.orm import Session

from sessions.circle import circles, doors, hands, leaders, lesson, plan, rules, shares, suggestions, themes, wall
from sessions.circle.changes import CHECK_IN, CLEARINGS, HEADS, NOTE, Part, Said
from sessions.circle.doors import Door
from sessions.circle.hands import Raised
from sessions.circle.leaders import Leader
from sessions.circle.lesson import Lesson
from sessions.circle.rules import GroundRule
from sessions.circle.suggestions import Suggested
from sessions.circle.themes import OnBoard, Pinned
from sessions.circle.vault import Vault
from sessions.circle.voices import LEARN
from sessions.permissions import FACILITATOR
from sessions.plan_sheet import Part as PlanPart

SAY_THE_PLAN: tuple[Part, ...] = ("now", "plan", "card", "themes", "box-check-in", "box-note", *HEADS)
"""The parts of a page that go by the part of the plan that is on."""


@dataclass(frozen=True)
class Led:
    """What the leader alone sees of the plan: its parts, the place of the one that is on, and for how long it has
    been, in minutes.
    """

    parts: list[PlanPart]
    at: int
    so_far: int


@dataclass(frozen=True)
class Snapshot:
    """What one role may see of a circle under one version. Closed, it holds no word of anybody; nor covered, for those
    who lead: whoever stands at a covered console may be somebody else. `now` is the part that is on, and `together`
    whether those who lead may show what waits. `lesson` is what is taught, from the cards of the building.
    """

    circle_id: str
    version: int
    state: str
    blank: bool
    at_once: bool
    check_ins: list[Said]
    notes: list[Said]
    rules: list[GroundRule]
    waiting: int
    has_pin: bool
    now: PlanPart | None = None
    led: Led | None = None
    paused: bool = False
    shut: bool = False
    hands: list[Raised] = field(default_factory=list)
    suggestions: list[Suggested] = field(default_factory=list)
    door: Door | None = None
    leaders: list[Leader] = field(default_factory=list)
    several: bool = False
    themes: list[OnBoard] = field(default_factory=list)
    pinned: list[Pinned] = field(default_factory=list)
    cleared: frozenset[str] = frozenset()
    practice: bool = False
    together: bool = False
    building_id: str | None = None
    lesson: Lesson | None = None

    @property
    def who_came(self) -> list[Leader]:
        """Its leaders who came after the doors opened: they are announced to those who were in by then."""
        return [one for one in self.leaders if one.came_later]


def take(db: Session, vault: Vault, circle_id: str, role: str, only: frozenset[Part] | None = None) -> Snapshot | None:
    """The circle as `role` may see it now; None when it is erased. With `only`, what those parts show and no more: a
    push must not read and unseal a whole wall to say how many shares wait.

    Members are told neither how many shares wait, nor whose hand is raised, nor what rules are suggested; and have what
    is taught, and the board of themes, in a part about learning alone.
    """
    circle = db.get(circles.Circle, circle_id)
    if circle is None or circle.state == circles.ERASING:
        return None
    leads = role == FACILITATOR
    has_pin = leads and circle.pin is not None

    def shows(*parts: Part) -> bool:
        return only is None or not only.isdisjoint(parts)

    who = leaders.standing(db, circle) if shows("leaders") else []
    if circle.state != circles.OPEN or (leads and circle.blank):
        bare = Snapshot(circle_id, circle.version, circle.state, circle.blank, False, [], [], [], 0, has_pin)
        covered = replace(bare, practice=circle.practice)
        return covered if leads else replace(covered, leaders=who)

    parts = plan.standing(vault, circle) if shows(*SAY_THE_PLAN) else []
    now = parts[circle.part] if parts else None
    learns = leads or (now is not None and plan.kind(now) == LEARN)
    has_board = learns and shows("themes", "now")
    said = wall.standing(db, vault, circle_id, aside_too=leads) if has_board or shows("checkins", "notes") else []
    up = themes.pinned(db, vault, circle_id) if has_board else []
    waits = leads and shows("waiting")
    return Snapshot(
        circle_id=circle_id,
        version=circle.version,
        state=circle.state,
        blank=circle.blank,
        at_once=circle.appear == circles.AT_ONCE,
        check_ins=[share for share in said if share.kind == CHECK_IN],
        notes=[share for share in said if share.kind == NOTE],
        rules=rules.standing(db, vault, circle_id) if shows("rules") else [],
        waiting=shares.how_many_wait(db, circle_id) if waits else 0,
        has_pin=has_pin,
        now=now,
        led=Led(parts, circle.part, plan.minutes_so_far(circle)) if leads and parts else None,
        paused=circle.paused,
        shut=leads and circle.shut,
        hands=hands.standing(db, vault, circle_id) if leads and shows("hands") else [],
        suggestions=suggestions.standing(db, vault, circle_id) if leads and shows("suggestions") else [],
        door=doors.sign(vault, circle) if leads and shows("doors") else None,
        leaders=who,
        several=circle.several,
        themes=themes.board(circle, up, said) if has_board else [],
        pinned=up if leads else [],
        cleared=frozenset(wall.cleared(db, circle_id)) if leads and shows(*CLEARINGS) else frozenset(),
        practice=circle.practice,
        together=waits and shares.is_mixed(vault, circle_id, shares.waiting_in(db, circle_id)),
        building_id=circle.building_id,
        lesson=lesson.standing(db, vault, circle) if learns and shows("card", "now") else None,
    )
