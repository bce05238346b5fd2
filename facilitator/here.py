"""A member's page, and what members post. Everybody's address is /here."""

from contextlib import suppress
from typing import Any

from flask import Blueprint, g, render_template, request
from flask_babel import gettext
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from facilitator import chips, errors, forms, language, leaving, live, shared
from facilitator.answers import Answer, back_to, by_script, page, problem
from facilitator.cookies import is_shared
from facilitator.drawn import drawn
from facilitator.extensions import database, presence, vault
from facilitator.forms import SentTwice, Written
from facilitator.guard import OldPage
from sessions.circle import hands, mine, shares, snapshot
from sessions.circle.changes import CHECK_IN, NOTE, Change, Said, ShareRefused
from sessions.circle.circles import OPEN, Circle, building_of
from sessions.circle.mine import Mine
from sessions.circle.snapshot import Snapshot
from sessions.circle.vocabulary import own_tags_in
from sessions.database import NotNow
from sessions.library import CHANGE, tags
from sessions.permissions import MEMBER
from sessions.schedule import places
from sessions.schedule.own_words import words_of

here = Blueprint("here", __name__, url_prefix="/here")

HAND, NAME, SUGGESTION = "hand", "name", "suggestion"
ALIKE = ("state", "leaders", "now", "checkins", "notes", "rules", "box-check-in", "box-note")
KEPT_UNDER = {
    "here.note": NOTE,
    "here.raise_hand": HAND,
    "here.say_for_me": HAND,
    "here.name_hand": NAME,
    "here.suggest": SUGGESTION,
}
"""Under which form of the page what was typed is given back; a check-in's, where nothing is said."""
TYPED_IN = (CHECK_IN, *KEPT_UNDER.values(), CHANGE)


@here.get("")
def circle() -> Answer:
    """The circle, as this phone may see it now."""
    # Whoever reads is counted, by script too: a silent reader must not be invisible. A socket, once open, replaces it.
    if presence.opened_page(g.member.circle_id, g.member.seat):
        live.tell_here(g.member.circle_id)
    return _news() if by_script() else show_page()


@here.post("/check-ins")
def check_in() -> Answer:
    """Keep a check-in."""
    return _write(CHECK_IN)


@here.post("/notes")
def note() -> Answer:
    """Keep a note."""
    return _write(NOTE)


@here.post("/shares/<id:share_id>/take-back")
def take_back(share_id: str) -> Answer:
    """Take back what I wrote."""
    return _of_mine(live.keep(g.member.circle_id, mine.take_back, g.member, share_id))


@here.post("/shares/<id:share_id>/show")
def show(share_id: str) -> Answer:
    """Show my own waiting share now, alone."""
    return _of_mine(live.keep(g.member.circle_id, mine.show, vault, g.member, share_id))


@here.post("/shares/<id:share_id>/change")
def change(share_id: str) -> Answer:
    """Say what I wrote in other words."""
    return _of_mine(live.keep(g.member.circle_id, mine.change, vault, g.member, share_id, forms.written().text))


@here.post("/shares/<id:share_id>/hear")
def hear(share_id: str) -> Answer:
    """Say "I hear you" to a note."""
    return _of_mine(live.keep(g.member.circle_id, mine.hear, vault, g.member, share_id, True), "notes-page")


@here.post("/shares/<id:share_id>/unhear")
def unhear(share_id: str) -> Answer:
    """Take my "I hear you" back."""
    return _of_mine(live.keep(g.member.circle_id, mine.hear, vault, g.member, share_id, False), "notes-page")


@here.post("/leave")
def leave() -> Answer:
    """Leave fast: a blank page that goes somewhere plain, whatever state things are in."""
    with database.read() as db:
        building_id = building_of(db, g.member.circle_id) if g.member else None
        leave_to = words_of(db, building_id).leave_fast
    return leaving.clean(render_template("here/left.html", leave_to=leave_to))


@here.post("/goodbye")
def goodbye() -> Answer:
    """Leave without haste: the same, and a kind word that says what the phone may still keep."""
    return leaving.ready_for_the_next() if is_shared() else leaving.clean(render_template("here/goodbye.html"))


@here.errorhandler(OldPage)
def old_page(_error: OldPage) -> Answer:
    """A form whose token does not fit any more: given back, with what was typed, to be sent again."""
    sentence = gettext("This page was open too long. Look it over and send it again.")
    key = forms.typed().key or forms.new_key()
    return problem(sentence, 403) if by_script() else show_page(_kept(sentence, key), 403)


@here.errorhandler(ShareRefused)
def refused(error: ShareRefused) -> Answer:
    """A rule of the circle said no: one sentence, and what was typed stays."""
    # A key that can't be used for these words is not given back with them: sent again, they get a new one.
    key = "" if error.reason in ("key", "reused") else forms.typed().key
    sentence = forms.share_sentence(error)
    return problem(sentence) if by_script() else show_page(_kept(sentence, key or forms.new_key()), 422)


