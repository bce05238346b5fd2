"""What is to be signed is all we say about health, word for word, with its sources."""

import pytest

from sessions.library import cards, help_page, ways
from tests.clinical_review import REVIEWED, review
from tests.lists import ROOT


@pytest.mark.parametrize("language", REVIEWED)
def test_the_sheet_is_as_the_files_are(language: str) -> None:
    assert (ROOT / REVIEWED[language]).read_text("utf-8") == review(language), "python3 dev.py lists"


@pytest.mark.parametrize("language", REVIEWED)
def test_every_statement_is_on_it_with_a_source(language: str) -> None:
    sheet, help_ = review(language), help_page(language)
    said = [line.text for card in cards(language).values() for line in card.lines]
    said += [text for way in ways(language).ways for text in (way.what, way.some_like, way.some_find_hard)]
    said += [line for panel in help_.panels for line in panel.lines] + [job.say for job in help_.jobs]
    assert [text for text in said if text not in sheet] == []
    sources = "Sources: " if language == "en" else "Fuentes: "
    assert sheet.count(sources) == sheet.count(f"\n{sources}") > len(cards(language)) + len(ways(language).ways)
    assert f"{sources}." not in sheet


def test_the_spanish_one_has_the_english_beside_it() -> None:
    sheet = review("es")
    assert [line.text for card in cards("en").values() for line in card.lines if line.text not in sheet] == []
