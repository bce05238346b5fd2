"""The words the product ships: rules, plans, tags, help and what is kept, a folder per language. Stands alone."""

from sessions.library.cards import FEWEST_LINES, MOST_LINES, MOVES, Card, CardLine, Source, cards, complaints
from sessions.library.kept import FILES, Kept, KeptGroup, KeptTable, kept
from sessions.library.languages import LANGUAGES
from sessions.library.plans import KINDS, PartWords, Plan, PlannedPart, parts, plans
from sessions.library.practice import Act, made_up
from sessions.library.reader import (
    CHANGE,
    OWN,
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
from sessions.library.ways import Way, Ways, ways
from sessions.library.word_check import Advice, WordRule, advise, word_rules

__all__ = [
    "CHANGE",
    "FEWEST_LINES",
    "FILES",
    "KINDS",
    "LANGUAGES",
    "MOST_LINES",
    "MOVES",
    "OWN",
    "Act",
    "Advice",
    "Card",
    "CardLine",
    "Help",
    "Kept",
    "KeptGroup",
    "KeptTable",
    "PartWords",
    "Plan",
    "PlannedPart",
    "Rule",
    "Source",
    "Tag",
    "TagGroup",
    "Tags",
    "Way",
    "Ways",
    "WordRule",
    "advise",
    "cards",
    "circle_names",
    "complaints",
    "help_page",
    "kept",
    "made_up",
    "parts",
    "plans",
    "read_languages",
    "rules",
    "tags",
    "ways",
    "word_rules",
]
