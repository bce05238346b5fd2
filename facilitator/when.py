"""Days and times in the reader's words, as the clock on the building's wall shows them."""

from datetime import date, datetime, time

from flask_babel import format_date, format_time


def day(on: date) -> str:
    """A day: `Tuesday, November 24, 2026`."""
    return str(format_date(on, "full"))


def short_day(on: date | str) -> str:
    """A day in few characters: `Nov 24, 2026`. One that is kept as text is read first."""
    return str(format_date(date.fromisoformat(on) if isinstance(on, str) else on, "medium"))


def month(of: date) -> str:
    """A month: `November 2026`."""
    return str(format_date(of, "LLLL y"))


def quarter(of: date) -> str:
    """A quarter: `4th quarter 2026`."""
    return str(format_date(of, "QQQQ y"))


def in_month(on: date) -> str:
    """A day where its month is known: `Tue 24`."""
    return str(format_date(on, "EEE d"))


def clock(at: datetime | int) -> str:
    """A time of day, from what a wall shows or from minutes after midnight: `6:00 PM`."""
    shown = at.time() if isinstance(at, datetime) else time(at // 60, at % 60)
    words = str(format_time(datetime.combine(date(2000, 1, 1), shown), "short", rebase=False))
    return words.replace("\u202f", "\u00a0")  # a narrow space that some fonts do not have


def typed(minute: int | None) -> str:
    """Minutes after midnight as a form holds them: `18:00`; '' for none."""
    return "" if minute is None else time(minute // 60, minute % 60).strftime("%H:%M")
