"""What a rule did, in the words a screen needs: ops by audience, under one version of the circle."""

from dataclasses import dataclass, field, replace
from typing import Literal

from sessions.library import Tag
from sessions.permissions import FACILITATOR, MEMBER

BOTH = frozenset({MEMBER, FACILITATOR})
FOR_MEMBERS = frozenset({MEMBER})
FOR_FACILITATORS = frozenset({FACILITATOR})

CHECK_IN, NOTE = "check-in", "note"
Part = Literal[
    "checkins",
    "notes",
    "rules",
    "waiting",
    "state",
    "now",
    "plan",
    "hands",
    "suggestions",
    "writing",
    "themes",
    "clearing-check-in",
    "clearing-note",
    "card",
    "doors",
    "leaders",
    "box-check-in",
    "box-note",
    "open-head",
    "learn-head",
    "close-head",
]
CLEARINGS: tuple[Part, ...] = ("clearing-check-in", "clearing-note")
HEADS: tuple[Part, ...] = ("open-head", "learn-head", "close-head")
"""What stands above those pages of the console that say the words of the part that is on."""


class ShareRefused(Exception):
    """A share can't be kept, or what goes with a raised hand or a theme.

    `reason`: closed, paused, key, reused, empty, unnamed, wordless, long (`over` counts code points), tags, group,
    kind, many, suggested (too many suggestions stand), card (there is none such to show).
    """

    def __init__(self, reason: str, over: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.over = reason, over


@dataclass(frozen=True)
class Said:
    """One share as those in the circle may see it. There is no author to carry.

    `tags` are ids; `own` are those of them that a building added, with their words.
    """

    id: str
    kind: str
    text: str
    tags: tuple[str, ...]
    aside: bool = False
    heard: bool = False
    own: tuple[Tag, ...] = ()


@dataclass(frozen=True)
class Op:
    """One thing that changes on the screens of `roles`: a share appears or goes, or a part is drawn anew."""

    do: Literal["append", "replace", "remove"]
    what: Said | Part
    roles: frozenset[str] = BOTH


@dataclass(frozen=True)
class Change:
    """Everything one write did to a circle. Without ops, and with the version as it was, nothing happened."""

    circle_id: str
    version: int
    ops: tuple[Op, ...] = field(default=())


def redrawn(*parts: Part, roles: frozenset[str] = BOTH) -> tuple[Op, ...]:
    """Ops that draw whole parts of the page anew."""
    return tuple(Op("replace", part, roles) for part in parts)


def under_cover(op: Op) -> Op:
    """The same op for a circle that is covered: whoever stands at its console is sent nothing but the cover."""
    return op if op.what == "state" else replace(op, roles=op.roles - FOR_FACILITATORS)


def all_redrawn() -> tuple[Op, ...]:
    """Ops that draw everything anew: the circle closed, or opened again."""
    return redrawn("state", "now", "checkins", "notes", "rules") + redrawn(
        *("waiting", "plan", "hands", "suggestions", "doors", "themes", "card"),
        *("clearing-check-in", "clearing-note", *HEADS),
        roles=FOR_FACILITATORS,
    )
