"""Every answer carries exactly the same headers: pages, files, errors of every kind and method, and the socket's."""

import socket
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

import pytest

from facilitator.safety import HEADERS
from tests.people import Staff, Visitor
from tests.server import Server

OF_THE_ANSWER = {
    "connection", "content-encoding", "content-length", "content-type", "date", "location", "set-cookie",
    "transfer-encoding", "vary",
}  # fmt: skip
PAGE, FILE = "no-store", "public, max-age=31536000, immutable"
WEBSOCKET = (
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
)
POLL, LISTEN = "/socket.io/?EIO=4&transport=polling", "/socket.io/?EIO=4&transport=websocket"
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"


class Asked(NamedTuple):
    """One request as it goes over the wire, and the status it gets."""

    status: int
    line: str
    headers: str = ""
    body: str = ""


class Answer(NamedTuple):
    """What came back, before anything has tidied it."""

    status: int
    headers: list[tuple[str, str]]

    @property
    def policy(self) -> list[tuple[str, str]]:
        """All headers but those that say what this one answer is."""
        return sorted((name, value) for name, value in self.headers if name.lower() not in OF_THE_ANSWER)


REFUSALS = {
    "no route": Asked(404, "GET /nothing"),
    "no route, posted": Asked(404, "POST /nothing", "Content-Length: 0\r\n"),
    "no such method": Asked(404, "DELETE /"),
    "a method nobody knows": Asked(404, "BREW /"),
    "TRACE": Asked(404, "TRACE /", "X-Marker: words\r\n"),
    "OPTIONS": Asked(303, "OPTIONS /here"),
    "a wrong code": Asked(422, "POST /door", FORM + "Content-Length: 14\r\n", "code=100000000"),
    "a form of an old page": Asked(403, "POST /staff/sign-in", FORM + "Content-Length: 3\r\n", "a=b"),
    "a post from elsewhere": Asked(403, "POST /door", "Sec-Fetch-Site: cross-site\r\nContent-Length: 0\r\n"),
    "a body too large": Asked(413, "POST /door", FORM + "Content-Length: 999999\r\n"),
    "a body too large, in pieces": Asked(
        413, "POST /door", FORM + "Transfer-Encoding: chunked\r\n", "10001\r\n" + "a" * 65537 + "\r\n0\r\n\r\n"
    ),
    "pieces that are none": Asked(400, "POST /door", FORM + "Transfer-Encoding: chunked\r\n", "words\r\n\r\n"),
    "headers too large": Asked(431, "GET /", "".join(f"X-{number}: {'a' * 4000}\r\n" for number in range(5))),
    "a header too large": Asked(431, "GET /", f"Cookie: {'a' * 100_000}\r\n"),
    "headers too many": Asked(431, "GET /", "".join(f"X-{number}: a\r\n" for number in range(200))),
    "an address too long": Asked(414, f"GET /{'a' * 9000}"),
    "no method": Asked(400, "words"),
    "an unknown protocol": Asked(400, "GET / HTTP/9.9\r\nX: "),
    "a length that is none": Asked(400, "POST /door", "Content-Length: words\r\n"),
    "a length below nothing": Asked(400, "POST /door", "Content-Length: -1\r\n"),
    "a socket without a cookie": Asked(403, f"GET {POLL}"),
    "a socket from elsewhere": Asked(403, f"GET {LISTEN}", WEBSOCKET + "Origin: https://evil.example\r\n"),
    "half a handshake": Asked(400, f"GET {LISTEN}", "Origin: {own}\r\nUpgrade: websocket\r\n"),
    "a socket of another protocol": Asked(400, "GET /socket.io/?EIO=3&transport=polling", "Origin: {own}\r\n"),
    "a socket nobody knows": Asked(400, f"GET {POLL}&sid=nobody", "Origin: {own}\r\n"),
    "a socket posted to": Asked(400, f"POST {POLL}&sid=nobody", "Origin: {own}\r\nContent-Length: 0\r\n"),
    "a socket's other method": Asked(405, f"PUT {POLL}", "Origin: {own}\r\nContent-Length: 0\r\n"),
    "a socket's HEAD": Asked(405, f"HEAD {POLL}", "Origin: {own}\r\n"),
    "too much for a socket": Asked(413, f"POST {POLL}&sid=x", "Origin: {own}\r\nContent-Length: 1025\r\n", "4" * 1025),
}
ANSWERS = {
    "the door": Asked(200, "GET /"),
    "its head": Asked(200, "HEAD /"),
    "compressed": Asked(200, "GET /", "Accept-Encoding: gzip\r\n"),
    "a way elsewhere": Asked(303, "GET /here"),
    "plain words": Asked(200, "GET /healthz"),
    "a poll": Asked(200, f"GET {POLL}", "Origin: {own}\r\n"),
    "a poll in a callback": Asked(200, f"GET {POLL}&j=0", "Origin: {own}\r\n"),
    "a socket's OPTIONS": Asked(200, f"OPTIONS {POLL}", "Origin: {own}\r\n"),
}


