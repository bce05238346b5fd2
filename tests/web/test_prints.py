"""Print the circle: what lies on the table, in the language chosen for it, with no code and no member's words on it."""

import pytest
from flask import Flask

from tests.web.cast import Browser, Desk, Doors, Phone

SHEETS = ["rules", "drug", "set", "setting", "card", "help-en", "plan"]


def sheets(page: object) -> list[str]:
    """The sheets of a page, by their ids, in order."""
    return [
        one.attrib["id"].removeprefix("sheet-")
        for one in page.all("section")  # type: ignore[attr-defined]
        if one.attrib.get("id", "").startswith("sheet-")
    ]


def test_the_sheets_of_a_circle(ana: Desk, gus: Desk, circle: Doors) -> None:
    gus.send(
        gus.get("/host"), "", address="120 Hazel Street", naloxone="Red box by the door", limits="Doors lock at ten."
    )
    ana.send(ana.get("/staff/account"), "", name="Ana", paid_by="Hazel Clinic", must_report="A child being hurt.")
    ana.do(f"{circle.console}/rules", words="We knock first.")
    page = ana.get(f"{circle.console}/print")
    assert sheets(page) == SHEETS
    assert "We knock first." in page.words("sheet-rules") and "Doors lock at ten." in page.words("sheet-rules")
    for told in ("Who leads today: Ana", "Who pays them: Hazel Clinic", "by law: A child being hurt."):
        assert told in page.words("sheet-rules")
    assert "at 120 Hazel Street" in page.words("sheet-help-en")
    assert "Red box by the door" in page.words("sheet-help-en") and "988" in page.words("sheet-help-en")
    assert "not about drugs today" in page.words("sheet-setting")
    assert "Open circle22" in page.words("sheet-plan")


def test_neither_a_code_nor_a_members_word_is_on_them(ana: Desk, circle: Doors, ben: Phone) -> None:
    ben.share("said by somebody")
    page = ana.get(f"{circle.console}/print")
    for never in (circle.code, circle.link, "said by somebody", "Tuesday circle", 'class="qr"'):
        assert never not in page.text
    assert circle.code not in page.text.replace(" ", "")


def test_without_a_circle_there_are_the_rules_one_starts_with(ana: Desk) -> None:
    page = ana.get("/lead/print")
    assert sheets(page) == SHEETS
    assert "You can pass at any time." in page.words("sheet-rules")


def test_the_language_of_the_sheets_is_not_the_readers(ana: Desk, circle: Doors) -> None:
    page = ana.get(f"{circle.console}/print?language=es")
    assert "Acuerdos" in page.words("sheet-rules") and page.all("div", lang="es")
    assert "Print the circle" in page.words() and page.all("html", lang="en")
    assert "Set-Cookie" not in page.headers
    assert "Ground rules" in ana.get(f"{circle.console}").words()


def test_until_somebody_has_signed_a_translation_the_english_help_sheet_lies_beside_it(ana: Desk) -> None:
    page = ana.get("/lead/print?language=es")
    assert sheets(page) == [*SHEETS[:5], "help-es", "help-en", "plan"]
    assert "Llame al 911" in page.words("sheet-help-es") and "Call 911" in page.words("sheet-help-en")


@pytest.mark.parametrize(("asked", "paper"), [("", "letter"), ("paper=a4", "a4"), ("paper=a5", "letter")])
def test_the_paper_is_chosen(ana: Desk, asked: str, paper: str) -> None:
    page = ana.get(f"/lead/print?{asked}")
    assert [link for link in page.all("link") if link.attrib["href"].endswith(f"css/{paper}.css")]
    assert page.fields("")["paper"] == [paper]


def test_another_language_than_ours_is_the_readers_own(ana: Desk) -> None:
    assert ana.get("/lead/print?language=xx").all("div", lang="en")


def test_covered_or_closed_there_is_nothing_to_print(ana: Desk, circle: Doors) -> None:
    for act in ("blank", "close"):
        ana.do(f"{circle.console}/{act}")
        page = ana.get(f"{circle.console}/print")
        assert (page.status, page.location) == (303, circle.console)
        ana.do(f"{circle.console}/unblank", passphrase="a kettle and two cups")


def test_nobody_else_prints_it(app: Flask, circle: Doors, ben: Phone, fay: Desk, esi: Desk, gus: Desk) -> None:
    for person in (Browser(app), ben, fay, esi, gus):
        assert person.get(f"{circle.console}/print").status == 404
    for person in (Browser(app), ben, esi, gus):
        assert person.get("/lead/print").status == 404
