"""Real pages in a real browser, against the real server."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.browser.canary import Canary
from tests.browser.screens import Laptop, Phone, Watch
from tests.cutting_proxy import CuttingProxy
from tests.server import Server

PHONE = {"viewport": {"width": 360, "height": 640}, "device_scale_factor": 2, "has_touch": True, "is_mobile": True}
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
PATIENCE_MS = 20_000
"""How long a screen is given to do what it should: a bound on a busy machine, which no green run waits for."""

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as running:
        running.add_account("ana@example.org", "facilitator", name="Ana")
        running.add_account("root@example.org", "admin")
        running.add_account("esi@example.org", "housing", name="Esi")
        yield running


@pytest.fixture(scope="session", autouse=True)
def canary(server: Server) -> Iterator[Canary]:
    """Notes what every page of the session says and is. When all circles are erased, no file holds any of it."""
    bird = Canary()
    yield bird
    bird.erase_all(server)
    left = bird.left_in(server)
    server.stop()
    assert left + bird.left_in(server) == []


@pytest.fixture
def watch(canary: Canary) -> Iterator[Watch]:
    """Sees every request, CSP report and script error of a test, and allows none that should not be."""
    watching = Watch(canary)
    yield watching
    assert watching.trouble == []


@pytest.fixture
def wire(server: Server) -> Iterator[CuttingProxy]:
    """The network between a phone and the server, that can be cut."""
    with CuttingProxy(server.port) as running:
        yield running


@pytest.fixture
def open_screen(browser: Browser, server: Server, watch: Watch, canary: Canary) -> Iterator[Callable[..., Any]]:
    """`open_screen(Phone, locale="es-US")`: a device of its own, with its own cookies.

    `at` is the address it opens, where that is not the server's own.
    """
    opened: list[BrowserContext] = []

    def opener(kind: type[Phone] | type[Laptop], at: str = server.address, **options: Any) -> Phone | Laptop:
        device = (PHONE if kind is Phone else LAPTOP) | {"locale": "en-US"} | canary.tells_all
        context = browser.new_context(**device | options)
        context.set_default_timeout(PATIENCE_MS)
        opened.append(context)
        page = context.new_page()
        watch.over(page, at)
        return kind(page, at)

    yield opener
    for context in opened:
        canary.note_cookies(context)
        context.close()


@pytest.fixture(scope="session")
def signed_in(server: Server) -> dict[str, Any]:
    """What Ana's laptop keeps from signing in, once: a passphrase is slow to check by design."""
    return {}


@pytest.fixture
def laptop(open_screen: Callable[..., Any], signed_in: dict[str, Any]) -> Laptop:
    """Ana's laptop, signed in."""
    laptop: Laptop = open_screen(Laptop, **signed_in)
    if not signed_in:
        laptop.sign_in("ana@example.org")
        signed_in["storage_state"] = laptop.page.context.storage_state()
    return laptop


@pytest.fixture
def esi(open_screen: Callable[..., Any]) -> Laptop:
    """Esi, who plans, at her laptop."""
    laptop: Laptop = open_screen(Laptop)
    laptop.sign_in("esi@example.org")
    return laptop


@pytest.fixture
def ana(laptop: Laptop) -> Laptop:
    """Ana at her laptop, with the doors of a circle open."""
    laptop.open_circle("Tuesday open group")
    return laptop
