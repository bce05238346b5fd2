"""Photographs every screen in a real browser, so that somebody looks at it.

`python3 dev.py pictures` writes the few that README shows; `python3 dev.py pictures FOLDER` writes every page at
360x640 and 1440x900, in light and dark, into FOLDER.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests import browsers
from tests.browser.screens import Laptop, Phone
from tests.server import Server
from tests.told import QUARTER, some_heads

README_FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZES = {"360x640": (360, 640), "1366x768": (1366, 768), "1440x900": (1440, 900)}
SCHEMES = ("light", "dark")
SAID = (
    ("Ate first. Slept badly. Glad it’s warm in here.", ("set:food-and-water", "set:sleep", "setting:weather")),
    ("Work was good this week.", ("setting:work-or-day-plan", "set:going-well")),
    ("Not about drugs today. Just tired.", ("not-about-drugs-today",)),
)
NOTED = ("The van is on 6th until 9 tonight. They have test strips.", "Ask the clinic for two boxes. They said yes.")

OWN_CARD = {
    "title": "Hot days here",
    "line_1": "Eat and drink first, and rest in the shade.",
    "line_2": "The room by the garden has a fan, day and night.",
    "line_3": "Too hot to think straight? Tell the front desk. They call 911 with you.",
    "source": "The county, hot days sheet",
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
                page.screenshot(path=self.folder / f"{IN_README.get(shot, shot) if not self.every else shot}.png")


IN_README = {
    "door-360x640-light": "door",
    "check-in-360x640-light": "check-in",
    "notes-360x640-dark": "notes",
    "help-360x640-light": "help",
    "console-check-in-1366x768-light": "console",
}


def into_view(place: Locator) -> None:
    """Scroll to it, clear of the bar at the thumb."""
    place.evaluate("place => place.scrollIntoView({ block: 'center' })")


def main() -> None:
    """Walk through a circle and photograph it."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else README_FOLDER
    with Server() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**browsers.launch_options())
        camera = Photographer(browser, server, folder, every=len(sys.argv) > 1)
        first_run(camera)
        server.add_account("root@example.org", "admin")
        server.add_account("esi@example.org", "housing", name="Esi")
        a_circle(camera)
        an_admin(camera)
        a_planner(camera)
        browser.close()
    print(f"Written to {folder}: {len(list(folder.glob('*.png')))} pictures")


def first_run(camera: Photographer) -> None:
    """The one-time link, and signing in."""
    page = camera.page()
    link = next(line.strip() for line in camera.server.output().splitlines() if "/staff/first/" in line)
    page.goto(link)
    camera.take(page, "first-run")
    page.locator("#email").fill("ana@example.org")
    page.locator("#passphrase").fill("a kettle and two cups")
    page.locator("#address").fill("120 Hazel Street, side door, community room")
    page.locator("#naloxone").fill("Front desk. Red box by this door.")
    page.locator("main button.strong").click()
    page.goto(f"{camera.server.address}/staff/account")
    page.locator("#name").fill("Ana")
    page.locator("#paid_by").fill("The building’s services team")
    page.locator("#must_report").fill("A child being hurt. Somebody about to be hurt.")
    camera.take(page, "account")
    page.locator("main button.strong").click()
    page.locator("form[action='/staff/sign-out'] button").click()
    camera.take(page, "sign-in")


