"""Reads the form of a building's own card."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext
from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its types

from facilitator import calendar_sentences, language
from facilitator.forms import NEEDED, Form, OneOf, at_most, one
from sessions.library import LANGUAGES, MOST_LINES, Card
from sessions.schedule.clock import ScheduleRefused
from sessions.schedule.own_cards import LONGEST_LINE, LONGEST_SOURCE, LONGEST_TITLE, CardTyped

NUMBERS = range(1, MOST_LINES + 1)


class OwnCardForm(Form):
    """A card of a building's own: a title, three to five lines, where they are from, in which language.

    What a line moves is ticked: `moves[n]`, any of drug, set and setting.
    """

    title = StringField(lazy_gettext("Title"), [NEEDED, at_most(LONGEST_TITLE)])
    line_1 = TextAreaField(lazy_gettext("Line %(number)d", number=1), [at_most(LONGEST_LINE)])
    line_2 = TextAreaField(lazy_gettext("Line %(number)d", number=2), [at_most(LONGEST_LINE)])
    line_3 = TextAreaField(lazy_gettext("Line %(number)d", number=3), [at_most(LONGEST_LINE)])
    line_4 = TextAreaField(lazy_gettext("Line %(number)d", number=4), [at_most(LONGEST_LINE)])
    line_5 = TextAreaField(lazy_gettext("Line %(number)d", number=5), [at_most(LONGEST_LINE)])
    source = StringField(lazy_gettext("Where it is from"), [at_most(LONGEST_SOURCE)])
    language = OneOf(lazy_gettext("Language"))

    def __init__(self, card: Card | None = None, **given: Any) -> None:
        """Begin with this card, or with an empty one in the reader's language."""
        super().__init__(data=_held(card) if card else {"language": language.current()}, **given)
        self.language.choices = [SelectChoice(code, spoken.name) for code, spoken in LANGUAGES.items()]
        self.wrong_lines = ""
        posted = request.method == "POST"
        kept = {number: line.moves for number, line in enumerate(card.lines, 1)} if card else {}
        self.moves = {
            number: request.form.getlist(f"moves_{number}") if posted else [*kept.get(number, ())] for number in NUMBERS
        }

    def words(self) -> CardTyped:
        """What was typed, in the words of the rule."""
        lines = [(self[f"line_{number}"].data or "", self.moves[number]) for number in NUMBERS]
        return CardTyped(self.title.data or "", lines, self.source.data or "", self.language.data or "")

    def only_looks(self) -> bool:
        """Whether it is only to be seen as a card, and not kept."""
        return bool(one("look"))

    def say(self, refused: ScheduleRefused) -> None:
        """Put the sentence for a refusal beside its field."""
        if refused.field == "lines":
            self.wrong_lines = calendar_sentences.schedule_sentence(refused)
        else:
            calendar_sentences.say(self, refused)


def _held(card: Card) -> dict[str, str]:
    lines = {f"line_{number}": line.text for number, line in enumerate(card.lines, 1)}
    source = "".join(source.name for source in card.sources)
    return {"title": card.title, "source": source, "language": card.language} | lines
