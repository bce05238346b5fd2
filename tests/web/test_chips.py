"""The words to tap: in an order of each phone's own, as no place in a list says that one is worth more."""

from flask import Flask

from sessions.library import tags
from tests.web.cast import Doors, Phone
from tests.web.pages import Element, Page

ALWAYS = {"not-about-drugs-today", "drug:staying-off-it"}


def chips(page: Page, form: str = "check-in-form") -> list[str]:
    return [one.attrib["value"] for one in page.all("input", name="tags", form=form)]


def in_view(page: Page) -> set[str]:
    def is_behind(one: Element) -> bool:
        return any(around.get("class") == "more" for around in one.iterancestors("details"))

    return {one.attrib["value"] for one in page.all("input", name="tags", type="checkbox") if not is_behind(one)}


def test_all_forty_are_there_once_for_each_form(ben: Phone) -> None:
    words = tags("en")
    forty = {tag.id for group in words.groups for tag in group.tags} | {words.none.id}
    page = ben.here()
    for form in ("check-in-form", "note-form"):
        found = chips(page, form)
        assert len(forty) == 40 and forty <= set(found) and len(found) == len(set(found))


def test_one_phone_keeps_its_order_and_phones_differ(app: Flask, circle: Doors, ben: Phone) -> None:
    assert chips(ben.here()) == chips(ben.here())
    orders = {tuple(chips(Phone(app).join(circle.code).here())) for _ in range(4)}
    assert len(orders) == 4


def test_two_are_always_in_view_whatever_the_shuffle(app: Flask, circle: Doors) -> None:
    for _ in range(4):
        seen = in_view(Phone(app).join(circle.code).here())
        # Three of each row; the two rows of stances stand behind one tap more.
        assert seen >= ALWAYS and len(seen) == 3 * 5


def test_no_row_comes_first_for_everybody(app: Flask, circle: Doors) -> None:
    def first_group(phone: Phone) -> str:
        return next(tag for tag in chips(phone.here()) if ":" in tag).partition(":")[0]

    firsts = {first_group(Phone(app).join(circle.code)) for _ in range(12)}
    assert len(firsts) > 1


def test_each_language_has_the_same_words_to_tap(app: Flask, circle: Doors, ben: Phone) -> None:
    spanish = Phone(app, "es").join(circle.code).here()
    assert sorted(chips(spanish)) == sorted(chips(ben.here()))
    assert "hoy" in spanish.words()