def a_circle(camera: Photographer) -> None:
    """A laptop and three phones, from the door to the end."""
    laptop = Laptop(camera.page(), camera.server.address)
    laptop.sign_in("ana@example.org")
    camera.take(laptop.page, "lead")
    for name, path in (("cards", ""), ("card", "/drug-set-setting"), ("ways", "/ways")):
        laptop.page.goto(f"{camera.server.address}/cards{path}")
        camera.take(laptop.page, name)
    laptop.page.goto(f"{camera.server.address}/lead")
    own_plans(camera, laptop.page)
    laptop.open_circle("Tuesday open group", pin="4718")
    phones = [Phone(camera.page(), camera.server.address) for _ in SAID]
    door = phones[0].page
    door.goto(camera.server.address)
    camera.take(door, "door")
    door.locator("#code").fill("123 456 789")
    door.locator("form[data-door] button").click()
    camera.take(door, "door-wrong-code")
    phones[0].knock(laptop.code)
    camera.take(door, "join")
    door.locator(".home details summary").click()
    into_view(door.locator(".home details summary"))
    camera.take(door, "join-more")
    into_view(door.locator(".home details h2"))
    camera.take(door, "join-more-limits")
    phones[0].come_in()
    for phone in phones[1:]:
        phone.join(laptop.code)
    camera.take(door, "here-empty")
    door.locator("header a[href='#who']").click()
    camera.take(door, "who")
    phones[0].tab("circle-page")
    camera.take(laptop.page, "console-arrive")
    laptop.look_at("rules-page")
    camera.take(laptop.page, "console-rules")
    for phone, (words, tags) in zip(phones, SAID, strict=True):
        phone.check_in(words, *tags)
        expect(phone.page.locator("#check-in-said")).to_have_text("Saved.")
        if phone is phones[0]:
            into_view(phone.page.locator(".waiting"))
            camera.take(phone.page, "waiting-alone")
        if phone is phones[1]:
            phones[0].page.reload()
            into_view(phones[0].page.locator(".waiting"))
            camera.take(phones[0].page, "waiting")
    laptop.look_at("checkins-page")
    expect(laptop.check_ins).to_have_count(3)
    camera.take(laptop.page, "console-check-in")
    a_board(camera, laptop)
    phone = phones[1]
    phone.page.reload()
    phone.page.locator("#check-in-text").fill(SAID[0][0])
    camera.take(phone.page, "check-in")
    into_view(phone.page.locator("#checkins"))
    camera.take(phone.page, "wall")
    phone.page.goto(f"{camera.server.address}/here#rules-page")
    camera.take(phone.page, "rules")
    for phone, words in zip(phones, NOTED, strict=False):
        phone.add_note(words)
    laptop.look_at("notes-page")
    laptop.press("Show them")
    expect(phones[0].notes).to_have_count(2)
    phones[0].page.reload()
    camera.take(phones[0].page, "notes")
    phones[0].own_notes.locator("summary").click()
    into_view(phones[0].own_notes)
    camera.take(phones[0].page, "notes-change")
    phones[0].page.reload()
    phones[0].tab("help")
    camera.take(phones[0].page, "help")
    phones[0].tab("circle-page")
    phones[0].check_in("x" * 1010)
    expect(phones[0].page.locator("#check-in-said.error")).to_be_visible()
    camera.take(phones[0].page, "too-long")
    phones[0].page.context.set_offline(True)
    expect(phones[0].lost).to_be_visible()
    camera.take(phones[0].page, "no-signal")
    phones[0].page.context.set_offline(False)
    expect(phones[0].lost).to_be_hidden(timeout=30_000)
    leaves(camera, laptop.code)
    phones[0].page.goto(f"{camera.server.address}/here#rules-page")
    phones[0].page.locator("#suggest").fill("Tea before we talk.")
    phones[0].page.get_by_role("button", name="Suggest it").click()
    into_view(phones[0].page.locator("#suggest"))
    camera.take(phones[0].page, "rules-suggest")
    laptop.look_at("rules-page")
    expect(laptop.page.locator("#suggestions li")).to_have_count(1)
    camera.take(laptop.page, "console-suggestions")
    laptop.page.locator("#other-parts summary").click()
    laptop.page.get_by_role("button", name="Start Good things, close").click()
    laptop.look_at("close-page")
    camera.take(laptop.page, "console-close")
    phones[1].page.goto(f"{camera.server.address}/here")
    camera.take(phones[1].page, "here-close")
    laptop.look_at("leading-page")
    laptop.press("Make a code to read aloud")
    expect(laptop.page.locator("#leading .code")).to_be_visible()
    camera.take(laptop.page, "console-leading")
    laptop.look_at("step-out-page")
    camera.take(laptop.page, "console-step-out")
    laptop.look_at("help")
    camera.take(laptop.page, "console-help")
    laptop.press("Blank")
    expect(phones[0].cover).to_be_visible()
    camera.take(phones[0].page, "blank")
    camera.take(laptop.page, "console-blank")
    laptop.type_pin("4718")
    laptop.press("Close the circle")
    expect(phones[0].cover).to_be_visible()
    camera.take(phones[0].page, "closed")
    camera.take(laptop.page, "console-closed")
    laptop.press("Erase now")
    expect(phones[0].page.locator(".proof")).to_be_visible()
    camera.take(phones[0].page, "gone")
    camera.take(laptop.page, "console-gone")
    after(camera, laptop.page)


