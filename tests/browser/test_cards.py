"""Each card is one page of paper, in both languages and on both papers, and nothing of it is cut off."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from sessions.library import cards
from tests.browser.screens import Laptop
from tests.browser.test_access import faults
from tests.browser.test_prints import MARGINS_MM, PAPERS, PIXELS_A_MM

CUT_OFF = "one => [...one.querySelectorAll('*')].some(it => it.clientWidth && it.scrollWidth > it.clientWidth + 1)"


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_card_fits_on_one_page_of_either_paper(ana: Laptop, language: str, report: Callable[[str], None]) -> None:
    page = ana.page
    page.emulate_media(media="print")
    filled: dict[tuple[str, str], float] = {}
    for key in (*cards(language), "ways"):
        page.goto(f"{ana.address}/cards/{key}?language={language}")
        for paper, (wide, high, _) in PAPERS.items():
            page.set_viewport_size({"width": int((wide - MARGINS_MM) * PIXELS_A_MM), "height": 900})
            for sheet in page.locator(".sheet").all():
                area = sheet.bounding_box()
                assert area and not sheet.evaluate(CUT_OFF)
                part = area["height"] / ((high - MARGINS_MM) * PIXELS_A_MM)
                filled[key, paper] = max(filled.get((key, paper), 0), part)
    key, paper = max(filled, key=lambda one: filled[one])
    report(f"fullest: {key} on {paper}, {filled[key, paper]:.0%} of the page")
    assert filled[key, paper] < 1


@pytest.mark.parametrize("paper", PAPERS)
def test_one_is_printed_as_one_page_of_that_paper(ana: Laptop, paper: str) -> None:
    ana.page.goto(f"{ana.address}/cards/drug-set-setting?paper={paper}&language=es")
    printed = ana.page.pdf(prefer_css_page_size=True)
    assert set(re.findall(rb"/MediaBox \[0 0 ([\d. ]+)\]", printed)) == {PAPERS[paper][2]}
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    ana.page.emulate_media(media="print")
    assert ana.page.locator(".choices").is_hidden()


def test_their_pages_have_no_fault(ana: Laptop) -> None:
    page = ana.page
    page.goto(f"{ana.address}/cards")
    assert faults(page) == []
    page.get_by_role("link", name="Naloxone", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Naloxone")
    for path in ("/cards/drug-set-setting?language=es", "/cards/ways?language=es"):
        page.goto(f"{ana.address}{path}")
        assert faults(page) == []
    page.locator("input[value=a4]").check()
    page.get_by_role("button", name="Show this sheet").click()
    expect(page.locator("body.a4")).to_be_visible()
