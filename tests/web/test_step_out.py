"""Being asked to step out, for today; and a hand that goes down with its phone."""

from collections.abc import Callable

from flask import Flask

from tests.web.cast import Desk, Doors, Ear, Phone, kept, read_doors, rows

Listen = Callable[..., Ear]
TOLD = "You were asked to step out, for today."


def asked_out(app: Flask, ana: Desk, circle: Doors, phone: Phone) -> Doors:
    """Raise this phone's hand, and ask it to step out. Returns the doors as they are then."""
    phone.send(phone.here(), "/here/hand")
    (action,) = (one for one in ana.get(circle.console).actions() if one.endswith("/step-out"))
    assert ana.send(ana.get(circle.console), action, script=True).status == 204
    return read_doors(app, circle.id)


def test_that_phone_is_told_once_and_is_at_the_door(app: Flask, ana: Desk, circle: Doors, ben: Phone) -> None:
    asked_out(app, ana, circle, ben)
    assert ben.here().location == "/"
    page = ben.get("/")
    assert page.status == 200 and TOLD in page.words() and "Call 911" in page.words("help")
    assert "This page keeps no record of it." in page.words()
    assert ben.cookie("circle") is None and rows(app, "seats") == rows(app, "hands") == 0
    assert TOLD not in ben.get("/").words()


def test_its_script_is_sent_to_the_door_and_uses_nothing_up(app: Flask, ana: Desk, circle: Doors, ben: Phone) -> None:
    asked_out(app, ana, circle, ben)
    before = kept(app)
    for _ in range(2):
        assert ben.get("/here", script=True).location == "/"
        assert TOLD not in ben.get("/", script=True).words()
        assert ben.post("/here/notes", {"text": "late"}, script=True).location == "/"
    assert kept(app) == before and TOLD in ben.get("/").words()


def test_what_it_wrote_stays_and_what_it_writes_is_not_kept(app: Flask, ana: Desk, circle: Doors, ben: Phone) -> None:
    ben.note("said before")
    page = ben.here()
    asked_out(app, ana, circle, ben)
    assert ben.send(page, "/here/notes", text="said after").location == "/"
    assert ana.get(circle.console).said("notes") == ["said before"]


def test_it_comes_back_with_the_new_code_as_someone_new(app: Flask, ana: Desk, circle: Doors, ben: Phone) -> None:
    new = asked_out(app, ana, circle, ben)
    ben.get("/")
    assert ben.knock(circle.code).status == ben.knock(circle.link).status == 422
    assert ben.join(new.code).here().status == 200
    ben.send(ben.here(), "/here/hand")
    assert len(ana.get(circle.console).all("li", **{"class": "raised"})) == 1


def test_it_may_come_back_without_having_seen_the_page(app: Flask, ana: Desk, circle: Doors, ben: Phone) -> None:
    new = asked_out(app, ana, circle, ben)
    assert ben.join(new.code).here().status == 200
    assert rows(app, "hands") == 0 and rows(app, "seats") == 1


def test_leaving_fast_while_out_leaves_nothing(app: Flask, ana: Desk, circle: Doors, ben: Phone) -> None:
    asked_out(app, ana, circle, ben)
    assert ben.post("/here/leave").status == 200
    assert rows(app, "hands") == rows(app, "seats") == 0 and TOLD not in ben.get("/").words()


def test_an_invitation_that_was_on_its_way_ends_with_the_old_code(
    app: Flask, ana: Desk, circle: Doors, ben: Phone, stranger: Phone
) -> None:
    stranger.knock(circle.code)
    asked_out(app, ana, circle, ben)
    assert stranger.get("/join").location == "/"


def test_no_other_phone_is_told_anything(
    app: Flask, ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Listen
) -> None:
    phone, console = listen(cleo), listen(ana, circle.id)
    asked_out(app, ana, circle, ben)
    assert phone.ops() == []
    assert [op[:2] for op in console.ops()] == [["replace", "hands"], ["replace", "hands"], ["replace", "doors"]]
    assert cleo.here().status == 200 and ana.get(circle.console).all("li", **{"class": "raised"}) == []


def test_a_hand_without_a_phone_has_no_such_button(ana: Desk, circle: Doors) -> None:
    ana.send(ana.get(circle.console), f"{circle.console}/hands", text="Mr Ortiz")
    actions = ana.get(circle.console).actions()
    assert not any(one.endswith("/step-out") for one in actions)
    done = next(one for one in actions if one.endswith("/done"))
    assert ana.do(done.replace("/done", "/step-out")).status == 404


def test_somebody_elses_hand_is_not_there(app: Flask, ana: Desk, fay: Desk, circle: Doors, ben: Phone) -> None:
    ben.send(ben.here(), "/here/hand")
    (action,) = (one for one in ana.get(circle.console).actions() if one.endswith("/step-out"))
    elsewhere, before = fay.open("Elsewhere"), kept(app, "circles", "acts", "rules")
    for tried in (action, action.replace(circle.id, elsewhere.id)):
        assert fay.do(tried).status == 404
    assert ana.do(f"{circle.console}/hands/{'0' * 20}/step-out").status == 404
    assert kept(app, "circles", "acts", "rules") == before and ben.here().status == 200


def test_for_anybody_else_there_is_guidance_and_the_button_that_changes_the_code(ana: Desk, circle: Doors) -> None:
    page = ana.get(circle.console)
    assert "this page does not know whose is whose" in page.words("step-out-page")
    assert f"{circle.console}/change-code" in page.actions()


def test_a_phone_that_leaves_takes_its_hand_down(
    app: Flask, ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Listen
) -> None:
    for phone in (ben, cleo):
        phone.send(phone.here(), "/here/hand")
    console = listen(ana, circle.id)
    ben.post("/here/goodbye")
    assert [op[:2] for op in console.ops()] == [["replace", "hands"]]
    assert len(ana.get(circle.console).all("li", **{"class": "raised"})) == 1
    cleo.join(circle.code)
    assert ana.get(circle.console).all("li", **{"class": "raised"}) == []


def test_in_spanish(app: Flask, ana: Desk, circle: Doors) -> None:
    rosa = Phone(app, "es").join(circle.code)
    asked_out(app, ana, circle, rosa)
    assert "Se le pidió que saliera, por hoy." in rosa.get("/").words()
