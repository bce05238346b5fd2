"""A facilitator's pages, and what facilitators post. Every circle is reached through the account that leads it."""

from collections.abc import Callable

from flask import Blueprint, current_app, g, request
from flask_babel import gettext
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import circle_forms, forms, language, live
from facilitator.answers import Answer, back_to, by_script, done, page, problem
from facilitator.extensions import database, presence, vault
from facilitator.unlock import NotUnlocked, unlock
from sessions import own_plans, own_rules
from sessions.circle import circles, doors, lock, members, on_screen, rules, shares, snapshot, wall
from sessions.circle.changes import CHECK_IN, Change, ShareRefused
from sessions.circle.circles import CircleRefused
from sessions.circle.vocabulary import own_tags
from sessions.library import tags
from sessions.own_rules import RuleRefused
from sessions.permissions import FACILITATOR
from sessions.plan_sheet import PlanRefused
from sessions.schedule import buildings, held, places
from sessions.schedule.own_words import words_of

lead = Blueprint("lead", __name__, url_prefix="/lead")


@lead.url_value_preprocessor
def find_circle(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """Take the circle's id off the views' hands: they get `g.circle`, found by `reach` once the guard let them in."""
    g.circle_id = (values or {}).pop("circle_id", None)


@lead.before_request
def reach() -> None:
    """Reach the circle through the person asking: somebody else's is not there."""
    if g.circle_id is None:
        return
    with database.read() as db:
        g.circle = circles.find_led(db, current_user.person.id, g.circle_id)
    if g.circle is None:
        raise NotFound
    # A covered console is locked: whoever stands at it has one thing to do, and needs the PIN or the passphrase for it.
    if g.circle.blank and request.method == "POST" and request.endpoint not in ("lead.blank", "lead.unblank"):
        raise NotFound


@lead.get("")
def index() -> Answer:
    """My circles, and the form that opens one now."""
    return index_page()


@lead.post("/circles")
def open_circle() -> Answer:
    """Open a circle now."""
    form = _open_form()
    if not form.validate_on_submit():
        return index_page(form)
    door_key, account_id, chosen = current_app.config["DOOR_KEY"], current_user.person.id, form.chosen()
    try:
        circle = database.write(doors.open_now, vault, door_key, account_id, **chosen)
    except CircleRefused as refused:
        form.say(refused)
        return index_page(form)
    return back_to("lead.console", circle_id=circle.id)


@lead.get("/<id:circle_id>")
def console() -> Answer:
    """The console of a circle."""
    return _console()


@lead.post("/<id:circle_id>/in-the-room")
def in_the_room() -> Answer:
    """Write down a check-in for somebody here who has no phone: words, or a tap, by no name."""
    written = forms.written()
    somebody = members.nobody(g.circle.id, written.key)
    live.keep(g.circle.id, shares.write, vault, somebody, CHECK_IN, written.text, written.tags, written.key)
    return well_done()


@lead.post("/<id:circle_id>/waiting/show")
def show_waiting() -> Answer:
    """Show what waits, from two up."""
    live.keep(g.circle.id, wall.show_waiting, vault, g.circle.id)
    return well_done()


@lead.post("/<id:circle_id>/shares/<id:share_id>/set-aside")
def set_aside(share_id: str) -> Answer:
    """Hide a share from members until it is restored."""
    return found(live.keep(g.circle.id, wall.set_aside, vault, g.circle.id, share_id))


@lead.post("/<id:circle_id>/shares/<id:share_id>/restore")
def restore(share_id: str) -> Answer:
    """Put a share back in its place."""
    return found(live.keep(g.circle.id, wall.restore, vault, g.circle.id, share_id))


@lead.post("/<id:circle_id>/shares/<id:share_id>/wipe")
def wipe(share_id: str) -> Answer:
    """Delete a share at once, on every screen."""
    return found(live.keep(g.circle.id, wall.wipe, g.circle.id, share_id))


@lead.post("/<id:circle_id>/blank")
def blank() -> Answer:
    """Cover every screen of the circle, this one too."""
    live.keep(g.circle.id, circles.set_blank, g.circle.id, True)
    return well_done()


@lead.post("/<id:circle_id>/unblank")
def unblank() -> Answer:
    """Uncover the screens, for whoever knows the PIN or the passphrase."""
    return _unlocked(circles.set_blank, False)


@lead.post("/<id:circle_id>/close")
def close() -> Answer:
    """Close the circle: in two minutes what was written is erased."""
    live.keep(g.circle.id, circles.close, g.circle.id)
    return well_done()


@lead.post("/<id:circle_id>/reopen")
def reopen() -> Answer:
    """Undo the close, for whoever knows the PIN or the passphrase."""
    return _unlocked(circles.reopen)


@lead.post("/<id:circle_id>/erase")
def erase() -> Answer:
    """Erase now what is closed. An open circle is not: nobody's words go by one slip of a finger."""
    if not live.erase_now(g.circle.id):
        return problem(gettext("Close the circle first."))
    return done("lead.index")


@lead.errorhandler(forms.SentTwice)
def sent_twice(_error: forms.SentTwice) -> Answer:
    """A field came twice: one sentence, and nothing has changed."""
    return problem(forms.again()) if by_script() else _console(forms.again(), 422)


@lead.errorhandler(ShareRefused)
@lead.errorhandler(RuleRefused)
@lead.errorhandler(PlanRefused)
def refused(error: ShareRefused | RuleRefused | PlanRefused) -> Answer:
    """A rule of the circle said no: one sentence, and nothing has changed."""
    if isinstance(error, ShareRefused):
        sentence = forms.share_sentence(error)
    elif isinstance(error, RuleRefused):
        sentence = circle_forms.rule_sentence(error)
    else:
        sentence = circle_forms.plan_sentence(error)
    return problem(sentence) if by_script() else _console(sentence, 422)


def _unlocked(rule: Callable[..., Change | None], *args: object) -> Answer:
    try:
        unlock(g.circle, forms.one("pin"), forms.one("passphrase") or "")
    except NotUnlocked as wrong:
        return problem(wrong.sentence) if by_script() else _console(status=422, wrong={wrong.field: wrong.sentence})
    live.keep(g.circle.id, rule, g.circle.id, *args)
    return well_done()


def well_done() -> Answer:
    """It is done: back to the console, which a script has in view."""
    return done("lead.console", circle_id=g.circle.id)


def found(change: Change | None) -> Answer:
    """The same, if there was something to do it to; else 404."""
    if change is None:
        raise NotFound
    return well_done()


def _open_form() -> circle_forms.OpenForm:
    with database.read() as db:
        return circle_forms.OpenForm(own_plans.of(db, current_user.person.id), buildings.everywhere(db))


def index_page(form: circle_forms.OpenForm | None = None, along: circle_forms.AlongForm | None = None) -> Answer:
    """The page of my circles, with whatever there is to mend in one of its forms."""
    form, along = form or _open_form(), along or circle_forms.AlongForm(formdata=None)
    with database.read() as db:
        led = circles.led_by(db, current_user.person.id)
        ground = rules.shown(own_rules.kept_by(db, current_user.person.id))
        lines = held.last_lines(db, current_user.person.id)
    mine = sorted([(one, doors.sign(vault, one)) for one in led if vault.has(one.id)], key=lambda pair: pair[1].title)
    words = {"circles": mine, "along": along, "ground": ground, "lines": lines}
    return page("lead/index.html", form, status=422 if along.errors else 200, **words)


def at_console(sentence: str = "", status: int = 200, code: str = "") -> Answer:
    """The console of this circle, with a sentence, or with a code for a colleague."""
    return _console(sentence, status, code=code)


def _console(sentence: str = "", status: int = 200, wrong: dict[str, str] | None = None, code: str = "") -> Answer:
    with database.read() as db:
        seen = snapshot.take(db, vault, g.circle.id, FACILITATOR)
        words, directory = words_of(db, g.circle.building_id), places.directory(db, g.circle.building_id)
    if seen is None:
        raise NotFound
    door = doors.sign(vault, g.circle)
    return page(
        "lead/console.html",
        status=status,
        seen=seen,
        host=words,
        directory=directory,
        door=door,
        phones=presence.phones(g.circle.id),
        vocabulary=tags(language.current()).joined_by(own_tags(vault, g.circle).values()),
        screen_choices=on_screen.CHOICES,
        sentence=sentence,
        wrong=wrong or {},
        leads_first=g.circle.account_id == current_user.person.id,
        code=code,
        drafts_key=lock.drafts_key(current_app.config["DOOR_KEY"], door.link),
    )
