"""What we lean on in libraries without a promise of theirs: the only list of it. An upgrade is told where to look."""

from importlib.metadata import version

import pytest
from engineio.base_server import BaseServer
from engineio.packet import Packet
from engineio.server import Server
from engineio.socket import Socket
from gevent import get_hub
from gevent.pywsgi import WSGIHandler
from simple_websocket.ws import Server as WebSocket
from socketio.base_manager import BaseManager
from socketio.server import Server as SocketIO

READ = {
    "python-engineio": (
        "4.15.1",
        "facilitator/engine.py and straight.py put their own in the place of Server._async['websocket'], send_packet, "
        "handle_request, _bad_request and Socket.queue; Socket.last_ping is None so that schedule_ping starts nothing; "
        "Socket._upgrade_websocket must hand its own _websocket_handler to _async['websocket'], and the server's "
        "_handle_connect must call 'connect' before schedule_ping and before handle_get_request.",
    ),
    "python-socketio": (
        "5.18.1",
        "facilitator/fan_out.py says the packet 42[event, data] by itself; engine.py and live.py ask its manager for "
        "sid_from_eio_sid and eio_sid_from_sid; engine.py shortens what _handle_eio_connect keeps as environ; "
        "socket_rooms.py does by itself all that BaseManager.basic_disconnect does.",
    ),
    "flask-socketio": (
        "5.7.0",
        "Its _handle_event makes a request out of the environ that engine.py has shortened (KEPT_OF_A_HANDSHAKE).",
    ),
    "simple-websocket": (
        "1.1.0",
        "facilitator/engine.py sets server_args['max_message_size'], stands before ws.sock, and takes the offer of "
        "permessage-deflate out of the environ, which its handshake would accept.",
    ),
    "gevent": (
        "26.9.0",
        "facilitator/handler.py gives a connection away: after handle_one_response, close_connection, rfile and socket "
        "must be enough for pywsgi to forget it, and nothing of pywsgi may read or shut it down. line.py uses loop.io.",
    ),
}
PARTS = [
    *((Server, name) for name in ("handle_request", "send_packet", "_handle_connect")),
    *((BaseServer, name) for name in ("_bad_request", "on")),
    *((Socket, name) for name in ("receive", "close", "schedule_ping", "_upgrade_websocket", "_websocket_handler")),
    *((Packet, name) for name in ("encode", "decode")),
    *((BaseManager, name) for name in ("sid_from_eio_sid", "eio_sid_from_sid")),
    *((BaseManager, name) for name in ("basic_enter_room", "basic_leave_room", "basic_disconnect")),
    *((SocketIO, name) for name in ("_handle_eio_connect", "disconnect")),
    *((WebSocket, name) for name in ("handshake", "_handle_events")),
    *((WSGIHandler, name) for name in ("get_environ", "handle_one_response", "handle_one_request")),
    (get_hub().loop, "io"),
]


@pytest.mark.parametrize("library", READ)
def test_a_library_is_the_one_we_have_read(library: str) -> None:
    read, look_at = READ[library]
    assert version(library) == read, (
        f"{library} was {read} when we read it. Look at this in the new one, run tests/live and tests/faults, and "
        f"write its version down here. {look_at}"
    )


@pytest.mark.parametrize(("owner", "name"), PARTS, ids=[name for _, name in PARTS])
def test_the_parts_are_there(owner: object, name: str) -> None:
    assert hasattr(owner, name)
