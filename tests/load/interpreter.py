"""The Python that serves: one built without optimisation takes half as long again, so the run says which it was."""

import os
import platform
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

from tests.load import temporary

LOCK = Path(__file__).resolve().parents[2] / "requirements-test.lock"
STEPS = 300_000


def go_on_with(python: str, arguments: list[str]) -> None:
    """Begin this run again, with another Python and what the lock says, in a temporary environment of its own."""
    version = subprocess.run([python, "-VV"], capture_output=True, check=True).stdout
    made_of = version + os.path.realpath(python).encode() + LOCK.read_bytes()

    def fill(folder: Path) -> bool:
        print(f"Installing what the lock says for {python} ...", flush=True)
        uv = Path(sys.executable).parent / "uv"
        into = [uv, "pip", "install", "-q", f"--python={folder}/bin/python", "--no-deps", "--require-hashes"]
        commands = ([uv, "venv", "-q", "--allow-existing", f"--python={python}", folder], [*into, "-r", LOCK])
        return all(subprocess.run(command, check=False).returncode == 0 for command in commands)

    folder = temporary.folder("python", made_of, fill)
    if not folder:
        sys.exit(f"No environment for {python}.")
    command = [str(folder / "bin/python"), "-m", "tests.load.bench", *arguments]
    os.execv(command[0], command)


def described() -> str:
    """Which Python this is, how it was built, and what a plain loop takes in it: the last says what the others mean."""
    return f"Python {platform.python_version()}, {_built()} ({_nanoseconds_a_step():.0f} ns for a step of a plain loop)"


def _built() -> str:
    if "--enable-optimizations" in (sysconfig.get_config_var("CONFIG_ARGS") or ""):
        return "optimised"
    # Debian profiles its interpreter by other means, and its list of arguments is that of another build.
    if sys.base_prefix == "/usr" and Path("/usr/lib/python3/dist-packages").exists():
        return "optimised by Debian"
    return "not optimised"


def _nanoseconds_a_step() -> float:
    def once() -> float:
        seen: dict[int, int] = {}
        began = time.process_time()
        for step in range(STEPS):
            seen[step & 255] = seen.get(step & 127, 0) + step
        return (time.process_time() - began) / STEPS * 1e9

    return min(once() for _ in range(5))
