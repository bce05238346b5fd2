"""Leading together: the code on one console, what a colleague does with it, and what everybody is told."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from facilitator.patience import FREE_TRIES
from sessions import accounts
from tests.web.cast import PASSPHRASE, Desk, Doors, Ear, Phone, desk, find_id, kept
from tests.web.pages import Page

Listen = Callable[..., Ear]
CODE = re.compile(r"\b[2-9A-HJKMNP-Z]{4} [2-9A-HJKMNP-Z]{4}\b")
WRONG = "That code does not open anything now. Ask your colleague to read it again."


@pytest.fixture
def ruth(app: Flask) -> Desk:
    return colleague(app, "ruth")


def colleague(app: Flask, name: str) -> Desk:
    """A facilitator who has written down what members are told of her."""
    person = desk(app, name)
    words = (name.title(), "The county", "A child being hurt")
    app.extensions["database"].write(accounts.introduce, find_id(app, f"{name}@example.org"), *words)
    return person


def code_of(leader: Desk, circle: Doors) -> str:
    """Make a code, and read it off the console."""
    page = leader.send(leader.get(circle.console), f"{circle.console}/leaders/code", script=True)
    found = CODE.search(page.words("leading"))
    assert page.status == 200 and found
    return found[0]


def comes(person: Desk, code: str) -> Page:
    return person.send(person.get("/lead"), "/lead/along", code=code)


def act(circle: Doors, app: Flask, name: str, what: str) -> str:
    """The address of an act on a colleague's part."""
    return f"{circle.console}/leaders/{find_id(app, f'{name}@example.org')}/{what}"


@pytest.fixture
def along(ana: Desk, ruth: Desk, circle: Doors) -> Doors:
    """Ana's circle, which Ruth leads along."""
    assert comes(ruth, code_of(ana, circle)).location == circle.console
    return circle


def test_a_colleague_types_the_code_and_is_at_the_console(ana: Desk, ruth: Desk, circle: Doors) -> None:
    assert ruth.get(circle.console).status == 404
    assert comes(ruth, code_of(ana, circle)).location == circle.console
    assert "Tuesday circle" in ruth.get("/lead").words() and ruth.get(circle.console).status == 200
    assert ruth.do(f"{circle.console}/pause").status == 303
    assert "Writing is paused." in ana.get(circle.console).words("writing")


def test_without_scripts_the_code_stands_on_the_whole_console(ana: Desk, circle: Doors) -> None:
    page = ana.send(ana.get(circle.console), f"{circle.console}/leaders/code")
    assert page.status == 200 and CODE.search(page.words("leading"))
    assert not CODE.search(ana.get(circle.console).words("leading")), "shown once"


def test_phones_consoles_and_the_big_screen_are_told(
    ana: Desk, ruth: Desk, circle: Doors, ben: Phone, listen: Listen
) -> None:
    for page in (ben.here(), ana.get(circle.console), ana.get(f"{circle.console}/screen")):
        assert "Who leads now" not in page.words()
    phone, console = listen(ben), listen(ana, circle.id)
    comes(ruth, code_of(ana, circle))
    (op,) = phone.ops()
    told = "Who leads now: Ana, Ruth Ruth. Who pays them: The county What they must report by law: A child being hurt"
    assert op[:2] == ["replace", "leaders"] and "csrf" not in op[2]
    assert ben.here().words("leaders") == told
    assert [op[:2] for op in console.ops()] == [["replace", "leaders"]]
    for page in (ana.get(circle.console), ruth.get(circle.console)):
        assert page.words("leaders") == "Who leads now: Ana, Ruth"
    for shows in ("words", "rules", "wall"):
        assert "Who leads now: Ana, Ruth" in ana.get(f"{circle.console}/screen?show={shows}").words("state")
    assert "Who leads today: Ana, Ruth" in ben.here().words("who")


def test_the_door_names_all_of_them(app: Flask, along: Doors) -> None:
    late = Phone(app)
    late.knock(along.code)
    page = late.get("/join").words()
    assert page.count("Who leads today") == 2 and "Ruth Who pays them The county" in page


@pytest.mark.parametrize("typed", ["", "2222 2222", "x" * 41, "<b>", "\x00", "%", "482 913 057"])
def test_a_wrong_code_is_refused_beside_its_field(app: Flask, ruth: Desk, circle: Doors, typed: str) -> None:
    before = kept(app)
    page = comes(ruth, typed)
    assert page.status == 422 and len(page.errors()) == 1 and "<b>" not in page.errors()[0]
    assert kept(app) == before


def test_unknown_used_old_and_closed_get_the_same_sentence(app: Flask, ana: Desk, ruth: Desk, circle: Doors) -> None:
    old = code_of(ana, circle)
    used = code_of(ana, circle)
    comes(colleague(app, "hana"), used)
    closed = code_of(ana, circle)
    ana.do(f"{circle.console}/close")
    for code in ("2222 2222", old, used, closed):
        assert comes(ruth, code).errors() == [WRONG]
    ana.do(f"{circle.console}/erase")
    assert comes(ruth, closed).errors() == [WRONG]


def test_guessing_is_slowed_for_one_account_and_locks_nobody_out(
    ana: Desk, ruth: Desk, circle: Doors, held: list[float]
) -> None:
    for _ in range(FREE_TRIES + 2):
        comes(ruth, "2222 2222")
    assert held[0] < held[-1] and len(held) > FREE_TRIES + 2
    assert comes(ruth, code_of(ana, circle)).location == circle.console


