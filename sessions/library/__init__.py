"""The words the product ships: ground rules, tags and help, one folder per language. Stands alone."""

from sessions.library.reader import LANGUAGES, Help, Rule, Tag, TagGroup, Tags, help_page, rules, tags

__all__ = ["LANGUAGES", "Help", "Rule", "Tag", "TagGroup", "Tags", "help_page", "rules", "tags"]
