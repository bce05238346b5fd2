"""docs/speed.md, as a run writes it: what was measured, beside what we aimed for."""

import statistics
from collections.abc import Sequence

from tests.load.aims import AIMS, STORM, Found, ratio, told

HEAD = """# How fast, and for how much

Written by `python3 dev.py bench --write` from the figures of one run.

{about}

Figures are medians over the rounds, with the least and the most. The main one is **CPU of the server**, from `/proc`:
wall times on a shared machine move by half, and stand beside it. Less is better. All contenders take turns in each
round, and one crowd of raw sockets drives all of them: it checks that every phone hears every version once and in
order, and the database is asked what was kept. A measure in which the crowd took more than 85 % of its core is thrown
away.

![CPU of the server for a post and for pushes, and its memory for a phone](speed.svg)

**The whole post**: a form by POST with the phone's cookie and a CSRF check, sealed with AES-GCM, a share and its
receipt committed (SQLite, WAL, `synchronous=FULL`), rendered for members and leaders in English and Spanish, told to
everybody in the room, answered; eight in flight. A room of 20 is 18 phones and its leader's two consoles.
**Push alone**: about 200 bytes, without what comes before it; 10,000 deliveries a second are asked for.

**A storm**: {storm:,} phones come, sit there, lose their lines together, come back, and read their pages again, which
they do only where they missed something. The page of a peer is an empty one.

Everybody has TCP_NODELAY, and nobody compresses. The peers, each one file in `tests/load/peers`: Fastify, and Express,
with socket.io and better-sqlite3; the manuals' way (Flask-SocketIO, Flask-WTF, Flask-Babel, SQLAlchemy's ORM, commit in
the greenlet, `socketio.emit` for each audience); python-socketio alone, on gevent; and for pushes alone a server in C,
with an epoll and one `send()` for each delivery. They do that and no more. What is Node's is installed, and what is C
compiled, into a temporary folder for the run, and never shipped.
"""
NOT_HERE = """
Each of these says how many times as much the peer takes. Aimed for and not measured by this run: Etherpad, edit to
others (npm has 1.8.14 of it, and 3.3.1 is out), the first page after `python app.py`, and calendar pages as years go
by. A slow phone in every room is in `tests/live`.
How it goes on from here as circles grow is in [growth.md](growth.md).
"""


def table(found: Found) -> str:
    """Every figure of every contender, in Markdown."""
    names = list(dict.fromkeys(name for figures in found.values() for name in figures))
    head = ["| median (least-most) | " + " | ".join(found) + " |", "|---|" + "---:|" * len(found)]
    cells = {name: " | ".join(_cell(figures.get(name, ())) for figures in found.values()) for name in sorted(names)}
    return "\n".join([*head, *(f"| {name} | {row} |" for name, row in cells.items())])


def aims_table(found: Found) -> str:
    """What was aimed for, and how far this run came, in Markdown."""
    rows = []
    for aim in AIMS:
        came = ratio(found, aim)
        measured = "-" if came is None else f"{came:.2f}"
        rows.append(f"| {aim.what} | {aim.against} | {aim.floor} | {aim.aim} | {measured} | {told(found, aim)} |")
    return "\n".join(["| What | Against | Floor | Aim | Measured | |", "|---|---|---:|---:|---:|---|", *rows])


def page(about: str, found: Found, rejected: Sequence[str]) -> str:
    """The whole page."""
    thrown = "\n".join(f"- {one}" for one in rejected) or "Nothing."
    parts = [
        HEAD.format(about=about, storm=STORM),
        "## Measured",
        table(found),
        "## Aimed for",
        aims_table(found),
        NOT_HERE.strip(),
    ]
    return "\n\n".join(part.strip() for part in [*parts, "## Thrown away", thrown]) + "\n"


def _cell(figures: Sequence[float]) -> str:
    return f"{statistics.median(figures):.2f} ({min(figures):.2f}-{max(figures):.2f})" if figures else ""
