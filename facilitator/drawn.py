"""Drawing a part of a page from what it is given, and from nothing else of the request it is drawn in: what is pushed
goes to others than who asked.
"""

from typing import Any

from flask import current_app


def drawn(template: str, **given: Any) -> str:
    """This template with these words. Who is signed in, it does not know: only whole pages do."""
    return current_app.jinja_env.get_template(template).render(given)
