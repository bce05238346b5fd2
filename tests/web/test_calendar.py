"""Esi plans: today, lists of days, a new group, one date of it and all from there (`facilitator.calendar`)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask

from sessions.schedule.clock import wall
from tests.web.cast import Desk, Doors, Phone, find_id, kept, rows
from tests.web.pages import Page
from tests.web.planning import Group, building, group, noon_zone

TEA = {"title": "Tea and talk", "first": "2026-11-03", "until": "2026-11-24", "start": "18:00", "minutes": "60"}


FIFTH = "Not every month has a fifth one. Take the last, or another day."


@pytest.fixture
def tea(app: Flask, ana: Desk) -> Group:
    """Ana's group, today and four weeks on."""
    return group(app, leader="ana@example.org")


def new(esi: Desk, **typed: str) -> Page:
    """Fill in the form for a new group, and send it."""
    return esi.send(esi.get("/calendar/new"), "/calendar/groups", **(TEA | typed))


def act(esi: Desk, tea: Group, what: str, **typed: str) -> Page:
    """Send one form of the page of the first date."""
    return esi.send(esi.get(tea.path), f"{tea.path}/{what}", **typed)


def test_whoever_plans_begins_at_today(app: Flask, esi: Desk, tea: Group) -> None:
    assert esi.sign_in("esi@example.org").location == "/calendar"
    today = esi.get("/calendar").words()
    assert "Tea and talk" in today and "Hazel House" in today and "Ana" in today


def test_a_group_is_put_on_the_calendar(app: Flask, esi: Desk, ana: Desk) -> None:
    building(app, zone="America/Los_Angeles")
    made = new(esi, account=find_id(app, "ana@example.org"))
    facts = esi.get(made.location).words("facts")
    assert "Tuesday, November 3, 2026 , 6:00 PM – 7:00 PM" in facts.replace("2026,", "2026 ,").replace("\u00a0", " ")
    assert "Led by: Ana" in facts and "Every week" in facts
    assert made.location.endswith("/2026-11-03")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": ""}, "Fill this in first."),
        ({"room": "0" * 20}, "Pick from the list."),
        ({"account": "0" * 20}, "Pick from the list."),
        ({"kind": "FREQ=SECONDLY;COUNT=10000"}, "Pick from the list."),
        ({"first": "2026-02-30"}, "There is no such day. Write one like 2026-11-24."),
        ({"first": "0001-01-01"}, "There is no such day. Write one like 2026-11-24."),
        ({"until": "9999-12-31"}, "There is no such day. Write one like 2026-11-24."),
        ({"until": "2026-11-02"}, "That is before it begins. Pick a later day."),
        ({"until": "2056-11-02"}, "At most a year ahead. Pick a day that is nearer."),
        ({"start": "25:00"}, "There is no such time. Write one like 18:00."),
        ({"minutes": "10000"}, "Use a whole number, 5 to 480."),
        ({"kind": "last"}, "That day is not the last of its kind in its month. Pick one that is."),
        ({"kind": "nth", "first": "2026-11-30", "until": "2027-02-01"}, FIFTH),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(app: Flask, esi: Desk, typed: dict[str, str], sentence: str) -> None:
    building(app)
    before = kept(app)
    refused = new(esi, **typed)
    assert (refused.status, refused.errors()) == (422, [sentence])
    assert refused.fields("/calendar/groups")["minutes"] == [typed.get("minutes", "60")]
    assert kept(app) == before


@pytest.mark.parametrize("name", ["title", "start", "room", "instead", "reason"])
def test_a_field_that_comes_twice_is_refused(app: Flask, esi: Desk, name: str) -> None:
    building(app)
    before = kept(app)
    held = esi.get("/calendar/new").fields("/calendar/groups") | {name: [one] for name, one in TEA.items()}
    refused = esi.post("/calendar/groups", held | {name: ["18:00", "19:00"]})
    assert refused.status == 422 and "Send it again." in refused.words()
    assert kept(app) == before


