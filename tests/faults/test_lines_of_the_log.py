"""Whatever breaks, and whoever talks, with whatever in their hands: a line of the log has no room for it."""

import json
import re
import time
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest

from facilitator.logs import ELSEWHERE, EVENTS, FIELDS, LEVELS, PLACES
from facilitator.registry import ROUTES
from tests.people import Circle, Page, Phone, Staff, Visitor
from tests.server import Server

MARKER = "dunlin-on-the-mud"
WITHIN = 20.0
CARRIED = {
    "User-Agent": MARKER,
    "Referer": f"http://{MARKER}.example/",
    "Accept": MARKER,
    "Via": MARKER,
    "X-Request-Id": MARKER,
    MARKER: MARKER,
}
LINE = re.compile(r"(app\.py|(facilitator|sessions)/[\w./-]+):\d+ \w*")


class Planted(Server):
    """The server we ship, with faults planted in it."""

    program = ("-m", "tests.faults.planted")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Planted() as server:
        server.add_account("ana@example.org", "facilitator", name="Ana")
        yield server


@pytest.fixture
def circle(ana: Staff) -> Circle:
    return ana.open_circle(MARKER)


@pytest.fixture
def ben(server: Server, circle: Circle) -> Phone:
    phone = Phone(server).come_in(circle)
    phone.cookies["other"] = MARKER
    return phone


def lines(server: Server) -> list[dict[str, Any]]:
    """Every line after those for people, read strictly."""
    said = server.output().splitlines()
    log = [line for line in said if not for_people(line)]
    read = [json.loads(line) for line in log]
    for line in read:
        assert tuple(line) == FIELDS
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\dZ", line["time"]), "the day and the hour, and no more"
        assert line["level"] in LEVELS and line["event"] in EVENTS
        assert re.fullmatch(r"\w{0,61}", line["kind"])
        assert line["where"] in {*ROUTES, *PLACES, ELSEWHERE}
        assert all(LINE.fullmatch(one) for one in line["lines"]), line["lines"]
    return read


def for_people(line: str) -> bool:
    """What is printed at the start."""
    return not line or line.startswith(
        ("Open Circle: http://127.0.0.1:", "Nobody has an account yet.", "  http://127.0.0.1:")
    )


def wait_for(server: Server, **told: str) -> dict[str, Any]:
    """The line that tells this, once it is there."""
    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        found = [line for line in lines(server) if told.items() <= line.items()]
        if found:
            return found[-1]
        time.sleep(0.05)
    raise AssertionError(f"{told} is not in {lines(server)}")


def break_it(phone: Phone, fault: str) -> Page:
    """A note that meets this fault, and carries the marker wherever a request can."""
    form = {"text": MARKER, "tags": MARKER, MARKER: MARKER, "key": str(uuid.uuid4()), "csrf_token": phone.token}
    return phone.post(f"/here/notes?{MARKER}={quote(MARKER)}", form, **CARRIED, **{"X-Plant": fault})


def nothing_of_it(server: Server) -> bool:
    """Not a byte of the marker, nor of what only people send, in anything that was written out."""
    read = server.output()
    return not any(word in read for word in (MARKER, "127.0.0.1:1", "HTTP_", "Traceback", "csrf", "<Greenlet"))


@pytest.mark.parametrize(
    ("fault", "where"),
    [("a view", "here.note"), ("a rule", "here.note"), ("a task", "a task"), ("a thread", "the server")],
)
def test_what_breaks_is_told_by_its_kind_and_its_lines(server: Server, ben: Phone, fault: str, where: str) -> None:
    before = len(lines(server))
    answer = break_it(ben, fault)
    # The fault that is met on the way is told as one; beside the others, the tag is what is to mend.
    assert answer.status == (500 if where == "here.note" else 422)
    assert answer.status == 422 or (MARKER not in answer.text and "Traceback" not in answer.text)
    line = wait_for(server, kind="ZeroDivisionError", where=where, event="broke", level="ERROR")
    assert line in lines(server)[before:]
    if fault == "a rule":
        assert any(one.startswith("sessions/circle/shares.py:") for one in line["lines"])
    assert nothing_of_it(server)
    ben.note("and the next good one is kept")


def test_a_template_that_breaks(server: Server, ben: Phone) -> None:
    assert Visitor(server, **CARRIED).get(f"/what-we-keep?{MARKER}", **{"X-Plant": "a template"}).status == 500
    line = wait_for(server, where="public.what_we_keep", kind="ZeroDivisionError")
    assert any(one.startswith("facilitator/templates/public/what_we_keep.html:") for one in line["lines"])
    assert nothing_of_it(server)


def test_a_socket_hook_that_breaks(server: Server, ben: Phone) -> None:
    before = len(lines(server))
    path = f"/socket.io/?EIO=4&transport=polling&plant=a+hook&{MARKER}={MARKER}"
    headers = CARRIED
    sid = re.search('"sid":"([^"]+)"', ben.get(path, **headers).text)
    assert sid
    said = ben.post(f"{path}&sid={sid[1]}", b"40", **headers).text
    said += ben.get(f"{path}&sid={sid[1]}", **headers).text
    assert MARKER not in said and '"sid"' not in said
    assert all(line["where"] in ("a socket", "the server") for line in lines(server)[before:])
    assert nothing_of_it(server)


def test_a_sign_in_that_breaks_in_its_thread(server: Server) -> None:
    stranger = Visitor(server, **CARRIED)
    token = stranger.get("/staff/sign-in").find(r'name="csrf_token" value="([^"]+)"')
    form = {"email": MARKER, "passphrase": f"break {MARKER}", "csrf_token": token}
    assert stranger.post("/staff/sign-in", form).status == 500
    assert wait_for(server, where="staff.sign_in", kind="ZeroDivisionError")["lines"]
    assert nothing_of_it(server)


def test_libraries_and_prints_say_nothing_of_their_own(server: Server, ben: Phone) -> None:
    break_it(ben, "a library")
    assert wait_for(server, event="said", where=ELSEWHERE, kind="ZeroDivisionError")["level"] == "ERROR"
    break_it(ben, "print")
    wait_for(server, event="warned", kind="UserWarning")
    break_it(ben, "throwing away")
    wait_for(server, event="broke", kind="LookupError")
    ben.post("/here/notes", json.dumps({"text": MARKER}).encode(), **{"Content-Type": "application/json"})
    assert nothing_of_it(server)


def test_the_clock_that_breaks_goes_on(server: Server, ben: Phone) -> None:
    break_it(ben, "the clock")
    line = wait_for(server, where="the clock", kind="FloatingPointError")
    assert any(one.startswith("facilitator/clock.py:") for one in line["lines"])
    ben.note("and the next good one is kept")
    assert nothing_of_it(server)
