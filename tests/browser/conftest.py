"""Real pages in a real browser, against the real server."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.screens import Laptop, Phone, Watch
from tests.server import Server

PHONE = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
PATIENCE_MS = 8_000


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with Server() as running:
        running.add_account("ana@example.org", "facilitator", name="Ana")
        running.add_account("root@example.org", "admin")
        yield running


@pytest.fixture
def watch() -> Iterator[Watch]:
    """Sees every request, CSP report and script error of a test, and allows none that should not be."""
    watching = Watch()
    yield watching
    assert watching.trouble == []


@pytest.fixture
def open_screen(browser: Browser, server: Server, watch: Watch) -> Iterator[Callable[..., Any]]:
    """`open_screen(Phone, locale="es-US")`: a device of its own, with its own cookies."""
    opened: list[BrowserContext] = []

    def opener(kind: type[Phone] | type[Laptop], **options: Any) -> Phone | Laptop:
        context = browser.new_context(**{**(PHONE if kind is Phone else LAPTOP), "locale": "en-US", **options})
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        page = context.new_page()
        watch.over(page, server.address)
        return kind(page, server.address)

    yield opener
    for context in opened:
        context.close()


@pytest.fixture
def ana(open_screen: Callable[..., Any]) -> Laptop:
    """Ana at her laptop, with the doors of a circle open."""
    laptop: Laptop = open_screen(Laptop)
    laptop.sign_in("ana@example.org")
    laptop.open_circle("Tuesday open group")
    return laptop
