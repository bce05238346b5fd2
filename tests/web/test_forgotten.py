"""Proof of forgetting: a phone asks once more for what it wrote, and is told whether anything is there."""

from flask import Flask

from tests.web.cast import Desk, Doors, Phone, kept
from tests.web.pages import Page

STILL_THERE = "Something this phone wrote is still there. Tell the leader."
NOTHING_THERE = "This phone asked once more for what it wrote: nothing there."
WROTE_NOTHING = "Nothing of this phone’s is there."
JUNK = ["", "x", "../..", "' OR 1=1 --", "%", "\x00", "é🦊", "a" * 5000]


def wrote(phone: Phone) -> list[str]:
    """What the phone's page would ask for."""
    own = phone.here().find("own")
    assert own is not None
    return own.attrib["data-wrote"].split()


def ask(phone: Phone, share_ids: list[str]) -> Page:
    """Ask as the page's script does, without a token."""
    return phone.post("/forgotten", {"share": share_ids}, script=True)


def erase(ana: Desk, circle: Doors) -> None:
    ana.do(f"{circle.console}/close")
    assert ana.do(f"{circle.console}/erase").location == "/lead"


def test_after_it_the_phone_keeps_no_cookie_of_the_circle(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, dov: Phone
) -> None:
    asked = wrote(ben)
    ask(ben, asked)
    assert ben.cookie("circle") and ben.here().status == 200
    erase(ana, circle)
    ask(ben, asked)
    assert ben.cookie("circle") is None
    # A phone that slept through it is sent to the door, without its cookie.
    assert cleo.here().location == "/" and cleo.cookie("circle") is None
    ask(dov, [])
    assert dov.cookie("circle") and dov.here().status == 200


def test_before_the_erase_something_is_there_and_after_it_nothing(ana: Desk, circle: Doors, ben: Phone) -> None:
    ben.share("on the wall")
    ben.note("another")
    asked = wrote(ben)
    assert len(asked) == 2 and ask(ben, asked).words() == STILL_THERE
    erase(ana, circle)
    answer = ask(ben, asked)
    assert (answer.status, answer.words()) == (200, NOTHING_THERE)


def test_what_waits_and_what_was_set_aside_are_asked_for_too(app: Flask, ana: Desk) -> None:
    circle = ana.open("Handfuls")
    ben, cleo = Phone(app).join(circle.code), Phone(app).join(circle.code)
    for phone in (ben, cleo):
        phone.share("up")
    ana.do(f"{circle.console}/waiting/show")
    ana.do(f"{circle.console}/shares/{ben.here().mine[0]}/set-aside")
    ben.share("not up yet")
    asked = wrote(ben)
    assert len(asked) == 2 and ask(ben, asked[:1]).words() == ask(ben, asked[1:]).words() == STILL_THERE
    erase(ana, circle)
    assert ask(ben, asked).words() == NOTHING_THERE


def test_a_page_opened_after_the_close_knows_it_still(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    ben.share("mine")
    before = wrote(ben)
    ana.do(f"{circle.console}/close")
    assert wrote(ben) == before != [] and ben.here().mine == [] and wrote(cleo) == []


def test_who_wrote_nothing_is_told_so(cleo: Phone, ben: Phone) -> None:
    ben.share("his")
    assert wrote(cleo) == [] and ask(cleo, []).words() == WROTE_NOTHING


def test_of_a_share_still_there_the_answer_says_nothing_more(
    app: Flask, ben: Phone, dov: Phone, stranger: Phone
) -> None:
    ben.share("ben's very words", tags=["set:sleep"])
    asked, before = wrote(ben), kept(app)
    answers = [ask(phone, asked) for phone in (ben, dov, stranger)]
    # Ids are random; whoever has one learns no more than the phone itself.
    assert len({answer.text for answer in answers}) == 1
    assert "ben's" not in answers[0].text and "sleep" not in answers[0].text and asked[0] not in answers[0].text
    assert "<html" not in answers[0].text and kept(app) == before


def test_another_circles_shares_stay(ana: Desk, circle: Doors, ben: Phone, dov: Phone) -> None:
    ben.share("goes")
    dov.share("stays")
    mine, his = wrote(ben), wrote(dov)
    erase(ana, circle)
    assert ask(ben, mine).words() == NOTHING_THERE and ask(dov, his).words() == STILL_THERE


def test_what_is_no_id_is_passed_over(app: Flask, ben: Phone) -> None:
    ben.share("stays")
    before = kept(app)
    for junk in JUNK:
        assert ask(ben, [junk]).words() == WROTE_NOTHING
    assert ask(ben, [*JUNK, *wrote(ben)]).words() == STILL_THERE
    assert kept(app) == before


def test_more_than_anybody_writes_is_answered_too(ben: Phone) -> None:
    assert ask(ben, [f"{number:020d}" for number in range(1000)]).words() == NOTHING_THERE


def test_it_is_said_in_the_phones_language(app: Flask, circle: Doors) -> None:
    dona = Phone(app, "es").join(circle.code)
    answer = ask(dona, [])
    assert answer.status == 200 and answer.words() not in ("", WROTE_NOTHING)


def test_it_is_asked_by_a_post_of_our_own_pages_alone(ben: Phone) -> None:
    assert ben.here().data("forgotten") == "/forgotten"
    assert ben.get("/forgotten").status == 404
    assert ben.post("/forgotten", {"share": []}, headers={"Origin": "https://evil.example"}).status == 403
