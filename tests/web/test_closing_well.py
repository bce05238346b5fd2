"""The last part of a circle: one good thing, as a note; one small thing to change, in the head or on paper."""

from sessions.library import parts
from tests.web.cast import Desk, Doors, Phone
from tests.web.test_hands import Listen

GOOD, SMALL = "One good thing, however small", "One small thing I could change"


def go_to_the_end(ana: Desk, circle: Doors, plan_part: int = 6) -> None:
    ana.do(f"{circle.console}/parts/start", part=str(plan_part))


def test_the_box_for_notes_asks_for_a_good_thing(ana: Desk, circle: Doors, ben: Phone, listen: Listen) -> None:
    assert GOOD not in ben.here().text and SMALL not in ben.here().text
    ear = listen(ben)
    go_to_the_end(ana, circle)
    ops = {op[1]: op[2] for op in ear.ops()}
    assert GOOD in ops["box-note"] and SMALL in ops["now"]
    page = ben.here()
    assert GOOD in page.words("box-note") and GOOD not in page.words("box-check-in")
    main = page.find("main")
    assert main is not None and main.attrib["data-shows"] == "notes"
    ben.note("the soup")
    assert ben.here().said("notes") == ["the soup"]  # a note is a note
    go_to_the_end(ana, circle, 4)
    assert GOOD not in {op[1]: op[2] for op in ear.ops()}["box-note"] and GOOD not in ben.here().text


def test_the_small_thing_has_three_shapes_and_no_box(ana: Desk, circle: Doors, ben: Phone) -> None:
    go_to_the_end(ana, circle)
    now = ben.here().find("now")
    assert now is not None and not [one for one in now.iter() if one.tag in ("form", "input", "textarea", "button")]
    words = ben.here().words("now")
    assert "there is no box for it here" in words and all(line in words for line in parts("en")["close"].card)
    assert sum(line.endswith("?") for line in parts("en")["close"].card) == 3
    assert len(list(now.iter("svg"))) == 3


def test_the_leader_has_the_notes_below(ana: Desk, circle: Doors, ben: Phone) -> None:
    page = ana.get(circle.console)
    panes = [one.attrib["id"] for one in page.all("section") if one.get("id", "").endswith("-page")]
    assert panes.index("close-page") < panes.index("notes-page")
    assert all(line in page.words("close-page") for line in parts("en")["close"].card)
    close = page.find("close-page")
    assert close is not None and not list(close.iter("form"))


def test_after_a_loss_nobody_is_asked_for_a_good_thing(ana: Desk) -> None:
    answer = ana.send(ana.get("/lead"), "/lead/circles", title="For Jo", plan="remembrance")
    code = "".join(ana.get(answer.location).all("p", **{"data-code": ""})[0].itertext())
    cleo = Phone(ana.app).join(code)
    go_to_the_end(ana, Doors(answer.location.rpartition("/")[2], code, ""), 4)
    page = cleo.here()
    assert parts("en")["close-gently"].name in page.words("now")
    assert GOOD not in page.text and SMALL not in page.text
