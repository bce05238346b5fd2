"""Esi writes down buildings, rooms and closures (`facilitator.buildings`)."""

import pytest
from flask import Flask

from tests.web.cast import Desk, Phone, kept
from tests.web.planning import building, group

HAZEL = {"name": "Hazel House", "public_name": "The house", "zone": "America/Los_Angeles"}


def test_a_building_is_written_down_and_has_a_page(esi: Desk) -> None:
    made = esi.send(esi.get("/buildings"), "/buildings/new", **HAZEL, quiet_from="22:00", quiet_to="07:00")
    page = esi.get(made.location)
    assert "Hazel House" in page.words() and "Hazel House" in esi.get("/buildings").words()
    held = page.fields(f"{made.location}/words")
    assert held["building-quiet_from"] == ["22:00"] and held["building-zone"] == ["America/Los_Angeles"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": ""}, "Fill this in first."),
        ({"name": "x" * 81}, "Make it shorter."),
        ({"zone": "../etc/passwd"}, "There is no such time zone. Write one like America/Los_Angeles."),
        ({"quiet_from": "26:00", "quiet_to": "07:00"}, "There is no such time. Write one like 18:00."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(app: Flask, esi: Desk, typed: dict[str, str], sentence: str) -> None:
    before = kept(app)
    refused = esi.send(esi.get("/buildings"), "/buildings/new", **(HAZEL | typed))
    assert (refused.status, refused.errors()) == (422, [sentence])
    assert "passwd" in refused.text or typed.get("zone") is None, "what was typed is still in its box"
    assert kept(app) == before


def test_a_building_is_written_anew(app: Flask, esi: Desk) -> None:
    building_id, _ = building(app)
    at = f"/buildings/{building_id}"
    assert esi.send(esi.get(at), f"{at}/words", **{"building-name": "Birch House"}).location == at
    assert "Birch House" in esi.get(at).words()
    refused = esi.send(esi.get(at), f"{at}/words", **{"building-zone": "Mars/Olympus"})
    assert refused.errors() == ["There is no such time zone. Write one like America/Los_Angeles."]


def test_rooms_are_written_down_and_anew(app: Flask, esi: Desk) -> None:
    building_id, room_id = building(app)
    at = f"/buildings/{building_id}"
    typed = {"room-name": "Kitchen", "room-places": "12", "room-step_free": "y"}
    assert esi.send(esi.get(at), f"{at}/rooms", **typed).location == at
    assert "Kitchen" in esi.get(at).words("rooms")
    esi.send(esi.get(at), f"{at}/rooms/{room_id}", **{f"{room_id}-name": "Cellar"})
    assert "Cellar" in esi.get(at).words("rooms") and "Lounge A" not in esi.get(at).words("rooms")


def test_a_room_that_is_refused_leaves_the_others_forms_alone(app: Flask, esi: Desk) -> None:
    building_id, room_id = building(app)
    at = f"/buildings/{building_id}"
    esi.send(esi.get(at), f"{at}/rooms/{room_id}", **{f"{room_id}-step_free": "y"})
    refused = esi.send(esi.get(at), f"{at}/rooms", **{"room-name": "Kitchen", "room-places": "many"})
    assert refused.errors() == ["Use a whole number, 1 to 999."]
    assert refused.fields(f"{at}/rooms")["room-places"] == ["many"]
    assert refused.fields(f"{at}/rooms/{room_id}")[f"{room_id}-step_free"] == ["y"]


def test_a_room_of_another_building_is_not_there(app: Flask, esi: Desk) -> None:
    (here, _), (_, elsewhere) = building(app), building(app, "Birch House")
    fields = {"csrf_token": esi.token(), f"{elsewhere}-name": "Mine"}
    assert esi.post(f"/buildings/{here}/rooms/{elsewhere}", fields).status == 404


def test_a_closure_is_made_and_undone(app: Flask, esi: Desk) -> None:
    tea = group(app)
    at = f"/buildings/{tea.building_id}"
    typed = {"closure-first": str(tea.day), "closure-last": "", "closure-note": "New floors"}
    assert esi.send(esi.get(at), f"{at}/closures", **typed).location == at
    assert "New floors" in esi.get(at).words("closures")
    assert "Building closed" in esi.get(tea.path).words("facts")
    [undo, _] = [action for action in esi.get(at).actions() if action.endswith("/undo")]
    esi.do(undo)
    assert "Building closed" not in esi.get(tea.path).words("facts")
    assert esi.do(undo).status == 404


def test_a_closure_that_ends_before_it_begins(app: Flask, esi: Desk) -> None:
    building_id, _ = building(app)
    at = f"/buildings/{building_id}"
    typed = {"closure-first": "2026-11-10", "closure-last": "2026-11-09"}
    assert esi.send(esi.get(at), f"{at}/closures", **typed).errors() == [
        "That is before it begins. Pick a later day.",
    ]


def test_who_leads_and_who_only_visits_write_no_buildings(app: Flask, ana: Desk, stranger: Phone) -> None:
    building_id, _ = building(app)
    assert [ana.get(path).status for path in ("/buildings", f"/buildings/{building_id}")] == [404, 404]
    assert stranger.get("/buildings").location == "/staff/sign-in"
    assert stranger.get(f"/buildings/{building_id}").status == 404