def after(camera: Photographer, page: Page) -> None:
    """What a leader tells when it is over, and rest."""
    page.get_by_role("link", name="Heads, supplies, a line for next time").click()
    page.locator("main details summary").click()
    page.locator("#names").fill("Naloxone kits\nClean water")
    page.get_by_role("button", name="Save the list").click()
    page.locator("#heads").fill("7")
    page.locator("#line").fill("Start the learning part ten minutes sooner.")
    camera.take(page, "after")
    page.locator("#told button.strong").click()
    camera.take(page, "rest")
    page.goto(f"{camera.server.address}/lead/held")
    camera.take(page, "held")
    page.goto(f"{camera.server.address}/lead")
    camera.take(page, "lead-next-time")


def own_plans(camera: Photographer, page: Page) -> None:
    """A plan of one's own, and a file that is none."""
    page.goto(f"{camera.server.address}/lead/plans")
    page.locator("#text").fill("title: Quick one\nparts:\n- kind: arrive\n  minutes: soon\n")
    page.locator("#bring-in button").click()
    into_view(page.locator("#bring-in"))
    camera.take(page, "plans")
    page.locator("#ours button").first.click()
    camera.take(page, "plan")
    page.locator("#part-4 .change > summary").click()
    into_view(page.locator("#part-4"))
    camera.take(page, "plan-part")


def a_board(camera: Photographer, laptop: Laptop) -> None:
    """Reflecting aloud, a theme that was pinned, and the board on the big screen."""
    laptop.reflect(laptop.check_ins.filter(has_text=SAID[0][0]), of_set="Two nights without sleep.")
    laptop.pin_theme("setting", "work helps")
    camera.take(laptop.page, "console-reflect")
    laptop.look_at("learn-page")
    expect(laptop.page.locator(".pins li")).to_have_count(1)
    camera.take(laptop.page, "console-learn")
    laptop.page.locator("#card > details > summary").click()
    laptop.page.locator("#card").get_by_role("button", name="Naloxone", exact=True).click()
    for out in (2, 3):
        laptop.page.get_by_role("button", name="Next line").click()
        expect(laptop.page.locator("#card .told > li")).to_have_count(out)
    camera.take(laptop.page, "console-card")
    screen = laptop.page.context.new_page()
    for shows in ("themes", "card"):
        screen.goto(f"{laptop.page.url.partition('#')[0]}/screen?show={shows}")
        camera.take(screen, f"screen-{shows}")
    screen.close()
    laptop.press("Take it down")
    laptop.look_at("checkins-page")


