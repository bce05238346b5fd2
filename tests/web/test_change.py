"""Saying what I wrote in other words, where it stands."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.web.cast import Desk, Doors, Ear, Phone, kept

LONG = "x" * 1001
BOTH = pytest.mark.parametrize("script", [False, True], ids=["page", "script"])


@pytest.fixture
def handfuls(ana: Desk) -> Doors:
    return ana.open("Handfuls")


def change_of(phone: Phone) -> str:
    """Where the one Change on this phone's page goes."""
    (action,) = [one for one in phone.here().actions() if one.endswith("/change")]
    return action


@BOTH
@pytest.mark.parametrize("kind", ["check-ins", "notes"])
def test_on_the_wall_it_changes_in_its_place(
    kind: str, script: bool, ana: Desk, circle: Doors, ben: Phone, cleo: Phone
) -> None:
    cleo.share("first", kind=kind)
    ben.share("second", kind=kind, tags=["set:sleep"])
    cleo.share("third", kind=kind)
    action = change_of(ben)
    assert ben.here().fields(action)["text"] == ["second"]
    answer = ben.send(ben.here(), action, text="in other words", script=script)
    assert (answer.status, answer.location) == ((200, "") if script else (303, "/here"))
    for page in (cleo.here(), ana.get(circle.console)):
        assert page.said(kind.replace("-", "")) == ["first", "in other words", "third"]
        assert "sleep" in page.items(kind.replace("-", ""))[1] and "second" not in page.words(kind.replace("-", ""))


@BOTH
def test_waiting_it_changes_and_waits_on(script: bool, app: Flask, ana: Desk, handfuls: Doors) -> None:
    ben, cleo = Phone(app).join(handfuls.code), Phone(app).join(handfuls.code)
    ben.note("not yet up")
    answer = ben.send(ben.here(), change_of(ben), text="better words", script=script)
    shown = answer if script else ben.here()
    assert "better words" in shown.words("mine-note") and "not yet up" not in shown.text
    assert "better words" not in cleo.here().text + ana.get(handfuls.console).text


def test_everybody_in_the_circle_sees_it_change_at_once(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, dov: Phone, listen: Callable[..., Ear]
) -> None:
    ben.share("first")
    member, leader, elsewhere = listen(cleo), listen(ana, circle.id), listen(dov)
    (mine,) = ben.here().mine
    ben.send(ben.here(), change_of(ben), text="changed")
    for ear in (member, leader):
        ((op, target, html),) = ear.ops()
        assert (op, target) == ("replace", f"share-{mine}") and "changed" in html
    assert elsewhere.heard() == []


def test_of_one_set_aside_members_hear_a_version_and_no_more(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Callable[..., Ear]
) -> None:
    ben.share("a seller's name")
    (mine,) = ben.here().mine
    ana.do(f"{circle.console}/shares/{mine}/set-aside")
    member, leader = listen(cleo), listen(ana, circle.id)
    assert ben.send(ben.here(), change_of(ben), text="nobody's name").status == 303
    assert [push["ops"] for push in member.heard()] == [[]]
    ((_, _, html),) = leader.ops()
    assert "nobody&#39;s name" in html and "nobody&#39;s" not in cleo.here().text
    ana.do(f"{circle.console}/shares/{mine}/restore")
    assert cleo.here().said("checkins") == ["nobody's name"]


