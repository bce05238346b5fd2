"""Who comes with a cookie, an address or a header that is not theirs, at the real server."""

import threading
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pyotp
import pytest

from tests.nothing_lost import MARKER, nothing_lost, refused
from tests.people import Circle, Page, Phone, Staff, Visitor
from tests.server import PASSPHRASE, Server

INJECTED = {
    "script": f"<script>{MARKER}</script>",
    "image": f'"><img src=x onerror={MARKER}>',
    "link": "javascript:alert(1)",
    "template": "{{7*7}} {% raw %} {# #} ${7*7} #{7*7}",
    "SQL": "'; DROP TABLE shares; --",
    "wildcards": "100% _ ?1 :name",
    "format": "%(number)s %s {0}",
    "markup that closes": "</textarea></li></ol></body>",
    "a header": "x\r\nSet-Cookie: circle=x",
}
OUTSIDE = (
    "/static/../app.py",
    "/static/%2e%2e/app.py",
    "/static/..%2f..%2fapp.py",
    "/static/..%5c..%5capp.py",
    "/static/%00",
    "//etc/passwd",
    "/static//etc/passwd",
    "/static/x/..%252f..%252fapp.py",
    "/%2e%2e/%2e%2e/etc/passwd",
)
ELSEWHERE = {
    "a foreign origin": {"Origin": "https://evil.example"},
    "no origin that can be named": {"Origin": "null"},
    "another port": {"Origin": "http://127.0.0.1:1"},
    "a cross-site post": {"Sec-Fetch-Site": "cross-site"},
    "a same-site post": {"Sec-Fetch-Site": "same-site"},
}
SPOOFED = (
    {"Host": "evil.example"},
    {"Host": "127.0.0.1.evil.example"},
    {"Host": "evil.example@127.0.0.1"},
    {"Host": "127.0.0.1/x"},
    {"Host": ""},
    {"X-Forwarded-For": "203.0.113.9"},
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "https"},
    {"Forwarded": "for=203.0.113.9"},
)
NEXT = ("//evil.example", "/\\evil.example", "%2f%2fevil.example", "https:evil.example", "/%09/evil.example")


@pytest.mark.parametrize("typed", INJECTED.values(), ids=INJECTED)
def test_markup_in_any_field_is_text(typed: str, server: Server, ana: Staff) -> None:
    shown = " ".join(typed.split())
    circle = ana.open_circle(typed)
    ben, cleo = Phone(server).come_in(circle), Phone(server).come_in(circle)
    with cleo.listen() as other, ana.listen(circle=circle.id) as console:
        ben.note(typed)
        ben.check_in(typed)
        ana.act(circle.id, "rules", words=typed)
        version = cleo.catch_up().version
        for socket in (other, console):
            socket.wait_for_version(version)
            assert_text(socket.words())
    pages = [cleo.here(), ana.console(circle.id), ana.get("/lead")]
    for wall in ("notes", "checkins"):
        assert [" ".join(words.split()) for words in pages[0].wall(wall).values()] == [shown]
    for page in pages:
        assert page.status == 200
        assert_text(page.text)
    ana.act(circle.id, "close")
    ana.act(circle.id, "erase")


