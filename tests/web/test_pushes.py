"""Kept, then told: what each audience hears, in its own words, and what it must not hear."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import event

from tests.web.cast import Desk, Doors, Ear, Phone, kept

Listen = Callable[..., Ear]


def test_a_share_is_heard_as_the_page_shows_it(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, dov: Phone, listen: Listen
) -> None:
    member, leader, elsewhere = listen(cleo), listen(ana, circle.id), listen(dov)
    ben.share("heard", tags=["set:sleep"])
    (push,) = member.heard()
    ((op, target, html),) = push["ops"]
    assert (push["v"], op, target) == (2, "append", "checkins")
    assert html.strip() in cleo.here().text
    ((leaders,),) = [[op for op in push["ops"] if op[1] == "checkins"] for push in leader.heard()]
    assert leaders[2].strip() in ana.get(circle.console).text and "set-aside" in leaders[2]
    assert "form" not in html and "lead" not in html
    assert elsewhere.heard() == []


def test_each_language_hears_its_own(app: Flask, circle: Doors, ben: Phone, cleo: Phone, listen: Listen) -> None:
    dona = Phone(app, "es").join(circle.code)
    english, spanish = listen(cleo), listen(dona)
    ben.share(tags=["set:sleep"])
    assert "sleep" in english.ops()[0][2] and "sueño" in spanish.ops()[0][2]


def test_of_what_waits_members_hear_a_version_and_no_more(app: Flask, ana: Desk, listen: Listen) -> None:
    circle = ana.open()
    ben, cleo = Phone(app).join(circle.code), Phone(app).join(circle.code)
    member, leader = listen(cleo), listen(ana, circle.id)
    ben.share("not up yet")
    assert member.heard() == [{"v": 2, "ops": []}]
    assert [op[1] for op in leader.ops()] == ["waiting"]
    (taken,) = [one for one in ben.here().actions() if one.endswith("/take-back")]
    ben.send(ben.here(), taken)
    assert member.heard() == [{"v": 3, "ops": []}]


def test_a_handful_is_one_push(app: Flask, ana: Desk, listen: Listen) -> None:
    circle = ana.open()
    phones = [Phone(app).join(circle.code) for _ in range(3)]
    ear = listen(phones[0])
    for number, phone in enumerate(phones):
        phone.share(f"share {number}")
    pushes = ear.heard()
    assert [(push["v"], len(push["ops"])) for push in pushes] == [(2, 0), (3, 0), (4, 3)]
    assert [f"share-{one}" for one in phones[0].here().mine] != []


def test_set_aside_restored_and_wiped(ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Listen) -> None:
    ben.share("a seller's name")
    (mine,) = ben.here().mine
    at, member, leader = f"{circle.console}/shares/{mine}", listen(cleo), listen(ana, circle.id)
    ana.do(f"{at}/set-aside")
    assert member.ops() == [["remove", f"share-{mine}", ""]]
    assert [op[:2] for op in leader.ops()] == [["replace", f"share-{mine}"]]
    ana.do(f"{at}/restore")
    ((op, target, html),) = member.ops()
    assert (op, target) == ("replace", "checkins") and "seller" in html and "form" not in html
    ana.do(f"{at}/set-aside")
    member.heard()
    ana.do(f"{at}/wipe")
    # Members heard that it went when it was set aside. Now they hear a version, and nothing of it.
    assert "seller" not in str(member.ops())


def test_a_reworded_rule_is_heard(ana: Desk, circle: Doors, cleo: Phone, listen: Listen) -> None:
    member, leader = listen(cleo), listen(ana, circle.id)
    ana.do(f"{circle.console}/rules", words="Tea first.")
    ((op, target, html),) = member.ops()
    assert (op, target) == ("replace", "rules") and "Tea first." in html and "form" not in html
    assert "form" in leader.ops()[0][2]


def test_the_close_takes_every_word_off_the_screens(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Listen
) -> None:
    ben.share("until the close")
    ear = listen(cleo)
    ana.do(f"{circle.console}/close")
    (push,) = ear.heard()
    assert {op[1] for op in push["ops"]} == {"state", "now", "checkins", "notes", "rules"}
    assert "The circle has closed." in str(push) and "until the close" not in str(push)


def test_the_erase_says_it_is_gone(ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Listen) -> None:
    ben.share("until the close")
    ana.do(f"{circle.console}/close")
    ear = listen(cleo)
    ana.do(f"{circle.console}/erase")
    ((op, target, html),) = ear.heard("gone")[0]["ops"]
    assert (op, target) == ("replace", "state") and "It is gone." in html


def test_what_is_refused_is_told_to_nobody(circle: Doors, ben: Phone, cleo: Phone, listen: Listen) -> None:
    ear = listen(cleo)
    for text in ("", "a" * 1001):
        assert ben.share(text).status == 422
    assert ear.heard() == []


def test_what_could_not_be_kept_is_told_to_nobody(app: Flask, ben: Phone, cleo: Phone, listen: Listen) -> None:
    page, ear, before = ben.here(), listen(cleo), kept(app)
    engine = app.extensions["database"].engine

    def disk_full(_connection: object) -> None:
        raise OSError("no space left on device")

    event.listen(engine, "commit", disk_full)
    assert ben.send(page, "/here/check-ins", text="not durable").status == 500
    event.remove(engine, "commit", disk_full)
    assert ear.heard() == [] and kept(app) == before
    assert ben.send(page, "/here/check-ins", text="not durable").status == 303
    assert len(ear.ops()) == 1


def test_only_members_and_their_leader_may_listen(
    circle: Doors, ana: Desk, fay: Desk, esi: Desk, gus: Desk, ben: Phone, dov: Phone, stranger: Phone, listen: Listen
) -> None:
    assert listen(ben).let_in and listen(ana, circle.id).let_in
    for other in (fay, esi, gus, dov, stranger):
        assert not listen(other, circle.id).let_in
    for other in (ana, fay, esi, gus, stranger):
        assert not listen(other).let_in


@pytest.mark.parametrize("end", ["leave", "close"])
def test_a_cookie_that_ended_may_not_listen(
    end: str, ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Listen
) -> None:
    old = ben.cookie("circle")
    if end == "leave":
        ben.post("/here/leave")
    else:
        for action in ("close", "erase"):
            ana.do(f"{circle.console}/{action}")
    ben.keep_cookie("circle", old)
    assert not listen(ben).let_in