@here.errorhandler(SentTwice)
def sent_twice(_error: SentTwice) -> Answer:
    """A field came twice: one sentence, and what was typed stays."""
    return problem(forms.again()) if by_script() else show_page(_kept(forms.again(), forms.new_key()), 422)


@here.errorhandler(NotNow)
def not_now(error: NotNow) -> Answer:
    """It can't be kept just now: one sentence, and what was typed stays, to be sent again under the same key."""
    answer = errors.not_now(error)
    if "text" in request.form and not by_script():
        with suppress(NotNow):  # unless it can't be read either
            return show_page(_kept(errors.not_saved(), forms.typed().key or forms.new_key()), 503)
    return answer


def _write(kind: str) -> Answer:
    written = forms.written()
    live.keep(g.member.circle_id, shares.write, vault, g.member, kind, written.text, written.tags, written.key)
    if by_script():
        return _mine()
    if is_shared():
        return leaving.ready_for_the_next()
    return back_to("here.circle", _anchor="notes-page" if kind == NOTE else None)


def _of_mine(change: Change | None, pane: str | None = None) -> Answer:
    if change is None:
        raise NotFound
    return _mine() if by_script() else back_to("here.circle", _anchor=pane)


def _kept(sentence: str, key: str) -> dict[str, Written]:
    """What was typed, under the form it was typed in, with the sentence to put beside it."""
    kind = KEPT_UNDER.get(request.endpoint or "", CHECK_IN)
    changed = _changed_here() if request.endpoint == "here.change" else ""
    typed = forms.typed()
    if kind == NOTE and any(tag.startswith(f"{CHANGE}:") for tag in typed.tags):
        kind = CHANGE
    return {changed or kind: Written(typed.text, typed.tags, key, sentence)}


def _changed_here() -> str:
    """The share that was to be changed, if the page has a form for it: the circle is open, and it is mine."""
    share_id = str((request.view_args or {})["share_id"])
    with database.read() as db:
        circle = db.get(Circle, g.member.circle_id)
        return share_id if circle and circle.state == OPEN and share_id in mine.ids(db, g.member) else ""


def _mine() -> Answer:
    """The answer to a script: all that is this phone's own now."""
    with database.read() as db:
        own = mine.of(db, vault, g.member, on_the_wall_too=False)
    return drawn("here/_answer.html", mine=own, kept={})


def show_page(kept: dict[str, Written] | None = None, status: int = 200) -> Answer:
    """The member's page, with what was typed in a form, where that is given back."""
    with database.read() as db:
        seen, its_own = _both(db)
        directory = places.directory(db, building_of(db, g.member.circle_id))
        own_tags = own_tags_in(db, vault, g.member.circle_id) if seen and seen.state == OPEN else {}
    if seen is None:
        return back_to("door.home")
    vocabulary, phone = tags(language.current()).joined_by(own_tags.values()), g.member.proof("order")
    return page(
        "here/circle.html",
        status=status,
        seen=seen,
        acts=_acts_without_scripts(seen.notes, its_own["mine"]),
        directory=directory,
        vocabulary=vocabulary,
        phone=phone,
        chips=chips.rows(vocabulary.groups, phone),
        stances=chips.rows(vocabulary.stances, phone),
        **its_own | {"kept": its_own["kept"] | (kept or {})},
    )


def _news() -> Answer:
    """What is live of the page, and no more: for a script, whose page is open already."""
    since = shared.moment()
    with database.read() as db:
        seen, its_own = _both(db)
    if seen is None:
        return back_to("door.home")
    alike = shared.drawn(seen, language.current(), since, lambda: _alike(seen))
    return drawn("here/news.html", seen=seen, alike=alike, **its_own)


def _both(db: Session) -> tuple[Snapshot | None, dict[str, Any]]:
    """The circle as members see it, and what belongs to this phone's page alone."""
    circle_id = g.member.circle_id
    seen = shared.seen(db, circle_id, lambda: snapshot.take(db, vault, circle_id, MEMBER))
    if seen is None:
        return None, {}
    return seen, {
        "mine": mine.of(db, vault, g.member, on_the_wall_too=not by_script()),
        "hand": hands.mine(db, vault, g.member),
        "host": words_of(db, building_of(db, circle_id)),
        "shared": is_shared(),
        "kept": {kind: Written(key=forms.new_key()) for kind in TYPED_IN},
        "phones": presence.phones(circle_id),
    }


def _alike(seen: Snapshot) -> str:
    """The parts of the page that every phone of this language has alike."""
    return "".join(live.part(name, MEMBER, seen) for name in ALIKE)


def _acts_without_scripts(notes: list[Said], own: Mine) -> dict[str, str]:
    """For each note of others: to hear it, or to take that back."""
    return {said.id: "unhear" if said.id in own.heard else "hear" for said in notes if said.id not in own.wrote}
