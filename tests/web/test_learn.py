"""Anybody reads a building's cards where it chose so (`facilitator.learn`), and nothing tells what they read."""

import re

import pytest
from flask import Flask

from sessions.library import cards, ways
from sessions.schedule import card_words, cards_off, learn
from tests.web.cast import Desk, Phone, kept
from tests.web.planning import building, own_card

PATHS = ("/learn", "/learn/hazel-house", "/learn/hazel-house/1", "/learn/hazel-house/ways")


@pytest.fixture
def hazel(app: Flask) -> str:
    """A building that has not chosen yet."""
    return building(app)[0]


def chooses(app: Flask, building_id: str) -> None:
    app.extensions["database"].write(learn.switch, "esi", building_id, True)


def lessons(phone: Phone, path: str = "/learn/hazel-house") -> dict[str, str]:
    """Where each title of the list leads to."""
    links = [one for one in phone.get(path).all("a") if one.attrib["href"].startswith("/learn/hazel-house/")]
    return {"".join(one.itertext()): one.attrib["href"] for one in links}


def test_nobody_reads_until_staff_choose_so_and_nobody_when_they_take_it_back(
    app: Flask, esi: Desk, stranger: Phone, hazel: str
) -> None:
    unknown = stranger.get("/learn/nowhere")
    for path in PATHS:
        assert (stranger.get(path).status, stranger.get(path).words()) == (404, unknown.words())
    assert "/learn" not in stranger.get("/").text
    at = f"/buildings/{hazel}/cards"
    assert esi.send(esi.get(at), f"{at}/learn").location == f"{at}#learn"
    assert [stranger.get(path).status for path in PATHS] == [200] * len(PATHS)
    assert 'href="/learn"' in stranger.get("/").text and "Look at it" in esi.get(at).words("learn")
    assert stranger.get("/whats-on/hazel-house").status == 404, "when it meets is no more public than before"
    esi.send(esi.get(at), f"{at}/learn")
    for path in PATHS:
        assert (stranger.get(path).status, stranger.get(path).words()) == (404, unknown.words())


def test_of_one_building_the_cards_are_there_at_once_of_several_their_names(
    app: Flask, stranger: Phone, hazel: str
) -> None:
    chooses(app, hazel)
    assert lessons(stranger, "/learn") == lessons(stranger)
    chooses(app, building(app, "Birch House")[0])
    building(app, "Cedar House")
    words = stranger.get("/learn").words()
    assert "Birch House" in words and "Hazel House" in words and "Cedar House" not in words
    assert lessons(stranger, "/learn") == {} and len(lessons(stranger)) == len(cards("en")) + 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_card_is_read_whole_with_what_is_said_here(app: Flask, language: str, hazel: str) -> None:
    chooses(app, hazel)
    app.extensions["database"].write(card_words.write, "esi", hazel, "naloxone", "Front desk")
    phone = Phone(app)
    listed = lessons(phone, f"/learn/hazel-house?language={language}")
    for card in cards(language).values():
        page = phone.get(listed[card.title])
        said = page.words("sheet-card")
        assert page.all("html", lang=language) and all(line.text in said for line in card.lines)
        assert ("Front desk" in said) == (card.key == "naloxone")
        assert (f"{card.local}:" in said) == (card.key == "naloxone"), "an empty slot is for paper"
        assert {"en": "Not yet checked by a clinician", "es": "Ningún profesional"}[language] in said


def test_its_own_are_there_and_those_that_are_off_are_not(app: Flask, stranger: Phone, hazel: str) -> None:
    chooses(app, hazel)
    smoking = lessons(stranger)["Smoking instead"]
    app.extensions["database"].write(cards_off.switch, "esi", hazel, "smoking", False)
    own_card(app, hazel, days_ago=200)
    assert "Smoking instead" not in lessons(stranger) and stranger.get(smoking).status == 404
    said = stranger.get(lessons(stranger)["Hot days"]).words("sheet-card")
    assert "From this building, not checked by a clinician." in said and "and may be out of date" in said
    elsewhere = own_card(app, building(app, "Birch House")[0])
    assert stranger.get(f"/learn/hazel-house/{elsewhere}").status == 404


def test_the_ways_come_in_another_order_at_each_reading(app: Flask, stranger: Phone, hazel: str) -> None:
    chooses(app, hazel)
    titles, orders = {way.title for way in ways("en").ways}, set()
    for _ in range(12):
        found = tuple("".join(one.itertext()) for one in stranger.get("/learn/hazel-house/ways").all("h3"))
        assert {*found} == {*titles, "Or your own way"}
        orders.add(found)
    assert len(orders) > 1
    spanish = stranger.get("/learn/hazel-house/ways?language=es")
    assert spanish.find("sheet-ways-es") is not None and spanish.find("sheet-ways-en") is not None


def test_neither_title_nor_address_says_what_is_read_and_no_cookie_is_set(
    app: Flask, stranger: Phone, hazel: str
) -> None:
    chooses(app, hazel)
    own_card(app, hazel, "Naloxone at night")
    before = kept(app)
    for path in (*PATHS, *lessons(stranger).values(), "/learn/hazel-house/1?language=es"):
        page = stranger.get(path)
        title = page.root.find(".//head/title")
        assert title.text in ("Circle", "Círculo") and "Set-Cookie" not in page.headers
        assert page.headers["Cache-Control"] == "no-store" and "csrf" not in page.text
        assert re.fullmatch(r"/learn(/hazel-house(/([0-9]+|[0-9a-f]{20}|ways))?)?(\?language=e[ns])?", path)
    assert kept(app) == before


def test_a_listed_building_leads_there_if_it_chose_so(app: Flask, esi: Desk, stranger: Phone, hazel: str) -> None:
    esi.do(f"/buildings/{hazel}/listed", listed="y")
    assert "/learn" not in stranger.get("/whats-on/hazel-house").text
    chooses(app, hazel)
    assert "/learn/hazel-house?language=es" in stranger.get("/whats-on/hazel-house?language=es").text


@pytest.mark.parametrize("lesson", ["naloxone", "0", "23", "01", "-1", "1%00", "..%2fways", "x" * 500, "0" * 20, "1/2"])
def test_any_other_address_is_not_there(app: Flask, stranger: Phone, hazel: str, lesson: str) -> None:
    chooses(app, hazel)
    assert stranger.get(f"/learn/hazel-house/{lesson}").status == 404
    assert stranger.get("/learn/hazel-house/1?language=../x").status == 200


def test_a_member_reads_them_too_and_stays_in_the_circle(app: Flask, ben: Phone, hazel: str) -> None:
    chooses(app, hazel)
    page = ben.get("/learn/hazel-house/1")
    assert page.status == 200 and "Set-Cookie" not in page.headers and ben.here().status == 200
