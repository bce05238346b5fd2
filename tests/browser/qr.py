"""Reads a QR as a phone's camera would: from a picture of the screen."""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import Locator


def read(square: Locator) -> str:
    """What the QR on the screen says."""
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(square.screenshot())))
    assert len(found) == 1, "a camera finds one code"
    return str(found[0].text)
