"""Signing in and out, and links that make an account. A member never comes here."""

from dataclasses import dataclass

from flask import Blueprint, current_app, session
from flask_babel import gettext
from flask_login import UserMixin, current_user, login_user, logout_user
from werkzeug.exceptions import NotFound

from facilitator import live, staff_forms
from facilitator.answers import Answer, back_to, page
from facilitator.extensions import database, login_manager, off_loop, socketio
from facilitator.patience import Patience
from sessions import accounts, first_run, invitations, passphrases, second_factor, sign_ins
from sessions.accounts import AccountRefused, Person
from sessions.circle import circles
from sessions.host import HostRefused
from sessions.permissions import ADMIN, FACILITATOR, HOUSING, NEW_ADMIN
from sessions.tokens import same, token_hash

staff = Blueprint("staff", __name__, url_prefix="/staff")

HOME = {FACILITATOR: "lead.index", ADMIN: "people.index", HOUSING: "calendar.today", NEW_ADMIN: "account.second_step"}
"""Where each role begins."""

tries = Patience(lambda seconds: socketio.sleep(seconds))


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """Flask-Login's view of a person: who, and in which browser. Its id is the token of that one sign-in."""

    person: Person
    token: str

    @property
    def role(self) -> str:
        """The role this person acts in now."""
        return self.person.acts_as

    def get_id(self) -> str:
        """What Flask-Login keeps in the signed cookie."""
        return self.token


@login_manager.user_loader
def load(token: str) -> SignedIn | None:
    """Who is signed in with this token, looked up each time: signing out ends it on the server too."""
    with database.read() as db:
        person, due = sign_ins.who(db, token, circles.leads)
    if due:
        database.hand_in(sign_ins.seen, token)  # nobody waits to read a page until this is kept
    return SignedIn(person, token) if person else None


def sign_in_mark() -> str:
    """What tells this sign-in's sockets from others'."""
    return token_hash(current_user.token)


@staff.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Answer:
    """Sign in. The words and the work are the same whether the account exists or not."""
    form = staff_forms.SignInForm()
    if not form.validate_on_submit():
        return page("staff/sign_in.html", form)
    person = _who_fits(accounts.address(form.email.data or ""), form.passphrase.data or "", form.code.data or "")
    if person is None:
        form.passphrase.errors = [gettext("That does not fit together. Look at each line again.")]
        return page("staff/sign_in.html", form)
    return _begin(person)


@staff.post("/sign-out")
def sign_out() -> Answer:
    """End this sign-in, here and on the server, and cut its sockets."""
    _end()
    return back_to("staff.sign_in")


@staff.route("/first/<token>", methods=["GET", "POST"])
def first(token: str) -> Answer:
    """The one-time link of the first run: makes the first account, and asks for the host's words."""
    expected: str = current_app.config.get("FIRST_LINK", "")
    with database.read() as db:
        is_new = not accounts.anybody(db)
    if not expected or not same(expected, token) or not is_new:
        raise NotFound
    form = staff_forms.FirstForm()
    if not form.validate_on_submit():
        return page("staff/first.html", form, shortest=passphrases.SHORTEST)
    try:
        hashed = off_loop(passphrases.hashed, form.passphrase.data or "", form.email.data or "")
        person = database.write(first_run.begin, form.email.data or "", form.role.data, hashed, form.words())
    except (AccountRefused, HostRefused) as refused:
        staff_forms.say(form, refused)
        return page("staff/first.html", form, shortest=passphrases.SHORTEST)
    current_app.config["FIRST_LINK"] = ""
    return _begin(person)


@staff.route("/invited/<token>", methods=["GET", "POST"])
def invited(token: str) -> Answer:
    """An invitation: makes an account in the role that the inviter chose."""
    with database.read() as db:
        role = invitations.role_of(db, token)
    if role is None:
        raise NotFound
    form = staff_forms.InvitedForm()
    words = {"role": role, "for_what": staff_forms.ROLES[role], "shortest": passphrases.SHORTEST}
    if not form.validate_on_submit():
        return page("staff/invited.html", form, **words)
    try:
        email, name = form.email.data or "", form.name.data or ""
        hashed = off_loop(passphrases.hashed, form.passphrase.data or "", email, name)
        person = database.write(invitations.accept, token, email, hashed, name)
    except AccountRefused as refused:
        staff_forms.say(form, refused)
        return page("staff/invited.html", form, **words)
    if person is None:  # somebody was faster with the same link
        raise NotFound
    return _begin(person)


def passphrase_fits(passphrase: str) -> bool:
    """Whether this is the passphrase of who is signed in. A wrong one is answered late."""
    email = current_user.person.email
    tries.before(email)
    return _knows(email, passphrase) is not None or _late(email)


def cut_off(marks: list[str]) -> None:
    """Cut the sockets of sign-ins that ended. `marks` are the hashes of their tokens."""
    for mark in marks:
        live.cut(mark)


def _who_fits(email: str, passphrase: str, code: str) -> Person | None:
    tries.before(email)
    person = _knows(email, passphrase)
    # The second step is looked at only after the first, so that a guess uses up nobody's digits.
    if person and database.write(second_factor.passes, current_app.config["SECRET_KEY"], person.id, code):
        return person
    _late(email)
    return None


def _knows(email: str, passphrase: str) -> Person | None:
    with database.read() as db:
        person, stored = passphrases.stored(db, email)
    return person if off_loop(passphrases.fits, stored, passphrase) else None


def _late(email: str) -> bool:
    tries.hold(email)
    return False


def _end() -> None:
    """End the sign-in of this browser, if there is one."""
    if current_user.is_authenticated:
        database.write(sign_ins.end, current_user.token)
        cut_off([sign_in_mark()])
        logout_user()
    session.clear()


def _begin(person: Person) -> Answer:
    # A new session with a new token: whatever cookie the browser had before is worth nothing now.
    _end()
    login_user(SignedIn(person, database.write(sign_ins.begin, person.id)))
    session.pop("_id", None)  # Flask-Login's hash of the person's address and browser, which nothing here reads
    return back_to(HOME[person.acts_as])
