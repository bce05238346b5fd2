"""A PIN on the console: chosen when the doors open, asked for after Blank and after the close, tried slowly."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from threading import Event, Lock

import pytest
from flask import Flask

from facilitator import unlock
from facilitator.patience import FREE_TRIES, LONGEST_SECONDS, Patience
from tests.web.cast import PASSPHRASE, Desk, Doors, Ear, Phone, kept, rows
from tests.web.pages import Page

PIN = "4718"
WRONG = "That is not the PIN."
HOURS = 3600.0


@pytest.fixture
def locked(ana: Desk) -> Doors:
    """A circle of Ana's with a PIN."""
    return ana.open("Tuesday circle", "at-once", PIN)


@pytest.fixture
def covered(ana: Desk, locked: Doors) -> Doors:
    Phone(ana.app).join(locked.code).share("said before")
    ana.do(f"{locked.console}/blank")
    return locked


def opened(desk: Desk, **typed: str) -> Page:
    return desk.send(desk.get("/lead"), "/lead/circles", **typed)


def test_the_pin_uncovers_the_screens(ana: Desk, covered: Doors) -> None:
    assert ana.do(f"{covered.console}/unblank", pin=PIN).location == covered.console
    assert ana.get(covered.console).said("checkins") == ["said before"]


def test_so_does_the_passphrase_of_who_forgot_it(ana: Desk, covered: Doors) -> None:
    assert ana.do(f"{covered.console}/unblank", passphrase=PASSPHRASE).location == covered.console
    assert ana.get(covered.console).said("checkins") == ["said before"]


@pytest.mark.parametrize("typed", [{"pin": PIN}, {"passphrase": PASSPHRASE}], ids=["pin", "passphrase"])
def test_either_opens_it_again_after_the_close_and_the_pin_stays(
    typed: dict[str, str], ana: Desk, locked: Doors
) -> None:
    ana.do(f"{locked.console}/close")
    assert ana.do(f"{locked.console}/reopen", **typed).location == locked.console
    assert locked.code[:3] in ana.get(locked.console).words()
    ana.do(f"{locked.console}/close")
    assert ana.do(f"{locked.console}/reopen", pin=PIN).status == 303


def test_by_script_there_is_nothing_more_to_say(ana: Desk, covered: Doors) -> None:
    wrong = ana.do(f"{covered.console}/unblank", pin="4719", script=True)
    assert (wrong.status, wrong.errors(), wrong.text.count("<p")) == (422, [WRONG], 1)
    assert ana.do(f"{covered.console}/unblank", pin=PIN, script=True).status == 204


@pytest.mark.parametrize("pin", ["4719", "", "0", "x" * 10_000, "4718x", "\x00", "' OR 1=1 --", PASSPHRASE])
@pytest.mark.parametrize("act", ["unblank", "reopen"])
def test_a_wrong_pin_changes_nothing_and_is_said_beside_its_field(
    pin: str, act: str, app: Flask, ana: Desk, locked: Doors
) -> None:
    ana.do(f"{locked.console}/{'blank' if act == 'unblank' else 'close'}")
    before = kept(app)
    answer = ana.do(f"{locked.console}/{act}", pin=pin)
    assert (answer.status, answer.errors(), answer.words(f"{act}-pin-said")) == (422, [WRONG], WRONG)
    field = answer.find(f"{act}-pin")
    assert field is not None and field.attrib["aria-invalid"] == "true" and "value" not in field.attrib
    assert kept(app) == before
    ana.do(f"{locked.console}/{act}", pin=PIN)
    assert locked.code[:3] in ana.get(locked.console).words()


def test_a_circle_without_a_pin_is_uncovered_by_the_passphrase_alone(app: Flask, ana: Desk, circle: Doors) -> None:
    ana.do(f"{circle.console}/blank")
    page, before = ana.get(circle.console), kept(app)
    assert page.find("unblank-passphrase") is not None and page.find("unblank-pin") is None
    for pin in ("", "None", PIN):
        assert ana.do(f"{circle.console}/unblank", pin=pin).status == 422
    assert kept(app) == before
    assert ana.send(ana.get(circle.console), f"{circle.console}/unblank", passphrase=PASSPHRASE).status == 303


