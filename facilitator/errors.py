"""What a person reads when something is not there, not theirs, or went wrong: one plain sentence, no echo of input."""

import sys

from flask import Flask, current_app, request
from flask_babel import gettext
from werkzeug.exceptions import HTTPException

from facilitator.answers import Answer, by_script, page, problem
from facilitator.forms import SentTwice, again
from facilitator.guard import OldPage
from sessions.circle.vault import KeyGone
from sessions.database import NotNow

SECRETS = frozenset({"passphrase", "old", "pin", "code", "secret"})
"""Fields that no page gives back: nobody should read them off a screen, or find them in what it kept."""


def init_app(app: Flask) -> None:
    """Answer every error of `app` in words."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(OldPage, old_page)
    app.register_error_handler(KeyGone, key_gone)
    app.register_error_handler(SentTwice, sent_twice)
    app.register_error_handler(NotNow, not_now)


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


def not_now(_error: NotNow) -> Answer:
    """The database can't be used just now. What was sent is given back, to be sent again with one tap."""
    current_app.log_exception(sys.exc_info())
    if request.method != "POST":
        return _said(gettext("This page can’t be shown right now. Wait a moment, then try again."), 503)
    if by_script():
        return problem(not_saved(), 503)
    given_back = not (SECRETS & {*request.form} or request.files)
    sent = [*request.form.items(multi=True)] if given_back else []
    return page("not_saved.html", status=503, sentence=not_saved(), given_back=given_back, sent=sent)


def not_saved() -> str:
    """What is said where something could not be kept just now. Scripts try again by themselves, and say that."""
    return str(gettext("This is not saved yet. Wait a moment, then send it again."))


def _said(sentence: str, status: int) -> Answer:
    return problem(sentence, status) if by_script() else page("error.html", status=status, sentence=sentence)
