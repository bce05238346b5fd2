"""What comes along from a group to its circles, as it is chosen: a plan and languages; and the rules it kept."""

from datetime import date

from flask import request
from flask_babel import gettext, lazy_gettext
from flask_login import current_user
from werkzeug.exceptions import NotFound
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from facilitator import circle_forms, forms
from facilitator.answers import Answer, back_to, page
from facilitator.calendar import calendar, gathering_page
from facilitator.extensions import database
from facilitator.forms import Pick
from facilitator.on_duty import duty
from sessions import own_plans
from sessions.circle import rules
from sessions.own_plans import OwnPlan
from sessions.schedule import coming_along, group_rules
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.gatherings import Gathering
from sessions.schedule.series import Series


class PlanForm(forms.Form):
    """With which plan the circles of a group begin."""

    plan = Pick(lazy_gettext("Its circles begin with"), default="")

    def __init__(self, own: list[OwnPlan], prefix: str = "", **given: str) -> None:
        """Offer the plan nearest in length, the shipped ones, and those of whoever's group it is."""
        super().__init__(prefix=prefix, data=given)
        self.plan.choices = [
            SelectChoice("", gettext("The nearest in length")),
            *circle_forms.plan_choices(own),
        ]


@calendar.app_template_global()
def plan_form(one: Gathering) -> PlanForm:
    """The choice of a plan for who plans, who may not choose among a facilitator's own: '' stands for those, too."""
    with database.read() as db:
        held = db.get(Series, one.series_id)
    return PlanForm([], "plan-", plan=held.plan if held else "")


@calendar.post("/groups/<id:series_id>/<day:day>/plan")
def set_plan(series_id: str, day: date) -> Answer:
    """Let the circles of a group begin with this plan, from this date on, and say in which languages it meets."""
    form, languages = PlanForm([], "plan-"), request.form.getlist("languages")
    if not form.validate():
        return gathering_page(series_id, day, sentence=str(form.plan.errors[0]))
    try:
        one = database.write(
            coming_along.set_plan, current_user.person.id, series_id, day, form.plan.data or "", languages
        )
    except ScheduleRefused:
        return gathering_page(series_id, day, sentence=gettext("Pick from the list."))
    if one is None:
        raise NotFound
    return back_to("calendar.gathering", series_id=one.series_id, day=one.day)


@duty.app_template_global()
def comes_along(one: Gathering) -> dict[str, object]:
    """For whoever leads this date: the rules the group kept; and the choice of a plan, if the group is theirs."""
    with database.read() as db:
        held, kept = db.get(Series, one.series_id), group_rules.newest(db, one.series_id)
        own = own_plans.of(db, current_user.person.id)
    is_mine = held is not None and held.account_id == current_user.person.id
    return {
        "rules": rules.shown(kept),
        "form": PlanForm(own, f"{one.series_id}-", plan=held.plan) if held and is_mine else None,
    }


@duty.post("/<id:series_id>/<day:day>/plan")
def choose_plan(series_id: str, day: date) -> Answer:
    """Let the circles of my group begin with this plan, from this date on: one of mine, or a shipped one."""
    with database.read() as db:
        form = PlanForm(own_plans.of(db, current_user.person.id), f"{series_id}-")
    if not form.validate():
        return page("lead/on_duty.html", status=422, sentence=str(form.plan.errors[0]))
    if database.write(coming_along.choose_plan, current_user.person.id, series_id, day, form.plan.data or "") is None:
        raise NotFound
    return back_to("lead.index")


@duty.post("/<id:series_id>/<day:day>/rules/take-back")
def take_back_rules(series_id: str, day: date) -> Answer:
    """Let the rules that the group kept last go: those kept before them count again."""
    if not database.write(group_rules.take_back, current_user.person.id, series_id, day):
        raise NotFound
    database.tidy()  # what was deleted is not to stand in the log of writes until the next tick
    return back_to("lead.index")
