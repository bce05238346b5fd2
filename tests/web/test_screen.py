"""The big screen: what it shows, what it is sent, and who may open it."""

from collections.abc import Callable

import pytest
from flask import Flask

from facilitator.extensions import presence
from sessions.circle.circles import Circle
from tests.web.cast import Browser, Desk, Doors, Ear, Phone
from tests.web.pages import Page

SHOWS = ("words", "rules", "wall", "themes", "card")


def screen(circle: Doors, **asked: str) -> str:
    """The address of the big screen of a circle."""
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{circle.console}/screen?{query}"


def has_code(page: Page, circle: Doors) -> bool:
    return circle.code in page.text.replace(" ", "") or bool(page.all("div", **{"class": "qr"}))


def next_part(ana: Desk, circle: Doors) -> None:
    """The arrival is over: its leader goes on."""
    assert ana.do(f"{circle.console}/parts/next", part="1", script=True).status == 204


def listener(browser: Browser, circle: Doors, shows: str) -> Ear:
    """The socket of a big screen."""
    return Ear(browser, f"{circle.id}&screen={shows}")


@pytest.fixture
def on_screen(ana: Desk, circle: Doors) -> Callable[..., Ear]:
    return lambda shows: listener(ana, circle, shows)


def test_people_who_arrive_see_the_words_the_address_the_code_and_the_square(ana: Desk, circle: Doors) -> None:
    page = ana.get(screen(circle))
    assert "Come as you are." in page.words("state") and "circle.test" in page.words("state")
    assert has_code(page, circle)
    assert f"{circle.code[:3]} {circle.code[3:6]} {circle.code[6:]}" in page.words("state")
    assert circle.link not in page.text


@pytest.mark.parametrize("shows", ["rules", "wall"])
def test_the_code_is_there_with_the_words_alone(ana: Desk, circle: Doors, shows: str) -> None:
    assert not has_code(ana.get(screen(circle, show=shows)), circle)


def test_the_code_leaves_when_the_arrival_is_over_and_comes_back_for_thirty_seconds(ana: Desk, circle: Doors) -> None:
    assert "data-leaves" not in ana.get(screen(circle)).all("div", **{"class": "door"})[0].attrib
    next_part(ana, circle)
    page = ana.get(screen(circle))
    assert not has_code(page, circle) and "Come as you are." not in page.words("state")
    for shows in SHOWS:
        asked = ana.get(screen(circle, show=shows, code="yes"))
        assert has_code(asked, circle)
        assert asked.all("div", **{"class": "door"})[0].attrib["data-leaves"] == "30"
        # Without scripts the page goes back by itself, to where nothing asks for the code.
        [again] = asked.all("meta", **{"http-equiv": "refresh"})
        assert again.attrib["content"].startswith("30; url=") and "code" not in again.attrib["content"]
        assert "code" not in asked.data("page")


def test_neither_the_leader_nor_a_number_nor_a_members_word_is_on_it_unless_the_wall_was_chosen(
    ana: Desk, circle: Doors, ben: Phone
) -> None:
    ana.send(ana.get("/staff/account"), "", name="Ana Kingfisher")
    ben.share("said by somebody", tags=["drug:mixing"])
    for shows in ("words", "rules"):
        page = ana.get(screen(circle, show=shows))
        for never in ("Ana Kingfisher", "Tuesday circle", "said by somebody", "mixing", "data-phones", "waiting"):
            assert never not in page.text
    wall = ana.get(screen(circle, show="wall"))
    assert "said by somebody" in wall.words("state") and "mixing" in wall.words("state")
    assert "Ana Kingfisher" not in wall.text and "Tuesday circle" not in wall.text
    assert [action for action in wall.actions() if "/shares/" in action] == []


def test_what_is_set_aside_or_waits_is_not_on_the_wall_of_the_screen(app: Flask, ana: Desk) -> None:
    circle = ana.open(appear="handfuls")
    ben, cleo = Phone(app).join(circle.code), Phone(app).join(circle.code)
    ben.share("first words")
    cleo.share("second words")
    assert "words" not in ana.get(screen(circle, show="wall")).words("state").removeprefix("What people wrote")
    ana.do(f"{circle.console}/waiting/show")
    assert "first words" in ana.get(screen(circle, show="wall")).words("state")
    share = ana.get(circle.console).ids("checkins")[0].removeprefix("share-")
    ana.do(f"{circle.console}/shares/{share}/set-aside")
    assert ana.get(screen(circle, show="wall")).text.count(" words</p>") == 1


def test_the_rules_stand_a_few_at_a_time(ana: Desk, circle: Doors) -> None:
    page = ana.get(screen(circle, show="rules"))
    steps = [one for one in page.all("div") if one.attrib.get("class") == "step"]
    assert [len(list(step.iter("li"))) for step in steps] == [3, 3, 3, 3]
    assert [step.find("ol").attrib["start"] for step in steps] == ["1", "4", "7", "10"]  # type: ignore[union-attr]


def test_one_screen_for_everything_has_the_controls_and_never_the_wall(ana: Desk, circle: Doors, ben: Phone) -> None:
    ben.share("said by somebody")
    page = ana.get(screen(circle, mode="one", show="wall"))
    assert page.data("screen") == "words" and "said by somebody" not in page.text
    assert f"{circle.console}/blank" in page.actions()
    assert "show=wall" not in page.text
    # On a screen of its own there is nothing to press by mistake.
    assert f"{circle.console}/blank" not in ana.get(screen(circle)).actions()


