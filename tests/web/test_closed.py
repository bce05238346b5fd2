"""The circle has closed: what members and the leader see, and the way back."""

import pytest
from flask import Flask

from tests.web.cast import PASSPHRASE, Desk, Doors, Phone, kept, rows


@pytest.fixture
def closed(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> Doors:
    ben.share("said before the close")
    assert ana.do(f"{circle.console}/close").location == circle.console
    return circle


def test_every_phone_says_so_and_holds_no_word(closed: Doors, ben: Phone, cleo: Phone) -> None:
    for phone in (ben, cleo):
        page = phone.here()
        assert "The circle has closed. In two minutes what was written is gone for good." in page.words("state")
        assert "said before the close" not in page.text and page.items("rules") == [] and page.mine == []


def test_the_console_says_so_and_holds_no_word(ana: Desk, closed: Doors) -> None:
    page = ana.get(closed.console)
    assert "The circle has closed." in page.words("state")
    assert page.find("checkins") is None and "said before the close" not in page.text
    assert closed.code not in page.text and not page.all("p", **{"data-code": ""})
    assert {f"{closed.console}/reopen", f"{closed.console}/erase"} == set(page.actions())


@pytest.mark.parametrize("kind", ["check-ins", "notes"])
def test_nothing_more_is_kept_and_what_was_typed_stays_in_the_box(
    kind: str, app: Flask, ana: Desk, circle: Doors, ben: Phone, cleo: Phone
) -> None:
    page = ben.here()
    ana.do(f"{circle.console}/close")
    before = kept(app)
    late = ben.send(page, f"/here/{kind}", text="a moment too late")
    assert late.status == 422 and "The circle has closed. Nothing can be added now." in late.errors()
    assert late.fields(f"/here/{kind}")["text"] == ["a moment too late"]
    assert ben.send(page, f"/here/{kind}", text="a moment too late", script=True).status == 422
    assert kept(app) == before


def test_nobody_comes_in(closed: Doors, stranger: Phone) -> None:
    assert stranger.knock(closed.code).status == stranger.knock(closed.link).status == 422


def test_the_passphrase_opens_it_again_with_everything_there(ana: Desk, closed: Doors, ben: Phone, cleo: Phone) -> None:
    answer = ana.do(f"{closed.console}/reopen", passphrase=PASSPHRASE)
    assert (answer.status, answer.location) == (303, closed.console)
    assert cleo.here().said("checkins") == ["said before the close"] and len(ben.here().mine) == 1
    assert ben.share("and on").status == 303


@pytest.mark.parametrize("passphrase", ["", "wrong", PASSPHRASE + " ", "x" * 5000, "\x00"])
@pytest.mark.parametrize("script", [False, True], ids=["page", "script"])
def test_a_wrong_passphrase_does_not(
    passphrase: str, script: bool, app: Flask, ana: Desk, closed: Doors, held: list[float]
) -> None:
    before = kept(app)
    answer = ana.do(f"{closed.console}/reopen", passphrase=passphrase, script=script)
    assert (answer.status, answer.errors()) == (422, ["That is not your passphrase."])
    assert kept(app) == before and len(held) == 1


def test_erase_now_is_for_good(app: Flask, ana: Desk, closed: Doors, ben: Phone, cleo: Phone, dov: Phone) -> None:
    dov.share("in the other circle")
    answer = ana.do(f"{closed.console}/erase")
    assert (answer.status, answer.location) == (303, "/lead")
    assert (rows(app, "circles"), rows(app, "shares"), rows(app, "seats")) == (1, 1, 1)
    assert closed.id not in app.extensions["vault"].circles()
    assert ana.get(closed.console).status == 404 and ana.get("/lead").status == 200
    assert ben.here().location == cleo.here().location == "/"
    assert dov.here().said("checkins") == ["in the other circle"]


def test_erase_is_refused_while_open(app: Flask, ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    ben.share("still needed")
    for script in (False, True):
        answer = ana.do(f"{circle.console}/erase", script=script)
        assert answer.status == 422 and "Close the circle first." in answer.words()
    assert cleo.here().said("checkins") == ["still needed"]


def test_closing_twice_is_closing_once(app: Flask, ana: Desk, closed: Doors, ben: Phone) -> None:
    before = kept(app)
    assert ana.post(f"{closed.console}/close", {"csrf_token": ana.get(closed.console).data("csrf")}).status == 303
    assert kept(app) == before


def test_nobody_else_closes_reopens_or_erases(
    app: Flask, circle: Doors, ben: Phone, dov: Phone, fay: Desk, esi: Desk, gus: Desk
) -> None:
    before = kept(app)
    for action in ("close", "reopen", "erase"):
        for other in (fay, esi, gus, ben, dov):
            fields = {"csrf_token": other.token(), "passphrase": PASSPHRASE}
            assert other.post(f"{circle.console}/{action}", fields).status == 404
    assert kept(app) == before and ben.here().data("v") == "1"
