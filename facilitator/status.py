"""How this computer is doing: a page for whoever looks after it, and an address for their monitor.

The page may say a little more than the monitor is told (`metrics`), as it is read by a person now and kept nowhere: how
many circles are open and were erased. An admin can work out the same from the record of acts, which names each by its
day and who led it; here it says whether a restart would cut somebody off. How many phones are here is told in hundreds,
each circle rounded up by itself (`Presence.crowd`), so that it is no count of heads, nor becomes one by subtraction.

The monitor's address is not there unless a token is set for it, nor for anybody without that token.
"""

from flask import Blueprint, Response, current_app, request
from flask_babel import format_decimal, gettext, lazy_gettext
from prometheus_client import CONTENT_TYPE_LATEST
from werkzeug.exceptions import NotFound

from facilitator import condition, metrics
from facilitator.answers import Answer, page
from facilitator.condition import Condition
from facilitator.extensions import database, presence, processes
from sessions import audit
from sessions.circle import circles
from sessions.tokens import same

status = Blueprint("status", __name__)

WITHIN = {
    None: lazy_gettext("not known yet"),
    0.25: lazy_gettext("¼ second or less"),
    0.5: lazy_gettext("½ second or less"),
    1.0: lazy_gettext("1 second or less"),
    2.5: lazy_gettext("2.5 seconds or less"),
    5.0: lazy_gettext("5 seconds or less"),
    10.0: lazy_gettext("10 seconds or less"),
    float("inf"): lazy_gettext("more than 10 seconds"),
}
"""The steps of a delay, in words."""
GIGABYTE = 1024**3


def wrong(now: Condition) -> list[str]:
    """What somebody should look after, in words: nothing, while all is well."""
    said = (
        (
            not now.saves,
            gettext(
                "What people send now is not saved. They are told so, and keep what they typed. "
                "Is the disk full? May its folder be written?"
            ),
        ),
        (
            not now.beats,
            gettext("The clock that closes and erases circles stands still. Start the server again."),
        ),
        (
            now.erases_late,
            gettext(
                "Something that should be erased is not all gone yet. It is tried again every ten seconds. "
                "If this stays, start the server again."
            ),
        ),
        (not now.keys_writable, gettext("No key can be made now, so no circle can open.")),
        (
            not now.keys_in_ram,
            gettext("The keys of circles are on a disk. A disk may keep a key after it was destroyed."),
        ),
        (now.nearly_full, gettext("The disk is nearly full. When it is, nothing more can be saved.")),
    )
    return [sentence for is_so, sentence in said if is_so]


@status.get("/status")
def index() -> Answer:
    """How it is now. Load it again to look anew."""
    now = condition.look()
    with database.read() as db:
        open_now, closed = circles.how_many(db)
        erased = audit.how_many(db, "closed")
    return page(
        "status/status.html",
        now=now,
        wrong=wrong(now),
        version=condition.VERSION,
        free=format_decimal(round(now.free_bytes / GIGABYTE, 1)),
        within=WITHIN,
        open_now=open_now,
        closed=closed,
        erased=erased,
        crowd=presence.crowd(),
        several=processes.several,
        is_read=bool(current_app.config["METRICS_TOKEN"]),
    )


@status.get("/metrics", provide_automatic_options=False)
def monitor() -> Response:
    """What a monitor is told, for who brings the token; for everybody else there is nothing here."""
    expected: str = current_app.config["METRICS_TOKEN"]
    if not expected or not same(request.headers.get("Authorization", ""), f"Bearer {expected}"):
        raise NotFound
    return Response(metrics.text(condition.look()), content_type=CONTENT_TYPE_LATEST)