def an_admin(camera: Photographer) -> None:
    """Looking after accounts."""
    admin = Laptop(camera.page(), camera.server.address)
    page, address = admin.page, camera.server.address
    admin.sign_in("root@example.org")
    camera.take(page, "second-step")
    admin.add_second_step()
    camera.take(page, "recovery-codes")
    page.goto(f"{address}/staff/account")
    camera.take(page, "account-admin")
    page.goto(f"{address}/staff/account/passphrase")
    camera.take(page, "passphrase")
    page.goto(f"{address}/people")
    camera.take(page, "people")
    page.locator("form[action='/people/invitations'] button").click()
    camera.take(page, "invitation")
    page.goto(page.locator("#link").input_value())
    camera.take(page, "invited")
    page.goto(f"{address}/people")
    page.locator("a[aria-label='Change ana@example.org']").click()
    camera.take(page, "person")
    page.locator("form[action$='/disable'] button").click()
    camera.take(page, "person-off")
    page.goto(f"{address}/people/acts")
    camera.take(page, "acts")
    page.goto(f"{address}/host")
    camera.take(page, "host")
    page.goto(f"{address}/status")
    camera.take(page, "status")
    page.goto(f"{address}/nowhere")
    camera.take(page, "error")


def a_planner(camera: Photographer) -> None:
    """Planning for a building."""
    planner = Laptop(camera.page(), camera.server.address)
    page, address = planner.page, camera.server.address
    planner.sign_in("esi@example.org")
    page.goto(f"{address}/buildings")
    page.locator("#name").fill("Hazel House")
    page.locator("#zone").fill("America/Los_Angeles")
    camera.take(page, "buildings")
    page.locator("main button.strong").click()
    page.locator("#room-name").fill("Lounge B")
    page.locator("form[action$='/rooms'] button").click()
    camera.take(page, "building")
    its_help(camera, page)
    for title, start in (("Tea and talk", "18:00"), ("Breakfast", "09:00"), ("Choir", "18:30")):
        page.goto(f"{address}/calendar/new")
        for name, typed in (("title", title), ("first", "2026-11-03"), ("until", "2027-01-26"), ("start", start)):
            page.locator(f"#{name}").fill(typed)
        page.locator("main button.strong.wide").click()
        if title != "Choir":
            page.locator("#do-listing summary").click()
            page.locator("#listing-listed").check()
            page.locator("#listing-called").fill(title)
            page.locator("form[action$='/listed'] button").click()
    camera.take(page, "group-clashes")
    page.goto(f"{address}/calendar")
    camera.take(page, "today")
    page.locator("a[href$='/week']").first.click()
    page.goto(f"{page.url}?from=2026-11-03")
    camera.take(page, "week")
    page.goto(f"{page.url.replace('/week', '/month')}")
    camera.take(page, "month")
    page.goto(f"{address}/calendar/agenda?from=2026-11-01")
    camera.take(page, "two-weeks")
    page.locator(".gathering a").first.click()
    for act in ("cancel", "move", "room", "facilitator"):
        page.locator(f"#do-{act} summary").click()
    camera.take(page, "gathering")
    camera.server.add_account("fay@example.org", "facilitator", name="Fay")
    building_id, _ = some_heads(camera.server, "fay@example.org")
    page.goto(f"{address}/heads")
    camera.take(page, "heads")
    page.goto(f"{address}/heads/{building_id}?quarter={QUARTER}")
    camera.take(page, "heads-building")
    what_is_public(camera, page)


def what_is_public(camera: Photographer, page: Page) -> None:
    """What staff listed, for anybody; its flyer; the address for another calendar."""
    address = camera.server.address
    page.goto(f"{address}/buildings")
    page.locator("main .plain-list a.button").first.click()
    page.locator("#public button").first.click()
    building = page.url.partition("#")[0]
    page.goto(f"{building}/flyer?food=y")
    camera.take(page, "flyer")
    page.goto(building)
    page.locator("form[action$='/feed'] button").click()
    camera.take(page, "feed")
    anybody = camera.page(scripts=False)
    anybody.goto(f"{address}/whats-on")
    camera.take(anybody, "whats-on")
    anybody.locator(".plain-list a").first.click()
    camera.take(anybody, "whats-on-building")


