"""A laptop and three phones, from the door to the end."""

from playwright.sync_api import Page, expect

from tests.browser.screens import Laptop, Phone
from tests.pictures.camera import Photographer, into_view

SAID = (
    ("Ate first. Slept badly. Glad it’s warm in here.", ("set:food-and-water", "set:sleep", "setting:weather")),
    ("Work was good this week.", ("setting:work-or-day-plan", "set:going-well")),
    ("Not about drugs today. Just tired.", ("not-about-drugs-today",)),
)
NOTED = ("The van is on 6th until 9 tonight. They have test strips.", "Ask the clinic for two boxes. They said yes.")


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
    for part in ("Limits and rules", "Check-in"):
        laptop.press("Next")
        expect(laptop.on).to_have_text(part)
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
    laptop.start("Good things, close")
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


def after(camera: Photographer, page: Page) -> None:
    """What a leader tells when it is over, and rest."""
    page.get_by_role("link", name="Heads, supplies, a line for next time").click()
    page.locator("main details summary", has_text="Change the list").click()
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
