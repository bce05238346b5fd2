"""What can't be at once is said before it is kept (`sessions.schedule.clashes`)."""

import threading
from datetime import date

import pytest

from sessions.accounts import Person
from sessions.schedule import buildings, clashes, closures, edits, plans
from sessions.schedule.buildings import RoomWords
from sessions.schedule.clashes import Clashing
from sessions.schedule.gatherings import MOVED
from sessions.schedule.series import Planned
from tests.rules.cast import House
from tests.rules.planning import TUESDAY, Calendar, calendar

TENTH = date(2026, 11, 10)


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def told(clashing: pytest.ExceptionInfo[Clashing]) -> list[tuple[str, date, str]]:
    return [(clash.kind, clash.gathering.on, clash.other) for clash in clashing.value.clashes]


def test_two_groups_in_one_room(hazel: Calendar) -> None:
    hazel.plan()
    with pytest.raises(Clashing) as clashing:
        hazel.plan("Yoga", kind="once", first="2026-11-10", start="18:59")
    assert told(clashing) == [("room", TENTH, "Tea and talk")]
    assert {one.title for one in hazel.seen()} == {"Tea and talk"}, "nothing of it is kept"


def test_looking_keeps_nothing(house: House, hazel: Calendar, esi: Person) -> None:
    hazel.plan()
    before = house.everything()
    typed = {"kind": "once", "until": "", "minutes": "60", "room_id": hazel.room.id, "first": "2026-11-10"}
    house.do(plans.look, esi.id, Planned("Yoga", start="19:00", **typed))
    with pytest.raises(Clashing) as clashing:
        house.do(plans.look, esi.id, Planned("Yoga", start="18:59", **typed))
    assert told(clashing) == [("room", TENTH, "Tea and talk")]
    assert house.everything() == before


def test_one_after_the_other_is_no_clash(hazel: Calendar) -> None:
    hazel.plan()
    hazel.plan("Yoga", start="19:00")
    hazel.plan("Breakfast", start="17:00")
    assert len(hazel.seen()) == 12


def test_the_three_nearest_free_times_are_told(hazel: Calendar) -> None:
    hazel.plan()
    hazel.plan("Yoga", start="19:00", minutes="30")
    with pytest.raises(Clashing) as clashing:
        hazel.plan("Choir", start="18:10", minutes="45")
    times = [f"{minute // 60}:{minute % 60:02}" for minute in clashing.value.free]
    assert times == ["17:15", "17:00", "19:30"]
    hazel.plan("Choir", start=times[0], minutes="45")


def test_rooms_that_are_free_then_are_told_the_large_ones_first(house: House, hazel: Calendar, esi: Person) -> None:
    tea, kitchen, attic = hazel.plan(), hazel.another_room("Kitchen"), hazel.another_room("Attic")
    calendar(house, esi.id)
    hazel.plan("Choir", room_id=attic.id, kind="once", first="2026-11-24", start="18:30")
    with pytest.raises(Clashing) as clashing:
        hazel.plan("Yoga")
    assert clashing.value.rooms == (kitchen.id,)
    house.do(buildings.change_room, esi.id, hazel.building_id, hazel.room.id, RoomWords("Lounge A", "20"))
    house.do(buildings.change_room, esi.id, hazel.building_id, attic.id, RoomWords("Attic", "30"))
    with pytest.raises(Clashing) as clashing:
        hazel.plan("Yoga", kind="once")
    assert clashing.value.rooms == (attic.id, kitchen.id)
    hazel.do(edits.move, tea, TUESDAY, "2026-11-05", "18:00", "", kitchen.id)
    assert (hazel.on().room_id, hazel.on().on) == (kitchen.id, date(2026, 11, 5))


def test_where_the_building_is_closed_no_time_and_no_room_helps(house: House, hazel: Calendar, esi: Person) -> None:
    hazel.another_room()
    house.do(closures.close, esi.id, hazel.building_id, "2026-11-10", "")
    with pytest.raises(Clashing) as clashing:
        hazel.plan()
    assert (clashing.value.free, clashing.value.rooms) == ((), ())


def test_a_leader_at_two_places_is_not_helped_by_another_room(hazel: Calendar, ana: Person) -> None:
    hazel.plan(account_id=ana.id)
    with pytest.raises(Clashing) as clashing:
        hazel.plan("Yoga", room_id=hazel.another_room().id, account_id=ana.id)
    assert clashing.value.rooms == () and clashing.value.free


def test_a_free_time_is_free_on_every_date(hazel: Calendar) -> None:
    hazel.plan()
    hazel.plan("Yoga", kind="once", first="2026-11-24", start="17:00")
    with pytest.raises(Clashing) as clashing:
        hazel.plan("Choir", start="18:00")
    assert [minute / 60 for minute in clashing.value.free] == [19, 19.25, 19.5]


