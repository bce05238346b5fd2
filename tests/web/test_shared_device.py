"""A device that several people use: it goes back to the door after each share."""

import pytest
from flask import Flask

from tests.web.cast import Desk, Doors, MakeApp, Phone, desk, rows

READY = "This device is ready for the next person."


def comes_in(phone: Phone, code: str) -> Phone:
    """Come in with the box ticked that says several people use this."""
    phone.knock(code)
    assert phone.send(phone.get("/join"), "/join", shared="yes").location == "/here"
    return phone


def is_marked(phone: Phone) -> bool:
    return any("data-shared" in body.attrib for body in phone.here().root.iter("body"))


def is_wiped(app: Flask, tablet: Phone, seats: int) -> None:
    """At the door, which says so; nothing of ours is left on it, and it counts no more."""
    assert rows(app, "seats") == seats
    assert [tablet.cookie(name) for name in ("circle", "door", "language")] == [None] * 3
    door = tablet.get("/")
    assert door.status == 200 and READY in door.words() and "from the tablet" not in door.text
    assert tablet.cookie("shared") is None and tablet.here().location == "/"


@pytest.fixture
def tablet(app: Flask, circle: Doors) -> Phone:
    return comes_in(Phone(app), circle.code)


def test_the_box_is_there_and_not_ticked(circle: Doors, stranger: Phone) -> None:
    stranger.knock(circle.code)
    (box,) = stranger.get("/join").all("input", name="shared")
    assert box.attrib["type"] == "checkbox" and "checked" not in box.attrib


def test_ticked_it_is_remembered_on_the_device_and_the_page_knows(tablet: Phone) -> None:
    assert tablet.cookie("shared") == "yes"
    assert tablet.here().data("shared") == "/here/goodbye"


def test_not_ticked_it_is_not(circle: Doors, ben: Phone, tablet: Phone) -> None:
    assert ben.cookie("shared") is None and not is_marked(ben)
    tablet.join(circle.code)
    assert tablet.cookie("shared") is None and not is_marked(tablet)


@pytest.mark.parametrize("kind", ["check-ins", "notes"])
def test_after_a_share_by_page_it_has_left(kind: str, app: Flask, tablet: Phone, ben: Phone) -> None:
    answer = tablet.share("from the tablet", kind=kind)
    # See the other page: a reload there sends nothing, and nothing in its address stays in the history.
    assert (answer.status, answer.location) == (303, "/")
    is_wiped(app, tablet, seats=1)
    assert ben.here().said(kind.replace("-", "")) == ["from the tablet"]


def test_a_script_gets_its_answer_first_and_leaves_by_itself(app: Flask, tablet: Phone) -> None:
    answer = tablet.share("from the tablet", script=True)
    assert answer.status == 200 and answer.mine != [] and tablet.here().status == 200
    assert tablet.post(tablet.here().data("shared")).location == "/"
    is_wiped(app, tablet, seats=0)


def test_the_language_is_the_next_persons_own_to_choose(tablet: Phone) -> None:
    tablet.post("/language", {"language": "es"})
    tablet.share("de la tableta")
    assert tablet.cookie("language") is None and READY in tablet.get("/").words()


def test_the_door_says_it_once_and_to_that_device_alone(tablet: Phone, stranger: Phone) -> None:
    tablet.share("from the tablet")
    assert READY in tablet.get("/").words()
    for door in (tablet.get("/"), stranger.get("/")):
        assert READY not in door.words()


def test_a_wrong_code_does_not_end_it_and_coming_in_does(circle: Doors, tablet: Phone) -> None:
    tablet.share("from the tablet")
    tablet.knock("100 000 000")
    assert tablet.cookie("shared") == "ready"
    tablet.join(circle.code)
    assert tablet.cookie("shared") is None and not is_marked(tablet)


def test_a_device_of_ones_own_leaves_with_a_kind_word_instead(ben: Phone) -> None:
    ben.keep_cookie("shared", "ready")
    assert "Thank you for coming." in ben.post("/here/goodbye").words()
    assert ben.cookie("shared") is None and READY not in ben.get("/").words()


def test_refused_it_stays_with_what_was_typed(tablet: Phone) -> None:
    back = tablet.share("x" * 1001)
    assert back.status == 422 and back.fields("/here/check-ins")["text"] == ["x" * 1001]
    assert tablet.cookie("shared") == "yes" and tablet.here().status == 200


def test_the_next_person_is_someone_new_and_has_nothing_of_the_one_before(app: Flask, ana: Desk) -> None:
    circle = ana.open("Handfuls")
    tablet = comes_in(Phone(app), circle.code)
    before = tablet.cookie("circle")
    tablet.share("of the one before")
    comes_in(tablet, circle.code)
    assert tablet.cookie("circle") != before and "of the one before" not in tablet.here().text
    assert rows(app, "shares") == rows(app, "seats") == 1


def test_anybody_elses_phone_stays_after_a_share(tablet: Phone, ben: Phone) -> None:
    assert ben.share("from a phone").location == "/here" and ben.here().mine != []
    assert tablet.here().status == 200


def test_another_word_in_the_cookie_means_nothing(ben: Phone) -> None:
    for forged in ("", "no", "1", "YES", "ready", "a" * 3000, "é"):
        ben.keep_cookie("shared", forged)
        assert not is_marked(ben) and ben.share("stays").location == "/here"


def test_over_https_the_browser_guards_that_cookie_too(make_app: MakeApp, held: list[float]) -> None:
    app = make_app("secure", ADDRESS="https://circle.test")
    tablet = comes_in(Phone(app), desk(app, "ana").open().code)
    assert tablet.cookie("__Host-shared") == "yes" and tablet.cookie("shared") is None and is_marked(tablet)
    answer = tablet.share("from the tablet")
    # Clearing cookies here would clear the one that tells the door, too. Each of ours is dropped by its name.
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert tablet.cookie("__Host-circle") is None and READY in tablet.get("/").words()
    assert tablet.cookie("__Host-shared") is None
