"""Cookies: which there are, with which flags, and none of Flask's own where members come."""

from http.cookies import SimpleCookie

import pytest
from flask import Flask

from tests.web.cast import Desk, MakeApp, Phone, desk
from tests.web.pages import Page


def set_by(page: Page) -> dict[str, dict[str, str]]:
    """The cookies an answer sets, each with its flags."""
    found = {}
    for line in page.headers.getlist("Set-Cookie"):
        for name, morsel in SimpleCookie(line).items():
            found[name] = {flag: value for flag, value in morsel.items() if value}
    return found


def every_answer(app: Flask) -> list[Page]:
    """What members and staff are answered on the way in."""
    ana, ben = desk(app, "ana"), Phone(app)
    circle = ana.open()
    return [
        Desk(app).sign_in("ana@example.org"),
        ben.knock(circle.code),
        ben.send(ben.get("/join"), "/join"),
        ben.post("/language", {"language": "es"}),
    ]


@pytest.mark.parametrize(
    ("address", "prefix", "flags"),
    [
        ("http://circle.test", "", {"path": "/", "httponly": True, "samesite": "Lax"}),
        ("https://circle.test", "__Host-", {"path": "/", "httponly": True, "samesite": "Lax", "secure": True}),
    ],
)
def test_each_has_the_same_flags_and_ends_with_the_browser(
    address: str, prefix: str, flags: dict[str, object], make_app: MakeApp, held: list[float]
) -> None:
    cookies: dict[str, dict[str, str]] = {}
    for page in every_answer(make_app(ADDRESS=address)):
        cookies |= {name: cookie for name, cookie in set_by(page).items() if "max-age" not in cookie}
    assert set(cookies) == {f"{prefix}{name}" for name in ("staff", "circle", "door", "language")}
    assert all(cookie == flags for cookie in cookies.values())


def test_a_dropped_cookie_is_dropped_under_the_same_name_and_flags(make_app: MakeApp, held: list[float]) -> None:
    app = make_app(ADDRESS="https://circle.test")
    ben = Phone(app).join(desk(app, "ana").open().code)
    dropped = set_by(ben.post("/here/leave"))
    assert set(dropped) == {"__Host-circle", "__Host-lane", "__Host-door", "__Host-shared", "__Host-language"}
    assert all(one["max-age"] == "0" and one["secure"] and one["path"] == "/" for one in dropped.values())


def test_a_cookie_of_no_seat_is_dropped_where_it_is_shown(app: Flask, ben: Phone, stranger: Phone) -> None:
    for forged in ("x", "a" * 43, "é"):
        stranger.keep_cookie("circle", forged)
        page = stranger.post("/here/notes", {"text": "x"}) if forged == "x" else stranger.here()
        assert page.location == "/" and set_by(page)["circle"]["max-age"] == "0"
    assert "Set-Cookie" not in Phone(app).here().headers and "Set-Cookie" not in ben.here().headers


def test_members_pages_and_the_door_never_set_flasks_own_cookie(app: Flask, ben: Phone, stranger: Phone) -> None:
    ben.share("words")
    (mine,) = ben.here().mine
    answers = [
        *(stranger.get(path) for path in ("/", "/join", "/here", "/healthz", "/nothing", stranger.file("base.css"))),
        stranger.knock("100 000 000"),
        stranger.post("/join", {}),
        stranger.post("/language", {"language": "es"}),
        ben.here(),
        ben.share(""),
        ben.note("x"),
        ben.post("/here/notes", {}),
        ben.send(ben.here(), f"/here/shares/{mine}/take-back"),
        ben.post("/here/leave"),
    ]
    assert not any("staff" in set_by(page) or "session" in set_by(page) for page in answers)
    assert ben.cookie("staff") is None and stranger.cookie("staff") is None


def test_a_members_cookie_is_a_random_token_and_nothing_else(ben: Phone, cleo: Phone) -> None:
    for phone in (ben, cleo):
        assert len(phone.cookie("circle")) == 43 and "." not in phone.cookie("circle")


def test_a_ticket_carries_no_time_and_no_code(app: Flask, ana: Desk) -> None:
    circle, ben, cleo = ana.open(), Phone(app), Phone(app)
    for phone in (ben, cleo):
        phone.knock(circle.code)
    assert ben.cookie("door") == cleo.cookie("door") and circle.code not in ben.cookie("door")


def test_healthz_answers_without_a_cookie_and_without_a_version(stranger: Phone) -> None:
    page = stranger.get("/healthz")
    assert (page.status, page.text) == (200, "ok") and "Set-Cookie" not in page.headers
