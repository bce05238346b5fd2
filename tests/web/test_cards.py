"""The cards on paper, one to a sheet, for those who work here; and what to know of one before teaching from it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from sessions.library import LANGUAGES, cards, read_languages, ways
from sessions.library.word_check import STOPS, allowed, word_rules
from sessions.permissions import HOUSING
from tests.pseudo import add_language
from tests.web.cast import Browser, Desk, Doors, MakeApp, Phone, desk
from tests.web.pages import Page


@pytest.fixture
def languages(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "house" / "data" / "languages"
    yield folder
    read_languages(tmp_path / "none")


def lines(page: Page) -> list[str]:
    """The lines of the card on a sheet, without the English beside them."""
    return ["".join(one.itertext()) for one in page.all("p", **{"class": "large"})]


def test_a_leader_finds_every_card_in_the_list(ana: Desk) -> None:
    page = ana.get("/cards")
    links = [one for one in page.all("a") if re.fullmatch(r"/cards/[a-z0-9-]+", one.attrib["href"])]
    assert [one.attrib["href"] for one in links] == [*(f"/cards/{key}" for key in cards("en")), "/cards/ways"]
    assert page.words("cards").count("not yet checked") == len(cards("en"))
    assert 'href="/cards"' in ana.get("/lead").text and 'href="/cards"' in ana.get("/calendar").text


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_card_is_on_its_sheet_whole(app: Flask, language: str) -> None:
    ana = desk(app, "ana")
    for key, card in cards(language).items():
        page = ana.get(f"/cards/{key}?language={language}")
        assert lines(page) == [line.text for line in card.lines]
        sheet = page.words("sheet-card")
        assert card.title in sheet and (not card.local or f"{card.local}:" in sheet)
        assert all(source.name in sheet and (source.url or "") in sheet for source in card.sources)
        assert {"en": "Not yet checked by a clinician here.", "es": "Ningún profesional"}[language] in sheet


def test_until_somebody_has_signed_a_translation_the_english_stands_beside_it(ana: Desk) -> None:
    page = ana.get("/cards/overdose?language=es")
    assert "Llame al 911." in page.words("sheet-card") and page.all("div", lang="es")
    beside = ["".join(one.itertext()) for one in page.all("p", lang="en")]
    assert beside == [line.text for line in cards("en")["overdose"].lines]
    assert "Call 911" not in ana.get("/cards").words() and page.all("html", lang="en")


def test_a_signed_one_says_by_whom_and_one_that_is_late_says_that(
    languages: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = add_language(languages, "eo") / "cards" / "wounds.yaml"
    text = file.read_text(encoding="utf-8").replace("reviewed_by: null", "reviewed_by: Dr. Oak")
    text = text.replace("reviewed_on: null", "reviewed_on: 2025-11-22")
    file.write_text(re.sub(r"review_by: \S+", "review_by: 2026-01-22", text), encoding="utf-8")
    app = make_app()
    ana, esi = desk(app, "ana"), desk(app, "esi", HOUSING)
    sheet = ana.get("/cards/wounds?language=eo")
    assert "Checked by Dr. Oak on" in sheet.words("sheet-card") and not sheet.all("p", lang="en")
    assert "and may be out of date" in sheet.words("sheet-card")
    ana.language = "eo"
    assert ana.get("/cards").words("cards").count("may be out of date") == 1
    assert "1 card that comes with this page may be out of date" in esi.get("/calendar").words("due")
    assert ana.get("/calendar").find("due") is None


def test_one_that_is_not_right_is_named_at_start_up_and_stands_in_english(
    languages: Path, make_app: MakeApp, caplog: pytest.LogCaptureFixture
) -> None:
    file = add_language(languages, "eo") / "cards" / "wounds.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("local:", "lokal:"), encoding="utf-8")
    ana = desk(make_app(), "ana")
    assert f"This card is left out: {file}, line" in caplog.text and "lokal: There is no such field." in caplog.text
    ana.language = "eo"
    assert ana.get("/cards").words("cards").count("in English") == 1
    page = ana.get("/cards/wounds")
    assert lines(page) == [line.text for line in cards("en")["wounds"].lines]
    assert page.all("section", lang="en") and "nobody has translated it yet" in page.words("sheet-card")


def test_the_anchor_has_a_picture_with_a_plain_description(ana: Desk) -> None:
    (picture,) = (one for one in ana.get("/cards/drug-set-setting").all("svg", role="img"))
    assert "".join(picture.itertext()).split()[:4] == ["A", "diamond,", "a", "circle"]
    assert {"Drug", "Set", "Setting"} <= {"".join(one.itertext()) for one in picture.iter("text")}
    assert ana.get("/cards/naloxone").all("svg", role="img") == []


def test_the_ways_come_in_another_order_and_none_is_left_out(ana: Desk) -> None:
    titles = {way.title for way in ways("en").ways}
    orders = set()
    for _ in range(12):
        found = tuple("".join(one.itertext()) for one in ana.get("/cards/ways").all("h3"))
        assert {*found} == {*titles, "Or your own way"} and found[-1] == "Or your own way"
        orders.add(found)
    assert len(orders) > 1


def test_until_somebody_has_signed_them_in_spanish_the_english_ways_lie_beside_in_the_same_order(ana: Desk) -> None:
    titles = ["".join(one.itertext()) for one in ana.get("/cards/ways?language=es").all("h3")]
    spanish, english = titles[: len(titles) // 2], titles[len(titles) // 2 :]
    keys = [{way.title: way.key for way in ways(language).ways} for language in ("es", "en")]
    assert [keys[0][title] for title in spanish[:-1]] == [keys[1][title] for title in english[:-1]]


@pytest.mark.parametrize(("asked", "paper"), [("", "letter"), ("paper=a4", "a4"), ("paper=a5&language=xx", "letter")])
def test_the_paper_is_chosen(ana: Desk, asked: str, paper: str) -> None:
    page = ana.get(f"/cards/signs?{asked}")
    assert [link for link in page.all("link") if link.attrib["href"].endswith(f"css/{paper}.css")]
    assert page.fields("") == {"paper": [paper], "language": ["en"]}


def test_housing_staff_and_an_admin_read_them_too(esi: Desk, gus: Desk) -> None:
    for person in (esi, gus):
        for path in ("/cards", "/cards/naloxone", "/cards/ways"):
            assert person.get(path).status == 200


def test_nobody_else_does_and_what_is_no_card_is_not_there(app: Flask, ana: Desk, ben: Phone) -> None:
    for path in ("/cards", "/cards/naloxone", "/cards/ways"):
        assert Browser(app).get(path).status == ben.get(path).status == 404
    for path in ("/cards/none", "/cards/en", "/cards/..%2fhelp", "/cards/naloxone.yaml"):
        assert ana.get(path).status == 404


def test_no_word_on_a_page_shames_anybody(app: Flask, circle: Doors, ana: Desk, gus: Desk) -> None:
    """What is rendered, sentence by sentence, but for others' addresses; nobody has written anything here yet."""
    ben = Phone(app)
    pages = [ben.get("/"), ben.get("/staff/sign-in"), ben.get("/nowhere"), ben.get("/what-we-keep")]
    ben.knock(circle.code)
    pages += [ben.get("/join"), Phone(app).join(circle.code).here()]
    pages += [ana.get(path) for path in ("/lead", circle.console, f"{circle.console}/print", "/calendar", "/cards")]
    pages += [ana.get(f"/cards/{key}") for key in (*cards("en"), "ways")]
    pages += [gus.get(path) for path in ("/host", "/people", "/buildings", "/staff/account")]
    assert {page.status for page in pages} == {200, 404}
    found = {
        f"{page.path}: {word}"
        for page in pages
        for element in page.root.iter()
        for said in (element.text, element.tail, element.get("aria-label"), element.get("title"), element.get("alt"))
        if said and element.tag not in ("script", "code") and said.strip() not in allowed()
        for rule in word_rules()
        if rule.level == STOPS and (word := rule.found(re.sub(r"https?:\S+", "", said)))
    }
    assert found == set()


