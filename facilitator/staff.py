"""Signing in and out, and an account's own page. A member never comes here."""

from dataclasses import dataclass

from flask import Blueprint, current_app, session
from flask_babel import gettext
from flask_login import UserMixin, current_user, login_user, logout_user
from werkzeug.exceptions import NotFound

from facilitator import forms, live
from facilitator.answers import Answer, back_to, page
from facilitator.extensions import database, login_manager, off_loop, presence, socketio
from facilitator.patience import Patience
from sessions import accounts, first_run
from sessions.accounts import AccountRefused, Person
from sessions.circle import circles
from sessions.host import HostRefused
from sessions.permissions import ADMIN, FACILITATOR, HOUSING

staff = Blueprint("staff", __name__, url_prefix="/staff")

HOME = {FACILITATOR: "lead.index", ADMIN: "host.page", HOUSING: "staff.account"}
"""Where each role begins."""

tries = Patience(lambda seconds: socketio.sleep(seconds))


@dataclass(frozen=True)
class SignedIn(UserMixin):
    """Flask-Login's view of a person: who, and in which browser. Its id is the token of that one sign-in."""

    person: Person
    token: str

    @property
    def role(self) -> str:
        """The account's one role."""
        return self.person.role

    def get_id(self) -> str:
        """What Flask-Login keeps in the signed cookie."""
        return self.token


@login_manager.user_loader
def load(token: str) -> SignedIn | None:
    """Who is signed in with this token, looked up each time: signing out ends it on the server too."""
    with database.read() as db:
        person, due = accounts.signed_in(db, token, circles.leads)
    if due:
        database.write(accounts.seen, token)
    return SignedIn(person, token) if person else None


def sign_in_mark() -> str:
    """What tells this sign-in's sockets from others'."""
    return accounts.token_hash(current_user.token)


@staff.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Answer:
    """Sign in. The words and the work are the same whether the account exists or not."""
    form = forms.SignInForm()
    if not form.validate_on_submit():
        return page("staff/sign_in.html", form)
    email = accounts.address(form.email.data or "")
    person = _who_fits(email, form.passphrase.data or "")
    if person is None:
        form.passphrase.errors = [gettext("That e-mail and passphrase do not fit together.")]
        return page("staff/sign_in.html", form)
    return _begin(person)


@staff.post("/sign-out")
def sign_out() -> Answer:
    """End this sign-in, here and on the server, and cut its sockets."""
    _end()
    return back_to("staff.sign_in")


@staff.route("/account", methods=["GET", "POST"])
def account() -> Answer:
    """What members are told of me: my name, who pays me, what I must report."""
    person: Person = current_user.person
    form = forms.IntroduceForm(obj=person)
    if not form.validate_on_submit():
        return page("staff/account.html", form)
    database.write(
        accounts.introduce, person.id, form.name.data or "", form.paid_by.data or "", form.must_report.data or ""
    )
    return back_to(HOME[person.role])


@staff.route("/first/<token>", methods=["GET", "POST"])
def first(token: str) -> Answer:
    """The one-time link of the first run: makes the first account, and asks for the host's words."""
    expected: str = current_app.config.get("FIRST_LINK", "")
    with database.read() as db:
        is_new = not accounts.anybody(db)
    if not expected or not accounts.same(expected, token) or not is_new:
        raise NotFound
    form = forms.FirstForm()
    if not form.validate_on_submit():
        return page("staff/first.html", form, shortest=accounts.SHORTEST_PASSPHRASE)
    try:
        hashed = off_loop(accounts.hash_passphrase, form.passphrase.data or "")
        person = database.write(first_run.begin, form.email.data or "", form.role.data, hashed, form.words())
    except (AccountRefused, HostRefused) as refused:
        form.say(refused)
        return page("staff/first.html", form, shortest=accounts.SHORTEST_PASSPHRASE)
    current_app.config["FIRST_LINK"] = ""
    return _begin(person)


def passphrase_fits(passphrase: str) -> bool:
    """Whether this is the passphrase of who is signed in. A wrong one is answered late."""
    return _who_fits(current_user.person.email, passphrase) is not None


def _who_fits(email: str, passphrase: str) -> Person | None:
    tries.before(email)
    with database.read() as db:
        person, stored = accounts.stored_passphrase(db, email)
    if off_loop(accounts.passphrase_fits, stored, passphrase) and person:
        return person
    tries.hold(email)
    return None


def _end() -> None:
    """End the sign-in of this browser, if there is one."""
    if current_user.is_authenticated:
        database.write(accounts.sign_out, current_user.token)
        live.drop(presence.sockets_of(sign_in_mark()))
        logout_user()
    session.clear()


def _begin(person: Person) -> Answer:
    # A new session with a new token: whatever cookie the browser had before is worth nothing now.
    _end()
    login_user(SignedIn(person, database.write(accounts.sign_in, person.id)))
    session.pop("_id", None)  # Flask-Login's hash of the person's address and browser, which nothing here reads
    return back_to(HOME[person.role])
