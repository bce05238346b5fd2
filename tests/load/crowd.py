"""A crowd of phones in a process of its own: raw sockets, one loop, and each phone's own journal.

It says what any phone's page says and no more: it asks to listen, answers pings, posts forms, and reads its page again.
"""

import selectors
import socket
import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import NamedTuple
from urllib.parse import urlencode

PATIENCE = 120.0
MASK = bytes(4)
KEY = "AAAAAAAAAAAAAAAAAAAAAA=="
STREAM, BEAT, PONG = b'42["stream",{"v":', b'42["beat"', b"\x81\x81" + MASK + b"3"
HANDSHAKE = b"\x81\x82" + MASK + b"40"


class Seat(NamedTuple):
    """A place in a room: its circle, its cookie, the language it reads; other cookies, and what a leader asks for."""

    circle_id: str
    token: str
    language: str = "en"
    cookies: str = ""
    query: str = ""


class Phone:
    """One phone: a websocket that listens, and when it was told which version."""

    def __init__(self, crowd: "Crowd", seat: Seat) -> None:
        self.seat, self.crowd = seat, crowd
        self.versions: list[int] = []
        self.greeted_at = self.told_at = 0.0
        self._unread, self._is_open = bytearray(), False
        self.line = crowd.dial(self._hear)
        address = f"/socket.io/?EIO=4&transport=websocket{seat.query}"
        head = [f"GET {address} HTTP/1.1", *crowd.headers(seat), "Upgrade: websocket"]
        head += ["Connection: Upgrade", f"Sec-WebSocket-Key: {KEY}", "Sec-WebSocket-Version: 13", "", ""]
        self.line.send("\r\n".join(head).encode())

    def _hear(self, data: bytes) -> None:
        self._unread += data
        if not self._is_open:
            head, found, rest = self._unread.partition(b"\r\n\r\n")
            if not found:
                return
            assert head.startswith(b"HTTP/1.1 101"), bytes(head[:200])
            self._unread, self._is_open = rest, True
            self.line.send(HANDSHAKE)
        while len(self._unread) > 2:
            length, at = self._unread[1], 2
            if length > 125:
                at = 4 if length == 126 else 10
                length = int.from_bytes(self._unread[2:at], "big")
            if len(self._unread) < at + length:
                return
            body = bytes(self._unread[at : at + length])
            del self._unread[: at + length]
            self._told(body)

    def _told(self, packet: bytes) -> None:
        if packet == b"2":
            self.line.send(PONG)
        elif packet.startswith(STREAM):  # without reading all of it as JSON: the crowd must not be what is measured
            self.versions.append(int(packet[len(STREAM) : packet.index(b",", len(STREAM))]))
            self.told_at = time.perf_counter()
        elif packet.startswith(BEAT) and not self.greeted_at:
            self.greeted_at = time.perf_counter()


class Line:
    """A connection, and what is still to be sent on it."""

    def __init__(self, loop: selectors.BaseSelector, port: int, heard: Callable[[bytes], None]) -> None:
        self._loop, self._heard, self._unsent = loop, heard, bytearray()
        self._socket = socket.socket()
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.setblocking(False)
        self._socket.connect_ex(("127.0.0.1", port))
        loop.register(self._socket, selectors.EVENT_READ | selectors.EVENT_WRITE, self)

    def send(self, data: bytes) -> None:
        self._unsent += data
        self._loop.modify(self._socket, selectors.EVENT_READ | selectors.EVENT_WRITE, self)

    def ready(self, events: int) -> None:
        if events & selectors.EVENT_WRITE:
            del self._unsent[: self._socket.send(self._unsent)]
            if not self._unsent:
                self._loop.modify(self._socket, selectors.EVENT_READ, self)
        if events & selectors.EVENT_READ:
            data = self._socket.recv(1 << 16)
            assert data, "the server hung up"
            self._heard(data)

    def close(self) -> None:
        self._loop.unregister(self._socket)
        self._socket.close()


