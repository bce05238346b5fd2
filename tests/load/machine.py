"""On what it was measured: a figure without that says nothing."""

import os
import platform
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

from tests.load import interpreter

BUSY = 0.5
"""Others' work, in cores, from which on the machine is called busy."""
FAIR = 5
"""From so many rounds on, a median says something."""


def described(seed: int, rounds: int, load_before: float) -> str:
    """Date, machine, Python, Node, seed and rounds, in three lines. `load_before`: the load before anything began."""
    cpu = re.findall(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    how = "shared with other work" if load_before > BUSY else "otherwise idle"
    of_what = f"{os.cpu_count()} cores, {cpu[0] if cpu else 'CPU unknown'}, {platform.system()} {platform.machine()}"
    few = " Fewer rounds than the five of a fair run: take the ratios as rough." if rounds < FAIR else ""
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, seed {seed}, rounds {rounds}. {of_what}.\n"
        f"{interpreter.described()}; {_node()}.\n"
        f"The machine was {how}: its load before the run was {load_before:.1f}.{few}"
    )


def _node() -> str:
    node = shutil.which("node")
    if not node:
        return "no Node"
    return f"Node {subprocess.run([node, '--version'], capture_output=True, text=True, check=True).stdout.strip()}"
