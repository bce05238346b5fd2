"""What one process holds: with a house full of phones, after they went, and after evenings of circles that are gone."""

import sys
import time
from collections.abc import Callable, Iterator

import pytest

from tests.load.rooms import EMAIL, House
from tests.people import Phone, Staff
from tests.sockets import Wire

NOTES = 10
SETTLES_SECONDS = 2.0
MOST_MEGABYTES = 20.0
"""More than this a process may not have grown: ten times what it was seen to."""
LONG = [pytest.mark.long, pytest.mark.timeout(3600)]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory from /proc")


@pytest.fixture
def house() -> Iterator[House]:
    with House() as house:
        yield house


@pytest.mark.parametrize(("circles", "erased"), [(1, 4), pytest.param(50, 250, marks=LONG)])
def test_what_is_gone_is_not_held(circles: int, erased: int, house: House, report: Callable[[str], None]) -> None:
    rooms = house.rooms(circles, 20)
    held = [house.memory()]
    for _ in range(3):
        for room in rooms:
            house.crowd("come", room)
        house.crowd("sit", SETTLES_SECONDS)
        held.append(house.memory())
        house.crowd("leave")
        time.sleep(SETTLES_SECONDS)
        held.append(house.memory())
    before, first, gone, *_, last, gone_again = (kib / 1024 for kib in held)
    report(
        f"{circles * 20} phones in circles of 20: {before:.1f} MB before, {first:.1f} with them, {gone:.1f} without; "
        f"the third time {last:.1f} with them, {gone_again:.1f} without"
    )
    assert gone_again - gone < MOST_MEGABYTES
    ana, after = Staff(house.server, EMAIL), list[float]()
    for _ in range(erased):
        an_evening(house, ana)
        after.append(house.memory() / 1024)
    begun, ended = after[erased // 5], after[-1]
    report(f"circles opened and erased: {begun:.1f} MB after {erased // 5 + 1}, {ended:.1f} after {erased}")
    assert ended - begun < MOST_MEGABYTES


def an_evening(house: House, ana: Staff) -> None:
    """A circle with two phones, all they say in it, one that leaves, and its end."""
    seats = house.rooms(1, 2)[0]
    ben, cleo = (phone_of(house, seat.token) for seat in seats)
    with Wire(ben) as listening, Wire(ana, circle=seats[0].circle_id) as console:
        for wire in (listening, console):
            assert wire.come_in().startswith("40")
        for number in range(NOTES):
            (ben, cleo)[number % 2].note(f"note {number}, " + "with a few words " * 20)
        assert cleo.send("notes", "too long " * 1000).status == 422
        assert cleo.leave().status == 200
        for step in ("close", "erase"):
            assert ana.act(seats[0].circle_id, step).status == 204
        for wire in (listening, console):
            wire.seconds_until_closed()
    assert ben.here().headers["Location"] == "/"


def phone_of(house: House, token: str) -> Phone:
    """The phone that sits there."""
    phone = Phone(house.server)
    phone.cookies["circle"] = token
    phone.token = phone.here().find(r'data-csrf="([^"]+)"')
    return phone
