"""Kept, then told: a change goes out only after it is durable, to each audience in its own words.

Every change of a circle goes through `keep`. Pushes of one circle leave in the order of their versions. A push is
never a promise of delivery: who misses one hears it from the beat and reads the page again.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec

from flask import request
from flask_babel import force_locale
from sqlalchemy.orm import Session

from facilitator import engine, fan_out, shared, shown
from facilitator.audience import SCREEN, Audience
from facilitator.drawn import drawn
from facilitator.extensions import database, presence, processes, socketio, vault
from facilitator.in_order import InOrder
from facilitator.logs import or_log
from sessions.circle import circles, erase, snapshot
from sessions.circle.changes import CHECK_IN, CLEARINGS, HEADS, Change, Op, Said
from sessions.circle.members import Member
from sessions.circle.snapshot import Snapshot
from sessions.permissions import MEMBER

P = ParamSpec("P")

WALLS = ("checkins", "notes")
BOXES = ("box-check-in", "box-note")
HERE_SECONDS = 0.2
"""Comings and goings within this time are told once."""
DROP_SECONDS = 0.5
"""From telling a screen that it is over to cutting its socket."""

_in_order: defaultdict[str, InOrder] = defaultdict(InOrder)
_here_told: set[str] = set()


def keep(
    circle_id: str, rule: Callable[Concatenate[Session, P], Change | None], *args: P.args, **kwargs: P.kwargs
) -> Change | None:
    """Run a rule that changes this circle, durably, then tell everybody in it. Returns what the rule returned.

    What is kept is kept: if telling breaks, that is logged, and who missed it catches up.
    """
    return _in_order[circle_id].keep(lambda: database.hand_in(rule, *args, **kwargs), _tell)


def _tell(change: Change | None) -> None:
    if change and change.ops:
        or_log(str(request.endpoint if request else None), push, change)


def push(change: Change) -> None:
    """Send a change to every audience of its circle. One that must not see it gets the version and nothing else."""
    shared.drop(change.circle_id)

    @cache  # once for all audiences of a role and all their ops, and not at all where none asks for it
    def seen(role: str) -> Snapshot | None:
        parts = frozenset(op.what for op in change.ops if role in op.roles and not isinstance(op.what, Said))
        with database.read() as db:
            return snapshot.take(db, vault, change.circle_id, role, parts)

    for audience in presence.audiences(change.circle_id):
        fan_out.tell(audience.room, "stream", {"v": change.version, "ops": _ops(change, audience, seen)})
    processes.tell("changed", circle_id=change.circle_id)


def part(
    name: str, role: str, seen: Snapshot, acts: Mapping[str, str] = MappingProxyType({}), **of_this_page: Any
) -> str:
    """One live part of a page, as the page and every push show it; `of_this_page` is what no push carries.

    `acts`: what a phone without scripts can do with others' shares, by their ids. A page's own too.
    """
    folder = "" if name in WALLS else "here/" if role == MEMBER else "lead/"
    shared = {"_wall": WALLS, "_box": BOXES, "_head": HEADS, "_clearing": CLEARINGS}
    template = next((one for one, names in shared.items() if name in names), f"_{name}")
    return drawn(f"{folder}{template}.html", seen=seen, role=role, name=name, acts=acts, **of_this_page)


def item(said: Said, role: str, circle_id: str, act: str = "") -> str:
    """One share, as the page and every push show it; on a page, with what can be done without scripts."""
    return drawn("_share.html", said=said, leads=role != MEMBER, circle_id=circle_id, act=act)


def erase_now(circle_id: str) -> bool:
    """Erase a circle that is closed, tell its screens that it is gone, and cut them off. False if it is open."""
    with _in_order[circle_id].alone():
        if not erase.erase(database, vault, circle_id):
            return False
    processes.tell("gone", circle_id=circle_id)
    tell_gone(circle_id)
    database.tidy()
    return True


def tell_gone(circle_id: str) -> None:
    """Tell the screens of an erased circle that it is gone, and cut them off."""
    _in_order.pop(circle_id, None)
    presence.erased(circle_id)
    shared.drop(circle_id)
    for audience in presence.audiences(circle_id):
        with force_locale(audience.language):
            template = "screen/_gone.html" if audience.role == SCREEN else "_gone.html"
            gone = ["replace", "state", drawn(template, leads=audience.role != MEMBER)]
        fan_out.tell(audience.room, "gone", {"ops": [gone]})
    drop(presence.sockets_in(circle_id), after=DROP_SECONDS)


def drop(sids: list[str], after: float = 0.0) -> None:
    """Cut these sockets, so that nobody hears on after signing out, leaving or the erase."""

    def cut() -> None:
        socketio.sleep(after)
        for sid in sids:
            engine_sid = socketio.server.manager.eio_sid_from_sid(sid, "/")
            socketio.server.disconnect(sid)  # says goodbye, so that an honest page does not come back
            if engine_sid:
                engine.hang_up(engine_sid)

    if sids:
        socketio.start_background_task(cut)


def hang_up(sids: list[str]) -> None:
    """Cut these sockets without goodbye, so that an honest page comes back and is looked at again."""
    for sid in sids:
        engine_sid = socketio.server.manager.eio_sid_from_sid(sid, "/")
        if engine_sid:
            engine.hang_up(engine_sid)


def cut(person: str, circle_id: str = "") -> None:
    """Cut the sockets of one person, in every process; of one circle alone, where it is said which."""
    drop(presence.sockets_of(person, circle_id))
    processes.tell("cut", person=person, circle_id=circle_id)


def cut_hand(circle_id: str, hand: str) -> None:
    """Cut the sockets of the phone that raised the hand with this proof, in every process."""
    drop(presence.sockets_of_hand(circle_id, hand))
    processes.tell("cut-hand", circle_id=circle_id, hand=hand)


def gone(member: Member) -> None:
    """A phone gave its seat back: it hears nothing more, and counts no more among those who are here."""
    presence.left(member.circle_id, member.seat)
    cut(member.seat)
    tell_here(member.circle_id)


def tell_here(circle_id: str) -> None:
    """Tell a circle how many phones are here, once for all who come and go within a moment."""
    if circle_id in _here_told:
        return
    _here_told.add(circle_id)

    def told() -> None:
        socketio.sleep(HERE_SECONDS)
        _here_told.discard(circle_id)
        show_here(circle_id)
        tell_others_who_is_here(circle_id)

    socketio.start_background_task(told)


def show_here(circle_id: str) -> None:
    """Show those who listen here how many phones there are, in all processes. A big screen is told no number."""
    for audience in presence.audiences(circle_id):
        if audience.role != SCREEN:
            fan_out.tell(audience.room, "here", {"n": presence.phones(circle_id)})


def tell_others_who_is_here(circle_id: str) -> None:
    """Tell the other processes who is in a circle here."""
    processes.tell("here", process=processes.me, circle_id=circle_id, people=sorted(presence.here(circle_id)))


def beat(circle_id: str) -> None:
    """Tell everybody in a circle its version and how many are here: what was missed is then caught up."""
    version = _version(circle_id)
    for audience in presence.audiences(circle_id) if version else ():
        fan_out.tell(audience.room, "beat", _beat(audience, version))


def greet(audience: Audience, sid: str) -> None:
    """Tell one socket that it is in, and how far its circle is."""
    if version := _version(audience.circle_id):
        fan_out.tell_one(sid, "beat", _beat(audience, version))


def _version(circle_id: str) -> int:
    """The version a circle is at; 0 where it is gone."""
    with database.read() as db:
        return circles.version_of(db, circle_id)


def _beat(audience: Audience, version: int) -> dict[str, int]:
    """What a beat says to one audience: a big screen is told no number of phones."""
    return {"v": version} | ({} if audience.role == SCREEN else {"here": presence.phones(audience.circle_id)})


def _ops(change: Change, audience: Audience, seen: Callable[[str], Snapshot | None]) -> list[list[str]]:
    with force_locale(audience.language):
        if audience.role == SCREEN:
            return shown.ops(change, audience)
        return [_rendered(op, audience, seen) for op in change.ops if audience.role in op.roles]


def _rendered(op: Op, audience: Audience, seen: Callable[[str], Snapshot | None]) -> list[str]:
    if isinstance(op.what, Said):
        target = _list_of(op.what) if op.do == "append" else f"share-{op.what.id}"
        return [op.do, target, "" if op.do == "remove" else item(op.what, audience.role, audience.circle_id)]
    now = seen(audience.role)
    return [op.do, op.what, part(op.what, audience.role, now) if now else ""]


def _list_of(said: Said) -> str:
    return "checkins" if said.kind == CHECK_IN else "notes"
