"""Heads as staff who plan see them (`facilitator.heads`), and how a leader tells them (`facilitator.told_of`)."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from sessions.schedule import held
from sessions.schedule.heads import Quarter
from sessions.schedule.held import Place, Typed
from tests.web.cast import Desk, Phone, find_id, kept, key, rows
from tests.web.pages import Page
from tests.web.planning import Group, building, group

AFTER, TOLD = "/lead/after", "/lead/after/told"
LAST = Quarter.of(datetime.now(UTC).date()).before.before
"""A quarter that is over everywhere."""
FIRST, SECOND, _ = (month.replace(day=3) for month in LAST.months)


def told(app: Flask, building_id: str, day: date, number: int, series_id: str | None = None, **typed: Any) -> None:
    """Ana told of a circle, back then."""
    words = Typed(**{"key": key(), "heads": str(number)} | typed)
    place = Place(building_id, day, series_id)
    app.extensions["database"].write(held.tell, find_id(app, "ana@example.org"), words, None, place)


def path(building_id: str, what: str = "", quarter: Quarter = LAST) -> str:
    return f"/heads/{building_id}{what}?quarter={quarter.name}"


def table(desk: Desk, building_id: str) -> list[list[str]]:
    """The file, without its first line."""
    page = desk.get(path(building_id, "/file"))
    assert page.text.startswith("\ufeff")
    return [*csv.reader(io.StringIO(page.text.removeprefix("\ufeff")))][1:]


def offered(page: Page) -> list[str]:
    """Which circles a leader can tell of, in words."""
    return ["".join(one.itertext()).strip() for one in page.all("option")]


def of_held(app: Flask) -> list[tuple[str, ...]]:
    with app.extensions["database"].read() as db:
        return [tuple(row) for row in db.execute(text("SELECT building_id, series_id, day FROM held"))]


@pytest.fixture
def hazel(app: Flask) -> str:
    return building(app)[0]


@pytest.fixture
def tea(app: Flask, ana: Desk) -> Group:
    """Ana's group, which begins in ten minutes."""
    return group(app, leader="ana@example.org")


def opens_and_closes(ana: Desk, tea: Group) -> str:
    console = ana.do(f"{tea.on_duty}/open").location
    ana.do(f"{console}/close")
    return str(console)


def test_after_a_gathering_its_group_is_meant(app: Flask, ana: Desk, tea: Group) -> None:
    opens_and_closes(ana, tea)
    page = ana.get(AFTER)
    assert ana.send(page, TOLD, heads="7").location == "/lead/after/rest?told=yes"
    assert of_held(app) == [(tea.building_id, tea.series_id, str(tea.day))]
    assert "Hazel House" in ana.get("/lead/held").words()


def test_and_once_its_circle_is_erased_too(app: Flask, ana: Desk, tea: Group) -> None:
    page = ana.get(AFTER)
    console = opens_and_closes(ana, tea)
    ana.do(f"{console}/erase")
    assert rows(app, "circles") == 0
    ana.send(ana.get(AFTER), TOLD, heads="7")
    ana.send(page, TOLD, heads="7", key=key())
    assert of_held(app) == [(tea.building_id, tea.series_id, str(tea.day))] * 2


def test_a_form_that_was_opened_before_the_erase_may_be_sent_after_it(app: Flask, ana: Desk, fay: Desk) -> None:
    """Fay was handed the circle over: the calendar does not say that she led it, and the form does."""
    tea = group(app, leader="ana@example.org")
    console = ana.do(f"{tea.on_duty}/open").location
    with app.extensions["database"].read() as db:
        (circle_id,) = db.execute(text("SELECT id FROM circles")).scalars()
    app.extensions["database"].write(
        lambda db: db.execute(text("UPDATE circles SET account_id = :who"), {"who": find_id(app, "fay@example.org")})
    )
    fay.do(f"{console}/close")
    page = fay.get(AFTER)
    fay.do(f"{console}/erase")
    assert circle_id not in str(page.fields(TOLD)) and fay.send(page, TOLD, heads="x").status == 422
    assert fay.send(page, TOLD, heads="7").status == 303
    assert of_held(app) == [(tea.building_id, tea.series_id, str(tea.day))]


def test_without_a_group_a_building_may_be_chosen_or_none(app: Flask, ana: Desk, hazel: str) -> None:
    ana.do(f"{ana.open(building='').console}/close")
    page = ana.get(AFTER)
    assert offered(page) == ["None of these", "Hazel House"] and page.fields(TOLD)["of"] == [""]
    ana.send(page, TOLD, heads="7")
    (choice,) = (one.attrib["value"] for one in page.all("option") if one.get("value"))
    ana.send(ana.get(AFTER), TOLD, heads="7", of=choice)
    assert sorted((one[0] or "", one[1]) for one in of_held(app)) == [("", None), (hazel, None)]


