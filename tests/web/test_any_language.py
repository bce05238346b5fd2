"""A host adds a language by a folder. In one made of marked sentences, what is not marked was not translated."""

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import yaml
from flask import Flask

from sessions.library import LANGUAGES, read_languages
from tests.pseudo import add_language
from tests.web.cast import Desk, MakeApp, Phone, desk, find_id
from tests.web.pages import Page

MARKED = re.compile(r"⟦[^⟦⟧]*⟧", re.DOTALL)
OURS = ("alt", "aria-label", "placeholder", "title")
NOT_TO_TRANSLATE = re.compile(
    # Names of languages and of paper, what people typed, addresses, the letters of keys.
    r"English|Español|Letter|A4|Ana|Gus|Tuesday|typed words|circle\.test|\w+@example\.org|\bUTC\b|"
    r"\b[bchmns](?=\s|$)|https?:\S+"
)


@pytest.fixture
def languages(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "house" / "data" / "languages"
    yield folder
    read_languages(tmp_path / "none")


@pytest.fixture
def app(languages: Path, make_app: MakeApp, held: list[float]) -> Flask:
    add_language(languages, "eo")
    add_language(languages, "ar")
    return make_app()


@pytest.fixture
def pages(app: Flask) -> list[Page]:
    """Every page there is, in the marked language."""
    ana: Desk = desk(app, "ana")
    ana.language = "eo"
    circle = ana.open("Tuesday", "at-once")
    ben, stranger = Phone(app, "eo").join(circle.code), Phone(app, "eo")
    ben.share("typed words", tags=["set:sleep", "where:not-sure"])
    seen = [stranger.get("/"), stranger.knock("123456789"), stranger.get("/staff/sign-in"), stranger.get("/nowhere")]
    seen += [stranger.get("/what-we-keep")]
    stranger.knock(circle.code)
    seen += [stranger.get("/join"), ben.here(), ben.share(""), ana.get("/lead"), ana.get(circle.console)]
    ana.do(f"{circle.console}/rules/keep")
    ben.send(ben.here(), "/here/suggestions#rules-page", text="typed words")
    seen += [ana.send(ana.get("/lead/after"), "/lead/after/told", heads="x"), ana.get("/lead/after/rest?told=yes")]
    ana.send(ana.get("/lead/after"), "/lead/after/told", heads="7", minutes="60", cards=["drug-set-setting"])
    seen += [ana.get("/lead/after"), ana.get("/lead/held"), ana.get("/lead"), ana.get(circle.console)]
    seen += [ana.get(path) for path in ("/cards", "/cards/drug-set-setting", "/cards/naloxone", "/cards/ways")]
    gus = desk(app, "gus", "admin")
    gus.language = "eo"
    seen += [ana.get(f"/staff/account{more}") for more in ("", "/passphrase")]
    seen += [gus.get(path) for path in ("/host", "/people", "/people/acts")]
    seen += [gus.get(f"/people/{find_id(app, 'ana@example.org')}")]
    gus.send(gus.get("/people"), "/people/invitations", role="housing")
    ana.do(f"{circle.console}/blank")
    seen += [ben.here(), ana.get(circle.console), ben.post("/here/goodbye")]
    return seen


def not_english(element: Element) -> Iterator[Element]:
    yield element
    for child in element:
        if child.attrib.get("lang") != "en" and child.tag != "time":  # a day is said by the locale, not by us
            yield from not_english(child)


def letters_left(page: Page) -> list[str]:
    """What can be read on a page and is not between marks, but for the English that stands beside medical words."""
    left = []
    for element in not_english(page.root):
        said = [element.text, element.tail, *(element.attrib.get(name) for name in OURS)]
        if element.tag in ("script", "style"):
            said = [element.tail]
        # A sentence may hold another one: the name of a part, say.
        left += [NOT_TO_TRANSLATE.sub("", MARKED.sub("", MARKED.sub("", words or ""))).strip() for words in said]
    return [words for words in left if re.search(r"[^\W\d_]", words)]


def test_no_page_holds_a_word_that_was_not_translated(pages: list[Page]) -> None:
    assert {page.path: letters_left(page) for page in pages if 'lang="eo"' in page.text and letters_left(page)} == {}
    assert sum('lang="eo"' in page.text for page in pages) == len(pages)


def test_a_language_written_the_other_way_turns_the_page(app: Flask) -> None:
    assert 'lang="ar" dir="rtl"' in Phone(app, "ar").get("/").text
    assert 'lang="en" dir="ltr"' in Phone(app).get("/").text


def test_an_unreviewed_language_says_so(app: Flask) -> None:
    assert "No speaker has checked this translation yet." in Phone(app, "eo").get("/").text
    assert "No speaker has checked" not in Phone(app).get("/").text


def test_its_medical_words_stand_beside_the_english(app: Flask) -> None:
    page = Phone(app, "eo").get("/").text
    assert "⟦Tilt their head back." in page and 'lang="en">Stay and breathe.' in page


@pytest.mark.parametrize(
    ("told", "is_on"),
    [
        ({"switched_on": False}, False),
        ({"switched_on": "yes, please"}, False),
        ({"switched_on": False, "reviewed_by": "A speaker", "reviewed_on": "2026-11-01"}, True),
        ({"name": None}, False),
    ],
)
def test_it_is_on_once_a_speaker_has_signed_or_the_host_says_so(
    languages: Path, make_app: MakeApp, told: dict[str, object], is_on: bool
) -> None:
    add_language(languages, "eo", **told)
    make_app()
    assert ("eo" in LANGUAGES) is is_on


@pytest.mark.parametrize(
    ("broken", "content"),
    [
        *itertools.product(("rules", "tags", "help"), ("", "]", "- {key: other, words: x}", "7", None)),
        *(("kept", content) for content in ("", "]", "- {key: other, words: x}", "7")),
    ],
)
def test_one_that_is_not_whole_is_off_and_the_others_are_on(
    languages: Path, make_app: MakeApp, broken: str, content: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    file = add_language(languages, "eo") / f"{broken}.yaml"
    file.write_text(content) if content is not None else file.unlink()
    make_app()
    assert list(LANGUAGES) == ["en", "es"]
    assert "eo" in caplog.text


def test_what_it_lacks_of_what_is_kept_stands_in_english_and_is_marked(languages: Path, make_app: MakeApp) -> None:
    file = add_language(languages, "eo") / "kept.yaml"
    assert "Some lines are in English" not in Phone(make_app(), "eo").get("/what-we-keep").text
    groups = yaml.safe_load(file.read_text(encoding="utf-8"))
    columns = groups[0]["tables"][0]["columns"]
    del columns["accounts.email"]
    columns["accounts.of_an_earlier_release"] = "gone since"
    file.write_text(yaml.safe_dump(groups), encoding="utf-8")
    page = Phone(make_app(), "eo").get("/what-we-keep").text
    assert "⟦Some lines are in English" in page and "⟦the one job of the account" in page
    assert '<span lang="en" dir="ltr">the e-mail address they sign in with</span>' in page
    assert "of_an_earlier_release" not in page
    file.unlink()
    page = Phone(make_app(), "eo").get("/what-we-keep").text
    assert 'lang="eo"' in page and '<span lang="en" dir="ltr">the one job of the account' in page
