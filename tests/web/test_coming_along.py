"""A plan, languages and the group's own rules come along to its circles (`facilitator.coming_along`)."""

import pytest
from flask import Flask
from sqlalchemy import text

from sessions.library import parts
from tests.web.cast import Desk, Phone, read_doors, rows
from tests.web.pages import Page
from tests.web.planning import Group, group

OURS = "Phones stay in pockets."
KEPT_FOR_THE_GROUP = "They are kept for this group"
REMEMBRANCE = parts("en")["close-gently"].name


@pytest.fixture
def tea(app: Flask, ana: Desk) -> Group:
    """Ana's group, which begins in ten minutes."""
    return group(app, leader="ana@example.org")


def opens(ana: Desk, tea: Group) -> str:
    return str(ana.do(f"{tea.on_duty}/open").location)


def options(page: Page) -> list[str]:
    return ["".join(one.itertext()) for one in page.all("option")]


def keeps(ana: Desk, tea: Group) -> None:
    """A circle of the group makes a rule of its own, keeps what stands, and is erased."""
    console = opens(ana, tea)
    ana.do(f"{console}/rules", words=OURS)
    ana.do(f"{console}/rules/keep")
    ana.do(f"{console}/close")
    ana.do(f"{console}/erase")


def test_the_plan_staff_chose_is_the_circles(app: Flask, ana: Desk, esi: Desk, tea: Group) -> None:
    page = esi.get(tea.path)
    assert esi.send(page, f"{tea.path}/plan", **{"plan-plan": "remembrance"}).location == tea.path
    assert esi.get(tea.path).fields(f"{tea.path}/plan")["plan-plan"] == ["remembrance"]
    assert REMEMBRANCE in ana.get(opens(ana, tea)).words("plan")


def test_the_languages_staff_said_are_told_to_who_comes_in(app: Flask, ana: Desk, esi: Desk, tea: Group) -> None:
    action = f"{tea.path}/plan"
    assert esi.send(esi.get(tea.path), action, languages=["es", "en"]).location == tea.path
    assert esi.get(tea.path).fields(action)["languages"] == ["en", "es"]
    circle = read_doors(app, opens(ana, tea).rpartition("/")[2])
    stranger = Phone(app)
    stranger.knock(circle.code)
    assert "This group meets in: English, Español" in stranger.get("/join").words()
    refused = esi.post(action, {"csrf_token": esi.token(), "plan-plan": "", "languages": "xx"})
    assert (refused.status, refused.errors()) == (422, ["Pick from the list."])
    assert esi.get(tea.path).fields(action)["languages"] == ["en", "es"]


def test_staff_choose_among_ours_alone(app: Flask, ana: Desk, esi: Desk, tea: Group) -> None:
    own = ana.do("/lead/plans/copy", plan="60").location.rpartition("/")[2]
    title = "my way"
    assert title not in esi.get(tea.path).words()
    refused = esi.send(esi.get(tea.path), f"{tea.path}/plan", **{"plan-plan": own})
    assert (refused.status, refused.errors()) == (422, ["Pick from the list."])
    assert ana.do(f"{tea.path}/plan", **{"plan-plan": "60"}).status == 404
    assert esi.do(f"/calendar/groups/{tea.series_id}/2026-01-01/plan", **{"plan-plan": "60"}).status == 404


def test_whose_group_it_is_chooses_one_of_their_own(app: Flask, ana: Desk, fay: Desk, esi: Desk, tea: Group) -> None:
    own = ana.do("/lead/plans/copy", plan="remembrance").location.rpartition("/")[2]
    field, action = f"{tea.series_id}-plan", f"{tea.on_duty}/plan"
    assert ana.send(ana.get("/lead"), action, **{field: own}).location == "/lead"
    assert ana.get("/lead").fields(action)[field] == [own]
    assert own not in esi.get(tea.path).text
    assert fay.do(action, **{field: "60"}).status == 404
    assert fay.do(action, **{field: own}).errors() == ["Pick from the list."]
    assert esi.do(action, **{field: "60"}).status == 404
    assert REMEMBRANCE in ana.get(opens(ana, tea)).words("plan")


def test_a_member_sees_in_which_languages_the_group_meets(app: Flask, ana: Desk, tea: Group) -> None:
    app.extensions["database"].write(lambda db: db.execute(text("UPDATE series SET languages = 'es en'")))
    doors = read_doors(app, opens(ana, tea).rpartition("/")[2])
    ben, dov = Phone(app), Phone(app)
    ben.knock(doors.code)
    assert "This group meets in: Español, English" in ben.get("/join").words()
    dov.knock(ana.open("Elsewhere").code)
    assert "This group meets in" not in dov.get("/join").words()


def test_the_rules_a_group_kept_are_there_next_time(app: Flask, ana: Desk, tea: Group) -> None:
    console = opens(ana, tea)
    assert KEPT_FOR_THE_GROUP in ana.get(console).words("rules-page")
    ana.do(f"{console}/close")
    ana.do(f"{console}/erase")
    keeps(ana, tea)
    assert OURS in ana.get("/lead").words("on-duty") and rows(app, "own_rules") == 0
    assert OURS in ana.get(opens(ana, tea)).words("rules")


def test_a_circle_of_no_group_says_nothing_of_one(ana: Desk) -> None:
    assert KEPT_FOR_THE_GROUP not in ana.get(ana.open().console).words()


def test_nobody_who_does_not_lead_the_group_reads_them(
    app: Flask, ana: Desk, fay: Desk, esi: Desk, gus: Desk, tea: Group
) -> None:
    keeps(ana, tea)
    for person in (fay, esi, gus):
        for path in ("/lead", "/calendar", tea.path, f"/buildings/{tea.building_id}", "/heads"):
            assert OURS not in person.get(path).text
        assert person.do(f"{tea.on_duty}/rules/take-back").status == 404
    esi.do(f"{tea.path}/needs-cover")
    assert OURS not in ana.get("/lead").text and OURS not in fay.get("/lead").text
    fay.do(f"{tea.on_duty}/cover")
    assert OURS in fay.get("/lead").words("on-duty")


def test_who_leads_takes_the_last_version_back(app: Flask, ana: Desk, tea: Group) -> None:
    keeps(ana, tea)
    assert ana.send(ana.get("/lead"), f"{tea.on_duty}/rules/take-back").location == "/lead"
    assert OURS not in ana.get("/lead").text and rows(app, "group_rules") == 0
    assert ana.do(f"{tea.on_duty}/rules/take-back").status == 404
