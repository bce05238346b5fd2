"""The browser libraries we serve are, byte for byte, the ones that were fetched and read."""

import hashlib
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_vendored_files_are_the_listed_ones() -> None:
    packages = json.loads((ROOT / "vendor.json").read_text()).values()
    listed = {name: file["sha256"] for package in packages for name, file in package["files"].items()}
    served = (ROOT / "facilitator/static/vendor").iterdir()
    assert {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in served} == listed
