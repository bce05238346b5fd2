"""What a person reads when something is not there, not theirs, or went wrong: one plain sentence, no echo of input."""

from flask import Flask
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from facilitator.answers import Answer, by_script, page, problem
from facilitator.forms import SentTwice, again
from facilitator.guard import OldPage
from sessions.circle.vault import KeyGone


def init_app(app: Flask) -> None:
    """Answer every error of `app` in words."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OldPage, old_page)
    app.register_error_handler(KeyGone, key_gone)
    app.register_error_handler(SentTwice, sent_twice)


def http_error(error: HTTPException) -> Answer:
    """An error with a status."""
    status = error.code or 500
    if status == 405:  # a method nobody listed is a route that is not there
        status = 404
    sentences = {
        404: gettext("There is nothing here."),
        413: gettext("That is too much to send at once."),
        500: gettext("Something went wrong here. What you typed may not be saved. Look before you send it again."),
    }
    return _said(sentences.get(status) or gettext("That did not work. Go back and try again."), status)


def old_page(_error: OldPage) -> Answer:
    """A post without the token of its page."""
    return _said(gettext("This page was open too long. Reload it and try again."), 403)


def sent_twice(_error: SentTwice) -> Answer:
    """A field came twice, where no form can be given back with it."""
    return _said(again(), 422)


def key_gone(_error: KeyGone) -> Answer:
    """The words of this circle can't be read any more, by anybody."""
    return _said(gettext("What was written is gone. The circle was erased, or its key was lost."), 404)


def _said(sentence: str, status: int) -> Answer:
    return problem(sentence, status) if by_script() else page("error.html", status=status, sentence=sentence)
