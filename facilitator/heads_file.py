"""What is published of heads, as a file for a spreadsheet: a line for each thing that is told."""

import csv
import io
from collections.abc import Iterator

from flask_babel import gettext

from facilitator import language, when
from sessions.cells import FORMULA_SIGNS, MARK
from sessions.library import cards
from sessions.schedule.heads import OfQuarter, Report


def written(building: str, seen: OfQuarter, bands: dict[str, str]) -> str:
    """The file, in the reader's language. `bands` says what each band is called."""
    text = io.StringIO()
    lines = csv.writer(text, quoting=csv.QUOTE_ALL)
    columns = gettext("Building"), gettext("When"), gettext("Group"), gettext("What"), gettext("How many")
    lines.writerow(columns)
    months = [(when.month(first), report) for first, report in zip(seen.quarter.months, seen.months, strict=True)]
    for period, report in [*months, (when.quarter(seen.quarter.months[0]), seen.whole)]:
        for line in _lines(period, report, bands) if report else ():
            lines.writerow([_cell(building), *map(_cell, line)])
    return MARK + text.getvalue()


def _lines(period: str, report: Report, bands: dict[str, str]) -> Iterator[tuple[str, str, str, str]]:
    for circle in report.circles:
        yield circle.day, circle.group, gettext("Heads in this circle"), bands[circle.heads]
    yield period, "", gettext("Circles held"), str(report.held)
    yield period, "", gettext("Minutes"), str(report.minutes)
    if report.heads is not None:
        yield period, "", gettext("Heads, all together"), str(report.heads)
    yield period, "", gettext("Cards taught"), str(sum(report.cards.values()))
    titles = cards(language.current())
    for key, times in report.cards.items():
        yield period, "", gettext("Card: %(title)s", title=titles[key].title if key in titles else key), str(times)
    for name, number in report.supplies.items():
        yield period, "", gettext("Handed out: %(name)s", name=name), str(number)


def _cell(words: str) -> str:
    """Words that are words to a spreadsheet, too."""
    return f"'{words}" if words.startswith(FORMULA_SIGNS) else words
