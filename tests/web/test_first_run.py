"""The one-time link of the first run: one account, and the host's words along with it."""

import pytest
from flask import Flask

from tests.web.cast import PASSPHRASE, Desk, account, kept, rows

LINK = "the-token-that-was-printed-once"
PATH = f"/staff/first/{LINK}"
ANA = {"email": "ana@example.org", "passphrase": PASSPHRASE}


@pytest.fixture
def new(app: Flask) -> Desk:
    """A browser with the link of an install that nobody has an account on."""
    app.config["FIRST_LINK"] = LINK
    return Desk(app)


@pytest.mark.parametrize(("role", "home"), [("facilitator", "/lead"), ("admin", "/staff/account/second-step")])
def test_it_makes_the_first_account_and_signs_it_in(role: str, home: str, app: Flask, new: Desk) -> None:
    answer = new.send(new.get(PATH), "", role=role, run_by="The Annex", naloxone="front desk", **ANA)
    assert (answer.status, answer.location) == (303, home)
    assert new.get(home).status == 200 and Desk(app).sign_in("ana@example.org").location == home
    assert "front desk" in Desk(app).get("/").words("help")


def test_it_works_once(app: Flask, new: Desk) -> None:
    new.send(new.get(PATH), "", **ANA)
    late = Desk(app)
    assert late.get(PATH).status == 404
    assert late.post(PATH, {"csrf_token": "x", **ANA}).status in (403, 404)
    assert rows(app, "accounts") == 1


def test_it_is_not_there_once_an_account_was_made_another_way(app: Flask, new: Desk) -> None:
    page = new.get(PATH)
    account(app, "gus@example.org", "admin")
    assert new.get(PATH).status == 404 and new.send(page, "", **ANA).status == 404
    assert rows(app, "accounts") == 1


@pytest.mark.parametrize("token", ["wrong", LINK[:-1], LINK + "x", LINK.upper(), "é", "%00"])
def test_a_wrong_token_is_not_there(token: str, app: Flask, new: Desk) -> None:
    assert new.get(f"/staff/first/{token}").status == 404
    assert rows(app, "accounts") == 0 and new.get(PATH).status == 200


@pytest.mark.parametrize("link", ["", None])
def test_without_a_link_there_is_no_such_page(link: str | None, app: Flask) -> None:
    app.config["FIRST_LINK"] = link
    for token in ("", "None", "x"):
        assert Desk(app).get(f"/staff/first/{token}").status == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"passphrase": "thirteen char"}, "Use at least 14 characters. A few words in a row are easy to keep."),
        ({"passphrase": "x" * 1025}, "Use at least 14 characters. A few words in a row are easy to keep."),
        ({"passphrase": ""}, "Fill this in first."),
        ({"email": "ana"}, "Write an e-mail address, like ana@example.org."),
        ({"email": ""}, "Fill this in first."),
        ({"role": "housing"}, "Pick from the list."),
        ({"role": "<b>admin"}, "Pick from the list."),
        ({"leave_to": "javascript:alert(1)"}, "Write a web address, like https://www.weather.gov/"),
    ],
)
def test_what_is_refused_keeps_the_other_words(typed: dict[str, str], sentence: str, app: Flask, new: Desk) -> None:
    form = {**ANA, "role": "admin", "run_by": "The Annex", "limits": "Cameras in the hall."} | typed
    back = new.send(new.get(PATH), "", **form)
    assert (back.status, back.errors()) == (422, [sentence])
    held = back.fields("")
    assert (held["run_by"], held["limits"]) == (["The Annex"], ["Cameras in the hall."])
    assert held["email"] == [form["email"]] and held["passphrase"] == [""]
    assert rows(app, "accounts") == rows(app, "host") == 0
    assert new.send(back, "", **form | {"role": "admin", "leave_to": ""} | ANA).status == 303


def test_the_least_that_can_be_sent_is_enough(app: Flask, new: Desk) -> None:
    token = new.get(PATH).fields("")["csrf_token"]
    assert new.post(PATH, {"csrf_token": token, **ANA}).location == "/lead"
    assert rows(app, "accounts") == 1


def test_it_needs_the_token_of_its_page(app: Flask, new: Desk) -> None:
    before = kept(app)
    assert new.post(PATH, ANA).status == 403 and kept(app) == before
