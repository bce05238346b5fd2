"""The words to tap that a building adds to ours, as staff who plan write them."""

from collections.abc import Callable

from flask import g
from flask_login import current_user
from werkzeug.exceptions import NotFound

from facilitator import building_forms, language
from facilitator.answers import Answer, back_to, page
from facilitator.building_forms import TagForm
from facilitator.buildings import buildings
from facilitator.extensions import database
from sessions import library
from sessions.library import Tag, advise
from sessions.schedule import own_tags as rules
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.own_tags import MOST_TAGS, OwnTag

NEW = "tag-"
"""What stands before the names of the fields for a new tag; for another, its id does."""


@buildings.get("/<id:building_id>/tags")
def tags() -> Answer:
    """The tags of this building's own."""
    return _tags()


@buildings.post("/<id:building_id>/tags/add")
def add_tag() -> Answer:
    """Write down a tag."""
    form = TagForm(prefix=NEW)
    return _kept(form, "", rules.add, form.words())


@buildings.post("/<id:building_id>/tags/<id:tag_id>/change")
def change_tag(tag_id: str) -> Answer:
    """Write one of them anew."""
    form = TagForm(prefix=f"{tag_id}-")
    return _kept(form, tag_id, rules.change, tag_id, form.words())


@buildings.post("/<id:building_id>/tags/<id:tag_id>/take-off")
def take_off_tag(tag_id: str) -> Answer:
    """Delete one of them."""
    return _done(database.write(rules.take_off, current_user.person.id, g.building.id, tag_id))


def _kept(form: TagForm, tag_id: str, rule: Callable[..., OwnTag | None], *words: object) -> Answer:
    """Keep what was typed, or give the page back with what to mend in that form."""
    if not form.validate():
        return _tags(form, tag_id)
    try:
        kept = database.write(rule, current_user.person.id, g.building.id, *words)
    except ScheduleRefused as refused:
        building_forms.say(form, refused)
        return _tags(form, tag_id)
    return _done(kept is not None, kept.id if kept else "")


def _done(is_there: bool, tag_id: str = "") -> Answer:
    if not is_there:
        raise NotFound
    return back_to("buildings.tags", building_id=g.building.id, _anchor=f"tag-{tag_id}" if tag_id else None)


def _tags(refused: TagForm | None = None, tag_id: str = "") -> Answer:
    with database.read() as db:
        own = rules.of(db, g.building.id)
    if tag_id and tag_id not in {row.id for row in own}:
        raise NotFound
    forms = {row.id: TagForm(formdata=None, obj=row, prefix=f"{row.id}-") for row in own}
    forms[""] = TagForm(formdata=None, prefix=NEW)
    if refused is not None:
        forms[tag_id] = refused
    vocabulary = library.tags(language.current())
    return page(
        "buildings/tags.html",
        status=422 if refused is not None else 200,
        building=g.building,
        groups=vocabulary.groups,
        ours=_labels(vocabulary.by_id),
        own=own,
        advice={row.id: advise(f"{row.label}\n{row.help}") for row in own},
        forms=forms,
        refused=refused is not None,
        is_full=len(own) >= MOST_TAGS,
    )


def _labels(by_id: dict[str, Tag]) -> dict[str, str]:
    return {tag.id: tag.label for tag in by_id.values()}
