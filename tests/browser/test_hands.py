"""Hands, paused writing and the code again, with a laptop and phones in a real browser."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, expect

from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import faults

Screen = Callable[..., Any]


def hands(ana: Laptop) -> Locator:
    return ana.page.locator("#hands li")


def raise_hand(phone: Phone, line: str = "") -> None:
    if line:
        phone.page.locator("#hand-down summary").click()
        phone.page.locator("#hand-text").fill(line)
    phone.page.get_by_role("button", name="Raise hand").click()
    expect(phone.page.locator("#hand-up")).to_be_visible()


def name_of(phone: Phone) -> str:
    return phone.page.locator("#hand-up strong").text_content() or ""


def test_two_hands_from_up_to_down(ana: Laptop, open_screen: Screen) -> None:
    ben, cleo = (open_screen(Phone) for _ in range(2))
    for phone in (ben, cleo):
        phone.join(ana.code)
    expect(ana.page.locator("#hands")).to_be_hidden()
    found = faults(ben.page)
    raise_hand(ben)
    raise_hand(cleo, "My sister called. I picked up.")
    expect(hands(ana)).to_have_count(2)
    expect(hands(ana).nth(0)).to_contain_text(name_of(ben))
    expect(hands(ana).nth(1)).to_contain_text("My sister called. I picked up.")
    assert name_of(cleo) not in ben.page.content() and "My sister" not in ben.page.content()
    given = name_of(ben)
    ben.page.get_by_role("button", name="Another name").click()
    expect(ben.page.locator("#hand-up strong")).not_to_have_text(given)
    ben.page.locator("#hand-up summary").click()
    ben.page.locator("#hand-name").fill("Moss")
    ben.page.get_by_role("button", name="Use this name").click()
    expect(hands(ana).nth(0)).to_contain_text("Moss")
    found += faults(ben.page) + faults(ana.page)
    ben.page.locator("#hand-line").fill("half a line")
    cleo.check_in("the circle goes on")  # a push, after which Ben's phone reads its page again
    hands(ana).nth(0).get_by_role("button", name="Invite").click()
    expect(ben.page.locator("#turn")).to_have_text("It is your turn. Moss")
    expect(ben.page.locator("#hand-line")).to_have_value("half a line")
    expect(cleo.page.locator("#turn")).to_be_hidden()
    ben.tab("notes-page")
    expect(ben.page.locator("#turn")).to_be_visible()
    found += faults(ben.page) + faults(ana.page)
    ben.page.reload()
    expect(ben.page.locator("#turn")).to_have_text("It is your turn. Moss")
    hands(ana).nth(0).get_by_role("button", name="is done").click()
    expect(ben.page.locator("#turn")).to_be_hidden()
    ben.tab("circle-page")
    expect(ben.page.get_by_role("button", name="Raise hand")).to_be_visible()
    cleo.page.get_by_role("button", name="Lower it").click()
    expect(hands(ana)).to_have_count(0)
    raise_hand(ben)
    expect(hands(ana)).to_have_count(1)
    assert found == []


def test_a_hand_survives_sleep_and_hears_its_turn(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    raise_hand(ben)
    expect(hands(ana)).to_have_count(1)
    ben.page.context.set_offline(True)
    hands(ana).get_by_role("button", name="Invite").click()
    expect(ana.page.locator("#hands .invited")).to_be_visible()
    expect(ben.page.locator("#turn")).to_be_hidden()
    ben.page.context.set_offline(False)
    expect(ben.page.locator("#turn")).to_contain_text("It is your turn.")


def test_a_hand_for_somebody_without_a_phone(ana: Laptop) -> None:
    ana.page.locator(".hand-for summary").click()
    ana.page.locator("#hand-for").fill("Mr Ortiz")
    ana.press("Raise it")
    expect(hands(ana)).to_have_count(1)
    expect(ana.page.locator("#hand-for")).to_have_value("")
    ana.press("Raise it")
    expect(hands(ana)).to_have_count(2)
    expect(hands(ana).nth(0)).to_contain_text("Mr Ortiz")
    expect(hands(ana).nth(1)).to_contain_text("Somebody here")


def test_paused_what_is_half_typed_stays(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    ben.tab("notes-page")
    ben.page.locator("#note-text").fill("half a story")
    ana.look_at("notes-page")
    ana.press("Pause writing")
    expect(ben.page.locator("#box-note .paused")).to_be_visible()
    found = faults(ben.page) + faults(ana.page)
    ben.page.locator("#note-form button.strong").click()
    expect(ben.page.locator("#note-said")).to_contain_text("paused writing")
    expect(ben.page.locator("#note-text")).to_have_value("half a story")
    ana.press("Let writing go on")
    expect(ben.page.locator("#box-note .paused")).to_have_count(0)
    ana.press("Let shares go up at once")
    expect(ben.page.locator("#box-note")).to_contain_text("Goes up at once")
    ben.page.locator("#note-form button.strong").click()
    expect(ana.notes).to_have_count(1)
    assert found == []


def test_one_key_shows_the_code_again_and_a_new_one_takes_its_place(ana: Laptop, open_screen: Screen) -> None:
    before = ana.code
    ana.look_at("notes-page")
    ana.page.keyboard.press("c")
    again = ana.page.locator("dialog.again")
    expect(again.locator(".code")).to_have_text(before)
    expect(again.locator(".qr svg")).to_be_visible()
    found = faults(ana.page)
    ana.page.keyboard.press("c")
    expect(again).to_have_count(0)
    ana.page.keyboard.press("c")
    ana.page.keyboard.press("Escape")
    expect(again).to_have_count(0)
    ana.look_at("arrive")
    ana.press("Shut the doors")
    expect(ana.page.locator("#doors .notice")).to_be_visible()
    found += faults(ana.page)
    ben: Phone = open_screen(Phone)
    ben.knock(before)
    expect(ben.page.get_by_text("That code does not open anything now.")).to_be_visible()
    ana.press("Change the code")
    expect(ana.page.locator("#doors .code")).not_to_have_text(before)
    ana.press("Open the doors again")
    expect(ana.page.locator("#doors .notice")).to_have_count(0)
    ben.join(ana.code)
    ana.page.keyboard.press("c")
    expect(again).to_be_visible()
    ana.page.keyboard.press("b")
    expect(ana.cover).to_be_visible()
    expect(again).to_have_count(0)
    assert found == []


def test_after_half_a_minute_the_code_goes_by_itself(ana: Laptop) -> None:
    ana.page.clock.install()
    ana.page.reload()
    ana.page.keyboard.press("c")
    expect(ana.page.locator("dialog.again")).to_be_visible()
    ana.page.clock.fast_forward(29_000)
    expect(ana.page.locator("dialog.again")).to_be_visible()
    ana.page.clock.fast_forward(1_100)
    expect(ana.page.locator("dialog.again")).to_have_count(0)
