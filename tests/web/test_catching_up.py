"""Catching up: a page that is open already reads what is live of it; what all see alike is drawn once for them.

What is held for that is members' words. It is never another circle's, never another language's, and never outlives
a change, a blank, a close or an erase.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from flask import Flask

from facilitator import clock, shared
from sessions.circle.snapshot import Snapshot
from tests.web.cast import Desk, Doors, Phone

CANARY = "the words of one evening"
SEEN = Snapshot("a" * 20, 7, "open", False, True, [], [], [], 0, False)


@pytest.fixture(autouse=True)
def nothing_held() -> Iterator[None]:
    shared.drop_all()
    yield
    shared.drop_all()


def test_all_that_is_live_on_the_page_is_in_the_news_and_alike(
    app: Flask, ana: Desk, circle: Doors, ben: Phone, cleo: Phone
) -> None:
    ana.do(f"{circle.console}/rules", words="Tea first.")
    for phone in (ben, cleo):
        phone.note("a note", script=True)
        phone.share("a check-in", tags=["set:sleep"], script=True)
    page, news = ben.here(), ben.get("/here", script=True)
    for unscripted in [*news.root.xpath("//noscript"), *page.root.xpath("//noscript")]:
        unscripted.drop_tree()
    alike = {one.get("id"): " ".join(one.text_content().split()) for one in news.root.xpath("//*[@data-live]")}
    live_parts = page.root.xpath("//*[@data-live]")
    assert {"notes", "checkins", "hand", "own", "turn", "now", "box-note"} < set(alike)
    assert len(live_parts) == len(alike)
    for one in live_parts:
        assert alike.pop(one.get("id")) == " ".join(one.text_content().split())
    assert alike == {}
    assert news.root.body.get("data-v") == page.data("v")
    assert len(news.text) < len(page.text) / 2


def test_two_phones_of_one_language_share_it_and_it_holds_nothing_of_either(
    circle: Doors, ben: Phone, cleo: Phone
) -> None:
    ben.note("said by Ben", script=True)
    for phone in (ben, cleo):
        assert "said by Ben" in phone.get("/here", script=True).text
    [(_, drawn)] = shared._drawn.values()
    assert list(drawn) == ["en"] and "said by Ben" in drawn["en"]
    for word in ("<form", "<input", "csrf", "data-mine", "data-wrote", "Take back", "/lead/"):
        assert word not in drawn["en"]
    assert ben.get("/here", script=True).text.count('data-wrote=""') == 0
    assert cleo.get("/here", script=True).text.count('data-wrote=""') == 1


def test_a_reader_has_their_own_language_and_their_own_circle(
    app: Flask, circle: Doors, ben: Phone, dov: Phone
) -> None:
    dona = Phone(app, "es").join(circle.code)
    ben.note(CANARY, script=True)
    for phone, language in ((ben, "sin nombre"), (dona, "with no name"), (dov, CANARY)):
        for _ in range(2):
            assert language not in phone.get("/here", script=True).text
    assert CANARY in dona.get("/here", script=True).text
    assert sorted(language for _, drawn in shared._drawn.values() for language in drawn) == ["en", "en", "es"]


@pytest.mark.parametrize(
    "action",
    [
        pytest.param(lambda ana, console, share: ana.do(f"{console}/shares/{share}/wipe"), id="wiped"),
        pytest.param(lambda ana, console, share: ana.do(f"{console}/shares/{share}/set-aside"), id="set aside"),
        pytest.param(lambda ana, console, share: ana.do(f"{console}/close"), id="closed"),
    ],
)
def test_what_is_gone_from_the_screens_is_held_no_more(
    ana: Desk, circle: Doors, ben: Phone, cleo: Phone, action: Callable[[Desk, str, str], object]
) -> None:
    ben.note(CANARY, script=True)
    assert CANARY in cleo.get("/here", script=True).text and CANARY in str(shared._drawn)
    action(ana, circle.console, ben.here().mine[0])
    assert CANARY not in str(shared._drawn)
    assert CANARY not in cleo.get("/here", script=True).text
    assert CANARY not in str(shared._drawn)


def test_of_a_circle_that_is_blank_nothing_is_held(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    ben.note(CANARY, script=True)
    cleo.get("/here", script=True)
    ana.do(f"{circle.console}/blank")
    assert shared._drawn == {}
    assert "Back soon" in cleo.get("/here", script=True).text
    assert shared._drawn == {}


def test_nothing_outlives_the_erase(ana: Desk, circle: Doors, ben: Phone, cleo: Phone) -> None:
    ben.note(CANARY, script=True)
    cleo.get("/here", script=True)
    ana.do(f"{circle.console}/close")
    cleo.get("/here", script=True)
    ana.do(f"{circle.console}/erase")
    assert shared._drawn == {}
    assert cleo.get("/here", script=True).location == "/"
    assert shared._drawn == {}


def test_the_clock_lets_go_of_all_of_it(app: Flask, circle: Doors, ben: Phone) -> None:
    ben.note(CANARY, script=True)
    ben.get("/here", script=True)
    with app.test_request_context():
        clock.ten_seconds_later()
    assert shared._drawn == {}


def test_it_is_drawn_once_for_each_language_and_version_and_circle() -> None:
    drawn: list[str] = []

    def draw(words: str) -> Callable[[], str]:
        return lambda: drawn.append(words) or words  # type: ignore[func-returns-value]

    other = replace(SEEN, circle_id="b" * 20)
    changed = replace(SEEN, version=8)
    renamed = replace(changed, several=True)  # the same version, and something is not as it was
    for seen, language in ((SEEN, "en"), (SEEN, "es"), (other, "en"), (changed, "en"), (renamed, "en")):
        words = f"{seen.circle_id} {seen.version} {seen.several} {language}"
        for _ in range(3):
            assert shared.drawn(seen, language, shared.moment(), draw(words)) == words
    assert len(drawn) == 5
    assert [seen for seen, _ in shared._drawn.values()] == [other, renamed] or len(shared._drawn) == 2


def test_what_was_read_before_a_change_is_not_kept_after_it() -> None:
    since = shared.moment()
    shared.drop(SEEN.circle_id)
    assert shared.drawn(SEEN, "en", since, lambda: CANARY) == CANARY
    assert shared._drawn == {}
