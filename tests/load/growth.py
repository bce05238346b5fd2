"""What a server pays for circles that are only open, and for a post as more stands: the figures of docs/growth.md.

.venv/bin/python -m tests.load.growth [CIRCLES ...]
"""

import sys
import time

from tests.load.measures import WARM_UP, Shape, to_tell
from tests.load.rooms import House

CIRCLES = (10, 500)
WATCHED_SECONDS = 30
"""Three turns of the clock."""
BUNCH = 50
"""So many posts at a time, all into the same circle: what one costs is told for each bunch."""


def main() -> None:
    """Measure, and print."""
    for count in [int(word) for word in sys.argv[1:]] or CIRCLES:
        with House(**to_tell(Shape(1, 10))) as house:
            rooms = house.rooms(count, 1)
            house.crowd("come", [room[0] for room in rooms])
            with house.cpu() as cpu:
                house.crowd("sit", WATCHED_SECONDS)
            turn = cpu[0] / WATCHED_SECONDS * 10
            writers = [house.writer(room[0]) for room in rooms[:10]]
            house.crowd("post", [writers[n % len(writers)] for n in range(WARM_UP)], 1)
            with house.cpu() as cpu:
                house.crowd("post", [writers[n % len(writers)] for n in range(WARM_UP)], 1)
            kib = house.memory()
            print(
                f"{count} circles open, a phone in each: {turn:.0f} CPU-ms for ten seconds of sitting there, "
                f"{cpu[0] / WARM_UP:.1f} a post, {kib / 1024:.0f} MiB",
                flush=True,
            )
    with House(**to_tell(Shape(1, 10))) as house:
        rooms = house.rooms(1, 18, ("en", "es"))
        house.crowd("come", rooms[0] + house.leaders(rooms))
        writers = [house.writer(seat) for seat in rooms[0]]
        for bunch in range(6):
            began = time.monotonic()
            with house.cpu() as cpu:
                house.crowd("post", [writers[n % len(writers)] for n in range(BUNCH)], 1)
            wall = time.monotonic() - began
            print(
                f"one circle of 20, {bunch * BUNCH}-{(bunch + 1) * BUNCH} notes stand: "
                f"{cpu[0] / BUNCH:.1f} CPU-ms a post, {wall / BUNCH * 1000:.0f} ms",
                flush=True,
            )


if __name__ == "__main__":
    main()
