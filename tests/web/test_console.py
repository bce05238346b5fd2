"""The console: the doors, the wall, how many wait; nothing from anywhere else."""

import re

from flask import Flask

from tests.web.cast import Desk, Doors, MakeApp, Phone, desk


def test_it_shows_the_code_in_threes(ana: Desk, circle: Doors, stranger: Phone) -> None:
    (code,) = ana.get(circle.console).all("p", **{"data-code": ""})
    assert re.fullmatch(r"[1-9]\d\d \d{3} \d{3}", code.text)
    assert stranger.knock(code.text).location == "/join"


def test_the_qr_is_inline_and_nothing_comes_from_elsewhere(ana: Desk, circle: Doors) -> None:
    page = ana.get(circle.console)
    (qr,) = page.all("div", **{"class": "qr"})
    assert len(list(qr.iter("svg"))) == 1 and not list(qr.iter("image"))
    assert "style" not in {name for one in qr.iter() for name in one.attrib}
    for element in page.root.iter():
        for name in ("src", "href", "action"):
            assert re.match(r"/(?!/)|#|tel:|sms:|$", element.attrib.get(name, ""))
    # The link is in the picture alone.
    assert circle.link not in page.text


def test_the_address_to_type_is_the_configured_one(make_app: MakeApp, held: list[float]) -> None:
    app = make_app(ADDRESS="https://circle.test")
    ana = desk(app, "ana")
    assert '<p class="address">circle.test</p>' in ana.get(ana.open().console).text


def test_the_wall_carries_the_leaders_controls(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    ben.share("on the wall")
    cleo.note("a note")
    page = ana.get(circle.console)
    assert (page.said("checkins"), page.said("notes")) == (["on the wall"], ["a note"])
    for share_id in page.ids("checkins") + page.ids("notes"):
        at = f"{circle.console}/shares/{share_id.removeprefix('share-')}"
        assert {f"{at}/set-aside", f"{at}/wipe"} <= set(page.actions())
        assert f"{at}/take-back" not in page.text


def test_of_what_waits_only_the_number_is_told(app: Flask, ana: Desk, fay: Desk, dov: Phone) -> None:
    circle = ana.open()
    ben, cleo = Phone(app).join(circle.code), Phone(app).join(circle.code)
    dov.share("elsewhere")
    assert ana.get(circle.console).words("waiting") == ""
    ben.share("first words")
    assert ana.get(circle.console).words("waiting") == "1 is waiting Its writer can show it alone."
    cleo.note("second words")
    page = ana.get(circle.console)
    assert page.words("waiting") == "2 are waiting Show them"
    assert "words" not in page.text.partition('id="waiting"')[2].partition("</div>")[0]
    assert "first words" not in page.text and "second words" not in page.text


def test_who_pays_me_and_what_i_must_report_are_there_to_say_aloud(ana: Desk, circle: Doors) -> None:
    assert "Who pays me: not written down yet" in ana.get(circle.console).words()
    ana.send(ana.get("/staff/account"), "", paid_by="Hazel Street Clinic", must_report="A child being hurt.")
    words = ana.get(circle.console).words()
    assert "Who pays me: Hazel Street Clinic" in words and "What I must report: A child being hurt." in words


def test_help_blank_and_close_are_there(ana: Desk, circle: Doors) -> None:
    page = ana.get(circle.console)
    assert {f"{circle.console}/blank", f"{circle.console}/close"} <= set(page.actions())
    assert "Call 911" in page.words("help")


def test_no_phone_and_no_member_is_listed(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    ben.here()
    page = ana.get(circle.console)
    assert ben.cookie("circle") not in page.text and "phones here: 1" in page.words()


def test_it_is_there_for_its_own_leader_alone(
    circle: Doors, ben: Phone, dov: Phone, fay: Desk, esi: Desk, gus: Desk, stranger: Phone
) -> None:
    ben.share("nobody else")
    for other in (fay, esi, gus, ben, dov, stranger):
        page = other.get(circle.console)
        assert page.status == 404
        for secret in (*circle, "nobody else", "Tuesday circle"):
            assert secret not in page.text
