"""Ten wrong codes a second at the door, from one place and from a thousand: two hours by a clock that is ours.

In the test run it is a hundredth of that: 72 seconds.
"""

import random
import statistics
import sys
from collections.abc import Callable

import pytest
from flask import Flask

from facilitator.patience import FIRST_SECONDS, LONGEST_SECONDS, MOST_HELD, Patience
from facilitator.tallies import InMemory
from tests.web.cast import Doors, Phone

A_SECOND = 10
CODES = 900_000_000
LONG = [pytest.mark.long, pytest.mark.timeout(3600)]


@pytest.mark.parametrize("seconds", [72, pytest.param(7200, marks=LONG)])
@pytest.mark.parametrize("places", [1, 1000])
def test_guessers_wait_and_nobody_else_does(
    seconds: int,
    places: int,
    app: Flask,
    circle: Doors,
    seed: int,
    report: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now, waited, lots = [0.0], list[float](), random.Random(seed)
    tally = InMemory(lambda: now[0])
    monkeypatch.setattr(sys.modules["facilitator.door"], "tries", Patience(waited.append, tally=tally))
    guesser, guests = Phone(app), [Phone(app), Phone(app)]
    for number in range(seconds * A_SECOND):
        now[0] += 1 / A_SECOND
        place = lots.randrange(places)
        source = {"REMOTE_ADDR": f"198.18.{place // 256}.{place % 256}"}
        guess = guesser.post("/door", {"code": str(100_000_000 + number)}, environ_base=source)
        assert guess.status == 422, "never a 429, and never in"
        if number % (seconds // 9) == 0:
            held = len(waited)
            for guest, way_in in zip(guests, (circle.code, circle.link), strict=True):
                assert guest.post("/door", {"code": way_in}, environ_base=source).location == "/join"
            assert len(waited) == held, "who has the right code, or the QR, waits for nothing"
    late = statistics.median(waited[len(waited) // 2 :])
    report(
        f"{len(waited):,} wrong codes in {seconds:,} s from {places:,}: a wait of {late:.1f} s; at most "
        f"{max(waited) * A_SECOND:.0f} answers held at once; one chance in {CODES // len(waited):,} for one circle"
    )
    assert len(waited) == seconds * A_SECOND
    assert FIRST_SECONDS * 4 < late <= max(waited) <= LONGEST_SECONDS, "the door as a whole has slowed down"
    assert max(waited) * A_SECOND < MOST_HELD, "all of them can be held back at this pace"
    assert len(tally._tries) <= places
