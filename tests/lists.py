"""Lists that are written and not typed: the inventory in README. `python3 dev.py lists` writes them."""

import re
from pathlib import Path

from sessions.library import FILES, kept

ROOT = Path(__file__).resolve().parent.parent
INVENTORY = re.compile(r"(?<=<!-- kept -->\n).*(?=<!-- /kept -->)", re.DOTALL)


def inventory() -> str:
    """Every column and file, as README shows them."""
    lines = []
    for group in kept("en"):
        head = "File" if group.key == FILES else "Column"
        lines += ["", f"**{group.title.text}**", "", f"| {head} | What it is | How long |", "|---|---|---|"]
        for table in group.tables:
            lines += [f"| `{entry.name}` | {entry.what.text} | {entry.how_long.text} |" for entry in table.entries]
    return "\n".join([*lines, "", ""])


def main() -> None:
    """Write every list anew."""
    readme = ROOT / "README.md"
    readme.write_text(INVENTORY.sub(lambda _: inventory(), readme.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
