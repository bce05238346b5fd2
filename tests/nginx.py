"""A real nginx for one test run, on the very file that docs has, with the ports and folders of the test."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Self

from tests.server import ROOT, free_port

STARTS_WITHIN = 20.0
AS_ROOT = "user root;"  # its own user could not write to our folder
AROUND = """daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {folder}/errors crit;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


class Unavailable(Exception):
    """There is no nginx on this machine."""


class Nginx:
    """It answers at `port`, in plain HTTP, for the servers at these ports."""

    def __init__(self, *ports: int) -> None:
        program = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/bin")
        if program is None:
            raise Unavailable("no nginx: install Debian's nginx-light")
        self._program, self.port = program, free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="oc-nginx-", dir="/tmp"))
        site = (ROOT / "docs/nginx.conf").read_text(encoding="utf-8")
        servers = "".join(f"    server 127.0.0.1:{port} max_fails=0;\n" for port in ports)
        site = re.sub(r"( *server 127\.0\.0\.1:\d+ max_fails=0;\n)+", servers, site)
        site = re.sub(r" *listen \[.*\n", "", site)
        site = site.replace("listen 443 ssl;", f"listen 127.0.0.1:{self.port};")
        site = site.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
        site = re.sub(r" *ssl_certificate\w* .*\n", "", site)
        self._file = self._folder / "nginx.conf"
        self._file.write_text(AROUND.format(folder=self._folder, site=site), encoding="utf-8")

    def __enter__(self) -> Self:
        command = [self._program, "-p", self._folder, "-c", self._file, "-g", AS_ROOT if os.geteuid() == 0 else ""]
        with (self._folder / "said").open("wb") as said:
            self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        until = time.monotonic() + STARTS_WITHIN
        while not (self._folder / "pid").exists():
            if self._process.poll() is not None or time.monotonic() > until:
                raise AssertionError((self._folder / "said").read_text())
            time.sleep(0.02)
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait()
        shutil.rmtree(self._folder, ignore_errors=True)

    def files(self) -> list[Path]:
        """Every file it wrote."""
        return [path for path in self._folder.rglob("*") if path.is_file()]
