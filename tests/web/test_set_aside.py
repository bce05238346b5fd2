"""Set aside, restore, wipe; and showing what waits."""

import pytest
from flask import Flask

from tests.web.cast import Desk, Doors, Phone, kept, rows


@pytest.fixture
def share(ben: Phone, cleo: Phone, ana: Desk, circle: Doors) -> str:
    """The address of Ben's check-in, which stands between two of Cleo's."""
    for phone, words in ((cleo, "first"), (ben, "a seller's name"), (cleo, "last")):
        phone.share(words)
    return f"{circle.console}/shares/{ben.here().mine[0]}"


def test_set_aside_it_is_gone_for_members_and_marked_for_the_leader(
    share: str, ana: Desk, circle: Doors, ben: Phone, cleo: Phone
) -> None:
    assert ana.do(f"{share}/set-aside").location == circle.console
    assert cleo.here().said("checkins") == ["first", "last"] and "a seller's name" not in cleo.here().text
    assert "Set aside: members don’t see it." in ana.get(circle.console).items("checkins")[1]
    assert f"{share}/restore" in ana.get(circle.console).actions()


def test_restored_it_stands_where_it_stood(share: str, ana: Desk, circle: Doors, cleo: Phone) -> None:
    ana.do(f"{share}/set-aside")
    assert ana.do(f"{share}/restore").status == 303
    assert cleo.here().said("checkins") == ["first", "a seller's name", "last"]


def test_wiped_it_is_gone_at_once_for_everybody(share: str, app: Flask, ana: Desk, circle: Doors, cleo: Phone) -> None:
    assert ana.do(f"{share}/wipe").status == 303
    assert "a seller's name" not in cleo.here().text + ana.get(circle.console).text
    assert rows(app, "shares") == 2
    for action in ("set-aside", "restore", "wipe"):
        assert ana.do(f"{share}/{action}").status == 404


def test_one_set_aside_can_be_wiped_and_its_writer_can_take_it_back(
    share: str, app: Flask, ana: Desk, circle: Doors, ben: Phone
) -> None:
    ana.do(f"{share}/set-aside")
    share_id = share.rpartition("/")[2]
    assert ben.post(f"/here/shares/{share_id}/take-back", {"csrf_token": ben.token()}).status == 303
    assert rows(app, "shares") == 2


def test_twice_is_once(share: str, app: Flask, ana: Desk, circle: Doors) -> None:
    ana.do(f"{share}/set-aside")
    before = kept(app)
    assert ana.do(f"{share}/set-aside").status == 303
    assert kept(app) == before


def test_nobody_else_does_it(
    share: str, app: Flask, circle: Doors, ben: Phone, dov: Phone, fay: Desk, esi: Desk, gus: Desk
) -> None:
    others = {other: other.token() for other in (fay, esi, gus, ben, dov)}
    before = kept(app)
    for action in ("set-aside", "restore", "wipe"):
        for other, token in others.items():
            assert other.post(f"{share}/{action}", {"csrf_token": token}).status == 404
    assert kept(app) == before


def test_a_share_of_another_circle_is_not_there_even_for_a_leader(
    share: str, app: Flask, fay: Desk, ana: Desk, circle: Doors, dov: Phone
) -> None:
    dov.share("in fay's circle")
    stolen = f"{circle.console}/shares/{dov.here().mine[0]}"
    for action in ("set-aside", "restore", "wipe"):
        assert ana.do(f"{stolen}/{action}").status == 404
    assert dov.here().said("checkins") == ["in fay's circle"]


def test_what_waits_is_out_of_the_leaders_reach(app: Flask, ana: Desk) -> None:
    circle = ana.open()
    ben = Phone(app).join(circle.code)
    ben.share("not up yet")
    (action,) = [one for one in ben.here().actions() if one.endswith("/take-back")]
    share_id = action.split("/")[3]
    for verb in ("set-aside", "restore", "wipe"):
        assert ana.do(f"{circle.console}/shares/{share_id}/{verb}").status == 404
    assert rows(app, "shares") == 1


def test_from_two_up_what_waits_is_shown(app: Flask, ana: Desk, dov: Phone) -> None:
    circle = ana.open()
    ben, cleo = Phone(app).join(circle.code), Phone(app).join(circle.code)
    show = f"{circle.console}/waiting/show"
    for _ in range(2):  # with none waiting, and with one, nothing happens
        before = kept(app)
        assert ana.do(show).status == 303
        assert kept(app) == before
        if rows(app, "shares") == 0:
            ben.share("one")
    cleo.note("two")
    assert ana.do(show, script=True).status == 204
    assert (cleo.here().said("checkins"), ben.here().said("notes")) == (["one"], ["two"])
    assert ana.get(circle.console).words("waiting") == ""


def test_nobody_else_shows_what_waits(app: Flask, ana: Desk, fay: Desk, gus: Desk) -> None:
    circle = ana.open()
    ben, cleo = Phone(app).join(circle.code), Phone(app).join(circle.code)
    ben.share("one")
    cleo.share("two")
    for other in (fay, gus, ben):
        assert other.post(f"{circle.console}/waiting/show", {"csrf_token": other.token()}).status == 404
    assert ben.here().said("checkins") == []
