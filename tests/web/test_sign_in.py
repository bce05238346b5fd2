"""Staff sign in and out. The words and the work are the same whether an account exists or not."""

import pytest
from flask import Flask

from sessions import passphrases
from tests.web.cast import PASSPHRASE, Desk, Doors, Phone, account, kept, rows


@pytest.mark.parametrize(
    ("role", "home"), [("facilitator", "/lead"), ("admin", "/staff/account/second-step"), ("housing", "/calendar")]
)
def test_each_role_begins_at_its_own_page(role: str, home: str, app: Flask) -> None:
    account(app, "ana@example.org", role)
    desk = Desk(app)
    assert desk.sign_in("ana@example.org").location == home
    assert desk.get(home).status == 200


def test_the_address_may_be_typed_in_capitals_and_with_spaces(app: Flask) -> None:
    account(app, "ana@example.org", "facilitator")
    assert Desk(app).sign_in("  Ana@Example.ORG ").status == 303


@pytest.fixture
def wrong(app: Flask) -> dict[str, tuple[str, str]]:
    """An address and a passphrase that do not fit, in every way there is."""
    account(app, "ana@example.org", "facilitator")
    account(app, "fay@example.org", "facilitator")
    return {
        "wrong passphrase": ("ana@example.org", "not the kettle at all"),
        "almost right": ("ana@example.org", PASSPHRASE + "x"),
        "another case": ("ana@example.org", PASSPHRASE.title()),
        "unknown account": ("eve@example.org", PASSPHRASE),
        "no address": ("ana", PASSPHRASE),
        "sql": ("' OR 1=1 --", "' OR 1=1 --"),
        "10 kB": ("ana@example.org", "x" * 10_000),
        "nul": ("ana@example.org\x00", PASSPHRASE + "\x00"),
    }


def test_everything_wrong_gets_the_same_words(app: Flask, wrong: dict[str, tuple[str, str]], held: list[float]) -> None:
    answers = set()
    for email, passphrase in wrong.values():
        held.clear()
        desk = Desk(app)
        page = desk.sign_in(email, passphrase)
        answers.add((page.status, *page.errors(), bool(held)))
        assert passphrase not in page.text or passphrase == email
        assert desk.get("/lead").location == "/staff/sign-in"
    assert answers == {(422, "That does not fit together. Look at each line again.", True)}
    assert rows(app, "sign_ins") == 0


def test_unknown_and_known_accounts_cost_the_same_work(
    app: Flask, wrong: dict[str, tuple[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = []
    real = passphrases.fits
    monkeypatch.setattr(passphrases, "fits", lambda *both: checked.append(both[0][:9]) or real(*both))
    for email in ("ana@example.org", "eve@example.org"):
        Desk(app).sign_in(email, "not the kettle at all")
    assert len(checked) == 2 and set(checked) == {"$argon2id"}


def test_an_empty_form_says_what_to_fill_in_and_keeps_the_rest(app: Flask) -> None:
    page = Desk(app).sign_in("ana@example.org", "")
    assert (page.status, page.errors()) == (422, ["Fill this in first."])
    assert page.fields("")["email"] == ["ana@example.org"]


def test_wrong_tries_slow_one_account_and_lock_nobody_out(app: Flask, held: list[float]) -> None:
    account(app, "ana@example.org", "facilitator")
    account(app, "fay@example.org", "facilitator")
    for _ in range(10):
        Desk(app).sign_in("ana@example.org", "a guess of fourteen")
    assert held[-1] > held[0]
    held.clear()
    assert Desk(app).sign_in("fay@example.org").status == 303 and held == []
    assert Desk(app).sign_in("ana@example.org").status == 303  # late, but in


def test_a_cookie_from_before_signing_in_is_worth_nothing(app: Flask) -> None:
    account(app, "ana@example.org", "facilitator")
    desk = Desk(app)
    desk.get("/staff/sign-in")
    before = desk.cookie("staff")
    desk.sign_in("ana@example.org")
    assert desk.cookie("staff") != before
    old = Desk(app)
    old.keep_cookie("staff", before)
    assert old.get("/lead").location == "/staff/sign-in"


def test_signing_in_again_ends_the_earlier_sign_in_of_that_browser(app: Flask, ana: Desk, fay: Desk) -> None:
    before = ana.cookie("staff")
    ana.sign_in("ana@example.org")
    old = Desk(app)
    old.keep_cookie("staff", before)
    assert old.get("/lead").location == "/staff/sign-in"
    assert ana.get("/lead").status == fay.get("/lead").status == 200
    assert rows(app, "sign_ins") == 2


def test_the_cookie_carries_no_hash_of_address_or_browser(app: Flask, ana: Desk) -> None:
    with ana.web.session_transaction(base_url=ana.address) as carried:
        assert set(carried) <= {"_user_id", "_fresh", "csrf_token"}
        assert "ana" not in str(dict(carried))


def test_signing_out_ends_it_on_the_server_too(app: Flask, ana: Desk, fay: Desk) -> None:
    before = ana.cookie("staff")
    assert ana.send(ana.get("/lead"), "/staff/sign-out").location == "/staff/sign-in"
    ana.keep_cookie("staff", before)
    assert ana.get("/lead").location == "/staff/sign-in"
    assert fay.get("/lead").status == 200 and rows(app, "sign_ins") == 1


def test_signing_out_needs_the_token_of_its_page(ana: Desk, fay: Desk) -> None:
    for token in ("", "x", fay.token()):
        assert ana.post("/staff/sign-out", {"csrf_token": token}).status == 403
    assert ana.get("/staff/sign-out").status == 404
    assert ana.get("/lead").status == 200


def test_a_member_a_stranger_and_a_forger_are_not_signed_in(
    app: Flask, circle: Doors, ben: Phone, stranger: Phone, ana: Desk
) -> None:
    for visitor in (ben, stranger):
        assert visitor.get("/staff/account").location == "/staff/sign-in"
        assert visitor.post("/staff/sign-out", {"csrf_token": "x"}).status == 404
    for forged in ("x", ana.cookie("staff")[:-2], ben.cookie("circle"), "a" * 4000):
        stranger.keep_cookie("staff", forged)
        assert stranger.get("/lead").location == "/staff/sign-in"


def test_signing_in_needs_the_token_of_its_page(app: Flask) -> None:
    account(app, "ana@example.org", "facilitator")
    desk, before = Desk(app), kept(app)
    fields = {"email": "ana@example.org", "passphrase": PASSPHRASE}
    assert desk.post("/staff/sign-in", fields).status == 403
    assert kept(app) == before


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example"])
def test_next_is_ignored(to: str, app: Flask) -> None:
    account(app, "ana@example.org", "facilitator")
    desk = Desk(app)
    token = desk.get(f"/staff/sign-in?next={to}").fields("")["csrf_token"]
    form = {"csrf_token": token, "email": "ana@example.org", "passphrase": PASSPHRASE, "next": to}
    assert desk.post(f"/staff/sign-in?next={to}", form).location == "/lead"
