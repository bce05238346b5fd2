"""What is measured of one place: pushes alone, whole posts, and a storm. The crowd's own share is a condition."""

import math
import random
import statistics
from collections import defaultdict
from typing import NamedTuple

from tests.load.aims import CATCH_UP, COME_BACK, FAN_OUT, PHONE, POST
from tests.load.crowd import Seat
from tests.load.rooms import Place, Rejected

DELIVERIES_A_SECOND = 10_000
"""How fast a server is asked to push: no faster than the crowd can hear without being what is measured."""
MOST_OF_A_CORE = 0.85
TELLS = {(1, 10): 200, (1, 200): 25, (50, 20): 6}
BURSTS = 5
"""Of so many tells each. The first is a warm-up; none is so long that a phone would miss its ping."""
POSTS = {(1, 10): 60, (1, 200): 40, (50, 20): 100}
ONE_BY_ONE = 20
NOTES_EACH = 60
"""Nobody has room for more."""
IN_FLIGHT = 8
WARM_UP = 50
WORDS = f'<li class="share" id="share-0123456789abcdef0123"><p class="words" dir="auto">{"a cup of tea, " * 9}</p></li>'

Figures = defaultdict[str, list[float]]
"""By what was measured: a figure for each round."""


class Shape(NamedTuple):
    """So many rooms of so many phones."""

    rooms: int
    phones: int

    def __str__(self) -> str:
        return f"{self.rooms} x {self.phones}"


SHAPES = [Shape(1, 10), Shape(1, 200), Shape(50, 20)]


def to_tell(shape: Shape) -> dict[str, str]:
    """What a server is told beforehand of what it will be asked to push."""
    pause = shape.rooms * shape.phones / DELIVERIES_A_SECOND
    return {"TELL_TIMES": str(TELLS[shape]), "TELL_PAUSE": str(pause), "TELL_WORDS": WORDS}


def tells(place: Place, shape: Shape, figures: Figures) -> None:
    """Pushes alone: CPU-ms of the server for 1,000 deliveries. Raises Rejected."""
    times = TELLS[shape]
    place.seat([seat for room in place.rooms(*shape) for seat in room])
    took, shares = [], []
    for burst in range(1, BURSTS + 1):
        with place.cpu() as cpu:
            place.tell()
            place.crowd("wait_for", burst * times)
        took += cpu
        shares.append(place.share)
    _check_crowd(statistics.mean(shares[1:]), "pushes", figures)
    deliveries = times * (BURSTS - 1) * shape.rooms * shape.phones
    figures[FAN_OUT.format(shape)].append(sum(took[1:]) / deliveries * 1000)


def posts(place: Place, shape: Shape, count: int | None, dice: random.Random, figures: Figures) -> None:
    """Whole posts, from the form to every screen: one by one, and `count` eight in flight. Raises Rejected.

    Two of each room are its leader's consoles, one in each language; what is kept at last is counted.
    """
    count = count or POSTS[shape]
    rooms = place.rooms(shape.rooms, shape.phones - 2, ("en", "es"))
    place.seat([seat for room in rooms for seat in room] + place.leaders(rooms))
    all_in_all = WARM_UP + ONE_BY_ONE + count
    each = max(IN_FLIGHT, math.ceil(all_in_all / NOTES_EACH))
    writers = [place.writer(seat) for room in rooms for seat in room[: math.ceil(each / shape.rooms)]]
    place.crowd("post", _shuffled(writers, WARM_UP, dice), IN_FLIGHT)
    took = place.crowd("post", _shuffled(writers, ONE_BY_ONE, dice), 1)
    with place.cpu() as cpu:
        place.crowd("post", _shuffled(writers, count, dice), IN_FLIGHT)
    if (kept := place.shares()) != all_in_all:
        raise Rejected(f"{all_in_all} were answered, {kept} are kept")
    _check_crowd(place.share, "posts", figures)
    figures[f"post to everyone, {shape}: ms, p50"].append(statistics.median(took) * 1000)
    figures[POST.format(shape)].append(cpu[0] / count)


def storm(place: Place, phones: int, figures: Figures) -> None:
    """Many phones that sit there; then all are cut off, come back, and read their pages again. Raises Rejected.

    The page of a peer is an empty one.
    """
    seats = [seat for room in place.rooms(math.ceil(phones / 50) + 1, 50, ("en", "es")) for seat in room]
    warm, idle = seats[:50], seats[50 : 50 + phones]
    place.crowd("come", warm)
    before = place.memory()
    with place.cpu() as cpu:
        took = place.crowd("come", idle)
    memory = (place.memory() - before) / phones
    _check_crowd(place.share, "storms", figures)
    place.crowd("leave")
    with place.cpu() as cpu_again:
        took_again = place.crowd("come", idle)
    with place.cpu() as cpu_pages:
        took_pages = place.crowd("read_pages", idle)
    figures[PHONE].append(memory)
    figures[f"{phones:,} come: s"].append(took)
    figures[f"{phones:,} come: CPU-ms each"].append(cpu[0] / phones)
    figures[f"{phones:,} come back and read: s"].append(took_again + took_pages)
    figures[COME_BACK.format(phones)].append(cpu_again[0] / phones)
    figures[CATCH_UP.format(phones)].append((cpu_again[0] + cpu_pages[0]) / phones)


def _check_crowd(share: float, at: str, figures: Figures) -> None:
    if share > MOST_OF_A_CORE:
        raise Rejected(f"the crowd took {share:.0%} of a core")
    figures[f"the crowd itself, at {at}: % of a core"].append(share * 100)


def _shuffled(writers: list[tuple[Seat, str]], count: int, dice: random.Random) -> list[tuple[Seat, str]]:
    """So many posts: in turn, so that every room has as many, and in no order that a cache could like."""
    return dice.sample([writers[n % len(writers)] for n in range(count)], count)
