"""Who reads little, is tired, or is high reads our pages too: about grade 6, and no card above 8."""

from collections.abc import Callable

import pytest

from sessions.library import cards, help_page, parts, rules, tags, ways
from tests.our_words import of_the_pages
from tests.reading import grade, syllables

ON_THE_WHOLE, FOR_A_CARD = 6.0, 8.0
MEMBERS_FILES = ("/templates/here/", "/templates/door/", "/templates/_", "facilitator/door.py", "facilitator/here.py")
MEMBERS_FILES += ("facilitator/hands.py", "facilitator/themes.py", "facilitator/forms.py", "/templates/cards/_")


def card_texts() -> dict[str, list[str]]:
    """What each card says."""
    return {key: [card.title, *(line.text for line in card.lines)] for key, card in cards("en").items()}


def all_texts() -> dict[str, list[str]]:
    """Everything of ours that a member reads or has read to them, in English."""
    help_, vocabulary = help_page("en"), tags("en")
    groups = (*vocabulary.groups, *vocabulary.stances)
    return {
        "cards": [text for texts in card_texts().values() for text in texts],
        "ways": [text for way in ways("en").ways for text in (way.title, way.what, way.some_like, way.some_find_hard)],
        "help": [
            *(line for job in help_.jobs for line in (job.title, job.say, job.fallback or "", job.how)),
            *(line for panel in help_.panels for line in panel.lines),
            *(number.note for number in help_.numbers),
        ],
        "rules": [rule.words for rule in rules("en")],
        "tags' help": [tag.help for group in groups for tag in group.tags if tag.help],
        "read aloud": [line for part in parts("en").values() for line in (part.words, *part.script, *part.card)],
        "members' pages": [one.text for one in of_the_pages() if any(name in one.file for name in MEMBERS_FILES)],
    }


def test_our_english_can_be_read_by_who_reads_little(report: Callable[[str], None]) -> None:
    measured = {name: grade(texts) for name, texts in all_texts().items()}
    whole = grade(text for texts in all_texts().values() for text in texts)
    for name, found in {**measured, "all of it": whole}.items():
        report(f"{name}: grade {found:.1f}")
    assert len(all_texts()["members' pages"]) > 150
    assert whole <= ON_THE_WHOLE
    assert {name: found for name, found in measured.items() if found > ON_THE_WHOLE} == {}


def test_no_card_is_harder_than_the_rest(report: Callable[[str], None]) -> None:
    measured = {key: grade(texts) for key, texts in card_texts().items()}
    hardest = max(measured, key=lambda key: measured[key])
    report(f"hardest card: {hardest}, grade {measured[hardest]:.1f}")
    assert {key: found for key, found in measured.items() if found > FOR_A_CARD} == {}


def test_a_hard_text_is_found_to_be_hard() -> None:
    assert grade(["Call 911. Stay with them."]) < 3
    assert (
        grade(
            ["Individuals experiencing respiratory depression necessitate immediate opioid antagonist administration."]
        )
        > 15
    )


@pytest.mark.parametrize(
    ("word", "there_are"),
    [
        *(("breath", 1), ("breathe", 1), ("naloxone", 3), ("needed", 2), ("sleeps", 1), ("pressed", 1), ("little", 2)),
        *(("people", 2), ("places", 2), ("can't", 1), ("somebody", 3), ("methadone", 3), ("seizures", 2), ("911", 3)),
    ],
)  # fmt: skip
def test_syllables_are_counted_about_right(word: str, there_are: int) -> None:
    assert there_are <= syllables(word) <= there_are + 1
