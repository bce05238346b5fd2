"""The host's own words, as an admin edits them."""

from flask import Blueprint

from facilitator import staff_forms
from facilitator.answers import Answer, back_to, page
from facilitator.extensions import database
from sessions import host as hosts
from sessions.host import HostRefused

host = Blueprint("host", __name__, url_prefix="/host")


@host.route("", methods=["GET", "POST"], endpoint="page")
def edit() -> Answer:
    """Who runs this computer, where help comes to, where Leave fast goes."""
    with database.read() as db:
        form = staff_forms.HostForm(obj=hosts.words(db))
    if not form.validate_on_submit():
        return page("host/host.html", form)
    try:
        database.write(hosts.write, form.words())
    except HostRefused as refused:
        staff_forms.say(form, refused)
        return page("host/host.html", form)
    return back_to("host.page")
