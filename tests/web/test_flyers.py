"""The sheet for the hallway (`facilitator.flyers`): both languages, discreet words, a square to the public page."""

from datetime import timedelta

import pytest
from flask import Flask

from sessions.schedule import edits, listing
from tests.web.cast import Desk, Phone
from tests.web.planning import Group, group
from tests.web.test_whats_on import CALLED, list_all


@pytest.fixture
def tea(app: Flask) -> Group:
    return group(app, "Using and living", minutes_ahead=60)


def test_a_flyer_says_when_and_where_in_two_languages_and_nothing_inner(app: Flask, esi: Desk, tea: Group) -> None:
    page = esi.get(f"{tea.path}/flyer")
    assert page.status == 200 and "Using" not in page.text
    words = page.words("flyer")
    for said in ("Come as you are.", "Open group", f"Every {tea.day:%A}", "Lounge A", "Hazel House", "Grupo abierto"):
        assert said in words
    assert "Cada " in words and not page.all("svg"), "the square comes with a public page"
    list_all(app, tea)
    page = esi.get(f"{tea.path}/flyer")
    assert CALLED in page.words("flyer") and "circle.test/whats-on/hazel-house" in page.words("flyer")
    assert len(page.all("svg")) == 1
    assert "There is food." not in page.words("flyer") and "Hay comida." not in page.words("flyer")
    fed = esi.get(f"{tea.path}/flyer?food=y&paper=a4")
    assert "There is food." in fed.words("flyer") and "Hay comida." in fed.words("flyer")
    assert "a4.css" in fed.text and "letter.css" in page.text


def test_its_next_dates_are_those_that_take_place(app: Flask, esi: Desk, tea: Group) -> None:
    list_all(app, tea)
    write, week = app.extensions["database"].write, timedelta(days=7)
    write(edits.cancel, "esi", tea.series_id, tea.day)
    write(edits.move, "esi", tea.series_id, tea.day + week, str(tea.day + week + timedelta(days=1)), "15:00", "why")
    words = esi.get(f"{tea.path}/flyer").words("flyer").split("Ven")[0]
    assert f"{tea.day:%b} {tea.day.day} ·" not in words
    moved = tea.day + timedelta(days=8)
    assert f"{moved:%a, %b} {moved.day} (3:00" in words


def test_a_buildings_flyer_has_its_listed_groups_alone(app: Flask, esi: Desk, tea: Group) -> None:
    at = f"/buildings/{tea.building_id}/flyer"
    assert "Ask at the front desk" in esi.get(at).words("flyer")
    app.extensions["database"].write(listing.list_group, "esi", tea.series_id, tea.day, True, CALLED)
    assert CALLED in esi.get(at).words("flyer")


def test_flyers_are_for_who_plans(app: Flask, ana: Desk, esi: Desk, stranger: Phone, tea: Group) -> None:
    for path in (f"{tea.path}/flyer", f"/buildings/{tea.building_id}/flyer"):
        assert (ana.get(path).status, stranger.get(path).status) == (404, 404)
    assert esi.get(f"/calendar/groups/{'0' * 20}/{tea.day}/flyer").status == 404
