"""Coming in: by a post alone, as someone new each time, up to as many as the circle holds."""

import pytest
from flask import Flask
from sqlalchemy import update

from facilitator import clock
from sessions.circle.circles import Circle
from tests.web.cast import Desk, Doors, Phone, kept, rows


def test_a_phone_comes_in(app: Flask, circle: Doors, stranger: Phone) -> None:
    stranger.join(circle.code)
    assert stranger.here().status == 200
    assert rows(app, "seats") == 1


def test_two_phones_are_two_members_and_a_third_in_another_circle_sees_neither(
    ben: Phone, cleo: Phone, dov: Phone
) -> None:
    ben.share("hello from ben")
    assert cleo.here().said("checkins") == ["hello from ben"]
    assert dov.here().said("checkins") == []
    assert len({phone.cookie("circle") for phone in (ben, cleo, dov)}) == 3


def test_a_get_never_joins(app: Flask, circle: Doors, stranger: Phone) -> None:
    stranger.knock(circle.code)
    before = kept(app)
    for path in ("/", "/join", "/here", "/door"):
        stranger.get(path)
        stranger.ask("HEAD", path)
    assert kept(app) == before and stranger.cookie("circle") is None


def test_no_member_cookie_comes_before_the_button(circle: Doors, stranger: Phone) -> None:
    assert "circle=" not in str(stranger.knock(circle.code).headers)
    assert "circle=" not in str(stranger.get("/join").headers)


def test_joining_needs_a_code_first(app: Flask, circle: Doors, stranger: Phone) -> None:
    assert stranger.get("/join").location == "/"
    assert stranger.post("/join", {"csrf_token": "x"}).status == 403
    assert rows(app, "seats") == 0


def test_the_invitation_is_used_once(circle: Doors, ben: Phone) -> None:
    assert ben.cookie("door") is None
    assert ben.get("/join").location == "/"


def test_joining_again_gives_a_fresh_cookie_and_ends_the_earlier_seat(app: Flask, circle: Doors, ben: Phone) -> None:
    earlier = ben.cookie("circle")
    ben.share("mine")
    ben.join(circle.code)
    assert ben.cookie("circle") != earlier and rows(app, "seats") == 1
    old = Phone(app)
    old.keep_cookie("circle", earlier)
    assert old.here().location == "/"
    # Someone new can't take back what the earlier one wrote.
    assert ben.here().mine == []


def test_joining_again_is_not_counted_twice(circle: Doors, ben: Phone, cleo: Phone) -> None:
    cleo.here()
    for _ in range(3):
        ben.join(circle.code).here()
    assert ben.here().words("").count("phones here: 2") == 1


def test_a_cookie_set_before_joining_is_replaced_and_worth_nothing(app: Flask, circle: Doors, stranger: Phone) -> None:
    stranger.keep_cookie("circle", "preset-by-somebody-else")
    stranger.join(circle.code)
    assert stranger.cookie("circle") != "preset-by-somebody-else"
    other = Phone(app)
    other.keep_cookie("circle", "preset-by-somebody-else")
    assert other.here().location == "/"


@pytest.mark.parametrize("forged", ["", "x", "A" * 43, "a" * 4000, "\u00e9", "%00", "../../etc/passwd", "' OR 1=1 --"])
def test_a_forged_cookie_leads_to_the_door(forged: str, ben: Phone, stranger: Phone) -> None:
    stranger.keep_cookie("circle", forged)
    assert stranger.here().location == "/"
    token = ben.cookie("circle")
    stranger.keep_cookie("circle", token[:-1])
    assert stranger.here().location == "/"


@pytest.mark.parametrize("forged", ["x", "[]", "WyJ4Il0.x", "a" * 4000, "\u00e9"])
def test_a_forged_invitation_leads_to_the_door(forged: str, circle: Doors, stranger: Phone) -> None:
    stranger.keep_cookie("door", forged)
    assert stranger.get("/join").location == "/"
    assert stranger.post("/join", {"csrf_token": "x"}).status == 403


def test_an_invitation_ends_when_the_circle_closes(ana: Desk, circle: Doors, stranger: Phone) -> None:
    stranger.knock(circle.code)
    page = stranger.get("/join")
    ana.do(f"{circle.console}/close")
    assert stranger.send(page, "/join").location == "/"
    assert stranger.get("/join").location == "/" and stranger.cookie("circle") is None


def test_a_full_circle_says_so_and_has_room_again_when_somebody_leaves(
    app: Flask, circle: Doors, ben: Phone, cleo: Phone, stranger: Phone
) -> None:
    app.extensions["database"].write(
        lambda db: db.execute(update(Circle).where(Circle.id == circle.id).values(phones=2))
    )
    ben.here(), cleo.here()
    stranger.knock(circle.code)
    full = stranger.send(stranger.get("/join"), "/join")
    assert full.status == 422
    assert full.errors() == ["The circle is full. Ask the leader, or listen in the room."]
    assert rows(app, "seats") == 2 and stranger.cookie("circle") is None
    assert ben.join(circle.code).here().status == 200  # a seat of one's own is given back first
    cleo.post("/here/leave")
    assert stranger.send(full, "/join").location == "/here"


def test_in_a_full_circle_a_seat_nobody_sits_in_is_given_on(
    app: Flask, circle: Doors, ben: Phone, cleo: Phone, stranger: Phone
) -> None:
    app.extensions["database"].write(
        lambda db: db.execute(update(Circle).where(Circle.id == circle.id).values(phones=2))
    )
    ben.here()  # Cleo closed her browser at the door
    stranger.knock(circle.code)
    assert stranger.send(stranger.get("/join"), "/join").status == 422  # for all we know she is on her way
    for _ in range(2):
        with app.test_request_context(base_url=app.config["ADDRESS"]):
            clock.ten_seconds_later()
    assert stranger.join(circle.code).here().status == 200
    assert ben.here().status == 200 and cleo.here().location == "/"


def test_sixty_phones_of_one_address_all_come_in(app: Flask, circle: Doors, held: list[float]) -> None:
    for _ in range(60):
        Phone(app).join(circle.code).here()
    assert rows(app, "seats") == 60 and held == []
    late = Phone(app)
    late.knock(circle.code)
    assert late.send(late.get("/join"), "/join").status == 422
