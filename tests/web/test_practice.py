"""The practice circle: opening one, how it is marked, and the phones of those who are made up."""

import pytest
from flask import Flask

from facilitator.made_up import MadeUp
from sessions.library import Act, made_up
from tests.web.cast import Desk, Doors, MakeApp, Phone, desk, kept, read_doors, rows

MARK = "Practice. The people here are made up."


def practice(ana: Desk) -> Doors:
    """Press the button on the page of one's circles."""
    begun = ana.send(ana.get("/lead"), "/lead/practice")
    assert begun.status == 303
    return read_doors(ana.app, begun.location.rpartition("/")[2])


def somebody(app: Flask, circle: Doors, *acts: Act, language: str = "en") -> MadeUp:
    """Somebody made up, who has come in."""
    one = MadeUp(app, circle.id, (*acts, Act("leave")), language)
    one.go_on()
    return one


def wrote(app: Flask, circle: Doors, *words: str) -> None:
    """As many made-up people say these words, each a note."""
    for text in words:
        somebody(app, circle, Act("note", text)).go_on()


def test_one_press_opens_it_and_goes_to_its_console(app: Flask, ana: Desk) -> None:
    circle = practice(ana)
    page = ana.get(circle.console)
    assert page.words("practice") == MARK
    assert "Practice circle" in page.words()
    assert rows(app, "circles") == 1


def test_pressed_again_it_goes_to_the_one_that_is_open(app: Flask, ana: Desk, fay: Desk) -> None:
    circle = practice(ana)
    assert practice(ana) == circle
    assert practice(fay).id != circle.id
    assert rows(app, "circles") == 2
    ana.do(f"{circle.console}/close")
    assert practice(ana).id != circle.id


def test_in_the_leaders_language_it_has_a_title_of_that(app: Flask, ana: Desk) -> None:
    ana.language = "es"
    assert "Círculo de práctica" in ana.get(practice(ana).console).words()


def test_nobody_else_opens_one(app: Flask, circle: Doors, ben: Phone, stranger: Phone, esi: Desk, gus: Desk) -> None:
    before = kept(app)
    for other in (ben, esi, gus):
        assert other.post("/lead/practice", {"csrf_token": other.token()}).status == 404
    assert stranger.post("/lead/practice", {}).status == 404
    assert kept(app, "sign_ins")["circles"] == before["circles"]


def test_it_is_marked_at_the_door_on_phones_and_on_the_big_screen(app: Flask, ana: Desk) -> None:
    circle = practice(ana)
    ben = Phone(app)
    ben.knock(circle.link)
    assert ben.get("/join").words("practice") == "Practice: the others here are made up."
    ben.send(ben.get("/join"), "/join")
    for page in (
        ben.here(),
        *(ana.get(f"{circle.console}/screen?show={shows}") for shows in ("words", "rules", "wall")),
    ):
        assert page.words("practice") == MARK
    for act in ("close", "reopen"):
        ana.do(f"{circle.console}/{act}", passphrase="a kettle and two cups")
        assert ben.here().words("practice") == MARK


def test_a_circle_of_people_is_not_marked(app: Flask, circle: Doors, ana: Desk, ben: Phone) -> None:
    ben.post("/door", {"code": circle.code})
    pages = [ben.get("/join"), ben.here(), ana.get(circle.console), ana.get(f"{circle.console}/screen")]
    assert [page.path for page in pages if page.find("practice")] == []


def test_they_write_and_take_back(app: Flask, ana: Desk) -> None:
    circle = practice(ana)
    one = somebody(app, circle, Act("check-in", "words", ("set:sleep",)), Act("take-back"))
    one.go_on()
    wrote(app, circle, "two", "three")
    page = ana.get(circle.console)
    assert page.said("checkins") == ["words"] and "sleep" in page.items("checkins")[0]
    one.go_on()
    page = ana.get(circle.console)
    assert (page.said("checkins"), sorted(page.said("notes"))) == ([], ["three", "two"])


