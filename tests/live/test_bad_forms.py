"""Forms that no page of ours sends, at the real server: refused in one sentence, and nothing is lost."""

import json
import uuid
from collections.abc import Callable
from urllib.parse import urlencode

import pytest

from tests.nothing_lost import MARKER, nothing_lost, refused
from tests.people import Circle, Page, Phone, Staff
from tests.server import Server

Sent = tuple[bytes, dict[str, str]]
Fields = list[tuple[str, str]]
EDGE = "dawn"
LANGUAGE = "es"


def urlencoded(*fields: tuple[str, str]) -> Sent:
    return urlencode(fields).encode(), {}


def multipart(*parts: tuple[str, str], body: str = MARKER, end: str = f"--{EDGE}--") -> Sent:
    """Parts by their name and whatever else their header says."""
    head = 'Content-Disposition: form-data; name="{}"{}'
    lines = [f"--{EDGE}\r\n{head.format(name, more)}\r\n\r\n{body}\r\n" for name, more in parts]
    return ("".join(lines) + end).encode(), {"Content-Type": f"multipart/form-data; boundary={EDGE}"}


def of_kind(kind: str, body: str) -> Sent:
    return body.encode(), {"Content-Type": kind}


def good(**changed: str) -> Fields:
    """A good form's fields, but for what is changed; an empty one is left out."""
    fields = {"key": str(uuid.uuid4()), "text": MARKER, "tags": "set:sleep"} | changed
    return [(name, value) for name, value in fields.items() if value]


TYPED: dict[str, Callable[[], Sent]] = {
    "the text twice": lambda: urlencoded(*good(), ("text", MARKER)),
    "the key twice": lambda: urlencoded(*good(), ("key", str(uuid.uuid4()))),
    "no key": lambda: urlencoded(*good(key="")),
    "an empty key": lambda: urlencoded(*good(key=""), ("key", "")),
    "a key of 10 kB": lambda: urlencoded(*good(key="0" * 10_000)),
    "a key that is no UUID": lambda: urlencoded(*good(key=MARKER)),
    "a tag not on the list": lambda: urlencoded(*good(tags=MARKER)),
    "500 tags": lambda: urlencoded(*good(), *[("tags", f"{MARKER}{number}") for number in range(500)]),
    "a file for a tag not on the list": lambda: multipart(("text", ""), ("tags", ""), ("tags", '; filename="x"')),
}
"""What is typed here stays in its box."""
NOT_TYPED: dict[str, Callable[[], Sent]] = {
    "no field at all": lambda: urlencoded(),
    "fields nobody knows": lambda: urlencoded((MARKER, MARKER), ("__class__", MARKER), ("text[]", MARKER)),
    "spaces only": lambda: urlencoded(*good(text=" \t\r\n ", tags="")),
    "only what nobody sees": lambda: urlencoded(*good(text="\u200b\u2060\ufeff", tags="")),
    "1,001 code points": lambda: urlencoded(*good(text="é" * 1001)),
    "a file where text is meant": lambda: multipart(("text", f'; filename="{MARKER}"')),
    "a file where the key is meant": lambda: multipart(("key", f'; filename="{MARKER}"')),
    "JSON": lambda: of_kind("application/json", json.dumps(dict(good()))),
    "JSON as plain text": lambda: of_kind("text/plain", json.dumps(dict(good()))),
    "half of a JSON": lambda: of_kind("application/json", f'{{"text": "{MARKER}'),
    "XML": lambda: of_kind("text/xml", f"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>{MARKER}"),
    "a multipart that breaks off": lambda: multipart(("text", ""), end="--da"),
    "a multipart without its edge": lambda: of_kind("multipart/form-data", MARKER),
    "10,000 parts": lambda: multipart(*[("t", "")] * 10_000, body=""),
    "1,000 small parts": lambda: multipart(*[("t", "")] * 1_000, body=""),
    "over 64 kB": lambda: urlencoded(*good(text="x" * 70_000)),
}
BAD = TYPED | NOT_TYPED


@pytest.fixture
def ben(server: Server, circle: Circle) -> Phone:
    return Phone(server, LANGUAGE).come_in(circle)


