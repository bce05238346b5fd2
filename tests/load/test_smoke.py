"""The benchmark's own crowd, for a few seconds: every phone hears every version once, in order. No number is judged."""

import sys
from collections.abc import Callable

import pytest

from facilitator.startup import FAN_OUTS
from tests.load.rooms import House

ROOMS, PHONES, POSTS, IN_FLIGHT = 4, 15, 6, 8

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads a process's time and memory from /proc")


@pytest.mark.parametrize("fan_out", FAN_OUTS)
def test_every_phone_hears_every_version_once_in_order(fan_out: str, report: Callable[[str], None]) -> None:
    with House(OPEN_CIRCLE_FAN_OUT=fan_out) as house:
        rooms = house.rooms(ROOMS, PHONES, ("en", "es"))
        seats = [seat for room in rooms for seat in room]
        before = house.memory()
        house.crowd("come", seats)
        report(f"{fan_out}: {(house.memory() - before) / len(seats):.1f} KiB a phone, the first ones among them")
        writers = [house.writer(room[0]) for room in rooms]
        house.crowd("post", writers * POSTS, IN_FLIGHT)
        took = house.crowd("post", writers, 1)
        report(f"{fan_out}: post to everyone {sorted(took)[len(took) // 2] * 1000:.1f} ms")
        heard = house.crowd("heard")
        assert [len(versions) for versions in heard] == [POSTS + 1] * len(seats)
        assert len({tuple(versions) for versions in heard}) == 1  # new circles all begin at one
        house.crowd("leave")
        house.crowd("come", seats)
        house.crowd("read_pages", seats)
