"""Places that help as a file for spreadsheets, and read from one again exactly as they were; strictly."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sessions.cells import FORMULA_SIGNS, MARK
from sessions.schedule import places
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.places import WALK_IN, Place, PlaceWords
from sessions.words import clean_line

COLUMNS = ("kind", "name", "hours", "phone", "address", "languages", "walk_in", "note", "checked_on")
"""What stands in the first row, in every language."""
NEEDED = ("kind", "name")
LONGEST_FILE = 60 * 1024
"""Bytes: so much of what one request may bring (64 KB) is left for its form."""
MOST_TOLD = 10

_SEPARATORS = ",;\t"
_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_TWO_BYTES = b"\xff\xfe", b"\xfe\xff"


@dataclass(frozen=True)
class Wrong:
    """One cell that can't be taken: its row as a spreadsheet counts them, 0 where the whole file is meant; its column.

    `reason` is one of: empty, long, none, list, ahead, twice, many (as ScheduleRefused says of a field); quotes (they
    don't match), cells (more than in the first row), unknown (no such column, `what`), again (that column is there
    already), lacks (a column that is needed); and of a file: letters (no UTF-8), two-bytes (UTF-16), workbook.
    """

    row: int
    column: str
    reason: str
    what: str = ""


class PlacesRefused(Exception):
    """A file can't be taken. `wrong` is why: the first ten cells, from the top."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__(wrong)
        self.wrong = wrong[:MOST_TOLD]


@dataclass(frozen=True)
class Row:
    """One row of a file: its number, and what it says, by column. A column that the file lacks is not in it."""

    number: int
    cells: dict[str, str]


def written(held: Iterable[Place]) -> str:
    """These places as a file, with the mark that tells a spreadsheet that it is UTF-8."""
    text = io.StringIO()
    lines = csv.writer(text, quoting=csv.QUOTE_ALL)
    lines.writerow(COLUMNS)
    lines.writerows([_guarded(cell) for cell in cells_of(place).values()] for place in held)
    return MARK + text.getvalue()


def cells_of(place: Place) -> dict[str, str]:
    """A place as somebody would type it, by column."""
    walk_in = next(typed for typed, said in WALK_IN.items() if said == place.walk_in)
    return {name: getattr(place, name) or "" for name in COLUMNS} | {"walk_in": walk_in}


def decoded(file: bytes) -> str:
    """The text of a file. Raises PlacesRefused: workbook, two-bytes, letters."""
    if file.startswith(_WORKBOOK):
        raise PlacesRefused([Wrong(0, "", "workbook")])
    if file.startswith(_TWO_BYTES) or b"\0" in file:
        raise PlacesRefused([Wrong(0, "", "two-bytes")])
    try:
        return file.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PlacesRefused([Wrong(file.count(b"\n", 0, error.start) + 1, "", "letters")]) from None


def read(text: str, today: date) -> list[Row]:
    """The rows of a file, each with its words cleaned and right by itself. Raises PlacesRefused."""
    if len(text.encode(errors="replace")) > LONGEST_FILE:
        raise PlacesRefused([Wrong(0, "", "long")])
    text = text.removeprefix(MARK)
    head, *lines = _lines(text) or [(1, [])]
    columns = [clean_line(cell).casefold() for cell in _without_empty_ends(head[1])]
    wrong = list(_wrong_head(head[0], columns))
    if wrong:
        raise PlacesRefused(wrong)
    rows: list[Row] = []
    seen: set[tuple[str, str]] = set()
    for number, cells in lines:
        if len(_without_empty_ends(cells)) > len(columns):
            wrong.append(Wrong(number, "", "cells"))
            continue
        # Of cells that are empty, a spreadsheet may leave out the last ones of a row.
        said = dict(zip(columns, [_cleaned(cell) for cell in cells] + [""] * len(columns), strict=False))
        said |= {name: said[name].casefold().replace(" ", "-") for name in ("kind", "walk_in") if name in said}
        row = Row(number, said)
        mistakes = list(_wrong_cells(row, today))
        key = places.same(said["kind"], said["name"])
        if not mistakes and key in seen:
            mistakes = [Wrong(number, "name", "twice")]
        seen.add(key)
        wrong += mistakes
        rows.append(row)
    if wrong:
        raise PlacesRefused(wrong)
    if not rows:
        raise PlacesRefused([Wrong(0, "", "empty")])
    return rows


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold anything, with their numbers. Raises PlacesRefused: quotes."""
    lines: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                lines.append((number, cells))
    except csv.Error:
        raise PlacesRefused([Wrong(number + 1, "", "quotes")]) from None
    return lines


def _separator(text: str) -> str:
    """What stands between the cells: what the names of our columns have between them in the first row."""
    first = re.split(r"[\r\n]", text.lstrip("\r\n"), maxsplit=1)[0]
    return max(_SEPARATORS, key=first.count)


def _without_empty_ends(cells: list[str]) -> list[str]:
    full = [at for at, cell in enumerate(cells, 1) if cell.strip()]
    return cells[: max(full, default=0)]


def _wrong_head(number: int, columns: list[str]) -> Iterator[Wrong]:
    if not any(columns):
        yield Wrong(0, "", "empty")
        return
    for at, name in enumerate(columns):
        if name not in COLUMNS:
            yield Wrong(number, "", "unknown", name)
        elif name in columns[:at]:
            yield Wrong(number, name, "again")
    for name in NEEDED:
        if name not in columns:
            yield Wrong(number, name, "lacks")


def _wrong_cells(row: Row, today: date) -> Iterator[Wrong]:
    """What is wrong in a row, from the left: each cell is read as the form reads it, with the others right."""
    for name, cell in row.cells.items():
        right = {"kind": places.KINDS[0], "name": "x"}
        try:
            if name == "checked_on":
                row.cells[name] = places.read_checked(cell, today) or ""
            else:
                places.read(PlaceWords(**(right | {name: cell})))
        except ScheduleRefused as refused:
            yield Wrong(row.number, name, refused.reason)


def _guarded(words: str) -> str:
    """Words that stay words in a spreadsheet: an apostrophe before what it would take for a formula or a number."""
    return f"'{words}" if _is_taken(words.lstrip("'")) else words


def _cleaned(cell: str) -> str:
    """What `_guarded` was given. A cell that somebody typed without the apostrophe is as it is."""
    cell = clean_line(cell)
    return clean_line(cell[1:]) if cell.startswith("'") and _is_taken(cell.lstrip("'")) else cell


def _is_taken(words: str) -> bool:
    """Whether a spreadsheet takes this for a formula, a number, a day: 9-5 would be the ninth of May."""
    return words.startswith(FORMULA_SIGNS) or (bool(re.search(r"\d", words)) and not re.search(r"[^\W\d_]", words))
