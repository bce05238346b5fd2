"""Our own words are complete in every language we ship. What they say is looked at in `test_word_check.py`."""

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from dev import CATALOGS, EXTRACT, ROOT
from sessions.library import LANGUAGES, rules, tags
from sessions.library.languages import SHIPPED as LIBRARY

TRANSLATED = [language for language in LANGUAGES if language != "en"]
LIBRARY_FILES = sorted(str(file.relative_to(LIBRARY / "en")) for file in (LIBRARY / "en").rglob("*.yaml"))
TEMPLATES = sorted((ROOT / "facilitator/templates").rglob("*.html"))


def messages(catalog: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Each string and its translation, both as (singular, plural) or as the one form there is."""
    return {forms(message.id): forms(message.string) for message in catalog if message.id}


def forms(words: str | tuple[str, ...]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a library file, with the key it stands under."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, list | dict):
        for name, part in value.items() if isinstance(value, dict) else ((key, item) for item in value):
            yield from texts(part, name)


def bones(value: Any, key: str = "") -> Any:
    """A library file without its wording: its keys, its digits and its places to fill in."""
    if isinstance(value, dict):
        return {name: bones(part, name) for name, part in value.items() if not name.startswith("reviewed_")}
    if isinstance(value, list):
        return [bones(part, key) for part in value]
    fixed = key in ("key", "kind", "url", "for", "moves", "always_in_view") or not isinstance(value, str)
    return value if fixed else sorted(re.findall(r"\{\w+\}|\d+", value))


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Every string in code and templates as they are now, gathered as `dev.py words` gathers them."""
    file = tmp_path_factory.mktemp("words") / "messages.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", *EXTRACT, "-o", str(file)]
    subprocess.run(command, cwd=ROOT, check=True)
    return read_po(file.read_text("utf-8").splitlines())


@pytest.fixture(scope="module", params=TRANSLATED)
def theirs(request: pytest.FixtureRequest) -> Catalog:
    """One catalog as its translator left it."""
    file = CATALOGS / request.param / "LC_MESSAGES/messages.po"
    return read_po(file.read_text("utf-8").splitlines(), locale=request.param, abort_invalid=True)


def test_every_string_is_translated(ours: Catalog, theirs: Catalog) -> None:
    assert messages(theirs).keys() == messages(ours).keys(), "run: python3 dev.py words"
    assert [words for words, said in messages(theirs).items() if not all(said)] == []
    assert [message.id for message in theirs if message.fuzzy] == []
    assert not theirs.obsolete


def test_translations_fill_in_the_same_things(theirs: Catalog) -> None:
    for words, said in messages(theirs).items():
        places = {tuple(sorted(re.findall(r"%(?:\(\w+\))?.|https?:\S+|\d+", form))) for form in (*words, *said)}
        assert len(places) == 1, words


def test_the_compiled_catalog_is_fresh(theirs: Catalog) -> None:
    with (CATALOGS / str(theirs.locale) / "LC_MESSAGES/messages.mo").open("rb") as compiled:
        assert messages(read_mo(compiled)) == messages(theirs)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_library_is_whole_in_every_language(language: str) -> None:
    for name in LIBRARY_FILES:
        english, read = (yaml.safe_load((LIBRARY / code / name).read_text("utf-8")) for code in ("en", language))
        assert bones(read) == bones(english)
        assert [key for key, text in texts(read) if not text.strip()] == []
    assert len(rules(language)) == 12
    assert [len(group.tags) for group in tags(language).groups] == [13, 13, 13]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_templates_say_nothing_untranslated(template: Path) -> None:
    quiet = r"\{#.*?#\}|\{% block body_\w+ %\}.*?\{% endblock %\}|\{%.*?%\}|\{\{.*?\}\}"
    page = re.sub(quiet, " ", template.read_text("utf-8"), flags=re.DOTALL)
    said = [*re.findall(r'\b(?:alt|title|placeholder|aria-label)="([^"]*)"', page), re.sub(r"<[^>]*>", " ", page)]
    assert re.findall(r"[^\W\d_]{2,}", html.unescape(" ".join(said))) == []
