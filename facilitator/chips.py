"""The words to tap, in an order of each phone's own: no place in a list says that one word is worth more."""

import random
from dataclasses import dataclass

from facilitator import language
from sessions.library import Tag, TagGroup, tags

IN_VIEW = 3


@dataclass(frozen=True)
class ChipRow:
    """One row of words to tap: a few in view, the others behind "more"."""

    group: TagGroup
    in_view: list[Tag]
    more: list[Tag]


def rows(groups: tuple[TagGroup, ...], phone: str) -> list[ChipRow]:
    """The tags of these groups, rows and words each in an order of this `phone`'s own, always the same for one."""
    shuffler = random.Random(phone)  # noqa: S311 - an order, not a secret
    vocabulary = tags(language.current())
    made = []
    for group in groups:
        shuffled = shuffler.sample(group.tags, len(group.tags))
        always = [tag for tag in shuffled if tag.id in vocabulary.always_in_view]
        others = [tag for tag in shuffled if tag not in always]
        first = [vocabulary.none, *always] if group.key == "drug" else always
        cut = IN_VIEW - len(first)
        made.append(ChipRow(group, [*first, *others[:cut]], others[cut:]))
    return shuffler.sample(made, len(made))
