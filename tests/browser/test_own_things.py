"""What I wrote is mine on my phone and nobody's elsewhere; "I hear you" is a word, and never a number."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.screens import Laptop, Phone, values

Screen = Callable[..., Any]
HEAR, UNHEAR = "I hear you", "You hear them. Take it back"


@pytest.fixture
def circle(laptop: Laptop) -> Laptop:
    """Ana's circle, in which shares go up at once."""
    laptop.open_circle("At once", at_once=True)
    return laptop


@pytest.fixture
def ben(circle: Laptop, open_screen: Screen) -> Phone:
    phone: Phone = open_screen(Phone)
    phone.join(circle.code)
    return phone


@pytest.fixture
def cleo(circle: Laptop, open_screen: Screen) -> Phone:
    phone: Phone = open_screen(Phone)
    phone.join(circle.code)
    return phone


def own_words(screen: Phone | Laptop) -> Locator:
    """The buttons that belong to whoever wrote a share on the wall."""
    return screen.page.locator(".wall").get_by_role("button", name=re.compile("Take back|Save"), include_hidden=True)


def test_mine_is_mine_on_my_phone_alone(circle: Laptop, ben: Phone, cleo: Phone) -> None:
    ben.check_in("Ate first.", "set:sleep")
    ben.add_note("The van is on 6th.")
    cleo.add_note("The shower is free.")
    for screen in (circle, ben, cleo):
        expect(screen.notes).to_have_count(2)
        expect(screen.check_ins).to_have_count(1)
    for _ in range(2):
        expect(ben.own_notes).to_have_count(1)
        expect(ben.own_notes).to_contain_text("The van is on 6th.")
        expect(ben.page.locator("#checkins [data-own]")).to_have_count(1)
        expect(cleo.own_notes).to_have_count(1)
        expect(cleo.own_notes).to_contain_text("The shower is free.")
        expect(cleo.page.locator("#checkins [data-own]")).to_have_count(0)
        expect(own_words(circle).filter(has_text="Take back")).to_have_count(0)
        expect(circle.page.locator("[data-own]")).to_have_count(0)
        for screen in (circle, ben, cleo):
            screen.page.reload()


def test_what_i_take_back_is_gone_everywhere(circle: Laptop, ben: Phone, cleo: Phone) -> None:
    ben.add_note("I regret this.")
    cleo.add_note("The shower is free.")
    expect(ben.notes).to_have_count(2)
    ben.page.reload()
    ben.take_back(ben.own_notes)
    for screen in (circle, ben, cleo):
        expect(screen.notes).to_have_count(1)
        screen.page.reload()
        assert "I regret this." not in screen.page.content()


def test_another_tab_of_my_phone_knows_at_once_what_is_mine(ben: Phone, cleo: Phone) -> None:
    second = Phone(ben.page.context.new_page(), ben.address)
    second.page.goto(f"{ben.address}/here#notes-page")
    for phone in (second, cleo):
        # Whatever one tab tells another, it holds nothing: anybody's script on this phone could listen.
        phone.page.evaluate(
            """() => {
                const { dataset } = document.body;
                dataset.told = "";
                new BroadcastChannel("circle").onmessage = ({ data }) => (dataset.told += `[${data}]`);
            }"""
        )
    second.page.locator("#note-text").fill("half a thought")
    ben.add_note("The van is on 6th.")
    expect(second.own_notes).to_have_count(1)
    ben.check_in("Ate first.")
    expect(second.page.locator("#checkins [data-own]")).to_have_count(1)
    second.take_back(second.own_notes)
    expect(ben.notes).to_have_count(0)
    expect(second.page.locator("#note-text")).to_have_value("half a thought")
    expect(second.page.locator("body")).to_have_attribute("data-told", "[][][]")
    expect(cleo.page.locator("body")).to_have_attribute("data-told", "")


def test_what_i_change_shows_everywhere_in_its_place(circle: Laptop, ben: Phone, cleo: Phone) -> None:
    ben.tab("notes-page")
    for phone, words in ((ben, "one"), (cleo, "two"), (cleo, "three")):
        phone.add_note(words)
        expect(ben.notes.filter(has_text=words)).to_have_count(1)
    ben.change(ben.own_notes, "first, in other words")
    for screen in (circle, ben, cleo):
        expect(screen.notes.first).to_contain_text("first, in other words")
        assert values(screen.notes) == ["first, in other words", "two", "three"]
    expect(ben.own_notes.locator("details")).not_to_have_attribute("open", "")
    expect(cleo.own_notes).to_have_count(2)
    expect(circle.page.locator("[data-own]")).to_have_count(0)
    ben.page.reload()
    ben.take_back(ben.own_notes)
    expect(cleo.notes).to_have_count(2)


