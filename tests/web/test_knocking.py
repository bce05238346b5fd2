"""The code at the door: the right one opens at once, every other one is answered alike and late."""

import pytest
from flask import Flask

from tests.web.cast import Desk, Doors, Phone, kept


def test_the_code_opens_with_and_without_spaces(app: Flask, circle: Doors) -> None:
    code = circle.code
    for typed in (
        code,
        f"{code[:3]} {code[3:6]} {code[6:]}",
        f"  {code[:4]}\t{code[4:]} ",
        f"{code[:3]}\u00a0{code[3:]}",
    ):
        assert Phone(app).knock(typed).location == "/join"


def test_the_form_on_the_door_opens(stranger: Phone, circle: Doors) -> None:
    assert stranger.send(stranger.get("/"), "/door", code=circle.code).location == "/join"


def test_the_link_opens(stranger: Phone, circle: Doors) -> None:
    assert stranger.knock(circle.link).location == "/join"


def test_the_right_code_is_never_held_even_after_many_wrong_ones(
    stranger: Phone, circle: Doors, held: list[float]
) -> None:
    for _ in range(12):
        stranger.knock("100 000 000")
    held.clear()
    assert stranger.knock(circle.code).status == stranger.knock(circle.link).status == 303
    assert held == []


def test_a_wrong_code_is_held_longer_each_time_and_never_refused(stranger: Phone, held: list[float]) -> None:
    answers = {stranger.knock("100 000 000").status for _ in range(9)}
    assert answers == {422}
    assert held == sorted(held) and 0 < held[0] < held[-1] <= 8


def test_a_wrong_code_is_answered_in_one_sentence_and_stays_in_the_box(stranger: Phone) -> None:
    page = stranger.knock("100 000 000")
    assert page.errors() == ["That code does not open anything now. Look again, or ask the leader."]
    assert page.fields("/door")["code"] == ["100 000 000"]
    assert stranger.cookie("door") is None


@pytest.fixture
def codes_that_open_nothing(app: Flask, ana: Desk) -> dict[str, str]:
    """One of each kind; last week's and the erased one were right once."""
    closed, erased = ana.open("closed"), ana.open("erased")
    for gone in (closed, erased):
        assert ana.do(f"{gone.console}/close").status == 303
    assert ana.do(f"{erased.console}/erase").status == 303
    return {
        "unknown": "100 000 000",
        "closed": closed.code,
        "closed, by link": closed.link,
        "last week's": erased.code,
        "last week's, by link": erased.link,
        "nothing": "",
        "too long": "1" * 40,
        "words": "let me in",
        "zero-width": "\u200b\u200d",
        "a link of nobody": "A" * 32,
    }


def test_unknown_closed_and_last_weeks_codes_get_the_same_answer(
    app: Flask, circle: Doors, codes_that_open_nothing: dict[str, str], held: list[float]
) -> None:
    answers = set()
    links = {typed for kind, typed in codes_that_open_nothing.items() if "link" in kind}
    for typed in codes_that_open_nothing.values():
        held.clear()
        page = Phone(app).knock(typed)
        assert len(held) == (0 if typed in links else 1)
        # What was typed stands in the box again; all else is the same, byte for byte.
        box = page.fields("/door")["code"][0]
        answers.add((page.status, page.text.replace(f'value="{box}"', 'value=""'), *sorted(page.headers)))
    lengths = {answer[1:2] for answer in answers}
    assert len(lengths) == 1 and {answer[0] for answer in answers} == {422}


def test_a_wrong_code_changes_nothing(app: Flask, circle: Doors, stranger: Phone) -> None:
    before = kept(app)
    stranger.knock("100 000 000")
    assert kept(app) == before
    assert stranger.knock(circle.code).location == "/join"


def test_the_link_in_an_address_does_nothing_without_a_post(app: Flask, circle: Doors, stranger: Phone) -> None:
    for path in (f"/?code={circle.code}", f"/door?code={circle.code}", f"/join?code={circle.link}", f"/{circle.link}"):
        assert stranger.get(path).location != "/here"
    assert stranger.cookie("door") is None and stranger.cookie("circle") is None


@pytest.mark.parametrize("to", ["//evil.example", "/\\evil.example", "https://evil.example", "%2f%2fevil.example"])
def test_next_is_ignored(to: str, circle: Doors, stranger: Phone) -> None:
    assert stranger.post(f"/door?next={to}", {"code": circle.code, "next": to}).location == "/join"
    token = stranger.get("/join").fields("/join")["csrf_token"]
    assert stranger.post(f"/join?next={to}", {"csrf_token": token, "next": to}).location == "/here"
    assert stranger.post(f"/language?next={to}", {"language": "es", "next": to}).location == "/"
