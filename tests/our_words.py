"""Every string of ours in English, with the file and the line it stands in. None of a member's is ever among them."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml
from babel.messages.pofile import read_po

from dev import EXTRACT, ROOT
from sessions.library.languages import SHIPPED

NOT_WORDS = frozenset({"key", "kind", "url", "for", "moves", "tel", "sms", "always_in_view", "place"})


@dataclass(frozen=True)
class Said:
    """One string, where it stands, and under which keys of its file."""

    file: str
    line: int
    text: str
    keys: tuple[str, ...] = ()

    @property
    def in_a_card(self) -> bool:
        return "/cards/" in self.file

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@cache
def of_the_pages() -> tuple[Said, ...]:
    """What templates and code say, gathered as `dev.py words` gathers it."""
    gather = ["--add-location=full" if word == "--add-location=file" else word for word in EXTRACT]
    with TemporaryDirectory() as folder:
        file = Path(folder) / "messages.pot"
        command = [sys.executable, "-m", "babel.messages.frontend", "-q", *gather, "-o", str(file)]
        subprocess.run(command, cwd=ROOT, check=True)
        catalog = read_po(file.read_text("utf-8").splitlines())
    return tuple(
        Said(place, line or 0, form)
        for message in catalog
        for place, line in message.locations
        for form in ((message.id,) if isinstance(message.id, str) else message.id)
    )


@cache
def of_the_library() -> tuple[Said, ...]:
    """What the files of the library say."""
    return tuple(said for file in sorted((SHIPPED / "en").rglob("*.yaml")) for said in of_a_file(file))


def of_a_file(file: Path) -> list[Said]:
    """What one file of the library says."""
    name = str(file.relative_to(ROOT)) if file.is_relative_to(ROOT) else str(file)
    tree = yaml.compose(file.read_text("utf-8"), Loader=yaml.SafeLoader)
    return [Said(name, line, text, keys) for keys, line, text in _leaves(tree, ())]


def _leaves(node: yaml.Node, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int, str]]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value not in NOT_WORDS:
                yield from _leaves(value, (*keys, name.value))
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _leaves(value, keys)
    elif node.tag.endswith(":str"):
        yield keys, node.start_mark.line + 1, node.value
