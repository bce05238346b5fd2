"""Pages for anybody at all: what this computer keeps, and so could hand over."""

from flask import Blueprint

from facilitator import language
from facilitator.answers import Answer, page
from sessions.library import kept

public = Blueprint("public", __name__)


@public.get("/what-we-keep")
def what_we_keep() -> Answer:
    """Every column and file there is, in plain words, from the same list as docs/what-we-keep.md."""
    groups, here = kept(language.current()), language.current()
    in_part = any(words.language != here for group in groups for words in group.words())
    return page("public/what_we_keep.html", groups=groups, translated_in_part=in_part)