def test_markup_where_it_is_refused_is_not_said_again(
    server: Server, ana: Staff, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    stranger = Visitor(server)
    token = stranger.get("/staff/sign-in").find(r'name="csrf_token" value="([^"]+)"')
    with nothing_lost(circle, ben, cleo):
        for typed in (INJECTED["script"], INJECTED["SQL"]):
            asked = [stranger.post("/door", {"code": typed})]
            asked += [ana.act(circle.id, "unblank", pin=typed), ana.act(circle.id, "unblank", passphrase=typed)]
            form = {"title": "Tuesday", "pin": typed, "minutes": typed, "appear": typed, "csrf_token": ana.token}
            asked += [ana.post("/lead/circles", form)]
            form = {"email": "x", "passphrase": typed, "code": typed[:40], "csrf_token": token}
            asked += [stranger.post("/staff/sign-in", form)]
            for answer in asked:
                assert answer.status == 422
                assert_text(answer.text)
            for path in (f"/staff/invited/{quote(typed)}", f"/staff/first/{quote(typed)}", f"/{quote(typed)}"):
                refused(stranger.get(path))


def test_a_cookie_from_before_coming_in_is_replaced_and_dead(server: Server, circle: Circle) -> None:
    ben = Phone(server)
    ben.cookies["circle"] = preset = "x" * 43
    ben.come_in(circle)
    mine = ben.cookies["circle"]
    assert mine != preset
    assert to_the_door(server, preset)
    ben.come_in(circle)
    assert ben.cookies["circle"] != mine
    assert to_the_door(server, mine)


def test_a_cookie_from_before_signing_in_is_replaced_and_dead(server: Server) -> None:
    first = Visitor(server)
    first.get("/staff/sign-in")
    fixed = first.cookies["staff"]
    flor = Staff(server, "flor@example.org")
    signed_in = flor.cookies["staff"]
    assert signed_in != fixed
    victim = Visitor(server)
    victim.cookies["staff"] = fixed
    assert victim.get("/lead").headers["Location"] == "/staff/sign-in"
    flor.sign_out()
    victim.cookies["staff"] = signed_in
    assert victim.get("/lead").headers["Location"] == "/staff/sign-in"


def test_a_cookie_that_is_not_mine_leads_to_the_door(
    server: Server, circle: Circle, ben: Phone, cleo: Phone, dov: Phone
) -> None:
    mine = ben.cookies["circle"]
    made_up = ("x" * 43, mine[:-1], mine[:20], mine + "x", mine.swapcase(), f'"{mine[:-1]}"', "%00", "é", circle.id)
    with nothing_lost(circle, ben, cleo):
        for cookie in made_up:
            assert to_the_door(server, cookie)
        share = {"text": MARKER, "key": "x", "csrf_token": ben.token}
        assert dov.post("/here/notes", share).status == 403
    assert "the next good one" not in dov.here().text


def test_the_cookie_of_a_phone_that_left_leads_to_the_door(server: Server, circle: Circle, cleo: Phone) -> None:
    ben = Phone(server).come_in(circle)
    mine = ben.cookies["circle"]
    ben.leave()
    assert to_the_door(server, mine)
    cleo.note("all others go on")


@pytest.mark.parametrize("path", OUTSIDE)
def test_no_address_leads_out_of_the_files_we_serve(path: str, circle: Circle, ben: Phone, cleo: Phone) -> None:
    with nothing_lost(circle, ben, cleo):
        for answer in (ben.get(path), Visitor(ben.server).get(path)):
            assert answer.status == 404
            assert "create_app" not in answer.text and "root:" not in answer.text


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_post_from_elsewhere(headers: dict[str, str], ana: Staff, circle: Circle, ben: Phone, cleo: Phone) -> None:
    with nothing_lost(circle, ben, cleo):
        for person, path in ((ben, "/here/notes"), (ben, "/here/leave"), (ana, f"/lead/{circle.id}/close")):
            form = {"text": MARKER, "csrf_token": person.token}
            answer = person.post(path, form, **headers)
            assert answer.status == 403
            refused(answer)
        assert ben.post("/here/notes", b'{"text":"x"}', **headers | {"Content-Type": "text/plain"}).status == 403


@pytest.mark.parametrize("headers", SPOOFED, ids=str)
def test_an_address_that_is_not_ours(headers: dict[str, str], ana: Staff, circle: Circle, ben: Phone) -> None:
    for answer in (ben.get("/", **headers), ben.get("/here", **headers), ana.get("/lead", **headers)):
        assert answer.status == 400
        refused(answer)
    console = ana.console(circle.id).text
    assert "evil.example" not in console and f"127.0.0.1:{ben.server.port}" in console


@pytest.mark.parametrize("where", NEXT)
def test_a_way_on_that_somebody_else_wrote_is_ignored(where: str, server: Server, circle: Circle) -> None:
    asked = f"?next={where}"
    phone = Phone(server)
    assert phone.post(f"/door{asked}", {"code": circle.code, "next": where}).headers["Location"] == "/join"
    token = phone.get("/join").find(r'name="csrf_token" value="([^"]+)"')
    assert phone.post(f"/join{asked}", {"csrf_token": token, "next": where}).headers["Location"] == "/here"
    assert phone.post(f"/language{asked}", {"language": "es", "next": where}).headers["Location"] == "/"
    assert Visitor(server).get(f"/lead{asked}").headers["Location"] == "/staff/sign-in"
    desk = Visitor(server)
    form = {"email": "esi@example.org", "passphrase": PASSPHRASE, "next": where}
    form["csrf_token"] = desk.get("/staff/sign-in").find(r'name="csrf_token" value="([^"]+)"')
    assert "evil" not in desk.post(f"/staff/sign-in{asked}", form).headers["Location"]


def test_digits_that_were_used_once(server: Server) -> None:
    server.add_account("hal@example.org", "facilitator")
    hal = Staff(server, "hal@example.org")
    page = "/staff/account/second-step"
    secret = hal.get(page).find(r'name="secret"[^>]* value="([A-Z2-7]{32})"')
    steps = pyotp.TOTP(secret)
    hal.post(page, {"csrf_token": hal.token, "secret": secret, "old": PASSPHRASE, "code": steps.at(time.time() - 30)})
    digits = steps.now()
    assert signs_in(server, digits).status == 303
    assert signs_in(server, digits).status == 422


def test_two_who_close_at_once_close_once(ana: Staff, circle: Circle, cleo: Phone) -> None:
    version = cleo.catch_up().version
    answers = at_once(*[lambda: ana.act(circle.id, "close")] * 5)
    assert [answer.status for answer in answers] == [204] * 5
    assert cleo.catch_up().version == version + 1


def test_a_text_on_its_way_while_it_closes_is_kept_or_refused_and_never_half(
    ana: Staff, circle: Circle, ben: Phone, cleo: Phone
) -> None:
    sends = [lambda text=f"on its way {number}": (text, ben.send("notes", text)) for number in range(8)]
    *sent, closed = at_once(*sends, lambda: ("", ana.act(circle.id, "close")))
    assert closed[1].status == 204
    assert "on its way" not in cleo.here().text
    kept = {text for text, answer in sent if answer.status == 200}
    for _, answer in sent:
        assert answer.status == 200 or (refused(answer) is None and answer.status == 422)
    assert ana.act(circle.id, "reopen", passphrase=PASSPHRASE).status == 204
    assert set(cleo.here().wall("notes").values()) == kept
    ben.note("the next good one")


def to_the_door(server: Server, cookie: str) -> bool:
    """Whether this cookie opens nothing: neither the page nor a form."""
    phone = Phone(server)
    phone.headers["Cookie"] = f"circle={cookie}".encode().decode("latin-1")
    answers = [phone.ask(method, path, None, phone.headers) for method, path in WAYS_IN]
    return all(answer.status == 303 and answer.headers["Location"] == "/" for answer in answers)


WAYS_IN = (("GET", "/here"), ("POST", "/here/notes"), ("POST", "/here/check-ins"))


def signs_in(server: Server, digits: str) -> Page:
    desk = Visitor(server)
    token = desk.get("/staff/sign-in").find(r'name="csrf_token" value="([^"]+)"')
    form = {"email": "hal@example.org", "passphrase": PASSPHRASE, "code": digits, "csrf_token": token}
    return desk.post("/staff/sign-in", form)


def assert_text(markup: str) -> None:
    """Nothing that was typed became an element, an attribute, a link or a sum."""
    assert f"<script>{MARKER}" not in markup and "<img src=x" not in markup and 'href="javascript' not in markup
    assert ">49 " not in markup and "</textarea></li>" not in markup


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """All of these at the same moment."""
    answers: dict[int, Any] = {}
    start = threading.Barrier(len(acts))

    def run(number: int) -> None:
        start.wait()
        answers[number] = acts[number]()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [answers[number] for number in range(len(acts))]
