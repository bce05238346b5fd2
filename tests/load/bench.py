"""What a push, a whole post, an idle phone and a storm cost, here and with fair peers, in one interleaved run.

python3 dev.py bench [--rounds N] [--phones N] [--seed N] [--write]. What is told are medians, and their spread. CPU is
what counts: wall time on a machine that does other things moves by half. --write: docs/speed.md and docs/speed.svg too.
"""

import argparse
import os
import random
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.load import machine, page
from tests.load.aims import DIRECT, FASTIFY, MANUALS, PYTHON, STOCK
from tests.load.drawing import svg
from tests.load.measures import Figures, Rejected, Shape, posts, storm, tells, to_tell
from tests.load.page import table
from tests.load.peers import house as peers
from tests.load.rooms import House, Place

DOCS = Path(__file__).resolve().parents[2] / "docs"
SHAPES = [Shape(1, 10), Shape(1, 200), Shape(50, 20)]


def _makers() -> dict[str, Callable[..., Place]]:
    """How each contender is made, in the order of the columns."""
    made: dict[str, Callable[..., Place]] = {
        DIRECT: lambda **more: House(OPEN_CIRCLE_FAN_OUT="direct", **more),
        STOCK: lambda **more: House(OPEN_CIRCLE_FAN_OUT="stock", **more),
    }
    modules = peers.install()
    if modules:
        made[FASTIFY] = lambda **more: peers.Peer("fastify", modules, **more)
    made[PYTHON] = lambda **more: peers.Peer("bare", **more)
    made[MANUALS] = lambda **more: peers.Peer("manuals", **more)
    return made


def main() -> None:
    """Run it, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--phones", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    dice, makers, before = random.Random(asked.seed), _makers(), os.getloadavg()[0]
    found: dict[str, Figures] = {name: defaultdict(list) for name in makers}
    rejected: list[str] = []

    def try_out(measure: Callable[..., None], name: str, *args: Any, **environment: str) -> None:
        """Where a phone loses its line, or the crowd is too busy, nothing was measured."""
        try:
            with makers[name](**environment) as place:
                measure(place, *args)
        except (EOFError, ConnectionError, Rejected) as error:
            why = str(error) if isinstance(error, Rejected) else "not every phone heard everything"
            rejected.append(f"{measure.__name__} {args[0]}, {name}: {why}")
            print(f"rejected: {rejected[-1]}", flush=True)

    for number in range(asked.rounds):
        for shape in SHAPES:
            for name in [name for name in makers if name != MANUALS]:
                try_out(tells, name, shape, found[name], **to_tell(shape))
            for name in [name for name in makers if name != PYTHON]:
                try_out(posts, name, shape, dice, found[name], **to_tell(shape))
        for name in [name for name in makers if name not in (MANUALS, PYTHON)]:
            try_out(storm, name, asked.phones, found[name], name in (DIRECT, STOCK), **to_tell(SHAPES[0]))
        about = machine.described(asked.seed, number + 1, before)
        print(f"\n{about}\n\n{table(found)}", flush=True)
        if asked.write:  # after each round: a run that is cut short leaves what it found
            (DOCS / "speed.md").write_text(page.page(about, found, rejected), "utf-8")
            (DOCS / "speed.svg").write_text(svg(found), "utf-8")


if __name__ == "__main__":
    main()
