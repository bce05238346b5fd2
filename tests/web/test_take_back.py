"""Taking back what I wrote, and showing my own that waits."""

import pytest
from flask import Flask

from tests.web.cast import Desk, Doors, Phone, kept, rows


@pytest.fixture
def handfuls(ana: Desk) -> Doors:
    return ana.open("Handfuls")


@pytest.mark.parametrize("script", [False, True], ids=["page", "script"])
def test_it_takes_back_from_the_wall(script: bool, app: Flask, ben: Phone, cleo: Phone) -> None:
    ben.share("too much")
    cleo.share("stays")
    (mine,) = ben.here().mine
    answer = ben.send(ben.here(), f"/here/shares/{mine}/take-back", script=script)
    assert (answer.status, answer.location) == ((200, "") if script else (303, "/here"))
    assert cleo.here().said("checkins") == ["stays"] and rows(app, "shares") == 1
    assert ben.here().mine == []


def test_it_takes_back_what_waits(app: Flask, handfuls: Doors) -> None:
    ben = Phone(app).join(handfuls.code)
    ben.note("not yet up")
    (action,) = [one for one in ben.here().actions() if one.endswith("/take-back")]
    assert ben.send(ben.here(), action).status == 303
    assert rows(app, "shares") == 0 and "not yet up" not in ben.here().text


def test_once_gone_it_is_not_there(ben: Phone, cleo: Phone) -> None:
    ben.share("once")
    page, (mine,) = ben.here(), ben.here().mine
    ben.send(page, f"/here/shares/{mine}/take-back")
    assert ben.send(page, f"/here/shares/{mine}/take-back").status == 404


def test_nobody_else_takes_it_back(app: Flask, ana: Desk, ben: Phone, cleo: Phone, dov: Phone, stranger: Phone) -> None:
    ben.share("mine alone")
    (mine,) = ben.here().mine
    before = kept(app)
    for phone in (cleo, dov):
        assert phone.post(f"/here/shares/{mine}/take-back", {"csrf_token": phone.token()}).status == 404
        by_script = phone.post(f"/here/shares/{mine}/take-back", {"csrf_token": phone.token()}, script=True)
        assert by_script.status == 404 and "mine alone" not in by_script.text
    for visitor in (stranger, ana):
        assert visitor.post(f"/here/shares/{mine}/take-back", {"csrf_token": "x"}).location == "/"
    assert kept(app) == before and cleo.here().said("checkins") == ["mine alone"]


def test_after_leaving_and_coming_back_it_stays(circle: Doors, ben: Phone, cleo: Phone) -> None:
    ben.share("stays, by nobody")
    (mine,) = ben.here().mine
    ben.join(circle.code)
    assert ben.post(f"/here/shares/{mine}/take-back", {"csrf_token": ben.token()}).status == 404
    assert cleo.here().said("checkins") == ["stays, by nobody"]


@pytest.mark.parametrize("script", [False, True], ids=["page", "script"])
@pytest.mark.parametrize("action", ["take-back", "show"])
def test_after_the_close_it_says_so(
    action: str, script: bool, app: Flask, ana: Desk, circle: Doors, ben: Phone
) -> None:
    ben.share("too late")
    (mine,), token = ben.here().mine, ben.token()
    ana.do(f"{circle.console}/close")
    before = kept(app)
    answer = ben.post(f"/here/shares/{mine}/{action}", {"csrf_token": token}, script=script)
    assert answer.status == 422
    assert "The circle has closed. Nothing can be added now." in answer.words()
    assert "too late" not in answer.text and kept(app) == before


@pytest.mark.parametrize("script", [False, True], ids=["page", "script"])
def test_one_that_waits_alone_can_be_shown(script: bool, app: Flask, handfuls: Doors) -> None:
    ben, cleo = Phone(app).join(handfuls.code), Phone(app).join(handfuls.code)
    ben.share("alone")
    (action,) = [one for one in ben.here().actions() if one.endswith("/show")]
    assert "it may be easy to guess" in ben.here().words("mine-check-in")
    page = ben.here()
    assert ben.send(page, action, script=script).status == (200 if script else 303)
    assert cleo.here().said("checkins") == ["alone"]
    # Once it stands on the wall, showing it again changes nothing.
    assert ben.send(page, action).status == 303 and cleo.here().data("v") == "3"


def test_with_another_waiting_the_question_is_not_asked(app: Flask, handfuls: Doors) -> None:
    ben, cleo = Phone(app).join(handfuls.code), Phone(app).join(handfuls.code)
    ben.share("one")
    cleo.share("two")
    for phone in (ben, cleo):
        assert not [one for one in phone.here().actions() if one.endswith("/show")]


def test_nobody_else_shows_it(app: Flask, handfuls: Doors, dov: Phone, stranger: Phone) -> None:
    ben, cleo = Phone(app).join(handfuls.code), Phone(app).join(handfuls.code)
    ben.share("alone")
    (action,) = [one for one in ben.here().actions() if one.endswith("/show")]
    before = kept(app)
    for phone in (cleo, dov):
        assert phone.post(action, {"csrf_token": phone.token()}).status == 404
    assert stranger.post(action, {"csrf_token": "x"}).location == "/"
    assert kept(app) == before


@pytest.mark.parametrize("share_id", ["0" * 20, "x", "..", "%00", "' OR 1=1", "a" * 3000])
def test_an_id_of_nothing_is_not_there(share_id: str, ben: Phone, cleo: Phone) -> None:
    cleo.share("stays")
    for action in ("take-back", "show"):
        assert ben.post(f"/here/shares/{share_id}/{action}", {"csrf_token": ben.token()}).status == 404
    assert ben.here().said("checkins") == ["stays"]
