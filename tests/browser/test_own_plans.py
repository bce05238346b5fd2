"""A plan of one's own, written in a browser, and its words on a phone and the big screen."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import faults

Screen = Callable[..., Any]


def changes(page: Page, part: int, **words: str) -> None:
    """Change a part of the plan whose page is open."""
    page.locator(f"#part-{part} .change > summary").click()
    for name, text in words.items():
        page.locator(f"#{name}-{part}").fill(text)
    page.locator(f"#part-{part} .change button").click()


def test_a_plan_is_written_led_from_and_kept_with_what_changed(laptop: Laptop, open_screen: Screen) -> None:
    page, address = laptop.page, laptop.address
    page.goto(f"{address}/lead")
    page.get_by_role("link", name="My plans").click()
    page.get_by_role("button", name="Copy Remembrance").click()
    expect(page.locator("h1")).to_have_text("Remembrance, my way")

    # A mistake is told beside its field, with all that was typed; then it is mended.
    changes(page, 3, minutes="soon", name="For our neighbours", words="Bring a song.", script="Sit close.\nWho begins?")
    expect(page.locator(".error")).to_have_text("Use whole minutes, 1 to 180.")
    expect(page.locator("#script-3")).to_have_value("Sit close.\nWho begins?")
    page.locator("#minutes-3").fill("30")
    page.locator("#part-3 .change button").click()
    expect(page.locator("#part-3")).to_contain_text("30 min")
    assert faults(page) == []

    # Out as a file, and in again.
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as a file").click()
    assert download.value.suggested_filename == "plan.yaml"
    page.goto(f"{address}/lead/plans")
    assert faults(page) == []
    page.locator("#file").set_input_files(download.value.path())
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator("h1")).to_have_text("Remembrance, my way 2")
    expect(page.locator("#part-3")).to_contain_text("Bring a song.")

    # Its words, on every screen.
    page.goto(f"{address}/lead")
    page.locator("#title").fill("Tuesday")
    page.locator(".chip").filter(has_text="Remembrance, my way 2").click()
    page.locator("form[action='/lead/circles'] button.strong").click()
    expect(page.locator("[data-code]")).to_be_visible()
    ben: Phone = open_screen(Phone, locale="es-US")
    ben.join(laptop.code)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Big screen").click()
    for part in ("Limits and rules", "For our neighbours"):
        laptop.key("n")
        expect(laptop.on).to_have_text(part)
    expect(laptop.pane("open-head")).to_have_text("For our neighbours Bring a song.")
    expect(ben.now).to_contain_text("Bring a song.")
    expect(opened.value.locator("#state h1")).to_have_text("For our neighbours")
    opened.value.close()
    laptop.key("s")
    expect(laptop.pane("script-page")).to_contain_text("Who begins?")
    laptop.key("n")
    expect(ben.now).to_contain_text("Antes de irnos")

    # What was changed meanwhile, kept for the next time.
    page.locator(".more-here > summary").click()
    page.locator(".keep-plan > summary").click()
    page.locator("#plan-title").fill("For the yearly evening")
    page.get_by_role("button", name="Save as my own").click()
    expect(page.locator(".keep-plan [data-said]")).to_have_text("Saved.")
    page.goto(f"{address}/lead/plans")
    expect(page.locator("#own")).to_contain_text("For the yearly evening")

    # Deleted, they are gone: when all circles of these tests are erased, no byte of what was typed here is left.
    for left in (2, 1, 0):
        page.locator("#own a").first.click()
        page.locator("summary").filter(has_text="Delete").click()
        page.get_by_role("button", name="Delete this plan").click()
        expect(page.locator("#own a")).to_have_count(left)
