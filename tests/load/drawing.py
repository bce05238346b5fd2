"""One small picture of a run: bars, in SVG, light and dark. Written by hand, as a library would be more than it."""

import textwrap
from html import escape

from tests.load.aims import DIRECT, EXPRESS, FAN_OUT, FASTIFY, MANUALS, PHONE, POST, PYTHON, STOCK, C, Found, middle

WIDTH, LEFT, ROW, BAR = 720, 190, 22, 14
SMALL_LINE, SMALL_SIGNS = 15, 105
CONTENDERS = (DIRECT, STOCK, FASTIFY, EXPRESS, MANUALS, PYTHON, C)
PANELS = [
    (title.format(words), figure.format(shape))
    for title, figure in (
        ("A whole post, {}: CPU-ms of the server", POST),
        ("1,000 pushes alone, {}: CPU-ms of the server", FAN_OUT),
    )
    for shape, words in (("1 x 200", "one room of 200"), ("50 x 20", "50 rooms of 20"))
] + [("An idle phone: KiB of the server's memory", PHONE)]
STYLE = """
svg{background:#fff}text{font:13px system-ui,sans-serif;fill:#222}.title{font-weight:600}.small{font-size:11px}
.bar{fill:#8a8f98}.ours{fill:#1f6f5c}
@media (prefers-color-scheme:dark){svg{background:#16181b}text{fill:#e8e8e8}.bar{fill:#7d838c}.ours{fill:#5cc2a6}}
"""


def svg(found: Found, about: str) -> str:
    """The picture, and under it on what it was measured. A panel that nobody was measured for is left out."""
    lines, y = [], 8
    for title, figure in PANELS:
        bars = [(name, took) for name in CONTENDERS if (took := middle(found, name, figure)) is not None]
        if not bars:
            continue
        lines.append(f'<text class="title" x="12" y="{y + 16}">{escape(title)}</text>')
        y += 26
        per_unit = (WIDTH - LEFT - 80) / max(took for _, took in bars)
        for name, took in bars:
            wide, kind = max(1.0, took * per_unit), "ours" if name == DIRECT else "bar"
            lines.append(f'<text x="{LEFT - 8}" y="{y + 12}" text-anchor="end">{escape(name)}</text>')
            lines.append(f'<rect class="{kind}" x="{LEFT}" y="{y + 1}" width="{wide:.1f}" height="{BAR}" rx="2"/>')
            lines.append(f'<text x="{LEFT + wide + 6:.1f}" y="{y + 12}">{took:.1f}</text>')
            y += ROW
        y += 12
    for line in textwrap.wrap(about, SMALL_SIGNS):
        lines.append(f'<text class="small" x="12" y="{y + 10}">{escape(line)}</text>')
        y += SMALL_LINE
    box = f'viewBox="0 0 {WIDTH} {y}" width="{WIDTH}" height="{y}"'
    label = "CPU and memory of the server; less is better"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img" aria-label="{label}">'
    return "\n".join([head, f"<style>{STYLE}</style>", *lines, "</svg>", ""])
