"""The search at the end of the browser tests sees what every page said, and would find it."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.canary import ADDRESS, AGENT, Canary
from tests.browser.screens import Laptop, Phone
from tests.server import Server

NOTE, CHECK_IN = "a note about Thursday's rain", "slept on the roof"


def test_it_knows_what_was_said_and_who_said_it(
    ana: Laptop, open_screen: Callable[..., Any], canary: Canary, server: Server
) -> None:
    ben: Phone = open_screen(Phone)
    with ben.page.expect_request("**/here/notes") as sent:
        ben.join(ana.code)
        ben.add_note(NOTE)
    headers = sent.value.all_headers()
    assert (headers["user-agent"], headers["x-real-ip"]) == (AGENT, ADDRESS)
    ben.check_in(CHECK_IN, "set:sleep")
    expect(ben.waiting).to_have_count(2)
    canary.note_cookies(ben.page.context)
    digits = ana.code.replace(" ", "")
    mine = {cookie["name"]: cookie["value"] for cookie in ben.page.context.cookies()}["circle"]
    for said in (NOTE, CHECK_IN, "set:sleep", digits, "Tuesday open group", mine, AGENT, ADDRESS):
        assert canary.knows(said), said


def test_it_would_be_found(ana: Laptop, canary: Canary, server: Server) -> None:
    planted = {
        "plain": b"\x00Tuesday open group\x00",
        "hex": b"Tuesday open group".hex().encode(),
        "base64": b"VHVlc2RheSBvcGVuIGdyb3Vw",
        "UTF-16": "tuesday OPEN group".encode("utf-16-le"),
        "agent": AGENT.encode(),
    }
    for shape, content in planted.items():
        file = server.temporary / "planted"
        file.write_bytes(content)
        try:
            assert any("planted" in hit for hit in canary.left_in(server)), shape
        finally:
            file.unlink()
    assert not any("planted" in hit and hit.endswith("in planted") for hit in canary.left_in(server))
