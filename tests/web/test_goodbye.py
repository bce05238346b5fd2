"""Leaving without haste: the same as leaving fast, with a kind word."""

import pytest
from flask import Flask

from tests.web.cast import Desk, Doors, MakeApp, Phone, desk, kept, rows


def test_it_says_goodbye_kindly_and_what_the_phone_keeps(ben: Phone) -> None:
    page = ben.send(ben.here(), "/here/goodbye")
    assert page.status == 200 and not page.location
    assert "Thank you for coming." in page.words()
    assert "Come back any time it is open, as someone new." in page.words()
    assert (
        "Your phone may still remember this address, what you typed on its keyboard, and screenshots." in page.words()
    )
    assert not page.all("meta", **{"http-equiv": "refresh"}) and "/" in [one.attrib["href"] for one in page.all("a")]


def test_no_word_of_the_circle_is_on_it(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    cleo.note("cleo's very words")
    page = ben.post("/here/goodbye")
    assert "cleo's" not in page.text and circle.code not in page.text and circle.id not in page.text
    assert page.headers["Cache-Control"] == "no-store"


def test_the_seat_and_the_cookies_are_gone(app: Flask, circle: Doors, ben: Phone, cleo: Phone) -> None:
    token = ben.cookie("circle")
    ben.knock(circle.code)
    ben.post("/language", {"language": "es"})
    ben.post("/here/goodbye")
    assert [ben.cookie(name) for name in ("circle", "door", "language")] == [None] * 3
    assert rows(app, "seats") == 1 and cleo.here().status == 200
    ben.keep_cookie("circle", token or "")
    assert ben.here().location == "/"


def test_one_phone_fewer_is_here(ben: Phone, cleo: Phone) -> None:
    ben.here()
    assert "phones here: 2" in cleo.here().words("who")
    ben.post("/here/goodbye")
    assert "phones here: 1" in cleo.here().words("who")


def test_what_was_written_stays_by_nobody(circle: Doors, ben: Phone, cleo: Phone) -> None:
    ben.share("stays")
    ben.post("/here/goodbye")
    assert cleo.here().said("checkins") == ["stays"]
    assert ben.join(circle.code).here().mine == []


@pytest.mark.parametrize("token", [{}, {"csrf_token": "old"}, {"csrf_token": ["x", "y"]}])
def test_it_is_never_refused_for_its_token(token: dict[str, object], ben: Phone) -> None:
    assert ben.post("/here/goodbye", token).status == 200
    assert ben.cookie("circle") is None


def test_it_works_twice_and_for_who_is_in_no_circle_and_ends_nobody_elses_seat(
    app: Flask, ana: Desk, ben: Phone, cleo: Phone, dov: Phone, stranger: Phone
) -> None:
    cleo.here()
    ben.post("/here/goodbye")
    before = kept(app)
    for visitor in (ben, stranger, ana):
        assert visitor.post("/here/goodbye").status == 200
    assert kept(app) == before
    assert cleo.here().status == dov.here().status == ana.get("/lead").status == 200


def test_it_works_when_the_circle_has_closed_and_when_it_is_erased(ana: Desk, circle: Doors, ben: Phone) -> None:
    token = ben.cookie("circle")
    ana.do(f"{circle.console}/close")
    assert ben.post("/here/goodbye").status == 200
    ana.do(f"{circle.console}/erase")
    ben.keep_cookie("circle", token or "")
    assert ben.post("/here/goodbye").status == 200


def test_neither_a_get_nor_a_foreign_page_says_it_for_me(app: Flask, ben: Phone) -> None:
    before = kept(app)
    assert ben.get("/here/goodbye").status == 404
    assert ben.post("/here/goodbye", headers={"Origin": "https://evil.example"}).status == 403
    assert kept(app) == before and ben.here().status == 200


def test_the_rest_is_cleared_over_https(make_app: MakeApp, held: list[float]) -> None:
    app = make_app("secure", ADDRESS="https://circle.test")
    ben = Phone(app).join(desk(app, "ana").open().code)
    page = ben.post("/here/goodbye")
    assert page.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert ben.cookie("__Host-circle") is None