@pytest.mark.parametrize(
    ("pin", "sentence"),
    [
        ("471", "Use 4 to 8 digits, or leave it empty."),
        ("471829365", "Use 4 to 8 digits, or leave it empty."),
        ("kettle", "Use 4 to 8 digits, or leave it empty."),
        ("0000", "That PIN is easy to guess. Pick other digits."),
        ("1234", "That PIN is easy to guess. Pick other digits."),
        ("4321", "That PIN is easy to guess. Pick other digits."),
    ],
)
def test_a_pin_that_will_not_do_is_told_and_all_else_stays(pin: str, sentence: str, app: Flask, ana: Desk) -> None:
    back = opened(ana, title="kept", plan="90", appear="at-once", pin=pin)
    assert (back.status, back.errors()) == (422, [sentence])
    held = back.fields("/lead/circles")
    assert (held["title"], held["plan"], held["appear"], held["pin"]) == (["kept"], ["90"], ["at-once"], [""])
    assert rows(app, "circles") == 0 and app.extensions["vault"].circles() == []
    assert opened(ana, title="mended", pin=PIN).status == 303


def test_a_right_pin_is_given_back_to_no_page_either(ana: Desk) -> None:
    back = opened(ana, title="", pin="47182936")
    assert (back.status, back.errors()) == (422, ["Fill this in first."])
    assert "47182936" not in back.text


def test_a_covered_console_shows_nothing_of_the_circle(ana: Desk, covered: Doors) -> None:
    wrong, in_threes = ana.do(f"{covered.console}/unblank", pin="4719"), f"{covered.code[:3]} {covered.code[3:6]}"
    for page in (ana.get(covered.console), ana.get(covered.console, script=True), wrong):
        for secret in ("Tuesday circle", covered.code, in_threes, covered.link, "said before", "data-drafts"):
            assert secret not in page.text
        assert not page.root.findall(".//main") and "Back soon" in page.words("state")
    assert "Tuesday circle" not in ana.get("/lead").text and "Covered" in ana.get("/lead").words()
    ana.do(f"{covered.console}/unblank", pin=PIN)
    assert "Tuesday circle" in ana.get("/lead").words()


def test_a_covered_consoles_socket_hears_of_the_cover_alone(
    ana: Desk, covered: Doors, listen: Callable[..., Ear]
) -> None:
    cleo, dev = (Phone(ana.app).join(covered.code) for _ in range(2))
    console, phone = listen(ana, covered.id), listen(cleo)
    dev.share("under the cover")
    assert [push["ops"] for push in console.heard()] == [[]]
    assert "under the cover" in str(phone.ops())
    ana.do(f"{covered.console}/unblank", pin=PIN)
    assert [op[:2] for op in console.ops()] == [["replace", "state"]]
    assert ana.get(covered.console).said("checkins") == ["said before", "under the cover"]


def test_the_pin_is_in_no_push_and_no_page(ana: Desk, listen: Callable[..., Ear]) -> None:
    locked = ana.open("Tuesday circle", "at-once", "47182936")
    (circle,) = (row for row in kept(ana.app)["circles"] if row[0] == locked.id)
    ben = Phone(ana.app).join(locked.code)
    ears = [listen(ana, locked.id), listen(ben)]
    seen = []
    for act in ("blank", "unblank", "close", "reopen"):
        seen += [ana.do(f"{locked.console}/{act}", pin="47182936").text, ana.get(locked.console).text, ben.here().text]
    told = [str(ear.heard()) for ear in ears]
    assert all("Back soon" in words for words in told)
    for secret in ("47182936", *(part for part in circle if isinstance(part, str) and len(part) == 64)):
        assert not [text for text in (*seen, *told, ana.get("/lead").text) if secret in text]
    # What a push draws is the same for everybody, so it carries nobody's token; the page's own forms do.
    assert not [words for words in told if "csrf_token" in words]


def test_without_scripts_every_step_has_its_form(ana: Desk, locked: Doors) -> None:
    for act, typed in (("blank", {}), ("unblank", {"pin": PIN}), ("close", {}), ("reopen", {"pin": PIN})):
        assert ana.send(ana.get(locked.console), f"{locked.console}/{act}", **typed).location == locked.console
    ana.send(ana.get(locked.console), f"{locked.console}/close")
    assert ana.send(ana.get(locked.console), f"{locked.console}/erase").location == "/lead"


def test_it_is_asked_for_in_spanish(ana: Desk, locked: Doors) -> None:
    ana.language = "es"
    ana.do(f"{locked.console}/blank")
    assert "¿Olvidó el PIN?" in ana.get(locked.console).words("state")
    assert ana.do(f"{locked.console}/unblank", pin="4719").errors() == ["Ese no es el PIN."]
    assert opened(ana, title="x", pin="1234").errors() == ["Ese PIN es fácil de adivinar. Elija otras cifras."]


