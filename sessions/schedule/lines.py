"""Whom one can call, as it is shown: the lines we ship, as a building has them, and the building's own numbers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sessions.library import Help
from sessions.schedule.numbers import EMERGENCY, Number, dialled

GOOD_FOR = timedelta(days=90)
"""For how long a number that somebody called counts as checked."""


@dataclass(frozen=True)
class Line:
    """One line as it is shown. `key` is that of a shipped one, or the id of a building's own (`own`).

    `mark` are the shipped words for one that nobody here has checked; `staff_note` is for who looks after it.
    """

    key: str
    name: str
    number: str
    tel: str | None
    sms: str | None
    note: str
    hours: str = ""
    languages: str = ""
    own: bool = False
    always: bool = False
    on: bool = True
    mark: str | None = None
    staff_note: str | None = None
    checked_on: date | None = None
    checked_by: str = ""

    @property
    def unchecked(self) -> bool:
        """Whether it says that nobody here has called it yet."""
        return self.checked_on is None and (self.own or self.mark is not None)

    @property
    def for_trying(self) -> bool:
        """Whether it may be called to see if it works."""
        return self.key != EMERGENCY

    def is_old(self, today: date) -> bool:
        """Whether it is long ago that somebody called it."""
        return self.checked_on is not None and today - self.checked_on > GOOD_FOR


def of(page: Help, said: Iterable[Number] = (), off_too: bool = False) -> list[Line]:
    """The lines of a help page, as a building has them: those that are always on, its own by name, the others."""
    rows = list(said)
    by_key = {row.line: row for row in rows if row.line}
    shipped = [_shipped(one, by_key.get(one.key)) for one in page.numbers]
    own = sorted((_own(row) for row in rows if not row.line), key=lambda line: (line.name.casefold(), line.key))
    ordered = [*(line for line in shipped if line.always), *own, *(line for line in shipped if not line.always)]
    return [line for line in ordered if line.on or off_too]


def _shipped(one: object, row: Number | None) -> Line:
    names = ("key", "name", "number", "tel", "sms", "note", "mark", "staff_note", "always")
    line = {name: getattr(one, name) for name in names}
    if row is None:
        return Line(**line)
    return Line(**line, on=line["always"] or not row.off, checked_on=_checked_on(row), checked_by=row.checked_by)


def _own(row: Number) -> Line:
    return Line(
        key=row.id,
        name=row.name,
        number=row.number,
        tel=dialled(row.number),
        sms=None,
        note=row.note,
        hours=row.hours,
        languages=row.languages,
        own=True,
        checked_on=_checked_on(row),
        checked_by=row.checked_by,
    )


def _checked_on(row: Number) -> date | None:
    return date.fromisoformat(row.checked_on) if row.checked_on else None