def test_a_clash_is_told_with_free_times_and_the_form_kept(app: Flask, esi: Desk) -> None:
    building(app)
    new(esi)
    before = kept(app)
    refused = new(esi, title="Yoga", start="18:30")
    words = refused.words().replace("\u00a0", " ")
    assert refused.status == 422 and "Nov 3, 2026: “Tea and talk” is in that room then." in words
    assert [f"Take {time}" in words for time in ("7:00 PM", "7:15 PM", "7:30 PM")] == [True] * 3
    assert refused.fields("/calendar/groups")["title"] == ["Yoga"]
    assert kept(app) == before
    taken = esi.send(refused, "/calendar/groups", instead="19:00")
    assert "7:00 PM – 8:00 PM" in esi.get(taken.location).words("facts").replace("\u00a0", " ")


def test_what_it_clashes_with_is_told_while_it_is_typed_and_nothing_is_kept(app: Flask, esi: Desk) -> None:
    building(app)
    new(esi)
    before = kept(app)
    free = new(esi, title="Yoga", start="10:00", look="yes")
    assert free.status == 200 and free.words("looked") == "It is free then. Nothing is saved yet."
    assert free.fields("/calendar/groups")["title"] == ["Yoga"]
    taken = new(esi, title="Yoga", start="18:30", look="yes")
    assert taken.status == 422 and "is in that room then." in taken.words()
    for start, told in (
        ("10:00", "It is free then."),
        ("18:30", "“Tea and talk” is in that room then."),
        ("25:00", ""),
    ):
        form = esi.get("/calendar/new")
        said = esi.send(form, "/calendar/groups", script=True, **TEA | {"title": "Yoga", "start": start, "look": "yes"})
        assert said.headers["Content-Type"].startswith("text/plain")
        assert told in said.text and bool(said.text) == bool(told)
    assert kept(app) == before


def test_a_reason_lets_it_stand(app: Flask, esi: Desk) -> None:
    building(app)
    new(esi)
    made = esi.send(new(esi, title="Yoga"), "/calendar/groups", reason="The room is <b>big</b>")
    page = esi.get(made.location)
    assert "It stands all the same: The room is <b>big</b>" in page.words("facts") and "<b>big" not in page.text


def test_called_off_and_restored(esi: Desk, tea: Group) -> None:
    act(esi, tea, "cancel")
    assert "Called off" in esi.get(tea.path).words("facts") and "Called off" in esi.get("/calendar").words()
    act(esi, tea, "restore")
    assert "Called off" not in esi.get(tea.path).words("facts")


def test_all_from_here_are_called_off_and_that_is_undone(esi: Desk, tea: Group) -> None:
    at = act(esi, tea, "cancel", **{"cancel-which": "from"}).location
    assert esi.get("/calendar/agenda").words().count("Called off") == 2
    esi.send(esi.get(at), f"{at}/join")
    assert "Called off" not in esi.get("/calendar/agenda").words()


def test_moved_and_moved_back(esi: Desk, tea: Group) -> None:
    to = str(tea.day + timedelta(days=1))
    act(esi, tea, "move", **{"move-day": to, "move-start": "09:30"})
    assert "Moved" in esi.get(tea.path).words("facts") and "9:30" in esi.get(tea.path).words("facts")
    esi.do(f"{tea.path}/undo", part="moved")
    assert "Moved" not in esi.get(tea.path).words("facts")


def test_a_move_that_is_wrong_keeps_what_was_typed(app: Flask, esi: Desk, tea: Group) -> None:
    before = kept(app)
    refused = act(esi, tea, "move", **{"move-day": "2026-02-30"})
    assert refused.errors() == ["There is no such day. Write one like 2026-11-24."]
    assert refused.fields(f"{tea.path}/move")["move-day"] == ["2026-02-30"]
    assert kept(app) == before


def test_a_move_that_clashes_stands_with_a_reason(esi: Desk, tea: Group) -> None:
    refused = act(esi, tea, "move", **{"move-day": str(tea.day + timedelta(days=7))})
    assert refused.status == 422 and "is in that room then" in refused.words()
    esi.send(refused, f"{tea.path}/move", **{"move-reason": "Two halves of the room"})
    assert "Two halves of the room" in esi.get(tea.path).words("facts")


