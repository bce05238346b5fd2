"""Raising a hand from a phone, and the row of hands on the console."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.web.cast import Desk, Doors, Ear, Phone, key
from tests.web.pages import Page

Listen = Callable[..., Ear]

PAUSED = "The leader has paused writing for a moment. What you typed is kept."


def raises(phone: Phone, line: str = "", *, script: bool = False) -> Page:
    return phone.send(phone.here(), "/here/hand", text=line, script=script)


def row(ana: Desk, circle: Doors) -> list[str]:
    """What the console says of each hand."""
    return ["".join(one.itertext()) for one in ana.get(circle.console).all("li") if "raised" in one.get("class", "")]


def hand_id(ana: Desk, circle: Doors) -> str:
    return ana.get(circle.console).all("li", **{"class": "raised"})[0].attrib["id"].removeprefix("hand-")


def own_name(phone: Phone) -> str:
    (name,) = phone.here().root.findall(".//*[@id='hand-up']//strong")
    return name.text or ""


def test_a_hand_goes_up_and_down_without_scripts(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    assert raises(ben, "my sister called").location == "/here#hand"
    name = own_name(ben)
    (told,) = row(ana, circle)
    assert name in told and "my sister called" in told
    assert name not in cleo.here().text and "my sister called" not in cleo.here().text
    assert ben.send(ben.here(), "/here/hand/lower").location == "/here#hand"
    assert row(ana, circle) == [] and "Raise hand" in ben.here().words("hand")


def test_a_script_gets_its_own_part_and_nothing_else(ben: Phone) -> None:
    answer = raises(ben, "a line", script=True)
    assert "Your hand is up" in answer.words("hand") and answer.find("checkins") is None


def test_invited_that_phone_alone_is_told(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    raises(ben)
    raises(cleo)
    ana.do(f"{circle.console}/hands/{hand_id(ana, circle)}/invite")
    assert f"It is your turn. {own_name(ben)}" in ben.here().words("turn")
    assert cleo.here().words("turn") == ""
    ana.do(f"{circle.console}/hands/{hand_id(ana, circle)}/done", script=True)
    assert len(row(ana, circle)) == 1


def test_the_name_is_changed(ana: Desk, circle: Doors, ben: Phone) -> None:
    raises(ben)
    given = own_name(ben)
    ben.send(ben.here(), "/here/hand/another-name")
    assert own_name(ben) != given
    ben.send(ben.here(), "/here/hand/name", text="<b>Moss</b>")
    assert own_name(ben) == "<b>Moss</b>" and "<b>Moss</b>" in row(ana, circle)[0]
    ben.send(ben.here(), "/here/hand/line", text="read this")
    assert "read this" in row(ana, circle)[0]


@pytest.mark.parametrize(
    ("form", "typed", "told"),
    [
        ("name", "", "Type a name first."),
        ("name", "x" * 31, "Shorten it by 1 character."),
        ("line", "x" * 282, "Shorten it by 2 characters."),
    ],
)
def test_what_does_not_fit_is_given_back_beside_its_field(ben: Phone, form: str, typed: str, told: str) -> None:
    raises(ben, "before")
    page = ben.send(ben.here(), f"/here/hand/{form}", text=typed)
    assert (page.status, page.errors()) == (422, [told])
    assert page.fields(f"/here/hand/{form}")["text"] == [typed]
    again = ben.send(ben.here(), f"/here/hand/{form}", text=typed, script=True)
    assert (again.status, again.errors()) == (422, [told])
    assert "before" in ben.here().words("hand")


def test_a_line_too_long_to_raise_with_stays_in_its_box(ana: Desk, circle: Doors, ben: Phone) -> None:
    page = raises(ben, "x" * 281)
    assert (page.status, page.errors()) == (422, ["Shorten it by 1 character."])
    assert page.fields("/here/hand")["text"] == ["x" * 281]
    assert page.fields("/here/check-ins")["text"] == [""]
    assert row(ana, circle) == []


def test_an_old_page_gives_the_line_back(ben: Phone) -> None:
    page = ben.post("/here/hand", {"text": "typed", "key": key(), "csrf_token": "old"})
    assert page.status == 403 and page.fields("/here/hand")["text"] == ["typed"]


def test_acting_on_a_hand_that_was_taken_down_meanwhile_shows_how_it_stands(ben: Phone) -> None:
    page = ben.here()
    for act in ("lower", "name", "line", "another-name"):
        answer = ben.post(f"/here/hand/{act}", {"csrf_token": page.data("csrf"), "text": "Moss"}, script=True)
        assert answer.status == 200 and "Raise hand" in answer.words("hand")


def test_nothing_of_a_hand_is_in_a_members_stream(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Listen
) -> None:
    ears = [listen(phone) for phone in (ben, cleo)]
    leads = listen(ana, circle.id)
    raises(ben, "my sister called")
    ben.send(ben.here(), "/here/hand/name", text="Moss")
    ana.do(f"{circle.console}/hands/{hand_id(ana, circle)}/invite")
    ben.send(ben.here(), "/here/hand/lower")
    for ear in ears:
        assert [push["ops"] for push in ear.heard()] == [[]] * 4
    ops = leads.ops()
    assert [op[:2] for op in ops] == [["replace", "hands"]] * 4
    assert "Moss" in ops[1][2] and "my sister called" in ops[2][2] and "csrf" not in str(ops)


def test_a_hand_for_somebody_without_a_phone(ana: Desk, circle: Doors) -> None:
    page = ana.get(circle.console)
    for _ in range(2):
        ana.send(page, f"{circle.console}/hands", text="Mr Ortiz", script=True)
    ana.send(ana.get(circle.console), f"{circle.console}/hands", text="")
    first, second = row(ana, circle)
    assert "Mr Ortiz" in first and "Somebody here" in second
    long = ana.send(ana.get(circle.console), f"{circle.console}/hands", text="x" * 31, script=True)
    assert (long.status, long.errors()) == (422, ["Shorten it by 1 character."])


def test_a_hand_that_is_not_there_is_404(ana: Desk, fay: Desk, circle: Doors, ben: Phone) -> None:
    raises(ben)
    other, found = fay.open("Elsewhere"), hand_id(ana, circle)
    for act in ("invite", "done"):
        assert ana.do(f"{circle.console}/hands/{'0' * 20}/{act}").status == 404
        assert fay.do(f"{other.console}/hands/{found}/{act}").status == 404
        assert fay.do(f"{circle.console}/hands/{found}/{act}").status == 404
    assert len(row(ana, circle)) == 1


def test_a_closed_circle_takes_no_hand(ana: Desk, circle: Doors, ben: Phone) -> None:
    raises(ben)
    page = ben.here()
    ana.do(f"{circle.console}/close")
    assert ben.send(page, "/here/hand/lower").status == 422
    assert ben.here().words("hand").startswith("Would you like to speak?")


def test_in_spanish(app: Flask, ana: Desk, circle: Doors) -> None:
    rosa = Phone(app, "es").join(circle.code)
    raises(rosa)
    assert " de " in own_name(rosa)
    assert "Su mano está levantada" in rosa.here().words("hand")
    ana.do(f"{circle.console}/hands/{hand_id(ana, circle)}/invite")
    assert "Es su turno." in rosa.here().words("turn")
    ana.do(f"{circle.console}/pause")
    assert "Quien guía ha pausado la escritura por un momento." in rosa.share("palabras").errors()[0]
