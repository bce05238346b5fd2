"""The QR that opens the door of a circle."""

import io

import segno
from flask import current_app


def door_qr(link: str) -> str:
    """The QR as SVG. Its token stands behind #, which no browser sends and no log sees."""
    drawn = io.BytesIO()
    code = segno.make(f"{current_app.config['ADDRESS']}/#{link}", error="m", micro=False)
    code.save(drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=2, light="#fff", dark="#000")
    return drawn.getvalue().decode()
