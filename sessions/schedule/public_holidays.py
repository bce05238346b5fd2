"""Public holidays, where a zone is of one country whose holidays we tell."""

from datetime import date
from functools import cache
from pathlib import Path

import holidays
import tzdata

from sessions.schedule.clock import zones

UNITED_STATES = "US"
OBSERVED = " (observed)"


def between(zone: str, first: date, last: date) -> dict[date, str]:
    """The public holidays on these days in a zone of the United States, by their English names; elsewhere none.

    A name ends with OBSERVED on the weekday that is off because the holiday itself is on a weekend.
    """
    if zone not in _zones():
        return {}
    told = (_of_year(year) for year in range(first.year, last.year + 1))
    return {day: name for named in told for day, name in named.items() if first <= day <= last}


@cache
def _of_year(year: int) -> dict[date, str]:
    named = holidays.country_holidays(UNITED_STATES, years=year)
    return {day: name for day, name in sorted(named.items()) if day.year == year}


@cache
def _zones() -> frozenset[str]:
    """Every zone of the United States, by its name of today and by the old ones."""
    table = (Path(tzdata.__file__).parent / "zoneinfo" / "zone.tab").read_text("utf-8")
    lines = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    named = {line[2] for line in lines if line[0] == UNITED_STATES}
    return frozenset(named | {zone for zone in zones() if zone.startswith("US/")})
