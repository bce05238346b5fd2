"""The parts of a plan, in order, wherever the plan is kept: saved by a facilitator, or sealed in a circle.

A part is a shipped one by its key, said in each reader's language, until its leader gives it words of their own.
"""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from sessions.library import LANGUAGES, PartWords, Plan, parts
from sessions.words import clean, clean_line

UP, DOWN = "up", "down"
MOST_MINUTES = 180
"""Of one part."""
MOST_PARTS = 20
MOST_LINES = 30
"""Of a script."""
LONGEST_TITLE = 80
LONGEST = {"name": 60, "words": 160, "script": 2000}
"""Characters of a part's own words."""
MOST_BYTES = 24 * 1024
"""Of a whole plan, so that the file it is saved as can be read in again, however its words are quoted there."""
QUARTER = 15
SHORTEST_CIRCLE, LONGEST_CIRCLE = 60, 240


class PlanRefused(Exception):
    """A plan can't be made or changed so. `reason` is one of:

    closed, part (there is no such part, or direction), minutes, kind, last (a plan has a part), many (parts), full;
    title (none), plan (there is none such to copy), plans (too many of one account), gone; long (`over` counts
    characters), lines. `field` names what was wrong.
    """

    def __init__(self, reason: str, field: str = "", over: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.field, self.over = reason, field, over


@dataclass(frozen=True)
class Part:
    """One part: its id in this plan, the key of its shipped words, its planned minutes, and words of its leader's own.

    What is empty of these is said as it is shipped.
    """

    id: str
    key: str
    minutes: int
    name: str = ""
    words: str = ""
    script: tuple[str, ...] = ()


def as_shipped(chosen: Plan) -> list[Part]:
    """The parts of a shipped plan, as a circle begins with them."""
    return [Part(str(number), part.key, part.minutes) for number, part in enumerate(chosen.parts, start=1)]


def said(part: Part, language: str) -> PartWords:
    """What a part says: its leader's own words, and the shipped ones of this language for the rest.

    The lines of a card go with the shipped line for phones: under another one they may be beside the point.
    """
    shipped = parts(language)[part.key]
    return replace(
        shipped,
        name=part.name or shipped.name,
        words=part.words or shipped.words,
        script=part.script or shipped.script,
        card=() if part.words else shipped.card,
    )


def reworded(part: Part, name: str, words: str, script: str) -> Part:
    """The part in these words, as they were typed; a line each of what may be read aloud.

    What is left empty, or is what we ship in some language, stays ours and is said to each reader in their own.
    Raises PlanRefused: long, lines.
    """
    typed = {"name": clean_line(name), "words": clean_line(words), "script": clean(script)}
    for field, text in typed.items():
        if len(text) > LONGEST[field]:
            raise PlanRefused("long", field, len(text) - LONGEST[field])
    lines = tuple(filter(None, map(str.strip, typed["script"].split("\n"))))
    if len(lines) > MOST_LINES:
        raise PlanRefused("lines", "script")
    shipped = [parts(language)[part.key] for language in LANGUAGES]
    return replace(
        part,
        name="" if typed["name"] in [one.name for one in shipped] else typed["name"],
        words="" if typed["words"] in [one.words for one in shipped] else typed["words"],
        script=() if lines in [one.script for one in shipped] else lines,
    )


def titled(typed: str) -> str:
    """What a plan is called, from what was typed. Raises PlanRefused: title (nothing to be seen), long."""
    title = clean_line(typed)
    if not title:
        raise PlanRefused("title", "title")
    if len(title) > LONGEST_TITLE:
        raise PlanRefused("long", "title", len(title) - LONGEST_TITLE)
    return title


def whole_minutes(typed: str) -> int:
    """The minutes of a part, as they were typed. Raises PlanRefused: minutes."""
    typed = typed.strip()
    if not (typed.isascii() and typed.isdecimal() and len(typed) <= 3 and 1 <= int(typed) <= MOST_MINUTES):
        raise PlanRefused("minutes", "minutes")
    return int(typed)


def place(sheet: Sequence[Part], part_id: str) -> int:
    """Where this part stands, counted from 0. Raises PlanRefused: part."""
    for at, part in enumerate(sheet):
        if part.id == part_id:
            return at
    raise PlanRefused("part")


def moved(sheet: Sequence[Part], part_id: str, direction: str) -> list[Part]:
    """The parts with this one a place further up or down; at the end as they were. Raises PlanRefused: part."""
    at = place(sheet, part_id)
    if direction not in (UP, DOWN):
        raise PlanRefused("part")
    to = at - 1 if direction == UP else at + 1
    parts_now = list(sheet)
    if 0 <= to < len(parts_now):
        parts_now[at], parts_now[to] = parts_now[to], parts_now[at]
    return parts_now


def minutes_of(sheet: Iterable[Part]) -> int:
    """How long all the parts are planned to be, in minutes."""
    return sum(part.minutes for part in sheet)


def planned_length(sheet: Iterable[Part]) -> int:
    """For how long a circle with these parts counts as planned, in minutes: in quarters of an hour, from one hour to
    four. An hour after it a forgotten circle closes itself: a short plan must not close one that talks on, and a long
    one must not leave a covered console to somebody who tries PINs all night.
    """
    quarters = QUARTER * math.ceil(minutes_of(sheet) / QUARTER)
    return min(max(quarters, SHORTEST_CIRCLE), LONGEST_CIRCLE)


def as_json(sheet: Iterable[Part]) -> str:
    """The parts, as they are kept. What has no words of its own has no place for them."""
    return json.dumps([{name: held for name, held in asdict(part).items() if held} for part in sheet])


def from_json(kept: str) -> list[Part]:
    """The parts that were kept so."""
    return [Part(**(held | {"script": tuple(held.get("script", ()))})) for held in json.loads(kept)]


def numbered(sheet: Iterable[Part]) -> list[Part]:
    """The same parts for another plan, with ids of that plan's own. Raises PlanRefused: last, many, full."""
    parts_now = [replace(part, id=str(number)) for number, part in enumerate(sheet, start=1)]
    return whole(parts_now)


def whole(sheet: list[Part]) -> list[Part]:
    """The parts, if they can be a plan. Raises PlanRefused: last, many, full."""
    if not sheet:
        raise PlanRefused("last")
    if len(sheet) > MOST_PARTS:
        raise PlanRefused("many")
    texts = [text for part in sheet for text in (part.name, part.words, *part.script)]
    if sum(len(text.encode()) + 1 for text in texts) > MOST_BYTES:
        raise PlanRefused("full")
    return sheet
