"""The plans we ship: which parts a circle has and for how long, and what each part says."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sessions.library.languages import LANGUAGES, read

KINDS = ("arrive", "rules", "check-in", "open", "notes", "learn", "close")
"""What a part asks of a page. Several parts may be of one kind, in other words."""


@dataclass(frozen=True)
class PlannedPart:
    """One part of a shipped plan, and its planned minutes."""

    key: str
    minutes: int


@dataclass(frozen=True)
class Plan:
    """A shipped plan: `minutes` is how long its circle is meant to be."""

    key: str
    label: str
    minutes: int
    parts: tuple[PlannedPart, ...]


@dataclass(frozen=True)
class PartWords:
    """A part in one language: its name, one line for phones, what may be read aloud, and the lines of its card."""

    key: str
    kind: str
    name: str
    words: str
    script: tuple[str, ...]
    card: tuple[str, ...]


@cache
def plans(language: str) -> dict[str, Plan]:
    """The shipped plans by their keys, in the order they are offered."""
    return {
        held["key"]: Plan(
            held["key"], held["label"], held["minutes"], tuple(PlannedPart(**part) for part in held["parts"])
        )
        for held in _read(language)["plans"]
    }


@cache
def parts(language: str) -> dict[str, PartWords]:
    """The words of every part by its key. Raises ValueError when a part is of no kind we know."""
    found = {
        held["key"]: PartWords(
            held["key"], held["kind"], held["name"], held["words"], tuple(held["script"]), tuple(held.get("card", ()))
        )
        for held in _read(language)["parts"]
    }
    if any(part.kind not in KINDS for part in found.values()):
        raise ValueError("a part of no kind")
    return found


def _read(language: str) -> Any:
    """One language's plans; the English ones where a host's own language has none."""
    file = LANGUAGES[language].folder / "plans.yaml"
    return read(file if file.is_file() else LANGUAGES["en"].folder / "plans.yaml")
