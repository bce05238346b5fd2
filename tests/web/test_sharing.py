"""Check-ins and notes, by page and by script."""

import pytest
from flask import Flask

from tests.web.cast import Desk, Doors, Phone, kept, key, rows

KINDS = {"check-ins": "checkins", "notes": "notes"}


@pytest.mark.parametrize(("kind", "wall"), KINDS.items())
def test_a_page_is_answered_by_going_back_to_the_page(kind: str, wall: str, ben: Phone, cleo: Phone) -> None:
    page = ben.share("hello", kind=kind)
    assert page.status == 303
    assert page.location == ("/here" if kind == "check-ins" else "/here#notes-page")
    assert cleo.here().said(wall) == ["hello"]


@pytest.mark.parametrize(("kind", "wall"), KINDS.items())
def test_a_script_is_answered_by_what_is_its_own(kind: str, wall: str, ben: Phone, cleo: Phone) -> None:
    answer = ben.share("hello", kind=kind, script=True)
    assert answer.status == 200 and "<html" not in answer.text
    assert [f"share-{one}" for one in answer.mine] == cleo.here().ids(wall)
    assert answer.find("mine-check-in") is not None and answer.find("mine-note") is not None


def test_in_handfuls_three_go_up_together(app: Flask, ana: Desk) -> None:
    circle = ana.open()
    ben, cleo, eve = (Phone(app).join(circle.code) for _ in range(3))
    assert "Yours is the only one waiting" in ben.share("one", script=True).words("mine-check-in")
    assert "waiting to go up with others" in cleo.note("two", script=True).words("mine-note")
    assert eve.here().said("checkins") == eve.here().said("notes") == []
    eve.share("three")
    page = ben.here()
    assert sorted(page.said("checkins")) == ["one", "three"] and page.said("notes") == ["two"]
    assert "waiting" not in page.words("mine-check-in")


def test_tags_alone_are_enough_and_stand_in_the_vocabularys_order(ben: Phone, cleo: Phone) -> None:
    ben.share(tags=["setting:people", "drug:mixing", "drug:mixing", "not-about-drugs-today"])
    assert cleo.here().items("checkins") == ["mixing people not about drugs today"]


def test_a_note_may_have_tags_too(ben: Phone, cleo: Phone) -> None:
    ben.share("a note", kind="notes", tags=["set:mood"])
    assert cleo.here().items("notes") == ["a note mood"]


def test_the_same_form_sent_five_times_is_one_share(app: Flask, ben: Phone, cleo: Phone) -> None:
    page = ben.here()
    for script in (False, True, False, True, True):
        assert ben.send(page, "/here/check-ins", text="once", script=script).status in (200, 303)
    assert cleo.here().said("checkins") == ["once"] and cleo.here().data("v") == "2"


def test_a_late_retry_brings_nothing_back(app: Flask, ben: Phone, cleo: Phone) -> None:
    page = ben.here()
    ben.send(page, "/here/check-ins", text="taken back")
    (mine,) = ben.here().mine
    ben.send(ben.here(), f"/here/shares/{mine}/take-back")
    assert ben.send(page, "/here/check-ins", text="taken back").status == 303
    assert cleo.here().said("checkins") == [] and rows(app, "shares") == 0


def test_two_phones_may_send_the_same_key(ben: Phone, cleo: Phone) -> None:
    same = key()
    for phone, words in ((ben, "mine"), (cleo, "mine too")):
        assert phone.post("/here/notes", {"csrf_token": phone.token(), "key": same, "text": words}).status == 303
    assert ben.here().said("notes") == ["mine", "mine too"]


def test_every_way_to_pass_sends_nothing(ben: Phone) -> None:
    (button,) = ben.here().all("button", **{"data-pass": ""})
    assert button.attrib["type"] == "reset"


def test_in_spanish_the_words_of_a_tag_are_spanish(app: Flask, circle: Doors, ben: Phone) -> None:
    dona = Phone(app, "es").join(circle.code)
    ben.share("hello", tags=["set:sleep"])
    assert dona.here().items("checkins") == ["hello sueño"] and ben.here().items("checkins") == ["hello sleep"]


def test_nothing_reaches_another_circle(app: Flask, circle: Doors, ben: Phone, dov: Phone) -> None:
    ben.share("stays here")
    assert dov.here().data("v") == "1" and "stays here" not in dov.here().text


def test_who_is_in_no_circle_keeps_nothing(app: Flask, ben: Phone, ana: Desk, stranger: Phone) -> None:
    form = ben.here().fields("/here/check-ins") | {"text": "not in here"}
    before = kept(app)
    for visitor in (stranger, ana):
        assert visitor.post("/here/check-ins", form).location == "/"
    assert kept(app) == before


def test_rows_carry_no_words_no_order_and_no_author(app: Flask, ben: Phone, cleo: Phone) -> None:
    ben.share("a word to look for", tags=["drug:mixing"])
    cleo.note("another word to look for")
    everything = repr(kept(app))
    for told in ("a word to look for", "another word", "drug:mixing", "Tuesday", ben.cookie("circle")):
        assert told not in everything
