"""Rules that are suggested from a phone, adopted or let go by the leader, and kept for next time."""

import pytest
from flask import Flask

from sessions.circle import suggestions
from tests.web.cast import Desk, Doors, Ear, Phone, kept, key, rows
from tests.web.pages import Page
from tests.web.test_hands import PAUSED, Listen

FORM = "/here/suggestions#rules-page"


def suggests(phone: Phone, text: str, *, script: bool = False) -> Page:
    return phone.send(phone.here(), FORM, text=text, script=script)


def standing(ana: Desk, circle: Doors) -> dict[str, str]:
    """What the console says of each suggestion, and where its buttons go."""
    found = [one for one in ana.get(circle.console).all("li") if one.get("id", "").startswith("suggestion-")]
    return {
        one[0].text or "": f"{circle.console}/suggestions/{one.attrib['id'].removeprefix('suggestion-')}"
        for one in found
    }


def test_it_is_kept_without_scripts_and_the_page_says_so(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    page = suggests(ben, "Tea first.")
    assert page.status == 200 and page.words("suggest-said") == "Saved." and page.errors() == []
    assert page.fields(FORM)["text"] == [""] and ben.here().words("suggest-said") == ""
    assert list(standing(ana, circle)) == ["Tea first."]
    assert "Tea first." not in ben.here().text + cleo.here().text


def test_a_script_is_answered_with_nothing(ana: Desk, circle: Doors, ben: Phone) -> None:
    page = ben.here()
    for _ in range(5):
        answer = ben.send(page, FORM, text="Tea first.", script=True)
        assert (answer.status, answer.text) == (204, "")
    assert list(standing(ana, circle)) == ["Tea first."]


def test_adopted_it_stands_on_every_phone(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    suggests(ben, "Tea first.")
    assert ana.do(f"{standing(ana, circle)['Tea first.']}/adopt").location == circle.console
    assert cleo.here().items("rules")[-1] == "Tea first." and standing(ana, circle) == {}


def test_let_go_it_is_gone_at_once(app: Flask, ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    for phone, words in ((ben, "one"), (cleo, "two"), (ben, "three")):
        suggests(phone, words)
    ana.do(f"{standing(ana, circle)['two']}/let-go")
    assert set(standing(ana, circle)) == {"one", "three"}
    ana.do(f"{circle.console}/suggestions/let-go")
    assert rows(app, "suggestions") == 0 and len(ben.here().items("rules")) == 12


def test_a_members_stream_holds_the_rule_when_it_is_one(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Listen
) -> None:
    ears = [listen(phone) for phone in (ben, cleo)]
    leads: Ear = listen(ana, circle.id)
    suggests(ben, "Tea first.")
    suggests(cleo, "Never adopted.")
    for ear in ears:
        assert [push["ops"] for push in ear.heard()] == [[], []]
    assert [op[:2] for op in leads.ops()] == [["replace", "suggestions"]] * 2
    ana.do(f"{standing(ana, circle)['Never adopted.']}/let-go")
    ana.do(f"{standing(ana, circle)['Tea first.']}/adopt")
    for ear in ears:
        let_go, adopted = ear.heard()
        assert let_go["ops"] == [] and [op[:2] for op in adopted["ops"]] == [["replace", "rules"]]
        assert "Tea first." in adopted["ops"][0][2] and "Never adopted." not in str(adopted)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("", "Write something first."), ("\u200b", "Write something first."), ("x" * 305, "Shorten it by 5 characters.")],
)
def test_words_that_cannot_be_kept(text: str, sentence: str, app: Flask, ben: Phone) -> None:
    before = kept(app)
    page = suggests(ben, text)
    assert (page.status, page.errors(), page.words("suggest-said")) == (422, [sentence], sentence)
    assert page.fields(FORM)["text"] == [text] and page.fields("/here/check-ins")["text"] == [""]
    by_script = suggests(ben, text, script=True)
    assert (by_script.status, by_script.errors()) == (422, [sentence])
    assert kept(app) == before


def test_paused_full_closed_or_old_it_is_given_back(
    app: Flask, ana: Desk, circle: Doors, ben: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "MOST_IN_A_CIRCLE", 1)
    suggests(ben, "one")
    full = suggests(ben, "two")
    assert full.words("suggest-said") == "The leader has many to read just now. Say it in the room, or try again later."
    ana.do(f"{circle.console}/pause")
    paused = suggests(ben, "two")
    old = ben.post("/here/suggestions", {"text": "two", "key": key(), "csrf_token": "old"})
    assert paused.words("suggest-said") == PAUSED and old.status == 403
    page = ben.here()
    ana.do(f"{circle.console}/close")
    closed = ben.send(page, FORM, text="two")
    for answer in (full, paused, old, closed):
        assert answer.fields(FORM)["text"] == ["two"]
    assert rows(app, "suggestions") == 1


def test_one_that_finds_no_room_stays(ana: Desk, circle: Doors, ben: Phone) -> None:
    for number in range(18):
        ana.do(f"{circle.console}/rules", words=f"Rule {number}")
    suggests(ben, "one too many")
    refused = ana.do(f"{standing(ana, circle)['one too many']}/adopt", script=True)
    assert (refused.status, refused.errors()) == (422, ["Thirty rules are the most. Take one out first."])
    assert list(standing(ana, circle)) == ["one too many"]


def test_nobody_else_adopts_lets_go_or_keeps(
    app: Flask, ana: Desk, circle: Doors, fay: Desk, gus: Desk, ben: Phone, dov: Phone
) -> None:
    suggests(ben, "Tea first.")
    other, (at,) = fay.open("Elsewhere"), standing(ana, circle).values()
    stolen = at.replace(circle.console, other.console)
    others = {other: other.token() for other in (fay, gus, ben, dov)}
    before = kept(app)
    for action in ("adopt", "let-go"):
        assert fay.do(f"{stolen}/{action}").status == 404
        for person, token in others.items():
            for path in (f"{at}/{action}", f"{circle.console}/suggestions/let-go", f"{circle.console}/rules/keep"):
                assert person.post(path, {"csrf_token": token}).status == 404
    assert kept(app) == before


def test_on_a_shared_tablet_it_goes_back_to_the_door(app: Flask, ana: Desk, circle: Doors) -> None:
    tablet = Phone(app)
    tablet.knock(circle.code)
    tablet.send(tablet.get("/join"), "/join", shared="y")
    page = suggests(tablet, "Tea first.")
    assert "Tea first." not in page.text and page.find("suggest") is None
    assert list(standing(ana, circle)) == ["Tea first."]


def test_the_next_circle_may_begin_with_the_rules_kept(ana: Desk, fay: Desk, circle: Doors) -> None:
    assert "The rules kept last time" not in ana.get("/lead").words()
    ana.do(f"{circle.console}/rules", words="Tea first.")
    assert ana.do(f"{circle.console}/rules/keep", script=True).status == 204
    assert "The rules kept last time" in ana.get("/lead").words() and "Tea first." in ana.get("/lead").words()
    again = Phone(ana.app, "es").join(ana.open("Kept").code)
    assert again.here().items("rules")[-1] == "Tea first."
    assert again.here().items("rules")[0] != Phone(ana.app).join(circle.code).here().items("rules")[0]
    answer = ana.send(ana.get("/lead"), "/lead/circles", title="Shipped", ground="shipped")
    assert "Tea first." not in ana.get(answer.location).text
    assert "Tea first." not in fay.get("/lead").text
    refused = ana.send(ana.get("/lead"), "/lead/circles", title="x", ground="somebody's")
    assert (refused.status, refused.errors()) == (422, ["Pick from the list."])
    assert ana.do("/lead/kept-rules/let-go").location == "/lead"
    assert "Tea first." not in ana.get("/lead").text


def test_after_the_close_nothing_is_kept_for_next_time(app: Flask, ana: Desk, circle: Doors) -> None:
    ana.do(f"{circle.console}/close")
    refused = ana.do(f"{circle.console}/rules/keep")
    assert (refused.status, refused.errors()[0]) == (422, "The circle has closed. Nothing can be added now.")
    assert rows(app, "own_rules") == 0