def test_a_site_has_its_own_texts_read(app: Flask, tmp_path: Path) -> None:
    flyer, mail = tmp_path / "flyer.txt", tmp_path / "mail.txt"
    flyer.write_text("Come as you are.\nAddicts and the homeless are welcome.\n", encoding="utf-8")
    mail.write_bytes(b"We meet at six. \xff Use clean water.\n")
    told = app.test_cli_runner().invoke(args=["words-check", str(flyer), str(mail)])
    assert told.exit_code == 0, "it advises, and never blocks"
    assert told.output.splitlines() == [
        f"{flyer}:2: “Addicts”. Write: person who uses drugs; member.",
        f"{flyer}:2: “the homeless” (worth a second look). Write: people without housing.",
        "2 to look at again.",
    ]
    told = app.test_cli_runner().invoke(args=["words-check", str(mail)])
    assert (told.exit_code, told.output) == (0, "Nothing to look at again.\n")
    assert flyer.read_text(encoding="utf-8").startswith("Come as you are.")
    assert app.test_cli_runner().invoke(args=["words-check", str(tmp_path / "none")]).exit_code == 2


def test_every_language_there_is_has_the_cards(ana: Desk) -> None:
    for language in LANGUAGES:
        ana.language = language
        assert len(ana.get("/cards").all("a")) > len(cards("en"))
