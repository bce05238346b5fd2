"""The outer wall: what no honest browser sends is refused, and the same headers stand on every answer."""

import gzip
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from facilitator.safety import CSP, HEADERS
from tests.web.cast import Browser, Desk, Doors, MakeApp, Phone, kept
from tests.web.pages import Page

ADDRESS = "http://circle.test"


def answers(app: Flask, ben: Phone, ana: Desk, circle: Doors) -> dict[str, Page]:
    """One of every kind of answer."""
    stranger = Phone(app)
    socket = "/socket.io/?EIO=4&transport=polling"
    return {
        "200": stranger.get("/"),
        "a member's page": ben.here(),
        "the console": ana.get(circle.console),
        "204": ana.do(f"{circle.console}/rules", words="Tea first.", script=True),
        "303": stranger.get("/here"),
        "400": stranger.get("/", headers={"Host": "evil.example"}),
        "403, an old page": ben.post("/here/notes", {}),
        "403, from elsewhere": ben.post("/here/notes", {}, headers={"Origin": "http://evil.example"}),
        "404": stranger.get("/nothing"),
        "404, a method": stranger.ask("PUT", "/"),
        "413": ben.post("/here/notes", {"text": "x" * 70_000}),
        "422": ben.share(""),
        "431": stranger.get("/", headers={"X-Long": "x" * 100_000}),
        "OPTIONS": stranger.ask("OPTIONS", "/"),
        "HEAD": stranger.ask("HEAD", "/"),
        "left": Phone(app).post("/here/leave"),
        "healthz": stranger.get("/healthz"),
        "a socket without a cookie": stranger.get(socket),
        "a socket's handshake": ben.get(socket),
        "a socket's post": ben.ask("POST", socket + "&sid=x", headers={"Origin": ADDRESS}, data=b"3"),
        "an unknown socket": ben.get(socket + "&sid=none"),
    }


def test_the_same_exact_headers_on_every_answer(app: Flask, ben: Phone, ana: Desk, circle: Doors) -> None:
    for kind, page in answers(app, ben, ana, circle).items():
        assert page.status < 500, kind
        for name, value in (HEADERS | {"Cache-Control": "no-store"}).items():
            assert page.headers.getlist(name) == [value], (kind, name)
        for name in ("Server", "Access-Control-Allow-Origin", "Strict-Transport-Security", "X-Powered-By"):
            assert name not in page.headers, (kind, name)


def test_static_files_are_kept_under_the_mark_of_their_release(stranger: Phone) -> None:
    path = stranger.file("base.css")
    page = stranger.get(path)
    assert page.status == 200 and page.headers["Content-Security-Policy"] == CSP
    assert page.headers.getlist("Cache-Control") == ["public, max-age=31536000, immutable"]
    mark = path.split("/")[2]
    for other in (path.replace(mark, "0" * 12), "/static/css/base.css", path + "x"):
        gone = stranger.get(other)
        assert gone.status == 404 and gone.headers.getlist("Cache-Control") == ["no-store"]


def test_what_is_compressed_is_the_same_page(app: Flask, ben: Phone) -> None:
    for path in ("/", "/nothing", ben.file("base.css")):
        plain = ben.web.get(path, base_url=ADDRESS)
        packed = ben.web.get(path, base_url=ADDRESS, headers={"Accept-Encoding": "gzip"})
        assert gzip.decompress(packed.data) == plain.data
        assert packed.headers["Vary"] == plain.headers["Vary"] and "Accept-Encoding" in packed.headers["Vary"]
        assert packed.headers["Content-Security-Policy"] == CSP
        packed.close()


@pytest.mark.parametrize(
    ("status", "headers", "sentence"),
    [
        (400, {"Host": "evil.example"}, "Esta dirección no es nuestra."),
        (
            403,
            {"Origin": "http://evil.example"},
            "Esta página estuvo abierta demasiado tiempo. Recárguela e intente otra vez.",
        ),
        (431, {"X-Long": "x" * 100_000}, "Eso es demasiado para mandarlo de una vez."),
    ],
)
def test_what_is_refused_at_the_wall_is_told_in_the_readers_language(
    status: int, headers: dict[str, str], sentence: str, stranger: Phone
) -> None:
    page = stranger.ask("POST", "/door", headers={"Accept-Language": "es"} | headers)
    assert page.status == status and page.text.startswith(sentence)


def test_over_https_browsers_are_told_to_stay_there(make_app: MakeApp) -> None:
    page = Browser(make_app(ADDRESS="https://circle.test")).get("/")
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_the_policy_allows_nothing_inline_and_nobody_else() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in CSP.split(";"))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in CSP and "http" not in CSP and "*" not in CSP
    assert rules["trusted-types"] == "circle" and rules["require-trusted-types-for"] == "'script'"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "circle.test.evil.example"},
        {"Host": "circle.test:99999"},
        {"Host": "circle.test:8080"},
        {"Host": "[::1"},
        {"Host": "192.168.1.20"},
        {"Host": ""},
        {"X-Forwarded-For": "192.0.2.1"},
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "https"},
        {"Forwarded": "for=192.0.2.1"},
    ],
    ids=str,
)
def test_a_spoofed_host_or_forwarding_is_refused(headers: dict[str, str], app: Flask, ben: Phone) -> None:
    before = kept(app)
    for page in (ben.get("/", headers=headers), ben.post("/here/notes", {"text": "x"}, headers=headers)):
        assert (page.status, page.text) == (400, "This address is not ours.")
    assert kept(app) == before


