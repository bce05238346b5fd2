"""Heads in bands, and which sums of heads may stand beside them.

A sum may be said only if, with the bands and every other sum that is said, no circle can be known more finely than by
its band: each value of the band is still possible. Whoever works that out knows this program too, so what a sum that
was *not* said gives away counts as well.
"""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import NamedTuple


class Band(NamedTuple):
    """From how many heads to how many."""

    least: int
    most: int

    @property
    def wide(self) -> int:
        """How far it is from its least to its most."""
        return self.most - self.least


BANDS = {"0": Band(0, 0), "1-4": Band(1, 4), "5-9": Band(5, 9), "10+": Band(10, 19)}
"""The last one has no end. Any sum at all says that no circle had more heads than that; but up to nineteen, as many
values as the bands below it hold together, all stay possible of it too.
"""


def band_of(heads: int) -> str:
    """The band these heads are in."""
    return next(name for name, band in reversed(BANDS.items()) if heads >= band.least)


def may_say(bands: Iterable[str], heads: int) -> bool:
    """Whether the sum of the heads of these circles may be said beside their bands."""
    return heads in _open_sums([BANDS[name] for name in bands])


def may_say_of_rest(months: Iterable[Sequence[str]], heads: int) -> bool:
    """Whether the sum over these months may be said, none of which may be said alone; each as the bands of its circles.

    With a quarter and some of its months said, anybody can subtract: this sum over the others is then known, too.
    """
    rest = [[BANDS[name] for name in bands] for bands in months]
    return all(
        _possible(rest, heads, at, band, value)
        for at, circles in enumerate(rest)
        for band in set(circles)
        for value in range(band.least, band.most + 1)
    )


def _possible(rest: Sequence[Sequence[Band]], heads: int, at: int, band: Band, value: int) -> bool:
    """Whether these months can come to so many heads, with so many in one circle of this band in the month `at`."""
    hidden = [_hidden_sums(bands) for bands in rest]
    least = sum(one.least for one in rest[at]) - band.least + value
    most = sum(one.most for one in rest[at]) - band.most + value
    hidden[at] = [(max(low, least), min(high, most)) for low, high in hidden[at]]
    return any(
        sum(low for low, _ in sums) <= heads <= sum(high for _, high in sums)
        for sums in product(*([one for one in month if one[0] <= one[1]] for month in hidden))
    )


def _open_sums(bands: Sequence[Band]) -> range:
    """The sums with which each value of each band is possible: far enough above the least one, and below the most."""
    widest = max((band.wide for band in bands), default=0)
    return range(sum(band.least for band in bands) + widest, sum(band.most for band in bands) - widest + 1)


def _hidden_sums(bands: Sequence[Band]) -> list[tuple[int, int]]:
    """From where to where the sum of a month may lie that was not said: below those that are, or above."""
    open_sums = _open_sums(bands)
    least, most = sum(band.least for band in bands), sum(band.most for band in bands)
    return [(least, open_sums.start - 1), (open_sums.stop, most)] if open_sums else [(least, most)]
