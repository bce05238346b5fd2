"""Static files: read once, compressed once, and kept by browsers for a year. Pages are compressed as they go.

All files stand under one mark of their content. A script that asks for its neighbour by a relative path gets the
neighbour of the same release, and a page of an old release never mixes with a new one.
"""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

SMALLEST_TO_COMPRESS = 256
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
"""Said by us: a machine's own table of types may call a script plain text, and then it does not run."""


@dataclass(frozen=True)
class File:
    """One file as it is served."""

    plain: bytes
    packed: bytes
    kind: str


class Files:
    """Every file of a folder."""

    def __init__(self, folder: Path) -> None:
        """Read `folder` whole: a few hundred kilobytes."""
        self._files = {
            str(path.relative_to(folder)): _file(path) for path in sorted(folder.rglob("*")) if path.is_file()
        }
        content = hashlib.sha256()
        for name, file in self._files.items():
            content.update(name.encode() + file.plain)
        self.mark = content.hexdigest()[:12]

    def send(self, mark: str, name: str) -> Response:
        """A file under the mark of this release; another release's is not there."""
        file = self._files.get(name)
        if file is None or mark != self.mark:
            raise NotFound
        return _packed(Response(file.plain, content_type=file.kind), file.packed)


def init_app(app: Flask, folder: Path) -> None:
    """Serve the files of `folder`, and give templates `asset(name)`: the address of one."""
    files = Files(folder)
    app.add_url_rule("/static/<mark>/<path:name>", "static", files.send)
    app.after_request(pack_page)
    app.jinja_env.globals["asset"] = lambda name: f"/static/{files.mark}/{name}"


def pack_page(answer: Response) -> Response:
    """Compress a page. On prepaid data its bytes are money, and on a weak signal they are time.

    Size tells an onlooker no secret of ours: what stands beside others' words in a page is a form's token, which is
    worth nothing without the cookie, and the cookie does not travel with a foreign site's request.
    """
    if answer.mimetype != "text/html" or answer.is_streamed or len(answer.get_data()) < SMALLEST_TO_COMPRESS:
        return answer
    return _packed(answer, gzip.compress(answer.get_data(), 6, mtime=0))


def _packed(answer: Response, packed: bytes) -> Response:
    answer.vary.add("Accept-Encoding")
    if len(packed) < len(answer.get_data()) and request.accept_encodings.quality("gzip"):
        answer.set_data(packed)
        answer.content_encoding = "gzip"
    return answer


def _file(path: Path) -> File:
    plain = path.read_bytes()
    kind = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind.endswith("+xml")
    # mtime=0: the same bytes give the same bytes, on every machine.
    packed = gzip.compress(plain, 9, mtime=0) if text and len(plain) >= SMALLEST_TO_COMPRESS else plain
    return File(plain, packed, f"{kind}; charset=utf-8" if text else kind)
