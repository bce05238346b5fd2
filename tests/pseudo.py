"""Languages nobody speaks, made from our own words: to see on a page what was not translated, or leans one way."""

from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from sessions.library.languages import FILES, SHIPPED, read

ROOT = Path(__file__).resolve().parent.parent
SPANISH = ROOT / "facilitator" / "translations" / "es" / "LC_MESSAGES" / "messages.po"
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
NOT_WORDS = frozenset({"key", "kind", "tel", "sms", "number", "url", "always_in_view", "for", "checked_on", "moves"})


def add_language(folder: Path, code: str, **told: Any) -> Path:
    """Put a whole language into `folder`, as a host would: every sentence of ours between two marks."""
    home = folder / code
    home.mkdir(parents=True)
    (home / "cards").mkdir()
    cards = [f"cards/{file.stem}" for file in (SHIPPED / "en" / "cards").iterdir()]
    for name in (*FILES[1:], "kept", "plans", "ways", *cards):
        marked = _marked(read(SHIPPED / "en" / f"{name}.yaml"))
        (home / f"{name}.yaml").write_text(yaml.dump(marked, Dumper=DUMPER, allow_unicode=True), encoding="utf-8")
    about = {"name": f"⟦{code}⟧", "reviewed_by": None, "reviewed_on": None, "switched_on": True} | told
    (home / "language.yaml").write_text(yaml.safe_dump(about, allow_unicode=True), encoding="utf-8")
    (home / "LC_MESSAGES").mkdir()
    with SPANISH.open("rb") as source, (home / "LC_MESSAGES" / "messages.po").open("wb") as made:
        write_po(made, _marked_catalog(read_po(source), code))
    return home


def mark(words: str) -> str:
    """A sentence, so that it is known again wherever it stands."""
    return f"⟦{words}⟧"


def _marked(held: Any, key: str = "") -> Any:
    if key in NOT_WORDS:
        return held
    if isinstance(held, dict):
        return {name: _marked(value, name) for name, value in held.items()}
    if isinstance(held, list):
        return [_marked(value) for value in held]
    return mark(held) if isinstance(held, str) else held


def _marked_catalog(spanish: Catalog, code: str) -> Catalog:
    catalog = Catalog(locale=code)
    for message in spanish:
        if message.id:
            plural = isinstance(message.id, tuple)
            words = (mark(message.id[1]),) * catalog.num_plurals if plural else mark(message.id)
            catalog.add(message.id, words, flags=message.flags)
    return catalog
