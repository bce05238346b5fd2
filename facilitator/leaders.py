"""Leading together: a code for a colleague, what a colleague does with it, and how a part in leading ends."""

from flask import current_app, g, render_template
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import circle_forms, live
from facilitator.answers import Answer, back_to, by_script, problem
from facilitator.extensions import database, vault
from facilitator.lead import at_console, found, index_page, lead, well_done
from facilitator.unlock import slowly
from sessions import sign_ins
from sessions.circle import leaders, snapshot
from sessions.circle.leaders import LeadRefused
from sessions.permissions import FACILITATOR


@lead.post("/<id:circle_id>/leaders/code")
def lead_with() -> Answer:
    """Make a code for a colleague, and show it on this console, to be read aloud."""
    code = database.write(leaders.invite, current_app.config["DOOR_KEY"], current_user.person.id, g.circle.id)
    if not by_script():
        return at_console(code=code)
    with database.read() as db:
        seen = snapshot.take(db, vault, g.circle.id, FACILITATOR)
    return render_template("lead/_leading.html", seen=seen, leads_first=True, code=code)


@lead.post("/along")
def lead_along() -> Answer:
    """Lead a colleague's circle along, by the code they read out. A wrong one is answered late."""
    form, me = circle_forms.AlongForm(), current_user.person.id
    if not form.validate_on_submit():
        return index_page(along=form)
    try:
        circle_id = _led_by_code(form.code.data or "", me)
    except LeadRefused as refused:
        form.code.errors = [circle_forms.lead_sentence(refused)]
        return index_page(along=form)
    return back_to("lead.console", circle_id=circle_id)


@lead.post("/<id:circle_id>/leaders/<id:leader_id>/end")
def end_part(leader_id: str) -> Answer:
    """End a colleague's part in leading, or my own: what they listened with is cut off."""
    me = current_user.person.id
    if live.keep(g.circle.id, leaders.end, me, g.circle.id, leader_id) is None:
        raise NotFound
    with database.read() as db:
        marks = sign_ins.marks(db, leader_id)
    for mark in marks:
        live.cut(mark, g.circle.id)
    return back_to("lead.index") if leader_id == me else well_done()


@lead.post("/<id:circle_id>/leaders/<id:leader_id>/hand-over")
def hand_over(leader_id: str) -> Answer:
    """Let a colleague who leads along lead first. I go on leading along."""
    return found(live.keep(g.circle.id, leaders.hand_over, current_user.person.id, g.circle.id, leader_id))


@lead.errorhandler(LeadRefused)
def refused(error: LeadRefused) -> Answer:
    """A rule of leading together said no: one sentence, and nothing has changed."""
    sentence = circle_forms.lead_sentence(error)
    return problem(sentence) if by_script() else at_console(sentence, 422)


def _led_by_code(typed: str, account_id: str) -> str:
    """The circle that this code let this account lead. Raises LeadRefused, late where the code opens nothing."""
    key = current_app.config["DOOR_KEY"]

    def meant() -> str | None:
        with database.read() as db:
            return leaders.meant(db, key, typed)

    circle_id = slowly((f"code {account_id}",), meant)
    if circle_id is None:
        raise LeadRefused("code")
    live.keep(circle_id, leaders.lead_along, key, account_id, typed)
    return circle_id
