"""A whole circle by keyboard alone: no pointer, no script that puts the focus somewhere; Tab, Enter, Space and typing.

Ana leads it from the page to sign in to "It is gone."; Ben is a member of it, from the door to leaving.
"""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.screens import Laptop, Phone, values
from tests.server import PASSPHRASE

Screen = Callable[..., Any]
MOST_TABS = 200
AT = "wanted => wanted === document.activeElement"


class Keys:
    """Somebody's hands on the keys of one page, and nothing else. Counts what they press."""

    def __init__(self, page: Page) -> None:
        self._page, self.tabs = page, 0

    def go_to(self, wanted: Locator) -> None:
        """Press Tab, or back from where they are, until they are there."""
        expect(wanted).to_be_visible()
        for _ in range(MOST_TABS):
            if wanted.evaluate(AT):
                return
            self._page.keyboard.press("Tab")
            self.tabs += 1
        raise AssertionError(f"no way by Tab to {wanted}")

    def press(self, wanted: Locator) -> None:
        """Go to a button or a link, and press Enter."""
        self.go_to(wanted)
        self._page.keyboard.press("Enter")

    def tick(self, wanted: Locator) -> None:
        """Go to a box to tick, and press Space."""
        self.go_to(wanted)
        self._page.keyboard.press("Space")

    def type(self, wanted: Locator, text: str) -> None:
        """Go to a field, and type."""
        self.go_to(wanted)
        self._page.keyboard.type(text)


def test_a_whole_circle_by_keyboard_alone(open_screen: Screen, report: Callable[[str], None]) -> None:
    ana: Laptop = open_screen(Laptop)
    ben: Phone = open_screen(Phone)
    hers, his = Keys(ana.page), Keys(ben.page)
    laptop, phone = ana.page, ben.page

    # She signs in, opens the doors with a PIN, and covers the screens when somebody comes in.
    laptop.goto(f"{ana.address}/staff/sign-in")
    hers.type(laptop.locator("#email"), "ana@example.org")
    hers.type(laptop.locator("#passphrase"), PASSPHRASE)
    laptop.keyboard.press("Enter")
    hers.type(laptop.locator("#title"), "Tuesday by keys")
    hers.type(laptop.locator("#pin"), "582904")
    hers.press(laptop.locator("form[action='/lead/circles'] button.strong"))
    expect(laptop.locator("[data-code]")).to_be_visible()
    laptop.wait_for_load_state()

    # He comes in, looks at the rules and at Help, and says something with a tag.
    phone.goto(ben.address)
    his.type(phone.locator("#code"), ana.code)
    phone.keyboard.press("Enter")
    his.press(phone.locator("form[action='/join'] button"))
    expect(phone).to_have_url(f"{ben.address}/here")
    phone.wait_for_load_state()
    his.press(phone.locator(".thumb a[href='#help']"))
    expect(ben.pane("help")).to_be_visible()
    his.press(phone.locator(".thumb a[href='#circle-page']"))
    his.type(phone.locator("#check-in-text"), "Ate before, for once.")
    his.tick(phone.locator("#circle-page .chip:visible input[value='drug:staying-off-it']"))
    his.press(phone.locator("#check-in-form button.strong"))
    expect(ben.waiting).to_contain_text("Ate before, for once.")

    # She goes on, part by part; adds one for somebody without a phone; with Cleo's, what waited goes up.
    laptop.keyboard.press("n")
    hers.type(laptop.locator("#new-rule"), "Tea first.")
    hers.press(laptop.locator("#rules-page form:has(#new-rule) button"))
    expect(ben.rules.last).to_contain_text("Tea first.")
    hers.go_to(laptop.locator(".bar a[data-key-h]"))
    laptop.keyboard.press("n")
    hers.press(laptop.locator(".in-the-room > summary"))
    hers.type(laptop.locator("#room-text"), "A quiet week.")
    hers.press(laptop.locator(".in-the-room button.strong"))
    expect(laptop.locator("#room-text")).to_have_value("")
    cleo: Phone = open_screen(Phone)
    cleo.join(ana.code)
    cleo.check_in("Slept badly.")
    expect(ben.check_ins).to_have_count(3)
    assert sorted(values(ben.check_ins)) == ["A quiet week.", "Ate before, for once.", "Slept badly."]

    # She reflects on one of them, aloud, and pins a theme.
    hers.press(ana.check_ins.filter(has_text="A quiet week.").get_by_role("link", name="Reflect"))
    hers.type(laptop.locator("#blank-setting"), "a quiet week")
    hers.tick(laptop.locator("#reflect-page input[value=drug]"))
    laptop.keyboard.press("ArrowRight")  # one of three: Tab goes to them, arrows among them
    laptop.keyboard.press("ArrowRight")
    hers.type(laptop.locator("#pin-reflect"), "quiet helps")
    laptop.keyboard.press("Enter")
    expect(laptop.locator("#themes")).to_contain_text("quiet helps")
    hers.press(laptop.get_by_role("link", name="Back to the wall"))
    first = ana.check_ins.filter(has_text="Slept badly.")
    hers.press(first.locator("form[action$='/set-aside'] button"))
    expect(ben.check_ins).to_have_count(2)
    hers.press(first.locator("form[action$='/restore'] button"))
    expect(ben.check_ins).to_have_count(3)
    hers.press(first.locator("form[action$='/wipe'] button"))
    expect(ben.check_ins).to_have_count(2)

    # He raises a hand; she invites him, and he is done. He takes back what he said.
    his.press(phone.get_by_role("button", name="Raise hand"))
    hers.press(laptop.locator("#hands button.strong"))
    expect(phone.locator("#turn")).to_be_visible()
    hers.press(laptop.locator("#hands").get_by_role("button", name="is done"))
    expect(phone.locator("#hand-down")).to_be_visible()
    his.press(phone.locator("#checkins [data-own] form[data-act=take-back] button"))
    expect(ana.check_ins).to_have_count(1)

    # Somebody walks in: one key covers all, and the PIN uncovers.
    laptop.keyboard.press("b")
    expect(ben.cover).to_be_visible()
    hers.type(ana.pin, "582904")
    laptop.keyboard.press("Enter")
    expect(ben.cover).to_be_hidden()

    # He leaves; she closes, opens again, closes, and erases.
    his.press(phone.locator("form[action='/here/leave'] button"))
    expect(phone).not_to_have_url(f"{ben.address}/here")
    hers.press(laptop.get_by_role("button", name="Close the circle"))
    expect(ana.cover).to_contain_text("The circle has closed.")
    hers.type(ana.pin, "582904")
    laptop.keyboard.press("Enter")
    expect(ana.cover).to_be_hidden()
    hers.press(laptop.get_by_role("button", name="Close the circle"))
    hers.press(laptop.get_by_role("button", name="Erase now"))
    expect(laptop.get_by_role("heading", name="It is gone.")).to_be_visible()
    report(f"by keyboard: {hers.tabs} presses of Tab on the laptop, {his.tabs} on the phone")