@BOTH
def test_the_same_words_again_change_nothing(script: bool, app: Flask, ben: Phone) -> None:
    ben.share("as it was")
    before = kept(app)
    assert ben.send(ben.here(), change_of(ben), script=script).status == (200 if script else 303)
    assert kept(app) == before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [(LONG, "Shorten it by 1 character."), (" \n ", "Write something first, or tap a word.")],
    ids=["too long", "nothing"],
)
@pytest.mark.parametrize("appear", ["at-once", "handfuls"])
def test_refused_it_stands_beside_its_own_form_with_what_was_typed(
    appear: str, typed: str, sentence: str, app: Flask, ana: Desk
) -> None:
    circle = ana.open(appear=appear)
    ben, cleo = Phone(app).join(circle.code), Phone(app).join(circle.code)
    ben.share("half said")
    action, page, before = change_of(ben), ben.here(), kept(app)
    back = ben.send(page, action, text=typed)
    assert (back.status, back.errors()) == (422, [sentence])
    assert back.fields(action)["text"] == [typed]
    # What was typed for one form stands in no other.
    assert back.fields("/here/check-ins")["text"] == back.fields("/here/notes")["text"] == [""]
    opened = [one for one in back.all("details") if "open" in one.attrib]
    (form,) = [one for one in opened if one.find(f".//form[@action='{action}']") is not None]
    assert sentence in "".join(form.itertext())
    by_script = ben.send(page, action, text=typed, script=True)
    assert (by_script.status, by_script.errors()) == (422, [sentence]) and "<html" not in by_script.text
    assert kept(app) == before
    assert ben.send(back, action, text="mended").status == 303
    assert "half said" not in ben.here().text + cleo.here().text


def test_an_old_page_gives_it_back_beside_its_own_form(app: Flask, ben: Phone, cleo: Phone) -> None:
    ben.note("stays")
    action, before = change_of(ben), kept(app)
    back = ben.send(ben.here(), action, text="half a page of it", csrf_token="old")
    assert (back.status, kept(app)) == (403, before)
    assert back.fields(action)["text"] == ["half a page of it"]
    assert back.fields("/here/check-ins")["text"] == [""]
    assert ben.send(back, action).status == 303
    assert cleo.here().said("notes") == ["half a page of it"]


def test_nobody_else_changes_it(app: Flask, ana: Desk, ben: Phone, cleo: Phone, dov: Phone, stranger: Phone) -> None:
    ben.share("mine alone")
    action, tokens, before = change_of(ben), {phone: phone.token() for phone in (cleo, dov)}, kept(app)
    for phone, token in tokens.items():
        for script in (False, True):
            for words in ("put in his mouth", LONG, ""):
                answer = phone.post(action, {"csrf_token": token, "text": words}, script=script)
                assert answer.status == 404 and "mine alone" not in answer.text
    for visitor in (stranger, ana):
        assert visitor.post(action, {"csrf_token": "x", "text": "put in his mouth"}).location == "/"
    assert kept(app) == before and cleo.here().said("checkins") == ["mine alone"]


def test_after_coming_back_as_someone_new_it_stays(circle: Doors, ben: Phone, cleo: Phone) -> None:
    ben.share("stays, by nobody")
    action = change_of(ben)
    ben.join(circle.code)
    assert ben.post(action, {"csrf_token": ben.token(), "text": "changed"}).status == 404
    assert cleo.here().said("checkins") == ["stays, by nobody"]


@BOTH
def test_after_the_close_it_says_so_and_what_was_typed_stays(
    script: bool, app: Flask, ana: Desk, circle: Doors, ben: Phone
) -> None:
    ben.share("as it was")
    action, page = change_of(ben), ben.here()
    ana.do(f"{circle.console}/close")
    before = kept(app)
    late = ben.send(page, action, text="too late", script=script)
    assert late.status == 422 and "The circle has closed. Nothing can be added now." in late.words()
    assert "as it was" not in late.text and kept(app) == before
    if not script:
        assert late.fields("/here/check-ins")["text"] == ["too late"]


def test_an_id_of_nothing_is_not_there(ben: Phone, cleo: Phone) -> None:
    cleo.share("stays")
    fields = {"csrf_token": ben.token(), "text": "changed"}
    for share_id in ("0" * 20, "x", "..", "%00", "' OR 1=1", "a" * 3000):
        assert ben.post(f"/here/shares/{share_id}/change", fields).status == 404
    assert ben.here().said("checkins") == ["stays"]
