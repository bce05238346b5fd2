"""Esi writes on our cards and one of her own on her phone; anybody reads them, and each is still one page of paper."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from sessions.library import cards
from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import faults
from tests.browser.test_building import fits
from tests.browser.test_calendar import PHONE, a_building, press
from tests.browser.test_lesson import can_be_read_from_afar, shows, told
from tests.browser.test_prints import MARGINS_MM, PAPERS, PIXELS_A_MM

Screen = Callable[..., Any]
HEAT = {"title": "Hot days here", "line_1": "Eat first.", "line_2": "Sit by the fan.", "line_3": "Drink water."}
LONG = "As many words as there may be, and one more. "
FULL = {"title": (LONG * 2)[:80].strip(), "source": (LONG * 7)[:300].strip()}
FULL |= {f"line_{number}": (LONG * 4)[:160].strip() for number in range(1, 6)}


def writes(page: Page, at: str, typed: dict[str, str]) -> None:
    """Fill in a card, and look at it before it is kept."""
    page.goto(f"{at}/new")
    for name, words in typed.items():
        page.locator(f"#{name}").fill(words)
    page.get_by_role("group", name="Line 2").get_by_label("Setting").check()
    press(page, "Preview")
    expect(page.locator("#preview")).to_contain_text("Nothing is saved yet.")
    expect(page.locator("#sheet-card h2")).to_have_text(typed["title"])


def says(page: Page, card: str, words: str) -> None:
    """Write into the slot of a card, on the page of the building's cards."""
    page.locator(f"#card-{card} summary").click()
    page.locator(f"#words-{card}").fill(words)
    page.locator(f"#card-{card} form[action$='/words'] button").click()
    expect(page.locator(f"#card-{card}")).to_contain_text(words[:20])


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_building_writes_its_cards_and_anybody_reads_them(open_screen: Screen, scripts: bool) -> None:
    esi: Laptop = open_screen(Laptop, java_script_enabled=scripts, **PHONE)
    esi.sign_in("esi@example.org")
    page, name = esi.page, f"Alder House {scripts}"
    a_building(page, esi.address, name)
    at = f"{page.url.partition('#')[0]}/cards"
    writes(page, at, HEAT)
    press(page, "Save")
    expect(page.locator("#own")).to_contain_text("Hot days here")
    says(page, "naloxone", "Front desk, red box")
    press(page, "Let anybody read them")
    expect(page.locator("#learn")).to_contain_text("Anybody can read")
    path = str(page.get_by_role("link", name="Look at it", exact=True).get_attribute("href"))
    if scripts:
        found = faults(page)
        assert fits(page)
        page.get_by_role("link", name="Look at it and change it: Hot days here").click()
        expect(page.locator("#preview")).to_contain_text("This is how it looks.")
        page.locator("#line_1").fill("Addicts eat first.")
        press(page, "Preview")
        expect(page.locator("#advice")).to_contain_text("person who uses drugs")
        found += faults(page)
        assert fits(page)
        page.goto(f"{esi.address}/cards?building={at.split('/')[-2]}")
        expect(page.locator("#cards")).to_contain_text("Hot days here")
        assert found + faults(page) == [] and fits(page)

    ben: Phone = open_screen(Phone, java_script_enabled=scripts)
    reads, found = ben.page, []
    reads.goto(f"{esi.address}{path}")
    for title, said in (("Naloxone", "Front desk, red box"), ("Hot days here", "not checked by a clinician")):
        found += faults(reads) if scripts else []
        reads.get_by_role("link", name=title, exact=True).click()
        expect(reads.get_by_role("heading", level=2)).to_have_text(title)
        expect(reads.locator("#sheet-card")).to_contain_text(said)
        expect(reads).to_have_title("Circle")
        found += faults(reads) if scripts else []
        assert reads.evaluate("document.documentElement.scrollWidth") <= 360
        reads.get_by_role("link", name="All cards").click()
    reads.get_by_role("link", name="Many ways, side by side").click()
    expect(reads.get_by_role("heading", level=2)).to_have_text("Many ways, side by side")
    found += faults(reads) if scripts else []
    assert found == [] and reads.context.cookies() == []


def test_with_all_that_may_stand_on_it_a_card_is_still_one_page(esi: Laptop, report: Callable[[str], None]) -> None:
    page = esi.page
    a_building(page, esi.address, "Sumac House")
    home = page.url.partition("#")[0]
    writes(page, f"{home}/cards", FULL)
    press(page, "Save")
    (card,) = re.findall("#card-([0-9a-f]{20})", page.url)
    slots = [key for key, card in cards("en").items() if card.local]
    for key in slots:
        says(page, key, (LONG * 7)[:300].strip())
    page.emulate_media(media="print")
    wide, _, _ = PAPERS["a4"]
    _, high, _ = PAPERS["letter"]
    page.set_viewport_size({"width": int((wide - MARGINS_MM) * PIXELS_A_MM), "height": 900})
    filled = {}
    for language in ("en", "es"):
        for key in (card, *slots):
            page.goto(f"{esi.address}/cards/{key}?building={home.rpartition('/')[2]}&language={language}")
            area = page.locator(".sheet").bounding_box()
            assert area
            filled[key, language] = area["height"] / ((high - MARGINS_MM) * PIXELS_A_MM)
    fullest = max(filled, key=lambda one: filled[one])
    report(f"fullest: {fullest}, {filled[fullest]:.0%} of the page")
    assert filled[fullest] < 1


def test_with_all_that_may_stand_on_it_a_card_is_read_whole_on_the_big_screen(esi: Laptop, laptop: Laptop) -> None:
    a_building(esi.page, esi.address, "Laurel House")
    at = f"{esi.page.url.partition('#')[0]}/cards"
    writes(esi.page, at, FULL)
    press(esi.page, "Save")
    says(esi.page, "naloxone", (LONG * 7)[:300].strip())
    laptop.open_circle("Laurel group", building="Laurel House")
    laptop.look_at("learn-page")
    big = laptop.page.context.new_page()
    big.set_viewport_size({"width": 1366, "height": 768})
    big.goto(f"{laptop.console}/screen?show=card")
    for title in (FULL["title"], "Naloxone"):
        shows(laptop, title)
        for out in range(1, 6):
            expect(told(big)).to_have_count(out)
            expect(told(big).last).to_be_visible()
            assert can_be_read_from_afar(big)
            if out < 5:
                laptop.press("Next line")
    big.close()
