"""The made-up members of a practice circle: what each of them does there, and in which words."""

from dataclasses import dataclass
from functools import cache

from sessions.library.languages import LANGUAGES, read

KINDS = ("check-in", "note", "pass", "hear", "take-back", "raise-hand", "lower-hand", "leave")
"""What a made-up member may do once they are in."""


@dataclass(frozen=True)
class Act:
    """One thing that a made-up member does. What is written has words, or tags, or both; a hand may have a line."""

    kind: str
    words: str = ""
    tags: tuple[str, ...] = ()


@cache
def made_up(language: str) -> tuple[tuple[Act, ...], ...]:
    """What each of them does, in order; the last is to leave. English where a host's own language has none.

    Raises ValueError on an act of no kind we know.
    """
    file = LANGUAGES[language].folder / "practice.yaml"
    held = read(file if file.is_file() else LANGUAGES["en"].folder / "practice.yaml")
    people = tuple(
        tuple(Act(act["kind"], act.get("words", ""), tuple(act.get("tags", ()))) for act in one["does"]) for one in held
    )
    if any(act.kind not in KINDS for acts in people for act in acts) or any(
        acts[-1].kind != "leave" for acts in people
    ):
        raise ValueError("an act of no kind, or somebody who never leaves")
    return people
