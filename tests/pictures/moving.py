"""README's moving picture: a circle from the code to the erase, on one phone and on the big screen beside it."""

import base64
import io
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.screens import Laptop, Phone
from tests.pictures.a_circle import SAID
from tests.pictures.camera import COLOURS, Photographer, into_view

SECONDS = 3.2
"""For each picture: long enough to read its line and look at both screens."""
FRAME = """
<body style="margin: 0; padding: 28px; width: 1184px; background: #efe7da; color: #1d2b2a; font-family: system-ui">
<p style="margin: 0 0 20px; font-size: 30px; font-weight: 600">{line}</p>
<div style="display: flex; gap: 24px">{screens}</div></body>
"""
SCREEN = '<img src="data:image/png;base64,{}" style="height: 640px; border-radius: 14px; border: 2px solid #1d2b2a">'


class Reel:
    """The pictures of a phone and of the big screen, beside each other, in the order they were taken."""

    def __init__(self, stage: Page, phone: Page, screen: Page) -> None:
        self._stage, self._screens = stage, (phone, screen)
        self._frames: list[Image.Image] = []

    def take(self, line: str) -> None:
        """What both show now, under a line that says it."""
        shots = [page.screenshot(scale="css", animations="disabled") for page in self._screens]
        screens = "".join(SCREEN.format(base64.b64encode(shot).decode()) for shot in shots)
        self._stage.set_content(FRAME.format(line=escape(line), screens=screens))
        frame = self._stage.locator("body").screenshot(scale="css")
        self._frames.append(Image.open(io.BytesIO(frame)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE))

    def write(self, file: Path) -> None:
        """All of them as one GIF, that begins again by itself."""
        first, *others = self._frames
        first.save(file, save_all=True, append_images=others, duration=int(SECONDS * 1000), loop=0, optimize=True)


def moving_picture(camera: Photographer, file: Path) -> None:
    """One phone joins, its check-in goes up with others', the leader pins what was heard, the close erases."""
    leader = Laptop(camera.page(), camera.server.address)
    leader.page.set_viewport_size({"width": 1366, "height": 768})
    leader.sign_in("ana@example.org")
    leader.open_circle("Tuesday open group")
    big, stage = leader.page.context.new_page(), camera.page()
    big.set_viewport_size({"width": 800, "height": 640})
    stage.set_viewport_size({"width": 1240, "height": 1})
    big.goto(f"{leader.console}/screen")
    ben, cleo, dee = (Phone(camera.page(), camera.server.address) for _ in SAID)
    reel = Reel(stage, ben.page, big)

    ben.page.goto(ben.address)
    ben.page.locator("#code").fill(leader.code)
    reel.take("A code in the room. No name, no account.")
    for phone in (ben, cleo, dee):
        phone.join(leader.code)
    for phone, (words, tags) in zip((cleo, dee), SAID[1:], strict=True):
        phone.check_in(words, *tags)
    words, tags = SAID[0]
    ben.tab("circle-page")
    leader.start("Check-in")
    expect(big.get_by_role("heading", name="Check-in")).to_be_visible()
    ben.page.locator("#check-in-text").fill(words)
    reel.take("Say what you like, or pass.")
    for tag in tags:
        ben.tap(tag)
    into_view(ben.page.locator(f"#circle-page .chip:has(input[value='{tags[0]}'])"))
    reel.take("Drug, set and setting: words to tap, if you like.")
    ben.page.locator("#check-in-form button.strong").click()
    expect(ben.check_ins).to_have_count(len(SAID))
    into_view(ben.page.locator("#checkins"))
    big.goto(f"{leader.console}/screen?show=wall")
    reel.take("Several go up at once, shuffled. Nobody’s name is on them.")
    leader.look_at("checkins-page")
    leader.reflect(leader.check_ins.filter(has_text=words))
    leader.pin_theme("set", "sleep comes first")
    big.goto(f"{leader.console}/screen?show=themes")
    reel.take("The leader says back what was heard, and pins it.")
    leader.press("Close the circle")
    leader.press("Erase now")
    expect(ben.page.locator(".proof")).to_be_visible()
    expect(big.locator("h1").first).to_have_text("It is gone.")
    reel.take("At the close, every word is erased.")
    reel.write(file)
