"""What a push, a whole post, an idle phone and a storm cost, by each way of telling rooms, in one interleaved run.

python3 dev.py bench [--rounds N] [--phones N]. What is told are medians, and their spread. CPU is what counts: wall
time on a machine that does other things moves by half.
"""

import argparse
import platform
import random
import signal
import statistics
import sysconfig
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from facilitator.startup import FAN_OUTS
from tests.load.crowd import Seat
from tests.load.rooms import House

SHAPES = ((1, 10), (1, 200), (50, 20))
TELLS = {(1, 10): 200, (1, 200): 20, (50, 20): 4}
BURSTS = 5
"""Of so many tells each. The first is a warm-up; none is so long that a phone would miss its ping."""
POSTS = {(1, 10): 60, (1, 200): 30, (50, 20): 100}
ONE_BY_ONE = 20
IN_FLIGHT = 8
WARM_UP = 50

Figures = dict[str, list[float]]


class Shape(NamedTuple):
    """So many rooms of so many phones."""

    rooms: int
    phones: int

    def __str__(self) -> str:
        return f"{self.rooms} x {self.phones}"


def tells(fan_out: str, shape: Shape, figures: Figures) -> None:
    """Pushes alone: CPU-ms of the server for 1,000 deliveries."""
    times = TELLS[shape]
    with House(OPEN_CIRCLE_FAN_OUT=fan_out, TELL_TIMES=str(times)) as house:
        house.crowd("come", [seat for room in house.rooms(*shape) for seat in room])
        took = []
        for burst in range(1, BURSTS + 1):
            assert house.server.process
            with house.cpu() as cpu:
                house.server.process.send_signal(signal.SIGUSR1)
                house.crowd("wait_for", burst * times)
            took += cpu
        deliveries = times * (BURSTS - 1) * shape.rooms * shape.phones
        figures[f"push alone, {shape}: CPU-ms / 1,000"].append(sum(took[1:]) / deliveries * 1000)
        figures["the crowd itself, at pushes: share of a core"].append(house.share)


def posts(fan_out: str, shape: Shape, dice: random.Random, figures: Figures) -> None:
    """Whole posts, from the form to every screen: one by one, and eight in flight."""
    with House(OPEN_CIRCLE_FAN_OUT=fan_out) as house:
        rooms = house.rooms(*shape)
        house.crowd("come", [seat for room in rooms for seat in room])
        # Several in a room that writes much: nobody has room for more than 60 notes.
        writers = [(seat, house.csrf(seat)) for room in rooms for seat in room[: max(1, IN_FLIGHT // shape.rooms)]]
        house.crowd("post", _shuffled(writers, WARM_UP, dice), IN_FLIGHT)
        took = house.crowd("post", _shuffled(writers, ONE_BY_ONE, dice), 1)
        figures[f"post to everyone, {shape}: ms, p50"].append(statistics.median(took) * 1000)
        with house.cpu() as cpu:
            house.crowd("post", _shuffled(writers, POSTS[shape], dice), IN_FLIGHT)
        figures[f"whole post, {shape}: CPU-ms / 1,000"].append(cpu[0] / (POSTS[shape] * shape.phones) * 1000)


def storm(fan_out: str, phones: int, figures: Figures) -> None:
    """Many phones that sit there; then all are cut off, come back, and read their pages again."""
    with House(OPEN_CIRCLE_FAN_OUT=fan_out) as house:
        seats = [seat for room in house.rooms(phones // 50 + 1, 50, ("en", "es")) for seat in room]
        warm, idle = seats[:50], seats[50:]
        house.crowd("come", warm)
        before = house.memory()
        with house.cpu() as cpu:
            took = house.crowd("come", idle)
        figures[f"{phones} come: s"].append(took)
        figures[f"{phones} come: CPU-ms each"].append(cpu[0] / phones)
        figures["an idle phone: KiB"].append((house.memory() - before) / len(idle))
        house.crowd("leave")
        with house.cpu() as cpu:
            took = house.crowd("come", idle) + house.crowd("read_pages", idle)
        figures[f"{phones} come back and catch up: s"].append(took)
        figures[f"{phones} come back and catch up: CPU-ms each"].append(cpu[0] / phones)


def _shuffled(writers: list[tuple[Seat, str]], count: int, dice: random.Random) -> list[tuple[Seat, str]]:
    """So many posts: in turn, so that every room has as many, and in no order that a cache could like."""
    return dice.sample([writers[n % len(writers)] for n in range(count)], count)


def main() -> None:
    """Run it, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--phones", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    asked = parser.parse_args()
    dice, found = random.Random(asked.seed), {fan_out: defaultdict(list) for fan_out in FAN_OUTS}
    shapes = [Shape(*shape) for shape in SHAPES]
    for number in range(asked.rounds):
        for shape in shapes:
            for fan_out in FAN_OUTS:
                _unless_rejected(tells, fan_out, shape, found[fan_out])
                _unless_rejected(posts, fan_out, shape, dice, found[fan_out])
        for fan_out in FAN_OUTS:
            _unless_rejected(storm, fan_out, asked.phones, found[fan_out])
        print(f"round {number + 1} of {asked.rounds}", flush=True)
    print(f"\n{datetime.now(UTC):%Y-%m-%d}, seed {asked.seed}, {asked.rounds} rounds, {_python()}")
    print(f"{'median (least to most)':58}" + "".join(f"{name:>24}" for name in FAN_OUTS) + f"{'ratio':>8}")
    first, second = (found[fan_out] for fan_out in FAN_OUTS)
    for name in [name for name in first if second[name]]:
        ratio = statistics.median(first[name]) / statistics.median(second[name])
        print(f"{name:58}" + "".join(f"{_told(each[name]):>24}" for each in (first, second)) + f"{ratio:8.2f}")


def _unless_rejected(measure: Callable[..., None], fan_out: str, *args: object) -> None:
    """Where a phone loses its line, as on a machine that is too busy to answer pings, nothing was measured."""
    try:
        measure(fan_out, *args)
    except (EOFError, ConnectionError):
        print(f"rejected: {measure.__name__}, {fan_out}: not every phone heard everything", flush=True)


def _told(figures: list[float]) -> str:
    return f"{statistics.median(figures):.2f} ({min(figures):.2f}-{max(figures):.2f})"


def _python() -> str:
    """Which Python: one built without optimisation is a third slower, and no table should hide that."""
    built = sysconfig.get_config_var("CONFIG_ARGS") or ""
    how = "optimised" if "--enable-optimizations" in built else "not optimised"
    return f"Python {platform.python_version()}, {how}, {platform.machine()}"


if __name__ == "__main__":
    main()
