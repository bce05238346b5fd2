"""What operators do beside a server that people use: `add-account`, `backup`, `restore`, a second one by mistake; and a
monitor.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from facilitator.safety import HEADERS
from tests.people import Circle, Phone, Staff, Visitor
from tests.server import PASSPHRASE, ROOT, STARTS_WITHIN, Server, free_port

TOKEN = "k3q-Zt81vLx0_mB7sWnAe5Rj2Yp9HcUd"
FIRST_BEAT_WITHIN_SECONDS = 60.0


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[socket.socket]:
    """Where systemd hears what a server that it started says."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.bind(str(tmp_path_factory.mktemp("run") / "notify"))
        told.settimeout(STARTS_WITHIN)
        yield told


@pytest.fixture(scope="module")
def server(told: socket.socket) -> Iterator[Server]:
    """One of their own: after a restore everybody who works there signs in anew."""
    with Server(OPEN_CIRCLE_METRICS_TOKEN=TOKEN, NOTIFY_SOCKET=told.getsockname()) as server:
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
    with cleo.listen() as phone:
        ben.check_in("Slept badly.")
        phone.wait_for_version(ben.here().version)
        known = ben.here().version
        refused = type_in(server, "restore", str(tmp_path / "copy.db"))
        assert refused.returncode != 0 and "A circle is open" in refused.stderr
        assert type_in(server, "restore", "--force", str(tmp_path / "copy.db")).returncode == 0
        phone.wait_for(lambda heard: heard.event == "beat" and heard.data["v"] > known)
    assert list(cleo.here().wall("checkins").values()) == ["Ate first."]
    ben.check_in("And on it goes.")
    assert list(cleo.here().wall("checkins").values()) == ["Ate first.", "And on it goes."]


def test_a_server_says_to_systemd_that_it_answers_and_no_other_command_does(
    server: Server, told: socket.socket
) -> None:
    assert told.recv(100) == b"READY=1" and server.answers()
    told.setblocking(False)
    with pytest.raises(BlockingIOError):
        told.recv(100)


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


def test_a_monitor_is_told_how_it_is_after_the_first_beat_and_nothing_is_logged(server: Server) -> None:
    printed, monitor = server.output(), Visitor(server)
    until, delays = time.monotonic() + FIRST_BEAT_WITHIN_SECONDS, 0
    while delays < 6 and time.monotonic() < until:
        page = monitor.get("/metrics", Authorization=f"Bearer {TOKEN}")
        assert page.status == 200 and HEADERS.items() <= page.headers.items() and not monitor.cookies
        samples = [sample for one in text_string_to_metric_families(page.text) for sample in one.samples]
        delays = len([sample for sample in samples if "quantile" in sample.labels])
        time.sleep(0.5)
    assert delays == 6, "each of three tries was made, by a server whose clock beats by itself"
    assert {sample.name: sample.value for sample in samples}["open_circle_clock_runs"] == 1
    assert monitor.get("/metrics").status == 404
    assert server.output() == printed