def its_help(camera: Photographer, page: Page) -> None:
    """What a building says of itself, whom to call, where naloxone is, its cards, words and rules."""
    home = page.url.partition("#")[0]
    page.goto(f"{home}/own-words")
    page.locator("#address").fill("120 Hazel Street, side door")
    camera.take(page, "building-words")
    page.locator("main button.strong").click()
    page.goto(f"{home}/naloxone")
    page.locator("#spot-place").fill("Front desk, red box by the door")
    page.locator("#spot-good_until").fill("2020-01-01")
    page.locator("form[action$='/naloxone/add'] button").click()
    camera.take(page, "building-naloxone")
    page.goto(f"{home}/numbers")
    page.locator("#own > details > summary").click()
    page.locator("#number-name").fill("Mobile crisis team")
    page.locator("#number-number").fill("415-555-0100")
    page.locator("form[action$='/numbers/add'] button").click()
    camera.take(page, "building-numbers")
    its_places(camera, page, f"{home}/places")
    its_cards(camera, page, f"{home}/cards")


def its_places(camera: Photographer, page: Page, at: str) -> None:
    """Places that help, out of a spreadsheet."""
    page.goto(at)
    page.locator("#text").fill("kind,name,hours\nfood,Corner Kitchen,noon to two\nlegal,Tenants’ line,\n")
    page.locator("#bring-in button").click()
    camera.take(page, "building-places-file")
    page.locator("button[name=told]").click()
    camera.take(page, "building-places")


def its_cards(camera: Photographer, page: Page, at: str) -> None:
    """What a building writes on our cards, a card of its own before it is kept, and what anybody reads then."""
    page.goto(at)
    page.locator("#card-naloxone summary").click()
    page.locator("#words-naloxone").fill("Front desk, red box by the door. Ask at night, too.")
    page.locator("#card-naloxone form[action$='/words'] button").click()
    page.locator("#learn button").click()
    page.goto(f"{at}/new")
    camera.take(page, "own-card-new")
    for name, typed in OWN_CARD.items():
        page.locator(f"#{name}").fill(typed)
    page.locator("input[name=moves_1][value=set]").check()
    page.locator("input[name=moves_2][value=setting]").check()
    page.get_by_role("button", name="Preview").click()
    camera.take(page, "own-card-preview")
    page.get_by_role("button", name="Save", exact=True).click()
    camera.take(page, "building-cards")
    page.goto(f"{camera.server.address}/cards")
    camera.take(page, "cards-of-a-building")
    page.locator("#cards").get_by_role("link", name="Naloxone", exact=True).click()
    camera.take(page, "card-of-a-building")
    anybody = camera.page(scripts=False)
    anybody.goto(f"{camera.server.address}/learn")
    camera.take(anybody, "learn")
    for name, title in (("anchor", "Drug, set and setting"), ("naloxone", "Naloxone"), ("own", OWN_CARD["title"])):
        anybody.get_by_role("link", name=title, exact=True).click()
        camera.take(anybody, f"learn-{name}")
        anybody.go_back()
    anybody.get_by_role("link", name="Many ways, side by side").click()
    camera.take(anybody, "learn-ways")
    for name in ("tags", "rules"):
        page.goto(at.replace("/cards", f"/{name}"))
        camera.take(page, f"building-{name}")


def leaves(camera: Photographer, code: str) -> None:
    """One who leaves without haste, a device that several people use, and a phone without scripts."""
    phone = Phone(camera.page(), camera.server.address)
    phone.join(code)
    phone.page.get_by_role("button", name="Leave", exact=True).click()
    camera.take(phone.page, "goodbye")
    phone.knock(code)
    phone.page.locator("input[name=shared]").check()
    phone.come_in()
    phone.page.get_by_role("button", name="Leave", exact=True).click()
    camera.take(phone.page, "door-shared")
    plain = Phone(camera.page(scripts=False), camera.server.address)
    plain.join(code)
    plain.check_in("x" * 1010)
    into_view(plain.page.locator("#check-in-said"))
    camera.take(plain.page, "too-long-without-scripts")
    plain.page.goto(f"{camera.server.address}/here#notes-page")
    into_view(plain.notes.last)
    camera.take(plain.page, "notes-without-scripts")


if __name__ == "__main__":
    main()
