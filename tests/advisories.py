"""Asks the OSV database (osv.dev) what is known against each locked package. `python3 dev.py advisories` runs it.

Needs the network and no more than Python itself. It sends names and versions of packages, and nothing else.
"""

import json
import re
import sys
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OSV = "https://api.osv.dev"
WITHIN_SECONDS = 30
Package = tuple[str, str, str]


class NoAnswer(Exception):
    """The database could not be asked: nothing is known, neither good nor bad."""


def packages() -> list[Package]:
    """Everything locked, for tests too, and the browser libraries: ecosystem, name, version."""
    lock = (ROOT / "requirements-test.lock").read_text("utf-8")
    python = re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", lock, re.MULTILINE)
    npm = [package.rpartition("@") for package in json.loads((ROOT / "vendor.json").read_text("utf-8"))]
    return [("PyPI", name, version) for name, version in python] + [("npm", name, version) for name, _, version in npm]


def known_against(asked: list[Package], address: str = OSV) -> dict[Package, list[str]]:
    """The ids of the advisories for each of these that has any. Raises NoAnswer."""
    queries = [{"package": {"ecosystem": where, "name": name}, "version": version} for where, name, version in asked]
    request = urllib.request.Request(
        f"{address}/v1/querybatch", json.dumps({"queries": queries}).encode(), {"Content-Type": "application/json"}
    )
    try:
        with urllib.request.urlopen(request, timeout=WITHIN_SECONDS) as answer:
            results = json.load(answer)["results"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoAnswer(str(error)) from None
    if len(results) != len(asked):
        raise NoAnswer("it answered for fewer packages than were asked about")
    found = {
        one: [known["id"] for known in result.get("vulns", [])] for one, result in zip(asked, results, strict=True)
    }
    return {one: ids for one, ids in found.items() if ids}


def main(address: str = OSV) -> int:
    """Print what is known: 0 when that is nothing, 1 when it is something, 2 when nobody could be asked."""
    asked = packages()
    try:
        found = known_against(asked, address)
    except NoAnswer as why:
        print(f"The advisories could not be read, so nothing is known about {len(asked)} packages: {why}")
        return 2
    for (_, name, version), ids in found.items():
        print(f"{name} {version}: {', '.join(ids)}")
    print(f"{len(asked)} packages asked about, {len(found)} with known advisories.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