@pytest.mark.parametrize("asked", ["", "walls", "WALL", "state", "../wall", "%00"])
def test_what_cannot_be_shown_is_the_words_of_the_part(ana: Desk, circle: Doors, ben: Phone, asked: str) -> None:
    ben.share("said by somebody")
    page = ana.get(screen(circle, show=asked))
    assert (page.status, page.data("screen")) == (200, "words") and "said by somebody" not in page.text


@pytest.mark.parametrize("shows", SHOWS)
def test_blank_covers_it_and_there_is_no_way_to_uncover_it_from_there(
    ana: Desk, circle: Doors, ben: Phone, shows: str
) -> None:
    ben.share("said by somebody")
    ana.do(f"{circle.console}/blank")
    for mode in ("one", ""):
        page = ana.get(screen(circle, show=shows, mode=mode, code="yes"))
        assert page.words("state") == "Back soon"
        assert not has_code(page, circle)
        for never in ("said by somebody", "unblank", "passphrase", 'name="pin"', "Come just as you are"):
            assert never not in page.text


def test_closed_it_says_so_and_erased_it_is_not_there(ana: Desk, circle: Doors, ben: Phone) -> None:
    ben.share("said by somebody")
    ana.do(f"{circle.console}/close")
    page = ana.get(screen(circle, show="wall", code="yes"))
    assert page.words("state") == "The circle has closed. In two minutes what was written is gone for good."
    assert not has_code(page, circle) and "said by somebody" not in page.text
    ana.do(f"{circle.console}/erase")
    assert ana.get(screen(circle)).status == 404


def test_nobody_else_reaches_it(app: Flask, circle: Doors, ben: Phone, fay: Desk, esi: Desk, gus: Desk) -> None:
    for person in (Browser(app), fay, esi, gus):
        assert person.get(screen(circle)).status == 404
    assert ben.get(screen(circle)).status == 404
    for person in (ben, fay, esi, gus, Browser(app)):
        assert not listener(person, circle, "wall").let_in


def test_a_screen_of_words_hears_nothing_that_anybody_wrote_or_leads_by(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, on_screen: Callable[..., Ear]
) -> None:
    words, rules = on_screen("words"), on_screen("rules")
    ben.share("said by somebody", tags=["drug:mixing"])
    cleo.note("a note of somebody")
    share = ana.get(circle.console).ids("checkins")[0].removeprefix("share-")
    ana.do(f"{circle.console}/shares/{share}/set-aside")
    ana.do(f"{circle.console}/shares/{share}/restore")
    for ear in (words, rules):
        assert ear.ops() == []
    # They follow the version all the same, so that they know what they missed.
    ana.do(f"{circle.console}/rules", words="We knock first.")
    assert words.ops() == []
    [[op, target, markup]] = rules.ops()
    assert (op, target) == ("replace", "state") and "We knock first." in markup
    assert "<form" not in markup and "said by somebody" not in markup


def test_a_screen_of_the_wall_hears_what_members_see_and_no_more(
    ana: Desk, circle: Doors, ben: Phone, on_screen: Callable[..., Ear]
) -> None:
    ear = on_screen("wall")
    ben.share("said by somebody")
    [[op, target, markup]] = ear.ops()
    assert (op, target) == ("replace", "state") and "said by somebody" in markup
    assert "<form" not in markup and "<button" not in markup
    share = ana.get(circle.console).ids("checkins")[0].removeprefix("share-")
    ana.do(f"{circle.console}/shares/{share}/set-aside")
    assert "said by somebody" not in str(ear.ops())
    ana.do(f"{circle.console}/rules", words="We knock first.")
    assert ear.ops() == []
    ana.do(f"{circle.console}/blank")
    assert "Back soon" in str(ear.ops())
    ben.share("said under the cover")
    assert "said under the cover" not in str(ear.ops())


@pytest.mark.parametrize("shows", SHOWS)
def test_no_screen_is_told_how_many_are_here_or_counts_as_one(
    app: Flask, ana: Desk, circle: Doors, ben: Phone, shows: str
) -> None:
    before = presence.phones(circle.id)
    ear = listener(ana, circle, shows)
    assert presence.phones(circle.id) == before
    Ear(Phone(app).join(circle.code))
    heard = ear.client.get_received()
    assert [packet for packet in heard if packet["name"] == "here"] == []
    assert {tuple(packet["args"][0]) for packet in heard if packet["name"] == "beat"} <= {("v",)}
    assert presence.phones(circle.id) == before + 1


def test_a_screen_that_asks_for_what_there_is_not_is_not_let_in(ana: Desk, circle: Doors) -> None:
    for asked in ("walls", "member", "facilitator", "wall/en", "%00"):
        assert not listener(ana, circle, asked).let_in


def test_closing_and_erasing_are_told_to_every_screen(ana: Desk, circle: Doors, on_screen: Callable[..., Ear]) -> None:
    ears = [on_screen(shows) for shows in SHOWS]
    ana.do(f"{circle.console}/close")
    for ear in ears:
        [[_, target, markup]] = ear.ops()
        assert target == "state" and "The circle has closed." in markup
    ana.do(f"{circle.console}/erase")
    for ear in ears:
        [[_, target, markup]] = ear.heard("gone")[0]["ops"]
        assert target == "state" and "It is gone." in markup and "/lead" not in markup


def test_doors_that_are_shut_have_no_code_to_show(app: Flask, ana: Desk, circle: Doors) -> None:
    def shut(db: object) -> None:
        db.get(Circle, circle.id).shut = True  # type: ignore[attr-defined]

    app.extensions["database"].write(shut)
    for asked in ("", "yes"):
        assert not has_code(ana.get(screen(circle, code=asked)), circle)
