"""Accounts of others, as an admin looks after them. There is no way from here into a circle."""

from flask import Blueprint, current_app, g, url_for
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import acts, live, staff_forms
from facilitator.answers import Answer, back_to, page
from facilitator.extensions import database
from facilitator.staff import cut_off
from sessions import accounts, audit, invitations, roster
from sessions.accounts import AccountRefused
from sessions.circle import circles, leaders
from sessions.permissions import FACILITATOR

people = Blueprint("people", __name__, url_prefix="/people")


@people.url_value_preprocessor
def find_account(_endpoint: str | None, values: dict[str, str] | None) -> None:
    """Take the account's id off the views' hands: they get `g.account`, found by `reach`."""
    g.account_id = (values or {}).pop("account_id", None)


@people.before_request
def reach() -> None:
    """Find the account that is meant, or say that it is not there."""
    if g.account_id is None:
        return
    with database.read() as db:
        g.account = accounts.find(db, g.account_id)
    if g.account is None:
        raise NotFound


@people.get("")
def index() -> Answer:
    """Everybody who has an account."""
    with database.read() as db:
        everybody = roster.everybody(db)
    return page("people/index.html", staff_forms.RoleForm(), everybody=everybody, roles=staff_forms.ROLES)


@people.post("/invitations")
def invite() -> Answer:
    """Make an invitation, and show its link this once."""
    form = staff_forms.RoleForm()
    if not form.validate_on_submit():
        with database.read() as db:
            everybody = roster.everybody(db)
        return page("people/index.html", form, everybody=everybody, roles=staff_forms.ROLES)
    token = database.write(invitations.invite, current_user.person.id, form.role.data)
    link = current_app.config["ADDRESS"] + url_for("staff.invited", token=token)
    return page("people/invitation.html", link=link, for_what=staff_forms.ROLES[form.role.data])


@people.get("/acts", endpoint="acts")
def all_acts() -> Answer:
    """What was done with accounts, in the last 180 days."""
    with database.read() as db:
        done = acts.told(db, audit.everything(db))
    return page("people/acts.html", acts=done)


@people.get("/<id:account_id>")
def person() -> Answer:
    """One account."""
    return _person(staff_forms.RoleForm(obj=g.account))


@people.post("/<id:account_id>/role")
def set_role() -> Answer:
    """Give an account another job. It is signed out, and a circle it leads closes."""
    form = staff_forms.RoleForm()
    if not form.validate_on_submit():
        return _person(form)
    cut_off(database.write(roster.set_role, current_user.person.id, g.account.id, form.role.data))
    if form.role.data != FACILITATOR:
        _leave_circles()
    return _done()


@people.post("/<id:account_id>/disable")
def disable() -> Answer:
    """Turn an account off: it is signed out at once, and a circle it leads closes."""
    cut_off(database.write(roster.disable, current_user.person.id, g.account.id))
    _leave_circles()
    return _done()


@people.post("/<id:account_id>/enable")
def enable() -> Answer:
    """Turn an account on again."""
    database.write(roster.enable, current_user.person.id, g.account.id)
    return _done()


@people.post("/<id:account_id>/remove")
def remove() -> Answer:
    """Delete an account that is off. Its address is free again."""
    database.write(roster.remove, current_user.person.id, g.account.id, circles.leads)
    return back_to("people.index")


@people.errorhandler(AccountRefused)
def refused(error: AccountRefused) -> Answer:
    """A rule said no: one sentence, and nothing has changed."""
    if error.reason == "gone":
        raise NotFound
    return _person(staff_forms.RoleForm(formdata=None, obj=g.account), staff_forms.account_sentence(error))


def _leave_circles() -> None:
    """Close what this account leads first: nothing is handed over but by a person. What it leads along goes on."""
    account_id = g.account.id
    with database.read() as db:
        led = circles.led_by(db, account_id)
    for circle in led:
        if circle.account_id == account_id:
            live.keep(circle.id, circles.close, circle.id)
        else:
            live.keep(circle.id, leaders.end, account_id, circle.id, account_id)


def _done() -> Answer:
    return back_to("people.person", account_id=g.account.id)


def _person(form: staff_forms.RoleForm, sentence: str = "") -> Answer:
    with database.read() as db:
        account = accounts.find(db, g.account.id)
    if account is None:
        raise NotFound
    status = 422 if sentence else 200
    return page(
        "people/person.html", form, status=status, account=account, for_what=staff_forms.ROLES, sentence=sentence
    )
