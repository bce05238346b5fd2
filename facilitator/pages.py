"""What every template may use: languages, and the words of the library and of the host."""

from datetime import date

from flask import Flask, g
from flask_babel import format_date

from facilitator import board, forms, language, live, shown, taught, when
from facilitator.answers import by_script
from facilitator.extensions import database
from facilitator.place_forms import COLUMN_WORDS, KINDS
from facilitator.qr import door_qr
from sessions.circle.changes import Said
from sessions.circle.lesson import WAYS
from sessions.circle.rules import GroundRule
from sessions.library import LANGUAGES, PartWords, Tag, help_page, parts, rules, tags
from sessions.permissions import FACILITATOR, MEMBER
from sessions.plan_sheet import Part, said
from sessions.schedule import lines
from sessions.schedule.lines import Line
from sessions.schedule.own_words import Words, words_of


def templates(app: Flask) -> None:
    """Give the templates of `app` their words."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        languages=LANGUAGES,
        language=language.current,
        direction=language.direction,
        is_reviewed=language.is_reviewed,
        help_page=help_page,
        tags_of=tags_of,
        rule_words=rule_words,
        part_words=part_words,
        brings_forward=brings_forward,
        asks_for_good_things=asks_for_good_things,
        day_words=day_words,
        new_key=forms.new_key,
        by_script=by_script,
        stance_ids=lambda: [one.id for group in tags(language.current()).stances for one in group.tags],
        part_of=live.part,
        item_of=live.item,
        host_words=host_words,
        numbers_in=numbers_in,
        place_kinds=KINDS,
        place_columns=COLUMN_WORDS,
        screen_of=shown.state,
        door_of=shown.door,
        door_qr=door_qr,
        taught_in=taught.taught,
        to_teach=taught.to_teach,
        WAYS=WAYS,
        words_of_board=board.words,
        board_of=board.laid_out,
        BOARD=board,
        FACILITATOR=FACILITATOR,
        MEMBER=MEMBER,
        when=when,
    )


def tags_of(said: Said) -> list[Tag]:
    """The tags of a share: ours in the language being rendered, a building's own as they were typed."""
    known = tags(language.current()).by_id | {tag.id: tag for tag in said.own}
    return [known[one] for one in said.tags]


def rule_words(rule: GroundRule) -> str:
    """A rule's words: the group's own, or the shipped ones in the language being rendered."""
    return rule.words or next(shipped.words for shipped in rules(language.current()) if shipped.key == rule.key)


def part_words(part: Part | str) -> PartWords:
    """A part of a plan in the language being rendered, or in its leader's own words; a shipped one by its key."""
    return parts(language.current())[part] if isinstance(part, str) else said(part, language.current())


def brings_forward(part: Part) -> str:
    """Which pane of a phone a part brings forward: at the close that of the notes, where good things go."""
    kind = part_words(part).kind
    return "notes" if kind == "close" else kind


def asks_for_good_things(part: Part | None) -> bool:
    """Whether this part asks for one good thing and one small change: a close does, but not one after a loss."""
    return bool(part and part_words(part).kind == "close" and part_words(part).card)


def day_words(day: date) -> str:
    """A day, as it is said in the language being rendered."""
    return str(format_date(day, "full"))


def host_words() -> Words:
    """The host's words, for a page where no building is known, read once a request."""
    if "host" not in g:
        with database.read() as db:
            g.host = words_of(db, None)
    words: Words = g.host
    return words


def numbers_in(words: Words) -> list[Line]:
    """Whom one can call where these words are said, in the language being rendered."""
    return lines.of(help_page(language.current()), words.numbers)
