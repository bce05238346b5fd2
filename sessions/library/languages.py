"""The languages there are: those we ship, and those a host has added by a folder of the same shape.

A folder is named by its language's code and holds `language.yaml` (name, reviewed_by, reviewed_on, switched_on) beside
`rules.yaml`, `tags.yaml` and `help.yaml`; the others may be left out, and what is lacking stands in
English. One that no speaker has reviewed is off until the host switches it on, and then says so on the page.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SHIPPED = Path(__file__).parent
FILES = ("language", "rules", "tags", "help")


class LanguageRefused(Exception):
    """A folder is not whole. The message names the file."""


@dataclass(frozen=True)
class Language:
    """One language, named in its own words."""

    code: str
    name: str
    folder: Path
    reviewed_by: str | None
    reviewed_on: str | None
    switched_on: bool


LANGUAGES: dict[str, Language] = {}
"""The languages that are on, by code. English, which the others are translated from, is always the first."""


def find(folders: list[Path]) -> list[LanguageRefused]:
    """Read the languages of `folders` anew. Returns what is wrong with those that could not be taken."""
    found: dict[str, Language] = {}
    refused = []
    for folder in (one for parent in folders if parent.is_dir() for one in sorted(parent.iterdir())):
        if not (folder / "language.yaml").is_file():
            continue
        try:
            language = _read(folder)
        except LanguageRefused as error:
            refused.append(error)
        else:
            if language.reviewed_by or language.switched_on:
                found[language.code] = language
    LANGUAGES.clear()
    LANGUAGES.update({"en": found.pop("en")} | found)
    return refused


def read(file: Path) -> Any:
    """What a file of ours holds. The same words are parsed once: change nothing in what you get.

    Raises OSError, UnicodeDecodeError and yaml.YAMLError.
    """
    return _parsed(file.read_text(encoding="utf-8"))


@cache
def _parsed(text: str) -> Any:
    # The parser in C is ten times faster, where the library was built with it; both are the safe one.
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506


def _read(folder: Path) -> Language:
    for name in FILES:
        file = folder / f"{name}.yaml"
        try:
            whole = read(file)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise LanguageRefused(f"{file}: {type(error).__name__}") from None
        if not isinstance(whole, dict | list):
            raise LanguageRefused(f"{file}: empty")
        if name == "language":
            told = whole if isinstance(whole, dict) else {}
    if not isinstance(told.get("name"), str):
        raise LanguageRefused(f"{folder / 'language.yaml'}: name")
    return Language(
        code=folder.name,
        name=told["name"],
        folder=folder,
        reviewed_by=told.get("reviewed_by"),
        reviewed_on=told.get("reviewed_on"),
        switched_on=told.get("switched_on") is True,
    )


find([SHIPPED])
