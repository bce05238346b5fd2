"""A practice circle over the real server: made-up members come, take part and leave, and nothing of them stays."""

import re
import time
from collections.abc import Callable, Iterator

import pytest

from sessions.library import made_up
from tests.people import Circle, Page, Phone, Staff
from tests.server import Server

WITHIN = 60.0


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One where made-up members hurry."""
    with Server(PRACTICE_SECONDS="0.05") as server:
        server.add_account("ana@example.org", "facilitator", name="Ana")
        yield server


@pytest.fixture
def ana(server: Server) -> Staff:
    return Staff(server, "ana@example.org")


def practice(ana: Staff) -> Circle:
    """Press the button."""
    begun = ana.post("/lead/practice", {"csrf_token": ana.token})
    assert begun.status == 303
    circle_id = begun.headers["Location"].rpartition("/")[2]
    return Circle(circle_id, ana.console(circle_id).find(r"data-code>([\d ]+)<"))


def over(ana: Staff, circle: Circle) -> None:
    for action in ("close", "erase"):
        assert ana.act(circle.id, action).status == 204


def until(seen: Callable[[], Page], told: Callable[[Page], bool]) -> Page:
    """The page, as soon as it tells this."""
    end = time.monotonic() + WITHIN
    while not told(page := seen()):
        assert time.monotonic() < end, page.text
        time.sleep(0.05)
    return page


def walls(page: Page) -> dict[str, str]:
    return page.wall("checkins") | page.wall("notes")


def test_they_come_in_share_raise_hands_and_leave(server: Server, ana: Staff) -> None:
    printed = server.output()
    circle = practice(ana)
    with ana.listen(circle=circle.id) as console:
        page = until(lambda: ana.console(circle.id), lambda page: len(walls(page)) > 3 and page.phones == 0)
        here = {heard.data["n"] for heard in console.told("here")}
        told = console.words()
    assert max(here) >= 3
    said = {act.words for acts in made_up("en") for act in acts if act.kind in ("check-in", "note")}
    assert set(walls(page).values()) <= said
    assert len(set(re.findall(r'<li id=\\"hand-(\w+)', told))) >= 2
    over(ana, circle)
    assert server.output() == printed


def test_of_what_they_said_nothing_is_left(server: Server, ana: Staff) -> None:
    circle = practice(ana)
    until(lambda: ana.console(circle.id), lambda page: len(walls(page)) >= 3)
    over(ana, circle)
    assert ana.console(circle.id).status == 404
    time.sleep(1)  # whoever was still to come finds nothing to come to
    said = [act.words.encode() for acts in made_up("en") for act in acts if act.words]
    kept = {file.name: file.read_bytes() for file in server.files()}
    assert [name for name, held in kept.items() if circle.id.encode() in held or any(one in held for one in said)] == []
    assert "ERROR" not in server.output()


def test_it_says_what_it_is_to_everybody_who_comes(server: Server, ana: Staff) -> None:
    circle = practice(ana)
    ben = Phone(server)
    ben.knock(circle.code)
    assert "Practice: the others here are made up." in ben.get("/join").text
    ben.join()
    for page in (ben.here(), ana.console(circle.id), ana.get(f"/lead/{circle.id}/screen")):
        assert "Practice. The people here are made up." in page.text
    over(ana, circle)


def test_they_speak_the_leaders_language(server: Server, ana: Staff) -> None:
    ana.headers["Accept-Language"] = "es"
    circle = practice(ana)
    page = until(lambda: ana.console(circle.id), lambda page: len(walls(page)) >= 3)
    assert set(walls(page).values()) <= {act.words for acts in made_up("es") for act in acts}
    assert "Las personas aquí son inventadas." in page.text
    over(ana, circle)


def test_shut_doors_keep_them_out_and_a_pause_keeps_them_from_writing(server: Server, ana: Staff) -> None:
    circle = practice(ana)
    ana.act(circle.id, "pause")
    until(lambda: ana.console(circle.id), lambda page: page.phones > 0)
    ana.act(circle.id, "shut")
    count = ana.console(circle.id).phones
    time.sleep(2)
    page = ana.console(circle.id)
    assert page.phones <= count
    assert walls(page) == {} and "waiting</p>" not in page.find(r'<div id="waiting"(.*?)</div>')
    over(ana, circle)


def test_there_is_one_at_a_time(server: Server, ana: Staff) -> None:
    circle = practice(ana)
    assert practice(ana).id == circle.id
    ana.act(circle.id, "close")
    another = practice(ana)
    assert another.id != circle.id
    for one in (circle, another):
        ana.act(one.id, "close")
        assert ana.act(one.id, "erase").status == 204
