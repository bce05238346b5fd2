"""The cast, without a browser: staff and phones that speak plain HTTP.

Ana facilitates, Ben and Cleo are in her circle, Dov is in another one, Esi is housing staff, a stranger has nothing.
"""

import html
import re
import uuid
from collections.abc import Iterable
from contextlib import suppress
from http.cookies import SimpleCookie
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode, urlsplit

import pyotp

from tests.server import PASSPHRASE, Server
from tests.sockets import Listener

PATIENCE = 30.0
Form = dict[str, Any]


class Page(NamedTuple):
    """What came back: a page, a fragment, a way elsewhere."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def version(self) -> int:
        """The version of the circle this page shows."""
        return int(self.find(r'data-v="(\d+)"'))

    @property
    def phones(self) -> int:
        """How many phones the page says are here."""
        return int(self.find(r"data-phones>(\d+)<"))

    def find(self, pattern: str) -> str:
        """The first group of `pattern` on this page."""
        found = re.search(pattern, self.text, re.DOTALL)
        assert found, f"{self.status}: no {pattern} here"
        return html.unescape(found[1])

    def wall(self, name: str) -> dict[str, str]:
        """The shares on the wall `name` (`checkins`, `notes`), in their order: id and text."""
        return shares(self.find(rf'(<ol id="{name}".*?\n</ol>)'))


def shares(markup: str) -> dict[str, str]:
    """The shares in some markup, in their order: id and text."""
    items = re.findall(r'id="share-(\w+)">(.*?)(?=<li class="share|\Z)', html.unescape(markup), re.DOTALL)
    words = re.compile(r'<p class="words" dir="auto">(.*?)</p>', re.DOTALL)
    return {share_id: found[1] if (found := words.search(item)) else "" for share_id, item in items}


class Visitor:
    """Somebody with a browser of their own, and nothing in it yet. Redirects are told, not followed."""

    source: tuple[str, int] | None = None
    """The address they ask from, where it matters."""

    def __init__(self, server: Server, language: str = "en", **headers: str) -> None:
        self.server = server
        self.cookies: dict[str, str] = {}
        self.headers = {"Accept-Language": language, "Origin": server.address} | headers

    def get(self, path: str, **headers: str) -> Page:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, form: Form | bytes | None = None, **headers: str) -> Page:
        body = form if isinstance(form, bytes) else urlencode(form or {}, doseq=True).encode()
        return self.ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"} | headers)

    def post_by_script(self, path: str, form: Form | None = None, **headers: str) -> Page:
        """Post as our scripts do, which want a fragment and no page."""
        return self.post(path, form, **{"X-Requested-With": "fetch"} | headers)

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        # A connection for each: what several threads ask for at once really is at once.
        connection = self.server.connection(PATIENCE, self.source)
        try:
            connection.connect()
            # What is too long is refused, and its line closed, before all of it is sent: the answer is there by then.
            with suppress(BrokenPipeError, ConnectionResetError):
                connection.request(method, path, body, self.headers | {"Cookie": self.cookie_header()} | headers)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or ():
                self._keep_cookie(line)
            return Page(answer.status, dict(answer.headers.items()), answer.read().decode(errors="replace"))
        finally:
            connection.close()

    def cookie_header(self) -> str:
        """The cookies as a browser sends them."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def handshake_headers(self) -> dict[str, str]:
        """What a websocket's handshake carries beside its Origin, which the websocket library writes itself."""
        headers = {name: value for name, value in self.headers.items() if name != "Origin"}
        return headers | ({"Cookie": self.cookie_header()} if self.cookies else {})

    def listen(self, **query: str) -> Listener:
        """Open a socket with this browser's cookies."""
        return Listener(self, **query)

    def start_polling(self) -> str:
        """Listen where websockets do not pass: where to ask for what is new."""
        path = "/socket.io/?EIO=4&transport=polling"
        path += "&sid=" + self.get(path).find('"sid":"([^"]+)"')
        assert self.post(path, b"40").status == 200
        assert self.get(path).text.startswith("40")
        return path

    def _keep_cookie(self, line: str) -> None:
        for name, cookie in SimpleCookie(line).items():
            if cookie.value and cookie["max-age"] != "0":
                self.cookies[name] = cookie.value
            else:
                self.cookies.pop(name, None)


class Circle(NamedTuple):
    """A circle as its leader knows it."""

    id: str
    code: str


