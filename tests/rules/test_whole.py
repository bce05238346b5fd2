"""What Esi does with a group as a whole: its rhythm, its last day, its end, its room (`sessions.schedule.whole`)."""

from datetime import UTC, date, datetime

import pytest

from sessions.accounts import Person
from sessions.schedule import edits, from_here, held, rooms, series, whole
from sessions.schedule.buildings import Room
from sessions.schedule.clashes import Clashing
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.feeds import Feed
from sessions.schedule.gatherings import Override
from sessions.schedule.group_rules import GroupRules
from sessions.schedule.held import Held
from sessions.schedule.rooms import RoomUsed
from sessions.schedule.series import Series
from tests.rules.cast import House
from tests.rules.planning import LOS_ANGELES, TUESDAY, Calendar, calendar, shown

AS_PLANNED = ["11-03 18:00 on", "11-10 18:00 on", "11-17 18:00 on", "11-24 18:00 on"]
TENTH, SEVENTEENTH = date(2026, 11, 10), date(2026, 11, 17)
BEFORE = datetime(2026, 11, 1, 20, tzinfo=UTC)
"""Two days before the first date."""
BETWEEN = datetime(2026, 11, 12, 20, tzinfo=UTC)
"""After the second date."""


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def test_another_rhythm_from_a_date_on_and_back(hazel: Calendar) -> None:
    tea = hazel.plan()
    now = hazel.do(from_here.repeat, tea, TENTH, "fortnightly", "2026-11-12", "10:00")
    assert shown([now]) == ["11-12 10:00 on"]
    assert shown(hazel.seen()) == ["11-03 18:00 on", "11-12 10:00 on"]
    back = hazel.house.do(from_here.join, hazel.actor, now.series_id, now.day)
    assert shown([back]) == ["11-10 18:00 on"] and shown(hazel.seen()) == AS_PLANNED


