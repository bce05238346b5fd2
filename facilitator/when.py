"""Days and times in the reader's words, as the clock on the building's wall shows them."""

from datetime import date, datetime, time

from babel.dates import format_skeleton
from flask_babel import format_date, format_time, get_locale, gettext, lazy_gettext

from sessions.schedule.public_holidays import OBSERVED

HOLIDAYS = {
    "New Year's Day": lazy_gettext("New Year’s Day"),
    "Martin Luther King Jr. Day": lazy_gettext("Martin Luther King Jr. Day"),
    "Washington's Birthday": lazy_gettext("Presidents’ Day"),
    "Memorial Day": lazy_gettext("Memorial Day"),
    "Juneteenth National Independence Day": lazy_gettext("Juneteenth"),
    "Independence Day": lazy_gettext("Independence Day"),
    "Labor Day": lazy_gettext("Labor Day"),
    "Columbus Day": lazy_gettext("Indigenous Peoples’ Day and Columbus Day"),
    "Veterans Day": lazy_gettext("Veterans Day"),
    "Thanksgiving Day": lazy_gettext("Thanksgiving Day"),
    "Christmas Day": lazy_gettext("Christmas Day"),
}
"""The public holidays of the United States, as people call them."""


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


def weekday(on: date) -> str:
    """A weekday: `Tuesday`."""
    return str(format_date(on, "EEEE"))


def in_week(on: date) -> str:
    """A day where its week is known: `Tuesday 24`."""
    return str(format_date(on, "EEEE d"))


def near_day(on: date) -> str:
    """A day of the next weeks: `Tue, Nov 24`."""
    return format_skeleton("MMMEd", on, locale=get_locale())


def in_month(on: date) -> str:
    """A day where its month is known: `Tue 24`."""
    return str(format_date(on, "EEE d"))


def clock(at: datetime | int) -> str:
    """A time of day, from what a wall shows or from minutes after midnight: `6:00 PM`."""
    shown = at.time() if isinstance(at, datetime) else time(at // 60, at % 60)
    words = str(format_time(datetime.combine(date(2000, 1, 1), shown), "short", rebase=False))
    return words.replace("\u202f", "\u00a0")  # a narrow space that some fonts do not have


def hour(of: int) -> str:
    """A whole hour beside a picture of a day: `6 PM`, or `18` where the clock has 24 hours."""
    return clock(of * 60).replace(":00", "")


def holiday(name: str) -> str:
    """What a public holiday is called, by its English name: `Thanksgiving Day`."""
    plain = name.removesuffix(OBSERVED)
    words = str(HOLIDAYS.get(plain, plain))
    return words if plain == name else str(gettext("%(holiday)s (day off)", holiday=words))


def typed(minute: int | None) -> str:
    """Minutes after midnight as a form holds them: `18:00`; '' for none."""
    return "" if minute is None else time(minute // 60, minute % 60).strftime("%H:%M")
