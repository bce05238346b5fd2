"""Heads in bands, and sums beside them (`sessions.schedule.bands`): whoever puts all of it together learns no more.

The attacker here has everything that is published, and this program: of every way in which so many people can have
come that leads to just that page, they make a list, and read from it what one circle can have been.
"""

import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import product

import pytest

from sessions.schedule import bands
from sessions.schedule.bands import BANDS, band_of
from sessions.schedule.held import MOST_HEADS

Quarter = tuple[tuple[int, ...], ...]
"""How many came, circle by circle, month by month."""
Page = tuple[tuple[int | None, ...], int | None]
"""The sums that are said: of each month, and of the quarter."""

CROWD = 22
"""As many as the attacker thinks can have come to a circle of ten or more."""


def said_of(named: tuple[tuple[str, ...], ...], sums: tuple[int, ...]) -> Page:
    """What is said of months with these bands and these sums."""
    months = tuple(heads if bands.may_say(circles, heads) else None for circles, heads in zip(named, sums, strict=True))
    rest = [at for at, said in enumerate(months) if said is None]
    open_rest = _rest_may(tuple(named[at] for at in rest), sum(sums[at] for at in rest))
    return months, sum(sums) if open_rest else None


@cache
def _rest_may(named: tuple[tuple[str, ...], ...], heads: int) -> bool:
    return bands.may_say_of_rest(named, heads)


def published(quarter: Quarter) -> Page:
    """What is said of such a quarter."""
    return said_of(tuple(tuple(map(band_of, month)) for month in quarter), tuple(map(sum, quarter)))


def values(band: str) -> range:
    """What the attacker thinks possible of a circle, from its band alone."""
    return range(BANDS[band].least, (CROWD if band == "10+" else BANDS[band].most) + 1)


def ways(circles: tuple[str, ...]) -> dict[int, set[tuple[int, int]]]:
    """Of every sum that a month with these bands can come to: which circle, by its place, may have had how many."""
    found: dict[int, set[tuple[int, int]]] = defaultdict(set)
    for place, band in enumerate(circles):
        others = {0}
        for other in circles[:place] + circles[place + 1 :]:
            others = {heads + value for heads in others for value in values(other)}
        for value, heads in product(values(band), others):
            found[heads + value].add((place, value))
    return found or {0: set()}


def found_out(quarter: Quarter) -> list[tuple[int, int]]:
    """The circles, by month and place, of which the page tells that some value of their band is not it."""
    named = tuple(tuple(map(band_of, month)) for month in quarter)
    page, by_sum = published(quarter), [ways(circles) for circles in named]
    possible: dict[tuple[int, int], set[int]] = defaultdict(set)
    for sums in product(*by_sum):
        if said_of(named, sums) == page:
            for month, heads in enumerate(sums):
                for place, value in by_sum[month][heads]:
                    possible[month, place].add(value)
    return [
        (month, place)
        for month, circles in enumerate(named)
        for place, band in enumerate(circles)
        if not {*range(BANDS[band].least, BANDS[band].most + 1)} <= possible[month, place]
    ]


def quarters(seed: int, many: int = 25) -> Iterator[Quarter]:
    """So many quarters of a building with few circles: there a sum tells most."""
    chance = random.Random(seed)
    for _ in range(many):
        most = chance.choice((4, 9, 9, CROWD - 3))
        yield tuple(tuple(chance.randint(0, most) for _ in range(chance.choice((0, 1, 1, 2, 3)))) for _ in range(3))


@pytest.mark.parametrize(
    ("heads", "band"), [(0, "0"), (1, "1-4"), (4, "1-4"), (5, "5-9"), (9, "5-9"), (10, "10+"), (MOST_HEADS, "10+")]
)
def test_every_number_has_its_band(heads: int, band: str) -> None:
    assert band_of(heads) == band


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ([], [0]),
        (["0", "0"], [0]),
        (["1-4"], []),
        (["10+"], []),
        (["1-4", "1-4"], [5]),
        (["1-4", "1-4", "1-4"], [6, 7, 8, 9]),
        (["5-9", "5-9"], [14]),
        (["0", "5-9", "5-9"], [14]),
        (["1-4", "5-9"], []),
    ],
)
def test_a_sum_is_said_where_each_value_of_each_band_stays_possible(named: list[str], said: list[int]) -> None:
    assert [heads for heads in range(100) if bands.may_say(named, heads)] == said


def test_a_month_of_big_circles_has_a_sum_too() -> None:
    assert bands.may_say(["10+"] * 4, 52) and bands.may_say(["5-9", "10+", "10+", "10+"], 45)
    assert not bands.may_say(["10+"] * 4, 48), "then none can have had nineteen"
    assert not bands.may_say(["5-9", "5-9", "10+"], 29), "then the big one cannot have had ten"


def test_a_small_month_goes_into_the_quarter_with_another_and_never_alone() -> None:
    assert published(((2, 3), (3,), (7, 7))) == ((5, None, 14), None), "what is left would be the month that was not"
    assert published(((2, 2), (3, 3), (7, 7)))[0] == (None, None, 14)
    assert published(((2, 2), (3, 3), (7, 7)))[1] == 24
    assert published(((), (), (7, 7))) == ((0, 0, 14), 14)


@pytest.mark.parametrize("seed", range(6))
def test_whoever_puts_everything_together_learns_no_more_than_the_bands(seed: int) -> None:
    told = [(quarter, found_out(quarter)) for quarter in quarters(seed)]
    assert [quarter for quarter, found in told if found] == []


def test_something_is_said_all_the_same() -> None:
    pages = [published(quarter) for seed in range(6) for quarter in quarters(seed)]
    assert sum(any(months) for months, _ in pages) > 20 and sum(whole is not None for _, whole in pages) > 20


def one_less(rule: Callable[[Sequence[bands.Band]], range], circles: Sequence[bands.Band]) -> range:
    """The rule, but a sum too near the least one, and too near the most, is said."""
    said = rule(circles)
    return range(said.start - 1, said.stop + 1) if said else said


def always(*_anything: object) -> bool:
    return True


def alone(months: Sequence[Sequence[str]], heads: int) -> bool:
    """Whether it may be said as if nobody knew that each of these months was left out."""
    return bands.may_say([name for month in months for name in month], heads)


def test_every_weaker_rule_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attacker is no straw man: a rule that says a little more is found out at once."""
    weaker = {
        "sums a little nearer the ends": ("_open_sums", partial(one_less, bands._open_sums)),
        "every month": ("may_say", always),
        "every quarter": ("may_say_of_rest", always),
        "the quarter as if months left out told nothing": ("may_say_of_rest", alone),
    }
    for name, (rule, weak) in weaker.items():
        with monkeypatch.context() as weakened:
            weakened.setattr(bands, rule, weak)
            _rest_may.cache_clear()
            assert any(found_out(quarter) for seed in range(6) for quarter in quarters(seed)), name
    _rest_may.cache_clear()
