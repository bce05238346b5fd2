"""Every route and socket hook, and the ability it needs (`sessions.permissions`). What is not here answers 404."""

from datetime import date

from werkzeug.routing import BaseConverter, ValidationError

from sessions.database import ID
from sessions.schedule.clock import ScheduleRefused, read_day


class Id(BaseConverter):
    """An id in an address: what does not look like one of ours is not there."""

    regex = ID


class Day(BaseConverter):
    """A day in an address: one that there never was, or that is far away, is not there."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:
        """The day."""
        try:
            return read_day(value)
        except ScheduleRefused:
            raise ValidationError from None

    def to_url(self, value: date | str) -> str:
        """The day, as text."""
        return str(value)


class PageName(BaseConverter):
    """The name of a building's page, as we make them."""

    regex = r"[a-z0-9-]{1,40}"


ROUTES: dict[str, str] = {
    "static": "see the door",
    "door.home": "see the door",
    "door.knock": "see the door",
    "door.threshold": "see the door",
    "door.join": "see the door",
    "door.language": "see the door",
    "door.forgotten": "see the door",
    "door.healthz": "see the door",
    "door.readyz": "see the door",
    "public.what_we_keep": "see the door",
    "whats_on.index": "see the door",
    "whats_on.building": "see the door",
    "feeds.read": "see the door",
    "here.leave": "leave",
    "here.goodbye": "leave",
    "here.circle": "take part",
    "here.check_in": "take part",
    "here.note": "take part",
    "here.take_back": "take part",
    "here.change": "take part",
    "here.hear": "take part",
    "here.unhear": "take part",
    "here.show": "take part",
    "here.raise_hand": "take part",
    "here.say_for_me": "take part",
    "here.name_hand": "take part",
    "here.another_name": "take part",
    "here.lower_hand": "take part",
    "here.suggest": "take part",
    "staff.sign_in": "sign in",
    "staff.first": "sign in",
    "staff.invited": "sign in",
    "staff.sign_out": "keep own account",
    "account.page": "keep own account",
    "account.passphrase": "keep own account",
    "account.second_step": "keep own account",
    "account.remove_second_step": "keep own account",
    "account.end_sign_in": "keep own account",
    "account.sign_out_everywhere": "keep own account",
    "host.page": "write the host's words",
    "people.index": "look after accounts",
    "people.invite": "look after accounts",
    "people.acts": "look after accounts",
    "people.person": "look after accounts",
    "people.set_role": "look after accounts",
    "people.disable": "look after accounts",
    "people.enable": "look after accounts",
    "people.remove": "look after accounts",
    "calendar.today": "read the calendar",
    "calendar.days": "read the calendar",
    "calendar.week": "read the calendar",
    "calendar.month": "read the calendar",
    "calendar.gathering": "read the calendar",
    "calendar.new_group": "plan gatherings",
    "calendar.add_group": "plan gatherings",
    "calendar.cancel": "plan gatherings",
    "calendar.restore": "plan gatherings",
    "calendar.move": "plan gatherings",
    "calendar.change_room": "plan gatherings",
    "calendar.change_words": "plan gatherings",
    "calendar.change_facilitator": "plan gatherings",
    "calendar.need_cover": "plan gatherings",
    "calendar.change_rhythm": "plan gatherings",
    "calendar.end": "plan gatherings",
    "calendar.delete": "plan gatherings",
    "calendar.undo": "plan gatherings",
    "calendar.join": "plan gatherings",
    "buildings.index": "plan gatherings",
    "buildings.add": "plan gatherings",
    "buildings.building": "plan gatherings",
    "buildings.change": "plan gatherings",
    "buildings.add_room": "plan gatherings",
    "buildings.change_room": "plan gatherings",
    "buildings.remove_room": "plan gatherings",
    "buildings.close": "plan gatherings",
    "buildings.undo_closure": "plan gatherings",
    "buildings.list_building": "plan gatherings",
    "buildings.flyer": "plan gatherings",
    "calendar.list_group": "plan gatherings",
    "calendar.flyer": "plan gatherings",
    "feeds.of_building": "plan gatherings",
    "feeds.of_group": "plan gatherings",
    "account.feed": "lead circles",
    "buildings.own_words": "plan gatherings",
    "buildings.save_own_words": "plan gatherings",
    "buildings.numbers": "plan gatherings",
    "buildings.add_number": "plan gatherings",
    "buildings.change_number": "plan gatherings",
    "buildings.take_off_number": "plan gatherings",
    "buildings.check_number": "plan gatherings",
    "buildings.uncheck_number": "plan gatherings",
    "buildings.switch_number": "plan gatherings",
    "buildings.naloxone": "plan gatherings",
    "buildings.add_spot": "plan gatherings",
    "buildings.change_spot": "plan gatherings",
    "buildings.take_off_spot": "plan gatherings",
    "buildings.cards": "plan gatherings",
    "buildings.switch_card": "plan gatherings",
    "heads.index": "read heads in bands",
    "heads.building": "read heads in bands",
    "heads.file": "read heads in bands",
    "calendar.set_plan": "plan gatherings",
    "duty.open_gathering": "lead circles",
    "duty.choose_plan": "lead circles",
    "duty.take_back_rules": "lead circles",
    "duty.claim_cover": "lead circles",
    "duty.give_back_cover": "lead circles",
    "lead.index": "lead circles",
    "lead.open_circle": "lead circles",
    "lead.practice": "lead circles",
    "lead.console": "lead circles",
    "lead.lead_with": "lead circles",
    "lead.lead_along": "lead circles",
    "lead.end_part": "lead circles",
    "lead.hand_over": "lead circles",
    "lead.next_part": "lead circles",
    "lead.start_part": "lead circles",
    "lead.move_part": "lead circles",
    "lead.part_minutes": "lead circles",
    "lead.in_the_room": "lead circles",
    "lead.show_waiting": "lead circles",
    "lead.set_aside": "lead circles",
    "lead.restore": "lead circles",
    "lead.wipe": "lead circles",
    "lead.add_rule": "lead circles",
    "lead.reword_rule": "lead circles",
    "lead.remove_rule": "lead circles",
    "lead.move_rule": "lead circles",
    "lead.keep_rules": "lead circles",
    "lead.adopt": "lead circles",
    "lead.let_go": "lead circles",
    "lead.let_all_go": "lead circles",
    "lead.let_rules_go": "lead circles",
    "lead.after": "lead circles",
    "lead.tell": "lead circles",
    "lead.set_supplies": "lead circles",
    "lead.rest": "lead circles",
    "lead.told": "lead circles",
    "lead.delete_told": "lead circles",
    "lead.raise_for": "lead circles",
    "lead.invite": "lead circles",
    "lead.hand_done": "lead circles",
    "lead.step_out": "lead circles",
    "lead.pin_theme": "lead circles",
    "lead.take_down_theme": "lead circles",
    "lead.clear_wall": "lead circles",
    "lead.put_back": "lead circles",
    "lead.pause": "lead circles",
    "lead.resume": "lead circles",
    "lead.appear": "lead circles",
    "lead.shut": "lead circles",
    "lead.unshut": "lead circles",
    "lead.change_code": "lead circles",
    "lead.blank": "lead circles",
    "lead.unblank": "lead circles",
    "lead.close": "lead circles",
    "lead.reopen": "lead circles",
    "lead.erase": "lead circles",
    "lead.keep_plan": "lead circles",
    "plans.index": "lead circles",
    "plans.copy": "lead circles",
    "plans.bring_in": "lead circles",
    "plans.page": "lead circles",
    "plans.file": "lead circles",
    "plans.rename": "lead circles",
    "plans.add_part": "lead circles",
    "plans.save_part": "lead circles",
    "plans.move_part": "lead circles",
    "plans.remove_part": "lead circles",
    "plans.remove": "lead circles",
    "screen.show": "lead circles",
    "prints.circle": "lead circles",
    "prints.without_circle": "lead circles",
    "cards.index": "read the cards",
    "cards.card": "read the cards",
    "cards.ways": "read the cards",
}

SOCKET_HOOKS: dict[str, tuple[str, ...]] = {
    "connect": ("take part", "lead circles"),
    "disconnect": ("take part", "lead circles"),
}

WITHOUT_A_COOKIE = frozenset({"static", "door.healthz", "door.readyz"})
"""Addresses that answer everybody alike: whose cookie comes along is not looked up."""

WITHOUT_A_TOKEN = frozenset({"door.knock", "door.language", "door.forgotten", "here.leave", "here.goodbye"})
"""Posts that carry no CSRF token, as a forged one could do no harm: they change nothing but the sender's own cookies,
and Origin is checked all the same. Leaving must never be refused because a page stood open for long."""