def test_without_buildings_nothing_is_asked(ana: Desk) -> None:
    assert "of" not in ana.get(AFTER).fields(TOLD) and "Which circle was it?" not in ana.get(AFTER).words()


def test_nobody_makes_up_a_group_of_others(app: Flask, ana: Desk, fay: Desk, tea: Group) -> None:
    hers = ana.get(AFTER).fields(TOLD)["of"][0]
    assert hers and tea.series_id not in "".join(offered(fay.get(AFTER)))
    before = kept(app, "sign_ins")
    for forged in (hers, hers[:-1] + "A", f"{tea.building_id}/{tea.series_id}", tea.series_id, "[]", "x" * 5000):
        refused = fay.send(fay.get(AFTER), TOLD, heads="7", of=forged)
        assert (refused.status, refused.errors()) == (422, ["Pick from the list."])
    assert kept(app, "sign_ins") == before


def test_who_tells_of_a_month_that_was_given_out_is_told_so(app: Flask, ana: Desk, esi: Desk) -> None:
    tea = group(app, leader="ana@example.org")
    page = ana.get(AFTER)
    app.extensions["database"].write(
        lambda db: db.execute(
            text("INSERT INTO published (building_id, period, told) VALUES (:building, :month, '{}')"),
            {"building": tea.building_id, "month": f"{tea.day:%Y-%m}"},
        )
    )
    answer = ana.send(page, TOLD, heads="7")
    assert answer.location == "/lead/after/rest?told=late"
    assert "The building was given that month already" in ana.get(answer.location).words()
    assert "That month was given to the building." in ana.get("/lead/held").words()


def test_a_month_in_bands_with_its_sum(app: Flask, ana: Desk, esi: Desk, hazel: str) -> None:
    kits = [("Naloxone kits", "4")]
    told(app, hazel, FIRST, 7, minutes="60", cards=["drug-set-setting"], supplies=kits)
    told(app, hazel, FIRST + timedelta(days=7), 7, minutes="50", supplies=kits)
    assert path(hazel).partition("?")[0] in [one.get("href") for one in esi.get("/heads").all("a")]
    page = esi.get(path(hazel))
    words = page.words("month-1")
    assert "2 circles · 110 minutes · 1 card taught" in words and "Heads, all together: 14" in words
    assert words.count("5 to 9") == 3 and "Naloxone kits 8" in words
    assert page.words("month-2").endswith("Nothing was told of this month.")
    assert "Heads, all together: 14" in page.words("quarter")


def test_a_sum_that_would_tell_too_much_is_left_out_and_that_is_said(
    app: Flask, ana: Desk, esi: Desk, hazel: str
) -> None:
    told(app, hazel, FIRST, 2)
    told(app, hazel, SECOND, 2)
    page = esi.get(path(hazel))
    assert "The heads of this month are not added up." in page.words("month-1")
    assert "The heads of this quarter are not added up." in page.words("quarter")
    assert [line[4] for line in table(esi, hazel) if "all together" in line[3]] == ["0"], "of the month that is empty"
    for day in (FIRST, SECOND):
        told(app, hazel, day, 9)
    assert esi.get(path(hazel)).words("month-1") == page.words("month-1")


def test_two_months_may_be_in_the_quarter_alone(app: Flask, ana: Desk, esi: Desk, hazel: str) -> None:
    for day, number in ((FIRST, 2), (FIRST, 2), (SECOND, 3), (SECOND, 3)):
        told(app, hazel, day, number)
    page = esi.get(path(hazel))
    assert "They are in the sum of the quarter." in page.words("month-1")
    assert "Heads, all together: 10" in page.words("quarter")


def test_an_admin_sees_bands_and_no_sums(app: Flask, ana: Desk, gus: Desk, hazel: str) -> None:
    for days in (0, 7):
        told(app, hazel, FIRST + timedelta(days=days), 7)
    page = gus.get(path(hazel))
    assert "5 to 9" in page.words("month-1") and "all together" not in page.words() and "added up" not in page.words()
    assert {line[3] for line in table(gus, hazel)} == {
        "Heads in this circle",
        "Circles held",
        "Minutes",
        "Cards taught",
    }