def test_what_differs_on_a_day_that_is_gone_waits_for_it(house: House, hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(edits.move, tea, SEVENTEENTH, "2026-11-18", "09:00")
    hazel.do(edits.cancel, tea, date(2026, 11, 24))
    now = hazel.do(from_here.repeat, tea, TENTH, "fortnightly", "2026-11-10", "18:00")
    assert shown(hazel.seen()) == ["11-03 18:00 on", "11-10 18:00 on", "11-24 18:00 cancelled"]
    house.do(from_here.join, hazel.actor, now.series_id, now.day)
    assert shown(hazel.seen()) == [*AS_PLANNED[:2], "11-18 09:00 on", "11-24 18:00 cancelled"]


@pytest.mark.parametrize(
    ("kind", "first", "start", "field", "reason"),
    [
        ("once", "2026-11-10", "18:00", "kind", "list"),
        ("daily", "2026-11-10", "18:00", "kind", "list"),
        ("weekly", "2026-11-09", "18:00", "first", "early"),
        ("weekly", "2026-11-25", "18:00", "first", "late"),
        ("weekly", "2026-02-30", "18:00", "first", "none"),
        ("weekly", "2026-11-10", "26:00", "start", "none"),
        ("last", "2026-11-17", "18:00", "first", "last"),
    ],
)
def test_a_rhythm_is_refused_beside_its_field(
    hazel: Calendar, kind: str, first: str, start: str, field: str, reason: str
) -> None:
    tea = hazel.plan()
    with pytest.raises(ScheduleRefused) as refused:
        hazel.do(from_here.repeat, tea, TENTH, kind, first, start)
    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert shown(hazel.seen()) == AS_PLANNED


def test_what_is_on_once_has_no_rhythm_and_no_other_end(hazel: Calendar) -> None:
    party = hazel.plan("Party", kind="once")
    with pytest.raises(ScheduleRefused):
        hazel.do(from_here.repeat, party, TUESDAY, "weekly", "2026-11-03", "18:00")
    with pytest.raises(ScheduleRefused):
        hazel.do(whole.end, party, TUESDAY, "2026-11-10", BEFORE)


def test_a_rhythm_that_clashes_is_not_kept(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.plan("Yoga", first="2026-11-04", until="2026-11-25")
    with pytest.raises(Clashing):
        hazel.do(from_here.repeat, tea, TENTH, "weekly", "2026-11-11", "18:30")
    hazel.do(from_here.repeat, tea, TENTH, "weekly", "2026-11-11", "18:30", "The room is big")
    assert [one.reason for one in hazel.seen() if one.title != "Yoga"] == ["", "The room is big", "The room is big"]


def test_a_group_ends_sooner_and_goes_on_after_all(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(edits.cancel, tea, SEVENTEENTH)
    now = hazel.do(whole.end, tea, SEVENTEENTH, "2026-11-12", BETWEEN)
    assert now.day == TENTH and shown(hazel.seen()) == AS_PLANNED[:2]
    hazel.do(whole.end, tea, TENTH, "2026-12-01", BETWEEN)
    assert shown(hazel.seen()) == [*AS_PLANNED[:2], "11-17 18:00 cancelled", "11-24 18:00 on", "12-01 18:00 on"]


def test_a_change_that_begins_after_the_end_goes_with_it(house: House, hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(from_here.start_at, tea, SEVENTEENTH, "19:00")
    hazel.do(edits.cancel, tea, date(2026, 11, 24))
    hazel.do(whole.end, tea, TUESDAY, "2026-11-12", BETWEEN)
    assert shown(hazel.seen()) == AS_PLANNED[:2]
    hazel.do(whole.end, tea, TUESDAY, "2026-11-24", BETWEEN)
    assert shown(hazel.seen()) == AS_PLANNED


def test_today_is_the_buildings_own(house: House, hazel: Calendar) -> None:
    """Two in the morning in UTC is the evening before in Los Angeles."""
    tea = hazel.plan()
    night = datetime(2026, 11, 11, 2, tzinfo=UTC)
    hazel.do(whole.end, tea, TENTH, "2026-11-10", night)
    assert shown(hazel.seen()) == AS_PLANNED[:2]


@pytest.mark.parametrize(
    ("until", "reason"),
    [("2026-11-11", "over"), ("2027-11-05", "year"), ("2026-02-30", "none"), ("", "none")],
)
def test_an_end_is_refused_beside_its_field(hazel: Calendar, until: str, reason: str) -> None:
    tea = hazel.plan()
    with pytest.raises(ScheduleRefused) as refused:
        hazel.do(whole.end, tea, TENTH, until, BETWEEN)
    assert (refused.value.field, refused.value.reason) == ("until", reason)
    assert shown(hazel.seen()) == AS_PLANNED


def test_a_group_does_not_end_before_it_begins(hazel: Calendar) -> None:
    with pytest.raises(ScheduleRefused) as refused:
        hazel.do(whole.end, hazel.plan(), TENTH, "2026-11-02", BEFORE)
    assert refused.value.reason == "early"


def test_a_group_that_begins_later_than_it_did_ends_no_sooner_than_that(hazel: Calendar) -> None:
    """Its first part is empty since then, and begins on a day on which the group does not meet."""
    tea = hazel.plan()
    now = hazel.do(from_here.repeat, tea, TUESDAY, "weekly", "2026-11-05", "18:00")
    with pytest.raises(ScheduleRefused) as refused:
        hazel.house.do(whole.end, hazel.actor, now.series_id, now.day, "2026-11-04", BEFORE)
    assert refused.value.reason == "early"
    assert shown(hazel.seen()) == ["11-05 18:00 on", "11-12 18:00 on", "11-19 18:00 on"]


def test_an_end_before_a_later_rhythm_leads_back_to_a_date_there_is(hazel: Calendar) -> None:
    now = hazel.do(from_here.repeat, hazel.plan(), TENTH, "weekly", "2026-11-19", "18:00")
    last = hazel.house.do(whole.end, hazel.actor, now.series_id, now.day, "2026-11-12", BEFORE)
    assert shown([last]) == shown(hazel.seen()) == ["11-03 18:00 on"]


def test_rhythms_are_undone_in_any_order_and_lead_to_a_date_there_is(hazel: Calendar) -> None:
    first = hazel.do(from_here.repeat, hazel.plan(), TENTH, "weekly", "2026-11-11", "18:00")
    second = hazel.house.do(from_here.start_at, hazel.actor, first.series_id, date(2026, 11, 18), "19:00")
    hazel.house.do(from_here.join, hazel.actor, first.series_id, first.day)
    back = hazel.house.do(from_here.join, hazel.actor, second.series_id, second.day)
    assert shown([back]) == ["11-24 18:00 on"] and shown(hazel.seen()) == AS_PLANNED


def test_going_on_is_looked_at_for_clashes_on_its_new_dates_alone(hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.plan("Old friends", kind="once", first="2026-11-10", reason="Both fit")
    hazel.do(whole.end, tea, TENTH, "2026-12-01", BETWEEN)
    hazel.plan("Yoga", kind="once", first="2026-12-08")
    with pytest.raises(Clashing) as told:
        hazel.do(whole.end, tea, TENTH, "2026-12-15", BETWEEN)
    assert [clash.other for clash in told.value.clashes] == ["Yoga"]
    assert len(hazel.seen()) == 7


def test_a_group_that_has_not_met_is_taken_off_with_all_that_hangs_on_it(
    house: House, hazel: Calendar, ana: Person
) -> None:
    tea = hazel.plan()
    hazel.do(from_here.start_at, tea, SEVENTEENTH, "19:00")
    hazel.do(edits.cancel, tea, TENTH)
    house.do(lambda db: db.add(GroupRules(series_id=tea.id, version=1, rules="[]")))
    house.do(lambda db: db.add(Feed(what="group", of=tea.id, token_hash="0" * 64)))
    told = Held(
        id="0" * 20, account_id=ana.id, day="2026-11-03", minutes=60, heads=3, cards="[]", supplies="[]", line=""
    )
    told.series_id = tea.id
    house.do(lambda db: db.add(told))
    assert hazel.do(whole.delete, tea, SEVENTEENTH, BEFORE) is True
    assert hazel.seen() == []
    for table in (Series, Override, GroupRules, Feed):
        assert house.ask(lambda db, table=table: db.query(table).count()) == 0
    assert len(house.ask(held.told_by, ana.id)) == 1, "what was told of it stays"
    assert hazel.do(whole.delete, tea, SEVENTEENTH, BEFORE) is False


def test_a_group_that_met_stays_until_a_year_after_its_end(hazel: Calendar) -> None:
    tea = hazel.plan()
    for now in (BETWEEN, datetime(2027, 11, 20, tzinfo=UTC)):
        with pytest.raises(ScheduleRefused) as refused:
            hazel.do(whole.delete, tea, SEVENTEENTH, now)
        assert refused.value.reason == "met"
    assert hazel.do(whole.delete, tea, SEVENTEENTH, datetime(2027, 12, 1, tzinfo=UTC)) is True


def test_a_group_whose_dates_were_all_called_off_may_go(hazel: Calendar) -> None:
    tea = hazel.plan()
    for day in (TUESDAY, TENTH):
        hazel.do(edits.cancel, tea, day)
    assert hazel.do(whole.delete, tea, SEVENTEENTH, BETWEEN) is True


def test_a_date_that_there_is_not_is_not_there(hazel: Calendar) -> None:
    tea, eleventh = hazel.plan(), date(2026, 11, 11)
    assert hazel.do(from_here.repeat, tea, eleventh, "weekly", "2026-11-11", "18:00") is None
    assert hazel.do(whole.end, tea, eleventh, "2026-11-24", BEFORE) is None
    assert hazel.do(whole.delete, tea, eleventh, BEFORE) is False
    assert hazel.do(edits.give_back, tea, eleventh) is None


def test_the_parts_of_a_group_are_found_from_any_of_them(house: House, hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(from_here.start_at, tea, SEVENTEENTH, "19:00")
    hazel.do(from_here.start_at, tea, TENTH, "20:00")

    def firsts(db: object) -> list[list[str]]:
        every = db.query(Series).all()  # type: ignore[attr-defined]
        return [[part.first[-2:] for part in series.chain(db, one.id)] for one in every]  # type: ignore[arg-type]

    assert house.ask(firsts) == [["03", "10", "17"]] * 3


def remove(hazel: Calendar, room: Room) -> bool:
    removed: bool = hazel.house.do(rooms.remove, hazel.actor, hazel.building_id, room.id)
    return removed


def test_a_room_that_no_group_has_is_removed(house: House, hazel: Calendar, esi: Person) -> None:
    kitchen, elsewhere = hazel.another_room("Kitchen"), calendar(house, esi.id, LOS_ANGELES)
    assert house.do(rooms.remove, esi.id, elsewhere.building_id, kitchen.id) is False
    assert remove(hazel, kitchen) is True and remove(hazel, kitchen) is False


def test_a_room_that_a_group_has_stays_and_its_last_day_is_told(hazel: Calendar) -> None:
    tea, kitchen = hazel.plan(), hazel.another_room("Kitchen")
    hazel.do(edits.change_room, tea, SEVENTEENTH, kitchen.id)
    for room, last in ((hazel.room, date(2026, 11, 24)), (kitchen, SEVENTEENTH)):
        with pytest.raises(RoomUsed) as used:
            remove(hazel, room)
        assert (used.value.title, used.value.last) == ("Tea and talk", last)
    hazel.do(edits.undo, tea, SEVENTEENTH, "room")
    assert remove(hazel, kitchen) is True


def test_a_room_of_a_day_that_is_gone_is_let_go(hazel: Calendar) -> None:
    tea, kitchen = hazel.plan(), hazel.another_room("Kitchen")
    hazel.do(edits.change_room, tea, SEVENTEENTH, kitchen.id)
    hazel.do(whole.end, tea, TENTH, "2026-11-12", BETWEEN)
    assert remove(hazel, kitchen) is True
    hazel.do(whole.end, tea, TENTH, "2026-11-24", BETWEEN)
    assert {one.room_id for one in hazel.seen()} == {hazel.room.id}
