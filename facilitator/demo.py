"""A house with something on every page, to look around in: made-up buildings, groups and accounts, and nobody real.

It is for an install that nobody uses. What it makes goes through the same rules as what a person types.
"""

import uuid
from datetime import date, timedelta

from sqlalchemy.orm import Session

from sessions import accounts, host
from sessions.accounts import Person
from sessions.host import Host
from sessions.permissions import ADMIN, FACILITATOR, HOUSING
from sessions.schedule import buildings, edits, held, listing, naloxone, numbers, plans
from sessions.schedule.buildings import BuildingWords, RoomWords
from sessions.schedule.held import Place, Typed
from sessions.schedule.numbers import NumberWords
from sessions.schedule.series import FORTNIGHTLY, NTH, WEEKLY, Planned, Series

WEEKS_AGO, WEEKS_AHEAD = 5, 8
PEOPLE = {
    "ana@demo.example": (FACILITATOR, "Ana", "a health group, by the hour"),
    "noor@demo.example": (FACILITATOR, "Noor", "nobody: she is a volunteer"),
    "esi@demo.example": (HOUSING, "Esi", ""),
    "gus@demo.example": (ADMIN, "Gus", ""),
}
BUILDINGS = {
    "Hazel House": ("Lounge A", "Lounge B", "Kitchen"),
    "Linden Court": ("Common room", "Garden room"),
    "Maple Landing": ("Ground floor room",),
}
ZONE = "America/Los_Angeles"
HEADS = (7, 9, 6, 11)


class NotEmpty(Exception):
    """Somebody has an account here: this is no place for made-up ones."""


def fill(db: Session, passphrase_hash: str, today: date) -> None:
    """Fill an empty place. Every account has this passphrase. Raises NotEmpty."""
    if accounts.anybody(db):
        raise NotEmpty
    people = {email: accounts.add(db, email, role, passphrase_hash) for email, (role, _, _) in PEOPLE.items()}
    for email, (_, name, paid_by) in PEOPLE.items():
        accounts.introduce(db, people[email].id, name, paid_by, "harm to a child, by the law of this state")
    host.write(db, Host(run_by="Demo Homes", landlord=True, address="12 Demo Street", naloxone="front desk"))
    ana, noor, esi, _ = people.values()
    first = today - timedelta(weeks=WEEKS_AGO, days=today.weekday())
    for place, (name, rooms) in enumerate(BUILDINGS.items()):
        made = buildings.add(db, esi.id, BuildingWords(name, name, ZONE, "22:00", "07:00"))
        rooms_made = [buildings.add_room(db, esi.id, made.id, RoomWords(room, "16", place == 0)) for room in rooms]
        ids = [room.id for room in rooms_made if room]
        _helps(db, esi, made.id, today)
        tuesdays = _group(db, esi, "Tea and talk", ids[0], WEEKLY, first + timedelta(days=1 + place), "18:00", ana)
        _group(db, esi, "Breakfast and a chat", ids[-1], FORTNIGHTLY, first + timedelta(days=4), "09:30", noor)
        evenings = _group(db, esi, "Open evening", ids[-1], NTH, _nth(first + timedelta(days=3)), "19:00", None)
        listing.list_building(db, esi.id, made.id, True)
        for group in (tuesdays, evenings):
            listing.list_group(db, esi.id, group.id, date.fromisoformat(group.first), True, group.title)
        _told(db, ana, tuesdays, today)
        _changes(db, esi, tuesdays, today)


def _helps(db: Session, esi: Person, building_id: str, today: date) -> None:
    naloxone.add(db, esi.id, building_id, "front desk, first drawer", (today + timedelta(days=400)).isoformat())
    naloxone.add(db, esi.id, building_id, "kitchen, by the door", (today + timedelta(days=20)).isoformat())
    words = NumberWords(
        "Outreach van", "555-0142", "Tuesdays and Thursdays, 5 to 9", "English, Spanish", "They come by."
    )
    numbers.add(db, esi.id, building_id, words)


def _group(
    db: Session, esi: Person, title: str, room_id: str, kind: str, first: date, start: str, leader: Person | None
) -> Series:
    until = first + timedelta(weeks=WEEKS_AGO + WEEKS_AHEAD)
    led_by = leader.id if leader else ""
    planned = Planned(title, room_id, kind, first.isoformat(), until.isoformat(), start, "60", led_by)
    return plans.add(db, esi.id, planned, "made up")


def _told(db: Session, ana: Person, group: Series, today: date) -> None:
    """Heads of the dates that are over."""
    first = date.fromisoformat(group.first)
    for week, heads in enumerate(HEADS):
        day = first + timedelta(weeks=week)
        if day < today:
            typed = Typed(str(uuid.uuid4()), str(heads), "60", ("naloxone",), (), "")
            held.tell(db, ana.id, typed, place=Place(group.building_id, day, group.id))


def _changes(db: Session, esi: Person, group: Series, today: date) -> None:
    """One date called off and one that needs cover, as every month has them."""
    first = date.fromisoformat(group.first)
    next_one, one_after, *_ = (day for week in range(12) if (day := first + timedelta(weeks=week)) > today)
    edits.need_cover(db, esi.id, group.id, next_one)
    edits.cancel(db, esi.id, group.id, one_after)


def _nth(day: date) -> date:
    """The same weekday within the first four weeks of a month: a fifth one is not in every month."""
    return day if day.day <= 28 else day + timedelta(weeks=1)
