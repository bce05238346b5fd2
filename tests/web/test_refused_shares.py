"""What can't be kept: one sentence beside the field, what was typed stays, nothing changes."""

import pytest
from flask import Flask

from tests.web.cast import Doors, Phone, kept, key

LONG = "a" * 1001
SCOTLAND = "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
REFUSED = {
    "nothing": ({"text": ""}, "Write something first, or tap a word."),
    "spaces": ({"text": "  \n\t "}, "Write something first, or tap a word."),
    "zero-width": ({"text": "\u200b\u2060\ufeff\u200d"}, "Write something first, or tap a word."),
    "too long": ({"text": LONG}, "Shorten it by 1 character."),
    "far too long": ({"text": "e\u0301" * 1200}, "Shorten it by 200 characters."),
    "no such tag": ({"text": "x", "tags": ["drug:heroin"]}, "Pick from the list."),
    "500 tags": ({"text": "x", "tags": [f"drug:{number}" for number in range(500)]}, "Pick from the list."),
    "no key": ({"text": "x", "key": ""}, "Send it again."),
    "no uuid": ({"text": "x", "key": "first"}, "Send it again."),
    "a key of 10 kB": ({"text": "x", "key": "a" * 10_000}, "Send it again."),
}


@pytest.mark.parametrize("kind", ["check-in", "note"])
@pytest.mark.parametrize(("typed", "sentence"), REFUSED.values(), ids=REFUSED)
def test_it_is_given_back_with_one_sentence(
    kind: str, typed: dict[str, str | list[str]], sentence: str, app: Flask, ben: Phone, cleo: Phone
) -> None:
    cleo.share("stays")
    page, before = ben.here(), kept(app)
    action = f"/here/{kind}s"
    given_back = ben.send(page, action, **typed)
    assert given_back.status == 422
    assert given_back.errors() == [sentence] and given_back.words(f"{kind}-said") == sentence
    held = given_back.fields(action)
    assert held["text"] == [typed["text"].replace("\r\n", "\n")]
    assert sorted(held.get("tags", [])) == sorted(tag for tag in typed.get("tags", []) if tag.startswith("set:"))
    assert given_back.find(f"{kind}-text").attrib["aria-describedby"] == f"{kind}-said"
    assert given_back.said("checkins") == ["stays"]
    by_script = ben.send(page, action, script=True, **typed)
    assert (by_script.status, by_script.errors()) == (422, [sentence]) and "<html" not in by_script.text
    assert kept(app) == before
    assert ben.send(given_back, action, text="mended", tags=[]).status == 303


def test_tags_that_were_tapped_stay_tapped(ben: Phone) -> None:
    tapped = ["drug:mixing", "set:sleep"]
    given_back = ben.share(LONG, tags=tapped)
    assert sorted(given_back.fields("/here/check-ins")["tags"]) == tapped
    assert "tags" not in given_back.fields("/here/notes")
    # Tapped words are not hidden behind "more".
    drawers = given_back.all("details", **{"class": "more"})
    for drawer in drawers:
        assert ("open" in drawer.attrib) == any("checked" in one.attrib for one in drawer.iter("input"))


def test_text_with_line_breaks_and_markup_comes_back_as_it_was(ben: Phone) -> None:
    typed = "\n first\n\n</textarea><script>alert(1)</script> &amp; " + "x" * 1000
    assert ben.share(typed).fields("/here/check-ins")["text"] == [typed]


def test_other_words_under_a_used_key_ask_and_then_go_through(app: Flask, ben: Phone, cleo: Phone) -> None:
    page = ben.here()
    ben.send(page, "/here/check-ins", text="first")
    asked = ben.send(page, "/here/check-ins", text="second")
    assert asked.status == 422
    assert asked.errors() == ["You sent other words with this form before. Send it again if you mean both."]
    assert ben.send(asked, "/here/check-ins").status == 303
    assert cleo.here().said("checkins") == ["first", "second"]


def test_an_unusable_key_is_replaced_with_the_sentence(ben: Phone, cleo: Phone) -> None:
    given_back = ben.send(ben.here(), "/here/check-ins", text="kept in the box", key="")
    assert ben.send(given_back, "/here/check-ins").status == 303
    assert cleo.here().said("checkins") == ["kept in the box"]


def test_in_spanish_the_sentence_is_spanish(app: Flask, circle: Doors, cleo: Phone) -> None:
    dona = Phone(app, "es").join(circle.code)
    (sentence,) = dona.share("").errors()
    assert sentence and sentence != "Write something first, or tap a word."


def test_a_thousand_characters_after_nfc_are_kept_and_equal(ben: Phone, cleo: Phone) -> None:
    assert ben.share("e\u0301" * 1000).status == 303
    assert cleo.here().said("checkins") == ["\u00e9" * 1000]


@pytest.mark.parametrize(
    ("typed", "kept_as"),
    {
        "safe\u202egnp.exe": "safegnp.exe",
        "\u2066left\u2069 right": "left right",
        "zero\u200bwidth\ufeff": "zerowidth",
        "tag\U000e0041\U000e0042": "tag",
        "nul\x00 bell\x07 esc\x1b": "nul bell esc",
        "مرحبا بكم": "مرحبا بكم",
        "שלום": "שלום",
        "می‌خواهم": "می‌خواهم",
        "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽": "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
        SCOTLAND: SCOTLAND,
    }.items(),
)
def test_text_is_cleaned_of_what_hides_and_of_nothing_else(typed: str, kept_as: str, ben: Phone, cleo: Phone) -> None:
    assert ben.post("/here/notes", {"csrf_token": ben.token(), "key": key(), "text": typed}).status == 303
    assert cleo.here().said("notes") == [kept_as]
