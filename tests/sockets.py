"""What listens beside the people: a socket that keeps a journal, and a websocket held in the bare hand."""

import json
import socket
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urlencode

import engineio
import socketio
import websocket

if TYPE_CHECKING:
    from tests.people import Visitor

PATIENCE = 20.0
GREETED_WITHIN = 20.0


class InOrder(engineio.Client):
    """The library's client hands each message to a thread of its own: what came first is not always heard first."""

    def _trigger_event(self, event: str, *args: Any, **how: Any) -> Any:
        return super()._trigger_event(event, *args, **how | ({"run_async": False} if event == "message" else {}))


class HearsInOrder(socketio.Client):
    """A Socket.IO client that hears what it is told in the order in which it came over the wire."""

    def _engineio_client_class(self) -> type[InOrder]:
        return InOrder


class Heard(NamedTuple):
    """One thing a socket was told, and when."""

    event: str
    data: Any
    at: float


class Listener:
    """A socket that keeps a journal of all it hears. `with ben.listen() as socket:` cuts it at the end."""

    def __init__(self, visitor: "Visitor", **query: str) -> None:
        self.journal: list[Heard] = []
        self.closed_at: float | None = None
        self._news = threading.Condition()
        options = {"origin": visitor.headers["Origin"]} | visitor.server.of_websockets
        self._client = HearsInOrder(reconnection=False, websocket_extra_options=options)
        self._client.on("*", self._hear)
        self._client.on("disconnect", self._gone)
        address = f"{visitor.server.address}?{urlencode(query)}"
        headers = visitor.handshake_headers()
        self._client.connect(address, headers=headers, transports=["websocket"], wait_timeout=GREETED_WITHIN)
        # The first beat says that the server has put it in its room: what is written from now on is heard.
        self.wait_for(lambda heard: heard.event == "beat", GREETED_WITHIN)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        if self._client.eio.ws:
            self._client.eio.ws.close()  # the library forgets to when the other side went first

    def cut(self) -> None:
        """Lose the connection, without the polite goodbye that no phone in a lift says."""
        if self.closed_at is None:
            self._client.eio.ws.sock.shutdown(socket.SHUT_RDWR)
        self.wait_until_closed()

    def streams(self) -> list[Heard]:
        """The pushes, as they came."""
        return self.told("stream")

    def told(self, event: str) -> list[Heard]:
        """All that came of one event."""
        with self._news:
            return [heard for heard in self.journal if heard.event == event]

    def versions(self) -> list[int]:
        """The versions that came, in the order in which they came."""
        return [heard.data["v"] for heard in self.streams()]

    def words(self) -> str:
        """Everything heard, as it came over the wire."""
        with self._news:
            return json.dumps([[heard.event, heard.data] for heard in self.journal], ensure_ascii=False)

    def wait_for(self, wanted: Callable[[Heard], bool], within: float = PATIENCE) -> Heard:
        """The first thing heard, earlier or from now on, that is wanted."""
        self._wait(lambda: any(map(wanted, self.journal)), within)
        return next(heard for heard in self.journal if wanted(heard))

    def wait_for_version(self, version: int, within: float = PATIENCE) -> Heard:
        """The push of this version."""
        return self.wait_for(lambda heard: heard.event == "stream" and heard.data["v"] == version, within)

    def wait_until_closed(self, within: float = PATIENCE) -> float:
        """When the socket closed."""
        self._wait(lambda: self.closed_at is not None, within)
        assert self.closed_at is not None
        return self.closed_at

    def _wait(self, until: Callable[[], bool], within: float) -> None:
        with self._news:
            assert self._news.wait_for(until, within), f"not within {within} s; heard {self.journal}"

    def _hear(self, event: str, data: Any = None) -> None:
        with self._news:
            self.journal.append(Heard(event, data, time.monotonic()))
            self._news.notify_all()

    def _gone(self, *_: object) -> None:
        with self._news:
            self.closed_at = time.monotonic()
            self._news.notify_all()


class Wire:
    """A websocket held in the bare hand, to send what no page of ours sends. Speaks Engine.IO, packet by packet."""

    def __init__(self, visitor: "Visitor", **query: str) -> None:
        """Open it. Raises websocket.WebSocketBadStatusException when the handshake is refused."""
        where = urlencode(query | {"EIO": "4", "transport": "websocket"})
        address = f"ws://127.0.0.1:{visitor.server.port}/socket.io/?{where}"
        self._socket = websocket.create_connection(
            address,
            timeout=PATIENCE,
            header=visitor.handshake_headers(),
            origin=visitor.headers.get("Origin"),
            suppress_origin="Origin" not in visitor.headers,
        )
        assert self.hear().startswith("0{")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.shutdown()

    def say(self, packet: str | bytes) -> None:
        if isinstance(packet, bytes):
            self._socket.send_binary(packet)
        else:
            self._socket.send(packet)

    def hear(self) -> str:
        """The next packet. Raises websocket.WebSocketConnectionClosedException when there will be none."""
        return str(self._socket.recv())

    def come_in(self) -> str:
        """Ask to listen: what is answered to that begins with 40 when let in, with 44 when not."""
        self.say("40")
        return self.hear()

    def seconds_until_closed(self, within: float = PATIENCE) -> float:
        """Wait until the server closes it."""
        started = time.monotonic()
        self._socket.settimeout(within)
        try:
            while self._socket.recv_frame().opcode != websocket.ABNF.OPCODE_CLOSE:
                pass
        except (websocket.WebSocketConnectionClosedException, ConnectionError):
            pass
        return time.monotonic() - started
