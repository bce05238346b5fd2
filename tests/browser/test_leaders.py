"""Two laptops that lead one circle, and a phone that is asked to step out, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.screens import Laptop, Phone
from tests.browser.test_access import faults
from tests.browser.test_hands import hands, name_of, raise_hand
from tests.server import Server

Screen = Callable[..., Any]


@pytest.fixture
def ruth(server: Server, open_screen: Screen) -> Laptop:
    """A colleague at her own laptop, who has written down what members are told of her."""
    server.add_account("ruth@example.org", "facilitator", name="Ruth")
    laptop: Laptop = open_screen(Laptop)
    laptop.sign_in("ruth@example.org")
    laptop.page.goto(f"{laptop.address}/staff/account")
    laptop.page.locator("#paid_by").fill("The county")
    laptop.page.locator("#must_report").fill("A child being hurt.")
    laptop.page.locator("main button.strong").click()
    return laptop


def test_two_lead_and_one_steps_back(ana: Laptop, ruth: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone)
    ben.join(ana.code)
    screen = ana.page.context.new_page()
    screen.goto(f"{ana.page.url.partition('#')[0]}/screen")
    told = ben.page.locator("#leaders")
    expect(told).to_be_hidden()
    ben.page.locator("#check-in-text").fill("half a story")
    ana.look_at("leading-page")
    ana.press("Make a code to read aloud")
    code = ana.page.locator("#leading .code")
    expect(code).to_be_visible()
    found = faults(ana.page)
    ruth.page.get_by_text("A colleague gave me a code").click()
    ruth.page.locator("#code").fill(code.text_content() or "")
    ruth.press("Lead with them")
    expect(ruth.page.locator("[data-code]")).to_be_visible()
    for place in (told, ana.page.locator("#leaders"), ruth.page.locator("#leaders"), screen.locator("#state")):
        expect(place).to_contain_text("Who leads now: Ana, Ruth")
    expect(told).to_contain_text("A child being hurt.")
    expect(code).to_have_count(0)  # it is used, and gone from the screen
    expect(ben.page.locator("#check-in-text")).to_have_value("half a story")
    ben.page.locator("header a[href='#who']").click()
    expect(ben.page.locator("#who-lines")).to_contain_text("Ana, Ruth")
    found += faults(ben.page) + faults(ana.page) + faults(ruth.page) + faults(screen)
    ruth.look_at("leading-page")
    expect(ruth.page.get_by_role("button", name="Make a code to read aloud")).to_have_count(0)
    ana.press("Hand the circle over to Ruth")
    expect(ruth.page.get_by_role("button", name="Make a code to read aloud")).to_be_visible()
    expect(told).to_contain_text("Who leads now: Ruth, Ana")
    ana.press("I lead no longer")
    expect(ana.page).to_have_url(f"{ana.address}/lead")
    expect(told).to_contain_text("Who leads now: Ruth")
    expect(told).not_to_contain_text("Ana")
    expect(screen).to_have_url(f"{ana.address}/")  # her big screen shows nothing of it any more
    ruth.press("Blank")
    expect(ben.cover).to_be_visible()
    ruth.type_passphrase()
    expect(ben.cover).to_have_count(0)
    ruth.press("Close the circle")
    ruth.press("Erase now")
    assert found == []


def test_a_phone_that_is_asked_to_step_out_comes_back_as_someone_new(ana: Laptop, open_screen: Screen) -> None:
    ben, cleo = (open_screen(Phone) for _ in range(2))
    for phone in (ben, cleo):
        phone.join(ana.code)
        phone.page.wait_for_load_state("networkidle")
    raise_hand(ben)
    raise_hand(cleo)
    expect(hands(ana)).to_have_count(2)
    old_code, stays = ana.code, name_of(cleo)
    hands(ana).first.locator(".step-out > summary").click()
    found = faults(ana.page)
    ana.press("Step out, for today")
    told = ben.page.get_by_role("heading", name="You were asked to step out, for today.")
    expect(told).to_be_visible()
    found += faults(ben.page)
    ben.page.get_by_role("link", name="Help now").click()
    expect(ben.page.locator("#help .job")).to_have_count(3)
    expect(hands(ana)).to_have_count(1)
    expect(hands(ana)).to_contain_text(stays)
    expect(cleo.page.locator("#hand-up")).to_be_visible()
    ana.look_at("arrive")
    expect(ana.page.locator("[data-code]")).not_to_have_text(old_code)
    ben.knock(old_code)
    expect(ben.page.get_by_text("That code does not open anything now.")).to_be_visible()
    ben.join(ana.code)
    expect(ben.page.get_by_role("button", name="Raise hand")).to_be_visible()
    raise_hand(ben)
    expect(hands(ana)).to_have_count(2)
    ben.page.get_by_role("button", name="Leave", exact=True).click()
    expect(hands(ana)).to_have_count(1)
    ana.look_at("step-out-page")
    found += faults(ana.page)
    assert found == []


def test_a_phone_without_scripts_is_told_when_it_asks(ana: Laptop, open_screen: Screen) -> None:
    ben: Phone = open_screen(Phone, java_script_enabled=False)
    ben.join(ana.code)
    ben.page.get_by_role("button", name="Raise hand").click()
    hands(ana).first.locator(".step-out > summary").click()
    ana.press("Step out, for today")
    expect(hands(ana)).to_have_count(0)
    ben.page.get_by_role("button", name="Show what is new").click()
    expect(ben.page.get_by_role("heading", name="You were asked to step out, for today.")).to_be_visible()
    ben.page.get_by_role("link", name="To the door").click()
    expect(ben.page.locator("#code")).to_be_visible()
