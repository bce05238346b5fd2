"""The cards, and what is said of one that is not right."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml

from sessions.library import LANGUAGES, cards, complaints, read_languages, ways
from sessions.library.languages import SHIPPED
from tests.pseudo import add_language

WRITTEN = date(2026, 11, 22)
GOOD = """\
key: naloxone
place: 3
title: "Naloxone"
lines:
  - text: "One."
    moves: [drug]
  - text: "Two."
    moves: []
  - text: "Three."
    moves: [setting, drug]
sources:
  - {name: "Somebody", url: "https://example.org/page"}
reviewed_by: null
reviewed_on: null
review_by: 2027-05-22
local: null
"""


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Path]:
    """A language a host added, and its card on naloxone."""
    file = add_language(tmp_path, "eo") / "cards" / "naloxone.yaml"
    file.write_text(GOOD, encoding="utf-8")
    read_languages(tmp_path)
    yield file
    read_languages(tmp_path / "none")


def said_of(file: Path, text: str) -> list[str]:
    """What is said of the card once it holds this, without the name of its file."""
    file.write_text(text, encoding="utf-8")
    cards.cache_clear()
    found = complaints()
    assert all(sentence.startswith(f"{file}") for sentence in found), "each names its file"
    return [sentence.removeprefix(f"{file}, ") for sentence in found]


def test_the_anchor_comes_first_and_the_others_in_their_order() -> None:
    assert list(cards("en")) == list(cards("es"))
    assert (next(iter(cards("en"))), len(cards("en"))) == ("drug-set-setting", 22)
    assert [card.place for card in cards("en").values()] == list(range(22))
    assert complaints() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_has_a_source_and_a_day_and_is_signed_by_nobody_yet(language: str) -> None:
    for card in cards(language).values():
        assert card.language == language
        assert card.sources and (card.reviewed_by, card.reviewed_on) == (None, None)
        assert WRITTEN < card.review_by <= WRITTEN + timedelta(days=184)
        assert not card.is_stale(card.review_by) and card.is_stale(card.review_by + timedelta(days=1))
        assert 3 <= len(card.lines) <= 5


def test_a_translation_says_the_same_of_the_same() -> None:
    for english, spanish in zip(cards("en").values(), cards("es").values(), strict=True):
        assert [line.moves for line in spanish.lines] == [line.moves for line in english.lines], english.key
        assert [source.url for source in spanish.sources] == [source.url for source in english.sources]
        assert (spanish.review_by, bool(spanish.local)) == (english.review_by, bool(english.local))
        assert not {line.text for line in spanish.lines} & {line.text for line in english.lines}


def test_a_good_card_is_read_whole(planted: Path) -> None:
    card = cards("eo")["naloxone"]
    assert complaints() == []
    assert [(line.text, line.moves) for line in card.lines] == [
        ("One.", ("drug",)), ("Two.", ()), ("Three.", ("drug", "setting"))
    ]  # fmt: skip
    assert (card.title, card.place, card.language, card.local) == ("Naloxone", 3, "eo", None)
    assert (card.sources[0].name, card.sources[0].url) == ("Somebody", "https://example.org/page")


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ('title: "Naloxone"\n', "", "line 1, title: This field is missing."),
        ("place: 3", "place: 3\ncolour: red", "line 3, colour: There is no such field."),
        ("place: 3", "place: 3\nplace: 4", "line 3, place: This field is here a second time."),
        ("place: 3", 'place: "3"', "line 2, place: There should be a whole number here."),
        ("place: 3", "place: -3", "line 2, place: There should be a whole number here."),
        ("key: naloxone", "key: naloxon", "line 1, key: The key and the name of the file are one."),
        ('title: "Naloxone"', "title: 5", "line 3, title: There should be words here, between quotes."),
        ('title: "Naloxone"', 'title: "  "', "line 3, title: There should be words here, between quotes."),
        ('title: "Naloxone"', "title: [a]", "line 3, title: There should be words here, between quotes."),
        ('text: "Two."', "text: null", "line 7, lines 2 text: There should be words here, between quotes."),
        ('  - text: "Two."\n    moves: []\n', "", "line 5, lines: There may be 3 to 5 entries here. This has 2."),
        ("sources:", '  - {text: "4", moves: []}\n' * 3 + "sources:", "line 5, lines: There may be 3 to 5 entries"),
        ("moves: []", "moves: [mood]", "line 8, lines 2 moves: There may be some of these here, each once: drug,"),
        ("moves: []", "moves: [drug, drug]", "line 8, lines 2 moves: There may be some of these here, each once"),
        ("moves: []", "moves: drug", "line 8, lines 2 moves: There should be a list here."),
        ("moves: []", "move: []", "line 8, lines 2 move: There is no such field."),
        ("https://example.org/page", "example.org/page", "line 12, sources 1 url: This is no web address."),
        ("https://example.org/page", "https://example .org", "line 12, sources 1 url: This is no web address."),
        ("https://example.org/page", "https://[", "line 12, sources 1 url: This is no web address."),
        ('"https://example.org/page"', "null", "line 12, sources: One of the sources at least needs an address."),
        ('  - {name: "Somebody", url: "https://example.org/page"}', "  []", "line 12, sources: There may be 1 to 8"),
        ("2027-05-22", '"2027-05-22"', "line 15, review_by: There should be a day here, like 2026-11-22"),
        ("2027-05-22", "2027-02-30", "line 15, review_by: There should be a day here"),
        ("2027-05-22", "soon", "line 15, review_by: There should be a day here"),
        ("reviewed_by: null", 'reviewed_by: "Dr. Oak"', "line 14, reviewed_on: Who signed it and on which day go"),
        (
            "on: null\nreview_by: 2027-05-22",
            "on: 2026-11-22\nreview_by: 2027-05-22",
            "line 14, reviewed_on: Who signed",
        ),
        (
            "by: null\nreviewed_on: null\nreview_by: 2027-05-22",
            'by: "Dr. Oak"\nreviewed_on: 2026-11-22\nreview_by: 2027-05-26',
            "line 15, review_by: This is more than half a year after it was signed.",
        ),
        ("local: null", "local: 5", "line 16, local: There should be words here, between quotes."),
        (GOOD, "- a list", "line 1: There should be fields here, each with its name and a colon."),
        (GOOD, "", "line 1: The file is empty."),
        ('title: "Naloxone"', 'title: "Naloxone', "line"),
        ('title: "Naloxone"', "title: a: b", "line 3: This can't be read: mapping values are not allowed"),
        (GOOD, f"{GOOD}---\n{GOOD}", "line"),
        ('title: "Naloxone"', 'title: "\x07"', "line"),
    ],
)
def test_one_that_is_not_right_is_named_with_its_line_and_its_field(
    planted: Path, good: str, bad: str, said: str
) -> None:
    assert good in GOOD
    found = said_of(planted, GOOD.replace(good, bad, 1))
    assert any(sentence.startswith(said) for sentence in found), found
    assert all(sentence.endswith((".", "right?")) and "\n" not in sentence for sentence in found)


def test_the_others_are_there_and_the_english_one_stands_in_its_place(planted: Path) -> None:
    said_of(planted, "key: [")
    assert len(cards("eo")) == 22
    assert (cards("eo")["naloxone"].title, cards("eo")["naloxone"].language) == ("Naloxone", "en")
    assert cards("eo")["wounds"].language == "eo"
    assert "eo" in LANGUAGES


def test_one_that_nobody_has_translated_stands_in_english(planted: Path) -> None:
    planted.unlink()
    cards.cache_clear()
    assert complaints() == []
    assert cards("eo")["naloxone"].language == "en" and list(cards("eo")) == list(cards("en"))


def test_a_file_that_is_no_text_is_named(planted: Path) -> None:
    planted.write_bytes(b"\xff\xfe")
    cards.cache_clear()
    (sentence,) = complaints()
    assert sentence.startswith(f"{planted}: This can't be read as text in UTF-8")


def test_all_that_is_wrong_with_one_is_told_at_once(planted: Path) -> None:
    assert len(said_of(planted, "key: naloxone\nplace: x\ntitle: 1\n")) == 8


def test_one_that_a_clinician_signed_says_so(planted: Path) -> None:
    signed = GOOD.replace("by: null", 'by: "Dr. Oak"').replace("on: null", "on: 2026-11-25")
    assert said_of(planted, signed) == []
    card = cards("eo")["naloxone"]
    assert (card.reviewed_by, card.reviewed_on) == ("Dr. Oak", date(2026, 11, 25))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_way_gets_more_room_than_another(language: str) -> None:
    lengths = [len(f"{way.what} {way.some_like} {way.some_find_hard}") for way in ways(language).ways]
    assert len(lengths) == 5 and max(lengths) < 1.5 * min(lengths)
    assert all(any(source.url for source in way.sources) for way in ways(language).ways)


def test_a_language_whose_ways_are_not_right_is_off_and_told_why(planted: Path) -> None:
    home, file = planted.parent.parent.parent, planted.parent.parent / "ways.yaml"
    held = yaml.safe_load(file.read_text(encoding="utf-8"))
    first, *others = held["ways"]
    for bad, said in (
        (held | {"ways": others}, "other keys than in English"),
        (held | {"ways": [first | {"best": 1}, *others]}, "ways 1 best: There is no such field"),
        (held | {"reviewed_by": "Dr. Oak"}, "reviewed_on: Who signed it and on which day go together"),
        ([first], "There should be fields here"),
        (None, "fields here"),
    ):
        file.write_text(yaml.safe_dump(bad), encoding="utf-8")
        assert [said in str(refused) for refused in read_languages(home)] == [True]
        assert "eo" not in LANGUAGES
    file.unlink()
    assert read_languages(home) == []
    assert ways("eo") == ways("en")


def test_every_card_of_ours_is_a_file_in_each_language() -> None:
    for language in ("en", "es"):
        assert {file.stem for file in (SHIPPED / language / "cards").iterdir()} == set(cards("en"))
