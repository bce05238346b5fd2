"""Everything a developer types, from a fresh clone to a finished change. Needs Python 3.11 and nothing else.

python3 dev.py run [--lan [--https]]
                                   open the house on http://127.0.0.1:5000; --lan: for phones on the same network,
                                   with no internet needed (docs/laptop.md); --https: encrypted by this computer itself
python3 dev.py install             only install what it needs to run, for a server (docs/server.md)
python3 dev.py test [ARGS]         lint, types and tests; ARGS go to pytest
python3 dev.py long [ARGS]         the tests that take minutes; OC_SEED=N repeats a run
python3 dev.py bench [ARGS]        what pushes, posts and storms cost, beside peers (half an hour; Linux)
python3 dev.py pictures [ARGS]     photograph the screens in a real browser
python3 dev.py words [LANGUAGE]    bring the message catalogs up to date, or begin one: fr, pt, vi ...
python3 dev.py lists               write again: LICENSES.md, and docs/map.md, what-we-keep.md, clinical-review*.md
python3 dev.py advisories          ask osv.dev what is known against each locked package (needs the network)
python3 dev.py lock [--upgrade]    write both lock files again from pyproject.toml
python3 dev.py vendor [--check]    fetch the browser libraries named in vendor.json again (needs npm)
"""

from __future__ import annotations

import base64
import ctypes.util
import hashlib
import importlib.util
import json
import os
import random
import re
import shlex
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
BIN = ROOT / ".venv/bin"
STAMP = ROOT / ".venv/installed-locks"
LOCK, TEST_LOCK = ROOT / "requirements.lock", ROOT / "requirements-test.lock"
VENDORED = ROOT / "facilitator/static/vendor"
OURS = "facilitator", "sessions"
CATALOGS = ROOT / "facilitator/translations"
EXTRACT = [
    *("extract", "-F", "pyproject.toml", "-k", "lazy_gettext", "--add-location=file"),
    *("--sort-output", "--no-wrap", "--header-comment=# Our words, under the licence of our code.", "facilitator"),
]
"""How our own strings are gathered from code and templates. The tests gather them in the same way."""


def call(*command: str | Path, check: bool = True) -> int:
    """Run a command in the open: what it prints is what the person sees."""
    return subprocess.run(command, cwd=ROOT, check=check).returncode


def apt(*packages: str) -> bool:
    """Install system packages where that is ours to do; otherwise say what to type. True if they were installed."""
    if sys.platform == "linux" and os.geteuid() == 0 and shutil.which("apt-get"):
        os.environ["DEBIAN_FRONTEND"] = "noninteractive"
        return not (
            call("apt-get", "update", "-qq", check=False)
            or call("apt-get", "install", "-qq", "--no-install-recommends", *packages, check=False)
        )
    print(f"Missing here: {' '.join(packages)}. On Debian, type: sudo apt-get install {' '.join(packages)}")
    return False


def uv() -> Path | None:
    """uv inside .venv, by the hash in the test lock; None where there is no build of it, and pip must do."""
    if not (BIN / "python").exists() or not (BIN / "pip").exists():
        # Debian splits ensurepip off, and a venv that was cut short has no pip: both end here.
        if importlib.util.find_spec("ensurepip") is None and not apt("python3-venv"):
            sys.exit("Python's venv module is incomplete; install the package above and try again.")
        call(sys.executable, "-m", "venv", "--clear", ROOT / ".venv")
    pin = re.search(r"^uv==.*?(?=^\S|\Z)", TEST_LOCK.read_text(), re.MULTILINE | re.DOTALL)
    if not (BIN / "uv").exists() and pin:
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as only_uv:
            only_uv.write(pin[0])
            only_uv.flush()
            call(BIN / "pip", "install", "-q", "--require-hashes", "-r", only_uv.name, check=False)
    return BIN / "uv" if (BIN / "uv").exists() else None


def install(*locks: Path) -> None:
    """Make .venv hold what the last lock says. The stamp keeps a warm start instant and, being taken away
    first, never claims what a cut connection left half done."""
    wanted = [hashlib.sha256(lock.read_bytes()).hexdigest() for lock in locks]
    held = STAMP.read_text().split() if STAMP.exists() and (BIN / "python").exists() else []
    if held[: len(wanted)] == wanted:
        return
    print("Installing what Open Circle needs into .venv ...", flush=True)
    STAMP.unlink(missing_ok=True)
    fast = uv()
    installer = [str(fast), "pip", "install", f"--python={BIN}/python"] if fast else [f"{BIN}/pip", "install"]
    # A lock is whole: what a package asks for besides was settled when it was written.
    call(*installer, "-q", "--no-deps", "--require-hashes", "-r", locks[-1])
    STAMP.write_text("\n".join(wanted))


def install_for_tests() -> None:
    """The test lock holds the other one whole. A browser is only wished for: without one, its tests say so."""
    from tests.browsers import find

    install(LOCK, TEST_LOCK)
    missing = [] if find() else ["chromium-headless-shell"]
    if sys.platform == "linux" and not ctypes.util.find_library("atomic"):
        missing.append("libatomic1")  # Playwright's driver does not start without it
    if not shutil.which("redis-server") and not shutil.which("redis-check-rdb"):
        missing.append("redis-tools")  # the same program as in redis-server, without a service that starts by itself
    if not shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"):
        missing.append("nginx-light")
    if missing:
        apt(*missing)


def install_here(_args: list[str]) -> None:
    """What a server needs before `app.py` is started by something else: by a user who may write nothing here, and
    so could not keep what Python compiles: each start would take seconds longer, with people waiting."""
    install(LOCK)
    call(BIN / "python", "-m", "compileall", "-qq", "-j0", ".venv/lib", "app.py", *OURS, check=False)


