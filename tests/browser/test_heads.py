"""Heads on a laptop and a phone, and what comes along from a group: no fault that axe sees, nothing cut off."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.screens import Laptop
from tests.browser.test_access import SMALLEST_TARGET, faults
from tests.server import Server
from tests.told import QUARTER, some_heads


def looked_at(page: Page) -> list[Any]:
    """What is wrong with a page as it stands: on a laptop, and on a phone."""
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url
    for target in page.locator(":is(button, summary, a.button, select, main input):visible").all():
        box = target.bounding_box()
        is_a_tick = target.get_attribute("type") in ("checkbox", "radio")
        assert box and (box["height"] >= SMALLEST_TARGET or is_a_tick), (page.url, target.inner_text())
    found: list[Any] = faults(page)
    page.set_viewport_size({"width": 1366, "height": 768})
    return found + faults(page)


def test_heads_and_what_comes_along(esi: Laptop, server: Server, open_screen: Callable[..., Any]) -> None:
    server.add_account("olga@example.org", "facilitator", name="Olga")
    olga: Laptop = open_screen(Laptop)
    olga.sign_in("olga@example.org")
    building_id, date_of_group = some_heads(server, "olga@example.org")
    page = esi.page
    page.goto(f"{esi.address}/heads")
    found = looked_at(page)
    page.goto(f"{esi.address}/heads/{building_id}?quarter={QUARTER}")
    expect(page.locator("#month-1")).to_contain_text("Heads, all together: 41")
    expect(page.locator("#month-2")).to_contain_text("They are in the sum of the quarter.")
    found += looked_at(page)
    with page.expect_download() as file:
        page.get_by_role("link", name="Save as a file (CSV)").click()
    assert file.value.suggested_filename == f"heads-{QUARTER}.csv"
    page.goto(f"{esi.address}{date_of_group}")
    page.get_by_text("The plan its circles begin with, and their languages").click()
    found += looked_at(page)
    page.get_by_label("Its circles begin with").select_option("90")
    page.locator("#do-plan button").click()
    olga.page.goto(f"{olga.address}/lead")
    olga.page.locator("#on-duty summary").click()
    expect(olga.page.locator("#on-duty")).to_contain_text("Tea first, then we talk.")
    expect(olga.page.get_by_label("Its circles begin with")).to_have_value("90")
    found += looked_at(olga.page)
    olga.page.goto(f"{olga.address}/lead/after")
    expect(olga.page.locator("#of option:checked")).to_have_text(re.compile("Tea and talk · .* · Elm House"))
    found += looked_at(olga.page)
    assert found == []
