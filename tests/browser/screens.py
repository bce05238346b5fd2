"""What people do at a screen, in the words of the product. Selectors live here and nowhere else."""

from typing import Any
from urllib.parse import urlsplit

import pyotp
from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect

from tests.browser.canary import Canary
from tests.server import PASSPHRASE

LEAVES_FOR = "https://www.weather.gov/"


class Watch:
    """What went wrong behind the screens: a request to another host, a CSP report, an error in a script."""

    def __init__(self, canary: Canary) -> None:
        self.trouble: list[str] = []
        self._canary = canary

    def over(self, page: Page, address: str) -> None:
        """Watch a page. Leave fast goes to another site by design: that one is answered by the test itself."""
        page.route(
            f"{LEAVES_FOR}**", lambda route: route.fulfill(body="<title>Weather</title>Sunny", content_type="text/html")
        )
        page.on("request", lambda request: self._foreign(request.url, address))
        page.on("request", self._canary.note)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.trouble.append(f"script error: {error}"))
        page.on("response", self._response)

    def _foreign(self, url: str, address: str) -> None:
        ours = (urlsplit(address).netloc, "")
        if not url.startswith(LEAVES_FOR) and urlsplit(url).netloc not in ours:
            self.trouble.append(f"asked another host: {url}")

    def _console(self, message: ConsoleMessage) -> None:
        # A page that closes under a socket, and a 4xx the test itself provokes, are told to the console too.
        harmless = ("WebSocket connection", "Failed to load resource", "net::ERR_", "Ignored attempt to cancel")
        if message.type in ("error", "warning") and not any(word in message.text for word in harmless):
            self.trouble.append(f"console: {message.text}")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.trouble.append(f"{response.status} from {response.url}")


