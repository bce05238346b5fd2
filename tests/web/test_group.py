"""Esi changes a group as a whole, picks what is free, removes a room, and closes on a holiday."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from facilitator import picture, when
from sessions.schedule import buildings as places
from sessions.schedule import gatherings, plans, public_holidays
from sessions.schedule.buildings import RoomWords
from sessions.schedule.series import Planned
from tests.web.cast import Desk, kept, rows
from tests.web.pages import Page
from tests.web.planning import Group, building, group

LOS_ANGELES = "America/Los_Angeles"
TEA = {"title": "Tea and talk", "start": "18:00", "minutes": "60"}


@pytest.fixture
def tea(app: Flask) -> Group:
    """A group, today and four weeks on."""
    return group(app)


def act(esi: Desk, tea: Group, what: str, **typed: str) -> Page:
    return esi.send(esi.get(tea.path), f"{tea.path}/{what}", **typed)


def next_thanksgiving() -> date:
    """The next one that is a week away at least."""
    soon = date.today() + timedelta(days=7)
    told = public_holidays.between(LOS_ANGELES, soon, soon + timedelta(days=370))
    return next(day for day, name in told.items() if name == "Thanksgiving Day")


def test_another_rhythm_from_here_and_back(esi: Desk, tea: Group) -> None:
    first = tea.day + timedelta(days=8)
    typed = {"rhythm-kind": "fortnightly", "rhythm-first": str(first), "rhythm-start": "09:30"}
    at = act(esi, tea, "rhythm", **typed).location
    assert at.endswith(str(first)) and "Every two weeks" in esi.get(at).words("facts")
    assert esi.get(tea.path).status == 404
    back = esi.send(esi.get(at), f"{at}/join").location
    assert "Every week" in esi.get(back).words("facts") and esi.get(tea.path).status == 200


def test_a_rhythm_that_is_wrong_keeps_what_was_typed(app: Flask, esi: Desk, tea: Group) -> None:
    before = kept(app)
    late = str(tea.day + timedelta(days=90))
    refused = act(esi, tea, "rhythm", **{"rhythm-first": late})
    assert refused.errors() == [
        "That is after its last day. Pick a sooner day, or give it a later last day first.",
    ]
    assert refused.fields(f"{tea.path}/rhythm")["rhythm-first"] == [late]
    assert act(esi, tea, "rhythm", **{"rhythm-kind": "once"}).errors() == ["Pick from the list."]
    assert kept(app) == before


def test_another_last_day(esi: Desk, tea: Group) -> None:
    sooner = tea.day + timedelta(days=15)
    at = act(esi, tea, "end", **{"end-until": str(sooner)}).location
    assert at == tea.path and f"until {when_short(sooner)}" in esi.get(at).words("facts")
    gone = f"{tea.path[:-10]}{tea.day + timedelta(days=21)}"
    assert esi.get(gone).status == 404
    act(esi, tea, "end", **{"end-until": str(tea.day + timedelta(days=28))})
    assert esi.get(gone).status == 200


def when_short(day: date) -> str:
    return f"{day:%b} {day.day}, {day.year}"


def test_it_ends_today_with_one_tap(esi: Desk, tea: Group) -> None:
    act(esi, tea, "end", instead=str(tea.day))
    assert esi.get("/calendar/agenda").words().count("Tea and talk") == 1
    assert "End it today" not in esi.get(tea.path).words()


@pytest.mark.parametrize(
    ("until", "sentence"),
    [
        ("2020-01-01", "That day is over. Pick today or a later one."),
        ("2099-01-01", "At most a year ahead. Pick a day that is nearer."),
        ("2026-02-30", "There is no such day. Write one like 2026-11-24."),
        ("", "Fill this in first."),
    ],
)
def test_a_last_day_that_is_wrong_is_said_beside_it(
    app: Flask, esi: Desk, tea: Group, until: str, sentence: str
) -> None:
    before = kept(app)
    refused = act(esi, tea, "end", **{"end-until": until})
    assert (refused.errors(), refused.fields(f"{tea.path}/end")["end-until"]) == ([sentence], [until])
    assert kept(app) == before


def test_a_group_that_has_not_met_is_deleted(app: Flask, esi: Desk, tea: Group) -> None:
    assert act(esi, tea, "delete").location == "/calendar"
    assert esi.get(tea.path).status == 404 and rows(app, "series") == 0
    assert esi.do(f"{tea.path}/delete").status == 404


def test_a_group_that_met_is_not(app: Flask, esi: Desk) -> None:
    tea = group(app, minutes_ahead=-90)
    assert f"{tea.path}/delete" not in esi.get(tea.path).actions()
    refused = esi.do(f"{tea.path}/delete")
    assert refused.errors() == ["It took place already. Give it a last day; a year after that it can be deleted."]
    assert rows(app, "series") == 1


def test_a_free_room_is_taken_with_one_tap_and_the_form_kept(app: Flask, esi: Desk) -> None:
    building_id, lounge = building(app, zone=LOS_ANGELES)
    kitchen = app.extensions["database"].write(places.add_room, "esi", building_id, RoomWords("Kitchen")).id
    typed = TEA | {"first": "2026-11-03", "until": "2026-11-24", "room": lounge}
    esi.send(esi.get("/calendar/new"), "/calendar/groups", **typed)
    refused = esi.send(esi.get("/calendar/new"), "/calendar/groups", **(typed | {"title": "Yoga"}))
    words = refused.words().replace("\u00a0", " ")
    assert "Take 7:00 PM" in words and "Take the room Kitchen" in words
    at = esi.send(refused, "/calendar/groups", **{"instead-room": kitchen}).location
    assert "Kitchen" in esi.get(at).words("facts") and "6:00" in esi.get(at).words("facts")
    attic = app.extensions["database"].write(places.add_room, "esi", building_id, RoomWords("Attic")).id
    clash = esi.send(esi.get(at), f"{at}/room", **{"room-room": lounge})
    esi.send(clash, f"{at}/room", **{"instead-room": attic})
    assert "Attic" in esi.get(at).words("facts")


def test_a_move_that_clashes_takes_another_room(app: Flask, esi: Desk, tea: Group) -> None:
    kitchen = app.extensions["database"].write(places.add_room, "esi", tea.building_id, RoomWords("Kitchen")).id
    next_week = str(tea.day + timedelta(days=7))
    refused = act(esi, tea, "move", **{"move-day": next_week})
    esi.send(refused, f"{tea.path}/move", **{"instead-room": kitchen})
    facts = esi.get(tea.path).words("facts")
    assert "Kitchen" in facts and "Moved" in facts
    assert (
        esi.do(f"{tea.path}/move", **{"move-day": next_week, "move-start": "9:00", "instead-room": "x"}).status == 422
    )


def test_a_room_is_removed_when_no_group_has_it(app: Flask, esi: Desk, tea: Group) -> None:
    at = f"/buildings/{tea.building_id}"
    refused = esi.send(esi.get(at), f"{at}/rooms/{tea.room_id}/remove")
    last = when_short(tea.day + timedelta(days=28))
    assert (refused.status, refused.errors()) == (
        422,
        [f"“Tea and talk” meets in it until {last}. Give it another room first."],
    )
    kitchen = app.extensions["database"].write(places.add_room, "esi", tea.building_id, RoomWords("Kitchen")).id
    assert esi.send(esi.get(at), f"{at}/rooms/{kitchen}/remove").location == at
    assert "Kitchen" not in esi.get(at).words()
    assert esi.do(f"{at}/rooms/{kitchen}/remove").status == 404


def test_a_room_that_a_group_had_says_how_long_it_stays(app: Flask, esi: Desk) -> None:
    building_id, room_id = building(app, zone=LOS_ANGELES)
    esi.send(esi.get("/calendar/new"), "/calendar/groups", **TEA, first="2025-11-04", until="2025-11-25")
    refused = esi.do(f"/buildings/{building_id}/rooms/{room_id}/remove")
    assert refused.errors()[0].startswith("“Tea and talk” met in it until Nov 25, 2025, and the calendar")


def test_a_holiday_is_named_and_the_building_closed_with_one_tap(app: Flask, esi: Desk, ana: Desk) -> None:
    building_id, _ = building(app, zone=LOS_ANGELES)
    day = next_thanksgiving()
    at = esi.send(esi.get("/calendar/new"), "/calendar/groups", **TEA, first=str(day), until=str(day)).location
    assert "It meets on a public holiday: " in esi.get(at).words("facts")
    week = f"/calendar/buildings/{building_id}/week?from={day}"
    month = week.replace("week", "month")
    for path in (week, month, f"/calendar/agenda?from={day}"):
        assert "Thanksgiving Day" in esi.get(path).words()
    closing = f"/buildings/{building_id}/closures"
    assert closing not in ana.get(week).actions()
    assert f"Closed on {day:%A}, " in esi.get(week).words()
    esi.send(esi.get(week), closing)
    assert "Building closed" in esi.get(at).words("facts") and closing not in esi.get(week).actions()
    assert "Thanksgiving Day" in esi.get(f"/buildings/{building_id}").words("closures")


def test_elsewhere_no_holiday_is_named(app: Flask, esi: Desk) -> None:
    building_id, _ = building(app, zone="Europe/London")
    assert "Thanksgiving" not in esi.get(f"/calendar/buildings/{building_id}/week?from={next_thanksgiving()}").words()


def test_holidays_have_their_names_in_spanish(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "es"}):
        assert when.holiday("Thanksgiving Day") == "Día de Acción de Gracias"
        assert when.holiday("Veterans Day (observed)") == "Día de los Veteranos (día libre)"
    with app.test_request_context(headers={"Accept-Language": "en"}):
        told = public_holidays.between(LOS_ANGELES, date(2026, 1, 1), date(2036, 12, 31)).values()
        assert {name.removesuffix(public_holidays.OBSERVED) for name in told} == set(when.HOLIDAYS)


def drawn(app: Flask, *spans: tuple[str, str]) -> dict[str, str]:
    """One day of a building with a group for each span, in a room each: the classes by the hour they begin at."""
    write = app.extensions["database"].write
    building_id, _ = building(app, zone=LOS_ANGELES)
    day = date(2026, 11, 3)
    for number, (start, minutes) in enumerate(spans):
        room = write(places.add_room, "esi", building_id, RoomWords(f"Room {number}")).id
        write(plans.add, "esi", Planned("Tea", room, "once", str(day), "", start, minutes), "")
    with app.extensions["database"].read() as db:
        seen = gatherings.between(db, day, day, gatherings.in_building(building_id))
    week = picture.drawn({day: seen})
    return {f"{one.wall:%H:%M}": week.places[one.key] for one in seen}


def test_what_is_on_at_once_stands_side_by_side(app: Flask) -> None:
    assert drawn(app, ("09:00", "60"), ("09:30", "120"), ("10:00", "60"), ("18:15", "90")) == {
        "09:00": "from-0 past-0 tall-4 of-2 lane-1",
        "09:30": "from-0 past-2 tall-8 of-2 lane-2",
        "10:00": "from-1 past-0 tall-4 of-2 lane-1",
        "18:15": "from-9 past-1 tall-6 of-1 lane-1",
    }


def test_what_is_short_or_late_has_room_for_its_words(app: Flask) -> None:
    assert drawn(app, ("09:05", "5"), ("23:50", "480")) == {
        "09:05": "from-0 past-0 tall-4 of-1 lane-1",
        "23:50": "from-14 past-0 tall-4 of-1 lane-1",
    }


def test_every_class_of_the_picture_is_in_the_sheet(app: Flask) -> None:
    sheet = (Path(app.root_path) / "static/css/week.css").read_text("utf-8")
    names = [f"hue-{number}" for number in range(1, picture.HUES + 1)]
    names += [f"{what}-{number}" for what in ("of", "lane") for number in range(1, picture.MOST_LANES + 1)]
    names += [f"from-{hour}" for hour in range(24)] + [f"past-{quarter}" for quarter in range(4)]
    names += [f"tall-{quarters}" for quarters in range(4, 34)]
    assert [name for name in names if f".{name} {{" not in sheet] == []


def test_rooms_have_a_colour_and_a_name_and_colours_come_again(app: Flask, esi: Desk, tea: Group) -> None:
    page = esi.get(f"/calendar/buildings/{tea.building_id}/week")
    assert "Lounge A" in page.words()
    (legend,) = page.all("ul", **{"class": "row legend"})
    assert [one.attrib["class"] for one in legend.iter("li")] == ["hue-1"]
    many = [places.Room(id=str(number), name=str(number)) for number in range(10)]
    assert [*picture.hues(many).values()][7:] == ["hue-8", "hue-1", "hue-2"]


def test_hours_are_named_as_the_reader_has_them(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        assert when.hour(18).replace("\u00a0", " ") == "6 PM" and when.in_week(date(2026, 11, 24)) == "Tuesday 24"
