"""Bad input, by name. Whatever is sent: never a 500, nothing is lost, and the next good write works."""

import io
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.cast import SCRIPT, Desk, Doors, Ear, Phone, kept, key, rows

SHOWN_AS_TYPED = {
    "script": "<script>alert(1)</script>",
    "img": '"><img src=x onerror=alert(1)>',
    "javascript": "javascript:alert(1)",
    "jinja": "{{7*7}} {% raw %} {# #} ${7*7} #{7*7}",
    "closing": "</textarea></li></ol></body>",
    "quotes": "' \" ` &amp; &lt;b&gt; ]]>",
    "sql": "'; DROP TABLE shares; --",
    "wildcards": "100% _ \\ ?1 :name",
    "format": "%(number)s %s {0} {place} {spot}",
    "formula": "=HYPERLINK(1)",
    "header": "a Set-Cookie: circle=x",
}


@pytest.fixture
def nothing_is_lost(app: Flask, circle: Doors, ben: Phone, cleo: Phone) -> Iterator[None]:
    """No row and no version changed, other screens are as they were, and the next good write works."""
    cleo.share("here before")
    wall, before = cleo.here().said("checkins"), kept(app)
    yield
    assert kept(app) == before
    assert cleo.here().said("checkins") == wall and cleo.here().data("v") == "2"
    assert ben.share("the next good one").status == 303
    assert cleo.here().said("checkins") == ["here before", "the next good one"]


def form(ben: Phone, **changed: Any) -> dict[str, Any]:
    """A good form of Ben's, but for what is changed; None takes a field out."""
    fields = {"csrf_token": ben.token(), "key": key(), "text": "half said", "tags": ["set:sleep"]} | changed
    return {name: value for name, value in fields.items() if value is not None}


BAD = {
    "no text, no tags": {"text": None, "tags": None},
    "no key": {"key": None},
    "an empty key": {"key": ""},
    "a key of 10 kB": {"key": "0" * 10_000},
    "not a UUID": {"key": "{" + str(uuid.uuid4()) + "}"},
    "a UUID and a line break": {"key": str(uuid.uuid4()) + "\n"},
    "a tag not in the list": {"tags": ["drug:gossip"]},
    "500 tags": {"tags": [f"set:{number}" for number in range(500)]},
    "an empty tag": {"tags": [""]},
    "only zero-width": {"text": "\u200b\u2060\ufeff", "tags": None},
    "1,001 code points": {"text": "é" * 1001},
    "a tower of marks": {"text": "a" + "\u0301" * 9_000},
}


@pytest.mark.parametrize("changed", BAD.values(), ids=BAD)
def test_a_bad_share_is_refused(changed: dict[str, Any], nothing_is_lost: None, ben: Phone) -> None:
    for kind in ("check-ins", "notes"):
        for script in (False, True):
            answer = ben.post(f"/here/{kind}", form(ben, **changed), script=script)
            assert answer.status == 422 and len(answer.errors()) == 1


