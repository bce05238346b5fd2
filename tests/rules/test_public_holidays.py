"""Public holidays of the United States, and of nowhere else (`sessions.schedule.public_holidays`)."""

from datetime import date

import pytest

from sessions.schedule import public_holidays

YEAR = date(2026, 1, 1), date(2026, 12, 31)


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "America/Phoenix", "Pacific/Honolulu", "US/Eastern"])
def test_eleven_and_the_weekdays_that_are_off_for_them(zone: str) -> None:
    told = public_holidays.between(zone, *YEAR)
    assert told[date(2026, 11, 26)] == "Thanksgiving Day"
    assert told[date(2026, 7, 3)] == "Independence Day (observed)" and len(told) == 12


@pytest.mark.parametrize("zone", ["Europe/London", "America/Toronto", "America/Puerto_Rico", "Etc/UTC", "EST5EDT"])
def test_nowhere_else(zone: str) -> None:
    assert public_holidays.between(zone, *YEAR) == {}


def test_over_the_end_of_a_year() -> None:
    told = public_holidays.between("America/New_York", date(2027, 12, 20), date(2028, 1, 5))
    assert list(told) == [date(2027, 12, 24), date(2027, 12, 25), date(2027, 12, 31), date(2028, 1, 1)]
    assert public_holidays.between("America/New_York", date(2026, 11, 27), date(2026, 12, 24)) == {}
