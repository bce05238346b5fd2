"""A laptop that encrypts by itself, in a real browser: phones hear what is new, with a socket and without one."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.screens import Laptop, Phone
from tests.laptops import LaptopServer
from tests.people import begin

AS_AN_IPHONE = """globalThis.WebSocket = class {
  constructor() { setTimeout(() => { this.onerror?.(new Event("error")); this.onclose?.({}); }); }
  send() {}
  close() {}
};"""
"""Which takes the page, once it has warned of it, and may refuse every socket to the same place."""


@pytest.fixture(scope="module")
def house() -> Iterator[LaptopServer]:
    with LaptopServer() as house:
        begin(house, "ana@example.org")
        yield house


def test_phones_that_went_past_the_warning_hear_what_is_new(
    house: LaptopServer, open_screen: Callable[..., Any]
) -> None:
    past_it = {"at": house.address, "ignore_https_errors": True}
    ana: Laptop = open_screen(Laptop, **past_it)
    ana.sign_in("ana@example.org")
    ana.open_circle("Tuesday, on a laptop", at_once=True)
    ben, cleo = open_screen(Phone, **past_it), open_screen(Phone, **past_it)
    opened, asked = [], []
    ben.page.on("websocket", lambda socket: opened.append(socket.url))
    cleo.page.add_init_script(AS_AN_IPHONE)
    cleo.page.on("request", lambda request: asked.append(request.url))
    for phone in (ben, cleo):
        phone.join(ana.code)
    for phone, words in ((ben, "Said by socket."), (cleo, "Said by asking.")):
        phone.check_in(words)
        for other in (ben, cleo):
            other.tab("circle-page")
            expect(other.check_ins.filter(has_text=words)).to_have_count(1)
    assert [url for url in opened if url.startswith("wss:")]
    assert [url for url in asked if "transport=polling" in url]
