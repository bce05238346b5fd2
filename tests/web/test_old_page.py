"""A page that was open too long: its form comes back with what was typed, and goes through the next time."""

import pytest
from flask import Flask

from tests.web.cast import Desk, Doors, Phone, kept

SENTENCE = "This page was open too long. Look it over and send it again."
TOKENS = {"none": "", "nonsense": "x", "not ascii": "é🦊", "of 10 kB": "a" * 10_000}


@pytest.mark.parametrize("kind", ["check-in", "note"])
@pytest.mark.parametrize("token", TOKENS.values(), ids=TOKENS)
def test_the_form_comes_back_with_its_text_and_tags(token: str, kind: str, app: Flask, ben: Phone, cleo: Phone) -> None:
    before, action = kept(app), f"/here/{kind}s"
    typed = {"text": "half a page of it", "tags": ["set:sleep"], "csrf_token": token}
    back = ben.send(ben.here(), action, **typed)
    assert back.status == 403 and kept(app) == before
    assert back.words(f"{kind}-said") == SENTENCE
    held = back.fields(action)
    assert (held["text"], held["tags"]) == (["half a page of it"], ["set:sleep"])
    assert ben.send(back, action).status == 303
    (shown,) = cleo.here().items("checkins" if kind == "check-in" else "notes")
    assert shown.removesuffix(" I hear you") == "half a page of it sleep"


def test_a_script_gets_the_sentence_alone(ben: Phone) -> None:
    answer = ben.send(ben.here(), "/here/notes", text="typed", csrf_token="old", script=True)
    assert (answer.status, answer.errors()) == (403, [SENTENCE]) and "<html" not in answer.text


def test_a_script_may_send_the_token_beside_the_form(ben: Phone, cleo: Phone) -> None:
    form = ben.here().fields("/here/notes") | {"text": "by header"}
    token = form.pop("csrf_token")[0]
    assert ben.post("/here/notes", form, script=True, headers={"X-CSRFToken": token}).status == 200
    assert cleo.here().said("notes") == ["by header"]


def test_another_members_token_does_not_fit(app: Flask, ben: Phone, cleo: Phone, dov: Phone) -> None:
    before = kept(app)
    for other in (cleo.token(), dov.token()):
        assert ben.send(ben.here(), "/here/notes", text="x", csrf_token=other).status == 403
    assert kept(app) == before


def test_a_page_from_before_coming_in_again_is_old(circle: Doors, ben: Phone) -> None:
    page = ben.here()
    ben.join(circle.code)
    back = ben.send(page, "/here/check-ins", text="typed before")
    assert back.status == 403 and back.fields("/here/check-ins")["text"] == ["typed before"]
    assert ben.send(back, "/here/check-ins").status == 303


@pytest.mark.parametrize("action", ["take-back", "show"])
def test_an_old_button_leaves_a_page_that_works(action: str, ben: Phone, cleo: Phone) -> None:
    ben.share("stays")
    (mine,) = ben.here().mine
    back = ben.post(f"/here/shares/{mine}/{action}", {"csrf_token": "old"})
    assert back.status == 403 and cleo.here().said("checkins") == ["stays"]
    assert ben.send(back, "/here/check-ins", text="and on").status == 303


def test_the_door_and_the_staff_pages_say_so_too(ana: Desk, circle: Doors, stranger: Phone) -> None:
    stranger.knock(circle.code)
    sentence = "This page was open too long. Reload it and try again."
    assert stranger.post("/join", {}).words("main").startswith(sentence)
    for path in ("/lead/circles", f"{circle.console}/close", "/staff/sign-out", "/staff/account"):
        page = ana.post(path, {"title": "<b>not said again</b>"})
        assert page.status == 403 and page.words("main").startswith(sentence) and "not said again" not in page.text


def test_a_page_that_stood_open_for_hours_still_sends(app: Flask, ana: Desk, circle: Doors) -> None:
    assert app.config["WTF_CSRF_TIME_LIMIT"] is None
    page = ana.get(circle.console)
    for _ in range(3):
        ana.get("/lead")
    assert ana.post(f"{circle.console}/blank", {"csrf_token": page.data("csrf")}).status == 303
