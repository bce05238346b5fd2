"""What an operator types beside a server that people are using: `add-account`, `backup`, `restore`, and by mistake a
second one.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.people import Circle, Phone, Staff
from tests.server import PASSPHRASE, ROOT, Server, free_port


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One of their own: after a restore everybody who works there signs in anew."""
    with Server() as server:
        who = ("ana@example.org", "--role", "facilitator", "--name", "Ana", "--passphrase-stdin")
        made = type_in(server, "add-account", *who, to_it=PASSPHRASE)
        assert made.returncode == 0, made.stderr
        yield server


@pytest.fixture
def ana(server: Server) -> Staff:
    return Staff(server, "ana@example.org")


def type_in(server: Server, *command: str, to_it: str = "") -> subprocess.CompletedProcess[str]:
    """Type a command on the server, as an operator does, and what it reads."""
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "app", *command],
        cwd=ROOT,
        env=server.environment,
        input=to_it,
        text=True,
        capture_output=True,
        check=False,
    )


def test_a_restore_heals_phones_that_are_open(
    server: Server, circle: Circle, ben: Phone, cleo: Phone, tmp_path: Path
) -> None:
    ben.check_in("Ate first.")
    made = type_in(server, "backup", str(tmp_path / "copy.db"))
    assert made.returncode == 0, made.stderr
    with cleo.listen() as socket:
        ben.check_in("Slept badly.")
        socket.wait_for_version(ben.here().version)
        known = ben.here().version
        refused = type_in(server, "restore", str(tmp_path / "copy.db"))
        assert refused.returncode != 0 and "A circle is open" in refused.stderr
        assert type_in(server, "restore", "--force", str(tmp_path / "copy.db")).returncode == 0
        socket.wait_for(lambda heard: heard.event == "beat" and heard.data["v"] > known)
    assert list(cleo.here().wall("checkins").values()) == ["Ate first."]
    ben.check_in("And on it goes.")
    assert list(cleo.here().wall("checkins").values()) == ["Ate first.", "And on it goes."]


def test_a_backup_is_told_in_words_and_never_written_over(server: Server, ana: Staff, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert "It holds no keys" in type_in(server, "backup", str(copy)).stdout
    again = type_in(server, "backup", str(copy))
    assert again.returncode != 0 and again.stderr == "Error: There is such a file already. Nothing was written.\n"


def test_a_second_server_on_the_same_folder_says_so_and_leaves_it_alone(server: Server) -> None:
    second = subprocess.run(
        [sys.executable, "app.py"],
        cwd=ROOT,
        env=server.environment | {"PORT": str(free_port())},
        text=True,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert second.returncode == 1 and second.stderr.startswith("Another server runs on ")
    assert second.stderr.count("\n") == 1
    assert server.answers()
