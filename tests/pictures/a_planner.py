"""Planning for a building, and what of it is for anybody."""

from playwright.sync_api import Page

from tests.browser.screens import Laptop
from tests.pictures.camera import Photographer
from tests.told import QUARTER, some_heads

OWN_CARD = {
    "title": "Hot days here",
    "line_1": "Eat and drink first, and rest in the shade.",
    "line_2": "The room by the garden has a fan, day and night.",
    "line_3": "Too hot to think straight? Tell the front desk. They call 911 with you.",
    "source": "The county, hot days sheet",
}


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
