"""The second step at sign-in: added with an app, asked for at the door of staff, needed by every admin."""

import time

import pyotp
import pytest
from flask import Flask

from tests.web.cast import PASSPHRASE, Desk, account, find_id, kept, rows, second_step

PATH = "/staff/account/second-step"
WRONG = "That does not fit together. Look at each line again."


def shown(desk: Desk) -> str:
    """The secret that the page shows, to type into an app."""
    return desk.get(PATH).fields(PATH)["secret"][0]


def add(desk: Desk, secret: str = "", **typed: str) -> list[str]:
    """Add a second step, with an app whose digits are right. Returns the recovery codes that are shown."""
    page = desk.get(PATH)
    secret = secret or page.fields(PATH)["secret"][0]
    done = desk.send(page, PATH, **{"secret": secret, "old": PASSPHRASE, "code": pyotp.TOTP(secret).now()} | typed)
    return ["".join(code.itertext()) for code in done.all("code")]


def later(secret: str) -> str:
    """The digits that come next: good now, and not used yet."""
    return pyotp.TOTP(secret).at(int(time.time()) + 30)


def test_with_it_the_passphrase_alone_is_not_enough(app: Flask, ana: Desk) -> None:
    secret = shown(ana)
    assert len(add(ana, secret)) == 10
    assert Desk(app).sign_in("ana@example.org").errors() == [WRONG]
    assert Desk(app).sign_in("ana@example.org", code=later(secret)).location == "/lead"


def test_the_square_holds_what_the_app_needs(ana: Desk) -> None:
    page = ana.get(PATH)
    secret = page.fields(PATH)["secret"][0]
    assert page.all("svg") and secret in page.words("main").replace(" ", "")


def test_digits_work_once(app: Flask, ana: Desk) -> None:
    secret = shown(ana)
    add(ana, secret)
    digits = later(secret)
    assert Desk(app).sign_in("ana@example.org", code=digits).status == 303
    assert Desk(app).sign_in("ana@example.org", code=digits).errors() == [WRONG]


def test_a_recovery_code_lets_in_once(app: Flask, ana: Desk) -> None:
    codes = add(ana)
    assert Desk(app).sign_in("ana@example.org", code=codes[0]).status == 303
    assert Desk(app).sign_in("ana@example.org", code=codes[0]).errors() == [WRONG]
    assert "9 recovery codes are left." in ana.get(PATH).words("main")


def test_wrong_passphrase_and_wrong_digits_get_the_same_words(app: Flask, ana: Desk, held: list[float]) -> None:
    add(ana)
    answers = set()
    for passphrase, code in ((PASSPHRASE, ""), (PASSPHRASE, "000000"), ("a guess of fourteen", "000000"), ("x", "")):
        held.clear()
        page = Desk(app).sign_in("ana@example.org", passphrase, code)
        answers.add((page.status, *page.errors(), bool(held)))
    assert answers == {(422, WRONG, True)}


def test_a_guess_at_the_passphrase_uses_up_nobodys_digits(app: Flask, ana: Desk) -> None:
    secret = shown(ana)
    add(ana, secret)
    digits = later(secret)
    Desk(app).sign_in("ana@example.org", "a guess of fourteen", digits)
    assert Desk(app).sign_in("ana@example.org", code=digits).status == 303


def test_guessing_digits_is_slowed_and_locks_nobody_out(app: Flask, ana: Desk, held: list[float]) -> None:
    codes = add(ana)
    for guess in range(8):
        Desk(app).sign_in("ana@example.org", code=f"{guess:06}")
    assert held[-1] > held[0]
    assert Desk(app).sign_in("ana@example.org", code=codes[0]).status == 303


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "000000"}, "Those digits do not fit. Wait for the next six, and look at the app’s clock."),
        ({"code": ""}, "Fill this in first."),
        ({"old": "not the kettle at all"}, "That is not your passphrase."),
        ({"old": ""}, "Fill this in first."),
    ],
)
def test_what_is_refused_adds_nothing_and_keeps_the_square(
    typed: dict[str, str], sentence: str, app: Flask, ana: Desk
) -> None:
    page, before = ana.get(PATH), kept(app)
    secret = page.fields(PATH)["secret"][0]
    back = ana.send(page, PATH, **{"old": PASSPHRASE, "code": pyotp.TOTP(secret).now()} | typed)
    assert (back.status, back.errors()) == (422, [sentence])
    assert kept(app) == before and back.fields(PATH)["secret"] == [secret]
    assert len(add(ana, secret)) == 10


@pytest.mark.parametrize("secret", ["", "short", "<b>", "é" * 32, "A" * 64])
def test_a_secret_that_is_none_of_ours_is_not_taken(secret: str, app: Flask, ana: Desk) -> None:
    back = ana.send(ana.get(PATH), PATH, secret=secret, old=PASSPHRASE, code="000000")
    assert back.status == 422 and (not secret or f'value="{secret}"' not in back.text)
    assert rows(app, "recovery_codes") == 0


def test_a_facilitator_may_go_without_again(app: Flask, ana: Desk) -> None:
    add(ana)
    assert ana.send(ana.get(PATH), f"{PATH}/remove", old="wrong").errors() == ["That is not your passphrase."]
    assert Desk(app).sign_in("ana@example.org").status == 422
    assert ana.send(ana.get(PATH), f"{PATH}/remove", old=PASSPHRASE).location == "/staff/account"
    assert Desk(app).sign_in("ana@example.org").status == 303


def test_an_admin_may_not(app: Flask, gus: Desk) -> None:
    before = kept(app)
    assert f"{PATH}/remove" not in gus.get(PATH).actions()
    gus.post(f"{PATH}/remove", {"csrf_token": gus.token(), "old": PASSPHRASE})
    assert kept(app) == before


def test_an_admin_without_one_can_do_nothing_but_add_it(app: Flask) -> None:
    account(app, "ida@example.org", "admin")
    ida = Desk(app)
    assert ida.sign_in("ida@example.org").location == PATH
    assert [ida.get(path).status for path in ("/host", "/people", "/lead", "/people/acts")] == [404] * 4
    assert ida.get("/staff/account").status == 200
    add(ida)
    assert ida.get("/host").status == ida.get("/people").status == 200


def test_another_app_takes_the_place_of_the_first(app: Flask, ana: Desk) -> None:
    old = second_step(app, find_id(app, "ana@example.org"))
    new = add(ana)
    assert Desk(app).sign_in("ana@example.org", code=old[0]).status == 422
    assert Desk(app).sign_in("ana@example.org", code=new[0]).status == 303


def test_recovery_codes_are_shown_once(ana: Desk) -> None:
    codes = add(ana)
    for path in (PATH, "/staff/account"):
        assert not any(code in ana.get(path).text for code in codes)
