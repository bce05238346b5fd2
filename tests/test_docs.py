"""What we write for who reads the code: no link leads nowhere, and no picture lies about that nobody sees."""

import re
from pathlib import Path

import pytest

from tests.code_map import ROOT

DOCS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)|\ssrc=\"([^\"]+)\"")


def links(doc: Path) -> list[str]:
    """Where its links and pictures lead, but for other sites."""
    found = [one or other for one, other in LINK.findall(doc.read_text("utf-8"))]
    return [link for link in found if not link.startswith(("https://", "http://"))]


def headings(doc: Path) -> set[str]:
    """The places in it that a link may name."""
    said = re.findall(r"^#+ (.+)$", doc.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in said}


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_every_link_leads_somewhere(doc: Path) -> None:
    for link in links(doc):
        name, _, place = link.partition("#")
        there = doc.parent / name if name else doc
        assert there.exists(), link
        assert not place or place in headings(there), link


def test_every_picture_is_shown() -> None:
    shown = {(doc.parent / link).resolve() for doc in DOCS for link in links(doc)}
    assert set((ROOT / "docs/pictures").iterdir()) - shown == set()
