"""What holds of answers whichever page gives them: what they say they are, and what is on every page of staff."""

import pytest
from flask import Flask

from tests.web.cast import Desk, Doors, Phone
from tests.web.pages import Page

STAFF_PAGES = ("/staff/account", "/staff/account/passphrase", "/staff/account/second-step")


def test_every_answer_says_what_it_is(app: Flask, ana: Desk, circle: Doors, ben: Phone, stranger: Phone) -> None:
    pages = [stranger.get(path) for path in ("/", "/what-we-keep", "/staff/sign-in", "/nothing", "/healthz")]
    pages += [ben.here(), ben.share(""), ben.post("/here/notes", {}), ana.get(circle.console)]
    pages += [stranger.get("/", headers={"X-Long": "x" * 100_000}), ben.post("/here/notes", {"text": "x" * 70_000})]
    pages += [stranger.get(stranger.file("base.css")), stranger.get("/socket.io/?EIO=4&transport=polling")]
    said = [(page.path, page.status, page.headers.get("Content-Type", "")) for page in pages]
    assert [one for one in said if not one[2].lower().endswith("; charset=utf-8")] == []
    assert said[0][2].startswith("text/html") and {status for _, status, _ in said} >= {200, 403, 404, 413, 422, 431}


@pytest.mark.parametrize("path", ["/", "/here", "/lead", "/nothing", "/static/x"])
def test_trace_is_not_there(path: str, ben: Phone) -> None:
    page = ben.ask("TRACE", path, headers={"X-Marker": "sent back"})
    assert page.status == 404 and "sent back" not in page.text


def test_passphrases_are_covered_and_may_be_filled_in_by_a_manager(app: Flask, ana: Desk, stranger: Phone) -> None:
    fields = [
        field
        for page in (stranger.get("/staff/sign-in"), *map(ana.get, STAFF_PAGES[1:]))
        for field in page.root.iter("input")
        if field.attrib.get("autocomplete") in ("current-password", "new-password")
    ]
    assert len(fields) >= 4
    assert {field.attrib["type"] for field in fields} == {"password"}
    assert not any("onpaste" in field.attrib for field in fields)


def test_signing_out_is_on_every_page_of_staff(ana: Desk, esi: Desk, gus: Desk, circle: Doors) -> None:
    def offers(page: Page) -> bool:
        return page.status == 200 and "/staff/sign-out" in page.actions()

    assert all(offers(person.get(path)) for person in (ana, esi, gus) for path in STAFF_PAGES)
    assert offers(ana.get("/lead")) and offers(gus.get("/host")) and offers(gus.get("/people"))
    assert offers(ana.get(circle.console))


def test_a_signed_cookie_of_one_kind_is_worth_nothing_as_the_other(app: Flask, circle: Doors, ana: Desk) -> None:
    phone = Phone(app)
    phone.knock(circle.code)
    ticket, signed_in = phone.cookie("door"), ana.cookie("staff")
    assert ticket and signed_in
    forger = Desk(app)
    forger.keep_cookie("staff", ticket)
    forger.keep_cookie("door", signed_in)
    assert forger.get("/lead").location == "/staff/sign-in"
    assert forger.get("/join").location == "/"
