"""Circle names: two words by lot, for who raises a hand. Nothing in one tells who it is, or from when."""

import secrets
from collections.abc import Container

from sessions.library import circle_names

LONGEST_NAME = 30


def by_lot(language: str, taken: Container[str]) -> str:
    """A name nobody has now; when all are taken, one that somebody else has too."""
    names = circle_names(language)
    return secrets.choice([name for name in names if name not in taken] or names)