def test_who_has_not_written_down_what_they_must_report_is_asked_to(ana: Desk, fay: Desk, circle: Doors) -> None:
    code = code_of(ana, circle)
    page = comes(fay, code)
    assert page.status == 422 and "what you must report" in page.errors()[0]
    assert fay.get(circle.console).status == 404
    fay.send(fay.get("/staff/account"), "", name="Fay", must_report="A child being hurt")
    assert comes(fay, code).location == circle.console


def test_only_who_leads_first_has_the_buttons_and_the_right(app: Flask, ana: Desk, ruth: Desk, along: Doors) -> None:
    assert f"{along.console}/leaders/code" in ana.get(along.console).actions()
    own = [action for action in ruth.get(along.console).actions() if "/leaders/" in action]
    assert own == [act(along, app, "ruth", "end")]
    for action in (f"{along.console}/leaders/code", act(along, app, "ruth", "hand-over")):
        for script in (True, False):
            refused = ruth.do(action, script=script)
            assert (refused.status, refused.errors()[0]) == (422, "Only the first leader can do that.")


def test_she_leads_no_longer(app: Flask, ana: Desk, ruth: Desk, along: Doors, ben: Phone) -> None:
    assert ana.do(act(along, app, "ruth", "end"), script=True).status == 204
    assert ruth.get(along.console).status == 404 and "Tuesday circle" not in ruth.get("/lead").words()
    assert ben.here().words("leaders") == ""
    assert ana.do(act(along, app, "ruth", "end")).status == 404


def test_she_steps_back_herself(app: Flask, ana: Desk, ruth: Desk, along: Doors) -> None:
    assert ruth.do(act(along, app, "ruth", "end"), script=True).location == "/lead"
    assert ruth.get(along.console).status == 404 and ana.get(along.console).status == 200
    assert ana.do(act(along, app, "ana", "end")).status == 404, "a circle is never left without anybody"


def test_the_circle_is_handed_over_and_ana_may_go(
    app: Flask, ana: Desk, ruth: Desk, along: Doors, ben: Phone, listen: Listen
) -> None:
    ear = listen(ben)
    assert ana.do(act(along, app, "ruth", "hand-over"), script=True).status == 204
    assert [op[:2] for op in ear.ops()] == [["replace", "leaders"]]
    assert ben.here().words("leaders").startswith("Who leads now: Ruth, Ana")
    ana.do(act(along, app, "ana", "end"))
    assert ana.get(along.console).status == 404 and ruth.get(along.console).status == 200
    assert ben.here().words("leaders").startswith("Who leads now: Ruth Ruth.")
    assert code_of(ruth, along)


def test_her_own_passphrase_or_the_pin_uncovers_the_screens(ana: Desk, ruth: Desk) -> None:
    circle = ana.open("Tuesday circle", "at-once", "4718")
    comes(ruth, code_of(ana, circle))
    for typed in ({"pin": "4718"}, {"passphrase": PASSPHRASE}):
        ana.do(f"{circle.console}/blank")
        assert "Ana" not in ruth.get(circle.console).words()
        assert ruth.do(f"{circle.console}/unblank", **typed).location == circle.console


def test_nobody_else_can_do_any_of_it(app: Flask, ana: Desk, fay: Desk, esi: Desk, along: Doors, ben: Phone) -> None:
    elsewhere, before = fay.open("Elsewhere"), None
    actions = [f"{along.console}/leaders/code", *(act(along, app, "ruth", what) for what in ("end", "hand-over"))]
    before = kept(app)
    for somebody in (fay, esi):
        assert {somebody.do(action).status for action in actions} == {404}
    assert {ben.post(action).status for action in actions} == {404}
    assert fay.do(act(elsewhere, app, "ruth", "end")).status == 404
    assert fay.do(act(elsewhere, app, "ruth", "hand-over")).status == 404
    assert esi.do("/lead/along", code="2222 2222").status == 404
    assert kept(app) == before


def test_an_account_turned_off_leads_nothing_along_and_the_circle_goes_on(
    app: Flask, gus: Desk, ana: Desk, along: Doors, ben: Phone
) -> None:
    page = f"/people/{find_id(app, 'ruth@example.org')}"
    gus.do(f"{page}/disable")
    assert ben.here().words("leaders") == "" and ana.get(along.console).words("leaders") == ""
    assert ben.note("still here").location == "/here#notes-page"
    assert gus.do(f"{page}/remove").location == "/people"


def test_the_first_leader_turned_off_closes_the_circle_unless_it_was_handed_over(
    app: Flask, gus: Desk, ana: Desk, ruth: Desk, along: Doors, ben: Phone
) -> None:
    other = ana.open("Handed over", "at-once")
    comes(ruth, code_of(ana, other))
    ana.do(act(other, app, "ruth", "hand-over"))
    gus.do(f"/people/{find_id(app, 'ana@example.org')}/disable")
    assert "The circle has closed." in ben.here().words("state")
    assert "The circle has closed." in ruth.get(along.console).words("state")
    page = ruth.get(other.console)
    assert "The circle has closed." not in page.words() and page.words("leaders") == "Who leads now: Ruth"


def test_in_spanish(app: Flask, along: Doors) -> None:
    rosa = Phone(app, "es").join(along.code)
    assert rosa.here().words("leaders").startswith("Quién guía ahora: Ana, Ruth")
