"""A facilitator opens the doors of a gathering, and takes over what nobody leads (`facilitator.on_duty`)."""

from flask import Flask
from sqlalchemy import text

from tests.web.cast import Desk, Phone, read_doors, rows
from tests.web.planning import group

OPENS = "The doors open a quarter of an hour before it begins, until it ends."


def test_the_doors_open_from_a_quarter_of_an_hour_before(app: Flask, ana: Desk) -> None:
    tea = group(app, leader="ana@example.org", minutes_ahead=14)
    opened = ana.send(ana.get("/lead"), f"{tea.on_duty}/open")
    doors = read_doors(app, opened.location.rpartition("/")[2])
    assert "Tea and talk" in ana.get(opened.location).words()
    assert Phone(app).join(doors.code).here().status == 200


def test_two_taps_open_one_circle(app: Flask, ana: Desk) -> None:
    tea = group(app, leader="ana@example.org")
    first, second = (ana.do(f"{tea.on_duty}/open").location for _ in range(2))
    assert first == second and rows(app, "circles") == 1


def test_not_earlier_and_not_once_it_is_over(app: Flask, ana: Desk) -> None:
    early = group(app, leader="ana@example.org", minutes_ahead=30)
    over = group(app, "Breakfast", leader="ana@example.org", minutes_ahead=-90)
    assert f"{early.on_duty}/open" not in ana.get("/lead").actions()
    for tea in (early, over):
        refused = ana.do(f"{tea.on_duty}/open")
        assert (refused.status, refused.errors(), rows(app, "circles")) == (422, [OPENS], 0)


def test_what_is_called_off_has_no_doors(app: Flask, ana: Desk, esi: Desk) -> None:
    tea = group(app, leader="ana@example.org")
    esi.do(f"{tea.path}/cancel")
    assert "Called off" in ana.get("/lead").words("on-duty")
    assert ana.do(f"{tea.on_duty}/open").errors() == [OPENS]


def test_somebody_elses_doors_are_not_there(app: Flask, ana: Desk, fay: Desk, esi: Desk, stranger: Phone) -> None:
    tea = group(app, leader="ana@example.org")
    assert fay.get("/lead").find("on-duty") is None
    for person in (fay, esi):
        assert person.do(f"{tea.on_duty}/open").status == 404
    assert stranger.post(f"{tea.on_duty}/open").status == 404


def test_the_first_who_takes_a_cover_has_it(app: Flask, ana: Desk, fay: Desk, esi: Desk, gus: Desk) -> None:
    tea = group(app, leader="ana@example.org")
    esi.do(f"{tea.path}/needs-cover")
    assert ana.get("/lead").find("on-duty") is None and ana.do(f"{tea.on_duty}/open").status == 404
    assert fay.send(fay.get("/lead"), f"{tea.on_duty}/cover").location == "/lead"
    assert ana.do(f"{tea.on_duty}/cover").errors() == ["Somebody leads that one already."]
    assert "Tea and talk" in fay.get("/lead").words("on-duty")
    assert fay.do(f"{tea.on_duty}/open").status == 303
    assert esi.do(f"{tea.on_duty}/cover").status == 404 and gus.do(f"{tea.on_duty}/cover").status == 404


def test_who_took_a_cover_gives_it_back(app: Flask, ana: Desk, fay: Desk, esi: Desk, stranger: Phone) -> None:
    tea = group(app, leader="ana@example.org")
    esi.do(f"{tea.path}/needs-cover")
    fay.do(f"{tea.on_duty}/cover")
    assert "Tea and talk" in fay.get("/lead").words("covering") and ana.get("/lead").find("covering") is None
    for somebody in (ana, esi):
        assert somebody.do(f"{tea.on_duty}/give-back").status == 404
    assert stranger.post(f"{tea.on_duty}/give-back").status == 404
    assert fay.send(fay.get("/lead"), f"{tea.on_duty}/give-back").location == "/lead"
    assert fay.get("/lead").find("covering") is None and "Tea and talk" in ana.get("/lead").words("uncovered")
    assert "Tea and talk" in esi.get("/calendar").words("uncovered")
    assert fay.do(f"{tea.on_duty}/give-back").status == 404
    fay.do(f"{tea.on_duty}/cover")
    esi.do(f"{tea.path}/undo", part="cover")
    assert fay.get("/lead").find("covering") is None and esi.get("/calendar").find("uncovered") is None


def test_what_nobody_leads_yet_is_there_to_take(app: Flask, fay: Desk) -> None:
    tea = group(app)
    fay.do(f"{tea.on_duty}/cover")
    assert "Tea and talk" in fay.get("/lead").words("on-duty")


def test_at_two_places_at_once_nobody_takes_over(app: Flask, ana: Desk) -> None:
    group(app, "Breakfast", leader="ana@example.org")
    tea = group(app)
    refused = ana.do(f"{tea.on_duty}/cover")
    assert refused.status == 422 and "who leads it leads “Breakfast” then." in refused.errors()[0]


def test_a_date_that_there_is_not_is_not_there(app: Flask, ana: Desk) -> None:
    tea = group(app)
    for what in ("open", "cover"):
        assert ana.do(f"/on-duty/{tea.series_id}/2026-01-01/{what}").status == 404


def test_a_circle_knows_its_building_and_its_group_and_the_calendar_knows_no_circle(app: Flask, ana: Desk) -> None:
    tea = group(app, leader="ana@example.org")
    ana.do(f"{tea.on_duty}/open")
    with app.extensions["database"].read() as db:
        [circle] = db.execute(text("SELECT * FROM circles")).mappings().all()
        calendar = [
            row for table in ("series", "overrides", "acts") for row in db.execute(text(f"SELECT * FROM {table}"))
        ]
    assert (circle["building_id"], circle["series_id"]) == (tea.building_id, tea.series_id)
    assert str(tea.day) not in repr(dict(circle)) and circle["id"] not in repr(calendar)
