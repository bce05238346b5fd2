"""Blank: every screen shows a dull page, and the console itself needs the passphrase to come back."""

import pytest
from flask import Flask

from tests.web.cast import PASSPHRASE, Desk, Doors, Phone, kept


@pytest.fixture
def blank(ana: Desk, circle: Doors, ben: Phone) -> Doors:
    ben.share("said before")
    assert ana.do(f"{circle.console}/blank").location == circle.console
    return circle


def test_every_screen_shows_a_dull_page(ana: Desk, blank: Doors, ben: Phone, cleo: Phone, dov: Phone) -> None:
    for phone in (ben, cleo):
        assert phone.here().words("state") == "Back soon" and "Call 911" in phone.here().words("help")
    assert dov.here().words("state") == ""
    console = ana.get(blank.console)
    assert "said before" not in console.text and blank.code not in console.text and not list(console.root.iter("svg"))


def test_what_is_typed_meanwhile_is_kept(ana: Desk, blank: Doors, ben: Phone, cleo: Phone) -> None:
    assert cleo.share("typed under the cover").status == 303
    ana.do(f"{blank.console}/unblank", passphrase=PASSPHRASE)
    assert ben.here().said("checkins") == ["said before", "typed under the cover"]
    assert ben.here().words("state") == "" and blank.code[:3] in ana.get(blank.console).words()


@pytest.mark.parametrize("script", [False, True], ids=["page", "script"])
def test_a_wrong_passphrase_uncovers_nothing(script: bool, app: Flask, ana: Desk, blank: Doors) -> None:
    before = kept(app)
    answer = ana.do(f"{blank.console}/unblank", passphrase="not that one", script=script)
    assert (answer.status, answer.errors()) == (422, ["That is not your passphrase."])
    assert kept(app) == before and "said before" not in answer.text


def test_blank_twice_is_once_and_a_closed_circle_is_not_covered(app: Flask, ana: Desk, blank: Doors) -> None:
    before = kept(app)
    ana.do(f"{blank.console}/blank")
    assert kept(app) == before
    ana.do(f"{blank.console}/unblank", passphrase=PASSPHRASE)
    ana.do(f"{blank.console}/close")
    ana.do(f"{blank.console}/blank")
    assert "The circle has closed." in ana.get(blank.console).words("state")


def test_whoever_stands_at_a_covered_console_can_do_nothing_else(app: Flask, ana: Desk, blank: Doors) -> None:
    before = kept(app)
    for action in ("close", "erase", "waiting/show", "rules", "in-the-room"):
        assert ana.do(f"{blank.console}/{action}", words="x", text="x").status == 404
    assert kept(app) == before


def test_nobody_else_covers_or_uncovers(app: Flask, blank: Doors, ben: Phone, fay: Desk, gus: Desk) -> None:
    tokens, before = {other: other.token() for other in (fay, gus, ben)}, kept(app)
    for action in ("blank", "unblank"):
        for other, token in tokens.items():
            fields = {"csrf_token": token, "passphrase": PASSPHRASE}
            assert other.post(f"{blank.console}/{action}", fields).status == 404
    assert kept(app) == before
