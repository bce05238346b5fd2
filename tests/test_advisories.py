"""Asking about known advisories: a clean answer, a bad one, and none at all are three different things."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests import advisories
from tests.lists import locked
from tests.server import free_port


class Osv(HTTPServer):
    """A database on this machine that answers as OSV's documents say, and knows of what a test tells it."""

    knows: dict[str, str]
    asked: list[Any]
    body: bytes | None = None


class Answers(BaseHTTPRequestHandler):
    server: Osv

    def do_POST(self) -> None:
        queries = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        self.server.asked += queries
        known = [self.server.knows.get(query["package"]["name"]) for query in queries]
        body = json.dumps({"results": [{"vulns": [{"id": one}]} if one else {} for one in known]}).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.server.body or body)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def osv() -> Iterator[Osv]:
    server = Osv(("127.0.0.1", 0), Answers)
    server.knows, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def address(osv: Osv) -> str:
    return f"http://127.0.0.1:{osv.server_port}"


def test_everything_locked_is_asked_about_by_name_and_version_alone(osv: Osv) -> None:
    assert advisories.main(address(osv)) == 0
    names = {(query["package"]["name"], query["version"]) for query in osv.asked}
    assert names > {*locked().items(), *locked("requirements-test.lock").items()}
    assert ("socket.io-client", "4.8.4") in names
    assert all(set(query) == {"package", "version"} for query in osv.asked)


def test_what_is_known_is_named_and_the_command_fails(osv: Osv, capsys: pytest.CaptureFixture[str]) -> None:
    osv.knows = {"flask": "GHSA-aaaa", "idiomorph": "GHSA-bbbb"}
    assert advisories.main(address(osv)) == 1
    said = capsys.readouterr().out
    assert f"flask {locked()['flask']}: GHSA-aaaa" in said and "idiomorph" in said and "2 with known" in said


@pytest.mark.parametrize("body", [b"<html>", b"{}", b'{"results": []}', b"[]"])
def test_an_answer_that_is_none_is_told_as_none(osv: Osv, body: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    osv.body = body
    assert advisories.main(address(osv)) == 2
    assert "could not be read" in capsys.readouterr().out


def test_no_network_is_said_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    assert advisories.main(f"http://127.0.0.1:{free_port()}") == 2
    assert "nothing is known" in capsys.readouterr().out
