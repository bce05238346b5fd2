"""18:00 stays 18:00, whatever is done to the clock on the wall (`sessions.schedule.clock`)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sessions.schedule.clock import ScheduleRefused, moment, read_day, read_number, read_time, read_zone, zones

ZONES = ("America/Los_Angeles", "Europe/London", "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata")
QUARTER = timedelta(minutes=15)


def changes(zone: str) -> list[date]:
    """Every day from 2000 to 2040 on which the clock of a zone is changed, found by looking at each."""
    place, day, found = ZoneInfo(zone), date(2000, 1, 1), []
    while day.year < 2040:
        noons = (datetime.combine(one, time(12), place).utcoffset() for one in (day - timedelta(days=1), day))
        if len({*noons}) == 2:
            found.append(day)
        day += timedelta(days=1)
    return found


def oracle(zone: str, day: date, minute: int) -> tuple[datetime, datetime]:
    """The moment and the wall's time, found by trying every offset there is; not by what the code does."""
    meant, place = datetime.combine(day, time()) + timedelta(minutes=minute), ZoneInfo(zone)
    tries = sorted(meant.replace(tzinfo=UTC) - QUARTER * quarters for quarters in range(-56, 57))
    for at in tries:
        if at.astimezone(place).replace(tzinfo=None) == meant:
            return at, meant
    day_before, day_after = (meant.replace(tzinfo=UTC) + timedelta(days=days) for days in (-1, 1))
    gap = day_after.astimezone(place).utcoffset() - day_before.astimezone(place).utcoffset()
    return oracle(zone, (meant + gap).date(), (meant + gap).hour * 60 + (meant + gap).minute)


@pytest.mark.parametrize("zone", ZONES)
def test_each_minute_of_the_night_that_the_clock_changes_is_where_the_oracle_says(zone: str) -> None:
    nights = [*changes(zone)[:4], *changes(zone)[-4:], date(2026, 6, 1)]
    for day in nights:
        for minute in range(0, 4 * 60, 5):
            ours = moment(zone, day, minute)
            assert (ours.at, ours.wall) == oracle(zone, day, minute), (zone, day, minute)


@given(st.sampled_from(ZONES), st.dates(date(2000, 1, 2), date(2037, 12, 30)), st.integers(0, 24 * 60 - 1))
def test_any_minute_of_any_day_is_where_the_oracle_says(zone: str, day: date, minute: int) -> None:
    ours = moment(zone, day, minute)
    assert (ours.at, ours.wall) == oracle(zone, day, minute)
    assert ours.skipped == (ours.wall != datetime.combine(day, time()) + timedelta(minutes=minute))


def test_an_hour_that_is_skipped_moves_on_and_says_so() -> None:
    spring = moment("America/Los_Angeles", date(2026, 3, 8), 2 * 60 + 30)
    assert (f"{spring.wall:%H:%M}", spring.skipped) == ("03:30", True)
    half_an_hour = moment("Australia/Lord_Howe", date(2026, 10, 4), 2 * 60)
    assert (f"{half_an_hour.wall:%H:%M}", half_an_hour.skipped) == ("02:30", True)


def test_an_hour_that_comes_twice_is_the_first_one() -> None:
    autumn = moment("America/Los_Angeles", date(2026, 11, 1), 60 + 30)
    assert (autumn.at, autumn.skipped) == (datetime(2026, 11, 1, 8, 30, tzinfo=UTC), False)


def test_a_day_that_a_zone_skips_whole_is_the_next_one() -> None:
    apia = moment("Pacific/Apia", date(2011, 12, 30), 18 * 60)
    assert (f"{apia.wall:%Y-%m-%d %H:%M}", apia.skipped) == ("2011-12-31 18:00", True)


def refused(rule: object, *typed: object) -> tuple[str, str]:
    with pytest.raises(ScheduleRefused) as told:
        rule(*typed)  # type: ignore[operator]
    return told.value.field, told.value.reason


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "2026-02-30",
            "0001-01-01",
            "9999-12-31",
            "1999-12-31",
            "2101-01-01",
            "2026-2-3",
            "20260203",
            "2026-W05-2",
        ),
        *("٢٠٢٦-٠١-٠١", "2026-01-01T00:00", "x", "2026-13-01", "2026-01-01\x00"),
    ],
)
def test_there_is_no_such_day(typed: str) -> None:
    assert refused(read_day, typed, "first") == ("first", "none")


@pytest.mark.parametrize("typed", ["", "24:00", "18", "6:00", "18:60", "18:00:30", "-1:00", "１８:００", "18:00 pm"])
def test_there_is_no_such_time(typed: str) -> None:
    assert refused(read_time, typed) == ("start", "none")


@pytest.mark.parametrize("typed", ["", "0", "-5", "481", "1e2", "6.5", "999999", "sixty", "٦٠"])
def test_a_number_that_is_none_or_out_of_bounds(typed: str) -> None:
    assert refused(read_number, typed, 5, 480, "minutes") == ("minutes", "number")


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "../etc/passwd",
            "/etc/localtime",
            "America/../UTC",
            "localtime",
            "posixrules",
            "Mars/Olympus",
            "EST\x00",
        ),
        *("america/los_angeles", "America/", "America", "Etc/GMT+99"),
    ],
)
def test_there_is_no_such_zone(typed: str) -> None:
    assert refused(read_zone, typed) == ("zone", "none")


def test_zones_days_and_times_are_read() -> None:
    assert read_zone(" America/Argentina/Ushuaia ") == "America/Argentina/Ushuaia"
    assert {*ZONES, "UTC"} <= zones()
    assert read_day("2024-02-29") == date(2024, 2, 29)
    assert (read_time("00:00"), read_time("23:59"), read_time("18:00:00")) == (0, 1439, 1080)
    assert read_number("60", 5, 480, "minutes") == 60
