"""After the close: what the leader tells by hand, a page to rest on, and the leader's own list."""

import uuid

import pytest
from flask import Flask

from sessions.circle.circles import Circle
from tests.web.cast import PASSPHRASE, Desk, Doors, Phone, kept, rows
from tests.web.pages import Page

AFTER, TOLD = "/lead/after", "/lead/after/told"
EVENING = {"heads": "7", "minutes": "55", "line": "Start sooner.", "cards": ["drug-set-setting"]}


def tells(desk: Desk, **typed: str | list[str]) -> Page:
    return desk.send(desk.get(AFTER), TOLD, **typed)


def told(desk: Desk) -> list[str]:
    return [" ".join("".join(one.itertext()).split()) for one in desk.get("/lead/held").all("li", **{"class": "card"})]


def save_list(desk: Desk, names: str, **typed: str | list[str]) -> Page:
    return desk.post("/lead/after/supplies", desk.get(AFTER).fields(TOLD) | {"names": names} | typed)


def test_the_closed_console_leads_there_and_back(ana: Desk, circle: Doors) -> None:
    assert "/lead/after" not in [one.get("href") for one in ana.get(circle.console).all("a")]
    ana.do(f"{circle.console}/close")
    assert AFTER in [one.get("href") for one in ana.get(circle.console).all("a")]
    page = ana.get(AFTER)
    assert "There is nothing else to save." in page.words()
    assert circle.console in [one.get("href") for one in page.all("a")]
    ana.do(f"{circle.console}/reopen", passphrase=PASSPHRASE)
    assert circle.id not in ana.get(AFTER).text
    ana.do(f"{circle.console}/close")
    ana.do(f"{circle.console}/erase")
    assert circle.id not in ana.get(AFTER).text and ana.get(AFTER).status == 200


def test_minutes_are_those_the_circle_was_open_until_they_are_mended(app: Flask, ana: Desk, circle: Doors) -> None:
    assert ana.get(AFTER).fields(TOLD)["minutes"] == [""]
    app.extensions["database"].write(lambda db: setattr(db.get(Circle, circle.id), "ticks", 57 * 6))
    ana.do(f"{circle.console}/close")
    assert ana.get(AFTER).fields(TOLD)["minutes"] == ["55"]
    assert tells(ana, heads="x", minutes="50").fields(TOLD)["minutes"] == ["50"]
    assert tells(ana, heads="x", minutes="").fields(TOLD)["minutes"] == [""]


def test_what_is_told_is_kept_and_then_there_is_rest(ana: Desk) -> None:
    save_list(ana, "Naloxone kits\nClean water")
    answer = tells(ana, **EVENING, given=["4", ""])
    assert (answer.status, answer.location) == (303, "/lead/after/rest?told=yes")
    assert "It is kept. There is nothing else to save." in ana.get(answer.location).words()
    (one,) = told(ana)
    assert "7 heads, 55 minutes" in one and "Cards: Drug, set and setting" in one
    assert "Handed out: Naloxone kits 4" in one and "Clean water" not in one and "Start sooner." in one


def test_resting_asks_nothing_and_keeps_nothing(app: Flask, ana: Desk) -> None:
    before = kept(app, "sign_ins")
    page = ana.get("/lead/after/rest")
    assert "How it went is for you, and not for this tool." in page.words() and "It is kept" not in page.words()
    assert "tel:988" in [one.get("href") for one in page.all("a")]
    assert page.actions() == ["/staff/sign-out"] and kept(app, "sign_ins") == before


def test_sent_five_times_it_is_kept_once_and_answered_the_same(app: Flask, ana: Desk) -> None:
    page = ana.get(AFTER)
    answers = [ana.send(page, TOLD, **EVENING) for _ in range(5)]
    assert {(answer.status, answer.location) for answer in answers} == {(303, "/lead/after/rest?told=yes")}
    assert rows(app, "held") == 1


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        *(({"heads": bad}, "heads", "Use a whole number, 0 to 999.") for bad in ("", "-1", "1e3", "seven", str(10**9))),
        *(({"minutes": bad}, "minutes", "Use whole minutes, 1 to 600.") for bad in ("-5", "0", "1e2", "601")),
        ({"line": "x" * 283}, "line", "Shorten it by 3 characters."),
        ({"given": ["-3", ""]}, "given", "Naloxone kits: Use a whole number, 0 to 9999."),
        ({"given": ["", "seven"]}, "given", "Clean water: Use a whole number, 0 to 9999."),
        ({"cards": ["no such card"]}, "", "Pick from the list."),
        ({"key": "x"}, "", "Send it again."),
        ({"heads": ["7", "8"]}, "heads", "Send it again."),
    ],
)
def test_what_does_not_fit_is_given_back_beside_its_field(
    app: Flask, ana: Desk, typed: dict[str, str | list[str]], field: str, sentence: str
) -> None:
    save_list(ana, "Naloxone kits\nClean water")
    before = kept(app, "sign_ins")
    page = tells(ana, **EVENING | {"given": ["4", ""]} | typed)
    assert (page.status, page.errors()) == (422, [sentence])
    held = page.fields(TOLD)
    for name, words in (EVENING | {"given": ["4", ""]} | typed).items():
        expected = words if isinstance(words, list) else [words]
        if name not in ("key", "cards"):
            assert held[name] == (expected[:1] if name == "heads" else expected)
    assert held.get("cards", []) == ([] if typed.get("cards") else EVENING["cards"])
    described = [one for one in page.root.iter() if "error" in one.get("aria-describedby", "")]
    assert all(page.find(one.attrib["aria-describedby"]) is not None for one in described)
    assert {one.get("name") for one in described} == ({field} if field else set())
    assert kept(app, "sign_ins") == before
    assert ana.send(page, TOLD, **EVENING, given=["4", ""]).status == 303


