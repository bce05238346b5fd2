"""Three years on the calendar of forty buildings are shown about as fast as three months."""

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from sessions.database import random_id
from sessions.permissions import HOUSING
from sessions.schedule import buildings
from sessions.schedule.buildings import Building, BuildingWords, Room
from sessions.schedule.gatherings import Override
from sessions.schedule.series import WEEKLY, Series
from tests.web.cast import Desk, MakeApp, desk

FEW, MANY = 8, 40
ROOMS, TURNS = 3, 5
QUARTER = timedelta(days=91)
TEN_TIMES = 10
"""How slow is told, and not asserted, unless it is far from what was ever measured."""


def plan(db: Session, houses: int, quarters: range, dice: random.Random) -> None:
    """A group in each of three rooms of so many houses, on each weekday of each quarter; some dates differ."""
    monday = date.today() - timedelta(days=date.today().weekday() + 14)
    for number in range(houses):
        house = buildings.add(db, "esi", BuildingWords(f"House {number:02}", "", "America/Los_Angeles"))
        for place in range(ROOMS):
            room = Room(id=random_id(), building_id=house.id, name=f"Room {place}")
            db.add(room)
            db.flush()
            for first in (monday + QUARTER * quarter + timedelta(days=day) for quarter in quarters for day in range(5)):
                days = {"kind": WEEKLY, "first": str(first), "until": str(first + timedelta(days=84))}
                where = {"building_id": house.id, "room_id": room.id, "start": 18 * 60, "minutes": 60}
                one = Series(id=random_id(), title="Group", **days, **where)
                db.add(one)
                db.flush()
                own = {"cancelled": dice.random() < 0.5 or None, "needs_cover": dice.random() < 0.5}
                db.add(Override(series_id=one.id, day=str(first + timedelta(days=7 * dice.randrange(13))), **own))


def planner(app: Flask, houses: int, quarters: range, seed: int) -> tuple[Desk, list[str]]:
    """Esi, and the pages she looks at."""
    write = app.extensions["database"].write
    write(plan, houses, quarters, random.Random(seed))
    with app.extensions["database"].read() as db:
        building_id = min(db.query(Building).all(), key=lambda house: house.name).id
    of_building = f"/calendar/buildings/{building_id}"
    return desk(app, "esi", HOUSING), ["/calendar", f"{of_building}/week", f"{of_building}/month", "/calendar/agenda"]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("houses", [FEW, pytest.param(MANY, marks=pytest.mark.long)])
def test_three_years_are_shown_about_as_fast_as_three_months(
    houses: int, make_app: MakeApp, held: list[float], seed: int, report: Callable[[str], None]
) -> None:
    few, pages = planner(make_app("months"), houses, range(1), seed)
    many, other_pages = planner(make_app("years"), houses, range(-8, 4), seed)
    for name, path, other in zip(("today", "week", "month", "two weeks"), pages, other_pages, strict=True):
        took: tuple[list[float], list[float]] = ([], [])
        for turn in range(TURNS + 1):
            for times, browser, address in ((took[0], few, path), (took[1], many, other)):
                began = time.process_time()
                page = browser.get(address)
                if turn:  # the first one of each compiles its template
                    times.append(time.process_time() - began)
                assert page.status == 200 and "Group" in page.text
        months, years = (median(times) * 1000 for times in took)
        rooms = f"{houses * ROOMS} rooms"
        report(
            f"{name}: {months:.0f} ms with three months of {rooms}, {years / months:.2f} times that with three years"
        )
        assert years / months < TEN_TIMES
