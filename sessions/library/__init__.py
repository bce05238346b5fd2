"""The words the product ships: ground rules, tags and help, one folder per language. Stands alone."""

from sessions.library.languages import LANGUAGES
from sessions.library.reader import Help, Rule, Tag, TagGroup, Tags, help_page, read_languages, rules, tags

__all__ = ["LANGUAGES", "Help", "Rule", "Tag", "TagGroup", "Tags", "help_page", "read_languages", "rules", "tags"]
