"""Lists that are written, not typed: LICENSES.md; in docs what is kept, the map of the code, what a clinician signs.

`python3 dev.py lists` writes them.
"""

import json
import re
from importlib import metadata

from sessions.library import FILES, kept
from tests.clinical_review import REVIEWED, review
from tests.code_map import DRAWN, MAP, ROOT, map_of_the_code

WHAT_WE_KEEP = ROOT / "docs/what-we-keep.md"
VENDORED = ROOT / "facilitator/static/vendor"
PEERS = ROOT / "tests/load/peers/package-lock.json"
INVENTORY = re.compile(r"(?<=<!-- kept -->\n).*(?=<!-- /kept -->)", re.DOTALL)

MAY_SHIP = {
    *("0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MPL-2.0", "PSF-2.0"),
    "ZPL-2.1",
}
"""Licences that ask of a host no more than to keep the notice (MPL: to keep changes to its own files open)."""
MEANS = {
    "License :: OSI Approved :: BSD License": "BSD",
    "License :: OSI Approved :: MIT License": "MIT",
    "Zero-Clause BSD": "0BSD",
    "The MIT License (MIT)": "MIT",
}
SCALE = ("gunicorn", "psycopg", "psycopg-binary", "redis")
"""What the extra `scale` adds, for whoever asks for it."""

ABOUT_LICENSES = """# Licences

Open Circle is under the MIT licence: see `LICENSE`. It stands on the packages below. This file is written
by `python3 dev.py lists` from what the installed packages say of themselves. A test fails when one is missing, or has a
licence that is not on its list. A package may carry others' code in it; their notices are in the package.
"""


def inventory() -> str:
    """Every column and file, as tables."""
    lines = []
    for group in kept("en"):
        head = "File" if group.key == FILES else "Column"
        lines += ["", f"**{group.title.text}**", "", f"| {head} | What it is | How long |", "|---|---|---|"]
        for table in group.tables:
            lines += [f"| `{entry.name}` | {entry.what.text} | {entry.how_long.text} |" for entry in table.entries]
    return "\n".join([*lines, "", ""])


def locked(name: str = "requirements.lock") -> dict[str, str]:
    """The packages of a lock file, and their versions."""
    lock = (ROOT / name).read_text("utf-8")
    return dict(re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", lock, re.MULTILINE))


def vendored() -> dict[str, tuple[str, str]]:
    """The browser libraries we serve: version and licence, by name."""
    found = {}
    for package, entry in json.loads((ROOT / "vendor.json").read_text("utf-8")).items():
        name, _, version = package.rpartition("@")
        notice = next(VENDORED / file for file in entry["files"] if file.endswith(".LICENSE"))
        found[name] = version, MEANS[notice.read_text("utf-8").splitlines()[0]]
    return found


def peers() -> list[tuple[str, str, str]]:
    """The Node packages that the benchmark's peers ask for: name, version and licence, as their lock has them."""
    packages = json.loads(PEERS.read_text("utf-8"))["packages"]
    entries = [(name, packages[f"node_modules/{name}"]) for name in packages[""]["dependencies"]]
    return [(name, entry["version"], entry["license"]) for name, entry in entries]


def license_of(package: str) -> str:
    """The licence an installed package says it has, as an SPDX expression where it says so."""
    told = metadata.metadata(package)
    classified = [MEANS[line] for line in told.get_all("Classifier") or [] if line in MEANS]
    short = told.get("License") or ""
    return told.get("License-Expression") or (short if 0 < len(short) < 20 else "") or " AND ".join(classified)


def may_ship(expression: str) -> bool:
    """Whether a licence is on our list: one of those to choose from, and all of those that hold together."""
    choices = [choice.split(" AND ") for choice in expression.split(" OR ")]
    return any({part.strip(" ()") for part in parts} <= MAY_SHIP for parts in choices)


def licenses() -> str:
    """LICENSES.md."""
    python = [(name, version, license_of(name)) for name, version in locked().items()]
    browser = [(name, *both) for name, both in vendored().items()]
    everything = locked("requirements-test.lock")
    scale = [(name, everything[name], license_of(name)) for name in SCALE]
    return "\n".join(
        [
            ABOUT_LICENSES,
            *_table("Installed with it (`requirements.lock`)", python),
            *_table("Served to browsers (`vendor.json`)", browser),
            *_table(
                "Only for a host who asks for the extra `scale`, and in tests; never part of what is shipped", scale
            ),
            *_table(
                "Only for `dev.py bench`, into a temporary folder of the run; never part of what is shipped", peers()
            ),
        ]
    )


def _table(title: str, rows: list[tuple[str, str, str]]) -> list[str]:
    lines = [f"| {name} | {version} | {license} |" for name, version, license in rows]
    return [f"## {title}", "", "| Package | Version | Licence |", "|---|---|---|", *lines, ""]


def main() -> None:
    """Write every list anew."""
    WHAT_WE_KEEP.write_text(INVENTORY.sub(lambda _: inventory(), WHAT_WE_KEEP.read_text("utf-8")), "utf-8")
    MAP.write_text(DRAWN.sub(lambda _: map_of_the_code(), MAP.read_text("utf-8")), "utf-8")
    (ROOT / "LICENSES.md").write_text(licenses(), "utf-8")
    for language, file in REVIEWED.items():
        (ROOT / file).write_text(review(language), "utf-8")


if __name__ == "__main__":
    main()
