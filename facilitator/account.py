"""Somebody's own account: what members are told of them, passphrase, second step, where they are signed in."""

from flask import Blueprint, current_app, session
from flask_babel import gettext
from flask_login import current_user, logout_user

from facilitator import acts, qr, staff_forms
from facilitator.answers import Answer, back_to, page
from facilitator.extensions import database, off_loop
from facilitator.forms import Form, one
from facilitator.staff import HOME, cut_off, passphrase_fits
from sessions import accounts, audit, passphrases, second_factor, sign_ins
from sessions.accounts import AccountRefused, Person
from sessions.permissions import ADMIN

account = Blueprint("account", __name__, url_prefix="/staff/account")


@account.route("", methods=["GET", "POST"], endpoint="page")
def introduce() -> Answer:
    """What members are told of me, and the ways to the rest of my account."""
    person: Person = current_user.person
    form = staff_forms.IntroduceForm(obj=person)
    if not form.validate_on_submit():
        with database.read() as db:
            done = acts.told(db, audit.of(db, person.id))
            places = sign_ins.places(db, person.id, current_user.token)
        return page("staff/account.html", form, acts=done, places=places, moment=acts.moment)
    words = [form.name.data or "", form.paid_by.data or "", form.must_report.data or ""]
    database.write(accounts.introduce, person.id, *words)
    return back_to(HOME[person.acts_as])


@account.route("/passphrase", methods=["GET", "POST"])
def passphrase() -> Answer:
    """A new passphrase. Every other browser is signed out with it."""
    form = staff_forms.PassphraseForm()
    if not form.validate_on_submit() or not _proved(form):
        return page("staff/passphrase.html", form, shortest=passphrases.SHORTEST)
    try:
        about = (current_user.person.email, current_user.person.name)
        hashed = off_loop(passphrases.hashed, form.passphrase.data or "", *about)
    except AccountRefused as refused:
        staff_forms.say(form, refused)
        return page("staff/passphrase.html", form, shortest=passphrases.SHORTEST)
    cut_off(database.write(passphrases.change, current_user.person.id, hashed, current_user.token))
    return back_to("account.page")


@account.route("/second-step", methods=["GET", "POST"])
def second_step() -> Answer:
    """Add a second step at sign-in, or make its recovery codes anew with another app."""
    form = staff_forms.SecondStepForm()
    secret = second_factor.usable(form.secret.data)
    if not form.validate_on_submit() or not _proved(form):
        return _second_step(form, secret)
    key, person = current_app.config["SECRET_KEY"], current_user.person
    codes = database.write(second_factor.add, key, person.id, secret, form.code.data or "")
    if codes is None:
        form.code.errors = [gettext("Those digits do not fit. Wait for the next six, and look at the app’s clock.")]
        return _second_step(form, secret)
    return page("staff/recovery_codes.html", codes=codes)


@account.post("/second-step/remove")
def remove_second_step() -> Answer:
    """Go without a second step. An admin can't: whoever became them could let anybody in."""
    form, person = staff_forms.RemoveSecondStepForm(), current_user.person
    if person.role == ADMIN or not form.validate_on_submit() or not _proved(form):
        return _second_step(staff_forms.SecondStepForm(formdata=None), second_factor.usable(""), form)
    database.write(second_factor.remove, person.id)
    return back_to("account.page")


@account.post("/sign-ins/end")
def end_sign_in() -> Answer:
    """End one of my sign-ins: a laptop left in another building."""
    cut_off(database.write(sign_ins.end_one, current_user.person.id, one("place") or ""))
    return back_to("account.page")


@account.post("/sign-out-everywhere")
def sign_out_everywhere() -> Answer:
    """End my sign-ins in every browser, this one too."""
    cut_off(database.write(sign_ins.end_everywhere, current_user.person.id))
    logout_user()
    session.clear()
    return back_to("staff.sign_in")


def _proved(form: Form) -> bool:
    """Whether it is really they: a browser left open must not be enough to take an account over."""
    if passphrase_fits(form["old"].data or ""):
        return True
    form["old"].errors = [gettext("That is not your passphrase.")]
    return False


def _second_step(
    form: staff_forms.SecondStepForm, secret: str, removing: staff_forms.RemoveSecondStepForm | None = None
) -> Answer:
    with database.read() as db:
        left = second_factor.codes_left(db, current_user.person.id)
    form.secret.data = secret
    words = {"qr": qr.draw(second_factor.link(secret, current_user.person.email)), "secret": secret, "left": left}
    wrong = bool(removing and removing.errors)
    removing = removing or staff_forms.RemoveSecondStepForm(formdata=None)
    return page("staff/second_step.html", form, status=422 if wrong else 200, removing=removing, **words)
