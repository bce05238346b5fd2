"""Leave fast: a blank page that goes somewhere plain, whatever state things are in."""

import pytest
from flask import Flask

from sessions.host import LEAVE_FAST
from tests.web.cast import Desk, Doors, MakeApp, Phone, desk, rows
from tests.web.pages import Page


def goes_to(page: Page) -> str:
    (refresh,) = page.all("meta", **{"http-equiv": "refresh"})
    return refresh.attrib["content"]


def test_the_page_is_blank_and_goes_on_by_itself(ben: Phone) -> None:
    page = ben.send(ben.here(), "/here/leave")
    assert page.status == 200 and not page.location  # a redirect elsewhere would be stopped by form-action
    assert page.words().strip() == "" and not list(page.root.iter("a"))
    assert goes_to(page) == f"0;url={LEAVE_FAST}"


def test_the_seat_and_the_cookies_are_gone(app: Flask, ben: Phone, cleo: Phone) -> None:
    token = ben.cookie("circle")
    ben.post("/here/leave")
    assert ben.cookie("circle") is None and ben.cookie("door") is None
    assert rows(app, "seats") == 1 and cleo.here().status == 200
    ben.keep_cookie("circle", token)
    assert ben.here().location == "/"


def test_what_was_written_stays_by_nobody(ben: Phone, cleo: Phone) -> None:
    ben.share("stays")
    ben.post("/here/leave")
    assert cleo.here().said("checkins") == ["stays"]


def test_it_goes_where_the_host_says(gus: Desk, ben: Phone) -> None:
    gus.send(gus.get("/host"), "", leave_to="https://library.example/?a=1&b=2")
    assert goes_to(ben.post("/here/leave")) == "0;url=https://library.example/?a=1&b=2"


def test_a_script_finds_the_address_in_the_page(gus: Desk, ben: Phone) -> None:
    gus.send(gus.get("/host"), "", leave_to="https://library.example/")
    (form,) = ben.here().all("form", action="/here/leave")
    assert form.attrib["data-leave"] == "https://library.example/"


@pytest.mark.parametrize("token", [{}, {"csrf_token": "old"}, {"csrf_token": ["x", "y"]}])
def test_it_is_never_refused_for_its_token(token: dict[str, object], ben: Phone) -> None:
    assert ben.post("/here/leave", token).status == 200
    assert ben.cookie("circle") is None


def test_it_works_twice_and_for_who_is_not_in_a_circle(ben: Phone, stranger: Phone) -> None:
    for phone in (ben, ben, stranger):
        assert phone.post("/here/leave").status == 200


def test_it_works_when_the_circle_has_closed_and_when_it_is_erased(ana: Desk, circle: Doors, ben: Phone) -> None:
    ana.do(f"{circle.console}/close")
    cookie = ben.cookie("circle")
    assert ben.post("/here/leave").status == 200
    ana.do(f"{circle.console}/erase")
    ben.keep_cookie("circle", cookie)
    assert ben.post("/here/leave").status == 200


def test_a_get_does_not_leave(ben: Phone) -> None:
    assert ben.get("/here/leave").status == 404
    assert ben.here().status == 200


def test_the_rest_is_cleared_only_over_https(make_app: MakeApp, ben: Phone, held: list[float]) -> None:
    assert "Clear-Site-Data" not in ben.post("/here/leave").headers
    app = make_app("secure", ADDRESS="https://circle.test")
    cleo = Phone(app).join(desk(app, "ana").open().code)
    left = cleo.post("/here/leave")
    assert left.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert cleo.cookie("__Host-circle") is None
