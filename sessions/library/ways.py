"""The ways people go: treatment, groups, using less, not using, safer use. Side by side, and none before another."""

from dataclasses import dataclass
from functools import cache

import yaml

from sessions.library.cards import Source, read_source
from sessions.library.languages import LANGUAGES, LanguageRefused
from sessions.library.strict import Notes, Sheet, compose, listed

FIELDS = ("key", "title", "what", "some_like", "some_find_hard", "sources")
MOST_SOURCES = 8


@dataclass(frozen=True)
class Way:
    """One of them, in as many words as each of the others, and what some like and some find hard about it."""

    key: str
    title: str
    what: str
    some_like: str
    some_find_hard: str
    sources: tuple[Source, ...]


@cache
def ways(language: str) -> tuple[Way, ...]:
    """All of them, in no order: whoever shows them shuffles them. English where a host's own language has none.

    Raises LanguageRefused, which names file, line and field.
    """
    file = LANGUAGES[language].folder / "ways.yaml"
    file = file if file.is_file() else LANGUAGES["en"].folder / "ways.yaml"
    notes = Notes(str(file))
    found = [_way(node, notes) for node in listed(compose(file.read_text(encoding="utf-8"), notes), notes)]
    if notes.sentences:
        raise LanguageRefused(notes.sentences[0])
    return tuple(found)


def _way(node: yaml.Node, notes: Notes) -> Way:
    sheet = Sheet(node, FIELDS, notes)
    sources = enumerate(sheet.entries("sources", 1, MOST_SOURCES), 1)
    return Way(
        key=sheet.text("key"),
        title=sheet.text("title"),
        what=sheet.text("what"),
        some_like=sheet.text("some_like"),
        some_find_hard=sheet.text("some_find_hard"),
        sources=tuple(read_source(node, notes, f"sources {number}") for number, node in sources),
    )
