"""The made-up house of `flask --app app demo`, as everybody who works there finds it."""

import re
import subprocess
import sys

from playwright.sync_api import Browser, Page

from tests.browser.screens import Laptop
from tests.pictures.camera import Photographer
from tests.server import ROOT, Server

FIRST = "main .plain-list a.button"
"""The way from a list of buildings to the first of them."""


def a_house(browser: Browser, camera: Photographer) -> None:
    """Fill a server of its own, and look at every page of who plans, who leads, and anybody."""
    with Server() as server:
        command = [sys.executable, "-m", "flask", "--app", "app", "demo"]
        made = subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=True)
        passphrase = made.stdout.rsplit(": ", 1)[1].strip()
        house = Photographer(browser, server, camera.folder, camera.every)
        _who_plans(house, passphrase)
        if camera.every:
            _who_leads(house, passphrase)
            _anybody(house)


def _signed_in(camera: Photographer, who: str, passphrase: str) -> Page:
    laptop = Laptop(camera.page(), camera.server.address)
    laptop.sign_in(f"{who}@demo.example", passphrase)
    return laptop.page


def _look(camera: Photographer, page: Page, *paths: str) -> None:
    for path in paths:
        page.goto(f"{camera.server.address}{path}")
        name = re.sub(r"[0-9A-Za-z]{20}", "one", path.partition("?")[0]).strip("/").replace("/", "-")
        camera.take(page, f"house-{name}")


def _who_plans(camera: Photographer, passphrase: str) -> None:
    page = _signed_in(camera, "esi", passphrase)
    page.goto(f"{camera.server.address}/buildings")
    page.locator(FIRST).first.click()
    home = page.url.partition("#")[0].removeprefix(camera.server.address)
    calendar = home.replace("/buildings/", "/calendar/buildings/")
    _look(camera, page, f"{calendar}/week", f"{calendar}/month", "/calendar", "/calendar/agenda", "/buildings", home)
    parts = ("own-words", "numbers", "naloxone", "places", "cards", "tags", "rules")
    _look(camera, page, *(f"{home}/{part}" for part in parts))
    _look(camera, page, "/heads", home.replace("/buildings/", "/heads/"), "/cards", "/staff/account")


def _who_leads(camera: Photographer, passphrase: str) -> None:
    page = _signed_in(camera, "ana", passphrase)
    _look(camera, page, "/lead", "/lead/plans", "/lead/held", "/lead/after", "/cards", "/staff/account")


def _anybody(camera: Photographer) -> None:
    page = camera.page(scripts=False)
    _look(camera, page, "/whats-on", "/whats-on/hazel-house", "/learn", "/what-we-keep")