@pytest.mark.parametrize("asked", [*REFUSALS.values(), *ANSWERS.values()], ids=[*REFUSALS, *ANSWERS])
def test_every_answer_carries_the_same_headers(server: Server, asked: Asked) -> None:
    printed = server.output()
    answer = ask(server, asked)
    assert answer.status == asked.status
    assert answer.policy == sorted([*HEADERS.items(), ("Cache-Control", PAGE)])
    once_each(answer)
    assert server.output() == printed


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_file_is_kept_for_a_year_and_differs_in_nothing_else(server: Server, method: str) -> None:
    path = Visitor(server).get("/").find(r'href="(/static/[^"]*base\.css)"')
    for headers in ("", "Accept-Encoding: gzip\r\n"):
        answer = ask(server, Asked(200, f"{method} {path}", headers))
        assert answer.status == 200 and answer.policy == sorted([*HEADERS.items(), ("Cache-Control", FILE)])
        once_each(answer)
    for missing in (path + "x", "/static/x/../../app.py", path.replace("base", "%2e%2e/x")):
        answer = ask(server, Asked(404, f"{method} {missing}"))
        assert answer.status == 404 and answer.policy == sorted([*HEADERS.items(), ("Cache-Control", PAGE)])


@pytest.fixture
def broken() -> Iterator[Server]:
    """A server whose database has lost its tables."""
    with Server() as server:
        with closing(sqlite3.connect(server.data / "open-circle.db")) as db, db:
            for table in ("seats", "host"):
                db.execute(f"ALTER TABLE {table} RENAME TO {table}_gone")
        yield server


def test_a_page_that_breaks_carries_them_too(broken: Server) -> None:
    for line in ("GET /", "POST /here/leave"):
        answer = ask(broken, Asked(500, line, "Content-Length: 0\r\n"))
        assert answer.status == 500 and answer.policy == sorted([*HEADERS.items(), ("Cache-Control", PAGE)])
        once_each(answer)


def test_what_is_posted_gets_them_on_the_way_elsewhere(ana: Staff) -> None:
    opened = ana.post("/lead/circles", {"title": "x", "plan": "60", "appear": "at-once", "csrf_token": ana.token})
    assert opened.status == 303
    told = {name: value for name, value in opened.headers.items() if name.lower() not in OF_THE_ANSWER}
    assert told == HEADERS | {"Cache-Control": PAGE}


def once_each(answer: Answer) -> None:
    names = Counter(name.lower() for name, _ in answer.headers if name.lower() != "set-cookie")
    assert set(names.values()) == {1}, names


def ask(server: Server, asked: Asked) -> Answer:
    """Send it as it is, and read the head of the answer as it is."""
    head = f"{asked.line} HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nConnection: close\r\n{asked.headers}\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=15) as line:
        line.sendall(head.replace("{own}", server.address).encode() + asked.body.encode())
        came = b""
        while b"\r\n\r\n" not in came:
            more = line.recv(65536)
            assert more, f"cut off after {came!r}"
            came += more
    status, *lines = came.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    pairs = [line.partition(": ") for line in lines]
    return Answer(int(status.split()[1]), [(name, value) for name, _, value in pairs])
