"""What may import what: one way, and what never."""

from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.code_map import CODE, DRAWN, MAP, ORDER, PARTS, ROOT, arrows, imports, map_of_the_code, module, part_of

MAY_NOT = {
    # who: what it may never import
    "sessions": ("flask", "werkzeug", "wtforms", "socketio", "gevent", "facilitator", "app"),
    "sessions.schedule": ("sessions.circle", "sessions.models"),  # staff who plan cannot reach what is said
    "sessions.accounts": ("sessions.circle", "sessions.schedule"),
    "sessions.host": ("sessions.circle", "sessions.schedule"),
    "sessions.database": ("sessions.circle", "sessions.schedule", "sessions.accounts"),
    "facilitator": ("app", "tests"),
    "app": ("sessions", "tests"),
}
STANDS_ALONE = ("sessions.library", "sessions.permissions", "sessions.words")


def inside(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


def imports_back(who: str, files: list[Path], root: Path = ROOT) -> list[str]:
    """What the modules inside `who`, among these files of the tree at `root`, import although they may not."""
    return [
        f"{module(path, root)} imports {name}"
        for path in files
        if inside(module(path, root), who)
        for name in imports(path)
        if any(inside(name, never) or name.startswith(f"{never}_") for never in MAY_NOT[who])
    ]


@pytest.mark.parametrize("who", MAY_NOT)
def test_imports_point_one_way(who: str) -> None:
    assert imports_back(who, CODE) == []


@pytest.mark.parametrize(
    "line",
    [
        "import sessions.circle",
        "import sessions.circle.shares as planning",
        "from sessions.circle import shares",
        "from sessions import host, circle",
        "def late() -> None:\n    from sessions.circle.vault import Vault",
    ],
)
def test_one_planted_in_the_schedule_is_found(tmp_path: Path, line: str) -> None:
    """Staff who plan can't reach what is said: the rule holds before there is a file it could fail on."""
    folder = tmp_path / "sessions" / "schedule"
    folder.mkdir(parents=True)
    planted, innocent = folder / "series.py", folder / "buildings.py"
    planted.write_text(f"{line}\n")
    innocent.write_text("from sessions import database\nfrom sessions.library import circles_of_friends\n")
    found = imports_back("sessions.schedule", [planted, innocent], tmp_path)
    assert found and all(one.startswith("sessions.schedule.series imports sessions.circle") for one in found)


@pytest.mark.parametrize("who", STANDS_ALONE)
def test_some_modules_stand_alone(who: str) -> None:
    files = [path for path in CODE if inside(module(path), who)]
    assert files
    assert [
        name for path in files for name in imports(path) if inside(name, "sessions") and not inside(name, who)
    ] == []


def test_nothing_imports_in_a_circle() -> None:
    names = {module(path) for path in CODE}
    graph = {module(path): {name for name in imports(path, at_the_top=True) if name in names} for path in CODE}
    for package in [name for name in graph if any(other.startswith(name + ".") for other in names)]:
        # A package's own file gathers its modules; they do not wait for it.
        for name, needed in graph.items():
            if inside(name, package):
                needed.discard(package)
    TopologicalSorter(graph).prepare()


def test_no_import_points_up_the_map_of_the_code() -> None:
    up = [lines for (who, whom), lines in arrows().items() if ORDER.index(who) > ORDER.index(whom)]
    assert up == []


def test_every_name_on_the_map_is_there_once() -> None:
    named = [name for names in PARTS.values() for name in names]
    assert sorted(named) == sorted(set(named))
    assert set(named) - {module(path) for path in CODE} == set()


@pytest.mark.parametrize("name", ["facilitator.something_new", "sessions.something_new"])
def test_a_new_file_is_asked_where_it_belongs(name: str) -> None:
    assert part_of("sessions.circle.something_new") == part_of("sessions.circle")
    with pytest.raises(LookupError, match="Say in PARTS"):
        part_of(name)


def test_the_map_shows_the_code_as_it_is() -> None:
    assert DRAWN.findall(MAP.read_text(encoding="utf-8")) == [map_of_the_code()], "python3 dev.py lists"
