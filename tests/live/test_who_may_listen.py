"""A socket is let in from its cookie and its Origin alone. Everybody else hears nothing."""

import pytest
import websocket

from tests.people import Circle, Phone, Staff, Visitor
from tests.server import Server
from tests.sockets import Wire

POLL = "/socket.io/?EIO=4&transport=polling"
NOT_LET_IN = "44"


def test_a_member_and_the_leader_are_let_in(ana: Staff, circle: Circle, ben: Phone) -> None:
    with Wire(ben) as phone, Wire(ana, circle=circle.id) as console:
        assert phone.come_in().startswith("40")
        assert console.come_in().startswith("40")


def test_a_stranger_is_not(server: Server, circle: Circle) -> None:
    for query in ({}, {"circle": circle.id}):
        with Wire(Visitor(server), **query) as wire:
            assert wire.come_in().startswith(NOT_LET_IN)


def test_a_cookie_that_somebody_made_up_is_not(server: Server) -> None:
    stranger = Visitor(server)
    stranger.cookies["circle"] = "x" * 43
    with Wire(stranger) as wire:
        assert wire.come_in().startswith(NOT_LET_IN)


def test_housing_staff_and_another_facilitator_are_not(circle: Circle, esi: Staff, flor: Staff) -> None:
    for person in (esi, flor):
        for query in ({}, {"circle": circle.id}):
            with Wire(person, **query) as wire:
                assert wire.come_in().startswith(NOT_LET_IN)


def test_a_member_who_asks_for_a_console_is_not(circle: Circle, ben: Phone) -> None:
    with Wire(ben, circle=circle.id) as wire:
        assert wire.come_in().startswith(NOT_LET_IN)


def test_who_signed_out_or_left_is_not(server: Server, circle: Circle, ben: Phone) -> None:
    ana = Staff(server, "ana@example.org")
    kept = {ana: dict(ana.cookies), ben: dict(ben.cookies)}
    ana.sign_out()
    ben.leave()
    for person, query in ((ana, {"circle": circle.id}), (ben, {})):
        person.cookies = kept[person]
        with Wire(person, **query) as wire:
            assert wire.come_in().startswith(NOT_LET_IN)


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", ""])
def test_a_websocket_from_elsewhere_is_refused_at_the_handshake(ben: Phone, origin: str) -> None:
    ben.headers["Origin"] = origin
    refused_at_the_handshake(ben)


def test_a_websocket_that_does_not_say_where_it_comes_from_is_too(ben: Phone) -> None:
    del ben.headers["Origin"]
    refused_at_the_handshake(ben)


def test_a_websocket_that_a_browser_says_is_cross_site_is_too(ben: Phone) -> None:
    ben.headers["Sec-Fetch-Site"] = "cross-site"
    refused_at_the_handshake(ben)


def test_a_member_may_poll_where_websockets_do_not_pass(ben: Phone) -> None:
    ben.headers.pop("Origin")  # as browsers do on a GET to the same origin
    opened = ben.get(POLL, **{"Sec-Fetch-Site": "same-origin"})
    assert opened.status == 200
    assert opened.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in opened.headers


def test_a_poll_without_a_cookie_or_from_elsewhere_is_refused(server: Server, ben: Phone) -> None:
    stranger = Visitor(server)
    stranger.headers.pop("Origin")
    assert stranger.get(POLL).status == 403
    assert ben.get(POLL, Origin="https://evil.example").status == 403
    ben.headers.pop("Origin")
    assert ben.get(POLL, **{"Sec-Fetch-Site": "cross-site"}).status == 403
    assert ben.post(POLL, b"40").status == 403


def refused_at_the_handshake(person: Visitor) -> None:
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        Wire(person)
    assert refused.value.status_code == 403
