"""After a circle: what its leader tells by hand, a page to rest on, and the leader's own list of what was told.

No address here names a circle, and nothing that is kept leads to one.
"""

from flask import request
from flask_login import current_user
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound

from facilitator import language, told_of
from facilitator.after_forms import AfterForm, numbers
from facilitator.answers import Answer, back_to, page
from facilitator.extensions import database
from facilitator.lead import lead
from sessions.circle import circles
from sessions.circle.circles import Circle
from sessions.library import cards
from sessions.schedule import agenda, cards_off, heads, held, supplies
from sessions.schedule.held import HeldRefused
from sessions.schedule.supplies import SuppliesRefused


@lead.get("/after")
def after() -> Answer:
    """Heads, supplies, a line for next time."""
    return _after(_form())


@lead.post("/after/told")
def tell() -> Answer:
    """Keep what was told. Sent again it is kept once. Of a month that was given out already, that is said."""
    form = _form()
    if not form.validate_on_submit():
        return _after(form)
    place = told_of.read(form.of.data or "")
    try:
        database.write(held.tell, current_user.person.id, form.typed(), place=place)
    except HeldRefused as refused:
        form.say(refused)
        return _after(form)
    with database.read() as db:
        late = place and heads.given_out(db, place.building_id, place.day)
    return back_to("lead.rest", told="late" if late else "yes")


@lead.post("/after/supplies")
def set_supplies() -> Answer:
    """Change the list of supplies. What else was typed by then is given back."""
    form = _form()
    if not form.validate_on_submit():
        return _after(form)
    try:
        database.write(supplies.set_supplies, current_user.person.id, form.names.data or "")
    except SuppliesRefused as refused:
        form.say(refused)
    return _after(form)


@lead.get("/after/rest")
def rest() -> Answer:
    """For one who led alone. Nothing is asked, and nothing kept."""
    return page("lead/rest.html", told=request.args.get("told", ""))


@lead.get("/held")
def told() -> Answer:
    """What this leader told of circles held."""
    with database.read() as db:
        mine = held.told_by(db, current_user.person.id)
        names = agenda.names(db).buildings
        given = {one.id for one in mine if one.building_id and heads.given_out(db, one.building_id, one.day)}
    return page("lead/held.html", held=mine, cards=cards(language.current()), buildings=names, given=given)


@lead.post("/held/<id:held_id>/delete")
def delete_told(held_id: str) -> Answer:
    """Delete one of them."""
    if not database.write(held.forget, current_user.person.id, held_id):
        raise NotFound
    database.tidy()  # what was deleted is not to stand in the log of writes until the next tick
    return back_to("lead.told")


def _form() -> AfterForm:
    """The form, with what I may tell of; opened, it says what is meant as far as that is known."""
    form = AfterForm()
    with database.read() as db:
        form.of.choices, meant = told_of.offered(db, _last_closed(db), form.of.data or "")
    if request.method == "GET":
        form.of.data = meant
    return form


def _last_closed(db: Session) -> Circle | None:
    """The circle that is meant, if it is there still: of those of mine that are closed, the last."""
    mine = circles.led_by(db, current_user.person.id)
    closed = [one for one in mine if one.state == circles.CLOSED and not one.practice]
    return max(closed, key=lambda circle: circle.grace, default=None)


def _after(form: AfterForm) -> Answer:
    with database.read() as db:
        names = supplies.supplies_of(db, current_user.person.id)
        last = _last_closed(db)
        seen = cards_off.shown_in(db, last.building_id if last else None, language.current())
    # What is counted is told under our cards' names for years; one of a building's own may be gone tomorrow.
    shown_cards = {key: card for key, card in seen.items() if not card.own}
    if request.method == "GET" and last:
        form.minutes.data = str(circles.about_minutes(last) or "")
    if not form.names.errors:
        form.names.data = "\n".join(names)
    form.renew()
    # A number typed for a name that left the list meanwhile, on another page, is given back too.
    given = {name: typed for name, typed in numbers() if typed or name in names}
    rows = [(name, given.get(name, "")) for name in dict.fromkeys([*names, *given])]
    shown = {"rows": rows, "cards": shown_cards, "picked": request.form.getlist("cards")}
    return page("lead/after.html", form, status=422 if form.wrong else 200, last=last, **shown)