def run(args: list[str]) -> None:
    if set(args) - {"--lan", "--https"}:
        sys.exit(__doc__)
    install(LOCK)
    for name, setting in (("--lan", "OPEN_CIRCLE_LAN"), ("--https", "OPEN_CIRCLE_HTTPS")):
        if name in args:
            os.environ[setting] = "1"
    os.chdir(ROOT)
    python = str(BIN / "python")  # Python finds its environment by the name it is called by: the whole path
    os.execv(python, [python, "app.py"])


def test(args: list[str]) -> None:
    """Every step runs even if one before it failed, so that one run tells all there is to mend."""
    install_for_tests()
    failed = []
    # A file at a time: what a file shares (a server, a browser) is then made once. One more than there are cores, as
    # the tests of a real server or browser wait for it half of their time.
    workers = str((os.cpu_count() or 1) + 1)
    tests = ["pytest", "-n", workers, "--dist", "loadfile", *args]
    for step in (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], tests):
        print(f"\n$ {shlex.join(step)}", flush=True)
        if call(BIN / step[0], *step[1:], check=False):
            failed.append(" ".join(step[:2]))
    sys.exit(f"\nFailed: {', '.join(failed)}" if failed else 0)


def long(args: list[str]) -> None:
    install_for_tests()
    seed = os.environ.setdefault("OC_SEED", str(random.randrange(2**32)))
    print(f"OC_SEED={seed} repeats this run", flush=True)
    failed = call(BIN / "pytest", "-m", "long", f"--hypothesis-seed={seed}", *args, check=False)
    if not args:
        # What the test run asks of the real server on SQLite, asked of it on PostgreSQL.
        os.environ["OC_LIVE_ON"] = "postgresql"
        failed = call(BIN / "pytest", "tests/live", check=False) or failed
    sys.exit(failed)


def bench(args: list[str]) -> None:
    install_for_tests()
    sys.exit(call(BIN / "python", "-m", "tests.load.bench", *args, check=False))


def pictures(args: list[str]) -> None:
    install_for_tests()
    sys.exit(call(BIN / "python", "-m", "tests.pictures", *args, check=False))


def words(args: list[str]) -> None:
    """A new or changed string starts empty, and shows in English: a promise is never translated by guessing."""
    install(LOCK)
    pybabel: list[str | Path] = [BIN / "pybabel", "-q"]
    languages = sorted({*args, *(folder.name for folder in CATALOGS.iterdir() if folder.is_dir())})
    with tempfile.TemporaryDirectory() as folder:
        strings = Path(folder) / "messages.pot"
        call(*pybabel, *EXTRACT, "-o", strings)
        update = [*pybabel, "update", "-i", strings, "-d", CATALOGS, "--init-missing", "--ignore-obsolete"]
        for language in languages:
            call(*update, "--no-fuzzy-matching", "--ignore-pot-creation-date", "--no-wrap", "-l", language)
    call(BIN / "pybabel", "compile", "--statistics", "-d", CATALOGS)


def lists(args: list[str]) -> None:
    install_for_tests()
    call(BIN / "python", "-m", "tests.lists", *args)


def advisories(args: list[str]) -> None:
    sys.exit(call(sys.executable, "-m", "tests.advisories", *args, check=False))


def lock(args: list[str]) -> None:
    """One lock for Linux and macOS, with a hash for every file and no address, so any registry may serve it."""
    command = [str(uv() or sys.exit("Locking needs uv.")), "pip", "compile", "-q", "pyproject.toml", *args]
    command += ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url", "--no-header"]
    call(*command, "-o", LOCK.name)
    call(*command, "--extra", "scale", "--group", "dev", "-c", LOCK.name, "-o", TEST_LOCK.name)


def vendor(args: list[str]) -> None:
    """Take the named files out of npm packages whose hash we know; --check only compares, and tells by its exit."""
    listed = json.loads((ROOT / "vendor.json").read_text())
    changed = []
    for package, entry in listed.items():
        with tempfile.TemporaryDirectory() as folder:
            call("npm", "pack", "--silent", "--ignore-scripts", "--pack-destination", folder, package)
            tarball = next(Path(folder).iterdir())
            digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
            if entry["integrity"] != f"sha512-{digest}":
                sys.exit(f"{package} is not the package vendor.json names: it is sha512-{digest}")
            with tarfile.open(tarball) as archive:
                for name, file in entry["files"].items():
                    content = archive.extractfile(f"package/{file['from']}").read()  # type: ignore[union-attr]
                    file["sha256"] = hashlib.sha256(content).hexdigest()
                    kept = VENDORED / name
                    if not kept.exists() or kept.read_bytes() != content:
                        changed.append(name)
                        if "--check" not in args:
                            kept.write_bytes(content)
    if "--check" in args:
        sys.exit(f"Differs from its package: {', '.join(changed)}" if changed else 0)
    (ROOT / "vendor.json").write_text(json.dumps(listed, indent=2) + "\n")
    print(f"Written: {', '.join(changed) or 'nothing, all as it was'}")


COMMANDS = {
    command.__name__: command for command in (run, test, long, bench, pictures, words, lists, advisories, lock, vendor)
} | {"install": install_here}

if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - this is where an older Python is told
        sys.exit("Open Circle needs Python 3.11 or newer.")
    name, *rest = sys.argv[1:] or ["help"]
    if name not in COMMANDS:
        sys.exit(__doc__)
    COMMANDS[name](rest)
