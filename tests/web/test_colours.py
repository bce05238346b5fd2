"""Colours that can be told apart: what axe does not see, computed from the tokens themselves, in both schemes."""

import re
from pathlib import Path

import pytest

from facilitator.picture import HUES

TOKENS = Path(__file__).resolve().parents[2] / "facilitator" / "static" / "css" / "tokens.css"
LIGHT, DARK = TOKENS.read_text(encoding="utf-8").split("@media (prefers-color-scheme: dark)")


def colours(scheme: str) -> dict[str, str]:
    found = dict(re.findall(r"--([\w-]+): #([0-9A-F]{6})\b", LIGHT))
    return found | (dict(re.findall(r"--([\w-]+): #([0-9A-F]{6})\b", DARK)) if scheme == "dark" else {})


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card", "sunk"])
def test_the_edge_of_every_control_stands_out(scheme: str, ground: str) -> None:
    assert contrast(colours(scheme)["edge"], colours(scheme)[ground]) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card", "sunk"])
@pytest.mark.parametrize("ink", ["ink", "soft", "green", "warn"])
def test_words_can_be_read_on_every_ground(scheme: str, ground: str, ink: str) -> None:
    assert contrast(colours(scheme)[ink], colours(scheme)[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("group", ["drug", "set", "setting", "warn"])
def test_drug_set_and_setting_can_be_read_on_their_own_wash(scheme: str, group: str) -> None:
    assert contrast(colours(scheme)[group], colours(scheme)[f"{group}-wash"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_words_on_a_green_button_can_be_read(scheme: str) -> None:
    assert contrast(colours(scheme)["on-green"], colours(scheme)["green"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("hue", range(1, HUES + 1))
def test_what_stands_on_the_colour_of_a_room_can_be_read_and_its_edge_stands_out(scheme: str, hue: int) -> None:
    seen = colours(scheme)
    wash = seen[f"hue-{hue}-wash"]
    assert min(contrast(seen[ink], wash) for ink in ("ink", "soft", "green", "set")) >= 4.5
    assert contrast(seen[f"hue-{hue}"], wash) >= 3 and contrast(seen[f"hue-{hue}"], seen["card"]) >= 3


def test_dark_is_other_colours_only() -> None:
    """What stands on a page, and where, is the same in both: in dark, axe is asked about colours alone."""
    names = re.compile(r"--([\w-]+): [^;]+;")
    assert names.sub("", DARK).split() == ["{", ":root", "{", "}", "}"]
    assert set(names.findall(DARK)) <= set(names.findall(LIGHT))
    ours = [file for file in TOKENS.parents[1].rglob("*") if file.suffix in (".css", ".js")]
    assert [file for file in ours if "prefers-color-scheme" in file.read_text(encoding="utf-8")] == [TOKENS]
