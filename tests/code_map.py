"""docs/map.md, as the code itself has it: which part imports which, and what each file says that it is.

`python3 dev.py lists` writes it; `tests/test_imports.py` holds it against the code.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = [ROOT / "app.py", *sorted((ROOT / "facilitator").rglob("*.py")), *sorted((ROOT / "sessions").rglob("*.py"))]


def web(names: str) -> tuple[str, ...]:
    """Files of the web, by their names."""
    return tuple(f"facilitator.{name}" for name in names.split())


def rules(names: str) -> tuple[str, ...]:
    """Files and folders of the rules, by their names."""
    return tuple(f"sessions.{name}" for name in names.split())


PARTS = {
    "Served": (
        *("app", "facilitator"),
        *web("server encrypted greeting handler safety files pages sockets straight elsewhere clock eyes"),
    ),
    "How it is doing": web("status metrics condition"),
    "Typed on the server": web("cli check demo demo_house"),
    "Pages for anybody": web("whats_on flyers learn public"),
    "Pages of the calendar": web(
        "calendar planning picture on_duty coming_along calendar_forms date_forms calendar_sentences listing "
        "feeds heads heads_file buildings rooms own_words numbers naloxone own_tags building_rules "
        "building_forms places places_files place_forms cards_off own_cards card_forms"
    ),
    "Plans and cards": web("plans plan_files cards"),
    "Pages of a circle": web(
        "door here chips leaving lead parts leading ground_rules hands themes lesson leaders circle_forms "
        "unlock screen prints printed_places after after_forms told_of practice made_up"
    ),
    "Pages of accounts": web("staff account people host acts staff_forms"),
    "Told to every screen": web("live in_order shown shared board taught fan_out engine"),
    "Around every page": web("guard pacing forms answers errors"),
    "What the web is made of": web(
        "extensions registry settings certificate startup network presence audience line frames drawn pulse "
        "socket_rooms processes patience tallies logs language cookies when qr"
    ),
    "The whole house": rules("models migrations.env backup roster first_run"),
    "A meeting": rules("circle"),
    "When and where groups meet": rules("schedule"),
    "Plans and rules of one's own": rules("own_plans plan_sheet plan_file own_rules"),
    "Who works here": rules("accounts permissions invitations sign_ins passphrases second_factor audit host"),
    "The words we ship": rules("library"),
    "Kept": ("sessions", *rules("database turns migrations ticking words cells tokens one_use")),
}
"""The parts of the house, and the files and folders in each. Imports point down this list, never up."""
WHERE = {name: part for part, names in PARTS.items() for name in names}
ORDER = list(PARTS)
FOLDERS = ("sessions.circle", "sessions.schedule", "sessions.library")
MAP = ROOT / "docs/map.md"
DRAWN = re.compile(r"(?<=<!-- drawn -->\n).*(?=<!-- /drawn -->)", re.DOTALL)


def module(path: Path, root: Path = ROOT) -> str:
    """The dotted name of a file of ours."""
    return ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path, at_the_top: bool = False) -> Iterator[str]:
    """Every module a file imports; `from package import name` counts as both, since the name may be a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if at_the_top else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: say the whole name"
            yield str(node.module)
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def part_of(name: str) -> str:
    """The part a module is in. Raises LookupError for one that nobody has put anywhere."""
    while name not in WHERE:
        name, dot, _ = name.rpartition(".")
        if not dot or name in ("facilitator", "sessions"):
            raise LookupError("Say in PARTS of tests/code_map.py where it belongs, then: python3 dev.py lists")
    return WHERE[name]


def arrows() -> dict[tuple[str, str], list[str]]:
    """Which part imports which, and by which lines: `who imports whom`."""
    # `from sessions import accounts` is of the module, not of the package that it stands in.
    ours = {module(path): path for path in CODE}
    whole = {"facilitator", "sessions"}
    found: dict[tuple[str, str], list[str]] = {}
    for who, path in ours.items():
        for name in set(imports(path)) & set(ours) - whole:
            if part_of(who) != part_of(name):
                found.setdefault((part_of(who), part_of(name)), []).append(f"{who} imports {name}")
    return found


def map_of_the_code() -> str:
    """The picture of the parts, which GitHub draws, and every file with the first words of its own docstring."""
    lines = ["", "```mermaid", "flowchart TD"]
    for folder, says in (("facilitator", "facilitator/: the web"), ("sessions", "sessions/: the rules")):
        inside = [part for part, names in PARTS.items() if names[-1].partition(".")[0] == folder]
        boxes = [f'    p{ORDER.index(part)}["{part}"]' for part in inside]
        lines += [f'  subgraph {folder} ["{says}"]', *boxes, "  end"]
    lines += [f"  p{ORDER.index(above)} --> p{ORDER.index(below)}" for above, below in _drawn(set(arrows()))]
    lines += ["```", ""]
    for part in PARTS:
        lines += [f"## {part}", "", "| File | What it is |", "|---|---|"]
        lines += [f"| [{_short(path)}](../{path.relative_to(ROOT)}) | {_says(path)} |" for path in _files(part)]
        lines += [""]
    return "\n".join(lines)


def _drawn(pairs: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """The arrows that do not follow from others."""

    def leads(above: str, below: str) -> bool:
        return any(one == above and (two == below or leads(two, below)) for one, two in pairs)

    needed = [
        (above, below)
        for above, below in pairs
        if not any(one == above and two != below and leads(two, below) for one, two in pairs)
    ]
    return sorted(needed, key=lambda pair: (ORDER.index(pair[0]), ORDER.index(pair[1])))


def _files(part: str) -> list[Path]:
    """In the order in which the part names them; a folder's by the alphabet. Releases of the tables are left out."""
    placed = [path for path in CODE if part_of(module(path)) == part and path.parent.name != "versions"]
    names = PARTS[part]
    return sorted(placed, key=lambda path: next(at for at, name in enumerate(names) if _within(module(path), name)))


def _within(name: str, place: str) -> bool:
    return name == place or (place in FOLDERS and name.startswith(f"{place}."))


def _short(path: Path) -> str:
    name = path.relative_to(ROOT)
    return f"{name.parent}/" if path.name == "__init__.py" else str(name)


def _says(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n\n")[0].replace("\n", " ")
