"""What a person reads when something is not there or went wrong: one plain sentence, no echo, no trace."""

import json
import logging

import pytest
from flask import Flask

from facilitator.logs import Line
from tests.web.cast import SCRIPT, Doors, Phone

MARKER = "marker-3f9c<b>words</b>"


@pytest.mark.parametrize("path", ["/nothing", "/here/nothing", "/lead/nothing", f"/{MARKER}", "/here/", "//", "/%00"])
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_what_is_not_there_says_so_and_no_more(method: str, path: str, ben: Phone) -> None:
    page = ben.ask(method, path)
    assert page.status == 404
    assert page.words("main") == "There is nothing here. To the door"
    assert "marker" not in page.text and "Allow" not in page.headers


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_a_method_nobody_listed_is_not_there(method: str, ben: Phone) -> None:
    assert ben.ask(method, "/here/notes").status == 404


def test_a_script_gets_the_sentence_alone(ben: Phone) -> None:
    page = ben.ask("GET", "/nothing", headers=SCRIPT)
    assert page.text.strip() == '<p class="error">There is nothing here.</p>'


def test_in_spanish_it_is_spanish(app: Flask) -> None:
    assert "There is nothing here." not in Phone(app, "es").get("/nothing").text


@pytest.fixture
def broken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> str:
    """A page that breaks with a member's words in its hands."""

    def breaks() -> str:
        raise RuntimeError(MARKER)

    monkeypatch.setitem(app.view_functions, "door.healthz", breaks)
    return "/healthz"


def test_an_exception_is_a_plain_page_and_a_log_line_without_words(
    broken: str, ben: Phone, caplog: pytest.LogCaptureFixture
) -> None:
    headers = {"User-Agent": MARKER, "X-Marker": MARKER}
    with caplog.at_level(logging.DEBUG):
        page = ben.ask("GET", f"{broken}?words={MARKER}", headers=headers)
    assert page.status == 500
    assert page.words("main").startswith("Something went wrong here.")
    [line] = [json.loads(Line().format(record)) for record in caplog.records]
    assert (line["event"], line["kind"], line["where"]) == ("broke", "RuntimeError", "door.healthz")
    for told in ("marker-3f9c", ben.cookie("circle"), "127.0.0.1", "Traceback"):
        assert told not in page.text + caplog.text + str(line)


def test_a_key_that_is_gone_leaves_a_sentence_and_no_words(app: Flask, circle: Doors, ben: Phone) -> None:
    ben.share("sealed for good")
    app.extensions["vault"].destroy(circle.id)
    page = ben.here()
    assert page.status == 404 and "What was written is gone." in page.words("main")
    assert "sealed for good" not in page.text
