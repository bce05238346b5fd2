"""The real server on a laptop: it encrypts by itself, with a certificate that it made."""

import http.client
import ssl
from pathlib import Path

from tests.server import Server


class LaptopServer(Server):
    """A server that encrypts by itself. Who asks it knows its certificate, and takes no other."""

    def __init__(self, **environment: str) -> None:
        super().__init__(OPEN_CIRCLE_LAN="1", OPEN_CIRCLE_HTTPS="1", **environment)
        self.address = self.address.replace("http:", "https:")
        self.of_websockets = {"sslopt": {"ca_certs": str(self.certificate)}}

    @property
    def certificate(self) -> Path:
        """The file that holds it, once the server has started."""
        return self.data / "certificate.pem"

    def connection(self, patience: float, source: tuple[str, int] | None = None) -> http.client.HTTPConnection:
        """The same, encrypted."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # until there is one, it trusts nobody
        if self.certificate.exists():
            context.load_verify_locations(self.certificate)
        return http.client.HTTPSConnection(
            "127.0.0.1", self.port, timeout=patience, source_address=source, context=context
        )
