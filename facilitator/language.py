"""Which language a page is in: chosen at the door, else what the browser asks for. Kept on the phone, never with us."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import request
from flask_babel import get_locale

from facilitator.cookies import cookie_name
from facilitator.logs import log
from sessions.library import LANGUAGES, complaints, read_languages

COOKIE = "language"
CATALOG = Path("LC_MESSAGES") / "messages.po"


def add_from(folder: Path) -> None:
    """Add the languages a host has put in `folder`, and compile their catalogs. One that is not whole is named."""
    for refused in read_languages(folder):
        log.warning("This language is off: %s", refused)
    for sentence in complaints():
        log.warning("This card is left out: %s", sentence)
    for language in LANGUAGES.values():
        catalog = language.folder / CATALOG
        if catalog.is_file() and language.folder.parent == folder:
            with catalog.open("rb") as source, catalog.with_suffix(".mo").open("wb") as compiled:
                write_mo(compiled, read_po(source, locale=language.code))


def choose() -> str:
    """The language of this request."""
    chosen = request.cookies.get(cookie_name(COOKIE), "")
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(list(LANGUAGES)) or "en"


def current() -> str:
    """The language that is being rendered in, also inside a push to somebody else's."""
    locale = get_locale()
    return str(locale) if locale and str(locale) in LANGUAGES else "en"


def asked_for() -> str:
    """The language that the address asks for, for what is printed or read by others; else the reader's."""
    asked = request.args.get("language", "")
    return asked if asked in LANGUAGES else current()


def direction() -> str:
    """Which way it is written: ltr or rtl."""
    locale = get_locale()
    return locale.text_direction if locale else "ltr"


def is_reviewed() -> bool:
    """Whether a named speaker has signed this language's words."""
    return bool(LANGUAGES[current()].reviewed_by)
