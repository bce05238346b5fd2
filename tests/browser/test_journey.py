"""From doors open to erased: a laptop and three phones in a real browser, and nothing asked of another host."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser import qr
from tests.browser.screens import Laptop, Phone, values
from tests.server import Server

Screen = Callable[..., Any]


def test_a_circle_from_doors_open_to_erased(ana: Laptop, open_screen: Screen, server: Server) -> None:
    key = server.keys / f"{ana.page.url.partition('#')[0].rpartition('/')[2]}.key"
    assert key.exists()
    ben: Phone = open_screen(Phone)
    cleo: Phone = open_screen(Phone, locale="es-US")
    dev: Phone = open_screen(Phone, java_script_enabled=False)

    # They come in by the code: one in English, one in Spanish, one without scripts.
    ben.knock(ana.code)
    expect(ben.page.locator("ul.lines li").first).to_have_text("No name, no account.")
    expect(ben.page.locator(".leader")).to_contain_text("Ana")
    ben.come_in()
    cleo.join(ana.code)
    dev.join(ana.code)
    expect(cleo.page.locator("html")).to_have_attribute("lang", "es")
    for screen in (ana, ben, cleo):
        expect(screen.page.locator("[data-phones]").first).to_have_text("3")

    # The ground rules are there, each in the reader's language; the leader's edit reaches every screen.
    expect(ben.rules).to_have_count(12)
    ana.look_at("rules-page")
    sixth = ana.rules.nth(5)
    sixth.locator("summary").click()
    sixth.locator("textarea").fill("Say I, not you.")
    sixth.get_by_role("button", name="Save").click()
    expect(ben.rules.nth(5)).to_have_text(re.compile(r"Say I, not you\.\s+changed"))
    expect(cleo.rules.nth(5)).to_contain_text("Say I, not you.")
    assert ben.rules.nth(0).text_content() != cleo.rules.nth(0).text_content()

    # A share waits until it can appear with others; then three go up together, on every screen in one order.
    ana.look_at("checkins-page")
    ben.check_in("Ate first. Slept badly.", "set:food-and-water", "set:sleep")
    expect(ben.waiting).to_contain_text("Yours is the only one waiting")
    expect(ana.waits).to_contain_text("1 is waiting")
    expect(ana.waits.get_by_role("button")).to_have_count(0)
    cleo.check_in("Dormí mal.")
    expect(ana.waits).to_contain_text("2 are waiting")
    expect(cleo.check_ins).to_have_count(0)
    dev.check_in("Work was good this week.", "setting:work-or-day-plan")
    for screen in (ana, ben, cleo):
        expect(screen.check_ins).to_have_count(3)
    expect(dev.check_ins).to_have_count(3)
    assert values(ben.check_ins) == values(cleo.check_ins) == values(ana.check_ins) == values(dev.check_ins)
    expect(ben.waiting).to_have_count(0)
    for screen in (ana, ben):
        expect(screen.page.locator("#checkins ~ .empty")).to_be_hidden()

    # My own carries Take back on my phone only, and never on the console.
    own = ben.check_ins.filter(has_text="Ate first")
    expect(own.get_by_role("button", name="Take back")).to_be_visible()
    expect(ben.page.locator("#checkins").get_by_role("button")).to_have_count(1)
    expect(cleo.check_ins.filter(has_text="Ate first").get_by_role("button")).to_have_count(0)
    expect(ana.check_ins.filter(has_text="Ate first").get_by_role("button", name="Take back")).to_have_count(0)
    own.get_by_role("button", name="Take back").click()
    for screen in (ana, ben, cleo):
        expect(screen.check_ins).to_have_count(2)

    # The leader sets one aside, restores it in its place, and wipes one for good.
    before = values(ben.check_ins)
    ana.act(ana.check_ins.first, "set-aside")
    expect(ben.check_ins).to_have_count(1)
    expect(ana.check_ins.first).to_contain_text("Set aside")
    ana.act(ana.check_ins.first, "restore")
    expect(ben.check_ins).to_have_count(2)
    assert values(ben.check_ins) == before
    ana.act(ana.check_ins.filter(has_text="Work was good"), "wipe")
    for screen in (ana, ben, cleo):
        expect(screen.check_ins).to_have_count(1)

    # Notes: two wait, and the leader shows them.
    ben.add_note("The van is on 6th until 9 tonight.")
    cleo.add_note("Tienen tiras de prueba.")
    ana.look_at("notes-page")
    ana.waits.get_by_role("button", name="Show them").click()
    for screen in (ana, ben, cleo):
        expect(screen.notes).to_have_count(2)
    # Without scripts nothing changes by itself: a button says what is new.
    expect(dev.notes).to_have_count(0)
    dev.page.get_by_role("button", name="Show what is new").click()
    expect(dev.notes).to_have_count(2)

    # One leaves fast. Back shows nothing; coming back is as someone new.
    cleo.leave_fast()
    cleo.page.go_back()
    expect(cleo.page).to_have_url(re.compile(r"/$"))
    assert "Tienen tiras" not in (cleo.page.text_content("body") or "")
    expect(ben.page.locator("[data-phones]").first).to_have_text("2")
    cleo.join(ana.code)
    expect(cleo.notes).to_have_count(2)
    expect(cleo.page.locator(".wall [data-own]")).to_have_count(0)

    # Close: everybody is told, the words leave the screens; reopening brings them back; then it is erased.
    ben.page.locator("#note-text").fill("half a thought")
    ana.press("Close the circle")
    for phone in (ben, cleo):
        expect(phone.cover).to_be_visible()
        expect(phone.notes).to_have_count(0)
    ana.type_passphrase("not the passphrase at all")
    expect(ana.page.locator("#state .error")).to_be_visible()
    ana.type_passphrase()
    expect(ben.notes).to_have_count(2)
    expect(ben.page.locator("#note-text")).to_have_value("half a thought")
    ana.press("Close the circle")
    ana.press("Erase now")
    expect(ben.page.locator("h1:has-text('It is gone.')")).to_be_visible()
    expect(ana.page.locator("h1:has-text('It is gone.')")).to_be_visible()
    ben.page.goto(f"{ben.address}/here")
    expect(ben.page).to_have_url(re.compile(r"/$"))
    assert not key.exists()


def test_a_phone_comes_in_by_the_qr(ana: Laptop, open_screen: Screen) -> None:
    token = qr.read(ana.page.locator(".qr svg")).partition("#")[2]
    ben: Phone = open_screen(Phone)
    asked: list[str] = []
    ben.page.on("request", lambda request: asked.append(request.url))
    ben.page.goto(f"{ben.address}/#{token}")
    expect(ben.page).to_have_url(f"{ben.address}/join")
    assert not any(token in url for url in asked if "#" not in url)
    ben.come_in()
    expect(ana.page.locator("[data-phones]").first).to_have_text("1")


def test_blank_covers_every_screen_and_keeps_what_was_typed(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.page.locator("#check-in-text").fill("half a thought")
    ana.page.keyboard.press("b")
    for screen in (ana, ben):
        expect(screen.cover).to_contain_text("Back soon")
    ben.page.locator(".thumb a[href='#help']").click()
    expect(ben.page.locator("#help .job").first).to_be_visible()
    ana.page.reload()
    expect(ana.page.locator("[data-code]")).to_have_count(0)
    ana.type_passphrase()
    expect(ana.page.locator("[data-code]")).to_be_visible()
    expect(ben.cover).to_have_count(0)
    ben.tab("circle-page")
    expect(ben.page.locator("#check-in-text")).to_have_value("half a thought")


def test_help_is_there_with_no_signal_and_tells_nobody(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.page.context.set_offline(True)
    asked: list[str] = []
    ben.page.on("request", lambda request: asked.append(request.url))
    ben.tab("help")
    expect(ben.page.locator("#help .job")).to_have_count(3)
    expect(ben.page.locator("[data-lost]")).to_be_visible()
    assert [url for url in asked if "socket.io" not in url] == []


def test_what_is_typed_without_signal_is_kept_and_sends_by_itself(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.page.context.set_offline(True)
    ben.check_in("From the lift")
    expect(ben.page.locator("#check-in-said")).to_have_text("Waiting for signal. It will send by itself.")
    expect(ben.page.locator("#check-in-text")).to_have_value("From the lift")
    ben.page.context.set_offline(False)
    expect(ben.waiting).to_contain_text("From the lift")
    expect(ana.waits).to_contain_text("1 is waiting")


def test_a_form_refused_once_can_be_sent_again(ana: Laptop, open_screen: Screen) -> None:
    """Another tab sent other words under the same key: the page is told, and gets a key of its own."""
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    used = ben.page.locator("#note-form input[name=key]").input_value()
    ben.add_note("first")
    expect(ben.waiting).to_contain_text("first")
    ben.page.locator("#note-form input[name=key]").evaluate(f"box => box.value = '{used}'")
    ben.add_note("second")
    expect(ben.page.locator("#note-said")).to_contain_text("Send it again if you mean both")
    ben.page.locator("#note-form button.strong").click()
    expect(ben.waiting).to_have_count(2)


def test_pass_leaves_no_trace(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    version = ben.page.locator("body").get_attribute("data-v")
    asked: list[str] = []
    ben.page.locator("#check-in-text").fill("never mind")
    ben.page.on("request", lambda request: asked.append(request.url))
    ben.page.get_by_role("button", name="Pass").click()
    expect(ben.page.locator("#check-in-said")).to_have_text("You passed. Listening counts.")
    expect(ben.page.locator("#check-in-text")).to_have_value("")
    assert [url for url in asked if "socket.io" not in url] == []
    ben.page.reload()
    expect(ben.page.locator("body")).to_have_attribute("data-v", version or "")


def test_words_that_look_like_markup_are_shown_as_typed(ana: Laptop, open_screen: Screen) -> None:
    ana.open_circle("At once", at_once=True)
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    typed = "<script>alert(1)</script><img src=x onerror=alert(1)> {{7*7}} ${1}"
    ben.check_in(typed)
    for screen in (ana, ben):
        expect(screen.check_ins.locator(".words")).to_have_text(typed)
