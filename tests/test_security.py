"""SECURITY.md tells of every requirement, and of no test that isn't there."""

import ast
import re

import pytest

from tests.lists import ROOT

TEXT = (ROOT / "SECURITY.md").read_text("utf-8")
ROWS = re.findall(r"^\| (\d[^|]*) \| ([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE)
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", TEXT)))
WORDS = ("no such thing", "the host's", "lint", "read above", "not met", "not shown by a test")

# OWASP ASVS 5.0.0: how many requirements of levels 1 and 2 each section has. They come first in it, in order.
SECTIONS = {
    **{"1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2},
    **{"2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1},
    **{"3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2},
    **{"4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4},
    **{"5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3},
    **{"6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4},
    **{"7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2},
    **{"8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1},
    **{"9.1": 3, "9.2": 4},
    **{"10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3},
    **{"11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1},
    **{"12.1": 3, "12.2": 2, "12.3": 4},
    **{"13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5},
    **{"14.1": 2, "14.2": 4, "14.3": 3},
    **{"15.1": 3, "15.2": 3, "15.3": 7},
    **{"16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3},
    **{"17.1": 1, "17.2": 4, "17.3": 2},
}


def spelt_out(numbers: str) -> list[str]:
    """`1.2.5–1.2.7, 1.3.1` as one number after the other."""
    found = []
    for part in numbers.split(", "):
        first, _, last = part.partition("–")
        section, _, start = first.rpartition(".")
        end = (last or first).rpartition(".")[2]
        found += [f"{section}.{number}" for number in range(int(start), int(end) + 1)]
    return found


def test_every_requirement_has_its_row_once() -> None:
    told = [number for numbers, _, _ in ROWS for number in spelt_out(numbers)]
    wanted = [f"{section}.{number}" for section, most in SECTIONS.items() for number in range(1, most + 1)]
    assert len(wanted) == 253
    assert sorted(told) == sorted(wanted)


def test_every_row_names_a_test_or_says_why_there_is_none() -> None:
    assert [row for row in ROWS if "::" not in row[2] and not row[2].startswith(WORDS)] == []


@pytest.mark.parametrize(("file", "name"), NAMED, ids=lambda part: part)
def test_every_test_it_names_is_there(file: str, name: str) -> None:
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    assert name in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


def test_it_names_some() -> None:
    assert len(NAMED) > 80
    assert TEXT.count("::") == sum(cell.count("::") for _, _, cell in ROWS) + 1, "one outside the table explains itself"