def test_numbers_without_their_names_are_no_numbers_of_anything(ana: Desk) -> None:
    save_list(ana, "Naloxone kits\nClean water")
    page = tells(ana, heads="7", given=["4"])
    assert (page.status, page.errors(), page.fields(TOLD)["heads"]) == (422, ["Send it again."], ["7"])
    assert told(ana) == []


def test_the_list_is_changed_on_the_same_page_and_what_was_typed_stays(app: Flask, ana: Desk) -> None:
    page = save_list(ana, "Naloxone kits\nClean water", heads="7", line="half a line", cards=["drug-set-setting"])
    assert page.status == 200 and rows(app, "held") == 0
    held = page.fields(TOLD)
    assert (held["heads"], held["line"], held["cards"]) == (["7"], ["half a line"], ["drug-set-setting"])
    assert held["supply"] == ["Naloxone kits", "Clean water"] and held["given"] == ["", ""]
    fewer = ana.post("/lead/after/supplies", held | {"names": "Socks", "given": ["4", ""]})
    # A number that was typed is not lost with the name.
    assert fewer.fields(TOLD)["supply"] == ["Socks", "Naloxone kits"]
    assert ana.get(AFTER).fields(TOLD)["supply"] == ["Socks"]


@pytest.mark.parametrize(
    ("names", "sentence"),
    [
        ("\n".join(map(str, range(31))), "30 lines are the most. Take one out first."),
        ("x" * 61, "Shorten it by 1 character."),
    ],
)
def test_a_list_too_long_is_given_back(app: Flask, ana: Desk, names: str, sentence: str) -> None:
    before = kept(app, "sign_ins")
    page = save_list(ana, names, heads="7")
    assert (page.status, page.errors()) == (422, [sentence])
    box = page.find("names")
    assert box is not None and "".join(box.itertext()).strip() == names and page.fields(TOLD)["heads"] == ["7"]
    assert kept(app, "sign_ins") == before


def test_markup_is_shown_as_typed(ana: Desk) -> None:
    save_list(ana, "<b>kits</b> {{7*7}}")
    tells(ana, heads="7", given=["4"], line="<script>alert(1)</script> {{7*7}}")
    (one,) = told(ana)
    assert "<b>kits</b> {{7*7}} 4" in one and "<script>alert(1)</script> {{7*7}}" in one
    assert "<script>alert(1)</script> {{7*7}}" in ana.get("/lead").words()


def test_the_line_is_there_when_the_next_circle_is_opened(ana: Desk, fay: Desk) -> None:
    tells(ana, heads="7", line="Start sooner.")
    assert "From last time: Start sooner." in ana.get("/lead").words()
    assert "Start sooner." not in fay.get("/lead").text + fay.get("/lead/held").text + fay.get(AFTER).text


def test_one_is_deleted_by_who_told_it_and_by_nobody_else(
    app: Flask, ana: Desk, fay: Desk, esi: Desk, gus: Desk, ben: Phone
) -> None:
    tells(ana, **EVENING)
    ((told_id, *_),) = kept(app)["held"]
    for other in (fay, esi, gus, ben):
        assert other.post(f"/lead/held/{told_id}/delete", {"csrf_token": other.token()}).status == 404
    assert ana.do(f"/lead/held/{'0' * 20}/delete").status == 404
    assert len(told(ana)) == 1
    assert ana.do(f"/lead/held/{told_id}/delete").location == "/lead/held"
    assert rows(app, "held") == 0 and "Nothing yet." in ana.get("/lead/held").words()


def test_nobody_else_has_these_pages(esi: Desk, gus: Desk, ben: Phone, stranger: Phone) -> None:
    for other in (esi, gus, ben, stranger):
        for path in (AFTER, "/lead/after/rest", "/lead/held"):
            assert other.get(path).status == 404


def test_in_spanish(ana: Desk) -> None:
    ana.language = "es"
    page = tells(ana, heads="siete")
    assert page.errors() == ["Use un número entero, de 0 a 999."]
    tells(ana, heads="1", cards=["drug-set-setting"], key=str(uuid.uuid4()))
    assert "1 cabeza" in told(ana)[0] and "Droga, persona y entorno" in told(ana)[0]