def as_file(words: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(words.encode()), "words.txt"


PART = b'--x\r\nContent-Disposition: form-data; name="t"\r\n\r\n\r\n'
STRANGE: dict[str, Callable[[Phone], dict[str, Any]]] = {
    "a file where text is meant": lambda ben: {"data": form(ben, text=as_file("half said"), tags=None)},
    "a file where the key is meant": lambda ben: {"data": form(ben, key=as_file(key()))},
    "a file where tags are meant": lambda ben: {"data": form(ben, text=None, tags=as_file("set:sleep"))},
    "JSON": lambda ben: {"json": form(ben)},
    "a list as JSON": lambda ben: {"json": [1, 2]},
    "half of a JSON": lambda ben: {"data": b'{"text": "ha', "content_type": "application/json"},
    "JSON as text/plain": lambda ben: {"data": b'{"text":"x"}', "content_type": "text/plain"},
    "XML": lambda ben: {"data": b"<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>", "content_type": "text/xml"},
    "nothing at all": lambda ben: {"data": b""},
    "a broken multipart": lambda ben: {"data": b"--x\r\nhalf", "content_type": "multipart/form-data; boundary=x"},
    "a multipart without a boundary": lambda ben: {"data": b"x", "content_type": "multipart/form-data"},
    "bytes that are no text": lambda ben: {
        "data": b"text=\xff\xfe\x80&key=%ff",
        "content_type": "application/x-www-form-urlencoded",
    },
    "10,000 multipart parts": lambda ben: {
        "data": b"".join(b'--x\r\nContent-Disposition: form-data; name="t"\r\n\r\n\r\n' for _ in range(1200))
        + b"--x--",
        "content_type": "multipart/form-data; boundary=x",
    },
    "250 small parts": lambda ben: {
        "data": PART * 250 + b"--x--",
        "content_type": "multipart/form-data; boundary=x",
    },
    "over 64 kB": lambda ben: {"data": {"text": "x" * 65_536}},
    "a file of 200 kB": lambda ben: {"data": {"text": as_file("x" * 200_000)}},
}


@pytest.mark.parametrize("strange", STRANGE.values(), ids=STRANGE)
def test_what_is_no_form_is_refused(
    strange: Callable[[Phone], dict[str, Any]], nothing_is_lost: None, ben: Phone
) -> None:
    for token in ({}, {"X-CSRFToken": ben.token()}):
        answer = ben.ask("POST", "/here/notes", headers=token | {"Origin": ben.address}, **strange(ben))
        assert answer.status in (400, 403, 413, 422)
        assert "Traceback" not in answer.text


def test_unknown_fields_are_ignored(ben: Phone, cleo: Phone) -> None:
    extra = {"state": "shown", "circle_id": "x", "member": "x", "__class__": "x", "tags[]": "drug:mixing", "": ""}
    assert ben.post("/here/notes", form(ben) | extra).status == 303
    assert cleo.here().items("notes") == ["half said sleep"]


def test_a_key_of_another_member_is_independent(app: Flask, ben: Phone, cleo: Phone) -> None:
    same = key()
    for phone in (ben, cleo, ben):
        phone.post("/here/notes", form(phone, key=same, text="the same words"))
    assert rows(app, "shares") == 2


def test_the_same_tag_500_times_is_stored_once(ben: Phone, cleo: Phone) -> None:
    assert ben.post("/here/notes", form(ben, text="", tags=["set:sleep"] * 500)).status == 303
    assert cleo.here().items("notes") == ["sleep"]


@pytest.mark.parametrize("typed", SHOWN_AS_TYPED.values(), ids=SHOWN_AS_TYPED)
def test_markup_in_a_share_is_shown_as_typed_on_pages_and_in_pushes(
    typed: str, ana: Desk, circle: Doors, ben: Phone, cleo: Phone, listen: Callable[..., Ear]
) -> None:
    ears = listen(cleo), listen(ana, circle.id)
    assert ben.share(typed).status == 303
    for page in (cleo.here(), ana.get(circle.console)):
        assert page.said("checkins") == [typed]
        assert typed not in page.text or (typed.isprintable() and not set(typed) & set("<>\"'&"))
    for ear in ears:
        html = ear.ops()[0][2]
        assert "<script" not in html and "<img" not in html and html.count("<li") == html.count("</li>") == 1


@pytest.mark.parametrize("typed", SHOWN_AS_TYPED.values(), ids=SHOWN_AS_TYPED)
def test_markup_in_every_other_field_is_shown_as_typed(typed: str, app: Flask, ana: Desk, gus: Desk) -> None:
    circle = ana.open(typed)
    ben = Phone(app).join(circle.code)
    stranger = Phone(app)
    stranger.knock(circle.code)
    ana.send(ana.get("/staff/account"), "", name=typed[:60], paid_by=typed, must_report=typed)
    gus.send(gus.get("/host"), "", run_by=typed, limits=typed, address=typed, naloxone=typed)
    ana.do(f"{circle.console}/rules", words=typed)
    assert ben.here().items("rules")[-1] == " ".join(typed.split())
    pages = [ana.get(circle.console), ana.get("/lead"), stranger.get("/join"), stranger.get("/"), ben.here()]
    pages += [ana.get("/staff/account"), gus.get("/host"), stranger.knock(typed), Desk(app).sign_in(typed, typed)]
    for page in pages:
        assert page.status in (200, 422)
        assert "onerror" not in {name for element in page.root.iter() for name in element.attrib}
        assert not [one for one in page.root.iter("script") if "src" not in one.attrib or "".join(one.itertext())]
        assert "49" not in page.words().split()
    assert pages[1].words().count(" ".join(typed.split())) >= 1


@pytest.mark.parametrize("path", ["/staff/sign-in", "/staff/account", "/lead/circles", "/host"])
def test_a_staff_form_that_is_none_is_refused_or_read_as_empty(
    path: str, app: Flask, ana: Desk, gus: Desk, ben: Phone
) -> None:
    desk = gus if path == "/host" else ana
    headers, before = {"X-CSRFToken": desk.token(), "Origin": desk.address}, rows(app, "circles")
    for kind, strange in STRANGE.items():
        answer = desk.ask("POST", path, headers=headers, **strange(ben))
        assert answer.status in (303, 400, 403, 413, 422), kind
    assert rows(app, "circles") == before


@pytest.mark.parametrize("field", ["title", "plan", "appear"])
def test_a_file_or_json_for_a_field_is_as_if_it_were_not_there(field: str, app: Flask, ana: Desk) -> None:
    fields = {"csrf_token": ana.token(), "title": "Tuesday circle", "plan": "60", "appear": "handfuls"}
    answer = ana.ask("POST", "/lead/circles", headers=SCRIPT, data=fields | {field: as_file("x")})
    assert answer.status == (422 if field == "title" else 303)
    headers = {"X-CSRFToken": ana.token()}
    for value in (5, [1], {"a": 1}, None):
        assert ana.ask("POST", "/lead/circles", headers=headers, json={"title": value}).status == 422


@pytest.mark.parametrize("path", ["/%2e%2e/app.py", "/static/../app.py", "/static/..%2f..%2fapp.py"])
@pytest.mark.parametrize("tail", ["", "%00", "/", "\\..\\..\\app.py", "/%2e%2e/%2e%2e/etc/passwd"])
def test_no_path_leads_out_of_static(path: str, tail: str, stranger: Phone) -> None:
    page = stranger.get(path + tail)
    assert page.status == 404 and "create_app" not in page.text and "root:" not in page.text


unicode_text = st.text(max_size=1200)
some_tag = st.one_of(st.sampled_from(["set:sleep", "drug:mixing"]), unicode_text)
quick = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(
    text=unicode_text, tags=st.lists(st.one_of(st.sampled_from(["set:sleep", "drug:mixing"]), unicode_text), max_size=5)
)
def test_any_share_is_kept_or_refused(text: str, tags: list[str], app: Flask, ben: Phone, cleo: Phone) -> None:
    fields = form(ben, text=text.encode("utf-8", "replace"), tags=[tag.encode("utf-8", "replace") for tag in tags])
    before = rows(app, "shares")
    answer = ben.post("/here/notes", fields)
    assert (answer.status, rows(app, "shares") - before) in ((303, 1), (422, 0))
    assert cleo.here().status == 200


@quick
@given(typed=st.one_of(unicode_text, st.from_regex(r"[0-9 ]{9,12}", fullmatch=True), st.binary(max_size=200)))
def test_anything_at_the_door_is_a_wrong_code(typed: str | bytes, circle: Doors, stranger: Phone) -> None:
    typed = typed.encode("utf-8", "replace") if isinstance(typed, str) else typed
    answer = stranger.post("/door", {"code": typed})
    assert answer.status == 422 and len(answer.errors()) == 1
    assert stranger.knock(circle.code).location == "/join"
