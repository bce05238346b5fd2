"""On prepaid data bytes are money, and on a weak signal they are time: what a phone fetches, counted on the wire."""

import contextlib
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Error, expect

from tests.browser.screens import Laptop, Phone

Screen = Callable[..., Any]
Report = Callable[[str], None]
DOOR_BYTES, HERE_BYTES = 25_000, 60_000
READABLE_SECONDS, USABLE_SECONDS = 2, 4
WEAK = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}  # 400 kbit/s
FIRST_PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime / 1000"
ALL_LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd / 1000"


def fetched(phone: Phone, path: str) -> dict[str, float]:
    """Every file of a first visit to this page, and its bytes as they came, headers and all."""
    wire = phone.page.context.new_cdp_session(phone.page)
    wire.send("Network.enable")
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    names: dict[str, str] = {}
    sizes: dict[str, float] = {}
    wire.on("Network.requestWillBeSent", lambda told: names.update({told["requestId"]: told["request"]["url"]}))
    wire.on(
        "Network.loadingFinished",
        lambda told: sizes.update({urlsplit(names[told["requestId"]]).path: told["encodedDataLength"]}),
    )
    phone.page.goto(phone.address + path)
    phone.page.wait_for_load_state("networkidle")
    wire.detach()
    return sizes


def table(report: Report, title: str, sizes: dict[str, float]) -> None:
    report(f"{title}: {sum(sizes.values()):,.0f} bytes")
    for path, size in sorted(sizes.items(), key=lambda pair: -pair[1]):
        report(f"  {size:8,.0f}  {path.rpartition('/')[2] or path}")


def on_a_weak_signal(phone: Phone) -> None:
    """400 kbit/s, 400 ms, and a processor six times slower. Nothing is kept from before."""
    phone.page.unroute_all()
    slow = phone.page.context.new_cdp_session(phone.page)
    slow.send("Network.enable")
    slow.send("Network.clearBrowserCache")
    slow.send("Network.emulateNetworkConditions", WEAK)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 6})


def test_the_door_is_light(open_screen: Screen, report: Report) -> None:
    ben: Phone = open_screen(Phone)
    sizes = fetched(ben, "/")
    table(report, "door, first visit", sizes)
    assert any(path.endswith(".js") for path in sizes)
    assert sum(sizes.values()) <= DOOR_BYTES


def test_a_members_page_is_light(ana: Laptop, open_screen: Screen, report: Report) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    sizes = fetched(ben, "/here")
    table(report, "/here, first visit", sizes)
    assert any("socket.io" in path for path in sizes)
    assert sum(sizes.values()) <= HERE_BYTES


def test_files_are_kept_for_a_year_and_pages_not_at_all(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    answers: list[Any] = []
    ben.page.on("response", lambda answer: answers.append(answer))
    ben.page.goto(ben.address)
    ben.page.goto(f"{ben.address}/here")
    ben.page.wait_for_load_state()
    files = [answer for answer in answers if "/static/" in answer.url]
    pages = [answer for answer in answers if answer.request.resource_type == "document"]
    assert len(files) > 5 and len(pages) == 2
    for answer in files:
        headers = answer.all_headers()
        assert "max-age=31536000" in headers["cache-control"] and "immutable" in headers["cache-control"]
        assert headers.get("content-encoding") == "gzip" or int(headers["content-length"]) < 700, answer.url
    for answer in pages:
        assert "no-store" in answer.all_headers()["cache-control"]
        assert answer.all_headers()["content-encoding"] == "gzip"


def test_text_is_typed_and_sent_before_any_script_arrives(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    held: list[Any] = []
    ben.page.route("**/*.js", lambda route: held.append(route))  # neither answered nor refused
    ben.page.goto(ben.address, wait_until="commit")
    ben.page.locator("#code").fill(ana.code)
    ben.page.locator("form[data-door] button").click(no_wait_after=True)
    ben.page.locator("form[action='/join'] button").click(no_wait_after=True)
    expect(ben.page).to_have_url(f"{ben.address}/here")
    ben.check_in("Before any script")
    expect(ben.waiting).to_contain_text("Before any script")
    expect(ana.waits).to_contain_text("1 is waiting")
    assert held
    for script in held:
        with contextlib.suppress(Error):  # some belonged to a page that is no more
            script.abort()


def test_scripts_that_never_come_take_nothing_away(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.page.route("**/*.js", lambda route: route.abort())
    ben.join(ana.code)
    ben.add_note("No script came")
    expect(ben.waiting).to_contain_text("No script came")
    ben.tab("help")
    expect(ben.page.locator("#help .job")).to_have_count(3)
    ben.leave_fast()


def test_a_weak_signal_and_a_slow_phone_are_enough(ana: Laptop, open_screen: Screen, report: Report) -> None:
    ben: Phone = open_screen(Phone)
    on_a_weak_signal(ben)
    ben.page.goto(ben.address)
    expect(ben.page.locator("#code")).to_be_visible()
    door = ben.page.evaluate(FIRST_PAINT)
    report(f"weak signal: door readable after {door:.2f} s (aim: {READABLE_SECONDS})")
    ben.knock(ana.code)
    ben.come_in()
    ben.page.context.new_cdp_session(ben.page).send("Network.clearBrowserCache")
    ben.page.goto(f"{ben.address}/here")
    here, loaded = ben.page.evaluate(f"[{FIRST_PAINT}, {ALL_LOADED}]")
    report(f"weak signal: /here readable after {here:.2f} s, all loaded after {loaded:.2f} s (aim: {USABLE_SECONDS})")
    began = time.monotonic()
    ben.check_in("From far away")
    expect(ben.waiting).to_contain_text("From far away", timeout=30_000)
    report(f"weak signal: typed, sent and kept in {time.monotonic() - began:.2f} s")
    assert door <= 10 * READABLE_SECONDS
    assert loaded <= 10 * USABLE_SECONDS