def test_they_write_by_a_tap_alone(app: Flask, ana: Desk) -> None:
    circle = practice(ana)
    somebody(app, circle, Act("check-in", "", ("not-about-drugs-today",))).go_on()
    wrote(app, circle, "two", "three")
    (item,) = ana.get(circle.console).items("checkins")
    assert item.startswith("not about drugs today")


def test_they_hear_somebody_elses_note_and_pass(app: Flask, ana: Desk) -> None:
    circle = practice(ana)
    wrote(app, circle, "one", "two", "three")
    before = kept(app)
    one = somebody(app, circle, Act("pass"), Act("hear"))
    one.go_on()
    assert kept(app, "seats") == {name: held for name, held in before.items() if name != "seats"}
    one.go_on()
    assert sum("heard" in item for item in ana.get(circle.console).items("notes")) == 1


def test_they_raise_a_hand_with_a_line_and_lower_it(app: Flask, ana: Desk) -> None:
    circle = practice(ana)
    one = somebody(app, circle, Act("raise-hand", "read this out"), Act("lower-hand"))
    one.go_on()
    assert "read this out" in ana.get(circle.console).words("hands")
    one.go_on()
    assert rows(app, "hands") == 0


def test_they_leave_for_good(app: Flask, ana: Desk) -> None:
    circle = practice(ana)
    one = somebody(app, circle)
    assert rows(app, "seats") == 1
    one.go_on()
    assert (one.left, rows(app, "seats")) == ([], 0)


def test_while_screens_are_covered_they_do_nothing(app: Flask, ana: Desk) -> None:
    circle = practice(ana)
    one = somebody(app, circle, Act("note", "later"))
    ana.do(f"{circle.console}/blank")
    one.go_on()
    assert rows(app, "shares") == 0 and len(one.left) == 2


def test_while_writing_is_paused_they_do_not_write(app: Flask, ana: Desk) -> None:
    circle = practice(ana)
    one, other = somebody(app, circle, Act("note", "later")), somebody(app, circle, Act("raise-hand"))
    ana.do(f"{circle.console}/pause")
    for who in (one, other):
        who.go_on()
    assert (rows(app, "shares"), rows(app, "hands"), len(one.left)) == (0, 1, 2)
    ana.do(f"{circle.console}/resume")
    one.go_on()
    assert rows(app, "shares") == 1


@pytest.mark.parametrize("acts", [["close"], ["close", "erase"]])
def test_when_it_closes_they_are_gone(app: Flask, ana: Desk, acts: list[str]) -> None:
    circle = practice(ana)
    inside, outside = somebody(app, circle, Act("note", "never")), MadeUp(app, circle.id, (Act("leave"),), "en")
    for act in acts:
        ana.do(f"{circle.console}/{act}")
    inside.go_on()
    outside.go_on()
    assert (inside.left, outside.left) == ([], [])
    assert rows(app, "seats") == rows(app, "shares") == 0


def test_shut_doors_are_shut_for_them_and_a_new_code_is_read_from_the_room(app: Flask, ana: Desk) -> None:
    circle = practice(ana)
    ana.do(f"{circle.console}/change-code")
    assert somebody(app, circle).left
    ana.do(f"{circle.console}/shut")
    assert somebody(app, circle).left == []
    assert rows(app, "seats") == 1


def test_over_https_their_cookies_work_as_everybodys(make_app: MakeApp, held: list[float]) -> None:
    app = make_app(ADDRESS="https://circle.example.org", PROXIES=1)
    circle = practice(desk(app, "ana"))
    somebody(app, circle, Act("note", "one")).go_on()
    assert rows(app, "shares") == 1


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_shipped_can_be_sent_and_is_sent_by_everybody(app: Flask, ana: Desk, language: str) -> None:
    circle = practice(ana)
    for acts in made_up(language):
        one = MadeUp(app, circle.id, acts, language)
        for left in range(len(acts), -1, -1):
            one.go_on()
            assert len(one.left) == left
    assert rows(app, "hands") == rows(app, "seats") == 0
    writes = [act for acts in made_up(language) for act in acts if act.kind in ("check-in", "note", "take-back")]
    assert rows(app, "shares") == len(writes) - 2 * sum(act.kind == "take-back" for act in writes)