def test_the_file_says_the_same(app: Flask, ana: Desk, esi: Desk, hazel: str) -> None:
    tea = group(app, "Tea, talk")
    told(app, hazel, FIRST, 7, tea.series_id, minutes="60", supplies=[("Socks", "3")], cards=["drug-set-setting"])
    told(app, hazel, FIRST + timedelta(days=7), 713)
    page = esi.get(path(hazel, "/file"))
    assert page.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert page.headers["Content-Disposition"] == f"attachment; filename=heads-{LAST.name}.csv"
    lines = [line[1:] for line in table(esi, hazel)]
    assert lines[:2] == [
        [str(FIRST), "Tea, talk", "Heads in this circle", "5 to 9"],
        [str(FIRST + timedelta(days=7)), "", "Heads in this circle", "10 or more"],
    ]
    assert [line[2:] for line in lines[2:7]] == [
        *(["Circles held", "2"], ["Minutes", "60"], ["Cards taught", "1"]),
        *(["Card: Drug, set and setting", "1"], ["Handed out: Socks", "3"]),
    ]
    assert {line[0] for line in table(esi, hazel)} == {"Hazel House"}


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_no_words_of_anybody_are_a_formula(app: Flask, ana: Desk, esi: Desk, sign: str) -> None:
    hazel, _ = building(app, f'{sign}HYPERLINK("//evil";"x")')
    tea = group(app, f"{sign}1+1,2\"';x")
    told(app, hazel, FIRST, 7, tea.series_id, supplies=[(f"{sign}1+1", "3")])
    lines = table(esi, hazel)
    assert not [cell for line in lines for cell in line if cell.startswith(sign)]
    assert (lines[0][0], lines[0][2]) == (f'\'{sign}HYPERLINK("//evil";"x")', f"'{sign}1+1,2\"';x")
    assert f'"{sign}' not in esi.get(path(hazel, "/file")).text


def test_in_spanish(app: Flask, ana: Desk, esi: Desk, hazel: str) -> None:
    told(app, hazel, FIRST, 7)
    esi.language = "es"
    assert "5 a 9" in esi.get(path(hazel)).words("month-1")
    assert esi.get(path(hazel, "/file")).text.startswith('\ufeff"Edificio","Cuándo","Grupo","Qué","Cuántos"')


def test_what_no_quarter_is_called_is_the_last_one(app: Flask, esi: Desk, hazel: str) -> None:
    for asked in ("?quarter=2100-Q4", "?quarter=2026-Q9", "?quarter=%3Cscript%3E", ""):
        page = esi.get(f"/heads/{hazel}{asked}")
        assert page.status == 200 and "Later" not in page.words()
    assert "Later" in esi.get(path(hazel)).words()
    assert esi.get(f"/heads/{'0' * 20}").status == 404


def every_page(app: Flask, desk: Desk, building_id: str, tea: Group) -> Iterator[Page]:
    """Whatever this person can open, with what is known to be there in the address."""
    there = {"building_id": building_id, "series_id": tea.series_id, "day": tea.day, "room_id": tea.room_id}
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or ()) and rule.arguments <= there.keys():
            with app.test_request_context(base_url=desk.address):
                address = app.url_for(rule.endpoint, **{name: there[name] for name in rule.arguments})
            yield desk.get(address)
            if rule.endpoint.startswith("heads."):
                yield desk.get(f"{address}?quarter={LAST.name}")


def test_no_page_and_no_file_of_anybody_else_has_a_leaders_own_number(
    app: Flask, ana: Desk, fay: Desk, esi: Desk, gus: Desk, stranger: Phone, hazel: str, tea: Group
) -> None:
    told(app, hazel, FIRST, 713, line="The number was seven hundred.")
    told(app, hazel, SECOND, 713, tea.series_id)
    assert "713" in ana.get("/lead/held").text
    for person in (esi, gus, fay, stranger):
        # Without ids, marks and tokens, which are long, and hold any number by chance.
        seen = [re.sub(r"[\w.-]{16,}", "", page.text) for page in every_page(app, person, hazel, tea)]
        assert len(seen) > 5
        assert not [page for page in seen if "713" in page or "1426" in page or "seven hundred" in page]


def test_nobody_else_has_these_pages(app: Flask, ana: Desk, ben: Phone, stranger: Phone, hazel: str) -> None:
    for other in (ana, ben, stranger):
        assert other.get(path(hazel)).status == other.get(path(hazel, "/file")).status == 404
    assert ana.get("/heads").status == 404 and stranger.get("/heads").location == "/staff/sign-in"
