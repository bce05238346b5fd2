"""Who comes: a browser, a member's phone, a staff desk.

Ana leads the circle. Ben and Cleo are in it. Dov is in another circle, which Fay leads. Esi is housing staff, Gus an
admin. A stranger has nothing.
"""

import re
import time
import uuid
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple, Self

import pyotp
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import text

from facilitator.extensions import socketio
from sessions import accounts, passphrases, second_factor
from sessions.accounts import Person
from sessions.circle import circles, doors
from sessions.models import Base
from sessions.permissions import ADMIN
from tests.web.pages import Page

MakeApp = Callable[..., Flask]
PASSPHRASE = "a kettle and two cups"
SCRIPT = {"X-Requested-With": "fetch"}


class Browser:
    """Somebody's browser, which says where its requests come from as today's do. Its cookies are its own."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        self.app, self.language = app, language
        self.web = app.test_client()
        self.address = app.config["ADDRESS"]

    def get(self, path: str, *, script: bool = False, headers: dict[str, str] | None = None) -> Page:
        """Open a page, or let the page's script read it."""
        return self.ask("GET", path, headers=(SCRIPT if script else {}) | (headers or {}))

    def post(
        self, path: str, fields: Any = None, *, script: bool = False, headers: dict[str, str] | None = None, **more: Any
    ) -> Page:
        """Post exactly these fields."""
        headers = {"Origin": self.address} | (SCRIPT if script else {}) | (headers or {})
        return self.ask("POST", path, data=fields, headers=headers, **more)

    def send(self, page: Page, action: str, *, script: bool = False, **typed: str | list[str]) -> Page:
        """Send one form of a page: what it holds already, and what was typed into it. Without an action, to itself."""
        return self.post(action or page.path, page.fields(action) | typed, script=script)

    def ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **more: Any) -> Page:
        """Any request at all."""
        sent = {"Sec-Fetch-Site": "same-origin", "Accept-Language": self.language} | (headers or {})
        return Page(self.web.open(path, method=method, base_url=self.address, headers=sent, **more))

    def file(self, name: str) -> str:
        """The address of a static file, as the pages of this release say it."""
        found = re.search(rf'"([^"]*/{re.escape(name)})"', self.get("/").text)
        assert found, f"no page asks for {name}"
        return found[1]

    def cookie(self, name: str) -> str | None:
        """The value of one of this browser's cookies."""
        found = self.web.get_cookie(name, self.app.config["ADDRESS"].partition("://")[2])
        return found.value if found else None

    def cookie_pair(self, name: str) -> str:
        """One of this browser's cookies, as a header carries it."""
        return f"{name}={self.cookie(name)}"

    def keep_cookie(self, name: str, value: str) -> None:
        """Put a cookie into this browser, whatever it had."""
        self.web.set_cookie(name, value, domain=self.address.partition("://")[2])


class Phone(Browser):
    """A phone, which may join a circle."""

    def knock(self, code: str) -> Page:
        """Type a code at the door, or bring a link."""
        return self.post("/door", {"code": code})

    def join(self, code: str) -> Self:
        """Come in, all the way."""
        assert self.knock(code).location == "/join"
        assert self.send(self.get("/join"), "/join").location == "/here"
        return self

    def here(self) -> Page:
        """Open the circle's page."""
        return self.get("/here")

    def share(self, text: str = "", *, kind: str = "check-ins", tags: Sequence[str] = (), script: bool = False) -> Page:
        """Write a check-in or a note, with the form of a page just opened."""
        return self.send(self.here(), f"/here/{kind}", text=text, tags=list(tags), script=script)

    def note(self, text: str, *, script: bool = False) -> Page:
        """Write a note."""
        return self.share(text, kind="notes", script=script)

    def token(self) -> str:
        """The CSRF token of the phone's page."""
        return self.here().data("csrf")


class Doors(NamedTuple):
    """A circle as its facilitator knows it: where its console is, the code in the room, the token in the QR."""

    id: str
    code: str
    link: str

    @property
    def console(self) -> str:
        return f"/lead/{self.id}"