def test_all_from_here_begin_at_another_time(esi: Desk, tea: Group) -> None:
    later = act(esi, tea, "move", **{"move-which": "from", "move-start": "16:00"}).location
    next_week = f"{later.rpartition('/')[0]}/{tea.day + timedelta(days=7)}"
    assert "4:00" in esi.get(next_week).words("facts")


def test_another_title_and_length_from_here_on(esi: Desk, tea: Group) -> None:
    at = act(esi, tea, "words", **{"words-title": "Coffee <i>and</i> talk", "words-minutes": "90"}).location
    page = esi.get(at)
    assert "Coffee <i>and</i> talk" in page.words() and "Tea and talk" not in esi.get("/calendar/agenda").words()
    refused = esi.send(page, f"{at}/words", **{"words-minutes": "never"})
    assert refused.errors() == ["Use a whole number, 5 to 480."]
    esi.send(esi.get(at), f"{at}/join")
    assert "Coffee" not in esi.get("/calendar/agenda").words()


def test_another_room_and_another_facilitator(app: Flask, esi: Desk, fay: Desk, tea: Group) -> None:
    at = f"/buildings/{tea.building_id}"
    esi.send(esi.get(at), f"{at}/rooms", **{"room-name": "Kitchen"})
    kitchen = next(
        one.attrib["value"] for one in esi.get(tea.path).all("option") if "".join(one.itertext()) == "Kitchen"
    )
    act(esi, tea, "room", **{"room-room": kitchen})
    act(esi, tea, "facilitator", **{"facilitator-account": find_id(app, "fay@example.org")})
    assert "Kitchen" in esi.get(tea.path).words("facts") and "Led by: Fay" in esi.get(tea.path).words("facts")
    assert "Lounge A" not in esi.get("/calendar").words()


def test_a_room_of_another_building_is_refused(app: Flask, esi: Desk, tea: Group) -> None:
    _, elsewhere = building(app, "Birch House")
    assert act(esi, tea, "room", **{"room-room": elsewhere}).errors() == ["Pick from the list."]


def test_cover_is_asked_for_and_taken_back(esi: Desk, tea: Group) -> None:
    act(esi, tea, "needs-cover")
    assert "Tea and talk" in esi.get("/calendar").words("uncovered")
    esi.do(f"{tea.path}/undo", part="cover")
    assert esi.get("/calendar").find("uncovered") is None


def test_undoing_what_is_no_part_or_was_not_cut_off(esi: Desk, tea: Group) -> None:
    assert esi.do(f"{tea.path}/undo", part="everything").errors() == ["Pick from the list."]
    assert esi.do(f"{tea.path}/join").errors() == ["Pick from the list."]


def test_a_date_that_there_is_not_is_not_there(esi: Desk, tea: Group) -> None:
    other = tea.path.replace(str(tea.day), str(tea.day + timedelta(days=1)))
    never = [f"{tea.path[:-10]}{day}" for day in ("2026-02-30", "0001-01-01", "9999-12-31")]
    for path in (other, *never, f"/calendar/groups/{'0' * 20}/2026-11-03"):
        assert esi.get(path).status == 404
    for what in ("cancel", "restore", "move", "room", "facilitator", "needs-cover", "undo", "join"):
        typed = {"part": "moved", "move-day": str(tea.day), "move-start": "09:00"}
        typed |= {"room-room": tea.room_id, "facilitator-account": ""}
        assert esi.do(f"{other}/{what}", **typed).status in (404, 422)


def test_the_week_of_a_building_marks_today_in_words(app: Flask, esi: Desk, tea: Group) -> None:
    page = esi.get(f"/calendar/buildings/{tea.building_id}/week")
    (week,) = page.all("ol", **{"class": "week"})
    days = ["".join(one.itertext()) for one in week if one.tag == "li"]
    assert len(days) == 7 and ["Tea and talk" in day for day in days if "Today" in day] == [True]
    assert esi.get(f"/calendar/buildings/{'0' * 20}/week").status == 404


