"""Whatever is sent, and whatever breaks: no 500 for bad input, and never a word of anybody's in the log."""

import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from urllib.parse import quote

import pytest

from tests.people import Circle, Phone, Staff, Visitor
from tests.server import Server

MARKER = "bittern-in-the-reeds"
BYTES = MARKER.encode()
MULTIPART = {"Content-Type": f"multipart/form-data; boundary={MARKER}"}
BODIES = {
    "a lone surrogate": b"text=%ED%A0%80" + BYTES,
    "half a surrogate pair": b"text=" + BYTES + b"%ED%A0%BD",
    "NUL": b"text=%00" + BYTES + b"%00",
    "no UTF-8 at all": b"text=%FF%FE" + BYTES,
    "raw bytes": b"text=\xff\xfe\x00" + BYTES,
    "control characters": b"text=%01%02%1B[31m" + BYTES,
    "a thousand fields": b"&".join(b"text=" + BYTES for _ in range(1000)),
    "a field in the field": b"text[" + BYTES + b"]=1",
    "500 tags": b"&".join(b"tags=" + BYTES for _ in range(500)),
    "JSON": b'{"text": "' + BYTES + b'"}',
    "one that is too long": b"text=" + BYTES * 1000,
    "one that is huge": b"text=" + BYTES * 10_000,
    "percent signs and braces": quote("%s %(name)s {0} {{7*7}} ${x} ").encode() + b"=1&text=%25s{0}" + BYTES,
    "nothing": b"",
}
PATHS = (
    f"/{MARKER}",
    f"/{MARKER}%00",
    f"/%ff%fe{MARKER}",
    f"/lead/{MARKER}",
    f"/lead/%ED%A0%80{MARKER}",
    f"/here/shares/{MARKER}/take-back",
    f"/static/../{MARKER}",
    f"/static/%2e%2e/{MARKER}",
    f"/staff/first/{MARKER}%F0",
    f"/here?{MARKER}=%ff",
    f"/socket.io/?EIO=4&transport={MARKER}",
    f"/socket.io/?EIO=4&transport=polling&sid={MARKER}",
    f"/socket.io/?EIO=4&transport=polling&j={MARKER}",
)
HEADERS = (
    {"Cookie": f"circle={MARKER}; door={MARKER}; staff={MARKER}; language={MARKER}"},
    {"Cookie": f"circle=\x7f{MARKER};;;=;"},
    {"Cookie": "circle=" + MARKER * 1000},
    {"Accept-Language": f"{MARKER};q=x, *;q=-1"},
    {"Content-Length": f"9{MARKER}"},
    {"Transfer-Encoding": MARKER},
    {"Host": f"{MARKER}:99999999"},
    {"Host": f"[{MARKER}"},
    {"Expect": MARKER},
    {"Range": f"bytes={MARKER}"},
    {"If-Modified-Since": MARKER},
)


@pytest.fixture
def circle(ana: Staff) -> Circle:
    return ana.open_circle()


@pytest.fixture
def ben(server: Server, circle: Circle) -> Phone:
    return Phone(server).come_in(circle)


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_bad_forms_get_an_answer_and_no_line_in_the_log(
    server: Server, ana: Staff, circle: Circle, ben: Phone, body: bytes
) -> None:
    printed = server.output()
    for path, person in places(circle, ana, ben).items():
        with_key = body + b"&key=" + str(uuid.uuid4()).encode()
        for answer in (
            person.post(path, with_key, **{"X-CSRFToken": person.token}),
            person.post(path, as_a_file(body), **MULTIPART | {"X-CSRFToken": person.token}),
        ):
            assert answer.status < 500, path
    assert server.output() == printed
    ben.note("and the next good one is kept")
    assert "and the next good one is kept" in ben.catch_up().wall("notes").values()


@pytest.mark.parametrize("body", ["%ED%A0%80", "%00", "%FF", "x" * 10_000])
def test_a_bad_code_or_passphrase_gets_one_too(server: Server, body: str) -> None:
    printed = server.output()
    stranger = Visitor(server)
    token = stranger.get("/staff/sign-in").find(r'name="csrf_token" value="([^"]+)"')
    typed = (MARKER + body).encode()
    assert stranger.post("/door", b"code=" + typed).status == 422
    form = b"csrf_token=" + token.encode() + b"&email=" + typed + b"&passphrase=" + typed
    assert stranger.post("/staff/sign-in", form).status == 422
    assert server.output() == printed