class Desk(Browser):
    """A staff member's browser."""

    def __init__(self, app: Flask, language: str = "en") -> None:
        super().__init__(app, language)
        self._tokens: dict[str, str] = {}

    def sign_in(self, email: str, passphrase: str = PASSPHRASE, code: str = "") -> Page:
        """Sign in with the form; `code` is the second step, for who has one."""
        return self.send(self.get("/staff/sign-in"), "", email=email, passphrase=passphrase, code=code)

    def open(self, title: str = "Tuesday circle", appear: str = "handfuls", pin: str = "", **more: str) -> Doors:
        """Open a circle now, and read its doors."""
        console = self.send(self.get("/lead"), "/lead/circles", title=title, appear=appear, pin=pin, **more).location
        return read_doors(self.app, console.rpartition("/")[2])

    def token(self) -> str:
        """The CSRF token of this sign-in's pages, read once for each sign-in."""
        signed_in = self.cookie("staff") or ""
        if signed_in not in self._tokens:
            page = self.get("/staff/account")
            self._tokens[self.cookie("staff") or ""] = page.fields("/staff/sign-out")["csrf_token"][0]
        return self._tokens[self.cookie("staff") or ""]

    def do(self, action: str, *, script: bool = False, **typed: str) -> Page:
        """Press a button of a console."""
        return self.post(action, {"csrf_token": self.token(), **typed}, script=script)


class Ear:
    """The socket of somebody's page, in this process: what it hears. A leader's page names its circle."""

    def __init__(self, browser: Browser, circle_id: str = "") -> None:
        cookies = [browser.cookie_pair(name) for name in ("circle", "staff", "language") if browser.cookie(name)]
        headers = {"Cookie": "; ".join(cookies), "Accept-Language": browser.language}
        query = f"circle={circle_id}" if circle_id else ""
        self.client = socketio.test_client(browser.app, headers=headers, query_string=query)

    @property
    def let_in(self) -> bool:
        """Whether this socket may listen."""
        return bool(self.client.is_connected())

    def heard(self, name: str = "stream") -> list[dict[str, Any]]:
        """What was heard under this name since the last time."""
        return [packet["args"][0] for packet in self.client.get_received() if packet["name"] == name]

    def ops(self) -> list[list[str]]:
        """Every op heard since the last time."""
        return [op for push in self.heard() for op in push["ops"]]


def read_doors(app: Flask, circle_id: str) -> Doors:
    """The doors of a circle, from the sealed row."""
    with app.app_context(), app.extensions["database"].read() as db:
        circle = db.get(circles.Circle, circle_id)
        door = doors.sign(app.extensions["vault"], circle)
    return Doors(circle_id, door.code, door.link)


def account(app: Flask, email: str, role: str, name: str = "") -> str:
    """An account that signs in with PASSPHRASE. Its hash is a cheap one: proving that costs no time here.

    Returns its id.
    """
    person: Person = app.extensions["database"].write(accounts.add, email, role, _cheap_hash(), name)
    return person.id


def find_id(app: Flask, email: str) -> str:
    """The id of the account with this address."""
    with app.extensions["database"].read() as db:
        person, _ = passphrases.stored(db, email)
    assert person, f"nobody has {email}"
    return person.id


def second_step(app: Flask, account_id: str) -> list[str]:
    """Give an account a second step at sign-in, some time ago. Returns its recovery codes."""
    secret, earlier = second_factor.new_secret(), time.time() - 3600
    digits = pyotp.TOTP(secret).at(int(earlier))
    write, key = app.extensions["database"].write, app.config["SECRET_KEY"]
    codes: list[str] = write(second_factor.add, key, account_id, secret, digits, earlier)
    return codes


def desk(app: Flask, name: str, role: str = "facilitator") -> Desk:
    """One of the staff, with an account and signed in; an admin with a second step, as every admin needs one."""
    account_id = account(app, f"{name}@example.org", role, name.title())
    code = second_step(app, account_id)[0] if role == ADMIN else ""
    signed_in = Desk(app)
    assert signed_in.sign_in(f"{name}@example.org", code=code).status == 303
    return signed_in


def kept(app: Flask, *but: str) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, `but` some tables: equal before and after, nothing was changed and nothing lost."""
    tables = [table for table in Base.metadata.sorted_tables if table.name not in but]
    with app.extensions["database"].read() as db:
        return {table.name: sorted(map(tuple, db.execute(table.select())), key=repr) for table in tables}


def rows(app: Flask, table: str) -> int:
    """How many rows a table has."""
    with app.extensions["database"].read() as db:
        return db.scalar(text(f"SELECT count(*) FROM {table}"))


def key() -> str:
    """A fresh key for a share, as a page makes it."""
    return str(uuid.uuid4())


@cache
def _cheap_hash() -> str:
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSPHRASE)
