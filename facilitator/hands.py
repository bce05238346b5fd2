"""Raised hands: what a member posts about their own, and what a leader posts about the row of them."""

from flask import current_app, g, render_template

from facilitator import forms, language, live
from facilitator.answers import Answer, back_to, by_script
from facilitator.extensions import database, vault
from facilitator.here import HAND, NAME, here
from facilitator.lead import found, lead, well_done
from sessions.circle import hands


@here.post("/hand")
def raise_hand() -> Answer:
    """Raise my hand, perhaps with a line to be read out. A name is given to it."""
    written = forms.written()
    now = language.current()
    live.keep(g.member.circle_id, hands.raise_hand, vault, g.member, now, written.text, written.key)
    return _own_hand()


@here.post("/hand/line")
def say_for_me() -> Answer:
    """Change the line to be read out."""
    live.keep(g.member.circle_id, hands.say_for_me, vault, g.member, forms.written().text)
    return _own_hand()


@here.post("/hand/name")
def name_hand() -> Answer:
    """Choose a name of my own."""
    live.keep(g.member.circle_id, hands.rename, vault, g.member, forms.written().text)
    return _own_hand()


@here.post("/hand/another-name")
def another_name() -> Answer:
    """Be given another name."""
    live.keep(g.member.circle_id, hands.another_name, vault, g.member, language.current())
    return _own_hand()


@here.post("/hand/lower")
def lower_hand() -> Answer:
    """Take my hand down."""
    live.keep(g.member.circle_id, hands.lower, g.member)
    return _own_hand()


@lead.post("/<id:circle_id>/hands")
def raise_for() -> Answer:
    """Raise a hand for somebody without a phone, by a name or none."""
    written = forms.written()
    live.keep(g.circle.id, hands.raise_for, vault, g.circle.id, written.text, written.key)
    return well_done()


@lead.post("/<id:circle_id>/hands/<id:hand_id>/invite")
def invite(hand_id: str) -> Answer:
    """Give a hand its turn: that phone alone is told."""
    return found(live.keep(g.circle.id, hands.invite, g.circle.id, hand_id))


@lead.post("/<id:circle_id>/hands/<id:hand_id>/done")
def hand_done(hand_id: str) -> Answer:
    """Take a hand out of the row."""
    return found(live.keep(g.circle.id, hands.done, g.circle.id, hand_id))


@lead.post("/<id:circle_id>/hands/<id:hand_id>/step-out")
def step_out(hand_id: str) -> Answer:
    """Ask the phone that raised a hand to step out, for today. The code changes, and that phone hears nothing more."""
    with database.read() as db:
        hand = hands.proof_of(db, g.circle.id, hand_id)
    door_key = current_app.config["DOOR_KEY"]
    answer = found(live.keep(g.circle.id, hands.step_out, vault, door_key, g.circle.id, hand_id))
    live.cut_hand(g.circle.id, hand)
    return answer


def _own_hand() -> Answer:
    """How it stands with my own hand now, whoever took it down meanwhile. No push says it."""
    if not by_script():
        return back_to("here.circle", _anchor="hand")
    with database.read() as db:
        hand = hands.mine(db, vault, g.member)
    empty = forms.Written(key=forms.one("key") or "")
    return render_template("here/_hand_answer.html", hand=hand, kept={HAND: empty, NAME: empty})