def test_what_waits_is_mine_to_change_and_to_take_back(ana: Laptop, open_screen: Screen) -> None:
    ben, cleo = open_screen(Phone), open_screen(Phone)
    for phone in (ben, cleo):
        phone.join(ana.code)
    ben.check_in("Ate first.")
    ben.change(ben.waiting, "Slept first.")
    expect(ben.waiting).to_contain_text("Slept first.")
    expect(cleo.waiting).to_have_count(0)
    ben.page.reload()
    expect(ben.waiting).to_contain_text("Slept first.")
    ben.take_back(ben.waiting)
    expect(ben.waiting).to_have_count(0)
    expect(ana.waits).not_to_contain_text("waiting")


def test_i_hear_you_is_a_word_without_a_number(circle: Laptop, ben: Phone, cleo: Phone, open_screen: Screen) -> None:
    dev: Phone = open_screen(Phone)
    dev.join(circle.code)
    cleo.add_note("Hard week.")
    for phone in (ben, cleo, dev):
        phone.tab("notes-page")
        expect(phone.notes).to_have_count(1)
    expect(cleo.notes.get_by_role("button", name=HEAR)).to_have_count(0)

    ben.hear(ben.notes)
    expect(ben.notes.get_by_role("button", name=UNHEAR)).to_be_visible()
    dev.hear(dev.notes)
    expect(dev.notes.get_by_role("button", name=UNHEAR)).to_be_visible()
    for screen in (circle, ben, cleo, dev):
        expect(screen.notes.locator(".heard")).to_have_text("heard")
        assert not re.search(r"\d", screen.notes.text_content() or "")
    for phone in (ben, dev):
        phone.page.reload()
        expect(phone.notes.get_by_role("button", name=UNHEAR)).to_have_count(1)
        expect(phone.notes.get_by_role("button", name=HEAR, exact=True)).to_have_count(0)

    ben.notes.get_by_role("button", name=UNHEAR).click()
    expect(ben.notes.get_by_role("button", name=HEAR)).to_be_visible()
    expect(cleo.notes.locator(".heard")).to_have_text("heard")
    dev.notes.get_by_role("button", name=UNHEAR).click()
    for screen in (circle, ben, cleo, dev):
        expect(screen.notes.locator(".heard")).to_have_count(0)


def test_i_hear_you_without_scripts(circle: Laptop, ben: Phone, cleo: Phone, open_screen: Screen) -> None:
    dev: Phone = open_screen(Phone, java_script_enabled=False)
    dev.join(circle.code)
    dev.add_note("Hard week for me too.")
    cleo.add_note("Hard week.")
    expect(dev.notes).to_have_count(1)
    dev.page.reload()
    note = dev.notes.filter(has_text="Hard week.")
    expect(dev.notes.get_by_role("button", name=HEAR)).to_have_count(1)
    dev.hear(note)
    expect(note.get_by_role("button", name=UNHEAR)).to_be_visible()
    for screen in (circle, ben, cleo, dev):
        expect(screen.notes.filter(has_text="Hard week.").locator(".heard")).to_have_text("heard")
    note.get_by_role("button", name=UNHEAR).click()
    expect(note.get_by_role("button", name=HEAR)).to_be_visible()
    expect(cleo.notes.locator(".heard")).to_have_count(0)
    # With scripts there is one button to a note, whether it was on the page or came by a push.
    ben.page.reload()
    for offered in ben.notes.all():
        expect(offered.locator("[data-hear]")).to_have_count(1)


def test_i_hear_you_by_keyboard_stays_under_the_fingers(ben: Phone, cleo: Phone) -> None:
    cleo.add_note("Hard week.")
    ben.tab("notes-page")
    button = ben.notes.get_by_role("button")
    button.focus()
    for says in (UNHEAR, HEAR, UNHEAR):
        ben.page.keyboard.press("Enter")
        expect(button).to_have_text(says)
        expect(button).to_be_focused()


def test_half_typed_other_words_survive_what_others_do(ben: Phone, cleo: Phone) -> None:
    ben.add_note("mine")
    expect(ben.own_notes).to_have_count(1)
    ben.own_notes.locator("summary").click()
    box = ben.own_notes.locator("textarea")
    box.fill("mine, half changed")
    cleo.hear(cleo.notes)
    expect(ben.own_notes.locator(".heard")).to_be_visible()
    expect(box).to_have_value("mine, half changed")
    expect(box).to_be_focused()
