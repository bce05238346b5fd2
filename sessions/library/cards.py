"""The cards we ship, which a leader may teach from, by their keys."""

from dataclasses import dataclass
from functools import cache

from sessions.library.languages import LANGUAGES, read


@dataclass(frozen=True)
class Card:
    """One card: its key, the same in every language, and what it is called."""

    key: str
    title: str


@cache
def cards(language: str) -> dict[str, Card]:
    """The cards by their keys, in order; the English ones where a host's own language has none."""
    file = LANGUAGES[language].folder / "cards.yaml"
    held = read(file if file.is_file() else LANGUAGES["en"].folder / "cards.yaml")
    return {card["key"]: Card(card["key"], card["title"]) for card in held}
