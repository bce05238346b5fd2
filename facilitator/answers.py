"""How a view answers: a page, a fragment for a script that asked, a way back."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from facilitator.forms import Form

Answer = Response | str | tuple[str, int]

SCRIPT = "fetch"
"""What our own scripts send as X-Requested-With; with scripts off the browser asks for a page."""


def by_script() -> bool:
    """Whether one of our scripts asks, which wants a fragment and not a page."""
    return request.headers.get("X-Requested-With") == SCRIPT


def page(template: str, form: Form | None = None, status: int = 200, **context: Any) -> Answer:
    """A page, with its form; 422 when that holds something to mend."""
    return render_template(template, form=form, **context), 422 if form is not None and form.errors else status


def back_to(endpoint: str, **values: Any) -> Answer:
    """See the other page (303), so that a reload sends nothing twice."""
    return redirect(url_for(endpoint, **values), 303)


def done(endpoint: str, **values: Any) -> Answer:
    """It is done: nothing more to say to a script, as the push says it; a page for everybody else."""
    return ("", 204) if by_script() else back_to(endpoint, **values)


def problem(sentence: str, status: int = 422) -> Answer:
    """One plain sentence, for a script to put beside the field."""
    return render_template("_problem.html", sentence=sentence), status