def test_to_everybody_else_there_is_no_such_circle_whatever_they_type(
    app: Flask, covered: Doors, fay: Desk, esi: Desk, gus: Desk, dov: Phone, held: list[float]
) -> None:
    tokens, before = {other: other.token() for other in (fay, esi, gus, dov)}, kept(app)
    for act in ("unblank", "reopen"):
        for other, token in tokens.items():
            answer = other.post(f"{covered.console}/{act}", {"csrf_token": token, "pin": PIN})
            assert answer.status == 404 and "PIN" not in answer.text
    assert kept(app) == before and held == []


def test_wrong_tries_are_answered_late_and_later_and_the_right_one_at_once_after_few(
    ana: Desk, covered: Doors, held: list[float]
) -> None:
    for _ in range(FREE_TRIES - 1):
        ana.do(f"{covered.console}/unblank", pin="4719")
    assert held == [0.5] * 2 * (FREE_TRIES - 1)
    ana.do(f"{covered.console}/unblank", pin=PIN)
    assert len(held) == 2 * (FREE_TRIES - 1)
    ana.do(f"{covered.console}/blank")
    for _ in range(10):
        ana.do(f"{covered.console}/unblank", pin="4719")
    assert held[-4:] == [LONGEST_SECONDS] * 4, "before it is looked at and before it is answered; by circle and account"
    # Late, and never refused: nobody is locked out.
    assert ana.do(f"{covered.console}/unblank", pin=PIN).status == 303


def test_tries_at_one_circle_make_the_next_of_the_same_account_slow(
    ana: Desk, fay: Desk, covered: Doors, held: list[float]
) -> None:
    for _ in range(6):
        ana.do(f"{covered.console}/unblank", pin="4719")
    for leader, waits in ((ana, [LONGEST_SECONDS, 0.5]), (fay, [0.5, 0.5])):
        other = leader.open("Another", "at-once", PIN)
        leader.do(f"{other.console}/blank")
        held.clear()
        leader.do(f"{other.console}/unblank", pin="4719")
        assert sorted(held[-2:], reverse=True) == waits


def test_the_passphrase_is_not_kept_waiting_for_wrong_pins(ana: Desk, covered: Doors, held: list[float]) -> None:
    for _ in range(10):
        ana.do(f"{covered.console}/unblank", pin="4719")
    held.clear()
    assert ana.do(f"{covered.console}/unblank", passphrase=PASSPHRASE).status == 303
    assert held == []


def test_all_ten_thousand_take_more_than_a_day_and_an_evening_too_few(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += seconds

    monkeypatch.setattr(unlock, "tries", Patience(sleep, clock=lambda: now[0]))
    longest_evening, tried_by_then, slowest = 2.5 * HOURS, 0, 0.0
    for number in range(10_000):
        began = now[0]
        assert not unlock.slowly(("circle", "account"), lambda: False)
        slowest = max(slowest, now[0] - began)
        tried_by_then = tried_by_then if now[0] > longest_evening else number + 1
    assert now[0] > 40 * HOURS
    assert tried_by_then < 10_000 * 0.07, "a circle of 90 minutes closes itself an hour later"
    assert slowest == 4 * LONGEST_SECONDS


def test_tries_sent_at_once_are_looked_at_one_by_one_and_few_may_stand_in_line(
    monkeypatch: pytest.MonkeyPatch, ana: Desk, covered: Doors
) -> None:
    let_go, together, most, guard = Event(), [0], [0], Lock()

    def sleep(_seconds: float) -> None:
        with guard:
            together[0] += 1
            most[0] = max(most[0], together[0])
        assert let_go.wait(30)
        with guard:
            together[0] -= 1

    monkeypatch.setattr(unlock, "tries", Patience(sleep, clock=lambda: 0.0))
    token, cookie = ana.token(), ana.cookie("staff")

    def guess(number: int) -> Page:
        desk = Desk(ana.app)
        desk.keep_cookie("staff", str(cookie))
        return desk.post(f"{covered.console}/unblank", {"csrf_token": token, "pin": str(number)}, script=True)

    guesses = range(4719, 4719 + unlock.MOST_IN_LINE + 5)
    with ThreadPoolExecutor(len(guesses)) as threads:
        sent = [threads.submit(guess, number) for number in guesses]
        answers = []
        for done in as_completed(sent, timeout=30):
            answers.append(done.result())
            if len(answers) == 5:
                let_go.set()
    sentences = [sentence for answer in answers for sentence in answer.errors()]
    assert sentences[:5] == ["That was not looked at. Wait a moment, then try again."] * 5
    assert sentences[5:] == [WRONG] * unlock.MOST_IN_LINE
    assert most[0] == 1, "two tries of one circle were looked at together"
    # Nothing is left of the line.
    assert unlock._lines == {}
    assert ana.do(f"{covered.console}/unblank", pin=PIN).status == 303
