"""What was done with accounts, in words."""

from datetime import UTC, datetime
from typing import NamedTuple

from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from facilitator.staff_forms import ROLES
from sessions import roster
from sessions.audit import BY_DAY_ALONE, Entry

WORDS = {
    "opened": lazy_gettext("opened a circle"),
    "closed": lazy_gettext("had a circle close"),
    "signed-in": lazy_gettext("signed in"),
    "signed-out-everywhere": lazy_gettext("signed out everywhere"),
    "passphrase-changed": lazy_gettext("changed their passphrase"),
    "second-step-added": lazy_gettext("added a second step at sign-in"),
    "second-step-removed": lazy_gettext("went back to no second step"),
    "recovery-code-used": lazy_gettext("used a recovery code"),
    "invited": lazy_gettext("made an invitation"),
    "joined": lazy_gettext("made their account"),
    "role-changed": lazy_gettext("gave another job to"),
    "disabled": lazy_gettext("turned off the account of"),
    "enabled": lazy_gettext("turned on the account of"),
    "removed": lazy_gettext("removed the account of"),
    "building-added": lazy_gettext("wrote down a building"),
    "building-changed": lazy_gettext("changed a building"),
    "building-closed": lazy_gettext("closed a building"),
    "building-opened": lazy_gettext("opened a closed building again"),
    "room-added": lazy_gettext("wrote down a room"),
    "room-changed": lazy_gettext("changed a room"),
    "group-planned": lazy_gettext("planned a group"),
    "group-changed": lazy_gettext("changed a group from one day on"),
    "gathering-cancelled": lazy_gettext("called a date off"),
    "gathering-restored": lazy_gettext("let a date take place again"),
    "gathering-moved": lazy_gettext("moved a date"),
    "gathering-changed": lazy_gettext("changed the room or the leader of a date"),
    "gathering-undone": lazy_gettext("undid a change of a date"),
    "cover-needed": lazy_gettext("asked for somebody to take over a date"),
    "cover-claimed": lazy_gettext("took over a date"),
    "cover-given-back": lazy_gettext("gave a date back"),
    "group-deleted": lazy_gettext("took a group off the calendar"),
    "room-removed": lazy_gettext("removed a room"),
    "feed-made": lazy_gettext("made an address for another calendar"),
    "listing-changed": lazy_gettext("changed what stands on the public page"),
    "numbers-changed": lazy_gettext("changed a building’s numbers"),
    "number-checked": lazy_gettext("called a number of a building"),
    "naloxone-changed": lazy_gettext("changed where naloxone is in a building"),
    "cards-changed": lazy_gettext("switched a card of a building on or off"),
    "places-changed": lazy_gettext("changed a building’s places that help"),
    "place-checked": lazy_gettext("asked at a place that helps"),
    "tags-changed": lazy_gettext("changed a building’s own words to tap"),
    "rules-changed": lazy_gettext("changed the rules that circles in a building begin with"),
}


class Told(NamedTuple):
    """One line of what was done: when, who, what, to whom, and for which job or day."""

    when: str
    actor: str
    act: str
    subject: str
    detail: str


def told(db: Session, entries: list[Entry]) -> list[Told]:
    """Acts as lines to read, newest first. Times are UTC, as a server has no place of its own."""
    names = {person.id: person.email for person in roster.everybody(db)}

    def name(account_id: str) -> str:
        return names.get(account_id) or gettext("a removed account")

    return [
        Told(
            _when(entry),
            name(entry.actor),
            str(WORDS[entry.act]),
            name(entry.subject) if entry.subject != entry.actor else "",
            str(ROLES.get(entry.detail, entry.detail)),
        )
        for entry in entries
    ]


def _when(entry: Entry) -> str:
    return moment(entry.at)[:10] if entry.act in BY_DAY_ALONE else moment(entry.at)


def moment(at: int) -> str:
    """A moment (Unix seconds) as staff read it."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M UTC")
