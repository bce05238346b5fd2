"""Accounts, as an admin looks after them; invitations; and that no circle can be reached from there."""

import pytest
from flask import Flask

from tests.web.cast import PASSPHRASE, Desk, Ear, Phone, account, desk, find_id, kept, rows

HANA = {"email": "hana@example.org", "passphrase": PASSPHRASE, "name": "Hana"}


def invitation(admin: Desk, role: str) -> str:
    """The path of a link, as the page shows it to be copied."""
    page = admin.send(admin.get("/people"), "/people/invitations", role=role)
    link = "".join(page.all("textarea", id="link")[0].itertext()).strip()
    assert link.startswith(admin.address)
    return link.removeprefix(admin.address)


@pytest.mark.parametrize(
    ("role", "home"),
    [("facilitator", "/lead"), ("housing", "/calendar"), ("admin", "/staff/account/second-step")],
)
def test_an_invitation_makes_one_account_in_the_role_that_was_chosen(
    role: str, home: str, app: Flask, gus: Desk
) -> None:
    path = invitation(gus, role)
    hana = Desk(app)
    assert hana.send(hana.get(path), "", **HANA, role="admin").location == home
    assert hana.get(home).status == 200
    assert Desk(app).get(path).status == 404 and rows(app, "accounts") == 2


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"email": ""}, "Fill this in first."),
        ({"email": "hana"}, "Write an e-mail address, like ana@example.org."),
        ({"email": "gus@example.org"}, "There is an account with this e-mail already."),
        ({"passphrase": "short"}, "Use at least 14 characters. A few words in a row are easy to keep."),
        ({"name": "x" * 61}, "Make it shorter."),
    ],
)
def test_what_is_refused_keeps_the_other_words_and_the_link(
    typed: dict[str, str], sentence: str, app: Flask, gus: Desk
) -> None:
    path, hana = invitation(gus, "facilitator"), Desk(app)
    before = kept(app)
    back = hana.send(hana.get(path), "", **HANA | typed)
    assert (back.status, back.errors()) == (422, [sentence]) and kept(app) == before
    assert back.fields("")["email"] == [(HANA | typed)["email"]]
    assert hana.send(back, "", **HANA).location == "/lead"


@pytest.mark.parametrize("token", ["wrong", "é", "%00", "x" * 3000])
def test_a_link_nobody_made_is_not_there(token: str, app: Flask, gus: Desk) -> None:
    invitation(gus, "admin")
    assert Desk(app).get(f"/staff/invited/{token}").status == 404
    assert rows(app, "accounts") == 1


def test_an_invitation_to_what_is_no_job_here_is_refused(app: Flask, gus: Desk) -> None:
    for role in ("", "member", "owner", "<b>"):
        page = gus.send(gus.get("/people"), "/people/invitations", role=role)
        assert (page.status, page.errors()) == (422, ["Pick from the list."])
    assert rows(app, "invitations") == 0


def test_the_list_tells_who_has_an_account_and_nothing_of_circles(app: Flask, gus: Desk, ana: Desk) -> None:
    circle = ana.open("Tuesday tea")
    Phone(app).join(circle.code)
    ana_id = find_id(app, "ana@example.org")
    for path in ("/people", f"/people/{ana_id}", "/people/acts"):
        page = gus.get(path)
        assert "ana@example.org" in page.words("main")
        assert not any(word in page.text for word in (*circle, "Tuesday tea"))


def test_an_admin_finds_no_way_into_a_circle(app: Flask, gus: Desk, ana: Desk) -> None:
    circle = ana.open()
    assert gus.get(circle.console).status == gus.get("/lead").status == 404
    assert not Ear(gus, circle.id).let_in


def test_an_account_turned_off_is_signed_out_and_its_circle_closes(app: Flask, gus: Desk, ana: Desk) -> None:
    circle = ana.open()
    ben = Phone(app).join(circle.code)
    path = f"/people/{find_id(app, 'ana@example.org')}"
    assert gus.send(gus.get(path), f"{path}/disable").location == path
    assert ana.get("/lead").location == "/staff/sign-in"
    assert "The circle has closed." in ben.here().words("state")
    assert Desk(app).sign_in("ana@example.org").status == 422


