"""What anybody may read of a building (`facilitator.whats_on`, `facilitator.listing`): nothing, until staff list it."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from sessions.schedule import closures, edits, gatherings, listing
from sessions.schedule.buildings import Building
from tests.web.cast import Desk, Phone, kept
from tests.web.planning import Group, building, group

CALLED = "Tea at four"


def list_all(app: Flask, tea: Group, called: str = CALLED) -> None:
    """List a building and its group."""
    write = app.extensions["database"].write
    write(listing.list_building, "esi", tea.building_id, True)
    write(listing.list_group, "esi", tea.series_id, tea.day, True, called)


@pytest.fixture
def tea(app: Flask) -> Group:
    return group(app, "Using and living", minutes_ahead=60)


def test_nothing_is_public_until_staff_list_it(app: Flask, esi: Desk, stranger: Phone, tea: Group) -> None:
    unknown = stranger.get("/whats-on/nowhere")
    assert unknown.status == stranger.get("/whats-on/hazel-house").status == 404
    assert "Hazel House" not in stranger.get("/whats-on").words() and "What’s on" not in stranger.get("/").words()
    at = f"/buildings/{tea.building_id}"
    assert esi.send(esi.get(at), f"{at}/listed").location == f"{at}#public"
    page = stranger.get("/whats-on/hazel-house")
    assert page.status == 200 and "Nothing is planned for the next four weeks." in page.words()
    esi.send(esi.get(tea.path), f"{tea.path}/listed", **{"listing-listed": "y"})
    page = stranger.get("/whats-on/hazel-house")
    assert "Open group" in page.words() and "Using" not in page.text and "Lounge A" in page.words()
    assert "Hazel House" in stranger.get("/whats-on").words() and "What’s on" in stranger.get("/").words()
    esi.send(esi.get(at), f"{at}/listed")
    gone = stranger.get("/whats-on/hazel-house")
    assert (gone.status, gone.words()) == (404, unknown.words()), "taken away is as if it had never been"


def test_a_group_has_a_public_name_of_its_own(app: Flask, esi: Desk, stranger: Phone, tea: Group) -> None:
    list_all(app, tea)
    assert CALLED in stranger.get("/whats-on/hazel-house").words()
    assert esi.get(tea.path).fields(f"{tea.path}/listed")["listing-called"] == [CALLED]
    refused = esi.send(esi.get(tea.path), f"{tea.path}/listed", **{"listing-called": "x" * 81})
    assert (refused.status, refused.errors()) == (422, ["Make it shorter."])
    esi.do(f"{tea.path}/listed")
    assert CALLED not in stranger.get("/whats-on/hazel-house").text, "unlisted again"
    elsewhere = f"/calendar/groups/{'0' * 20}/{tea.day}/listed"
    assert esi.do(elsewhere).status == 404


def test_its_address_stays_when_its_name_changes(app: Flask, esi: Desk, stranger: Phone, tea: Group) -> None:
    list_all(app, tea)
    at = f"/buildings/{tea.building_id}"
    esi.send(esi.get(at), f"{at}/words", **{"building-public_name": "Birch Lodge"})
    assert "Birch Lodge" in stranger.get("/whats-on/hazel-house").words()
    other, _ = building(app)
    app.extensions["database"].write(listing.list_building, "esi", other, True)
    assert stranger.get("/whats-on/hazel-house-2").status == 200, "two of one name have two addresses"


@pytest.mark.parametrize(
    ("name", "page"), [("Żółta Ćma #7!", "zota-cma-7"), ("дом", "house"), ("a" * 80, "a" * 36), ("--", "house")]
)
def test_an_address_is_made_of_plain_letters(app: Flask, name: str, page: str) -> None:
    made, _ = building(app, name)
    assert app.extensions["database"].write(listing.list_building, "esi", made, True).page == page


def test_what_is_off_or_moved_is_said_plainly(app: Flask, stranger: Phone, tea: Group) -> None:
    list_all(app, tea)
    write, week = app.extensions["database"].write, timedelta(days=7)
    write(edits.cancel, "esi", tea.series_id, tea.day)
    write(closures.close, "esi", tea.building_id, str(tea.day + week), "", "Bed bugs")
    moved = tea.day + 2 * week
    write(edits.move, "esi", tea.series_id, moved, str(moved + timedelta(days=1)), "15:00", "the boiler")
    page = stranger.get("/whats-on/hazel-house")
    words = page.words()
    assert "Not on It was called off for this day." in words and "Not on The building is closed that day." in words
    assert "Moved It is on" in words and "at 3:00\u00a0PM" in page.text and "Moved It was to be on" in words
    assert not any(reason in page.text for reason in ("bugs", "boiler"))
    with app.extensions["database"].read() as db:
        ours = [one.on for one in gatherings.between(db, tea.day, tea.day + 3 * week) if one.state == "on"]
    assert len(page.all("li", **{"class": ""})) == len(ours) == 2, "what takes place, and nothing besides"


def test_the_address_of_a_building_is_shown_where_staff_said_so(app: Flask, stranger: Phone, tea: Group) -> None:
    list_all(app, tea)

    def say(db: Session, public: bool) -> None:
        where = update(Building).where(Building.id == tea.building_id)
        db.execute(where.values(address="120 Hazel Street", address_public=public))

    app.extensions["database"].write(say, False)
    assert "120 Hazel Street" not in stranger.get("/whats-on/hazel-house").text
    app.extensions["database"].write(say, True)
    assert "120 Hazel Street" in stranger.get("/whats-on/hazel-house").words()


def test_the_box_for_the_code_is_there_while_doors_are_open(app: Flask, ana: Desk, stranger: Phone) -> None:
    tea = group(app, "Using and living", leader="ana@example.org", minutes_ahead=10)
    list_all(app, tea)
    elsewhere = ana.open("Elsewhere", building="")
    before = stranger.get("/whats-on/hazel-house")
    assert "/door" not in before.actions(), "a circle that is of no building opens no box"
    console = ana.send(ana.get("/lead"), f"{tea.on_duty}/open").location
    during = stranger.get("/whats-on/hazel-house")
    assert "/door" in during.actions() and "Using" not in during.text
    assert not any(secret in during.text for secret in (console.rpartition("/")[2], elsewhere.code, "Ana"))
    ana.do(f"{console}/shut")
    assert "/door" not in stranger.get("/whats-on/hazel-house").actions()
    ana.do(f"{console}/unshut")
    assert "/door" in stranger.get("/whats-on/hazel-house").actions()
    ana.do(f"{console}/close")
    assert stranger.get("/whats-on/hazel-house").words() == before.words(), "closed, it tells nothing of it"


def test_it_speaks_the_language_its_address_asks_for(app: Flask, stranger: Phone, tea: Group) -> None:
    list_all(app, tea, called="")
    page = stranger.get("/whats-on/hazel-house?language=es")
    assert "Grupo abierto" in page.words() and page.all("html", lang="es")
    assert "Set-Cookie" not in page.headers
    assert "/whats-on?language=es" in page.text, "and so do its links"
    assert "Open group" in stranger.get("/whats-on/hazel-house?language=../x").words()


@pytest.mark.parametrize("nasty", ["<script>alert(1)</script>", '"><img src=x onerror=a()>', "=1+1", "{{7*7}}"])
def test_markup_in_a_name_is_text(app: Flask, esi: Desk, stranger: Phone, nasty: str) -> None:
    tea = group(app, nasty)
    list_all(app, tea, called=nasty)
    at = f"/buildings/{tea.building_id}"
    esi.send(esi.get(at), f"{at}/words", **{"building-public_name": nasty})
    for page in (stranger.get("/whats-on"), stranger.get("/whats-on/hazel-house"), esi.get(f"{tea.path}/flyer")):
        assert nasty in page.words() and "<script>alert" not in page.text and not page.all("img", src="x")


@pytest.mark.parametrize("path", ["Hazel-House", "hazel%00house", "../staff", "x" * 41, "%22%3E", "a/b"])
def test_any_other_address_is_not_there(app: Flask, stranger: Phone, tea: Group, path: str) -> None:
    list_all(app, tea)
    before = kept(app)
    assert stranger.get(f"/whats-on/{path}").status == 404
    assert kept(app) == before


def test_who_leads_and_who_only_visits_list_nothing(app: Flask, ana: Desk, stranger: Phone, tea: Group) -> None:
    before = kept(app, "sign_ins")
    for path in (f"/buildings/{tea.building_id}/listed", f"{tea.path}/listed"):
        assert ana.do(path, listed="y").status == 404
        assert stranger.post(path, {"listed": "y"}).status == 404
    assert kept(app, "sign_ins") == before
