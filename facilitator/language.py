"""Which language a page is in: chosen at the door, else what the browser asks for. Kept on the phone, never with us."""

from flask import request
from flask_babel import get_locale

from facilitator.guard import cookie_name
from sessions.library import LANGUAGES

COOKIE = "language"


def choose() -> str:
    """The language of this request."""
    chosen = request.cookies.get(cookie_name(COOKIE), "")
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(list(LANGUAGES)) or "en"


def current() -> str:
    """The language that is being rendered in, also inside a push to somebody else's."""
    locale = get_locale()
    return locale.language if locale and locale.language in LANGUAGES else "en"
