"""Heads that Ana told in months that are over, written straight into a server's database, for what is looked at."""

import uuid
from contextlib import closing
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import text

from sessions.database import Database
from sessions.schedule import buildings, group_rules, held, plans
from sessions.schedule.buildings import BuildingWords, RoomWords
from sessions.schedule.held import Place, Typed
from sessions.schedule.series import WEEKLY, Planned
from tests.server import Server

QUARTER = "2026-Q3"
KITS = [("Blankets, warm", "6"), ("Bottled water", "12")]
HEADS = {
    **{"2026-07-07": 7, "2026-07-14": 12, "2026-07-21": 8, "2026-07-28": 14},
    **{"2026-08-04": 3, "2026-08-11": 3, "2026-09-01": 2, "2026-09-08": 2},
}


def some_heads(server: Server, leader: str) -> tuple[str, str]:
    """A building whose group meets in a few minutes, under `leader`, and has met before. Its id, its date."""
    with closing(Database(f"sqlite:///{next(server.data.glob('*.db'))}")) as database:
        with database.read() as db:
            ana = db.execute(text("SELECT id FROM accounts WHERE email = :email"), {"email": leader}).scalar_one()
        begins = datetime.now(UTC) + timedelta(minutes=5)
        building = database.write(buildings.add, "esi", BuildingWords("Elm House", "", "Etc/UTC"))
        room = database.write(buildings.add_room, "esi", building.id, RoomWords("Lounge A"))
        days = str(begins.date()), str(begins.date() + timedelta(days=60))
        planned = Planned("Tea and talk", room.id, WEEKLY, *days, f"{begins:%H:%M}", "60", ana)
        tea = database.write(plans.add, "esi", planned)
        database.write(group_rules.keep, tea.id, [("", "Phones stay in pockets."), ("", "Tea first, then we talk.")])
        for day, heads in HEADS.items():
            typed = Typed(str(uuid.uuid4()), str(heads), "60", ["drug-set-setting"], KITS)
            database.write(held.tell, ana, typed, None, Place(building.id, date.fromisoformat(day), tea.id))
    return building.id, f"/calendar/groups/{tea.id}/{begins.date()}"
