"""What holds whatever is tried, on a real server: nothing is lost, nobody else notices, and nothing is said again."""

import html
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po

from facilitator.safety import _SENTENCES
from tests.people import Circle, Page, Phone
from tests.server import ROOT, Server

MARKER = "corncrake-in-the-hay"
"""Stands in all that is tried, so that it can be looked for afterwards."""
REFUSED = (400, 403, 404, 413, 422, 431)
HOUSE_WIDE = ("accounts", "host", "invitations", "one_use_codes", "recovery_codes")
OF_A_CIRCLE = "SELECT version, state, blank, appear, phones, code_hash, link_hash, sealed_door, pin FROM circles"
CATALOG = ROOT / "facilitator/translations/es/LC_MESSAGES/messages.po"


@contextmanager
def nothing_lost(circle: Circle, ben: Phone, cleo: Phone) -> Iterator[None]:
    """Around what is tried: no row of this circle or of the house changes, Cleo's screen and the log hear nothing, and
    Ben's next good note is kept and told as the next version.
    """
    server, version, printed = ben.server, cleo.catch_up().version, ben.server.output()
    with cleo.listen() as other:
        before = rows(server, circle)
        yield
        assert rows(server, circle) == before, "a row changed"
        assert server.output() == printed, "the log heard of it"
        ben.note("the next good one")
        told = other.wait_for(lambda heard: heard.event == "stream")
        assert told.data["v"] == version + 1 and "the next good one" in str(told.data), "another screen heard of it"


def rows(server: Server, circle: Circle) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of this circle, and of the house what no member changes."""
    with closing(sqlite3.connect(server.data / "open-circle.db")) as database:
        columns = database.execute("SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c").fetchall()
        kept = {name: f"SELECT * FROM {name} WHERE circle_id = ?" for name, column in columns if column == "circle_id"}
        found = {name: database.execute(query, (circle.id,)).fetchall() for name, query in kept.items()}
        found["circles"] = database.execute(f"{OF_A_CIRCLE} WHERE id = ?", (circle.id,)).fetchall()
        found |= {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in HOUSE_WIDE}
    return {name: sorted(lines, key=repr) for name, lines in found.items()}


def refused(answer: Page, language: str = "en", boxed: str = "") -> None:
    """It was refused with one plain sentence in this language, and what was tried is not said again: but on a page
    `boxed` stands in its box.
    """
    assert answer.status in REFUSED, f"{answer.status}: {answer.text[:500]}"
    assert "Traceback" not in answer.text and "Error" not in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    is_page = "<html" in answer.text
    assert len(said := sentences(answer.text)) == 1 and known(said[0], language), said
    boxes = re.findall(r"<textarea[^>]*>(.*?)</textarea>", answer.text, re.DOTALL)
    assert not (is_page and boxed) or boxed in [html.unescape(box).lstrip("\n") for box in boxes]
    around = re.sub(r"<textarea[^>]*>.*?</textarea>", "", answer.text, flags=re.DOTALL)
    assert MARKER not in html.unescape(around)


def sentences(markup: str) -> list[str]:
    """What an answer says is wrong: beside a field, as the one heading of a page, or as a line of its own."""
    if "<" not in markup:
        return [markup]
    found = re.findall(r'<p class="(?:said )?error"[^>]*>(.*?)</p>', markup, re.DOTALL)
    found = found or re.findall(r"<h1>(.*?)</h1>", markup, re.DOTALL)
    return [html.unescape(one).strip() for one in found]


def known(sentence: str, language: str) -> bool:
    """Whether this is a sentence of ours in this language. What is refused before it is read has no language."""
    return sentence in _SENTENCES.values() or any(known.fullmatch(sentence) for known in _sentences(language))


@cache
def _sentences(language: str) -> list[re.Pattern[str]]:
    with Path(CATALOG).open("rb") as file:
        catalog = read_po(file)
    forms: list[str] = []
    for message in catalog:
        said = message.id if language == "en" else message.string
        forms += [said] if isinstance(said, str) else [*said]
    return [re.compile(re.sub(r"%\\?\(\w+\\?\)[ds]", ".+", re.escape(form))) for form in forms if form]