def test_an_account_turned_on_again_signs_in(app: Flask, gus: Desk, ana: Desk) -> None:
    path = f"/people/{find_id(app, 'ana@example.org')}"
    gus.send(gus.get(path), f"{path}/disable")
    gus.send(gus.get(path), f"{path}/enable")
    assert Desk(app).sign_in("ana@example.org").status == 303


def test_a_removed_account_can_be_invited_anew(app: Flask, gus: Desk) -> None:
    path = f"/people/{account(app, 'hana@example.org', 'housing')}"
    gus.send(gus.get(path), f"{path}/disable")
    assert gus.send(gus.get(path), f"{path}/remove").location == "/people"
    assert gus.get(path).status == 404
    hana = Desk(app)
    assert hana.send(hana.get(invitation(gus, "housing")), "", **HANA).status == 303


def test_an_account_with_a_circle_is_not_removed_yet(app: Flask, gus: Desk, ana: Desk) -> None:
    ana.open()
    path = f"/people/{find_id(app, 'ana@example.org')}"
    gus.send(gus.get(path), f"{path}/disable")
    page = gus.send(gus.get(path), f"{path}/remove")
    assert (page.status, page.errors()) == (
        422,
        ["A circle of theirs is not erased yet. Try again in a few minutes."],
    )
    assert rows(app, "accounts") == 2


def test_another_job_signs_out_and_closes_the_circle(app: Flask, gus: Desk, ana: Desk) -> None:
    circle = ana.open()
    ben = Phone(app).join(circle.code)
    path = f"/people/{find_id(app, 'ana@example.org')}"
    gus.send(gus.get(path), f"{path}/role", role="housing")
    assert ana.get("/lead").location == "/staff/sign-in"
    again = Desk(app)
    assert again.sign_in("ana@example.org").location == "/calendar"
    assert again.get(circle.console).status == 404 and "The circle has closed." in ben.here().words("state")


def test_an_admin_does_not_change_their_own_account_so(app: Flask, gus: Desk) -> None:
    path, before = f"/people/{find_id(app, 'gus@example.org')}", kept(app)
    for act in ("role", "disable", "enable", "remove"):
        page = gus.post(f"{path}/{act}", {"csrf_token": gus.token(), "role": "housing"})
        assert (page.status, page.errors()) == (422, ["Your own account is changed by another admin."])
    assert gus.get(path).actions() == ["/staff/sign-out"] and kept(app) == before


def test_an_account_that_is_not_there_is_not_there(gus: Desk) -> None:
    nobody = "0" * 20
    assert gus.get(f"/people/{nobody}").status == 404
    for act in ("role", "disable", "enable", "remove"):
        assert gus.post(f"/people/{nobody}/{act}", {"csrf_token": gus.token(), "role": "housing"}).status == 404


def test_nobody_else_sees_or_changes_accounts(app: Flask, ana: Desk, esi: Desk, ben: Phone, stranger: Phone) -> None:
    path, before = f"/people/{find_id(app, 'esi@example.org')}", kept(app)
    for visitor in (ana, esi):
        token = {"csrf_token": visitor.token(), "role": "admin"}
        assert visitor.get("/people").status == visitor.get(path).status == visitor.get("/people/acts").status == 404
        for act in (f"{path}/role", f"{path}/disable", f"{path}/remove", "/people/invitations"):
            assert visitor.post(act, token).status == 404
    for visitor in (ben, stranger):
        assert visitor.get("/people").location == "/staff/sign-in" and visitor.get(path).status == 404
    assert kept(app, "seats") == {name: rows for name, rows in before.items() if name != "seats"}


def test_what_was_done_names_who_did_it(app: Flask, gus: Desk) -> None:
    path = f"/people/{account(app, 'hana@example.org', 'housing')}"
    gus.send(gus.get(path), f"{path}/disable")
    told = gus.get("/people/acts").words("main")
    assert "gus@example.org turned off the account of hana@example.org" in told
    gus.send(gus.get(path), f"{path}/remove")
    assert "turned off the account of a removed account" in gus.get("/people/acts").words("main")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_of_accounts_is_there_in_both_languages(language: str, app: Flask) -> None:
    gus = desk(app, "gus", "admin")
    gus.language = language
    hana = account(app, "hana@example.org", "housing")
    for path in ("/people", f"/people/{hana}", "/people/acts", "/staff/account", "/staff/account/passphrase"):
        page = gus.get(path)
        assert page.status == 200 and page.all("html", lang=language)