@pytest.mark.parametrize("asked", ["", "x", "2026-02-30", "1999-01-01", "2000-01-01", "2100-12-31", "9999-99-99"])
def test_any_day_that_is_asked_for_has_an_answer(app: Flask, esi: Desk, tea: Group, asked: str) -> None:
    of_building = f"/calendar/buildings/{tea.building_id}"
    for path in ("/calendar/agenda", f"{of_building}/week", f"{of_building}/month"):
        page = esi.get(f"{path}?from={asked}")
        assert page.status == 200
        for link in page.all("a"):
            if "from=" in link.attrib["href"]:
                assert esi.get(link.attrib["href"]).status == 200


def test_the_month_of_a_building_is_in_whole_weeks_and_marks_what_is_closed(app: Flask, esi: Desk) -> None:
    building_id, _ = building(app)
    new(esi)
    at = f"/buildings/{building_id}"
    esi.send(esi.get(at), f"{at}/closures", **{"closure-first": "2026-11-10"})
    page = esi.get(f"/calendar/buildings/{building_id}/month?from=2026-11-17")
    days = ["".join(one.itertext()) for one in page.all("li") if "card" in one.attrib.get("class", "")]
    assert len(days) == 6 * 7 and "Mon 26" in days[0] and "Sun 6" in days[-1]
    assert ["Tea and talk" in days[place] for place in (8, 15, 22, 29, 36)] == [True] * 4 + [False]
    assert "Building closed" in days[15] and "November 2026" in page.words()
    assert esi.get(f"/calendar/buildings/{'0' * 20}/month").status == 404


def test_the_list_of_one_building(app: Flask, esi: Desk, tea: Group) -> None:
    elsewhere, _ = building(app, "Birch House")
    assert "Tea and talk" in esi.get(f"/calendar/agenda?building={tea.building_id}").words()
    assert "Tea and talk" not in esi.get(f"/calendar/agenda?building={elsewhere}").words()
    assert esi.get("/calendar/agenda?building=nowhere").status == 404


def test_each_building_has_its_own_today(app: Flask, esi: Desk) -> None:
    """Where it is tomorrow already, tomorrow's is today's."""
    now = datetime.now(UTC)
    for name, zone in (("West", "Etc/GMT+12"), ("East", "Etc/GMT-14")):
        building(app, name, zone)
        room = next(one for one in esi.get("/calendar/new").all("optgroup") if one.attrib["label"] == name)
        chosen = next(room.iter("option")).attrib["value"]
        day = wall(zone, now).date()
        new(esi, title=f"{name} group", room=chosen, kind="once", first=str(day), start="12:00")
    today = esi.get("/calendar").words()
    assert "West group" in today and "East group" in today


def test_who_leads_reads_and_does_not_plan(app: Flask, ana: Desk, tea: Group) -> None:
    for path in ("/calendar", "/calendar/agenda", f"/calendar/buildings/{tea.building_id}/week", tea.path):
        page = ana.get(path)
        assert page.status == 200 and "Tea and talk" in page.words()
        assert [one for one in page.actions() if "/calendar" in one and one != "/calendar/agenda"] == []
    assert ana.get("/calendar/new").status == 404
    assert ana.do(f"{tea.path}/cancel").status == 404


def test_who_is_not_signed_in_is_asked_to_or_finds_nothing(stranger: Phone, ben: Phone, tea: Group) -> None:
    assert stranger.get("/calendar").location == "/staff/sign-in"
    assert [stranger.get(tea.path).status, ben.get(tea.path).status] == [404, 404]


def test_whoever_plans_reaches_no_circle(esi: Desk, circle: Doors, tea: Group) -> None:
    assert esi.get(circle.console).status == 404 and esi.get("/lead").status == 404


def test_what_was_done_stands_in_the_record_without_the_group(app: Flask, esi: Desk, gus: Desk, tea: Group) -> None:
    act(esi, tea, "cancel")
    told = gus.get("/people/acts").words()
    assert f"esi@example.org called a date off ({tea.day})" in told and "Tea and talk" not in told


def test_in_spanish_days_and_times_are_spanish(app: Flask, tea: Group, esi: Desk) -> None:
    esi.language = "es"
    assert "de 20" in esi.get(tea.path).words("facts") and rows(app, "overrides") == 0


def test_hours_of_noon_zone_are_the_middle_of_the_day() -> None:
    assert wall(noon_zone(), datetime.now(UTC)).hour in (11, 12, 13) and date.today().year >= 2026