@pytest.mark.parametrize("path", PATHS)
def test_bad_addresses_get_an_answer_and_no_line_in_the_log(server: Server, ben: Phone, path: str) -> None:
    printed = server.output()
    for answer in (ben.get(path), ben.post(path, BYTES), Visitor(server).get(path)):
        assert answer.status < 500
        assert MARKER not in answer.text
    assert server.output() == printed


@pytest.mark.parametrize("headers", HEADERS, ids=lambda headers: next(iter(headers)))
def test_bad_headers_get_an_answer_and_no_line_in_the_log(server: Server, ben: Phone, headers: dict[str, str]) -> None:
    printed = server.output()
    for path in ("/", "/here", "/lead", "/socket.io/?EIO=4&transport=polling"):
        answer = ben.get(path, **headers)
        assert answer.status < 500
        assert MARKER not in answer.text
    assert server.output() == printed


def test_when_the_house_itself_breaks_the_log_tells_where_and_no_words(
    server: Server, ana: Staff, circle: Circle, ben: Phone
) -> None:
    printed = len(server.output())
    ben.note(f"{MARKER}, before")
    [share_id] = ben.catch_up().wall("notes")
    with without_a_table(server, "shares"):
        answers = [ben.send("notes", MARKER), ben.take_back(share_id), ben.get(f"/here?{MARKER}")]
        answers += [ana.act(circle.id, f"shares/{share_id}/wipe"), ana.console(circle.id)]
        form = {"text": MARKER, "key": str(uuid.uuid4()), "csrf_token": ben.token}
        answers += [ben.post("/here/notes", form)]
    for answer in answers:
        assert answer.status == 500
        assert "Traceback" not in answer.text
        assert MARKER not in answer.text
    logged = server.output()[printed:]
    assert "OperationalError" in logged
    for words in (MARKER, share_id, circle.id, *ben.cookies.values(), ben.token, "SELECT", "INSERT", "127.0.0.1"):
        assert words not in logged
    ben.note("and the next good one is kept")
    assert list(ben.catch_up().wall("notes").values()) == [f"{MARKER}, before", "and the next good one is kept"]


def test_words_that_no_key_opens_any_more_are_told_as_gone(server: Server, ana: Staff) -> None:
    """What is left when keys in RAM went with the power, and the server was asked before it could tidy up."""
    circle = ana.open_circle(MARKER)
    ben = Phone(server).come_in(circle)
    ben.note(MARKER)
    printed = server.output()
    (server.keys / f"{circle.id}.key").unlink()
    server.stop()
    server.start()
    assert ben.here().status == 303
    assert ana.console(circle.id).status == 404
    assert MARKER not in server.output()[len(printed) :]


def places(circle: Circle, ana: Staff, ben: Phone) -> dict[str, Staff | Phone]:
    """Forms that take words, and who has them before their eyes."""
    own = ("/here/notes", "/here/check-ins", "/here/shares/x/take-back")
    leads = (f"/lead/{circle.id}/rules", f"/lead/{circle.id}/rules/x/reword", "/lead/circles", "/staff/account")
    return dict.fromkeys(own, ben) | dict.fromkeys(leads, ana)


def as_a_file(body: bytes) -> bytes:
    """The same as a file, under the name of a text."""
    head = b'--%s\r\nContent-Disposition: form-data; name="text"; filename="%s"\r\n\r\n' % (BYTES, BYTES)
    return head + body + b"\r\n--" + BYTES + b"--\r\n"


@contextmanager
def without_a_table(server: Server, name: str) -> Iterator[None]:
    """Break the database under the running server, and mend it again."""
    with closing(sqlite3.connect(server.data / "open-circle.db")) as database:
        database.execute(f"ALTER TABLE {name} RENAME TO hidden")
        try:
            yield
        finally:
            database.execute(f"ALTER TABLE hidden RENAME TO {name}")
