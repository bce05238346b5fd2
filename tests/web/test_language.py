"""A language is chosen at the door and kept on the phone."""

import pytest
from flask import Flask

from tests.web.cast import Doors, Phone


def speak(phone: Phone, language: str) -> str:
    return phone.post("/language", {"language": language}).location


def test_the_browser_is_asked_first(app: Flask) -> None:
    assert next(Phone(app, "es-MX,es;q=0.9").get("/").root.iter("html")).attrib["lang"] == "es"
    assert next(Phone(app, "fr").get("/").root.iter("html")).attrib["lang"] == "en"


def test_a_chosen_language_stays_through_the_circle(app: Flask, circle: Doors, stranger: Phone, ben: Phone) -> None:
    assert speak(stranger, "es") == "/"
    stranger.join(circle.code)
    assert next(stranger.here().root.iter("html")).attrib["lang"] == "es"
    assert next(ben.here().root.iter("html")).attrib["lang"] == "en"
    # Rules are the first thing to read in one's own words.
    assert stranger.here().items("rules") != ben.here().items("rules")


def test_the_buttons_stand_in_their_own_script_and_say_which_is_on(stranger: Phone) -> None:
    page = stranger.get("/")
    assert [(one.attrib["lang"], "".join(one.itertext())) for one in page.all("button", name="language")] == [
        ("en", "English"),
        ("es", "Español"),
    ]
    assert [one.attrib["value"] for one in page.all("button", **{"aria-current": "true"})] == ["en"]


def test_choosing_before_come_in_leads_back_there(circle: Doors, stranger: Phone) -> None:
    stranger.knock(circle.code)
    assert speak(stranger, "es") == "/join"


@pytest.mark.parametrize("language", ["", "tlh", "../es", "es\r\nSet-Cookie: circle=x", "e" * 5000])
def test_another_language_is_not_set(language: str, stranger: Phone) -> None:
    speak(stranger, language)
    assert stranger.cookie("language") is None


def test_a_forged_language_cookie_is_ignored(stranger: Phone) -> None:
    stranger.keep_cookie("language", "../../etc/passwd")
    assert stranger.get("/").status == 200
