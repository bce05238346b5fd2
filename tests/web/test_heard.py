"""I hear you: a word beside a note, once per phone, and nowhere a number."""

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.web.cast import Browser, Desk, Doors, Ear, Phone, kept, rows
from tests.web.pages import Page

BOTH = pytest.mark.parametrize("script", [False, True], ids=["page", "script"])
UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@pytest.fixture
def note(ben: Phone, cleo: Phone) -> str:
    """The address of Ben's note, which stands beside Cleo's."""
    ben.note("ben's note")
    cleo.note("cleo's note")
    return f"/here/shares/{ben.here().mine[0]}"


@pytest.fixture
def gil(app: Flask, circle: Doors) -> Phone:
    return Phone(app).join(circle.code)


def press(phone: Phone, action: str, *, script: bool = False) -> int:
    return phone.post(action, {"csrf_token": phone.token()}, script=script).status


def heard(page: Page) -> dict[str, str]:
    """What stands beside each note of a page."""
    notes = [item for item in page.root.iter("li") if item.attrib.get("id", "") in page.ids("notes")]
    by_class = [{one.attrib.get("class"): one.text or "" for one in item.iter("p")} for item in notes]
    return {found["words"]: found.get("soft heard", "") for found in by_class}


def own_heard(phone: Phone) -> list[str]:
    """The notes that this phone's own page says it heard."""
    own = phone.here().find("own")
    assert own is not None
    return own.attrib["data-heard"].split()


def as_it_reads(browser: Browser, path: str) -> str:
    """A page but for what is new each time it is asked for."""
    page = browser.get(path)
    return UUID.sub("key", page.text.replace(page.data("csrf"), "token"))


def buttons(phone: Phone) -> dict[str, str]:
    """What each note of others' offers on this phone's page without scripts: its words, and where the form goes."""
    notes = [item for item in phone.here().root.iter("li") if item.attrib.get("id", "").startswith("share-")]
    return {
        "".join(words.itertext()): form.attrib["action"].rpartition("/")[2]
        for item in notes
        for words in item.iter("p")
        if words.attrib.get("class") == "words"
        for unscripted in item.iter("noscript")
        for form in unscripted.iter("form")
    }


def test_without_scripts_each_note_of_others_has_its_own_form(ben: Phone, cleo: Phone, gil: Phone, note: str) -> None:
    ben.share("a check-in has none")
    assert buttons(ben) == {"cleo's note": "hear"} and buttons(cleo) == {"ben's note": "hear"}
    assert buttons(gil) == {"ben's note": "hear", "cleo's note": "hear"}
    answer = gil.send(gil.here(), f"{note}/hear")
    assert (answer.status, answer.location) == (303, "/here#notes-page")
    assert heard(gil.here())["ben's note"] == "heard" and own_heard(gil) == [note.rpartition("/")[2]]
    assert buttons(gil) == {"ben's note": "unhear", "cleo's note": "hear"}
    assert buttons(cleo) == {"ben's note": "hear"}
    assert gil.send(gil.here(), f"{note}/unhear").location == "/here#notes-page"
    assert heard(gil.here())["ben's note"] == "" and buttons(gil)["ben's note"] == "hear"


def test_the_console_and_every_push_carry_no_such_form(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, note: str, listen: Callable[..., Ear]
) -> None:
    for phone in (ben, cleo):
        phone.here()
    ears = [listen(ben), listen(cleo), listen(ana, circle.id)]
    ben.note("pushed")
    press(cleo, f"{note}/hear")
    pushed = [ear.ops() for ear in ears]
    assert pushed[0] == pushed[1] and all(len(ops) >= 2 for ops in pushed)
    for html in [*(op[2] for ops in pushed for op in ops), ana.get(circle.console).text]:
        assert "/hear" not in html and "data-hear" not in html


def test_once_closed_there_is_nothing_to_hear(ana: Desk, circle: Doors, cleo: Phone, note: str) -> None:
    ana.do(f"{circle.console}/close")
    assert buttons(cleo) == {}


@BOTH
def test_everybody_sees_the_word(
    script: bool, ana: Desk, circle: Doors, ben: Phone, cleo: Phone, gil: Phone, note: str
) -> None:
    assert press(cleo, f"{note}/hear", script=script) == (200 if script else 303)
    for page in (ben.here(), cleo.here(), gil.here(), ana.get(circle.console)):
        assert heard(page) == {"ben's note": "heard", "cleo's note": ""}


def test_a_phone_knows_its_own_and_no_other_does(ben: Phone, cleo: Phone, gil: Phone, note: str) -> None:
    answer = cleo.post(f"{note}/hear", {"csrf_token": cleo.token()}, script=True)
    own = answer.find("own")
    assert own is not None and own.attrib["data-heard"] == note.rpartition("/")[2]
    assert own_heard(cleo) == [note.rpartition("/")[2]]
    assert own_heard(ben) == own_heard(gil) == []


