"""The crowd that measures: a phone whose owner does nothing answers all the same, and it is said who hung up."""

import socket
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.load.crowd import HANDSHAKE, PONG, Crowd, Failed, Seat

PATIENCE = 30.0
WELCOME, BEAT, PING = b"HTTP/1.1 101 Switching Protocols\r\n\r\n", b'\x81\x1242["beat",{"v":1}]', b"\x81\x012"


def test_an_idle_phone_answers_a_ping_that_nothing_comes_after_and_says_who_hung_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as aside:
        listener.settimeout(PATIENCE)
        answer = aside.submit(_greet_and_ping, listener)
        crowd = Crowd(listener.getsockname()[1])
        crowd.come([Seat("a circle", "a token")])
        crowd.until(answer.done)
        line = answer.result()
        line.close()
        with pytest.raises(Failed, match="hung up"):
            crowd.sit(PATIENCE)
        crowd.leave()


def _greet_and_ping(listener: socket.socket) -> socket.socket:
    line, _ = listener.accept()
    line.settimeout(PATIENCE)
    _hear(line, b"\r\n\r\n")
    line.sendall(WELCOME)
    _hear(line, HANDSHAKE)
    line.sendall(BEAT)
    line.sendall(PING)
    _hear(line, PONG)
    return line


def _hear(line: socket.socket, last: bytes) -> None:
    heard = b""
    while not heard.endswith(last):
        heard += line.recv(4096) or pytest.fail(f"the crowd hung up after {heard!r}")
