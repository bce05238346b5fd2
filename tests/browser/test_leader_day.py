"""A leader's evening, from the doors to the page for one who led alone: the twelve steps, on a laptop, a big screen and
five phones.

There is no calendar and no library yet: Ana opens the doors herself, and the card is the one about drug, set and
setting.
"""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.screens import Laptop, Phone, values

Screen = Callable[..., Any]
SELLER = "Ask the one in the blue van."


def test_a_leaders_evening(laptop: Laptop, open_screen: Screen, signed_in: dict[str, Any]) -> None:
    ana, page = laptop, laptop.page
    phones: list[Phone] = [open_screen(Phone) for _ in range(5)]
    ben, cleo, dev, eva, fin = phones

    # 1. She opens the doors by a plan; there is no list of people anywhere.
    ana.open_circle("Tuesday open group", pin="582904")
    code = ana.code
    big: Page = open_screen(Laptop, viewport={"width": 1920, "height": 1080}, **signed_in).page
    big.goto(f"{page.url.partition('#')[0]}/screen")
    expect(page.locator("#plan > ol li")).to_have_text(
        ["Arrive", "Limits and rules", "Check-in", "Open circle", "Learn together", "Good things, close"]
    )

    # 2. The card, and its words for the leader.
    ana.look_at("learn-page")
    expect(ana.pane("learn-page").locator(".anchor li")).to_have_count(3)

    # 3. Code and QR on the big screen; what can be printed.
    expect(big.locator(".code")).to_have_text(code)
    for phone in phones:
        phone.join(code)
    expect(page.locator("[data-phones]").first).to_have_text("5")
    prints: Laptop = open_screen(Laptop, **signed_in)
    prints.page.goto(page.url.partition("#")[0] + "/print")
    expect(prints.page.get_by_text("Limits and rules").first).to_be_visible()

    # 4. Limits and rules, read aloud; the room words rule 6 in its own way, and every phone has it.
    ana.key("n")
    ana.key("s")
    expect(ana.pane("script-page").locator(".limits")).to_contain_text("What I must report:")
    ana.key("s")
    sixth = ana.rules.nth(5)
    sixth.locator("summary").first.click()
    sixth.locator("textarea").fill("Nobody gives advice nobody asked for.")
    sixth.locator("form[action$='/reword'] button").click()
    for phone in phones:
        expect(phone.rules.nth(5)).to_contain_text("Nobody gives advice nobody asked for.")
    fin.page.goto(f"{fin.address}/here#rules-page")
    fin.page.locator("#suggest").fill("Tea first.")
    fin.page.get_by_role("button", name="Suggest it").click()
    page.get_by_role("button", name="Adopt").click()
    expect(ben.rules.last).to_contain_text("Tea first.")

    # 5. Check-in: in handfuls, by nobody; and two people who only speak.
    ana.key("n")
    ben.check_in("Work was good this week.", "setting:work-or-day-plan")
    expect(ben.waiting).to_be_visible()
    cleo.check_in("Slept three hours.", "set:sleep")
    dev.check_in("", "set:sleep", "drug:mixing")
    for screen in (ana, *phones):
        expect(screen.check_ins).to_have_count(3)
    assert values(ana.check_ins) == values(ben.check_ins) == values(fin.check_ins)
    ana.add_for_someone("", "set:sleep")
    expect(ana.waits).to_contain_text("1 is waiting")
    ana.add_for_someone("", "setting:work-or-day-plan")
    page.get_by_role("button", name="Show them").click()
    for phone in phones:
        expect(phone.check_ins).to_have_count(5)
        assert not re.search(r"Ana|Ben|Cleo", phone.page.locator("#checkins").inner_text())

    # 6. Reflect, aloud, and a theme that is tied to nobody.
    ana.check_ins.filter(has_text="Work was good").get_by_role("link", name="Reflect").click()
    page.locator("#blank-setting").fill("work, and who was there")
    reflect = ana.pane("reflect-page")
    reflect.locator(".chip.setting").click()
    page.locator("#pin-reflect").fill("work helps")
    reflect.get_by_role("button", name="Pin it").click()
    expect(page.locator("#themes")).to_contain_text("work helps")
    assert "and who was there" not in big.content() + "".join(phone.page.content() for phone in phones)

    # 7. A note names a seller: gone in one tap, on every screen and from the server.
    for phone, words in ((ben, "The van with test strips is on 6th."), (cleo, SELLER), (dev, "Tea is on the table.")):
        phone.add_note(words)
    ana.look_at("notes-page")
    for screen in (ana, *phones):
        expect(screen.notes).to_have_count(3)
    ana.act(ana.notes.filter(has_text=SELLER), "wipe")
    for screen in (ana, *phones):
        expect(screen.notes).to_have_count(2)
        assert SELLER not in screen.page.content()

    # 8. Voices rise: writing is paused. One steps out, and comes back by talking, under another name.
    page.get_by_role("button", name="Pause writing").click()
    expect(ben.page.get_by_text("The leader has paused writing").first).to_be_visible()
    eva.tab("circle-page")
    eva.page.get_by_role("button", name="Raise hand").click()
    hand = page.locator("#hands li")
    name = (hand.locator("strong").first.text_content() or "").strip()
    hand.locator(".step-out summary").click()
    hand.get_by_role("button", name="Step out, for today").click()
    expect(eva.page.get_by_role("heading", name="You were asked to step out, for today.")).to_be_visible()
    expect(hand).to_have_count(0)
    eva.knock(code)
    expect(eva.page.locator("#code-error")).to_be_visible()
    page.get_by_role("button", name="Let writing go on").click()
    eva.join(ana.code)
    assert ana.code != code
    eva.page.get_by_role("button", name="Raise hand").click()
    expect(eva.page.locator("#hand-up strong")).not_to_have_text(name)
    hand.get_by_role("button", name="is done").click()

    # 9. The open circle is short today; then learning, with what came up. Minutes are the leader's alone.
    ana.key("n")
    expect(ana.on).to_have_text("Open circle")
    ana.key("n")
    expect(ana.on).to_have_text("Learn together")
    expect(page.locator("[data-minutes]").first).to_be_visible()
    for phone in phones:
        expect(phone.now).to_contain_text("Learn together")
        expect(phone.page.locator("#themes")).to_contain_text("work helps")
        assert "min" not in phone.now.inner_text().split() and phone.page.locator("[data-minutes]").count() == 0
    big.goto(f"{page.url.partition('#')[0]}/screen?show=themes")
    expect(big.locator("svg.board")).to_contain_text("work helps")

    # 10. Somebody goes limp: the three jobs at one tap, with no Wi-Fi. Then the office walks in: one key covers all.
    ben.page.context.set_offline(True)
    ben.tab("help")
    for job in ("Call 911", "Get naloxone", "Stay and breathe"):
        expect(ben.pane("help").get_by_text(job).first).to_be_visible()
    ben.page.context.set_offline(False)
    ana.key("h")
    expect(ana.pane("help")).to_be_visible()
    ana.key("b")
    for cover in (ana.cover, *(phone.cover for phone in phones), big.locator("#state.cover")):
        expect(cover).to_contain_text("Back soon")
    ana.type_pin("582904")
    expect(ben.cover).to_be_hidden()

    # 11. Good things, one small change that no page asks for, and the close.
    ana.key("n")
    expect(ana.pane("close-page")).to_contain_text("On paper or in the head.")
    dev.add_note("I ate with people.")
    eva.add_note("The tea.")
    page.get_by_role("button", name="Show them").click()
    expect(fin.notes).to_have_count(4)
    ana.press("Close the circle")
    for phone in phones:
        expect(phone.cover).to_contain_text("The circle has closed.")
    ana.press("Erase now")
    for phone in phones:
        expect(phone.page.get_by_role("heading", name="It is gone.")).to_be_visible()
    expect(big.get_by_role("heading", name="It is gone.")).to_be_visible()

    # 12. Heads, the card, a line about the plan; nothing else to save; then the page for one who led alone.
    page.get_by_role("link", name="Heads, supplies, a line for next time").click()
    page.locator("#heads").fill("7")
    page.get_by_text("Which cards did you teach?").click()
    page.locator("input[name=cards]").first.check()
    page.locator("#line").fill("Learning first worked well.")
    expect(page.get_by_text("There is nothing else to save.")).to_be_visible()
    page.get_by_role("button", name="Keep this").click()
    expect(page).to_have_url(re.compile(f"{ana.address}/lead/after/rest"))
    page.goto(f"{ana.address}/lead")
    expect(page.get_by_text("Learning first worked well.")).to_be_visible()
    page.goto(f"{ana.address}/lead/held")
    expect(page.locator("main")).to_contain_text("7")
    page.get_by_role("button", name="Delete").click()
    expect(page.get_by_text("Learning first worked well.")).to_have_count(0)
