"""What circles cost that are only open, and a post as more stands: the figures of docs/growth.md.

.venv/bin/python -m tests.load.growth
"""

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select, text

from sessions.circle.circles import Circle, tick
from tests.load.rooms import House

OPEN = (100, 1_000, 10_000)
PHONES = 60
WATCHED_SECONDS = 30
"""Three turns of the clock."""
BUNCHES, BUNCH = 5, 30
"""So many posts at a time into one circle: what one costs is told for each bunch."""
COPIED = "INSERT INTO circles ({all}) SELECT {new} FROM circles WHERE id = :id"


def clock() -> None:
    """One turn of the clock over so many circles, in the database alone; and what reading one of them takes."""
    with House() as house:
        circle_id = house.rooms(1, 1)[0][0].circle_id
        database = house.app.extensions["database"]
        for count in OPEN:
            database.write(_until_there_are, count, circle_id)
            print(f"{count} circles open: one tick takes {_cpu(database.write, tick):.0f} CPU-ms", flush=True)
        print(f"reading one circle takes {_cpu(_read_hundred, database, circle_id) / 100:.2f} CPU-ms", flush=True)


def sitting() -> None:
    """Circles of one phone each, in which nobody does anything."""
    with House() as house:
        house.crowd("come", [room[0] for room in house.rooms(PHONES, 1)])
        with house.cpu() as cpu:
            for _ in range(WATCHED_SECONDS):
                house.crowd("sit", 1)
        print(f"{PHONES} circles of one phone each: {cpu[0] / WATCHED_SECONDS * 10:.0f} CPU-ms in ten seconds")


def standing(with_leaders: bool) -> None:
    """Posts one after the other into one circle of 18 phones, with its leader's two consoles or without."""
    with House() as house:
        rooms = house.rooms(1, 18, ("en", "es"))
        house.crowd("come", rooms[0] + (house.leaders(rooms) if with_leaders else []))
        writers = [house.writer(seat) for seat in rooms[0]]
        for bunch in range(BUNCHES):
            with house.cpu() as cpu:
                house.crowd("post", [writers[n % len(writers)] for n in range(BUNCH)], 1)
            who = "two consoles" if with_leaders else "no console"
            print(f"{bunch * BUNCH} notes stand, {who}: {cpu[0] / BUNCH:.1f} CPU-ms a post", flush=True)


def _until_there_are(db: Any, count: int, circle_id: str) -> None:
    made = {"id": "lower(hex(randomblob(10)))"} | dict.fromkeys(
        ("code_hash", "link_hash"), "lower(hex(randomblob(32)))"
    )
    names = [column.name for column in Circle.__table__.columns]
    copied = text(COPIED.format(all=", ".join(names), new=", ".join(made.get(name, name) for name in names)))
    for _ in range(count - db.scalar(select(func.count()).select_from(Circle))):
        db.execute(copied, {"id": circle_id})


def _read_hundred(database: Any, circle_id: str) -> None:
    for _ in range(100):
        with database.read() as db:
            db.get(Circle, circle_id)


def _cpu(step: Callable[..., object], *args: object) -> float:
    before = time.process_time()
    step(*args)
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    clock()
    sitting()
    standing(with_leaders=False)
    standing(with_leaders=True)
