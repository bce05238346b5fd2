"""Our cookies: their names, and how each is set and dropped. All end with the browser."""

from flask import current_app, request
from werkzeug.wrappers import Response

MEMBER_COOKIE = "circle"
TICKET_COOKIE = "door"
SHARED_COOKIE = "shared"
LANE_COOKIE = "lane"
"""Which way a proxy sends this phone, where there are several processes: the same for all of a circle."""
SHARED, READY = "yes", "ready"


def cookie_name(name: str) -> str:
    """The name of one of our cookies. Over HTTPS the browser itself sees to it that nobody else can set it."""
    return f"__Host-{name}" if current_app.config["SECURE"] else name


def is_shared() -> bool:
    """Whether this device said at the door that several people use it."""
    return request.cookies.get(cookie_name(SHARED_COOKIE)) == SHARED


def is_ready() -> bool:
    """Whether a shared device has just been wiped for the next person. The door says so once."""
    return request.cookies.get(cookie_name(SHARED_COOKIE)) == READY


def set_cookie(answer: Response, name: str, value: str) -> None:
    """Set a cookie that ends with the browser."""
    secure = current_app.config["SECURE"]
    answer.set_cookie(cookie_name(name), value, httponly=True, samesite="Lax", secure=secure, path="/")


def drop_cookie(answer: Response, name: str) -> None:
    """Take a cookie off the browser."""
    secure = current_app.config["SECURE"]
    answer.delete_cookie(cookie_name(name), httponly=True, samesite="Lax", secure=secure, path="/")
