"""What a push, a whole post, an idle phone and a storm cost, here and with fair peers, in one interleaved run.

python3 dev.py bench [--write]    all of it, five rounds; --write: docs/speed.md and docs/speed.svg after each round
python3 dev.py bench --only posts --against fastify,manuals --shapes 50x20 --rounds 1 --posts 400    a quick look
... --python /usr/bin/python3    with the Python that people run, where .venv has another one

What is told are medians, and their spread. CPU is what counts: wall time on a machine that does other things moves by
half.
"""

import argparse
import os
import random
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.load import interpreter, machine, page
from tests.load.aims import STORM
from tests.load.contenders import EVERYBODY, MEASURES, OURS, POSTS, PUSHES, STORMS, Contender, those
from tests.load.drawing import svg
from tests.load.measures import SHAPES, Figures, Rejected, Shape, posts, storm, tells, to_tell
from tests.load.page import table
from tests.load.rooms import Place

DOCS = Path(__file__).resolve().parents[2] / "docs"


def _asked() -> argparse.Namespace:
    first = argparse.ArgumentParser(add_help=False)
    first.add_argument("--python", metavar="PATH", help="serve with this Python, in a temporary environment")
    as_it_stands = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_it_stands, parents=[first])
    others = [short for short in EVERYBODY if short != OURS]
    some = {"action": "extend", "type": lambda words: words.split(",")}
    parser.add_argument("--only", metavar=",".join(MEASURES), **some)
    parser.add_argument("--against", metavar=",".join(others), help="'nobody': us alone", **some)
    parser.add_argument("--shapes", metavar=",".join(_typed(shape) for shape in SHAPES), **some)
    parser.add_argument("--posts", type=int, help="so many in each measure, in the place of what each shape has")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--phones", type=int, default=STORM, help="so many in a storm")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    parser.add_argument("--write", action="store_true", help="docs/speed.md and docs/speed.svg, after each round")
    asked = parser.parse_args()
    if asked.python:
        interpreter.go_on_with(asked.python, first.parse_known_args()[1])
    known = {"only": MEASURES, "against": [*others, "nobody"], "shapes": [_typed(shape) for shape in SHAPES]}
    for name, allowed in known.items():
        chosen = getattr(asked, name) or list(allowed)
        if unknown := set(chosen) - set(allowed):
            parser.error(f"--{name}: {', '.join(sorted(unknown))} is none of {', '.join(allowed)}")
        setattr(asked, name, chosen)
    return asked


def main() -> None:
    """Run it, and print a table."""
    asked, began, before = _asked(), time.monotonic(), os.getloadavg()[0]
    Place.apart = True
    dice, contenders = random.Random(asked.seed), those(asked.against)
    found: dict[str, Figures] = {one.name: defaultdict(list) for one in contenders}
    rejected: list[str] = []

    def each(kind: str, of: Shape | int, measure: Callable[..., None], *args: Any) -> None:
        """Have every contender of this kind of measure take its turn."""
        for one in contenders:
            if kind in asked.only and kind in one.measures:
                try_out(one, f"{kind} {of}", measure, of, *args)

    def try_out(one: Contender, what: str, measure: Callable[..., None], of: Shape | int, *args: Any) -> None:
        """Where a phone loses its line, or the crowd is too busy, nothing was measured."""
        took = time.monotonic()
        try:
            with one.make(**to_tell(of if isinstance(of, Shape) else SHAPES[0])) as place:
                measure(place, of, *args, found[one.name])
        except Rejected as why:
            rejected.append(f"{what}, {one.name}: {why}")
            print(f"rejected: {rejected[-1]}", flush=True)
        print(f"{what}, {one.name}: {time.monotonic() - took:.0f} s", flush=True)

    for number in range(asked.rounds):
        for shape in [shape for shape in SHAPES if _typed(shape) in asked.shapes]:
            each(PUSHES, shape, tells)
            each(POSTS, shape, posts, asked.posts, dice)
        each(STORMS, asked.phones, storm)
        minutes = (time.monotonic() - began) / 60
        about = f"{machine.described(asked.seed, number + 1, before)} It took {minutes:.0f} minutes."
        print(f"\n{about}\n\n{table(found)}", flush=True)
        if asked.write:  # after each round: a run that is cut short leaves what it found
            (DOCS / "speed.md").write_text(page.page(about, found, rejected), "utf-8")
            (DOCS / "speed.svg").write_text(svg(found, about), "utf-8")


def _typed(shape: Shape) -> str:
    return f"{shape.rooms}x{shape.phones}"


if __name__ == "__main__":
    main()
