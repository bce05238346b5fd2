"""A plan as a file that people can read and write: YAML, of which only texts, lists and pairs are taken.

Nothing in a file is ever made into anything but text. It is read event by event, so what does not belong is refused
where it stands, with its line, before anything is built from it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NoReturn

import yaml

from sessions.library import parts
from sessions.plan_sheet import (
    MOST_LINES,
    MOST_PARTS,
    Part,
    PlanRefused,
    numbered,
    reworded,
    said,
    titled,
    whole_minutes,
)
from sessions.words import clean_line

LONGEST_FILE = 64 * 1024
"""Characters."""
OF_A_PLAN = ("title", "parts")
OF_A_PART = ("kind", "minutes", "name", "words", "script")
NOTHING = ("", "~", "null")
"""What YAML writes, without quotes, where there is nothing."""
TWO_COLONS = re.compile(r":\s.*:(\s|$)")
ONE_LINE = 10_000


class FileRefused(Exception):
    """A file is not a plan. `line` counts from 1; `what` is the word, or the field, that the refusal is about.

    `reason` is one of: long (the whole file), empty, second (another document), unread (no YAML), tab, sign (a letter
    that can't be kept), letters (no UTF-8), colon (without quotes), special (an anchor, an alias, a tag), pairs, list,
    text (wanted instead of what is there), unknown (a word before a colon), twice, lacks; and what PlanRefused says of
    a part or a title.
    """

    def __init__(self, reason: str, line: int, what: str = "", over: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.line, self.what, self.over = reason, line, what, over


@dataclass(frozen=True)
class Text:
    """A text in a file, and its line."""

    text: str
    line: int


NONE = Text("", 0)


def written(title: str, sheet: Sequence[Part], language: str, notes: Sequence[str]) -> str:
    """The plan as a file, in the words a reader of this language sees; `notes` stand above it as comments."""
    held = []
    for part in sheet:
        words = said(part, language)
        spoken = {"name": words.name, "words": words.words, "script": list(words.script)}
        held.append({"kind": part.key, "minutes": part.minutes} | spoken)
    comments = "".join(f"# {note}\n" for note in notes)
    plan = {"title": title, "parts": held}
    return comments + yaml.safe_dump(plan, allow_unicode=True, sort_keys=False, width=ONE_LINE)


def decoded(file: bytes) -> str:
    """The text of a file. Raises FileRefused: letters."""
    try:
        return file.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileRefused("letters", file.count(b"\n", 0, error.start) + 1) from None


def read(file: str) -> tuple[str, list[Part]]:
    """The title and the parts of a plan from a file. Raises FileRefused."""
    if len(file) > LONGEST_FILE:
        raise FileRefused("long", 1)
    return _Reader(file.replace("\r\n", "\n").replace("\r", "\n")).plan()


class _Reader:
    """Reads a plan out of a file, one event of YAML after the other."""

    def __init__(self, file: str) -> None:
        self._lines, self._end = file.splitlines(), len(file)
        try:
            self._yaml = yaml.SafeLoader(file)
        except yaml.reader.ReaderError as error:
            raise FileRefused("sign", file.count("\n", 0, error.position) + 1) from None

    def plan(self) -> tuple[str, list[Part]]:
        """The whole file."""
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            raise FileRefused("empty", 1)
        title, sheet = NONE, None
        begin = self._next()
        if isinstance(begin, yaml.ScalarEvent) and begin.value == "":
            raise FileRefused("empty", 1)
        seen: set[str] = set()
        first = self._pairs(begin)
        while key := self._key(OF_A_PLAN, seen):
            if key.text == "title":
                title = self._text(key)
            else:
                sheet = self._parts(key)
        self._next()  # the document ends
        if not isinstance(more := self._next(), yaml.StreamEndEvent):
            raise FileRefused("second", _line(more))
        if sheet is None:
            raise FileRefused("lacks", first, "parts")
        try:
            return titled(title.text), sheet
        except PlanRefused as refused:
            raise FileRefused(refused.reason, title.line or first, "title", refused.over) from None

    def _parts(self, key: Text) -> list[Part]:
        sheet: list[Part] = []
        begin = self._next()
        if not isinstance(begin, yaml.SequenceStartEvent):
            self._instead("list", begin, key.text)
        while not isinstance(begin := self._next(), yaml.SequenceEndEvent):
            if len(sheet) == MOST_PARTS:
                raise FileRefused("many", _line(begin))
            sheet.append(self._part(begin))
        try:
            return numbered(sheet)
        except PlanRefused as refused:
            raise FileRefused(refused.reason, key.line) from None

    def _part(self, begin: yaml.Event) -> Part:
        line, held, seen = self._pairs(begin), dict.fromkeys(OF_A_PART, NONE), set[str]()
        while key := self._key(OF_A_PART, seen):
            held[key.text] = self._script(key) if key.text == "script" else self._text(key)
        for name in ("kind", "minutes"):
            if not held[name].text:
                raise FileRefused("lacks", held[name].line or line, name)
        kind = held["kind"]
        if kind.text not in parts("en"):
            raise FileRefused("kind", kind.line, clean_line(kind.text))
        try:
            part = Part("", kind.text, whole_minutes(held["minutes"].text))
            return reworded(part, held["name"].text, held["words"].text, held["script"].text)
        except PlanRefused as refused:
            raise FileRefused(refused.reason, held[refused.field].line, refused.field, refused.over) from None

    def _pairs(self, begin: yaml.Event) -> int:
        """Begin to read pairs. Returns their line."""
        if not isinstance(begin, yaml.MappingStartEvent):
            self._instead("pairs", begin)
        return _line(begin)

    def _key(self, known: Sequence[str], seen: set[str]) -> Text | None:
        """The word before the next colon; None after the last pair."""
        event = self._next()
        if isinstance(event, yaml.MappingEndEvent):
            return None
        if not isinstance(event, yaml.ScalarEvent):
            self._instead("text", event)
        key = Text(event.value, _line(event))
        if key.text not in known:
            raise FileRefused("unknown", key.line, clean_line(key.text))
        if key.text in seen:
            raise FileRefused("twice", key.line, key.text)
        seen.add(key.text)
        return key

    def _text(self, key: Text) -> Text:
        return self._scalar(self._next(), key)

    def _script(self, key: Text) -> Text:
        """The lines of a script: a list of them, or one text."""
        begin = self._next()
        if not isinstance(begin, yaml.SequenceStartEvent):
            return self._scalar(begin, key)
        lines: list[str] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            if len(lines) == MOST_LINES:
                raise FileRefused("lines", _line(event), key.text)
            lines.append(self._scalar(event, key).text)
        return replace(key, text="\n".join(lines))

    def _scalar(self, event: yaml.Event, key: Text) -> Text:
        if not isinstance(event, yaml.ScalarEvent):
            self._instead("text", event, key.text)
        nothing = event.style is None and event.value in NOTHING
        return Text("" if nothing else event.value, _line(event))

    def _instead(self, wanted: str, event: yaml.Event, what: str = "") -> NoReturn:
        raise FileRefused(wanted, _line(event), what)

    def _next(self) -> yaml.Event:
        try:
            event: yaml.Event = self._yaml.get_event()
        except yaml.MarkedYAMLError as error:
            mark: Any = error.problem_mark
            if mark and mark.index >= self._end and error.context_mark:
                mark = error.context_mark  # what began here has no end
            raise self._unread(mark.line if mark else self._yaml.line) from None
        except (ValueError, OverflowError):  # of a number in the file that no letter has, or no version
            raise self._unread(self._yaml.line) from None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise FileRefused("special", _line(event))
        return event

    def _unread(self, at: int) -> FileRefused:
        at = min(at, max(len(self._lines) - 1, 0))
        line = self._lines[at] if self._lines else ""
        reason = "tab" if "\t" in line else "colon" if TWO_COLONS.search(line) else "unread"
        return FileRefused(reason, at + 1)


def _line(event: yaml.Event) -> int:
    mark: Any = event.start_mark
    return int(mark.line) + 1
