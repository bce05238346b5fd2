"""Somebody's own account: their passphrase, where they are signed in, what was done with it."""

import pytest
from flask import Flask

from sessions import sign_ins
from tests.web.cast import PASSPHRASE, Desk, Phone, account, desk, find_id, kept, rows

NEW = "two kettles and a cup"
PATH = "/staff/account/passphrase"


def test_who_knows_the_old_passphrase_sets_a_new_one(app: Flask, ana: Desk) -> None:
    assert ana.send(ana.get(PATH), "", old=PASSPHRASE, passphrase=NEW).location == "/staff/account"
    assert Desk(app).sign_in("ana@example.org").status == 422
    assert Desk(app).sign_in("ana@example.org", NEW).status == 303


def test_with_a_new_passphrase_every_other_browser_is_signed_out(app: Flask, ana: Desk, fay: Desk) -> None:
    lost = Desk(app)
    lost.sign_in("ana@example.org")
    ana.send(ana.get(PATH), "", old=PASSPHRASE, passphrase=NEW)
    assert lost.get("/lead").location == "/staff/sign-in"
    assert ana.get("/lead").status == fay.get("/lead").status == 200


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"old": "not the kettle at all"}, "That is not your passphrase."),
        ({"old": ""}, "Fill this in first."),
        ({"passphrase": ""}, "Fill this in first."),
        ({"passphrase": "thirteen char"}, "Use at least 14 characters. A few words in a row are easy to keep."),
        ({"passphrase": "passwordpassword"}, "Others would guess that. Take some words that have nothing in common."),
        ({"passphrase": "x" * 1025}, "Use at least 14 characters. A few words in a row are easy to keep."),
    ],
)
def test_what_is_refused_changes_nothing(typed: dict[str, str], sentence: str, app: Flask, ana: Desk) -> None:
    page, before = ana.get(PATH), kept(app)
    back = ana.send(page, "", **({"old": PASSPHRASE, "passphrase": NEW} | typed))
    assert (back.status, back.errors()) == (422, [sentence])
    assert kept(app) == before and not any(word and word in back.text for word in typed.values())


def test_guessing_the_old_passphrase_in_an_open_browser_is_slowed(app: Flask, ana: Desk, held: list[float]) -> None:
    for _ in range(8):
        ana.send(ana.get(PATH), "", old="a guess of fourteen", passphrase=NEW)
    assert held[-1] > held[0] and Desk(app).sign_in("ana@example.org").status == 303


def test_signing_out_everywhere_ends_every_browser_of_this_account_alone(app: Flask, ana: Desk, fay: Desk) -> None:
    other = Desk(app)
    other.sign_in("ana@example.org")
    assert ana.send(ana.get("/staff/account"), f"{PATH[:14]}/sign-out-everywhere").location == "/staff/sign-in"
    for gone in (ana, other):
        assert gone.get("/lead").location == "/staff/sign-in"
    assert fay.get("/lead").status == 200 and rows(app, "sign_ins") == 1


def test_where_i_am_signed_in_is_listed_and_ended_one_by_one(app: Flask, ana: Desk, fay: Desk) -> None:
    path = "/staff/account/sign-ins/end"
    tablet, phone = Desk(app), Desk(app)
    for other in (tablet, phone):
        other.sign_in("ana@example.org")
    first, second = (box.attrib["value"] for box in ana.get("/staff/account").all("input", name="place"))
    assert fay.get("/staff/account").words("main").count("this browser") == 1 and rows(app, "sign_ins") == 4
    assert ana.post(path, {"csrf_token": ana.token(), "place": first}).location == "/staff/account"
    assert sorted(other.get("/lead").status for other in (tablet, phone)) == [200, 303]
    for name in (first, "x", ""):
        ana.post(path, {"csrf_token": ana.token(), "place": name})
    fay.post(path, {"csrf_token": fay.token(), "place": second})
    assert rows(app, "sign_ins") == 3, "ended twice, unknown or another's: nothing has changed"


def test_a_cookie_kept_from_before_opens_nothing_afterwards(ana: Desk) -> None:
    before = ana.cookie("staff")
    ana.send(ana.get("/staff/account"), "/staff/account/sign-out-everywhere")
    ana.keep_cookie("staff", before)
    assert ana.get("/lead").location == "/staff/sign-in"


def test_what_was_done_with_my_account_is_shown_to_me_and_not_what_others_did(ana: Desk, fay: Desk) -> None:
    ana.send(ana.get(PATH), "", old=PASSPHRASE, passphrase=NEW)
    mine, hers = ana.get("/staff/account").words("main"), fay.get("/staff/account").words("main")
    assert "changed their passphrase" in mine and "signed in" in mine
    assert "changed their passphrase" not in hers and "ana@example.org" not in hers


def test_a_circle_is_shown_by_its_day_and_without_its_words(app: Flask, ana: Desk) -> None:
    circle = ana.open("Tuesday tea")
    Phone(app).join(circle.code).share("the words")
    page = ana.get("/staff/account")
    line = next(row for row in page.all("li") if "opened a circle" in "".join(row.itertext()))
    assert ":" not in "".join(line.itertext()) and not any(word in page.text for word in (*circle, "Tuesday tea"))


def test_an_account_turned_off_is_as_unknown_as_one_that_never_was(app: Flask, gus: Desk, held: list[float]) -> None:
    hana = account(app, "hana@example.org", "housing")
    gus.post(f"/people/{hana}/disable", {"csrf_token": gus.token()})
    answers = []
    for email in ("hana@example.org", "nobody@example.org"):
        held.clear()
        page = Desk(app).sign_in(email)
        answers.append((page.status, page.errors(), bool(held)))
    assert answers[0] == answers[1] == (422, ["That does not fit together. Look at each line again."], True)


def test_an_account_without_a_circle_is_signed_out_when_idle(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    esi = desk(app, "esi", "housing")
    assert esi.get("/staff/account").status == 200
    monkeypatch.setattr(sign_ins, "IDLE_SECONDS", -1)
    assert esi.get("/staff/account").location == "/staff/sign-in"
    assert find_id(app, "esi@example.org")
