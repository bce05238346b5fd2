"""The ways people go: treatment, groups, using less, not using, safer use. Side by side, and none before another."""

from dataclasses import dataclass
from datetime import date
from functools import cache

import yaml

from sessions.library.cards import Source, check_signature, read_source
from sessions.library.languages import LANGUAGES, LanguageRefused
from sessions.library.strict import Notes, Sheet, compose

FIELDS = ("ways", "reviewed_by", "reviewed_on", "review_by")
FIELDS_OF_ONE = ("key", "title", "what", "some_like", "some_find_hard", "sources")
MOST_WAYS, MOST_SOURCES = 12, 8


@dataclass(frozen=True)
class Way:
    """One of them, in as many words as each of the others, and what some like and some find hard about it."""

    key: str
    title: str
    what: str
    some_like: str
    some_find_hard: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Ways:
    """All of them, in no order: whoever shows them shuffles them. Signed as a card is."""

    ways: tuple[Way, ...]
    reviewed_by: str | None
    reviewed_on: date | None
    review_by: date
    language: str

    def is_stale(self, day: date) -> bool:
        """Whether the day by which somebody should have looked at them again is over."""
        return self.review_by < day


@cache
def ways(language: str) -> Ways:
    """The ways; in English where a host's own language has none.

    Raises LanguageRefused, which names file, line and field.
    """
    language = language if (LANGUAGES[language].folder / "ways.yaml").is_file() else "en"
    file = LANGUAGES[language].folder / "ways.yaml"
    notes = Notes(str(file))
    tree = compose(file.read_text(encoding="utf-8"), notes)
    found = _ways(tree, notes, language) if tree is not None else None
    if notes.sentences or found is None:
        raise LanguageRefused(notes.sentences[0])
    return found


def _ways(tree: yaml.Node, notes: Notes, language: str) -> Ways:
    sheet = Sheet(tree, FIELDS, notes)
    found = Ways(
        ways=tuple(
            _way(node, notes, f"ways {number}") for number, node in enumerate(sheet.entries("ways", 2, MOST_WAYS), 1)
        ),
        reviewed_by=sheet.text_or_none("reviewed_by"),
        reviewed_on=sheet.day_or_none("reviewed_on"),
        review_by=sheet.day("review_by") or date.min,
        language=language,
    )
    check_signature(sheet, found)
    return found


def _way(node: yaml.Node, notes: Notes, inside: str) -> Way:
    sheet = Sheet(node, FIELDS_OF_ONE, notes, inside)
    sources = enumerate(sheet.entries("sources", 1, MOST_SOURCES), 1)
    return Way(
        key=sheet.text("key"),
        title=sheet.text("title"),
        what=sheet.text("what"),
        some_like=sheet.text("some_like"),
        some_find_hard=sheet.text("some_find_hard"),
        sources=tuple(read_source(node, notes, f"{inside} sources {number}") for number, node in sources),
    )
