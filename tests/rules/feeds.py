"""What other people's programs make of a feed of ours: read back with `recurring-ical-events`, which is not ours."""

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

import icalendar
import recurring_ical_events

from sessions.schedule import feeds, ical
from sessions.schedule.feeds import Feed
from sessions.schedule.gatherings import ON, Gathering
from sessions.schedule.ical import Said
from tests.rules.cast import House

SAID = Said("Open group", "Led by: {who}", "Nobody leads it yet", "My groups")


class Seen(NamedTuple):
    """One date as a calendar shows it: from when to when (UTC), where, who, whether it takes place."""

    at: datetime
    ends: datetime
    room: str
    leader: str
    takes_place: bool


def feed(house: House, what: str, of: str, now: datetime, said: Said = SAID) -> icalendar.Calendar:
    """The feed as another program gets it."""
    text = house.ask(ical.written, Feed(what=what, of=of), said, now)
    read = icalendar.Calendar.from_ical(text)
    assert isinstance(read, icalendar.Calendar)
    return read


def read_back(calendar: icalendar.Calendar, first: date, days: int) -> list[Seen]:
    """Every date of it, as somebody else's program works them out."""
    found = recurring_ical_events.of(calendar).between(first, first + timedelta(days=days))
    return sorted(
        Seen(
            event.start.astimezone(UTC),
            event.end.astimezone(UTC),
            str(event["location"]).partition(",")[0],
            str(event["description"]).removeprefix("Led by: "),
            event["status"] == "CONFIRMED",
        )
        for event in found
    )


def ours(seen: list[Gathering], rooms: dict[str, str], called: dict[str, str]) -> list[Seen]:
    """The same of our own calendar."""
    return sorted(
        Seen(
            one.at,
            one.ends,
            rooms[one.room_id],
            SAID.nobody if one.needs_cover or one.account_id is None else called[one.account_id],
            one.state == ON,
        )
        for one in seen
    )


def made(house: House, actor: str, what: str, of: str) -> str:
    """Make an address; its secret."""
    token: str = house.do(feeds.make, actor, what, of)
    return token
