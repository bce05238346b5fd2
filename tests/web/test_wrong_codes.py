"""Whatever code opens nothing, the answer and the work are the same: nobody learns which codes once were right."""

import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import Engine, event, update

from facilitator.patience import FREE_TRIES
from sessions.circle.circles import Circle
from sessions.circle.doors import keyed_hash, new_code
from tests.web.cast import Desk, Doors, Phone
from tests.web.pages import Page

FEW = 100
MANY = 10_000


@pytest.fixture
def wrong(app: Flask, ana: Desk, circle: Doors) -> dict[str, str]:
    """A code of each kind, all of them nine digits; all but the first were right once."""
    changed, closed, last_week = ana.open("changed"), ana.open("closed"), ana.open("last week")
    new_hash = keyed_hash(app.config["DOOR_KEY"], new_code())
    app.extensions["database"].write(
        lambda db: db.execute(update(Circle).where(Circle.id == changed.id).values(code_hash=new_hash))
    )
    for gone in (closed, last_week):
        assert ana.do(f"{gone.console}/close").status == 303
    assert ana.do(f"{last_week.console}/erase").status == 303
    return {"unknown": "100000000", "changed": changed.code, "closed": closed.code, "last week's": last_week.code}


def test_status_headers_length_and_the_statements_asked_are_the_same(app: Flask, wrong: dict[str, str]) -> None:
    seen = {}
    for kind, code in wrong.items():
        with statements(app) as asked:
            page = Phone(app).knock(code)
        seen[kind] = (page.status, told(page), len(page.text), page.text.replace(code, "the code"), asked)
    assert len({repr(answer) for answer in seen.values()}) == 1, seen
    assert seen["unknown"][0] == 422 and len(seen["unknown"][4]) > 0


def test_a_link_that_opens_nothing_gets_the_answer_of_a_code_too(
    app: Flask, circle: Doors, wrong: dict[str, str]
) -> None:
    code, link = Phone(app).knock(wrong["unknown"]), Phone(app).knock("A" * len(circle.link))
    assert (code.status, code.errors(), sorted(code.headers.keys())) == (
        link.status,
        link.errors(),
        sorted(link.headers.keys()),
    )


def test_links_are_never_counted_and_never_held(
    app: Flask, circle: Doors, wrong: dict[str, str], held: list[float]
) -> None:
    for _ in range(30):
        assert Phone(app).knock("A" * len(circle.link)).status == 422
    assert held == []
    Phone(app).knock(wrong["unknown"])
    assert held == [min(held)], "thirty old links have not slowed the first code"
    for _ in range(30):
        Phone(app).knock(wrong["unknown"])
    held.clear()
    assert Phone(app).knock(circle.link).location == "/join"
    assert Phone(app).knock(circle.code).location == "/join"
    assert Phone(app).knock("B" * len(circle.link)).status == 422
    assert held == []


def test_a_number_as_long_as_a_link_is_a_code(app: Flask, circle: Doors, held: list[float]) -> None:
    for typed in ("1" * len(circle.link), "٣" * len(circle.link), "1-" * 16):
        Phone(app).knock(typed)
    assert len(held) == 3


def test_wrong_codes_have_their_own_wait_by_the_address_they_come_from(
    app: Flask, wrong: dict[str, str], held: list[float]
) -> None:
    for _ in range(FREE_TRIES + 3):
        Phone(app).knock(wrong["unknown"])
    other = Phone(app).post("/door", {"code": wrong["unknown"]}, environ_base={"REMOTE_ADDR": "192.0.2.9"})
    assert other.status == 422 and held[-1] == held[0] < held[-2]


@pytest.mark.parametrize("times", [FEW, pytest.param(MANY, marks=[pytest.mark.long, pytest.mark.timeout(1800)])])
def test_the_work_is_the_same_by_the_clock(
    times: int, app: Flask, wrong: dict[str, str], held: list[float], seed: int
) -> None:
    took: dict[str, list[float]] = {kind: [] for kind in wrong}
    phone = Phone(app)
    turns = [kind for kind in wrong for _ in range(times)]
    random.Random(seed).shuffle(turns)  # what a busy machine does in between meets all kinds alike
    for kind in turns:
        began = time.perf_counter()
        assert phone.knock(wrong[kind]).status == 422
        took[kind].append(time.perf_counter() - began)
    medians = {kind: statistics.median(seconds) * 1000 for kind, seconds in took.items()}
    apart = max(medians.values()) - min(medians.values())
    print(f"{times} tries each, medians in ms: { {kind: round(ms, 4) for kind, ms in medians.items()} }")
    print(f"medians differ by {apart * 1000:.1f} µs at most")
    assert len(held) == times * len(wrong)


def told(page: Page) -> list[tuple[str, str]]:
    """The headers of an answer."""
    return sorted((name, value) for name, value in page.headers.items() if name != "Date")


@contextmanager
def statements(app: Flask) -> Iterator[list[str]]:
    """Every statement the database is asked meanwhile, without what is looked for."""
    asked: list[str] = []
    engine: Engine = app.extensions["database"].engine

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
