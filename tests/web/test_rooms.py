"""Who hears what is known by room, and nothing of whoever went stays behind anywhere."""

from collections.abc import Callable

from facilitator.audience import SCREEN, Audience
from facilitator.extensions import presence, socketio
from facilitator.presence import Presence
from sessions.permissions import FACILITATOR, MEMBER
from tests.web.cast import Desk, Doors, Ear, Phone

CIRCLE, ELSEWHERE = "a" * 20, "b" * 20
ENGLISH, SPANISH = Audience(CIRCLE, MEMBER, "en"), Audience(CIRCLE, MEMBER, "es")


def test_each_room_knows_its_own_sockets() -> None:
    here = Presence()
    for number, audience in enumerate((ENGLISH, ENGLISH, SPANISH, Audience(ELSEWHERE, MEMBER, "en"))):
        here.arrive(f"sid {number}", audience, f"seat {number}")
    here.arrive("a console", Audience(CIRCLE, FACILITATOR, "en"), "a sign-in")
    here.arrive("a screen", Audience(CIRCLE, SCREEN, "en", "words"), "a sign-in")
    assert [len(here.in_room(audience.room)) for audience in (ENGLISH, SPANISH)] == [2, 1]
    assert sorted(here.sockets_in(CIRCLE)) == ["a console", "a screen", "sid 0", "sid 1", "sid 2"]
    assert here.sockets_in(ELSEWHERE) == ["sid 3"]
    here.go("sid 0")
    assert len(here.in_room(ENGLISH.room)) == 1
    for sid in (*here.sockets_in(CIRCLE), *here.sockets_in(ELSEWHERE)):
        here.go(sid)
    assert here.in_room(ENGLISH.room) == here.sockets_in(CIRCLE) == here.circles() == []
    assert here.go("sid 0") is None and here.line_of("sid 0") is None


def test_whoever_goes_leaves_nothing_behind(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Callable[..., Ear]
) -> None:
    manager = socketio.server.manager
    stays = listen(cleo)
    before, entered = {name: dict(room) for name, room in manager.rooms["/"].items()}, set(manager._entered)
    ears = [listen(ben), listen(ben), listen(ana, circle.id)]
    assert len(presence.sockets_in(circle.id)) == 4
    ben.note("heard", script=True)
    assert all(ear.ops() for ear in [*ears, stays])
    for ear in ears:
        ear.client.disconnect()
    assert {name: dict(room) for name, room in manager.rooms["/"].items()} == before
    assert set(manager._entered) == entered and manager.pending_connect == manager.pending_disconnect == {}
    assert len(presence.sockets_in(circle.id)) == 1
    ben.note("still heard", script=True)
    assert stays.ops()
