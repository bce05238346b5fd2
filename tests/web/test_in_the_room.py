"""For somebody here without a phone: the facilitator writes it down, by no name."""

import pytest
from flask import Flask

from tests.web.cast import Desk, Doors, Phone, kept, key, rows
from tests.web.pages import Page

BOTH = pytest.mark.parametrize("script", [False, True], ids=["page", "script"])


@pytest.fixture
def room(circle: Doors) -> str:
    return f"{circle.console}/in-the-room"


def write_down(ana: Desk, page: Page, *, script: bool = False, **typed: str | list[str]) -> Page:
    """Send the form of a console, with the token that its script adds."""
    (room,) = [one for one in page.actions() if one.endswith("/in-the-room")]
    return ana.post(room, page.fields(room) | {"csrf_token": page.data("csrf")} | typed, script=script)


@BOTH
def test_their_words_stand_on_the_wall_as_any_others(
    script: bool, ana: Desk, circle: Doors, ben: Phone, cleo: Phone
) -> None:
    ben.share("from a phone")
    answer = write_down(ana, ana.get(circle.console), text="from the sofa", tags=["set:sleep"], script=script)
    assert (answer.status, answer.location) == ((204, "") if script else (303, circle.console))
    assert cleo.here().items("checkins") == ["from a phone", "from the sofa sleep"]
    phones, rooms = (one for one in ana.get(circle.console).root.iter("li") if "share" in one.attrib.get("class", ""))
    assert [child.tag for child in phones] == [child.tag for child in rooms if child.attrib.get("class") != "tags"]


def test_a_tap_alone_will_do_and_every_tag_is_there(ana: Desk, circle: Doors, cleo: Phone) -> None:
    page = ana.get(circle.console)
    assert len({one.attrib["value"] for one in page.all("input", name="tags")}) == 39
    assert write_down(ana, page, tags=["drug:mixing"]).status == 303
    assert cleo.here().items("checkins") == ["mixing"]


def test_it_waits_like_any_other(app: Flask, ana: Desk) -> None:
    circle = ana.open("Handfuls")
    ben, cleo = Phone(app).join(circle.code), Phone(app).join(circle.code)
    write_down(ana, ana.get(circle.console), text="from the sofa")
    for page in (ana.get(circle.console), ben.here()):
        assert page.items("checkins") == [] and "from the sofa" not in page.text
    assert "1 is waiting" in ana.get(circle.console).words("waiting")
    ben.share("one")
    cleo.note("two")
    assert ben.here().said("checkins") in (["from the sofa", "one"], ["one", "from the sofa"])


@BOTH
def test_the_same_form_again_is_answered_once(script: bool, app: Flask, ana: Desk, circle: Doors) -> None:
    page = ana.get(circle.console)
    for _ in range(3):
        assert write_down(ana, page, text="once", script=script).status == (204 if script else 303)
    assert rows(app, "shares") == 1
    assert write_down(ana, ana.get(circle.console), text="once").status == 303
    assert rows(app, "shares") == 2


def test_it_is_nobodys_own_not_even_hers_who_wrote_it_down(
    app: Flask, ana: Desk, circle: Doors, room: str, ben: Phone, dov: Phone, stranger: Phone
) -> None:
    sent = key()
    ana.do(room, key=sent, text="from the sofa")
    (share_id,) = [one.removeprefix("share-") for one in ben.here().ids("checkins")]
    before = kept(app)
    for phone in (ben, dov):
        assert phone.here().mine == []
        for verb in ("take-back", "change", "show"):
            fields = {"csrf_token": phone.token(), "text": "mine now"}
            assert phone.post(f"/here/shares/{share_id}/{verb}", fields).status == 404
    assert not [one for one in ana.get(circle.console).actions() if one.startswith("/here")]
    assert ana.do(f"/here/shares/{share_id}/take-back").location == "/"
    # Nor does a phone that shows the key it was sent under.
    for forged in (f"in the room {sent}", sent):
        stranger.keep_cookie("circle", forged)
        assert stranger.post(f"/here/shares/{share_id}/take-back", {"csrf_token": "x"}).location == "/"
    assert kept(app) == before


@BOTH
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Write something first, or tap a word."),
        ({"text": "x" * 1001}, "Shorten it by 1 character."),
        ({"text": "x", "tags": "drug:heroin"}, "Pick from the list."),
        ({"text": "x", "key": ""}, "Send it again."),
    ],
    ids=["nothing", "too long", "no such tag", "no key"],
)
def test_what_can_not_be_kept_gets_one_sentence(
    typed: dict[str, str], sentence: str, script: bool, app: Flask, ana: Desk, circle: Doors
) -> None:
    page, before = ana.get(circle.console), kept(app)
    answer = write_down(ana, page, script=script, **typed)
    assert (answer.status, answer.errors()[0]) == (422, sentence)
    assert kept(app) == before


@BOTH
def test_after_the_close_it_says_so(script: bool, app: Flask, ana: Desk, circle: Doors) -> None:
    page = ana.get(circle.console)
    ana.do(f"{circle.console}/close")
    before = kept(app)
    late = write_down(ana, page, text="too late", script=script)
    assert late.status == 422 and "The circle has closed. Nothing can be added now." in late.words()
    assert kept(app) == before


def test_nobody_else_does_it(
    app: Flask, ana: Desk, fay: Desk, esi: Desk, gus: Desk, ben: Phone, dov: Phone, stranger: Phone, room: str
) -> None:
    tokens = {other: other.token() for other in (fay, esi, gus, ben, dov)} | {stranger: "x"}
    before = kept(app)
    for other, token in tokens.items():
        assert other.post(room, {"csrf_token": token, "key": key(), "text": "not mine to say"}).status == 404
    assert ana.post(room, {"csrf_token": "old", "key": key(), "text": "x"}).status == 403
    assert ana.get(room).status == 404
    assert kept(app) == before
