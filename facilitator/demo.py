"""A house with something on every page, to look around in: made-up buildings, groups and accounts, and nobody real.

It is for an install that nobody uses. What it makes goes through the same rules as what a person types.
"""

import uuid
from datetime import date, timedelta

from sqlalchemy.orm import Session

from facilitator.demo_house import LIMITS, furnish
from sessions import accounts, host, own_plans, own_rules
from sessions.accounts import Person
from sessions.host import Host
from sessions.permissions import ADMIN, FACILITATOR, HOUSING
from sessions.schedule import buildings, closures, coming_along, edits, held, listing, plans, supplies
from sessions.schedule.buildings import BuildingWords, RoomWords
from sessions.schedule.held import Place, Typed
from sessions.schedule.series import FORTNIGHTLY, NTH, WEEKLY, Planned, Series

WEEKS_AGO, WEEKS_AHEAD = 15, 8
"""Long enough ago that a quarter of a year may be told of."""
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
HEADS = (8, 9, 7, 12)
"""Any four one after the other have a sum that may be said beside their bands."""
HANDED_OUT = (("Naloxone kits", "4"), ("Bottled water", "12"), ("Socks, pairs", "6"))
TAUGHT = (("naloxone",), ("food-water-sleep", "using-alone"), ("drug-set-setting",), ())
NEXT_TIME = "Begin the learning part later: people were still eating."
OWN_PLAN = "Our hour, with soup"
OWN_RULES = ("Shoes off is fine.", "Who cooks, speaks first.")


class NotEmpty(Exception):
    """Somebody has an account here: this is no place for made-up ones."""


def fill(db: Session, passphrase_hash: str, today: date) -> None:
    """Fill an empty place. Every account has this passphrase. Raises NotEmpty."""
    if accounts.anybody(db):
        raise NotEmpty
    people = {email: accounts.add(db, email, role, passphrase_hash) for email, (role, _, _) in PEOPLE.items()}
    for email, (_, name, paid_by) in PEOPLE.items():
        accounts.introduce(db, people[email].id, name, paid_by, "harm to a child, by the law of this state")
    host.write(db, Host("Demo Homes", landlord=True, limits=LIMITS, address="12 Demo Street", naloxone="Front desk"))
    ana, noor, esi, _ = people.values()
    _what_is_hers(db, ana)
    for place, (name, rooms) in enumerate(BUILDINGS.items()):
        made = buildings.add(db, esi.id, BuildingWords(name, name, ZONE, "22:00", "07:00"))
        rooms_made = [buildings.add_room(db, esi.id, made.id, RoomWords(room, "16", place == 0)) for room in rooms]
        ids = [room.id for room in rooms_made if room]
        furnish(db, esi, made.id, name, today)
        # In one of the buildings there is a group today, whichever day that is.
        first = today - timedelta(weeks=WEEKS_AGO) + timedelta(days=place)
        tea = _group(db, esi, "Tea and talk", ids[0], WEEKLY, first, "18:00", ana)
        _group(db, esi, "Soup and cards", ids[0], WEEKLY, first + timedelta(days=1), "12:00", noor)
        _group(db, esi, "Breakfast and a chat", ids[-1], FORTNIGHTLY, first + timedelta(days=3), "09:30", noor)
        evening = _group(db, esi, "Open evening", ids[-1], NTH, _nth(first + timedelta(days=2)), "19:30", None)
        listing.list_building(db, esi.id, made.id, True)
        for group in (tea, evening):
            begins = date.fromisoformat(group.first)
            listing.list_group(db, esi.id, group.id, begins, True, group.title)
            coming_along.set_plan(db, esi.id, group.id, begins, "", ("en", "es"))
        _told(db, ana, tea, today)
        _changes(db, esi, tea, today, place)
        closed = (today + timedelta(days=26 + place)).isoformat()
        closures.close(db, esi.id, made.id, closed, "", "The boiler is changed")


def _what_is_hers(db: Session, ana: Person) -> None:
    """What Ana keeps for her next circles: a plan, rules, what she hands out."""
    own_plans.copy(db, ana.id, "60", OWN_PLAN)
    own_rules.keep(db, ana.id, own_rules.whole([("", words) for words in OWN_RULES]))
    supplies.set_supplies(db, ana.id, "\n".join(name for name, _ in HANDED_OUT))


def _group(
    db: Session, esi: Person, title: str, room_id: str, kind: str, first: date, start: str, leader: Person | None
) -> Series:
    until = first + timedelta(weeks=WEEKS_AGO + WEEKS_AHEAD)
    led_by = leader.id if leader else ""
    return plans.add(
        db, esi.id, Planned(title, room_id, kind, first.isoformat(), until.isoformat(), start, "60", led_by)
    )


def _told(db: Session, ana: Person, group: Series, today: date) -> None:
    """Heads, cards and supplies of the dates that are over, and a line from the last one."""
    days = [date.fromisoformat(group.first) + timedelta(weeks=week) for week in range(WEEKS_AGO)]
    over = [day for day in days if day < today]
    for week, day in enumerate(over):
        heads, cards = str(HEADS[week % len(HEADS)]), TAUGHT[week % len(TAUGHT)]
        typed = Typed(str(uuid.uuid4()), heads, "60", cards, HANDED_OUT, NEXT_TIME if day == over[-1] else "")
        held.tell(db, ana.id, typed, place=Place(group.building_id, day, group.id))


def _changes(db: Session, esi: Person, group: Series, today: date, place: int) -> None:
    """What every month has: a date that needs cover, one that is called off, one that is moved. Not all everywhere."""
    first = date.fromisoformat(group.first)
    coming = [day for week in range(WEEKS_AGO + 4) if (day := first + timedelta(weeks=week)) > today]
    if place == 0:
        edits.cancel(db, esi.id, group.id, coming[1])
    elif place == 1:
        edits.need_cover(db, esi.id, group.id, coming[0])
    else:
        edits.move(db, esi.id, group.id, coming[0], coming[0].isoformat(), "17:00", "Dinner is at six that day")


def _nth(day: date) -> date:
    """The same weekday within the first four weeks of a month: a fifth one is not in every month."""
    return day if day.day <= 28 else day + timedelta(weeks=1)