class Staff(Visitor):
    """Somebody with an account, signed in."""

    def __init__(self, server: Server, email: str, passphrase: str = PASSPHRASE) -> None:
        super().__init__(server)
        form = {"email": email, "passphrase": passphrase, "csrf_token": self._token("/staff/sign-in")}
        assert self.post("/staff/sign-in", form).status == 303, f"{email} could not sign in"
        self.token = self._token("/staff/account")

    def open_circle(self, title: str = "Tuesday", appear: str = "at-once", plan: str = "60", pin: str = "") -> Circle:
        form = {"title": title, "plan": plan, "appear": appear, "pin": pin, "csrf_token": self.token}
        opened = self.post("/lead/circles", form)
        assert opened.status == 303, opened.text
        circle_id = urlsplit(opened.headers["Location"]).path.rpartition("/")[2]
        return Circle(circle_id, self.console(circle_id).find(r"data-code>([\d ]+)<"))

    def console(self, circle_id: str) -> Page:
        return self.get(f"/lead/{circle_id}")

    def act(self, circle_id: str, action: str, **form: str) -> Page:
        """Press a button of the console, by script: `act(circle.id, "close")`."""
        return self.post_by_script(f"/lead/{circle_id}/{action}", form, **{"X-CSRFToken": self.token})

    def lead_with(self, circle_id: str) -> str:
        """Make a code for a colleague, and read it off."""
        return self.act(circle_id, "leaders/code").find(r'<p class="code">([^<]+)<')

    def lead_along(self, code: str) -> Page:
        """Type a code that a colleague read out."""
        return self.post("/lead/along", {"code": code, "csrf_token": self.token})

    def sign_out(self) -> Page:
        return self.post("/staff/sign-out", {"csrf_token": self.token})

    def _token(self, path: str) -> str:
        return self.get(path).find(r'name="csrf_token" value="([^"]+)"')


def begin(server: Server, email: str) -> None:
    """Make the first account, which leads circles, by the link that is printed at the first start."""
    link = re.findall(r"/staff/first/\S+", server.output())[-1]
    visitor = Visitor(server)
    token = visitor.get(link).find(r'name="csrf_token" value="([^"]+)"')
    form = {"csrf_token": token, "role": "facilitator", "email": email, "passphrase": PASSPHRASE}
    assert visitor.post(link, form).status == 303


class Admin(Staff):
    """An admin who has just added the second step that every admin needs."""

    def __init__(self, server: Server, email: str) -> None:
        super().__init__(server, email)
        path = "/staff/account/second-step"
        secret = self.get(path).find(r'name="secret"[^>]* value="([A-Z2-7]{32})"')
        form = {"csrf_token": self.token, "secret": secret, "old": PASSPHRASE, "code": pyotp.TOTP(secret).now()}
        assert self.post(path, form).status == 200

    def account(self, email: str) -> str:
        """The address of the page of somebody's account."""
        return self.get("/people").find(rf'href="(/people/\w+)" aria-label="[^"]*{email}"')

    def change(self, page: str, act: str, **form: str) -> None:
        """Press a button on the page of somebody's account."""
        assert self.post(f"{page}/{act}", form | {"csrf_token": self.token}).status == 303


class Phone(Visitor):
    """A member's phone."""

    token = ""
    """The CSRF token of its page."""

    def knock(self, code: str) -> Page:
        return self.post("/door", {"code": code})

    def join(self) -> Page:
        return self.post("/join", {"csrf_token": self.get("/join").find(r'name="csrf_token" value="([^"]+)"')})

    def come_in(self, circle: Circle) -> Self:
        """Knock, join, and open the page."""
        assert self.knock(circle.code).headers["Location"] == "/join"
        assert self.join().headers["Location"] == "/here"
        self.token = self.here().find(r'data-csrf="([^"]+)"')
        return self

    def here(self) -> Page:
        return self.get("/here")

    def catch_up(self) -> Page:
        """Read the page again, as its script does."""
        return self.get("/here", **{"X-Requested-With": "fetch"})

    def note(self, text: str, tags: Iterable[str] = (), key: str | None = None) -> Page:
        """Write a note that is kept."""
        return self._kept(self.send("notes", text, tags, key))

    def check_in(self, text: str, tags: Iterable[str] = (), key: str | None = None) -> Page:
        """Write a check-in that is kept."""
        return self._kept(self.send("check-ins", text, tags, key))

    def send(self, kind: str, text: str, tags: Iterable[str] = (), key: str | None = None) -> Page:
        """Send a share, whatever comes of it."""
        return self._act(f"/here/{kind}", {"text": text, "tags": list(tags), "key": key or str(uuid.uuid4())})

    def take_back(self, share_id: str) -> Page:
        return self._act(f"/here/shares/{share_id}/take-back")

    def show(self, share_id: str) -> Page:
        return self._act(f"/here/shares/{share_id}/show")

    def leave(self) -> Page:
        return self.post("/here/leave")

    def waiting(self) -> list[str]:
        """What this phone wrote and waits to appear."""
        return re.findall(r'id="mine-(\w{20})"', self.catch_up().text)

    def _kept(self, answer: Page) -> Page:
        assert answer.status == 200, answer.text
        return answer

    def _act(self, path: str, form: Form | None = None) -> Page:
        return self.post_by_script(path, form, **{"X-CSRFToken": self.token})
