"""How many phones are here: a count of people, told to all, kept by nobody."""

import pytest

from tests.people import Circle, Phone, Staff
from tests.server import Server
from tests.sockets import Heard, Listener, Wire

PING_SECONDS, PONG_SECONDS = 10, 8


def test_everybody_is_told_how_many_are_here(ana: Staff, circle: Circle, ben: Phone, cleo: Phone) -> None:
    with ana.listen(circle=circle.id) as console, ben.listen() as phone:
        with cleo.listen() as other:
            for socket in (console, phone, other):
                hears(socket, 2)
        cleo.leave()
        hears(console, 1)
        hears(phone, 1)


def test_the_console_is_no_phone(ana: Staff, circle: Circle) -> None:
    with ana.listen(circle=circle.id) as console:
        hears(console, 0)


def test_two_tabs_of_one_phone_are_one(circle: Circle, ben: Phone, cleo: Phone) -> None:
    with cleo.listen() as watcher, ben.listen() as one_tab, ben.listen():
        assert cleo.catch_up().phones == 2
        one_tab.cut()
        told = watcher.wait_for(lambda heard: heard.event == "here" and heard.at > (one_tab.closed_at or 0))
        assert told.data == {"n": 2}


def test_a_phone_without_scripts_counts_until_it_leaves(circle: Circle, ben: Phone, cleo: Phone) -> None:
    with cleo.listen() as watcher:
        hears(watcher, 2)  # Ben has opened the page, and no socket
        ben.leave()
        hears(watcher, 1)


def test_it_falls_when_a_socket_is_cut(ben: Phone, cleo: Phone) -> None:
    with cleo.listen() as watcher, ben.listen() as socket:
        hears(watcher, 2)
        socket.cut()
        assert hears(watcher, 1).at - (socket.closed_at or 0) < 5


def test_coming_in_again_gives_the_first_seat_back(circle: Circle, ben: Phone, cleo: Phone) -> None:
    with cleo.listen() as watcher:
        ben.come_in(circle)
        cleo.note("somebody came twice")
        watcher.wait_for(lambda heard: heard.event == "stream")
        assert cleo.catch_up().phones == 2


def test_a_phone_that_goes_to_another_circle_hears_the_first_no_more(
    ana: Staff, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    with cleo.listen() as watcher, ben.listen() as old_tab:
        hears(watcher, 2)
        ben.come_in(ana.open_circle("Next door"))
        old_tab.wait_until_closed()
        hears(watcher, 1)


@pytest.mark.long
def test_a_phone_that_dies_without_a_word_is_missed_after_a_ping(server: Server, ben: Phone, cleo: Phone) -> None:
    with cleo.listen() as watcher, Wire(ben) as silent:
        silent.come_in()
        hears(watcher, 2)
        hears(watcher, 1, within=PING_SECONDS + PONG_SECONDS + 20)


def hears(socket: Listener, number: int, within: float = 20.0) -> Heard:
    """Wait until the latest that a socket was told is this number of phones."""

    def is_the_latest_count(heard: Heard) -> bool:
        counts = [one for one in socket.journal if one.event in ("here", "beat")]
        return heard is counts[-1] and heard.data.get("n", heard.data.get("here")) == number

    return socket.wait_for(is_the_latest_count, within)
