"""The board of themes in the reader's words: as a list, and laid out for a big screen, where no two words overlap."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from facilitator import language
from sessions.circle.themes import GROUPS, OnBoard
from sessions.library import tags

WIDTH, HEIGHT = 1600, 640
LARGEST, SMALLEST = 84, 10
SMALL = 0.62
"""How high the small words are, beside the large ones."""
LABEL = 40
ROOM = 1.35
"""Of a line, for the height of its words."""
SHAPE, AFTER_SHAPE, BETWEEN = 0.62, 0.32, 0.9
"""The side of a shape, the space after it, and that between two words, for a word one high."""


@dataclass(frozen=True)
class Word:
    """One theme in the reader's language."""

    group: str
    words: str
    large: bool


@dataclass(frozen=True)
class Box:
    """Where a word and its shape stand, in units of the board; `size` is the height of its letters."""

    word: Word
    x: int
    y: int
    width: int
    height: int
    size: int

    @property
    def middle(self) -> float:
        """Half-way down it."""
        return self.y + self.height / 2

    @property
    def shape(self) -> tuple[float, float, float]:
        """Where its shape begins, across and down, and its side."""
        side = round(self.size * SHAPE, 1)
        return self.x, round(self.middle - side / 2, 1), side

    @property
    def letters(self) -> float:
        """Where its letters begin."""
        return self.x + round(self.size * (SHAPE + AFTER_SHAPE), 1)


@dataclass(frozen=True)
class Band:
    """The words of one shape, beside its name; `y` is where it begins."""

    group: str
    label: str
    y: int
    height: int
    boxes: tuple[Box, ...]

    @property
    def middle(self) -> float:
        """Half-way down it."""
        return self.y + self.height / 2


def words(themes: Sequence[OnBoard]) -> list[Word]:
    """The themes by their words, in the order of the alphabet. One that is both a tag and pinned stands there once."""
    by_id = tags(language.current()).by_id
    named: dict[tuple[str, str], Word] = {}
    for theme in sorted(themes, key=lambda theme: not theme.large):
        word = Word(theme.group, theme.words or by_id[theme.tag].label, theme.large)
        # What is large comes first, as all that was pinned is.
        named.setdefault((word.group, word.words.casefold()), word)
    return sorted(named.values(), key=lambda word: (_in_order(word.words), GROUPS.index(word.group)))


def laid_out(shown: Sequence[Word]) -> list[Band]:
    """The words in a band for each shape, as large as all of them have room for."""
    left = max(_width(_label(group), LABEL) for group in GROUPS) + 2 * LABEL
    for size in range(LARGEST, SMALLEST, -2):
        bands = [_rows([word for word in shown if word.group == group], size, left) for group in GROUPS]
        heights = [max(_height(rows), LABEL * ROOM) for rows in bands]
        spare = HEIGHT - sum(heights)
        if spare >= 0 and all(box.x + box.width <= WIDTH for rows in bands for row in rows for box in row):
            break
    placed, y = [], 0.0
    for group, rows, height in zip(GROUPS, bands, heights, strict=True):
        whole = height + spare / len(GROUPS)
        top = y + (whole - _height(rows)) / 2
        placed.append(Band(group, _label(group), round(y), round(whole), tuple(_down(rows, int(top)))))
        y += whole
    return placed


def _rows(shown: Sequence[Word], size: int, left: float) -> list[list[Box]]:
    """The words of one band, line by line; how far down they stand is not known yet."""
    rows: list[list[Box]] = [[]]
    x = left
    for word in shown:
        letters = size if word.large else round(size * SMALL)
        width = _width(word.words, letters) + (SHAPE + AFTER_SHAPE) * letters
        if rows[-1] and x + width > WIDTH:
            rows.append([])
            x = left
        rows[-1].append(Box(word, round(x), 0, round(width), round(letters * ROOM), letters))
        x += width + BETWEEN * size * SMALL
    return rows


def _down(rows: list[list[Box]], top: int) -> list[Box]:
    placed = []
    for row in rows:
        high = _height([row])
        for box in row:
            placed.append(Box(box.word, box.x, top + (high - box.height) // 2, box.width, box.height, box.size))
        top += high
    return placed


def _height(rows: list[list[Box]]) -> int:
    return sum(max((box.height for box in row), default=0) for row in rows)


def _width(text: str, size: float) -> float:
    """At most how wide a text is in any usual font: the server has none to measure with."""
    return sum(_of_its_height(letter) for letter in text) * size


def _of_its_height(letter: str) -> float:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.category(letter) == "So" or unicodedata.east_asian_width(letter) in "WF":
        return 1.4
    if letter in "ijlIt.,;:!|' ":
        return 0.42
    if letter in "mwMW@%&—" or ord(letter) >= 0x250:
        return 1
    return 0.78 if letter.isupper() else 0.64


def _label(group: str) -> str:
    return next(one.label for one in tags(language.current()).groups if one.key == group)


def _in_order(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if letter.isalnum())
