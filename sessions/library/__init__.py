"""The words the product ships: ground rules, tags, help and what is kept, a folder per language. Stands alone."""

from sessions.library.kept import FILES, Kept, KeptGroup, KeptTable, kept
from sessions.library.languages import LANGUAGES
from sessions.library.reader import (
    Help,
    Rule,
    Tag,
    TagGroup,
    Tags,
    circle_names,
    help_page,
    read_languages,
    rules,
    tags,
)

__all__ = [
    "FILES",
    "LANGUAGES",
    "Help",
    "Kept",
    "KeptGroup",
    "KeptTable",
    "Rule",
    "Tag",
    "TagGroup",
    "Tags",
    "circle_names",
    "help_page",
    "kept",
    "read_languages",
    "rules",
    "tags",
]
