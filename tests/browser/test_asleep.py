"""A phone in a pocket, frozen by its system: it wakes as it fell asleep, and has missed, doubled and mixed up nothing.

Sleep is what Android does to an app out of sight: the page's own process stands still (SIGSTOP) and is told nothing.
Chromium's `Page.setWebLifecycleState` is no such thing: a page that a test drives goes on running under it.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.screens import Laptop, Phone, values

Screen = Callable[..., Any]
AWAKE_MS = 25_000
STILL = "half a thought"
BUSY = "() => { const began = performance.now(); while (performance.now() - began < 300); }"
# How long at most nothing ran, by the page's own clock. It tells that the page did sleep.
LONGEST_PAUSE = """() => {
  window.pause = 0;
  let last = performance.now();
  setInterval(() => {
    window.pause = Math.max(window.pause, performance.now() - last);
    last = performance.now();
  }, 100);
}"""


def process_of(browser: Browser, page: Page) -> int:
    """The process that runs this page: the one that works when the page is kept busy."""
    system = browser.new_browser_cdp_session()

    def worked() -> dict[int, float]:
        found = system.send("SystemInfo.getProcessInfo")["processInfo"]
        return {one["id"]: one["cpuTime"] for one in found if one["type"] == "renderer"}

    before = worked()
    page.evaluate(BUSY)
    after = worked()
    system.detach()
    return max(after, key=lambda pid: after[pid] - before.get(pid, 0))


class Sleeper:
    """A phone in the middle of things, that falls asleep for `nap` seconds."""

    def __init__(self, phone: Phone, nap: int, process: int) -> None:
        self.phone, self.nap, self.process = phone, nap, process
        self.more = phone.page.locator("#notes-page > details.more-tags")
        self.box = phone.own_notes.locator("textarea")

    def begin(self) -> None:
        """Write a note, then half of another, tap a tag, and begin to say the first one in other words."""
        self.phone.add_note(f"by one who sleeps {self.nap} s")
        expect(self.phone.own_notes).to_have_count(1)

    def half_type(self) -> None:
        """Half of everything, with the finger in the lowest box."""
        self.phone.page.locator("#note-text").fill(STILL)
        self.more.locator("summary").first.click()
        self.more.locator(".chip").first.click()
        self.phone.own_notes.locator("summary").click()
        self.box.fill(f"{STILL}, changed")
        self.box.focus()
        self.phone.page.evaluate("scrollBy(0, 40)")
        self.scrolled = self.box.bounding_box()
        self.phone.page.evaluate(LONGEST_PAUSE)

    def sleep(self) -> None:
        os.kill(self.process, signal.SIGSTOP)

    def wake(self) -> None:
        os.kill(self.process, signal.SIGCONT)

    def is_as_it_was(self) -> None:
        """It slept, and nothing that was being done has moved."""
        assert self.phone.page.evaluate("window.pause") > self.nap * 900
        expect(self.phone.page.locator("#note-text")).to_have_value(STILL)
        expect(self.more).to_have_attribute("open", "")
        expect(self.more.locator("input").first).to_be_checked()
        expect(self.box).to_have_value(f"{STILL}, changed")
        expect(self.box).to_be_focused()
        now = self.box.bounding_box()
        assert self.scrolled and now and abs(now["y"] - self.scrolled["y"]) < 1


@pytest.fixture
def light_sleeper(browser: Browser, open_screen: Screen) -> Iterator[Callable[[str, int], Sleeper]]:
    """`light_sleeper(code, nap)`: a phone in the circle that may sleep. None sleeps on after the test."""
    sleepers: list[Sleeper] = []

    def join(code: str, nap: int) -> Sleeper:
        phone: Phone = open_screen(Phone)
        phone.join(code)
        sleepers.append(Sleeper(phone, nap, process_of(browser, phone.page)))
        return sleepers[-1]

    yield join
    for sleeper in sleepers:
        sleeper.wake()


@pytest.mark.parametrize(
    "naps",
    [
        pytest.param((2,), id="2 s"),
        pytest.param((30, 600, 1800), id="30 s, 10 min, 30 min", marks=[pytest.mark.long, pytest.mark.timeout(2400)]),
    ],
)
def test_it_wakes_as_it_fell_asleep_and_has_missed_nothing(
    naps: tuple[int, ...],
    laptop: Laptop,
    open_screen: Screen,
    light_sleeper: Callable[[str, int], Sleeper],
    report: Callable[[str], None],
) -> None:
    laptop.open_circle("At once", at_once=True)
    cleo: Phone = open_screen(Phone)
    cleo.join(laptop.code)
    sleepers = [light_sleeper(laptop.code, nap) for nap in naps]
    for sleeper in sleepers:
        sleeper.begin()
    for sleeper in sleepers:
        expect(sleeper.phone.notes).to_have_count(len(sleepers))
        sleeper.half_type()
    cleo.tab("notes-page")
    for sleeper in sleepers:
        sleeper.sleep()
    began = time.monotonic()

    written = len(sleepers)
    for sleeper in sleepers:
        for words in ("one", "regretted", "two"):
            cleo.add_note(f"{words}, while the phone of {sleeper.nap} s slept")
            written += 1
            expect(cleo.notes).to_have_count(written)
        cleo.take_back(cleo.own_notes.filter(has_text="regretted"))
        written -= 1
        expect(cleo.notes).to_have_count(written)
        cleo.page.locator("#note-text").fill(STILL)
        time.sleep(max(0, began + sleeper.nap - time.monotonic()))
        sleeper.wake()
        woken = time.monotonic()
        expect(sleeper.phone.notes).to_have_count(written, timeout=AWAKE_MS)
        report(f"slept {woken - began:.0f} s: caught up {time.monotonic() - woken:.2f} s after waking")
        sleeper.is_as_it_was()
        expect(sleeper.phone.lost).to_be_hidden(timeout=AWAKE_MS)
        # Whoever was awake has noticed nothing but the count.
        expect(cleo.page.locator("#note-text")).to_have_value(STILL)
        expect(cleo.page.locator("#note-text")).to_be_focused()
        assert values(sleeper.phone.notes) == values(cleo.notes) == values(laptop.notes)

    # And it hears again, once, what comes now.
    cleo.add_note("all awake")
    for screen in (laptop, cleo, *(sleeper.phone for sleeper in sleepers)):
        expect(screen.notes).to_have_count(written + 1)
        assert values(screen.notes) == values(cleo.notes)
    expect(laptop.page.locator("[data-phones]").first).to_have_text(str(1 + len(sleepers)), timeout=AWAKE_MS)
