"""Whoever may not hear any more is cut off within a second."""

import re
import time
from collections.abc import Callable

from tests.people import Circle, Phone, Staff, Visitor
from tests.server import Server
from tests.sockets import Listener, Wire

WITHIN = 10.0


def test_signing_out_cuts_every_socket_of_that_sign_in(
    server: Server, ana: Staff, circle: Circle, report: Callable[[str], None]
) -> None:
    here_too = Staff(server, "ana@example.org")
    with (
        here_too.listen(circle=circle.id) as one_tab,
        here_too.listen(circle=circle.id) as other_tab,
        ana.listen(circle=circle.id) as other_computer,
    ):
        at = time.monotonic()
        here_too.sign_out()
        report(f"cut off {cut_off(one_tab, at):.3f} s after signing out")
        cut_off(other_tab, at)
        ana.act(circle.id, "rules", words="Still listening.")
        other_computer.wait_for(lambda heard: heard.event == "stream")
        assert other_computer.closed_at is None


def test_leaving_cuts_every_tab_of_that_phone(
    circle: Circle, ben: Phone, cleo: Phone, report: Callable[[str], None]
) -> None:
    with ben.listen() as one_tab, ben.listen() as other_tab, cleo.listen() as other_phone:
        at = time.monotonic()
        ben.leave()
        report(f"cut off {cut_off(one_tab, at):.3f} s after leaving")
        cut_off(other_tab, at)
        cleo.note("still listening")
        other_phone.wait_for(lambda heard: heard.event == "stream")
        assert [heard.event for heard in one_tab.journal if heard.at > at + WITHIN] == []


def test_stepping_out_cuts_every_tab_of_that_phone_and_of_no_other(
    ana: Staff, circle: Circle, ben: Phone, cleo: Phone, report: Callable[[str], None]
) -> None:
    for phone in (ben, cleo):
        assert phone.send("hand", "").status == 200
    hand = ana.console(circle.id).find(r'<li id="hand-(\w+)"')
    with ben.listen() as one_tab, ben.listen() as other_tab, cleo.listen() as other_phone:
        at = time.monotonic()
        assert ana.act(circle.id, f"hands/{hand}/step-out").status == 204
        report(f"cut off {cut_off(one_tab, at):.3f} s after being asked to step out")
        cut_off(other_tab, at)
        cleo.note("still listening")
        other_phone.wait_for(lambda heard: heard.event == "stream" and bool(heard.data["ops"]))
        assert [heard.event for heard in one_tab.journal if heard.at > at + WITHIN] == []
    assert ben.here().headers["Location"] == "/" and "asked to step out" in ben.get("/").text
    assert cleo.here().status == 200


def test_whoever_leads_no_longer_hears_that_circle_no_more(
    server: Server, ana: Staff, circle: Circle, report: Callable[[str], None]
) -> None:
    ruth = colleague(server)
    own = ruth.open_circle("Her own")
    for way in ("Ana ended it", "she stepped back"):
        assert ruth.lead_along(ana.lead_with(circle.id)).status == 303
        who = re.findall(r'<li id="leader-(\w+)"', ana.console(circle.id).text)[1]
        with (
            ruth.listen(circle=circle.id) as console,
            ruth.listen(circle=circle.id, screen="words") as screen,
            ruth.listen(circle=own.id) as her_own,
            ana.listen(circle=circle.id) as first,
        ):
            at = time.monotonic()
            assert (ana if way == "Ana ended it" else ruth).act(circle.id, f"leaders/{who}/end").status in (204, 303)
            report(f"cut off {cut_off(console, at):.3f} s after: {way}")
            cut_off(screen, at)
            ruth.act(own.id, "rules", words="Still listening.")
            her_own.wait_for(lambda heard: heard.event == "stream")
            assert first.closed_at is None
        assert ruth.console(circle.id).status == 404
        with Wire(ruth, circle=circle.id) as wire:
            assert wire.come_in().startswith("44")


def colleague(server: Server) -> Staff:
    """Ruth, who has written down what members are told of her."""
    server.add_account("ruth@example.org", "facilitator", name="Ruth")
    ruth = Staff(server, "ruth@example.org")
    told = {"name": "Ruth", "paid_by": "The county", "must_report": "A child being hurt", "csrf_token": ruth.token}
    assert ruth.post("/staff/account", told).status == 303
    return ruth


def test_the_erase_cuts_everybody(
    ana: Staff, circle: Circle, ben: Phone, dov: Phone, report: Callable[[str], None]
) -> None:
    ana.act(circle.id, "close")
    with ben.listen() as phone, ana.listen(circle=circle.id) as console, dov.listen() as next_door:
        at = time.monotonic()
        assert ana.act(circle.id, "erase").status == 204
        report(f"cut off {cut_off(phone, at):.3f} s after the erase")
        cut_off(console, at)
        assert len(phone.told("gone")) == len(console.told("gone")) == 1
        dov.note("still open next door")
        next_door.wait_for(lambda heard: heard.event == "stream")


def test_a_phone_that_sleeps_keeps_nobody_from_being_cut(
    server: Server, ana: Staff, circle: Circle, ben: Phone
) -> None:
    sleepers = [Phone(server).come_in(circle) for _ in range(3)]
    for sleeper in sleepers:  # polls once, and then no more
        path = sleeper.start_polling()
    ana.act(circle.id, "close")
    with ben.listen() as phone:
        at = time.monotonic()
        ana.act(circle.id, "erase")
        cut_off(phone, at)
    assert sleeper.get(path).status == 400


def test_a_cookie_from_before_leaving_leads_to_the_door(circle: Circle, ben: Phone) -> None:
    kept = dict(ben.cookies)
    assert ben.leave().status == 200
    assert "circle" not in ben.cookies
    ben.cookies = kept
    assert ben.here().headers["Location"] == "/"


def test_cutting_somebody_off_who_is_gone_already_harms_nobody(server: Server, circle: Circle, ben: Phone) -> None:
    printed = server.output()
    with ben.listen() as phone:
        phone.cut()
        ben.leave()
    assert Visitor(server).get("/healthz").status == 200
    assert server.output() == printed


def cut_off(socket: Listener, since: float) -> float:
    """How long it took until the socket was cut, which is within a second."""
    took = socket.wait_until_closed(within=WITHIN + 1) - since
    assert took < WITHIN
    return took
