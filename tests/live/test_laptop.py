"""A laptop and phones on one Wi-Fi: encrypted by a certificate of its own, and with no internet at all."""

import http.client
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from facilitator.handler import READS_WITHIN_SECONDS
from tests.laptops import LaptopServer
from tests.people import Circle, Phone, Staff, Visitor, begin
from tests.server import ROOT, Server

AT_ONCE_SECONDS = READS_WITHIN_SECONDS / 2
"""Long before anybody who says nothing would be let go."""
SILENT = 100


@pytest.fixture(scope="module")
def server() -> Iterator[LaptopServer]:
    with LaptopServer() as server:
        begin(server, "ana@example.org")
        yield server


@pytest.fixture(scope="module")
def ana(server: Server) -> Staff:
    return Staff(server, "ana@example.org")


def test_a_circle_goes_on_behind_it_and_what_is_told_arrives(server: Server, circle: Circle, ben: Phone) -> None:
    cleo = Phone(server).come_in(circle)
    with cleo.listen() as socket_of_cleo:
        assert socket_of_cleo._client.eio.ws.sock.version() == "TLSv1.3"
        known = cleo.here().version
        for n in range(20):
            ben.check_in(f"🫖 {n} " + "all of it arrives " * 20)
        heard = socket_of_cleo.wait_for_version(known + 20)
        assert "🫖 19" in str(heard.data)
        assert socket_of_cleo.versions() == [known + n for n in range(1, 21)]
    assert len(cleo.here().wall("checkins")) == 20


def test_a_phone_that_only_polls_hears_it_too(server: Server, circle: Circle, ben: Phone, cleo: Phone) -> None:
    polls = cleo.start_polling()
    ben.note("for who may not have a socket")
    heard = ""
    while "for who may not have a socket" not in heard:
        heard = cleo.get(polls).text
        assert heard
        if heard == "2":
            cleo.post(polls, b"3")


def test_who_is_cut_off_is_cut_off_here_as_well(ben: Phone) -> None:
    with ben.listen() as socket_of_ben:
        ben.leave()
        socket_of_ben.wait_until_closed()


def test_its_cookies_are_bound_to_it_and_nobody_is_bound_to_it_for_a_year(server: Server, ben: Phone) -> None:
    assert "__Host-circle" in ben.cookies
    door = Visitor(server).get("/")
    assert door.status == 200 and "not encrypted" not in door.text
    assert "compare the fingerprint" in door.text
    assert "Strict-Transport-Security" not in door.headers


def test_the_fingerprint_is_on_the_terminal_and_on_the_leaders_screen(
    server: LaptopServer, ana: Staff, circle: Circle
) -> None:
    told = ssl.get_server_certificate(("127.0.0.1", server.port))
    openssl = ["openssl", "x509", "-noout", "-fingerprint", "-sha256"]
    if not shutil.which("openssl"):
        pytest.skip("THE FINGERPRINT WAS NOT COMPARED: there is no openssl to say it.")
    fingerprint = subprocess.run(openssl, input=told, capture_output=True, text=True, check=True).stdout
    fingerprint = fingerprint.strip().partition("=")[2]
    assert fingerprint in server.output()
    assert fingerprint in ana.console(circle.id).text
    assert server.certificate.stat().st_mode & 0o777 == 0o600
    assert fingerprint not in Visitor(server).get("/").text, "a page can't vouch for itself"


def test_who_says_nothing_or_half_a_handshake_keeps_nobody_waiting(server: Server, cleo: Phone) -> None:
    with ExitStack() as lines:
        for said in (b"", b"\x16", b"\x16\x03\x01\x02", b"GET / HTTP/1.1\r\n") * (SILENT // 4):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            line.sendall(said)
        began = time.monotonic()
        assert cleo.here().status == 200
        took = time.monotonic() - began
    print(f"a page beside {SILENT} silent lines: {took * 1000:.0f} ms")
    assert took < AT_ONCE_SECONDS


@pytest.mark.long
def test_who_says_nothing_is_let_go(server: Server) -> None:
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        line.settimeout(READS_WITHIN_SECONDS * 3)
        assert line.recv(1) == b""


def test_who_does_not_take_the_certificate_leaves_no_line_in_the_log(server: Server) -> None:
    printed = server.output()
    for _ in range(3):
        with pytest.raises(ssl.SSLCertVerificationError):
            stranger = ssl.create_default_context()
            with socket.create_connection(("127.0.0.1", server.port)) as line:
                stranger.wrap_socket(line, server_hostname="127.0.0.1")
    assert server.answers() and server.output() == printed


def test_an_address_without_its_https_leads_there_and_the_path_is_not_said_again(server: Server) -> None:
    plain = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    plain.request("GET", "/staff/invited/secret")
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (302, f"{server.address}/")
    plain.close()


def test_with_the_cable_out_it_starts_and_a_circle_goes_on() -> None:
    """In a network of its own, that leads nowhere: one Wi-Fi, no way out, nobody who knows names."""
    alone = ["unshare", "--net", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    made = sys.platform == "linux" and shutil.which("unshare") and shutil.which("ip")
    if not made or subprocess.run([*alone, "ip", "link", "set", "lo", "up"], capture_output=True).returncode:
        pytest.skip("NO INTERNET WAS NOT TRIED: this system lets nobody make a network of their own.")
    done = subprocess.run(
        [*alone, sys.executable, "-m", "tests.live.cable_out"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["no way out"] and told["address"] == "http://10.42.0.1:5000"
    assert "http://10.42.0.1:5000" in told["terminal"] and "172.17.0.1" in told["terminal"]
    assert "not encrypted" in told["terminal"] and "docs/laptop.md" in told["terminal"]
    assert told["heard"] == ["said with the cable out"]
    assert told["installed anything"] is False
