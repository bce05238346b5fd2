"""What people type comes out safe to keep, and as they meant it (`sessions.words`)."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.words import clean, clean_line

FAMILY = "👩‍👩‍👧‍👦"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"

ANYTHING = st.text(st.characters(), max_size=200)
"""Lone surrogates too."""
TRICKY = st.text(
    st.sampled_from([*"ae \n\r\t\0\u0301\u200b\u200c\u200d\u202e\u2066\ufeff\u2028\ufe0f\ud83c\u3000\u00ad", *ENGLAND]),
    max_size=40,
)


@pytest.mark.parametrize(
    "typed",
    [
        "I slept. You?",
        "two lines\nand one more",
        "مرحبا، كيف حالك؟",
        "שלום לכולם",
        "می‌خواهم",  # Persian, with a zero-width non-joiner inside
        "क्‍ष",  # Hindi, with a zero-width joiner inside
        "привет",
        "今日は",
        "ไม่เป็นไร",
        FAMILY,
        "👍🏽 ❤️ 1️⃣",
        "🇪🇸",
        ENGLAND,
        f"{ENGLAND}{SCOTLAND} and {ENGLAND}",
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)> javascript:alert(1)",
        "{{7*7}} {% if %} ${7*7} %s %(x)s",
        "'; DROP TABLE shares; -- 100% of _ \\",
        "=SUM(A1:A9) \"quoted\" 'too'",
    ],
)
def test_it_comes_out_as_it_went_in(typed: str) -> None:
    assert clean(typed) == typed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\u202eb\u202cc\u202ad\u202be\u202df", "abcdef"),  # direction overrides and embeddings
        ("a\u2066b\u2067c\u2068d\u2069e", "abcde"),  # isolates
        ("a\u200eb\u200fc\u061cd", "abcd"),  # direction marks
        ("a\u200bb\u2060c", "abc"),  # zero-width space and word joiner
        ("\ufeffa\ufeffb", "ab"),  # marks of byte order
        ("a\U000e0068\U000e0069b", "ab"),  # tag characters: invisible text
        ("a\U000e0001b\U000e007fc", "abc"),
        ("a\ufff9b\ufffac\ufffbd", "abcd"),  # interlinear annotations
        ("a\0b\x01c\x1bd\x7fe\x85f\x9fg", "abcdefg"),  # NUL and control characters
        ("a\ud800b\udfffc", "abc"),  # lone surrogates
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d\u2029e", "a\nb\nc\nd\ne"),  # every way to break a line
        ("  a \n", "a"),
    ],
)
def test_what_hides_or_reorders_is_removed(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_a_flag_hides_no_text() -> None:
    hidden = "\U0001f3f4" + "".join(chr(0xE0000 + ord(letter)) for letter in "call me") + "\U000e007f"
    assert clean(f"hello {hidden}") == "hello \U0001f3f4"


@pytest.mark.parametrize("word", ["é", "ñandú", "Å", "한글", FAMILY, "กำ"])
def test_letters_typed_in_parts_are_the_same_letters(word: str) -> None:
    assert clean(unicodedata.normalize("NFD", word)) == clean(unicodedata.normalize("NFC", word)) == word


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "   ",
            "\n\t\r\n",
            "\u00a0\u3000\u2003",
            "\u200b\u200b",
            "\u200c\u200d",
            "\ufeff",
            "\u00ad\u034f",
            "\u3164",
        ),
        *("\u2800", "\ufe0f", "\u202e\u2066", "\0", "\ud800", "\U000e0041", "\U000e0101", "\U0001d173"),
    ],
)
def test_what_nobody_can_see_is_nothing(typed: str) -> None:
    assert clean(typed) == clean_line(typed) == ""


def test_a_line_has_no_breaks() -> None:
    assert clean_line(" Tuesday \r\n at\u2028six\t ") == "Tuesday at six"


@given(ANYTHING | TRICKY)
@settings(deadline=None)
def test_cleaning_again_changes_nothing(typed: str) -> None:
    once = clean(typed)
    assert clean(once) == once
    assert clean_line(clean_line(typed)) == clean_line(typed)


@given(ANYTHING | TRICKY)
@settings(deadline=None)
def test_whatever_comes_out_can_be_kept(typed: str) -> None:
    kept = clean(typed)
    assert kept.encode().decode() == kept == unicodedata.normalize("NFC", kept) == kept.strip()
    assert "\0" not in kept
