"""QR codes, as SVG for our own pages."""

import io

import segno
from flask import current_app


def draw(words: str) -> str:
    """These words as a QR, in SVG: black on white in either scheme, as cameras expect it."""
    drawn = io.BytesIO()
    segno.make(words, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, light="#fff", dark="#000"
    )
    return drawn.getvalue().decode()


def door_qr(link: str) -> str:
    """The QR that opens the door of a circle. Its token stands behind #, which no browser sends and no log sees."""
    return draw(f"{current_app.config['ADDRESS']}/#{link}")
