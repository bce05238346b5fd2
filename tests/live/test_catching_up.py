"""What happened between the page and the room, or while a phone heard nothing, is caught up."""

from tests.people import Phone
from tests.sockets import Heard

BEAT_SECONDS = 10


def test_a_note_written_between_page_and_socket_is_caught_up(ben: Phone, cleo: Phone) -> None:
    seen = ben.here().version
    cleo.note("written in the gap")
    with ben.listen() as socket:
        beat = socket.told("beat")[0]
        assert beat.data["v"] > seen
        page = ben.catch_up()
        assert page.version == beat.data["v"]
        assert "written in the gap" in page.wall("notes").values()
        assert socket.streams() == []


def test_a_phone_that_comes_back_from_a_lift_is_told_how_far_the_circle_is(ben: Phone, cleo: Phone) -> None:
    with ben.listen() as socket:
        cleo.note("before the lift")
        last = socket.wait_for(_is_a_push).data["v"]
    cleo.note("during the lift")
    with ben.listen() as socket:
        assert socket.told("beat")[0].data["v"] == last + 1
        assert list(ben.catch_up().wall("notes").values()) == ["before the lift", "during the lift"]
        cleo.note("after the lift")
        assert socket.wait_for(_is_a_push).data["v"] == last + 2


def test_the_page_and_the_pushes_show_a_share_alike(ben: Phone, cleo: Phone) -> None:
    with ben.listen() as socket:
        cleo.note("the same <b>everywhere</b>", ["drug:mixing"])
        [[_, target, markup]] = socket.wait_for(_is_a_push).data["ops"]
    assert target == "notes"
    assert markup.strip() in ben.catch_up().text


def test_a_beat_follows_every_ten_seconds_though_nothing_happens(ben: Phone) -> None:
    with ben.listen() as socket:
        greeting = socket.told("beat")[0]
        later = socket.wait_for(lambda heard: heard.event == "beat" and heard != greeting, within=BEAT_SECONDS + 20)
    assert later.data == {"v": ben.catch_up().version, "here": 1}


def _is_a_push(heard: Heard) -> bool:
    return heard.event == "stream"
