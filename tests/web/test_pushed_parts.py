"""A push draws a part from what that part shows and nothing else: the same as the page draws from all there is."""

from typing import get_args

from flask import Flask

from facilitator import live
from sessions.circle import snapshot
from sessions.circle.changes import HEADS, Part
from sessions.permissions import FACILITATOR, MEMBER
from tests.web.cast import Desk, Doors, Phone

PARTS: tuple[Part, ...] = get_args(Part)
FOR_LEADERS = {"waiting", "plan", "hands", "suggestions", "writing", "themes", "doors", "card", *HEADS}
FOR_LEADERS |= {"clearing-check-in", "clearing-note"}
DRAWN = {
    FACILITATOR: [part for part in PARTS if not part.startswith("box-")],
    MEMBER: [part for part in PARTS if part not in FOR_LEADERS],
}


def drawn(app: Flask, circle_id: str, role: str, name: Part, only: frozenset[Part] | None) -> str:
    with app.test_request_context():
        with app.extensions["database"].read() as db:
            seen = snapshot.take(db, app.extensions["vault"], circle_id, role, only)
        assert seen is not None
        return live.part(name, role, seen)


def test_every_part_is_drawn_the_same_alone(app: Flask, ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    ana.do(f"{circle.console}/appear", appear="at-once")
    eve = Phone(app).join(circle.code)
    for phone in (ben, cleo, eve):
        phone.share("Ate first.", tags=["set:sleep"])
        phone.note("Work was good this week.")
    ana.do(f"{circle.console}/appear", appear="handfuls")
    cleo.note("One that waits.")
    ana.do(f"{circle.console}/parts/start", part="5")
    ana.do(f"{circle.console}/card/show", card="naloxone")
    for role, names in DRAWN.items():
        whole = {name: drawn(app, circle.id, role, name, None) for name in names}
        alone = {name: drawn(app, circle.id, role, name, frozenset({name})) for name in names}
        assert alone == whole
        assert sum("Ate first." in html for html in whole.values()) == 1 and "sleep" in str(whole).lower()
