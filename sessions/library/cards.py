"""The cards a leader may teach from: a file each, in every language, read strictly.

A card that is not right is left out and said at start-up, with file, line and field; the others are there. Where a
language has no such card, or not a right one, the English one stands in its place and says so by its `language`.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Protocol

import yaml

from sessions.library.languages import LANGUAGES
from sessions.library.strict import Notes, Sheet, compose

MOVES = ("drug", "set", "setting")
FEWEST_LINES, MOST_LINES = 3, 5
MOST_SOURCES = 8
CHECKED_FOR = timedelta(days=184)
"""What a clinician signed is looked at again within half a year: what is sold on the street changes."""

FIELDS = ("key", "place", "title", "lines", "sources", "reviewed_by", "reviewed_on", "review_by", "local")


@dataclass(frozen=True)
class CardLine:
    """One thing a card says, and which of drug, set and setting it moves."""

    text: str
    moves: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """Where it was taken from. What was only printed, or is no longer found, has no `url`."""

    name: str
    url: str | None


@dataclass(frozen=True)
class Card:
    """One card in `language`. `local` names what a site may add to it, `said_here` is what it did add.

    `own`: written by staff of a building; its key is an id then.

    `reviewed_by` is empty until a named clinician, and for a translation a speaker too, have signed it.
    """

    key: str
    place: int
    title: str
    lines: tuple[CardLine, ...]
    sources: tuple[Source, ...]
    reviewed_by: str | None
    reviewed_on: date | None
    review_by: date
    local: str | None
    language: str
    said_here: str = ""
    own: bool = False

    def is_stale(self, day: date) -> bool:
        """Whether the day by which somebody should have looked at it again is over."""
        return self.review_by < day


@cache
def cards(language: str) -> dict[str, Card]:
    """The cards by their keys, in order; each in English where `language` has none that is right."""
    own = {card.key: replace(card, language=language) for card in _read(language)[0]}
    english = {card.key: card for card in _read("en")[0]}
    return {card.key: card for card in sorted((english | own).values(), key=lambda card: (card.place, card.key))}


def complaints() -> list[str]:
    """What is wrong with the cards of every language: a sentence each, with file, line and field."""
    return [sentence for language in LANGUAGES for sentence in _read(language)[1]]


class Signed(Protocol):
    """What a clinician signs."""

    @property
    def reviewed_by(self) -> str | None: ...
    @property
    def reviewed_on(self) -> date | None: ...
    @property
    def review_by(self) -> date: ...


def check_signature(sheet: Sheet, signed: Signed) -> None:
    """Note a signature that is only half there, or one that is to hold for longer than half a year."""
    if bool(signed.reviewed_by) != bool(signed.reviewed_on):
        sheet.wrong("reviewed_on", "Who signed it and on which day go together: both, or null for both.")
    elif signed.reviewed_on and signed.review_by > signed.reviewed_on + CHECKED_FOR:
        sheet.wrong("review_by", "This is more than half a year after it was signed.")


def read_source(node: yaml.Node, notes: Notes, inside: str) -> Source:
    """One source of a card, or of a way."""
    sheet = Sheet(node, ("name", "url"), notes, inside)
    return Source(sheet.text("name"), sheet.address_or_none("url"))


def _read(language: str) -> tuple[list[Card], list[str]]:
    """The cards of one language that are right, and what is wrong with the others."""
    found: list[Card] = []
    wrong: list[str] = []
    for file in sorted((LANGUAGES[language].folder / "cards").glob("*.yaml")):
        try:
            card, noted = _card(str(file), file.stem, file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            card, noted = None, (f"{file}: This can't be read as text in UTF-8 ({type(error).__name__}).",)
        found += [card] if card else []
        wrong += noted
    return found, wrong


@cache
def _card(file: str, key: str, text: str) -> tuple[Card | None, tuple[str, ...]]:
    """One card, or what is wrong with it. The same words are read once."""
    notes = Notes(file)
    tree = compose(text, notes)
    if tree is None:
        return None, tuple(notes.sentences)
    sheet = Sheet(tree, FIELDS, notes)
    card = Card(
        key=sheet.text("key"),
        place=sheet.number("place"),
        title=sheet.text("title"),
        lines=tuple(
            _line(node, notes, f"lines {number}")
            for number, node in enumerate(sheet.entries("lines", FEWEST_LINES, MOST_LINES), 1)
        ),
        sources=tuple(
            read_source(node, notes, f"sources {number}")
            for number, node in enumerate(sheet.entries("sources", 1, MOST_SOURCES), 1)
        ),
        reviewed_by=sheet.text_or_none("reviewed_by"),
        reviewed_on=sheet.day_or_none("reviewed_on"),
        review_by=sheet.day("review_by") or date.min,
        local=sheet.text_or_none("local"),
        language="en",
    )
    if card.key and card.key != key:
        sheet.wrong("key", f"The key and the name of the file are one. This file would be {card.key}.yaml.")
    if card.sources and not any(source.url for source in card.sources):
        sheet.wrong("sources", "One of the sources at least needs an address.")
    check_signature(sheet, card)
    return (None if notes.sentences else card), tuple(notes.sentences)


def _line(node: yaml.Node, notes: Notes, inside: str) -> CardLine:
    sheet = Sheet(node, ("text", "moves"), notes, inside)
    return CardLine(sheet.text("text"), sheet.some_of("moves", MOVES))
