"""What is kept, and so could be handed over: every column and every file, what it is and for how long.

The page that says so and docs/what-we-keep.md are written from this one list; a test compares it with the tables.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sessions.library.languages import LANGUAGES, read

FILES = "files"
"""The key of the group that lists files. Every other one lists columns."""


@dataclass(frozen=True)
class Words:
    """Some words, and the language they are in: English, where a translation has none of its own."""

    text: str
    language: str


@dataclass(frozen=True)
class Kept:
    """One column (`shares.sealed`) or one file (`*.key`): what it is, and how long it stays."""

    name: str
    what: Words
    how_long: Words


@dataclass(frozen=True)
class KeptTable:
    """One table, or one place where files are."""

    key: str
    title: Words
    entries: tuple[Kept, ...]


@dataclass(frozen=True)
class KeptGroup:
    """Tables that belong together, under one heading."""

    key: str
    title: Words
    tables: tuple[KeptTable, ...]

    def words(self) -> Iterator[Words]:
        """All that it says, heading by heading and line by line."""
        yield self.title
        for table in self.tables:
            yield table.title
            yield from (words for entry in table.entries for words in (entry.what, entry.how_long))


@cache
def kept(language: str) -> tuple[KeptGroup, ...]:
    """The whole list. English says what there is; what a language lacks stands in English.

    Raises KeyError, TypeError, ValueError or AttributeError for a file that has another shape.
    """
    own = _by_name(_read(language))
    return tuple(_group(group, own, language) for group in _read("en"))


def _group(held: dict[str, Any], own: dict[str, Any], language: str) -> KeptGroup:
    tables = tuple(_table(table, own, language) for table in held["tables"])
    return KeptGroup(held["key"], _words(own, f"group {held['key']}", held["title"], language), tables)


def _table(held: dict[str, Any], own: dict[str, Any], language: str) -> KeptTable:
    entries = []
    for name, (what, how_long) in _columns(held).items():
        here = (name in own) * language or "en"
        what, how_long = own.get(name, (what, how_long))
        entries.append(Kept(name, Words(what, here), Words(how_long, here)))
    return KeptTable(held["key"], _words(own, f"table {held['key']}", held["title"], language), tuple(entries))


def _by_name(groups: list[dict[str, Any]]) -> dict[str, Any]:
    """What one language says of each group, table and column."""
    found: dict[str, Any] = {}
    for group in groups:
        found[f"group {group['key']}"] = group["title"]
        for table in group["tables"]:
            found[f"table {table['key']}"] = table["title"]
            found |= _columns(table)
    return found


def _columns(table: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """What each column of a table is and how long it stays."""
    told = {
        name: (said["what"], said["how_long"]) if isinstance(said, dict) else (said, table["how_long"])
        for name, said in table["columns"].items()
    }
    if not all(isinstance(words, str) and words for both in told.values() for words in both):
        raise ValueError(f"{table['key']}: something is not said")
    return told


def _words(own: dict[str, Any], name: str, english: str, language: str) -> Words:
    return Words(own[name], language) if isinstance(own.get(name), str) else Words(english, "en")


def _read(language: str) -> list[dict[str, Any]]:
    """One language's list; empty where a host's own language has none."""
    file = LANGUAGES[language].folder / "kept.yaml"
    held = read(file) if file.is_file() else []
    if not isinstance(held, list):
        raise ValueError(f"{file}: not a list")
    return held