def test_another_room_is_no_clash_and_the_same_facilitator_is(hazel: Calendar, ana: Person, fay: Person) -> None:
    hazel.plan(account_id=ana.id)
    other = hazel.another_room()
    hazel.plan("Yoga", room_id=other.id, account_id=fay.id)
    with pytest.raises(Clashing) as clashing:
        hazel.plan("Choir", room_id=hazel.another_room("Cellar").id, account_id=ana.id, start="18:30")
    assert {kind for kind, _, _ in told(clashing)} == {"facilitator"}


def test_a_facilitator_at_two_places_in_two_zones(house: House, hazel: Calendar, esi: Person, ana: Person) -> None:
    hazel.plan(account_id=ana.id)
    london = calendar(house, esi.id, "Europe/London")
    london.plan("Early", first="2026-11-04", until="2026-11-11", start="04:00", account_id=ana.id)
    with pytest.raises(Clashing):
        london.plan("At once", first="2026-11-04", until="2026-11-11", start="02:30", account_id=ana.id)


def test_quiet_hours_over_midnight(house: House, esi: Person) -> None:
    quiet = calendar(house, esi.id, quiet_from="22:00", quiet_to="07:00")
    quiet.plan(start="21:00")
    for start in ("21:01", "23:00", "06:59"):
        with pytest.raises(Clashing) as clashing:
            quiet.plan("Late", start=start, room_id=quiet.another_room(f"Room {start[:2]}").id)
        assert {kind for kind, _, _ in told(clashing)} == {"quiet"}
    quiet.plan("Early", start="07:00")


def test_a_building_that_is_closed(house: House, hazel: Calendar, esi: Person) -> None:
    house.do(closures.close, esi.id, hazel.building_id, "2026-11-10", "2026-11-10")
    with pytest.raises(Clashing) as clashing:
        hazel.plan()
    assert told(clashing) == [("closed", TENTH, "")]


def test_a_reason_lets_it_stand_and_is_kept(hazel: Calendar) -> None:
    hazel.plan()
    hazel.plan("Yoga", reason="  The room is   big enough ", kind="once")
    assert {one.reason for one in hazel.seen() if one.title == "Yoga"} == {"The room is big enough"}


def test_a_reason_for_nothing_is_not_kept(hazel: Calendar) -> None:
    assert hazel.plan(reason="Just so").reason == ""


def test_what_is_called_off_leaves_its_place(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(edits.cancel, tea, TENTH)
    hazel.plan("Yoga", kind="once", first="2026-11-10")
    with pytest.raises(Clashing):
        hazel.do(edits.restore, tea, TENTH)


def test_a_move_onto_others_and_back_onto_others(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.plan("Yoga", start="20:00")
    with pytest.raises(Clashing):
        hazel.do(edits.move, tea, TENTH, "2026-11-10", "20:30")
    with pytest.raises(Clashing):
        hazel.do(edits.move, tea, TENTH, "2026-11-17", "18:00")
    hazel.do(edits.move, tea, TENTH, "2026-11-11", "18:00")
    hazel.plan("Choir", kind="once", first="2026-11-10")
    with pytest.raises(Clashing):
        hazel.do(edits.undo, tea, TENTH, MOVED)


def test_among_what_is_on_a_page(house: House, hazel: Calendar) -> None:
    hazel.plan()
    hazel.plan("Yoga", reason="Big room", kind="once")
    on_page = hazel.seen(TUESDAY, 0)
    found = house.ask(clashes.among, on_page)
    assert sorted((found[one.key][0].other, one.title) for one in on_page) == [
        *(("Tea and talk", "Yoga"), ("Yoga", "Tea and talk")),
    ]


def test_of_two_who_plan_the_same_at_once_one_wins(hazel: Calendar) -> None:
    """Ten pairs, each at another hour: whoever is second is told, and nothing of theirs is kept."""
    for hour in range(8, 18):
        ready, won, lost = threading.Barrier(2), [], []

        def plan(title: str, hour: int = hour) -> None:
            ready.wait()  # noqa: B023 - both threads end before the next pair begins
            try:
                won.append(hazel.plan(title, start=f"{hour:02}:00"))  # noqa: B023
            except Clashing:
                lost.append(title)  # noqa: B023

        both = [threading.Thread(target=plan, args=(title,)) for title in ("Yoga", "Choir")]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        assert (len(won), len(lost)) == (1, 1)
        assert {one.title for one in hazel.seen() if one.wall.hour == hour} == {won[0].title}
