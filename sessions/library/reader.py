"""Reads the shipped words once, strictly: a file that lacks something says so at start-up, not in a circle."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import yaml

from sessions.library.cards import cards
from sessions.library.kept import kept
from sessions.library.languages import LANGUAGES, SHIPPED, LanguageRefused, find, read
from sessions.library.plans import parts, plans
from sessions.library.practice import made_up
from sessions.library.ways import ways

CHANGE = "change"
"""The list of tags that say which of drug, set and setting could change. Each has the shape of that one."""


@dataclass(frozen=True)
class Rule:
    """A ground rule a circle starts with. One that `stays` may be reworded but not taken out."""

    key: str
    words: str
    stays: bool = False


OWN = "own-"
"""What the name of a tag begins with that a building added to ours. No shipped one does."""


@dataclass(frozen=True)
class Tag:
    """One word to tap. `id` is what a form sends: `drug:mixing`; `change:drug` says that the drug could change."""

    id: str
    label: str
    help: str = ""

    @property
    def group(self) -> str:
        """drug, set or setting; where or want for a stance; none for the tag that is about no drug at all."""
        list_key, _, key = self.id.partition(":")
        if not key:
            return "none"
        return key if list_key == CHANGE else list_key

    @property
    def own(self) -> bool:
        """Whether a building added it: it is said as it was typed there, whatever the reader's language."""
        return self.id.partition(":")[2].startswith(OWN)


@dataclass(frozen=True)
class TagGroup:
    """Drug, set or setting; or where I am, and what I want today; or which of the three could change."""

    key: str
    label: str
    about: str
    tags: tuple[Tag, ...]


@dataclass(frozen=True)
class Tags:
    """The check-in vocabulary in one language."""

    groups: tuple[TagGroup, ...]
    stances: tuple[TagGroup, ...]
    change: TagGroup
    none: Tag
    always_in_view: tuple[str, ...]

    @property
    def by_id(self) -> dict[str, Tag]:
        """Every tag by the id a form sends."""
        grouped = {tag.id: tag for group in (*self.groups, *self.stances, self.change) for tag in group.tags}
        return grouped | {self.none.id: self.none}

    def joined_by(self, own: Iterable[Tag]) -> "Tags":
        """The same, with tags that a building added, each in its group."""
        added = tuple(own)
        groups = (
            replace(group, tags=(*group.tags, *(tag for tag in added if tag.group == group.key)))
            for group in self.groups
        )
        return replace(self, groups=tuple(groups))


@dataclass(frozen=True)
class Job:
    """One of the three jobs to hand out when somebody will not wake up."""

    key: str
    title: str
    say: str
    fallback: str | None
    how: str


@dataclass(frozen=True)
class Panel:
    """What to do in one kind of trouble, in short lines."""

    key: str
    label: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Number:
    """Somebody to call or text. `mark` says that nobody here has checked the number yet."""

    key: str
    name: str
    number: str
    tel: str | None
    sms: str | None
    note: str
    mark: str | None
    staff_note: str | None
    always: bool
    checked_on: str | None


@dataclass(frozen=True)
class Help:
    """The help page in one language. `reviewed_by` is empty until a named clinician and speaker have signed."""

    jobs: tuple[Job, ...]
    panels: tuple[Panel, ...]
    numbers: tuple[Number, ...]
    reviewed_by: str | None
    reviewed_on: str | None


@cache
def rules(language: str) -> tuple[Rule, ...]:
    """The twelve ground rules, in order."""
    return tuple(Rule(**entry) for entry in _read(language, "rules"))


@cache
def tags(language: str) -> Tags:
    """The 39 tags in their three groups, the stances, what could change, and `not about drugs today`."""
    held = _read(language, "tags")
    keys = ("drug", "set", "setting", "where", "want", CHANGE)
    drug, set_, setting, where, want, change = (_group(key, held[key]) for key in keys)
    (none,) = held["always"]
    plain = Tag(none["key"], none["label"])
    return Tags((drug, set_, setting), (where, want), change, plain, tuple(held["always_in_view"]))


@cache
def circle_names(language: str) -> tuple[str, ...]:
    """Every circle name there is in a language: a material, and a kind of weather or a place.

    A language that a host has added may have none of its own; then they are English.
    """
    file = LANGUAGES[language].folder / "names.yaml"
    held = read(file) if file.is_file() else _read("en", "names")
    pairs = product(held["materials"], held["others"])
    return tuple(held["pattern"].format(material=material, other=other) for material, other in pairs)


@cache
def help_page(language: str) -> Help:
    """What to do when somebody needs help now, and whom to call."""
    held = _read(language, "help")
    return Help(
        jobs=tuple(Job(**job) for job in held["jobs"]),
        panels=tuple(Panel(tab["key"], tab["label"], tuple(tab["lines"])) for tab in held["tabs"]),
        numbers=tuple(Number(**number) for number in held["numbers"]),
        reviewed_by=held["reviewed_by"],
        reviewed_on=held["reviewed_on"],
    )


def read_languages(added: Path) -> list[LanguageRefused]:
    """Read the shipped languages, and those a host has added in the folder `added`, anew.

    Each is read whole, so that what is wrong in a file shows now. Returns what is wrong; such a language is off.
    """
    refused = find([SHIPPED, added])
    for reader in (rules, tags, help_page, circle_names, kept, plans, parts, cards, ways, made_up):
        reader.cache_clear()
    for code in list(LANGUAGES):
        try:
            if {tag.key for tag in rules(code)} != {tag.key for tag in rules("en")}:
                raise LanguageRefused(f"{LANGUAGES[code].folder / 'rules.yaml'}: other keys than in English")
            if set(tags(code).by_id) != set(tags("en").by_id):
                raise LanguageRefused(f"{LANGUAGES[code].folder / 'tags.yaml'}: other keys than in English")
            if (set(plans(code)), set(parts(code))) != (set(plans("en")), set(parts("en"))):
                raise LanguageRefused(f"{LANGUAGES[code].folder / 'plans.yaml'}: other keys than in English")
            if {way.key for way in ways(code).ways} != {way.key for way in ways("en").ways}:
                raise LanguageRefused(f"{LANGUAGES[code].folder / 'ways.yaml'}: other keys than in English")
            help_page(code)
            circle_names(code)
            kept(code)
            if any(tag not in tags("en").by_id for acts in made_up(code) for act in acts for tag in act.tags):
                raise LanguageRefused(f"{LANGUAGES[code].folder / 'practice.yaml'}: a tag that is not there")
        except LanguageRefused as error:
            refused.append(error)
            del LANGUAGES[code]
        except (KeyError, TypeError, ValueError, AttributeError, OSError, yaml.YAMLError) as error:
            refused.append(LanguageRefused(f"{LANGUAGES[code].folder}: {type(error).__name__} {error}"))
            del LANGUAGES[code]
    return refused


def _group(key: str, held: dict[str, Any]) -> TagGroup:
    tags = tuple(Tag(f"{key}:{tag['key']}", tag["label"], tag.get("help", "")) for tag in held["tags"])
    return TagGroup(key, held["label"], held["about"], tags)


def _read(language: str, name: str) -> Any:
    return read(LANGUAGES[language].folder / f"{name}.yaml")
