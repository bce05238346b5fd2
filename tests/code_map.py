"""docs/map.md, as the code itself has it: which part imports which, and what each file says that it is.

`python3 dev.py lists` writes it; `tests/test_imports.py` holds it against the code.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CODE = [ROOT / "app.py", *sorted((ROOT / "facilitator").rglob("*.py")), *sorted((ROOT / "sessions").rglob("*.py"))]

PARTS = {
    "Served": (
        *("app", "facilitator", "facilitator.server", "facilitator.handler", "facilitator.safety", "facilitator.files"),
        *("facilitator.pages", "facilitator.sockets", "facilitator.straight", "facilitator.elsewhere"),
        *("facilitator.clock", "facilitator.eyes"),
    ),
    "Typed on the server": ("facilitator.cli", "facilitator.check", "facilitator.demo", "facilitator.demo_house"),
    "Pages for anybody": ("facilitator.whats_on", "facilitator.flyers", "facilitator.learn", "facilitator.public"),
    "Pages of the calendar": (
        *("facilitator.calendar", "facilitator.planning", "facilitator.picture", "facilitator.on_duty"),
        *("facilitator.coming_along", "facilitator.calendar_forms", "facilitator.calendar_sentences"),
        *("facilitator.listing", "facilitator.feeds", "facilitator.heads", "facilitator.heads_file"),
        *("facilitator.buildings", "facilitator.rooms", "facilitator.own_words", "facilitator.numbers"),
        *("facilitator.naloxone", "facilitator.own_tags", "facilitator.building_rules", "facilitator.building_forms"),
        *("facilitator.places", "facilitator.places_files", "facilitator.place_forms"),
        *("facilitator.cards_off", "facilitator.own_cards", "facilitator.card_forms"),
    ),
    "Plans and cards": ("facilitator.plans", "facilitator.plan_files", "facilitator.cards"),
    "Pages of a circle": (
        *("facilitator.door", "facilitator.here", "facilitator.chips", "facilitator.leaving", "facilitator.lead"),
        *("facilitator.parts", "facilitator.leading", "facilitator.ground_rules", "facilitator.hands"),
        *("facilitator.themes", "facilitator.lesson", "facilitator.leaders", "facilitator.unlock"),
        *("facilitator.screen", "facilitator.prints", "facilitator.printed_places"),
        *("facilitator.after", "facilitator.after_forms", "facilitator.told_of"),
        *("facilitator.practice", "facilitator.made_up"),
    ),
    "Pages of accounts": (
        *("facilitator.staff", "facilitator.account", "facilitator.people", "facilitator.host", "facilitator.acts"),
        "facilitator.staff_forms",
    ),
    "Told to every screen": (
        *("facilitator.live", "facilitator.in_order", "facilitator.shown", "facilitator.shared", "facilitator.board"),
        *("facilitator.taught", "facilitator.fan_out", "facilitator.engine"),
    ),
    "Around every page": (*("facilitator.guard", "facilitator.forms", "facilitator.answers", "facilitator.errors"),),
    "What the web is made of": (
        *("facilitator.extensions", "facilitator.registry", "facilitator.settings", "facilitator.startup"),
        *("facilitator.presence", "facilitator.audience", "facilitator.line", "facilitator.frames"),
        *("facilitator.socket_rooms", "facilitator.processes", "facilitator.patience", "facilitator.tallies"),
        *("facilitator.logs", "facilitator.language", "facilitator.cookies", "facilitator.when", "facilitator.qr"),
    ),
    "The whole house": (
        *("sessions.models", "sessions.migrations.env", "sessions.backup", "sessions.roster", "sessions.first_run"),
    ),
    "A meeting": ("sessions.circle",),
    "When and where groups meet": ("sessions.schedule",),
    "Plans and rules of one's own": (
        *("sessions.own_plans", "sessions.plan_sheet", "sessions.plan_file", "sessions.own_rules"),
    ),
    "Who works here": (
        *("sessions.accounts", "sessions.permissions", "sessions.invitations", "sessions.sign_ins"),
        *("sessions.passphrases", "sessions.second_factor", "sessions.audit", "sessions.host"),
    ),
    "The words we ship": ("sessions.library",),
    "Kept": (
        *("sessions", "sessions.database", "sessions.turns", "sessions.migrations", "sessions.ticking"),
        *("sessions.words", "sessions.cells", "sessions.tokens", "sessions.one_use"),
    ),
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
        if not dot or name == "facilitator":
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
    lines += [f'  p{ORDER.index(part)}["{part}"]' for part in PARTS]
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
    inside = path.relative_to(ROOT).parent if path.name == "__init__.py" else path.relative_to(ROOT)
    return f"{inside}/" if path.name == "__init__.py" else str(inside)


def _says(path: Path) -> str:
    return (ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "").partition("\n\n")[0].replace("\n", " ")