@pytest.mark.parametrize("kind", ["check-ins", "notes"])
@pytest.mark.parametrize("name", BAD)
def test_a_share_that_is_no_form_of_ours(name: str, kind: str, circle: Circle, ben: Phone, cleo: Phone) -> None:
    with nothing_lost(circle, ben, cleo):
        for script in ({}, {"X-Requested-With": "fetch"}):
            body, headers = BAD[name]()
            answer = ben.post(f"/here/{kind}", body, **headers | script | {"X-CSRFToken": ben.token})
            refused(answer, LANGUAGE, MARKER if name in TYPED else "")


def test_a_token_of_somebody_else_gives_the_form_back(circle: Circle, ben: Phone, cleo: Phone) -> None:
    with nothing_lost(circle, ben, cleo):
        for token in ("", MARKER, "é🦊", "x" * 10_000, cleo.token):
            body, _ = urlencoded(*good(), ("csrf_token", token))
            refused(ben.post("/here/notes", body), LANGUAGE, MARKER)


def test_every_form_of_the_console(ana: Staff, circle: Circle, ben: Phone, cleo: Phone) -> None:
    """Read by hand as members' forms are: a file or JSON is no words, and a field that comes twice is none of both."""
    rule = ana.console(circle.id).find(r'id="rule-(\w+)"')
    bad = [urlencoded(("words", MARKER), ("words", MARKER)), multipart(("words", '; filename="x"'))]
    bad += [of_kind("application/json", json.dumps({"words": MARKER})), urlencoded((MARKER, MARKER))]
    bad += [urlencoded(("words", MARKER * 200)), multipart(*[("t", "")] * 1_000), multipart(end="--da")]
    with nothing_lost(circle, ben, cleo):
        for path in (f"rules/{rule}/reword", "rules", "in-the-room"):
            for body, headers in bad:
                refused(sent(ana, circle, path, body, headers))
        for direction in (MARKER, "", "up\0"):
            body, headers = urlencoded(("direction", direction))
            refused(sent(ana, circle, f"rules/{rule}/move", body, headers))


def test_forms_of_accounts(server: Server, ana: Staff, circle: Circle, ben: Phone, cleo: Phone) -> None:
    long = {"name": MARKER * 40, "title": MARKER * 40, "pin": MARKER, "old": MARKER, "role": MARKER}
    with nothing_lost(circle, ben, cleo):
        for path in ("/lead/circles", "/staff/account", "/staff/account/passphrase", "/staff/account/second-step"):
            for form in (long, {name: [value, value] for name, value in long.items()}):
                answer = ana.post(path, form | {"csrf_token": ana.token})
                assert answer.status == 422 and "Traceback" not in answer.text
        for number in (1_000, 10_000):
            body, headers = multipart(*[("t", "")] * number, body="")
            refused(ana.post("/staff/account", body, **headers | {"X-CSRFToken": ana.token}))


def sent(ana: Staff, circle: Circle, path: str, body: bytes, headers: dict[str, str]) -> Page:
    script = {"X-Requested-With": "fetch", "X-CSRFToken": ana.token}
    return ana.post(f"/lead/{circle.id}/{path}", body, **headers | script)


def test_the_watch_kept_here_sees_what_it_is_there_for(circle: Circle, ben: Phone, cleo: Phone) -> None:
    with pytest.raises(AssertionError, match="a row changed"), nothing_lost(circle, ben, cleo):
        cleo.note("written meanwhile")
    safe = {"Content-Security-Policy": "default-src 'none'"}
    refused(Page(422, safe, '<p class="error">Send it again.</p>'))
    echo = f'<html><p class="error">Send it again.</p><b>{MARKER}</b></html>'
    for answer in (
        Page(200, safe, "Send it again."),
        Page(422, {"Content-Security-Policy": ""}, "Send it again."),
        Page(422, safe, "ValueError: no"),
        Page(422, safe, f"Traceback {MARKER}"),
        Page(422, safe, '<p class="error">A sentence that is not ours.</p>'),
        Page(422, safe, echo),
    ):
        with pytest.raises(AssertionError):
            refused(answer)
    for language, boxed in (("es", ""), ("en", "words that are not in the box")):
        with pytest.raises(AssertionError):
            refused(Page(422, safe, '<html><p class="error">Send it again.</p></html>'), language, boxed)
