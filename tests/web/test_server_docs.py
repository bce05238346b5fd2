"""What docs/server.md, the unit and the Containerfile name is there: an operator types it as it stands."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from flask import Flask

import dev
from tests.server import ROOT
from tests.web.cast import Desk, Phone

DOCS = ROOT / "docs"
GUIDE, CONTAINER, UNIT = (
    path.read_text(encoding="utf-8")
    for path in (DOCS / "server.md", ROOT / "Containerfile", DOCS / "open-circle.service")
)
SETTINGS = (ROOT / "facilitator/settings.py").read_text(encoding="utf-8")
OF_PYTHON = {"PYTHONDONTWRITEBYTECODE"}
TYPED = [line for block in re.findall(r"```\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]
TYPED += re.findall(r"`([^`\n]+)`", GUIDE)


def test_each_command_that_is_typed_is_there(app: Flask) -> None:
    said = " && ".join(TYPED) + CONTAINER + (ROOT / "README.md").read_text(encoding="utf-8")
    ours = set(re.findall(r"(?:&& |^)circle ([a-z-]+)|flask --app app ([a-z-]+)", said))
    assert {"check", "backup", "restore", "may-restart"} <= {first or second for first, second in ours}
    assert {first or second for first, second in ours} - set(app.cli.commands) == set()
    assert set(re.findall(r"dev\.py ([a-z]+)", said)) - set(dev.COMMANDS) == set()


def test_before_a_newer_release_it_says_whether_a_circle_is_open(app: Flask, ana: Desk) -> None:
    def asked() -> tuple[int, str]:
        with app.app_context():
            told = app.test_cli_runner().invoke(args=["may-restart"])
        return told.exit_code, told.output.split(".")[0]

    assert asked() == (0, "No circle is open")
    circle = ana.open()
    assert asked() == (1, "Error: A circle is open")
    ana.do(f"{circle.console}/close")
    assert asked() == (0, "No circle is open")


def test_each_file_of_ours_that_is_named_is_there_and_the_script_can_be_run() -> None:
    named = set(re.findall(r"\bdocs/[\w.-]+\w", GUIDE + CONTAINER))
    assert {"docs/circle", "docs/Caddyfile", "docs/nginx.conf", "docs/open-circle.service"} <= named
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert (DOCS / "circle").stat().st_mode & 0o111 == 0o111
    assert subprocess.run(["sh", "-n", DOCS / "circle"], check=False).returncode == 0


def test_each_setting_that_is_named_is_one_the_program_reads() -> None:
    in_container = [pair for line in re.findall(r"^ENV (.*)", CONTAINER, re.MULTILINE) for pair in line.split()]
    pairs = [*re.findall(r"^Environment=(.*)", UNIT, re.MULTILINE), *in_container]
    pairs += re.findall(r"-e (\S+)", CONTAINER) + re.findall(r"\b(OPEN_CIRCLE_\w+=)", GUIDE)
    names = {pair.partition("=")[0] for pair in pairs}
    assert {"OPEN_CIRCLE_DATA", "OPEN_CIRCLE_ADDRESS", "OPEN_CIRCLE_PROXIES", "KEYS_DIR"} <= names
    assert [name for name in names - OF_PYTHON if f'"{name}"' not in SETTINGS] == []


def test_where_they_ask_whether_it_is_well_it_answers(app: Flask) -> None:
    for path in ("/healthz", "/readyz"):
        assert path in GUIDE and Phone(app).get(path).status == 200
    assert "/healthz" in re.findall(r"^HEALTHCHECK .*", CONTAINER, re.MULTILINE)[0]


def test_systemd_knows_every_line_of_the_unit(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    if not program:
        pytest.skip("no systemd here to read the unit")
    unit = tmp_path / "open-circle.service"
    unit.write_text(UNIT.replace("/opt/open-circle/.venv/bin/python", "/bin/true"))
    read = subprocess.run([program, "verify", unit], text=True, capture_output=True, check=False)
    assert [line for line in read.stderr.splitlines() if unit.name in line] == []


def test_the_container_has_a_user_of_its_own_and_only_the_program_in_it() -> None:
    lines = [line for line in CONTAINER.splitlines() if re.match(r"[A-Z]+ ", line)]
    steps = [line.partition(" ")[0] for line in lines]
    assert lines[steps.index("USER")] == "USER circle" and "RUN" not in steps[steps.index("USER") :]
    copied = {name for line in lines if line.startswith("COPY") for name in line.split()[1:-1]}
    allowed = set(re.findall(r"^!(.*)", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE))
    assert copied == allowed and [name for name in copied if not (ROOT / name).exists()] == []
