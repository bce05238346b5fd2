"""Sheets of paper, as the browser prints them."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.screens import Laptop
from tests.browser.test_access import faults

MARGINS_MM, PIXELS_A_MM = 30, 96 / 25.4
PAPERS = {"letter": (215.9, 279.4, b"612 792"), "a4": (210, 297, b"594.95996 841.91998")}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", ["en", "es"])
def test_each_sheet_is_one_page_and_nothing_is_cut_off(ana: Laptop, paper: str, language: str) -> None:
    page = ana.page
    page.goto(f"{ana.console}/print?paper={paper}&language={language}")
    count = page.locator(".sheet").count()
    assert count == (7 if language == "en" else 8)
    printed = page.pdf(prefer_css_page_size=True)
    wide, high, box = PAPERS[paper]
    assert set(re.findall(rb"/MediaBox \[0 0 ([\d. ]+)\]", printed)) == {box}
    # Each begins a page of its own: as many pages as sheets is then one page each.
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == count
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int((wide - MARGINS_MM) * PIXELS_A_MM), "height": 900})
    for sheet in page.locator(".sheet").all():
        area = sheet.bounding_box()
        assert area and area["height"] < (high - MARGINS_MM) * PIXELS_A_MM
        assert sheet.evaluate(
            "one => [...one.querySelectorAll('*')].every(it => !it.clientWidth || it.scrollWidth <= it.clientWidth + 1)"
        )
    assert page.locator(".choices").is_hidden()
    expect(page.locator("#sheet-rules")).to_be_visible()


def test_the_page_around_the_sheets_has_no_fault(ana: Laptop) -> None:
    ana.page.goto(f"{ana.console}/print?language=es")
    assert faults(ana.page) == []
    ana.page.locator("input[value=a4]").check()
    ana.page.get_by_role("button", name="Show these sheets").click()
    expect(ana.page.locator("body.a4")).to_be_visible()
