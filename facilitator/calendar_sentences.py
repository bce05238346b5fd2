"""What to tell somebody whose plan for the calendar can't be kept, or clashes: one plain sentence each."""

from collections.abc import Callable, Iterable

from flask_babel import gettext

from facilitator import when
from facilitator.forms import Form
from sessions.library import FEWEST_LINES
from sessions.schedule.buildings import MOST_PLACES
from sessions.schedule.clashes import FACILITATOR, IN_THE_ROOM, QUIET, SHUT, Clash, Clashing
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.series import LEAST_MINUTES, MOST_MINUTES


def say(form: Form, refused: ScheduleRefused) -> None:
    """Put the sentence for a refusal beside its field."""
    form[refused.field].errors = [schedule_sentence(refused)]


def schedule_sentence(refused: ScheduleRefused) -> str:
    """What to tell somebody whose plan can't be kept so."""
    if refused.field == "doors":
        return str(gettext("The doors open a quarter of an hour before it begins, until it ends."))
    if refused.field == "cover":
        return str(gettext("Somebody leads that one already."))
    sentences: dict[str, Callable[[], str]] = {
        "empty": lambda: gettext("Fill this in first."),
        "long": lambda: gettext("Make it shorter."),
        "none": lambda: _there_is_none(refused.field),
        "early": lambda: gettext("That is before it begins. Pick a later day."),
        "year": lambda: gettext("At most a year ahead. Pick a day that is nearer."),
        "number": lambda: _bounds(refused.field),
        "list": lambda: gettext("Pick from the list."),
        "last": lambda: gettext("That day is not the last of its kind in its month. Pick one that is."),
        "fifth": lambda: gettext("Not every month has a fifth one. Take the last, or another day."),
        "many": lambda: gettext("There is no room for more."),
        "few": lambda: gettext("Write at least %(fewest)d lines.", fewest=FEWEST_LINES),
        "late": lambda: gettext("That is after its last day. Pick a sooner day, or give it a later last day first."),
        "over": lambda: gettext("That day is over. Pick today or a later one."),
        "there": lambda: gettext("That is there already. Use other words."),
        "once": lambda: gettext("It is on one day alone."),
        "twice": lambda: gettext("There is one of that kind and name already. Change that one, or add to the name."),
        "ahead": lambda: gettext("That day is not here yet."),
        "met": lambda: gettext("It took place already. Give it a last day; a year after that it can be deleted."),
    }
    return sentences[refused.reason]()


def free() -> str:
    """That it clashes with nothing."""
    return str(gettext("It is free then. Nothing is saved yet."))


def clash_sentences(clashing: Clashing) -> list[str]:
    """With what it clashes, and when."""
    return [clash_sentence(clash) for clash in clashing.clashes]


def clash_sentence(clash: Clash) -> str:
    """With what one gathering clashes."""
    day, other = when.short_day(clash.gathering.on), clash.other
    sentences: dict[str, Callable[[], str]] = {
        IN_THE_ROOM: lambda: gettext("%(day)s: “%(other)s” is in that room then.", day=day, other=other),
        FACILITATOR: lambda: gettext("%(day)s: who leads it leads “%(other)s” then.", day=day, other=other),
        QUIET: lambda: gettext("%(day)s: that is in quiet hours.", day=day),
        SHUT: lambda: gettext("%(day)s: the building is closed.", day=day),
    }
    return sentences[clash.kind]()


def free_times(clashing: Clashing) -> Iterable[tuple[str, str]]:
    """The nearest free times: as a form holds them, and in words."""
    return [(when.typed(minute), when.clock(minute)) for minute in clashing.free]


def _there_is_none(field: str) -> str:
    if field == "zone":
        return str(gettext("There is no such time zone. Write one like America/Los_Angeles."))
    if field in ("start", "quiet_from", "quiet_to"):
        return str(gettext("There is no such time. Write one like 18:00."))
    return str(gettext("There is no such day. Write one like 2026-11-24."))


def _bounds(field: str) -> str:
    least, most = (1, MOST_PLACES) if field == "places" else (LEAST_MINUTES, MOST_MINUTES)
    return str(gettext("Use a whole number, %(least)d to %(most)d.", least=least, most=most))