class Crowd:
    """All the phones of one run, against one server."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.phones: list[Phone] = []
        self._loop = selectors.DefaultSelector()

    def dial(self, heard: Callable[[bytes], None]) -> Line:
        return Line(self._loop, self.port, heard)

    def headers(self, seat: Seat) -> list[str]:
        here = f"127.0.0.1:{self.port}"
        names = [f"Host: {here}", f"Origin: http://{here}", f"Cookie: {seat.cookies or f'circle={seat.token}'}"]
        return [*names, f"Accept-Language: {seat.language}"]

    def come(self, seats: list[Seat]) -> float:
        """All at once: how many seconds until each was greeted."""
        began = time.perf_counter()
        came = [Phone(self, seat) for seat in seats]
        self.phones += came
        self.until(lambda: all(phone.greeted_at for phone in came))
        return time.perf_counter() - began

    def leave(self) -> None:
        """All go, without a word."""
        for phone in self.phones:
            phone.line.close()
        self.phones.clear()

    def read_pages(self, seats: list[Seat]) -> float:
        """All catch up at once: how many seconds until each has its page."""
        began, readers = time.perf_counter(), [Reader(self, seat) for seat in seats]
        self.until(lambda: all(reader.is_done for reader in readers))
        return time.perf_counter() - began

    def post(self, posts: list[tuple[Seat, str]], in_flight: int) -> list[float]:
        """Post a note for each (seat, csrf token), so many at a time, until all who listen have heard all of them.

        Returns how many seconds each took until its room had it, where they go one by one; else the whole of it.
        """
        rooms: defaultdict[str, list[Phone]] = defaultdict(list)
        for phone in self.phones:
            rooms[phone.seat.circle_id].append(phone)
        due = {phone: len(phone.versions) for phone in self.phones}
        took, began = [], time.perf_counter()
        hands = [[] for _ in range(in_flight)]  # type: list[list[tuple[Seat, str]]]
        for number, one in enumerate(posts):
            hands[number % in_flight].append(one)
            for phone in rooms[one[0].circle_id]:
                due[phone] += 1
        if in_flight > 1:
            thumbs = [Thumb(self, hand) for hand in hands if hand]
            self.until(lambda: all(thumb.is_done for thumb in thumbs))
            self.until(lambda: all(len(phone.versions) >= count for phone, count in due.items()))
            took = [time.perf_counter() - began]
        else:
            for one in posts:
                there = rooms[one[0].circle_id]
                before, sent = len(there[0].versions), time.perf_counter()
                thumb = Thumb(self, [one])
                self.until(lambda t=thumb, th=there, b=before: t.is_done and all(len(p.versions) > b for p in th))
                took.append(max(phone.told_at for phone in there) - sent)
        self._check()
        return took

    def wait_for(self, each: int) -> None:
        """Until every phone has heard so many versions."""
        self.until(lambda: all(len(phone.versions) >= each for phone in self.phones))
        self._check()

    def sit(self, seconds: float) -> None:
        """Do nothing but answer pings, for so long."""
        ends = time.monotonic() + seconds
        self.until(lambda: time.monotonic() > ends)

    def heard(self) -> list[list[int]]:
        """The versions of every phone, in the order in which they came."""
        return [phone.versions for phone in self.phones]

    def request(self, seat: Seat, method: str, path: str, *more: str, body: str = "") -> bytes:
        lines = [f"{method} {path} HTTP/1.1", *self.headers(seat), "X-Requested-With: fetch", *more]
        return "\r\n".join([*lines, f"Content-Length: {len(body)}", "", body]).encode()

    def until(self, done: Callable[[], bool]) -> None:
        give_up = time.monotonic() + PATIENCE
        while not done():
            self._turn()
            assert time.monotonic() < give_up, "not everybody heard everything"

    def wait_until_asked(self, asked: Connection) -> None:
        """Answer pings meanwhile: a phone whose owner does nothing is there all the same."""
        self._loop.register(asked, selectors.EVENT_READ)
        while not asked.poll():
            self._turn()
        self._loop.unregister(asked)

    def _turn(self) -> None:
        for key, events in self._loop.select(0.5):
            if key.data:
                key.data.ready(events)

    def _check(self) -> None:
        for phone in self.phones:
            first = phone.versions[0] if phone.versions else 0
            assert phone.versions == list(range(first, first + len(phone.versions))), phone.versions


class Answer:
    """The answer to one request: its status once it is whole, and 0 before."""

    def __init__(self) -> None:
        self.status, self._read = 0, bytearray()

    def hear(self, data: bytes) -> None:
        self._read += data
        head, found, body = self._read.partition(b"\r\n\r\n")
        if found and len(body) >= int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0]):
            self.status = int(head[9:12])


class Reader:
    """Reads its own page, once."""

    def __init__(self, crowd: Crowd, seat: Seat) -> None:
        self.is_done, self._answer = False, Answer()
        self._line = crowd.dial(self._hear)
        self._line.send(crowd.request(seat, "GET", "/here"))

    def _hear(self, data: bytes) -> None:
        self._answer.hear(data)
        if self._answer.status:
            assert self._answer.status == 200, bytes(data[:300])
            self.is_done = True
            self._line.close()


class Thumb:
    """Posts one note after the other, on one connection."""

    def __init__(self, crowd: Crowd, posts: list[tuple[Seat, str]]) -> None:
        self._crowd, self._posts, self.is_done = crowd, posts[::-1], False
        self._line = crowd.dial(self._hear)
        self._next()

    def _next(self) -> None:
        seat, csrf = self._posts.pop()
        body = urlencode({"text": "a cup of tea, " * 8, "key": str(uuid.uuid4())})
        kind = ("Content-Type: application/x-www-form-urlencoded", f"X-CSRFToken: {csrf}")
        self._answer = Answer()
        self._line.send(self._crowd.request(seat, "POST", "/here/notes", *kind, body=body))

    def _hear(self, data: bytes) -> None:
        self._answer.hear(data)
        if self._answer.status:
            assert self._answer.status == 200, bytes(data[:3000])
            if self._posts:
                self._next()
            else:
                self.is_done = True
                self._line.close()


def serve(asked: Connection, port: int) -> None:
    """Do what is asked, until there is nobody who asks; tell with each answer how much of a core it took."""
    crowd = Crowd(port)
    try:
        while True:
            crowd.wait_until_asked(asked)
            name, *args = asked.recv()
            began, before = time.perf_counter(), time.process_time()
            answer = getattr(crowd, name)(*args)
            asked.send((answer, (time.process_time() - before) / (time.perf_counter() - began)))
    except EOFError:
        pass
