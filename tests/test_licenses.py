"""Everything we ship is listed with its licence, and every licence lets a host ship it on."""

import json
import re

import pytest

from tests.lists import MAY_SHIP, ROOT, licenses, locked, may_ship, vendored

LISTED = (ROOT / "LICENSES.md").read_text("utf-8")
SHIPPED = LISTED.partition("## Only for")[0]


def rows(text: str) -> dict[str, tuple[str, str]]:
    """Version and licence by package, as the tables have them."""
    return {
        name: (version, license)
        for name, version, license in re.findall(r"^\| ([\w.-]+) \| (\d\S*) \| (.*) \|$", text, re.MULTILINE)
    }


def test_every_locked_package_and_every_file_of_others_is_listed() -> None:
    versions = {name: version for name, (version, _) in rows(SHIPPED).items()}
    vendor = dict(re.findall(r"^(\S+)@(\S+)$", "\n".join(json.loads((ROOT / "vendor.json").read_text())), re.MULTILINE))
    assert vendor and versions == locked() | vendor, "python3 dev.py lists"


def test_the_list_is_as_the_packages_have_it() -> None:
    assert licenses() == LISTED, "python3 dev.py lists"
    assert vendored()


def test_every_licence_is_on_the_list_of_those_we_may_ship() -> None:
    assert {name: license for name, (_, license) in rows(SHIPPED).items() if not may_ship(license)} == {}


@pytest.mark.parametrize(
    ("license", "may"),
    [
        ("MIT", True),
        ("Apache-2.0 OR GPL-2.0-only", True),
        ("MIT AND PSF-2.0", True),
        ("MIT AND GPL-3.0-only", False),
        ("LGPL-3.0-only", False),
        ("", False),
    ],
)
def test_one_to_choose_is_enough_and_all_that_hold_together_must_be(license: str, may: bool) -> None:
    assert may_ship(license) is may
    assert not any("GPL" in one for one in MAY_SHIP)