class Screen:
    """What a phone and a console both show of a circle."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def pane(self, name: str) -> Locator:
        """One part of the page."""
        return self.page.locator(f"#{name}")

    @property
    def check_ins(self) -> Locator:
        return self.page.locator("#checkins > li.share")

    @property
    def notes(self) -> Locator:
        return self.page.locator("#notes > li.share")

    @property
    def rules(self) -> Locator:
        return self.page.locator("#rules > li")

    @property
    def cover(self) -> Locator:
        return self.page.locator("#state.cover")


class Phone(Screen):
    """A member at a phone."""

    def knock(self, code: str) -> None:
        """Type the code at the door."""
        self.page.goto(self.address)
        self.page.locator("#code").fill(code)
        self.page.locator("form[data-door] button").click()

    def come_in(self) -> None:
        """Read the three lines, and come in."""
        self.page.locator("form[action='/join'] button").click()
        expect(self.page).to_have_url(f"{self.address}/here")
        self.page.wait_for_load_state()  # scripts run by then, where they run

    def join(self, code: str) -> None:
        """Knock and come in."""
        self.knock(code)
        self.come_in()

    def check_in(self, text: str, *tags: str) -> None:
        """Write a check-in, tap these words, and share it."""
        self.tab("circle-page")
        self.page.locator("#check-in-text").fill(text)
        for tag in tags:
            self.tap(tag)
        self.page.locator("#check-in-form button.strong").click()

    def tap(self, tag: str) -> None:
        """Tap a word, opening "more" where it is behind that."""
        chip = self.page.locator(f"#circle-page .chip:has(input[value='{tag}'])")
        if not chip.is_visible():
            self.page.locator(f"#circle-page details:has(input[value='{tag}']) > summary").click()
        chip.click()

    def add_note(self, text: str) -> None:
        """Write a note."""
        self.tab("notes-page")
        self.page.locator("#note-text").fill(text)
        self.page.locator("#note-form button.strong").click()

    def tab(self, name: str) -> None:
        """Go to a part of the page by the bar at the thumb, if not there already."""
        if not self.page.locator(f"#{name}").is_visible():
            self.page.locator(f".thumb a[href='#{name}']").click()

    def leave_fast(self) -> None:
        """One tap."""
        self.page.locator("form[action='/here/leave'] button").click()
        expect(self.page).to_have_url(LEAVES_FOR)

    def hear(self, note: Locator) -> None:
        """Say "I hear you" to a note."""
        self.tab("notes-page")
        note.get_by_role("button", name="I hear you").click()

    def change(self, share: Locator, text: str) -> None:
        """Say what I wrote in other words."""
        share.locator("summary", has_text="Change").click()
        share.locator("textarea").fill(text)
        share.locator("form[data-act=change] button").click()

    def take_back(self, share: Locator) -> None:
        """Take back what I wrote."""
        share.locator("form[data-act=take-back] button").click()

    @property
    def now(self) -> Locator:
        """The part of the plan that is on."""
        return self.page.locator("#now")

    @property
    def lost(self) -> Locator:
        """The line that says there is no signal."""
        return self.page.locator("[data-lost]")

    @property
    def own_notes(self) -> Locator:
        """The notes on the wall that this phone can take back."""
        return self.page.locator("#notes > li.share:has([data-own])")

    @property
    def waiting(self) -> Locator:
        return self.page.locator(".mine .waiting")


class Laptop(Screen):
    """A facilitator at the console."""

    def sign_in(self, email: str, passphrase: str = PASSPHRASE) -> None:
        """Sign in as staff."""
        self.page.goto(f"{self.address}/staff/sign-in")
        self.page.locator("#email").fill(email)
        self.page.locator("#passphrase").fill(passphrase)
        self.page.locator("main button.strong").click()
        expect(self.page.locator("h1")).not_to_have_text("Staff: sign in")

    def add_second_step(self) -> None:
        """On the page that asks an admin for it: what the app would show, typed in."""
        secret = self.page.locator("input[name=secret]").input_value()
        self.page.locator("#code").fill(pyotp.TOTP(secret).now())
        self.page.locator("#old").fill(PASSPHRASE)
        self.page.locator("main button.strong").click()
        expect(self.page.locator(".codes li")).to_have_count(10)

    def open_circle(self, title: str, at_once: bool = False, pin: str = "", building: str = "") -> None:
        """Open the doors; in a building, by its name, where one is said."""
        self.page.goto(f"{self.address}/lead")
        self.page.locator("#title").fill(title)
        self.page.locator("#pin").fill(pin)
        if building:
            self.page.get_by_label("Building", exact=True).select_option(building)
        if at_once:
            self.page.locator(".chip:has(input[value='at-once'])").click()
        self.page.locator("form[action='/lead/circles'] button.strong").click()
        expect(self.page.locator("[data-code]")).to_be_visible()
        # Until a page is loaded whole, the browser itself may take the focus to the part that its address names.
        self.page.wait_for_load_state()

    @property
    def code(self) -> str:
        return self.page.locator("[data-code]").text_content() or ""

    @property
    def console(self) -> str:
        """The address of the console, without the part that is in view."""
        return self.page.url.partition("#")[0]

    def look_at(self, part: str) -> None:
        """Go to a pane of the console: by the plan or the bar, else behind "More"."""
        link = self.page.locator(f":is(.plan, .bar) a[href='#{part}']:not([data-again])").first
        if not link.is_visible():
            link = self.page.locator(f".more-here a[href='#{part}']")
            if not link.is_visible():
                self.page.locator(".more-here > summary").click()
        link.click()

    def start(self, part: str) -> None:
        """Start a part of the plan out of its turn."""
        button = self.page.get_by_role("button", name=f"Start {part}")
        if not button.is_visible():
            self.page.locator("#other-parts summary").click()
        button.click()

    def key(self, key: str) -> None:
        """Press one key of the console's, once its scripts are there to hear it."""
        self.page.wait_for_load_state()
        self.page.keyboard.press(key)

    @property
    def on(self) -> Locator:
        """The part that is on, in the plan."""
        return self.page.locator("#plan .on a")

    def act(self, share: Locator, action: str) -> None:
        """Set aside, restore or wipe a share."""
        share.locator(f"form[action$='/{action}'] button").click()

    def add_for_someone(self, text: str, *tags: str) -> None:
        """Write down a check-in for somebody in the room who has no phone."""
        if not self.page.locator("#checkins-page").is_visible():
            self.look_at("checkins-page")
        drawer = self.page.locator(".in-the-room")
        if not self.page.locator("#room-text").is_visible():
            drawer.locator("summary").click()
        self.page.locator("#room-text").fill(text)
        for tag in tags:
            drawer.locator(f".chip:has(input[value='{tag}'])").click()
        drawer.get_by_role("button", name="Share").click()

    def reflect(self, share: Locator, drug: str = "", of_set: str = "", setting: str = "") -> None:
        """Reflect on a share aloud, with notes in the three blanks."""
        share.get_by_role("link", name="Reflect").click()
        for group, words in (("drug", drug), ("set", of_set), ("setting", setting)):
            self.page.locator(f"#blank-{group}").fill(words)

    def pin_theme(self, group: str, words: str) -> None:
        """Pin a theme, with the form in view."""
        form = self.page.locator("form.pin:visible")
        form.locator(f".chip.{group}").click()
        form.locator("[name=words]").fill(words)
        form.get_by_role("button", name="Pin it").click()
        # Everybody may see it before this console has its answer, and until then it takes no second press.
        expect(form.locator("[name=words]")).to_have_value("")

    def press(self, name: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=name).first.click()

    @property
    def waits(self) -> Locator:
        return self.page.locator("#waiting")

    def type_passphrase(self, passphrase: str = PASSPHRASE) -> None:
        """Type the passphrase on a covered or closed screen."""
        self.page.locator("#state input[name=passphrase]").fill(passphrase)
        self.page.locator("#state input[name=passphrase]").press("Enter")

    @property
    def pin(self) -> Locator:
        """The field for the PIN on a covered or closed screen."""
        return self.page.locator("#state input[name=pin]")

    def type_pin(self, pin: str) -> None:
        """Type the PIN on a covered or closed screen."""
        self.pin.fill(pin)
        self.pin.press("Enter")

    def draft_a_rule(self, text: str) -> None:
        """Begin a rule of our own, and leave it half-typed."""
        self.look_at("rules-page")
        self.page.locator("#new-rule").fill(text)
        self.page.locator("#rules-title").click()


def values(locator: Locator) -> Any:
    """The words of each of these shares, in order."""
    return locator.locator(".words").all_text_contents()