def test_on_a_local_network_private_addresses_are_ours_and_names_are_not(make_app: MakeApp) -> None:
    browser = Browser(make_app(LAN=True))
    assert browser.get("/", headers={"Host": "192.168.1.20:5000"}).status == 200
    for host in ("rebound.evil.example", "8.8.8.8", "circle.evil.example:5000"):
        assert browser.get("/", headers={"Host": host}).status == 400


def test_behind_a_proxy_of_ours_its_word_counts(make_app: MakeApp) -> None:
    browser = Browser(make_app(ADDRESS="https://circle.test", PROXIES=1))
    forwarded = {"X-Forwarded-For": "192.0.2.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "circle.test"}
    assert browser.get("/", headers=forwarded).status == 200
    assert browser.get("/", headers=forwarded | {"X-Forwarded-Host": "evil.example"}).status == 400


FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "http://evil.example"},
    {"Origin": "null"},
    {"Origin": "https://circle.test"},
    {"Origin": "http://circle.test:8080"},
    {"Origin": "http://circle.test.evil.example"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_post_from_elsewhere_is_refused(
    headers: dict[str, str], app: Flask, ben: Phone, cleo: Phone, ana: Desk, circle: Doors
) -> None:
    good = {"csrf_token": ben.token(), "key": "00000000-0000-4000-8000-000000000000", "text": "forged"}
    ours, close = {"csrf_token": ana.get(circle.console).data("csrf")}, f"{circle.console}/close"
    before = kept(app)
    for page in (
        ben.post("/here/notes", good, headers=headers),
        ben.post("/here/leave", {}, headers=headers),
        ben.post("/door", {"code": circle.code}, headers=headers),
        ana.post(close, ours, headers=headers),
    ):
        assert page.status == 403 and page.text.startswith("This page was open too long.")
    assert kept(app) == before and cleo.here().said("notes") == []
    assert ben.post("/here/notes", good).status == 303


def test_an_old_browser_that_says_nothing_of_itself_is_let_in(app: Flask, ben: Phone, cleo: Phone) -> None:
    form = {"csrf_token": ben.token(), "key": "00000000-0000-4000-8000-000000000000", "text": "plain"}
    plain = ben.web.post("/here/notes", data=form, base_url=ADDRESS)
    assert plain.status_code == 303 and cleo.here().said("notes") == ["plain"]


SOCKET = "/socket.io/?EIO=4&transport=polling"
REFUSED_SOCKETS: dict[str, Callable[[Phone], Page]] = {
    "from elsewhere": lambda ben: ben.get(SOCKET, headers={"Origin": "http://evil.example"}),
    "cross-site": lambda ben: ben.get(SOCKET, headers={"Sec-Fetch-Site": "cross-site"}),
    "a post without an Origin": lambda ben: ben.ask("POST", SOCKET, data=b"40"),
    "an upgrade without an Origin": lambda ben: ben.get(SOCKET, headers={"Upgrade": "websocket"}),
    "no cookie": lambda ben: Phone(ben.app).get(SOCKET),
    "the stock path, no cookie": lambda ben: Phone(ben.app).get("/socket.io"),
    "JSONP, no cookie": lambda ben: Phone(ben.app).get(SOCKET + "&j=0"),
}


@pytest.mark.parametrize("ask", REFUSED_SOCKETS.values(), ids=REFUSED_SOCKETS)
def test_a_socket_from_elsewhere_is_refused(ask: Callable[[Phone], Page], ben: Phone) -> None:
    assert ben.get(SOCKET).status == 200
    assert ask(ben).status == 403


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"headers": {"X-Long": "x" * 100_000}}, 431),
        ({"headers": {f"X-Many-{number}": "x" * 90 for number in range(200)}}, 431),
        ({"data": {"text": "x" * 100_000}}, 413),
        ({"data": b"x", "environ_overrides": {"CONTENT_LENGTH": "99999999999"}}, 413),
    ],
    ids=["a long header", "many headers", "a long body", "a body that is announced as long"],
)
def test_too_much_at_once_is_refused(more: dict[str, Any], status: int, app: Flask, ben: Phone) -> None:
    before = kept(app)
    page = ben.ask("POST", "/here/notes", **more)
    assert (page.status, page.text) == (status, "That is too much to send at once.")
    assert kept(app) == before and ben.here().status == 200


def test_a_long_cookie_is_refused(app: Flask) -> None:
    browser = app.test_client(use_cookies=False)
    assert browser.get("/here", base_url=ADDRESS, headers={"Cookie": "circle=" + "x" * 100_000}).status_code == 431


@pytest.mark.parametrize("length", ["-1", "x", "", "1e9", "0x10"])
def test_a_length_that_is_none_breaks_nothing(length: str, ben: Phone) -> None:
    announced = {"CONTENT_LENGTH": length, "HTTP_ORIGIN": ADDRESS}
    page = ben.ask("POST", "/here/notes", data=b"text=x", environ_overrides=announced)
    assert page.status in (400, 403, 413, 422)
