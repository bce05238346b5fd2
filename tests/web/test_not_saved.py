"""While nothing can be written: one plain sentence, nothing is kept or told, what was typed stays, pages are read."""

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import event

from facilitator import eyes
from sessions import database, sign_ins
from sessions.database import NotNow
from tests.web.cast import PASSPHRASE, Desk, Doors, Ear, MakeApp, Phone
from tests.web.pages import Page

Held = Callable[[], contextmanager]
NOT_SAVED = "This is not saved yet. Wait a moment, then send it again."
NOT_SAVED_ES = "Esto todavía no está guardado. Espere un momento y envíelo otra vez."
NOT_SHOWN = "This page can’t be shown right now. Wait a moment, then try again."
WORDS = "the lift, <b>again</b>\nand the stairs"


@pytest.fixture
def elsewhere(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], contextmanager]:
    """`with elsewhere():` another process holds the database for longer than anybody waits."""
    monkeypatch.setattr(database, "LONGEST_WAIT_SECONDS", 0.0)
    monkeypatch.setattr(eyes, "CHECK_SECONDS", 0.0)

    @contextmanager
    def held() -> Iterator[None]:
        file = app.extensions["database"].engine.url.database
        with closing(sqlite3.connect(file, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield
            other.execute("ROLLBACK")

    return held


def hidden(page: Page) -> dict[str, str]:
    return {one.attrib["name"]: one.attrib["value"] for one in page.all("input", type="hidden")}


@pytest.mark.parametrize("action", ["notes", "check-ins"])
def test_a_script_hears_one_sentence_and_sends_it_again_under_its_key(
    action: str, circle: Doors, ben: Phone, cleo: Phone, listen: Callable[..., Ear], elsewhere: Held
) -> None:
    ear, page = listen(cleo), ben.here()
    with elsewhere():
        answer = ben.send(page, f"/here/{action}", text=WORDS, script=True)
        assert (answer.status, answer.text.strip()) == (503, f'<p class="error">{NOT_SAVED}</p>')
        assert ear.heard() == [] and cleo.here().data("v") == page.data("v")
    for _ in range(2):
        assert ben.send(page, f"/here/{action}", text=WORDS, script=True).status == 200
    assert len(ear.heard()) == 1


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("action", ["/here/notes", "/here/check-ins", "/here/hand", "/here/suggestions#rules-page"])
def test_without_scripts_the_form_comes_back_with_what_was_typed(
    action: str, language: str, app: Flask, circle: Doors, elsewhere: Held
) -> None:
    dona = Phone(app, language).join(circle.code)
    page = dona.here()
    with elsewhere():
        given_back = dona.send(page, action, text=WORDS)
    assert given_back.status == 503
    assert given_back.errors() == [NOT_SAVED if language == "en" else NOT_SAVED_ES]
    typed = given_back.fields(action)
    assert (typed["text"], typed["key"]) == ([WORDS], page.fields(action)["key"])
    assert WORDS not in dona.here().text
    assert dona.send(given_back, action).status in (200, 303)
    assert dona.here().data("v") == str(int(page.data("v")) + 1)


def test_other_forms_come_back_as_one_button(esi: Desk, elsewhere: Held) -> None:
    page = esi.get("/buildings")
    with elsewhere():
        given_back = esi.send(page, "/buildings/new", name="Elm <b>House</b>", zone="Etc/UTC")
        assert given_back.status == 503 and given_back.words("main") == f"{NOT_SAVED} Send it again"
        assert hidden(given_back)["name"] == "Elm <b>House</b>" and hidden(given_back)["zone"] == "Etc/UTC"
        assert "Elm" not in esi.get("/buildings").text
        assert hidden(esi.send(given_back, "")) == hidden(given_back)
    assert esi.send(given_back, "").status == 303
    assert "Elm &lt;b&gt;House&lt;/b&gt;" in esi.get("/buildings").text


def test_a_button_of_the_console_changes_nothing_and_works_later(ana: Desk, circle: Doors, elsewhere: Held) -> None:
    before = ana.get(circle.console).data("v")
    with elsewhere():
        assert ana.do(f"{circle.console}/pause").status == 503
        assert ana.get(circle.console).data("v") == before
    assert ana.do(f"{circle.console}/pause").status == 303


def test_a_passphrase_is_not_given_back(ana: Desk, elsewhere: Held) -> None:
    page = ana.get("/staff/account/passphrase")
    with elsewhere():
        new = "four kettles and a cup"
        refused = ana.send(page, "", old=PASSPHRASE, passphrase=new)
    assert (refused.status, refused.words("main")) == (503, f"{NOT_SAVED} Go back one page to do that.")
    assert new not in refused.text and PASSPHRASE not in refused.text


def test_who_leaves_is_not_kept_here(ben: Phone, elsewhere: Held) -> None:
    with elsewhere():
        assert ben.post("/here/leave").status == 200
    assert ben.cookie("circle") is None


def test_pages_are_read_all_the_same(
    ana: Desk, esi: Desk, circle: Doors, ben: Phone, elsewhere: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_ins, "SEEN_EVERY_SECONDS", 0)  # that it was seen would be written down now
    with elsewhere():
        assert {ben.here().status, ana.get(circle.console).status, esi.get("/calendar").status} == {200}


def test_what_can_not_even_be_read_says_so(app: Flask, ben: Phone, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> str:
        raise NotNow(None, None, Exception("no file handle is left"))

    page = ben.here()
    monkeypatch.setattr(sys.modules["facilitator.here"], "show_page", breaks)
    shown = ben.here()
    assert (shown.status, shown.words("main")) == (503, f"{NOT_SHOWN} To the door")
    monkeypatch.setattr(sys.modules["facilitator.here"].live, "keep", lambda *_: breaks())
    monkeypatch.setattr(sys.modules["facilitator.here"], "show_page", lambda *_: breaks())
    assert hidden(ben.send(page, "/here/notes", text=WORDS))["text"] == WORDS


def test_what_breaks_while_it_is_told_is_kept_all_the_same(
    app: Flask, circle: Doors, ben: Phone, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(_change: object) -> None:
        raise LookupError(WORDS)

    monkeypatch.setattr(sys.modules["facilitator.live"], "push", breaks)
    assert ben.note(WORDS, script=True).status == 200
    assert ben.here().said("notes") == [WORDS]
    assert [record.kind for record in caplog.records] == ["LookupError"] and WORDS not in caplog.text


def test_what_can_not_be_written_at_a_start_is_read(make_app: MakeApp, app: Flask, elsewhere: Held) -> None:
    with elsewhere():
        assert Phone(make_app()).get("/").status == 200


def test_readiness_tells_what_would_become_of_a_post(stranger: Phone, elsewhere: Held) -> None:
    assert (stranger.get("/readyz").status, stranger.get("/readyz").text) == (200, "ready")
    with elsewhere():
        assert (stranger.get("/readyz").status, stranger.get("/readyz").text) == (503, "waiting")
        assert (stranger.get("/healthz").status, stranger.get("/healthz").text) == (200, "ok")
    assert stranger.get("/readyz").status == 200


def test_without_a_folder_for_keys_nothing_is_ready(app: Flask, stranger: Phone, elsewhere: Held) -> None:
    folder: Path = app.extensions["vault"].folder
    folder.rename(folder.with_name("away"))
    folder.write_text("in its place")
    assert stranger.get("/readyz").status == 503
    folder.unlink()
    assert stranger.get("/readyz").status == 200, "it is made again"


def test_asking_often_writes_no_more_often(app: Flask, stranger: Phone) -> None:
    commits: list[str] = []
    event.listen(app.extensions["database"].engine, "commit", lambda _connection: commits.append("once"))
    assert {stranger.get("/readyz").status for _ in range(5)} == {200}
    assert commits == ["once"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_both_look_at_nobody_and_tell_nothing(path: str, app: Flask, ben: Phone, ana: Desk, circle: Doors) -> None:
    ben.get(path)
    asked: list[str] = []
    event.listen(app.extensions["database"].engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    for browser in (ben, ana, Phone(app)):
        answer = browser.get(path)
        assert answer.status == 200 and "Set-Cookie" not in answer.headers
        assert answer.headers["Content-Type"].startswith("text/plain")
        assert (
            answer.headers["Cache-Control"] == "no-store"
            and "default-src 'none'" in answer.headers["Content-Security-Policy"]
        )
    assert asked == []
