"""A member's day on a borrowed phone, from the door to nothing left: the twelve steps, in Spanish.

There is no Vietnamese catalog yet: Spanish stands for both languages. Tags are seen on shares, where they belong to
nobody; the board of themes has its own tests. "Just listening" is to tap Pass, or nothing.
"""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.browser.screens import Laptop, Phone, values

Screen = Callable[..., Any]
TAGS = ("drug:mixing", "set:sleep", "setting:alone")


def test_a_members_day(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    cleo: Phone = open_screen(Phone)
    dev: Phone = open_screen(Phone)
    asked_for: list[str] = []
    cleo.page.on("dialog", lambda dialog: asked_for.append(dialog.message))

    # 1. A spoken code: no account and no permission to give.
    code = ana.code
    cleo.knock(code.replace(" ", ""))
    expect(cleo.page).to_have_url(f"{cleo.address}/join")

    # 2. Spanish, and what is private, what is not, who leads.
    cleo.page.get_by_role("button", name="Español").click()
    expect(cleo.page.locator("html")).to_have_attribute("lang", "es")
    expect(cleo.page.locator("ul.lines").first.locator("li")).to_have_count(3)
    expect(cleo.page.locator(".leader")).to_contain_text("Ana")
    assert "No name" not in cleo.page.locator(".home").inner_text()

    # 3. No name is asked: one tap, and in.
    asks = "input:visible:not([type=checkbox]), textarea:visible, select:visible"
    expect(cleo.page.locator(asks)).to_have_count(0)
    cleo.come_in()
    ben.join(ana.code)
    dev.join(ana.code)

    # 4. The rules are there, in Spanish, with their own voice where the phone has one.
    cleo.page.goto(f"{cleo.address}/here#rules-page")
    expect(cleo.rules).to_have_count(12)
    expect(ben.rules).to_have_count(12)
    assert cleo.rules.first.text_content() != ben.rules.first.text_content()
    expect(cleo.page.locator("[data-read='#rules']")).to_have_count(1)

    # 5. "Where I am" is skipped; own words, and three tags.
    cleo.check_in("Esta semana mezclé y dormí mal.", *TAGS)
    expect(cleo.waiting.locator(".tag")).to_have_count(3)

    # 6. It goes up with others, by nobody: no name, no number, the same on every screen.
    ben.check_in("Work was good this week.", "set:sleep")
    dev.check_in("Ate first.")
    for screen in (ana, ben, cleo, dev):
        expect(screen.check_ins).to_have_count(3)
    assert values(ben.check_ins) == values(cleo.check_ins) == values(dev.check_ins) == values(ana.check_ins)
    for share in ben.check_ins.all():
        assert not re.search(r"\d", share.text_content() or "")

    # 7. Just listening: nobody is told.
    version = cleo.page.locator("body").get_attribute("data-v")
    told: list[str] = []
    cleo.page.on("request", lambda request: told.append(request.method) if request.method == "POST" else None)
    cleo.tab("circle-page")
    cleo.page.locator("#check-in-form [data-pass]").click()
    expect(cleo.page.locator("#check-in-said")).not_to_be_empty()
    assert told == []
    expect(cleo.page.locator("body")).to_have_attribute("data-v", version or "")

    # 8. A note, regretted and taken back: gone for all.
    ben.add_note("The van is on 6th.")
    cleo.add_note("Me arrepiento de esto.")
    ana.look_at("notes-page")
    ana.press("Show them")
    for screen in (ana, ben, cleo, dev):
        expect(screen.notes).to_have_count(2)
    cleo.take_back(cleo.own_notes)
    for screen in (ana, ben, cleo, dev):
        expect(screen.notes).to_have_count(1)
        expect(screen.page.get_by_text("Me arrepiento de esto.")).to_have_count(0)

    # 9. Somebody walks up: out, and Back does not return.
    cleo.leave_fast()
    cleo.page.go_back()
    expect(cleo.page).to_have_url(f"{cleo.address}/")
    cleo.page.goto(f"{cleo.address}/here")
    expect(cleo.page).to_have_url(f"{cleo.address}/")

    # 10. Back with the code, as someone new: what was mine is mine no more.
    cleo.join(ana.code)
    expect(cleo.check_ins).to_have_count(3)
    expect(cleo.page.locator(".wall [data-own]")).to_have_count(0)
    cleo.check_in("Otra vez aquí.")
    dev.check_in("One more thing.")
    ben.check_in("Listening helps.")
    expect(cleo.check_ins).to_have_count(6)

    # 11. Help, without joining anything: a number is a link, and a call starts on a tap alone.
    eva: Phone = open_screen(Phone, locale="es-US")
    eva.page.goto(eva.address)
    eva.page.locator("a[href='#help']").click()
    expect(eva.page.locator("#help a[href='tel:911']").first).to_be_visible()
    expect(ana.page.locator("[data-phones]").first).to_have_text("3")

    # 12. After the close the page holds nothing, and the phone asks once more: nothing there.
    ben.tab("circle-page")
    ben.page.locator("#check-in-text").fill("half a thought")
    ana.press("Close the circle")
    for phone in (ben, cleo, dev):
        expect(phone.cover).to_be_visible()
        expect(phone.check_ins).to_have_count(0)
    ana.press("Erase now")
    expect(ben.page.locator(".proof")).to_contain_text("nothing there")
    expect(cleo.page.locator(".proof")).to_be_visible()
    for phone, words in ((ben, "Work was good"), (cleo, "Otra vez"), (dev, "Ate first.")):
        assert words not in phone.page.content()
        expect(phone.page.locator("textarea")).to_have_count(0)
        phone.page.goto(f"{phone.address}/here")
        expect(phone.page).to_have_url(f"{phone.address}/")
    cleo.knock(code)
    expect(cleo.page.locator("#code-error")).to_be_visible()
    assert asked_for == []
