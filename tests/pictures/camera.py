"""The one who photographs: one page at a time, at every size, in light and in dark."""

from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page

from tests.server import Server

SIZES = {"360x640": (360, 640), "1366x768": (1366, 768), "1440x900": (1440, 900)}
SCHEMES = ("light", "dark")
COLOURS = 96
IN_README = {
    "notes-360x640-dark": "notes",
    "help-360x640-light": "help",
    "console-check-in-1366x768-light": "console",
    "house-calendar-buildings-one-month-1366x768-light": "month",
}


class Photographer:
    """Takes one page at a time, at every size and scheme asked for."""

    def __init__(self, browser: Browser, server: Server, folder: Path, every: bool) -> None:
        self.browser, self.server, self.folder, self.every = browser, server, folder, every
        folder.mkdir(parents=True, exist_ok=True)

    def page(self, scripts: bool = True) -> Page:
        """A page of its own, of a phone's size."""
        context = self.browser.new_context(
            viewport={"width": 360, "height": 640},
            device_scale_factor=2,
            locale="en-US",
            has_touch=True,
            java_script_enabled=scripts,
        )
        context.set_default_timeout(10_000)
        return context.new_page()

    def take(self, page: Page, name: str) -> None:
        """Photograph what a page shows now."""
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            for size, (width, height) in SIZES.items():
                shot = f"{name}-{size}-{scheme}"
                if not self.every and shot not in IN_README:
                    continue
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(150)
                file = self.folder / f"{shot if self.every else IN_README[shot]}.png"
                page.screenshot(path=file)
                if not self.every:
                    # Everybody who clones carries these: a few colours weigh a third and look the same.
                    Image.open(file).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
                        file, optimize=True
                    )


def into_view(place: Locator) -> None:
    """Scroll to it, clear of the bar at the thumb."""
    place.evaluate("place => place.scrollIntoView({ block: 'center' })")
