"""Behind a proxy that speaks HTTPS for us: every cookie is bound to it, and nothing is served in the clear."""

import subprocess
import sys
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest

from tests.people import Phone, Staff, Visitor
from tests.server import ROOT, Server

ADDRESS = "https://circle.example.org"


class ProxiedServer(Server):
    """A server whose people come through its proxy."""

    def __init__(self) -> None:
        super().__init__(OPEN_CIRCLE_ADDRESS=ADDRESS, OPEN_CIRCLE_PROXIES="1")
        self.address = ADDRESS


class Proxied(Visitor):
    """Somebody whose requests come through the proxy, which says so. It keeps the flags of each cookie."""

    def ask(self, method, path, body, headers):  # type: ignore[no-untyped-def]
        """Ask as the proxy asks."""
        by_proxy = {"Host": "circle.example.org", "X-Forwarded-For": "192.0.2.5", "X-Forwarded-Proto": "https"}
        return super().ask(method, path, body, by_proxy | headers)

    def _keep_cookie(self, line: str) -> None:
        self.set = {**getattr(self, "set", {}), **dict.fromkeys(SimpleCookie(line), line)}
        super()._keep_cookie(line)


class ProxiedStaff(Proxied, Staff):
    """A facilitator."""


class ProxiedPhone(Proxied, Phone):
    """A member."""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with ProxiedServer() as server:
        server.add_account("ana@example.org", "facilitator", name="Ana")
        yield server


def test_every_cookie_is_a_host_cookie(server: Server) -> None:
    ana, ben = ProxiedStaff(server, "ana@example.org"), ProxiedPhone(server)
    ben.come_in(ana.open_circle())
    ben.post("/language", {"language": "es"})
    lines = ana.set | ben.set
    assert {"__Host-staff", "__Host-circle", "__Host-door", "__Host-language"} <= set(lines)
    for name, line in lines.items():
        flags = {flag.strip().lower() for flag in line.split(";")[1:]}
        assert name.startswith("__Host-") and flags >= {"secure", "httponly", "path=/", "samesite=lax"}
        assert not any(flag.startswith("domain") for flag in flags)


def test_pages_say_that_they_are_encrypted_and_must_be(server: Server) -> None:
    door = Proxied(server).get("/")
    assert door.status == 200 and "not encrypted" not in door.text
    assert door.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_what_the_proxy_was_asked_in_the_clear_is_refused(server: Server) -> None:
    for proto in ("http", "", "https, http", "wss"):
        assert Proxied(server).get("/", **{"X-Forwarded-Proto": proto}).status == 400
    assert Proxied(server).post("/door", {"code": "1"}, **{"X-Forwarded-Proto": "http"}).status == 400


def test_another_host_or_a_post_from_the_unencrypted_page_is_refused(server: Server) -> None:
    assert Proxied(server).get("/", Host="evil.example").status == 400
    assert Proxied(server).get("/", **{"X-Forwarded-Host": "evil.example"}).status == 400
    assert Proxied(server).post("/door", {"code": "1"}, Origin="http://circle.example.org").status == 403


def test_the_machine_itself_may_ask_whether_it_runs(server: Server) -> None:
    assert Visitor(server).get("/healthz").status == 200


def test_it_does_not_start_in_the_clear_and_says_so_in_one_line(server: Server) -> None:
    environment = server.environment | {"OPEN_CIRCLE_ADDRESS": "http://circle.example.org"}
    ended = subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1 and ended.stdout == ""
    assert len(ended.stderr.splitlines()) == 1 and "OPEN_CIRCLE_ADDRESS" in ended.stderr
