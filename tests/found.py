"""Looks for words in bytes: in every file of a folder, and in the files' names."""

import base64
from pathlib import Path


def found(markers: dict[str, bytes], folder: Path) -> list[str]:
    """Which markers are in which files: as they are, in hex, base64 or UTF-16, in any case, and in the files' names."""
    shapes = {name: [shape.lower() for shape in _shapes(marker)] for name, marker in markers.items()}
    hits = []
    for file in filter(Path.is_file, folder.rglob("*")):
        content = (str(file.relative_to(folder)).encode() + b"\n" + file.read_bytes()).lower()
        hits += [f"{name} in {file.name}" for name, each in shapes.items() if any(shape in content for shape in each)]
    return hits


def _shapes(marker: bytes) -> list[bytes]:
    shapes = [marker, marker.hex().encode(), base64.b64encode(marker).rstrip(b"=")[:-2]]
    return [*shapes, marker.decode().encode("utf-16-le")] if marker.isascii() else shapes
