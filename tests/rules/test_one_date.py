"""What Esi does with one date of a group, and takes back (`sessions.schedule.edits`, `closures`)."""

from datetime import date

import pytest

from sessions import audit
from sessions.accounts import Person
from sessions.schedule import buildings, closures, edits
from sessions.schedule.buildings import RoomWords
from sessions.schedule.clashes import Clashing
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.gatherings import CALLED_OFF, COVER, FACILITATOR, MOVED, ROOM, Override
from tests.rules.cast import House
from tests.rules.planning import TUESDAY, Calendar, calendar, shown

AS_PLANNED = ["11-03 18:00 on", "11-10 18:00 on", "11-17 18:00 on", "11-24 18:00 on"]
TENTH = date(2026, 11, 10)


@pytest.fixture
def hazel(house: House, esi: Person) -> Calendar:
    return calendar(house, esi.id)


def overrides(house: House) -> int:
    return house.ask(lambda db: db.query(Override).count())


def test_one_date_is_called_off_and_takes_place_after_all(house: House, hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(edits.cancel, tea, TENTH)
    assert shown(hazel.seen()) == ["11-03 18:00 on", "11-10 18:00 cancelled", "11-17 18:00 on", "11-24 18:00 on"]
    hazel.do(edits.restore, tea, TENTH)
    assert (shown(hazel.seen()), overrides(house)) == (AS_PLANNED, 0)


def test_one_date_is_moved_and_moved_back(house: House, hazel: Calendar) -> None:
    tea = hazel.plan()
    moved = hazel.do(edits.move, tea, TENTH, "2026-11-12", "19:30")
    assert (moved.on, moved.differs) == (date(2026, 11, 12), {MOVED})
    assert shown(hazel.seen()) == ["11-03 18:00 on", "11-12 19:30 on", "11-17 18:00 on", "11-24 18:00 on"]
    hazel.do(edits.undo, tea, TENTH, MOVED)
    assert (shown(hazel.seen()), overrides(house)) == (AS_PLANNED, 0)


def test_moved_to_where_it_was_is_not_moved(house: House, hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(edits.move, tea, TENTH, "2026-11-10", "18:00")
    assert overrides(house) == 0


def test_one_that_is_moved_far_away_is_found_there(house: House, hazel: Calendar) -> None:
    tea = hazel.plan()
    hazel.do(edits.move, tea, TENTH, "2027-06-01", "09:00")
    assert shown(hazel.seen(date(2027, 6, 1), 0)) == ["06-01 09:00 on"]
    assert shown(hazel.seen(TENTH, 0)) == []


def test_another_room_for_one_date(house: House, hazel: Calendar) -> None:
    tea, other = hazel.plan(), hazel.another_room()
    hazel.do(edits.change_room, tea, TENTH, other.id)
    assert [one.room_id == other.id for one in hazel.seen()] == [False, True, False, False]
    hazel.do(edits.undo, tea, TENTH, ROOM)
    assert overrides(house) == 0


def test_a_room_of_another_building_is_refused(house: House, hazel: Calendar, esi: Person) -> None:
    tea, elsewhere = hazel.plan(), calendar(house, esi.id, "UTC")
    with pytest.raises(ScheduleRefused) as told:
        hazel.do(edits.change_room, tea, TENTH, elsewhere.room.id)
    assert (told.value.field, told.value.reason) == ("room", "list")


def test_another_facilitator_for_one_date(house: House, hazel: Calendar, ana: Person, fay: Person) -> None:
    tea = hazel.plan(account_id=ana.id)
    hazel.do(edits.change_facilitator, tea, TENTH, fay.id)
    one = hazel.on(TENTH)
    assert (one.account_id, one.owner_id, one.differs) == (fay.id, ana.id, {FACILITATOR})
    hazel.do(edits.change_facilitator, tea, TENTH, ana.id)
    assert overrides(house) == 0


def test_the_first_who_claims_a_cover_has_it(house: House, hazel: Calendar, ana: Person, fay: Person) -> None:
    tea = hazel.plan(account_id=ana.id)
    hazel.do(edits.need_cover, tea, TENTH)
    assert hazel.on(TENTH).open_to_claim
    house.do(edits.claim, fay.id, tea.id, TENTH)
    one = hazel.on(TENTH)
    assert (one.account_id, one.owner_id, one.open_to_claim) == (fay.id, ana.id, False)
    with pytest.raises(ScheduleRefused) as told:
        house.do(edits.claim, ana.id, tea.id, TENTH)
    assert told.value.field == "cover"
    hazel.do(edits.undo, tea, TENTH, FACILITATOR)
    assert hazel.on(TENTH).open_to_claim, "whoever took it gave it back"
    hazel.do(edits.undo, tea, TENTH, COVER)
    assert (hazel.on(TENTH).account_id, overrides(house)) == (ana.id, 0)


def test_who_has_the_group_may_take_their_date_back(house: House, hazel: Calendar, ana: Person) -> None:
    tea = hazel.plan(account_id=ana.id)
    hazel.do(edits.need_cover, tea, TENTH)
    house.do(edits.claim, ana.id, tea.id, TENTH)
    assert (hazel.on(TENTH).open_to_claim, overrides(house)) == (False, 0)


def test_nobody_claims_what_does_not_need_it_or_can_not_lead(
    house: House, hazel: Calendar, ana: Person, esi: Person
) -> None:
    tea = hazel.plan(account_id=ana.id)
    with pytest.raises(ScheduleRefused):
        house.do(edits.claim, ana.id, tea.id, TENTH)
    hazel.do(edits.need_cover, tea, TENTH)
    with pytest.raises(ScheduleRefused):
        house.do(edits.claim, esi.id, tea.id, TENTH)
    hazel.do(edits.cancel, tea, TENTH)
    with pytest.raises(ScheduleRefused):
        house.do(edits.claim, ana.id, tea.id, TENTH)


def test_a_closure_touches_every_gathering_in_it_until_undone(house: House, hazel: Calendar, esi: Person) -> None:
    hazel.plan()
    closure = house.do(closures.close, esi.id, hazel.building_id, "2026-11-09", "2026-11-17", "New floors")
    assert shown(hazel.seen()) == ["11-03 18:00 on", "11-10 18:00 closed", "11-17 18:00 closed", "11-24 18:00 on"]
    assert hazel.on(TENTH).closed_for == "New floors"
    assert house.do(closures.undo, esi.id, hazel.building_id, closure.id)
    assert shown(hazel.seen()) == AS_PLANNED
    assert not house.do(closures.undo, esi.id, hazel.building_id, closure.id)


def test_a_closure_is_of_its_building_alone(house: House, hazel: Calendar, esi: Person) -> None:
    hazel.plan()
    elsewhere = calendar(house, esi.id, "UTC")
    closure = house.do(closures.close, esi.id, elsewhere.building_id, "2026-11-01", "2026-11-30")
    assert shown(hazel.seen()) == AS_PLANNED
    assert not house.do(closures.undo, esi.id, hazel.building_id, closure.id)


def test_one_date_takes_place_although_the_building_is_closed(house: House, hazel: Calendar, esi: Person) -> None:
    tea = hazel.plan()
    house.do(closures.close, esi.id, hazel.building_id, "2026-11-10", "")
    with pytest.raises(Clashing):
        hazel.do(edits.restore, tea, TENTH)
    hazel.do(edits.restore, tea, TENTH, "The yard is open")
    assert (hazel.on(TENTH).state, hazel.on(TENTH).reason) == ("on", "The yard is open")
    hazel.do(edits.undo, tea, TENTH, CALLED_OFF, "Closed after all")
    assert hazel.on(TENTH).state == "closed"


@pytest.mark.parametrize(
    ("first", "last", "field", "reason"),
    [
        ("2026-02-30", "", "first", "none"),
        ("2026-11-10", "2026-11-09", "last", "early"),
        ("2026-11-10", "2027-11-11", "last", "year"),
        ("2026-11-10", "never", "last", "none"),
    ],
)
def test_a_closure_is_refused_beside_its_field(
    house: House, hazel: Calendar, esi: Person, first: str, last: str, field: str, reason: str
) -> None:
    with pytest.raises(ScheduleRefused) as told:
        house.do(closures.close, esi.id, hazel.building_id, first, last)
    assert (told.value.field, told.value.reason) == (field, reason)


@pytest.mark.parametrize(
    ("to", "start", "field", "reason"),
    [
        ("2026-02-30", "18:00", "day", "none"),
        ("2027-11-12", "18:00", "day", "year"),
        ("2026-11-12", "26:00", "start", "none"),
    ],
)
def test_a_move_is_refused_beside_its_field(hazel: Calendar, to: str, start: str, field: str, reason: str) -> None:
    tea = hazel.plan()
    with pytest.raises(ScheduleRefused) as told:
        hazel.do(edits.move, tea, TENTH, to, start)
    assert (told.value.field, told.value.reason, shown(hazel.seen())) == (field, reason, AS_PLANNED)


def test_a_date_the_group_does_not_have_is_not_there(house: House, hazel: Calendar, ana: Person) -> None:
    tea, eleventh = hazel.plan(), date(2026, 11, 11)
    for rule, more in (
        *((edits.cancel, ()), (edits.restore, ()), (edits.need_cover, ()), (edits.undo, (MOVED,))),
        *((edits.move, ("2026-11-12", "18:00")), (edits.change_room, ("x",)), (edits.change_facilitator, (ana.id,))),
    ):
        assert hazel.do(rule, tea, eleventh, *more) is None
    assert house.do(edits.claim, ana.id, tea.id, eleventh) is None


def test_what_was_done_is_written_down_by_its_date_and_not_its_group(
    house: House, hazel: Calendar, esi: Person
) -> None:
    tea = hazel.plan()
    house.do(buildings.add_room, esi.id, hazel.building_id, RoomWords("Kitchen"))
    hazel.do(edits.cancel, tea, TUESDAY)
    acts = {(act.act, act.detail) for act in house.ask(audit.of, esi.id)}
    assert acts == {
        *(("building-added", ""), ("room-added", ""), ("group-planned", "2026-11-03")),
        ("gathering-cancelled", "2026-11-03"),
    }
