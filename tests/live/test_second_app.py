"""Two apps in one process: the second one's sockets are heard too. Handlers imported late would be lost in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from facilitator import create_app, live
from facilitator.cookies import MEMBER_COOKIE
from facilitator.extensions import database, socketio, vault
from sessions import accounts
from sessions.circle import circles, doors, members, shares
from sessions.circle.changes import NOTE
from sessions.circle.members import Member

KEY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def second_app(tmp_path: Path) -> Iterator[Flask]:
    apps = [create_app({"DATA": tmp_path / name, "KEYS_DIR": tmp_path / f"{name}-keys"}) for name in ("one", "two")]
    yield apps[-1]
    for app in apps:
        app.extensions["database"].close()


def test_the_second_app_of_a_process_pushes_too(second_app: Flask) -> None:
    with second_app.test_request_context():
        ben = somebody_in_a_circle()
    browser = second_app.test_client()
    browser.set_cookie(MEMBER_COOKIE, ben.token)
    socket = socketio.test_client(second_app, flask_test_client=browser)
    assert socket.is_connected()
    with second_app.test_request_context():
        live.keep(ben.circle_id, shares.write, vault, ben, NOTE, "heard in the second app", [], KEY)
    pushes = [heard["args"][0] for heard in socket.get_received() if heard["name"] == "stream"]
    assert ["heard in the second app" in str(push["ops"]) for push in pushes] == [True]
    socket.disconnect()


def somebody_in_a_circle() -> Member:
    ana = database.write(accounts.add, "ana@example.org", "facilitator", "no hash")
    circle = database.write(doors.open_now, vault, b"door", ana.id, "Tuesday", "60", circles.AT_ONCE)
    return database.write(members.join, circle.id)
