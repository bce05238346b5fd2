"""The host's own words, which an admin edits."""

import pytest
from flask import Flask

from tests.web.cast import Desk, Phone, kept, rows

WORDS = {
    "run_by": "The Annex Collective",
    "limits": "Cameras in the hall.",
    "address": "120 Hazel Street, side door",
    "naloxone": "front desk; red box by this door",
    "leave_to": "https://library.example/",
}


def test_an_admin_writes_them_and_reads_them_again(gus: Desk) -> None:
    assert gus.send(gus.get("/host"), "", **WORDS).location == "/host"
    held = gus.get("/host").fields("")
    assert {name: held[name] for name in WORDS} == {name: [typed] for name, typed in WORDS.items()}
    assert held["landlord"] == ["y"]


def test_before_anybody_has_answered_there_are_plain_defaults(app: Flask, gus: Desk, stranger: Phone) -> None:
    held = gus.get("/host").fields("")
    assert [held[name] for name in WORDS] == [[""]] * len(WORDS) and held["landlord"] == ["y"]
    assert rows(app, "host") == 0 and stranger.get("/").status == 200


def test_not_the_landlord_is_kept(gus: Desk) -> None:
    token = gus.get("/host").fields("")["csrf_token"]
    gus.post("/host", {"csrf_token": token, **WORDS})
    assert "landlord" not in gus.get("/host").fields("")


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "library.example",
        "https://",
        "https://a:b@evil.example/",
        "https://library.example/ 0;url=x",
        "https://library.example/\"onload='x'",
        "https://library.example/<script>",
        "https://library.example/;url=x",
        "ftp://library.example/",
        "https://[",
        "https://b\u00fccher.example/",
    ],
)
def test_a_bad_leave_fast_address_is_refused_and_kept(address: str, app: Flask, gus: Desk) -> None:
    gus.send(gus.get("/host"), "", **WORDS)
    before = kept(app)
    back = gus.send(gus.get("/host"), "", leave_to=address, run_by="Somebody new")
    assert (back.status, back.errors()) == (422, ["Write a web address, like https://www.weather.gov/"])
    assert (back.fields("")["leave_to"], back.fields("")["run_by"]) == ([address], ["Somebody new"])
    assert kept(app) == before


@pytest.mark.parametrize(
    ("field", "longest"), [("run_by", 200), ("limits", 1000), ("naloxone", 200), ("leave_to", 300)]
)
def test_too_long_is_given_back(field: str, longest: int, app: Flask, gus: Desk) -> None:
    typed = "https://library.example/" + "x" * longest
    back = gus.send(gus.get("/host"), "", **{field: typed})
    assert back.status == 422 and back.fields("")[field] == [typed] and rows(app, "host") == 0


def test_nobody_else_reads_or_writes_them(
    app: Flask, ana: Desk, esi: Desk, ben: Phone, stranger: Phone, gus: Desk
) -> None:
    gus.send(gus.get("/host"), "", **WORDS)
    others = {other: other.token() for other in (ana, esi, ben)}
    before = kept(app)
    for other, token in others.items():
        assert "front desk" not in other.get("/host").text
        assert other.post("/host", {"csrf_token": token, "run_by": "Mine now"}).status in (303, 404)
    assert stranger.get("/host").location == "/staff/sign-in"
    assert kept(app) == before
