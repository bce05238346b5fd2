"""The word check: words that shame, label or count people, and what to write in their place.

It reads our own words, and a site's own where somebody asks for it. It is never run on what a member writes.
"""

import re
from dataclasses import dataclass
from functools import cache

from sessions.library.languages import SHIPPED, read

FILE = SHIPPED / "word_check.yaml"
STOPS, ADVISES = "B", "W"
EVERYWHERE, CARDS = "all", "cards"


@dataclass(frozen=True)
class WordRule:
    """One row: what is looked for, what to write in its place, how much it matters, and where it is looked for."""

    rule: str
    write: str
    level: str
    finds: tuple[str, ...]
    fine: tuple[str, ...]
    where: str = EVERYWHERE

    def found(self, text: str) -> str:
        """What this rule finds in `text`, as whole words; '' for nothing."""
        match = None if text in allowed() else _compiled(self.rule).search(text)
        return match[0] if match else ""


@dataclass(frozen=True)
class Advice:
    """One thing to look at again: in which line (from 1), what was found there, and what to write in its place."""

    line: int
    found: str
    write: str
    level: str


@cache
def word_rules() -> tuple[WordRule, ...]:
    """The whole table. Raises TypeError when a row has another shape."""
    rows = read(FILE)["rules"]
    return tuple(WordRule(**row | {"finds": tuple(row["finds"]), "fine": tuple(row["fine"])}) for row in rows)


def advise(text: str) -> list[Advice]:
    """What to look at again in a text of one's own, line by line. It only advises: nothing is changed or refused."""
    return [
        Advice(number, found, rule.write, rule.level)
        for number, line in enumerate(text.splitlines(), 1)
        for rule in word_rules()
        if (found := rule.found(line.strip()))
    ]


@cache
def allowed() -> frozenset[str]:
    """The sentences that may use such words, letter for letter."""
    return frozenset(read(FILE)["allowed"])


@cache
def _compiled(rule: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{rule})\b", re.IGNORECASE)