def test_a_second_phone_changes_nothing_on_screens(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, gil: Phone, note: str, listen: Callable[..., Ear]
) -> None:
    for phone in (ben, cleo, gil):
        phone.here()
    member, leader = listen(ben), listen(ana, circle.id)
    press(cleo, f"{note}/hear")
    assert (
        [op[:2] for op in member.ops()]
        == [op[:2] for op in leader.ops()]
        == [["replace", note[6:].replace("shares/", "share-")]]
    )
    with_one = as_it_reads(ben, "/here"), as_it_reads(ana, circle.console)
    press(gil, f"{note}/hear")
    press(gil, f"{note}/hear")
    assert member.heard() == leader.heard() == []
    # Whether one phone heard it or two, every screen reads the same to the last letter: no number is anywhere.
    assert (as_it_reads(ben, "/here"), as_it_reads(ana, circle.console)) == with_one


@BOTH
def test_taken_back_by_one_of_two_the_word_stays_until_the_last(
    script: bool, app: Flask, ben: Phone, cleo: Phone, gil: Phone, note: str
) -> None:
    for phone in (cleo, gil):
        press(phone, f"{note}/hear")
    assert press(cleo, f"{note}/unhear", script=script) == (200 if script else 303)
    assert heard(ben.here())["ben's note"] == "heard" and own_heard(cleo) == []
    press(gil, f"{note}/unhear", script=script)
    assert heard(ben.here()) == {"ben's note": "", "cleo's note": ""} and rows(app, "heard") == 0


def test_it_is_said_in_the_readers_language(app: Flask, circle: Doors, cleo: Phone, note: str) -> None:
    dona = Phone(app, "es").join(circle.code)
    press(cleo, f"{note}/hear")
    assert heard(dona.here()) == {"ben's note": "escuchado", "cleo's note": ""}


def test_not_ones_own_note_nor_a_check_in(app: Flask, ben: Phone, cleo: Phone, note: str) -> None:
    ben.share("a check-in")
    (check_in,) = [one for one in ben.here().mine if one not in note]
    before = kept(app)
    for verb in ("hear", "unhear"):
        assert press(ben, f"{note}/{verb}") == 404
        assert press(cleo, f"/here/shares/{check_in}/{verb}") == 404
    assert kept(app) == before


def test_not_what_waits_nor_what_was_set_aside(app: Flask, ana: Desk, circle: Doors, cleo: Phone, note: str) -> None:
    ana.do(f"/lead/{circle.id}{note.removeprefix('/here')}/set-aside")
    handfuls = ana.open("Handfuls")
    hal, ida = Phone(app).join(handfuls.code), Phone(app).join(handfuls.code)
    hal.note("not up yet")
    (waiting,) = [one.removesuffix("/take-back") for one in hal.here().actions() if one.endswith("/take-back")]
    before = kept(app)
    for verb in ("hear", "unhear"):
        assert press(cleo, f"{note}/{verb}") == press(ida, f"{waiting}/{verb}") == 404
    assert kept(app) == before


def test_nobody_from_elsewhere_hears_it(
    app: Flask, ana: Desk, esi: Desk, dov: Phone, stranger: Phone, note: str
) -> None:
    before = kept(app)
    for verb in ("hear", "unhear"):
        assert press(dov, f"{note}/{verb}") == press(dov, f"{note}/{verb}", script=True) == 404
        for visitor in (stranger, ana, esi):
            assert visitor.post(f"{note}/{verb}", {"csrf_token": "x"}).location == "/"
    assert kept(app) == before


def test_an_id_of_nothing_is_not_there(app: Flask, ben: Phone) -> None:
    for share_id in ("0" * 20, "x", "..", "%00", "' OR 1=1", "a" * 3000):
        assert press(ben, f"/here/shares/{share_id}/hear") == press(ben, f"/here/shares/{share_id}/unhear") == 404
    assert rows(app, "heard") == 0


@BOTH
def test_after_the_close_it_says_so(script: bool, app: Flask, ana: Desk, circle: Doors, cleo: Phone, note: str) -> None:
    token = cleo.token()
    ana.do(f"{circle.console}/close")
    before = kept(app)
    for verb in ("hear", "unhear"):
        late = cleo.post(f"{note}/{verb}", {"csrf_token": token}, script=script)
        assert late.status == 422 and "The circle has closed. Nothing can be added now." in late.words()
    assert kept(app) == before


def test_an_old_token_does_not_fit(app: Flask, cleo: Phone, gil: Phone, note: str) -> None:
    before = kept(app)
    for token in ("", "old", gil.token()):
        assert cleo.post(f"{note}/hear", {"csrf_token": token}, script=True).status == 403
    assert kept(app) == before


def test_it_is_erased_with_its_share_and_with_the_circle(
    app: Flask, ana: Desk, circle: Doors, ben: Phone, cleo: Phone, note: str
) -> None:
    press(cleo, f"{note}/hear")
    press(ben, f"/here/shares/{cleo.here().mine[0]}/hear")
    press(ben, f"{note}/take-back")
    assert rows(app, "heard") == 1 and own_heard(cleo) == []
    ana.do(f"{circle.console}/close")
    ana.do(f"{circle.console}/erase")
    assert rows(app, "heard") == 0
