"""Close, perhaps reopen, erase: what everybody hears, and what is left afterwards."""

import uuid

from sessions.circle.changes import HEADS
from sessions.circle.shares import CLEARING
from tests.people import Circle, Phone, Staff
from tests.server import PASSPHRASE, Server
from tests.sockets import Listener


def test_closing_covers_every_screen_and_empties_the_walls(ana: Staff, circle: Circle, ben: Phone, cleo: Phone) -> None:
    ben.note("said in the room")
    for_leaders = ["waiting", "plan", "hands", "suggestions", "doors", "themes", "card", *CLEARING.values(), *HEADS]
    with cleo.listen() as phone, ana.listen(circle=circle.id) as console:
        assert ana.act(circle.id, "close").status == 204
        for socket, extra in ((phone, []), (console, for_leaders)):
            parts = ops(socket, cleo.catch_up().version)
            assert list(parts) == ["state", "now", "checkins", "notes", "rules", *extra]
            assert "The circle has closed." in parts["state"]
            assert "said in the room" not in str(parts)
    assert "said in the room" not in cleo.here().text + ana.console(circle.id).text
    assert cleo.here().wall("notes") == {}


def test_nothing_can_be_written_or_taken_back_after_the_close(ana: Staff, circle: Circle, ben: Phone) -> None:
    ben.note("said in the room")
    [share_id] = ben.catch_up().wall("notes")
    ana.act(circle.id, "close")
    version = ben.catch_up().version
    assert ben.send("notes", "too late").status == 422
    assert ben.take_back(share_id).status in (404, 422)
    assert ana.act(circle.id, "rules", words="Too late.").status == 422
    assert ben.catch_up().version == version


def test_reopening_with_the_passphrase_brings_the_walls_back(
    ana: Staff, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    ben.note("said in the room")
    wall = ben.catch_up().wall("notes")
    with cleo.listen() as phone, ana.listen(circle=circle.id) as console:
        ana.act(circle.id, "close")
        assert ana.act(circle.id, "reopen", passphrase=PASSPHRASE).status == 204
        for socket in (phone, console):
            parts = ops(socket, cleo.catch_up().version)
            assert "closed" not in parts["state"]
            assert "said in the room" in parts["notes"]
        assert phone.versions() == list(range(phone.versions()[0], phone.versions()[0] + 2))
    assert cleo.catch_up().wall("notes") == ana.console(circle.id).wall("notes") == wall
    ben.note("and the circle goes on")


def test_without_the_passphrase_it_stays_closed(ana: Staff, circle: Circle, ben: Phone) -> None:
    ana.act(circle.id, "close")
    version = ben.catch_up().version
    for wrong in ("", "not the passphrase"):
        assert ana.act(circle.id, "reopen", passphrase=wrong).status == 422
    assert ben.catch_up().version == version
    assert "The circle has closed." in ben.here().text


def test_an_open_circle_is_not_erased_by_one_slip_of_a_finger(ana: Staff, circle: Circle, ben: Phone) -> None:
    ben.note("stays")
    assert ana.act(circle.id, "erase").status == 422
    assert list(ben.catch_up().wall("notes").values()) == ["stays"]


def test_erasing_tells_everybody_that_it_is_gone(ana: Staff, circle: Circle, ben: Phone) -> None:
    luz = Phone(ben.server, language="es").come_in(circle)
    ana.act(circle.id, "close")
    with ben.listen() as phone, luz.listen() as spanish, ana.listen(circle=circle.id) as console:
        assert ana.act(circle.id, "erase").status == 204
        for socket in (phone, spanish, console):
            [[op, target, markup]] = socket.wait_for(lambda heard: heard.event == "gone").data["ops"]
            assert (op, target) == ("replace", "state")
            assert ("It is gone." in markup) == (socket is not spanish)


def test_after_the_erase_every_address_of_the_circle_leads_nowhere(
    server: Server, ana: Staff, circle: Circle, ben: Phone
) -> None:
    ben.note("said in the room")
    [share_id] = ben.catch_up().wall("notes")
    rule = ana.console(circle.id).find(r'id="rule-(\w+)"')
    ana.act(circle.id, "close")
    ana.act(circle.id, "erase")
    assert ana.console(circle.id).status == 404
    actions = ["waiting/show", "rules", "blank", "unblank", "close", "reopen", "erase"]
    actions += [f"shares/{share_id}/{action}" for action in ("set-aside", "restore", "wipe")]
    actions += [f"rules/{rule}/{action}" for action in ("reword", "move", "remove")]
    for action in actions:
        answer = ana.act(circle.id, action, passphrase=PASSPHRASE, words="words", direction="up")
        assert answer.status == 404, action
        assert circle.id not in answer.text
    assert circle.id not in ana.get("/lead").text
    for path in ("/here", "/here/notes", "/here/check-ins", f"/here/shares/{share_id}/take-back"):
        form = {"text": "too late", "key": str(uuid.uuid4()), "csrf_token": ben.token}
        answer = ben.get(path) if path == "/here" else ben.post(path, form)
        assert (answer.status, answer.headers["Location"]) == (303, "/")
    assert Phone(server).knock(circle.code).status == 422


def ops(socket: Listener, version: int) -> dict[str, str]:
    """The parts that the push of this version draws anew."""
    return {target: markup for _, target, markup in socket.wait_for_version(version).data["ops"]}
