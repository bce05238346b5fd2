"""Esi writes what a building says of itself, and its circles say it (`facilitator.own_words`)."""

import pytest
from flask import Flask

from tests.web.cast import Browser, Desk, Phone, kept, read_doors
from tests.web.planning import building

TYPED = {
    "address": "120 Hazel Street, side door",
    "leave_to": "https://library.example/",
    "run_by": "Hazel Clinic",
    "landlord": "no",
    "limits": "Doors lock at ten.",
}
HOST = {"address": "1 Annex Road", "run_by": "The Annex", "limits": "Cameras in the hall.", "naloxone": "the office"}


@pytest.fixture
def hazel(app: Flask, gus: Desk) -> str:
    """A building, on a computer whose host has said everything. Its id."""
    gus.send(gus.get("/host"), "", **HOST)
    return building(app)[0]


def at(building_id: str) -> str:
    return f"/buildings/{building_id}/own-words"


def writes(esi: Desk, building_id: str, **typed: str | list[str]) -> None:
    assert esi.send(esi.get(at(building_id)), f"{at(building_id)}/save", **typed).location == at(building_id)


def comes_in(app: Flask, ana: Desk, building_id: str) -> tuple[str, Phone]:
    """Ben, in a circle that Ana opened in this building; and where its console is."""
    console = ana.send(ana.get("/lead"), "/lead/circles", title="Tuesday", building=building_id).location
    return console, Phone(app).join(read_doors(app, console.rpartition("/")[2]).code)


def test_it_is_kept_as_typed(esi: Desk, hazel: str) -> None:
    writes(esi, hazel, **TYPED, languages=["en", "es"], address_public="y")
    held = esi.get(at(hazel)).fields(f"{at(hazel)}/save")
    assert {name: held[name] for name in TYPED} == {name: [typed] for name, typed in TYPED.items()}
    assert held["languages"] == ["en", "es"] and held["address_public"] == ["y"]
    fields = {name: value for name, value in held.items() if name not in ("languages", "address_public")}
    esi.post(f"{at(hazel)}/save", fields)
    held = esi.get(at(hazel)).fields(f"{at(hazel)}/save")
    assert "languages" not in held and "address_public" not in held


def test_beside_each_field_stands_what_the_host_says(esi: Desk, hazel: str) -> None:
    page = esi.get(at(hazel)).words()
    for said in ("1 Annex Road", "The Annex", "Cameras in the hall.", "https://www.weather.gov/"):
        assert f"Left empty, it is what the host says: “{said}”." in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"leave_to": "javascript:alert(1)"}, "Write a web address, like https://www.weather.gov/"),
        ({"address": "x" * 201}, "Make it shorter."),
        ({"limits": "x" * 1001}, "Make it shorter."),
        ({"landlord": "maybe"}, "Pick from the list."),
        ({"languages": "xx"}, "Pick from the list."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    app: Flask, esi: Desk, hazel: str, typed: dict[str, str], sentence: str
) -> None:
    before = kept(app)
    back = esi.send(esi.get(at(hazel)), f"{at(hazel)}/save", **({"run_by": "Somebody new"} | typed))
    assert (back.status, back.errors()) == (422, [sentence])
    assert back.fields(f"{at(hazel)}/save")["run_by"] == ["Somebody new"] and kept(app) == before


def test_every_page_of_a_circle_says_its_buildings_words(app: Flask, ana: Desk, esi: Desk, hazel: str) -> None:
    writes(esi, hazel, **TYPED)
    console, ben = comes_in(app, ana, hazel)
    stranger = Phone(app)
    stranger.knock(read_doors(app, console.rpartition("/")[2]).code)
    threshold, here, screen = stranger.get("/join"), ben.here(), ana.get(f"{console}/screen")
    sheets = ana.get(f"{console}/print")
    for page in (threshold, here, ana.get(console), screen, sheets):
        assert "120 Hazel Street" in page.text and "1 Annex Road" not in page.text
    for page in (threshold, ana.get(console), sheets):
        assert "Doors lock at ten." in page.words() and "Cameras in the hall." not in page.words()
    for page in (threshold, here, sheets):
        assert "This computer is run by Hazel Clinic." in page.words()
    assert 'data-leave="https://library.example/"' in here.text
    assert "url=https://library.example/" in ben.post("/here/leave").text


def test_what_the_building_leaves_empty_the_host_says(app: Flask, ana: Desk, esi: Desk, hazel: str) -> None:
    writes(esi, hazel, address="120 Hazel Street")
    console, ben = comes_in(app, ana, hazel)
    words = ben.here().words()
    assert "120 Hazel Street" in words and "the office" in words
    assert "The people who own this building also run this computer." in words
    assert "Cameras in the hall." in ana.get(console).words()
    assert "url=https://www.weather.gov/" in ben.post("/here/leave").text


def test_where_no_building_is_known_the_host_speaks(app: Flask, ana: Desk, esi: Desk, hazel: str) -> None:
    writes(esi, hazel, **TYPED)
    _, ben = comes_in(app, ana, "")
    for page in (ben.here(), Phone(app).get("/"), Browser(app).get("/what-we-keep"), ana.get("/lead/after/rest")):
        assert "Hazel" not in page.words()
    assert "1 Annex Road" in ben.here().words() and "1 Annex Road" in Phone(app).get("/").words()


def test_whoever_is_asked_to_step_out_still_has_the_buildings_help(
    app: Flask, ana: Desk, esi: Desk, hazel: str
) -> None:
    writes(esi, hazel, **TYPED)
    console, ben = comes_in(app, ana, hazel)
    ben.send(ben.here(), "/here/hand", text="")
    (hand,) = (one.get("id", "") for one in ana.get(console).all("li", **{"class": "raised"}))
    ana.do(f"{console}/hands/{hand.removeprefix('hand-')}/step-out")
    told = ben.get("/")
    assert "You were asked to step out" in told.words() and "120 Hazel Street" in told.words("help")


def test_admins_write_it_too_and_nobody_else(app: Flask, ana: Desk, esi: Desk, gus: Desk, hazel: str) -> None:
    writes(gus, hazel, address="120 Hazel Street")
    before = kept(app)
    assert ana.get(at(hazel)).status == 404 and ana.do(f"{at(hazel)}/save", address="Mine").status == 404
    assert Phone(app).get(at(hazel)).status == 404
    assert esi.get(at("0" * 20)).status == 404 and esi.do(f"{at('0' * 20)}/save").status == 404
    assert kept(app) == before
