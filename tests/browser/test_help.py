"""Somebody is not breathing: help is in the page from its first load, with no signal, and tells nobody."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.screens import Laptop, Phone

Screen = Callable[..., Any]
WHERE = ("door", "threshold", "here")


def requests_of(page: Page) -> list[str]:
    """Every request from now on. The page's own socket looks for its signal: that says nothing of help."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/socket.io/" not in request.url else None)
    return asked


def with_help_open(phone: Phone, code: str, where: str) -> Phone:
    """A phone in airplane mode since this page's first load, with help open. Only `here` has joined."""
    phone.page.goto(phone.address)
    if where != "door":
        phone.knock(code)
        expect(phone.page).to_have_url(f"{phone.address}/join")
    if where == "here":
        phone.come_in()
    phone.page.wait_for_load_state()
    phone.page.context.set_offline(True)
    return phone


def open_help(phone: Phone) -> None:
    phone.page.locator("a[href='#help']:visible").first.click()
    expect(phone.page.locator("#help .job").first).to_be_visible()


@pytest.mark.parametrize("where", WHERE)
def test_all_of_help_works_in_airplane_mode_and_asks_nobody(ana: Laptop, open_screen: Screen, where: str) -> None:
    ben: Phone = with_help_open(open_screen(Phone), ana.code, where)
    asked = requests_of(ben.page)
    open_help(ben)

    jobs = ben.page.locator("#help .job")
    expect(jobs).to_have_count(3)
    for job, says in zip(jobs.all(), ("Call 911", "naloxone", "breath"), strict=True):
        expect(job).to_be_visible()
        expect(job).to_contain_text(re.compile(says, re.IGNORECASE))
        size = job.bounding_box()
        assert size and size["height"] >= 88 and size["width"] >= 280  # large enough to point at

    panels = ben.page.locator("#help details.panel")
    assert panels.count() >= 3
    for one in range(panels.count()):
        if panels.nth(one).get_attribute("open") is None:
            panels.nth(one).locator("summary").click()
        expect(panels.nth(one).locator("li").first).to_be_visible()
        expect(ben.page.locator("#help details.panel[open]")).to_have_count(1)

    links = ben.page.locator("#help .numbers a, #help .job a")
    assert links.count() >= 4
    for link in links.all():
        assert re.fullmatch(r"(tel|sms):\+?\d{3,15}", link.get_attribute("href") or "")

    ben.page.get_by_role("button", name="Dose given now").click()
    expect(ben.page.locator("#help [data-since]")).to_have_text(re.compile(r"0:0\d"))
    assert asked == []


def test_the_breath_is_a_pulse_of_five_seconds_and_still_for_who_wants_less(open_screen: Screen) -> None:
    pulse = "getComputedStyle(document.querySelector('.breath circle'))"
    for motion, runs in (("no-preference", ["breath", "5s"]), ("reduce", ["none", "0s"])):
        ben: Phone = open_screen(Phone, reduced_motion=motion)
        ben.page.goto(ben.address)
        open_help(ben)
        expect(ben.page.locator(".breath")).to_be_visible()
        style = ben.page.evaluate(f"[{pulse}.animationName, {pulse}.animationDuration]")
        assert style == runs


def test_minutes_since_a_dose_are_counted_on_this_screen_alone(ana: Laptop, open_screen: Screen) -> None:
    ben, cleo = open_screen(Phone), open_screen(Phone)
    ben.page.clock.install()
    for phone in (ben, cleo):
        phone.join(ana.code)
        phone.tab("help")
    since = ben.page.locator("#help [data-since]")
    asked = requests_of(ben.page)
    ben.page.get_by_role("button", name="Dose given now").click()
    expect(since).to_have_text(re.compile(r"0:0\d"))
    ben.page.clock.fast_forward(125_000)
    expect(since).to_have_text(re.compile(r"2:0\d"))
    assert [url for url in asked if not url.endswith("/here")] == []  # catching up is not about help
    for screen in (ana, cleo):
        expect(screen.page.locator("#help [data-since]")).to_have_text("")
    ben.page.reload()
    ben.tab("help")
    expect(since).to_have_text("")
    kept = ben.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


def test_help_at_the_door_needs_no_script(open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone, java_script_enabled=False)
    ben.page.goto(ben.address)
    ben.page.context.set_offline(True)
    open_help(ben)
    expect(ben.page.locator("#help .job")).to_have_count(3)
    ben.page.locator("#help").get_by_role("link", name="Close").click()
    expect(ben.page.locator("#code")).to_be_visible()
