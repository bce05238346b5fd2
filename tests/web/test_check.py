"""What `flask --app app check` says of the computer it runs on, mistake by mistake."""

import resource
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from facilitator import check
from tests.server import ROOT

TODAY = datetime(2026, 11, 22, tzinfo=UTC)
SAFE_NGINX = "server {\n  server_name circle.example.org;\n  access_log off;\n  error_log /dev/null crit;\n}\n"
SHIPPED_CADDY, SHIPPED_NGINX = (
    (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("Caddyfile", "nginx.conf")
)
Look = Callable[..., list[str]]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The files by which a computer with nothing wrong says what it is."""
    root = tmp_path / "root"
    for name, said in {
        "proc/mounts": "/dev/vda1 / ext4 rw 0 0\ntmpfs /run tmpfs rw 0 0\n",
        "proc/swaps": "Filename Type Size Used Priority\n",
        "sys/power/resume": "0:0\n",
        "etc/nginx/conf.d/circle.conf": SAFE_NGINX,
        "etc/nginx/conf.d/shop.conf": "server { server_name shop.example.org; access_log /var/log/shop; }",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(said)
    return root


@pytest.fixture
def look(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Look:
    """What is found, sentence by sentence, where these settings differ from safe ones."""
    monkeypatch.delenv("FLASK_DEBUG", raising=False)
    data = tmp_path / "data"
    data.mkdir(mode=0o700)
    safe: dict[str, Any] = {
        "DATA": data,
        "KEYS_DIR": "/run/open-circle/keys",
        "ADDRESS": "https://circle.example.org",
        "PROXIES": 1,
        "DATABASE_URL": f"sqlite:///{data}/open-circle.db",
    }

    def found(now: datetime = TODAY, **different: Any) -> list[str]:
        return [finding.what for finding in check.look(safe | different, root, now)]

    return found


def test_of_a_safe_computer_nothing_is_said(look: Look) -> None:
    assert look() == []


@pytest.mark.parametrize(
    ("file", "says", "found"),
    [
        ("proc/swaps", "Filename Type\n/dev/sda2 partition 1 0 -2\n", "(swap)"),
        ("sys/power/resume", "8:2\n", "(hibernation)"),
        ("proc/mounts", "/dev/vda1 / btrfs rw 0 0\ntmpfs /run tmpfs rw 0 0\n", "snapshots"),
        ("proc/mounts", "/dev/vda1 / ext4 rw 0 0\n", "keys of circles lie on a disk"),
        ("etc/nginx/conf.d/circle.conf", "server { server_name circle.example.org; }", "nginx writes down"),
        ("etc/nginx/conf.d/circle.conf", SAFE_NGINX.replace("access", "# access"), "nginx writes down"),
        ("etc/nginx/conf.d/circle.conf", SAFE_NGINX.replace("error_log", "# error_log"), "nginx writes down"),
        ("etc/caddy/Caddyfile", SHIPPED_CADDY.replace("org {", "org {\n\tlog"), "Caddy writes down"),
        ("etc/caddy/Caddyfile", "circle.example.org {\n  reverse_proxy :5000\n}", "While the server is away"),
    ],
)
def test_it_finds_what_the_system_keeps(file: str, says: str, found: str, look: Look, root: Path) -> None:
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(says)
    [sentence] = look()
    assert found in sentence


@pytest.mark.parametrize(
    ("different", "found"),
    [
        ({"PROXIES": 0}, "OPEN_CIRCLE_PROXIES"),
        ({"KEYS_DIR": "/var/lib/keys"}, "keys of circles lie on a disk"),
        ({"DATABASE_URL": "postgresql+psycopg://circle@db.example.org/circle"}, "may not be encrypted"),
        ({"now": datetime(1970, 1, 1, tzinfo=UTC)}, "says 1970"),
    ],
)
def test_it_finds_what_is_set(different: dict[str, Any], found: str, look: Look) -> None:
    [sentence] = look(**different)
    assert found in sentence


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://circle@/circle?host=/run/postgresql",
        "postgresql+psycopg:///circle",
        "postgresql+psycopg://circle@127.0.0.1/circle",
        "postgresql+psycopg://circle@db.example.org/circle?sslmode=verify-full",
    ],
)
def test_it_is_silent_of_a_way_to_postgresql_that_nobody_can_listen_to(url: str, look: Look) -> None:
    assert look(DATABASE_URL=url) == []


def test_memory_that_is_packed_and_not_written_is_no_swap(look: Look, root: Path) -> None:
    (root / "proc/swaps").write_text("Filename Type\n/dev/zram0 partition 1 0 100\n")
    assert look() == []


def test_the_caddyfile_and_the_nginx_conf_that_we_ship_are_safe(look: Look, root: Path) -> None:
    (root / "etc/caddy").mkdir()
    (root / "etc/caddy/Caddyfile").write_text(SHIPPED_CADDY)
    (root / "etc/nginx/conf.d/circle.conf").write_text(SHIPPED_NGINX)
    assert look() == []


def test_it_finds_folders_that_others_can_look_into(look: Look, tmp_path: Path) -> None:
    (tmp_path / "data/secrets.json").write_text("{}")
    (tmp_path / "data/secrets.json").chmod(0o644)
    [sentence] = look()
    assert "secrets.json" in sentence


def test_it_finds_core_dumps_and_debugging(look: Look, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (1, 1))
    (root / "proc/sys/kernel").mkdir(parents=True)
    (root / "proc/sys/kernel/core_pattern").write_text("core\n")
    core, debug = look()
    assert "core dump" in core and "FLASK_DEBUG" in debug


def test_every_finding_says_how_to_mend_it(root: Path, tmp_path: Path) -> None:
    bare = {"DATA": tmp_path, "KEYS_DIR": tmp_path, "ADDRESS": "https://x.test", "PROXIES": 0}
    found = check.look(bare | {"DATABASE_URL": "sqlite:///x.db"}, root, TODAY)
    assert len(found) >= 2 and all(finding.mend for finding in found)
