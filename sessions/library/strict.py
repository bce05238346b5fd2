"""Reads a file of ours field by field: whatever is wrong in it is said with its file, its line and its field."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from typing import TypeVar
from urllib.parse import urlsplit

import yaml

Read = TypeVar("Read")

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TAG = "tag:yaml.org,2002:"


class Notes:
    """What is wrong in one file, a sentence each."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sentences: list[str] = []

    def add(self, line: int, field: str, sentence: str) -> None:
        """Note what is wrong with this field, in this line (from 1)."""
        where = f", {field}" if field else ""
        self.sentences.append(f"{self.file}, line {line}{where}: {sentence}")


def compose(text: str, notes: Notes) -> yaml.Node | None:
    """The file as a tree that knows its lines; None, and a note, where it can't be read as YAML."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        notes.add(mark.line + 1 if mark else 1, "", f"This can't be read: {error.problem or error.context}.")
        return None
    except yaml.YAMLError:
        notes.add(1, "", "There is a sign in this file that can't be read.")
        return None
    if node is None:
        notes.add(1, "", "The file is empty.")
    return node


class Sheet:
    """The fields of one mapping. Reading goes on after what is wrong, so that one look at the notes tells all.

    What could not be read comes back as something empty: ask the notes before using it.
    """

    def __init__(self, node: yaml.Node, fields: tuple[str, ...], notes: Notes, inside: str = "") -> None:
        self.notes, self.inside, self.line = notes, inside, node.start_mark.line + 1
        self.found: dict[str, yaml.Node] = {}
        if not isinstance(node, yaml.MappingNode):
            notes.add(self.line, inside, "There should be fields here, each with its name and a colon.")
            return
        for name, value in node.value:
            self._take(name, value, fields)
        for name in fields:
            if name not in self.found:
                self.notes.add(self.line, self._called(name), "This field is missing.")

    def text(self, name: str) -> str:
        """Words, which must be there."""
        sentence = "There should be words here, between quotes."
        return self._scalar(name, "str", lambda words: words.strip() or None, sentence) or ""

    def text_or_none(self, name: str) -> str | None:
        """Words, or null."""
        return None if self._is_null(name) else self.text(name) or None

    def number(self, name: str) -> int:
        """A whole number, 0 or more."""
        sentence = "There should be a whole number here."
        return self._scalar(name, "int", lambda digits: int(digits) if digits.isdecimal() else None, sentence) or 0

    def day(self, name: str) -> date | None:
        """A day."""
        sentence = "There should be a day here, like 2026-11-22, without quotes."
        return self._scalar(name, "timestamp", date.fromisoformat, sentence)

    def day_or_none(self, name: str) -> date | None:
        """A day, or null."""
        return None if self._is_null(name) else self.day(name)

    def address_or_none(self, name: str) -> str | None:
        """A web address, or null."""
        words = self.text_or_none(name)
        if words is not None and not is_address(words):
            self.wrong(name, "This is no web address. Write it like https://example.org/page.")
        return words

    def entries(self, name: str, least: int, most: int) -> list[yaml.Node]:
        """The entries of a list, which has as many as it may have."""
        node = self.found.get(name)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(name, "There should be a list here. Each of its entries begins with a dash.")
            return []
        if not least <= len(node.value) <= most:
            self.wrong(name, f"There may be {least} to {most} entries here. This has {len(node.value)}.")
        return list(node.value)

    def some_of(self, name: str, choices: Iterable[str]) -> tuple[str, ...]:
        """Some of these words, each once at most; or none."""
        known = tuple(choices)
        picked = [str(node.value) for node in self.entries(name, 0, len(known))]
        if any(one not in known for one in picked) or len(set(picked)) < len(picked):
            self.wrong(name, f"There may be some of these here, each once: {', '.join(known)}.")
        return tuple(one for one in known if one in picked)

    def wrong(self, name: str, sentence: str) -> None:
        """Note what is wrong with one of the fields."""
        node = self.found.get(name)
        self.notes.add(node.start_mark.line + 1 if node is not None else self.line, self._called(name), sentence)

    def _take(self, name: yaml.Node, value: yaml.Node, fields: tuple[str, ...]) -> None:
        called, line = str(name.value) if isinstance(name, yaml.ScalarNode) else "", name.start_mark.line + 1
        if called not in fields:
            self.notes.add(line, self._called(called), "There is no such field. Is it spelled right?")
        elif called in self.found:
            self.notes.add(line, self._called(called), "This field is here a second time.")
        else:
            self.found[called] = value

    def _scalar(self, name: str, tag: str, made: Callable[[str], Read | None], sentence: str) -> Read | None:
        node = self.found.get(name)
        if node is None:
            return None
        read = None
        if isinstance(node, yaml.ScalarNode) and node.tag == TAG + tag:
            with suppress(ValueError):
                read = made(node.value)
        if read is None:
            self.wrong(name, sentence)
        return read

    def _is_null(self, name: str) -> bool:
        node = self.found.get(name)
        return node is None or node.tag == f"{TAG}null"

    def _called(self, name: str) -> str:
        return " ".join(part for part in (self.inside, name) if part)


def is_address(words: str) -> bool:
    """Whether this is a whole address of a page on the web."""
    try:
        parts = urlsplit(words)
    except ValueError:
        return False
    spaced = any(letter.isspace() for letter in words)
    return parts.scheme in ("http", "https") and "." in (parts.hostname or "") and not spaced
