"""Each kind of bad input and attack that is expected here, and the tests that try it. Named in our own short words.

`LIVE` marks a server of its own process with real sockets; `tests/web` and `tests/rules` run in this process. Where a
real server could answer otherwise, at least one test does run on one.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
LIVE = ("live/", "faults/", "browser/")
FORMS, ANYTHING = "live/test_bad_forms.py::", "faults/test_anything_posted.py::test_anything_posted_to_any_form"
WHO, WEB = "live/test_bad_visitors.py::", "web/test_abuse.py::"
SHARE = f"{FORMS}test_a_share_that_is_no_form_of_ours"
SOCKET = "faults/test_anything_on_the_socket.py::test_anything_said_on_the_socket"
SAID = "live/test_only_listening.py::test_whoever_talks_is_cut_off_quietly"
LINES = "live/test_lines.py::"

ROWS: dict[str, tuple[str, ...]] = {
    # forms
    "a form that is none: fields missing, twice, unknown; files; JSON": (
        SHARE,
        f"{FORMS}test_every_form_of_the_console",
        f"{FORMS}test_forms_of_accounts",
        "web/test_sent_twice.py::test_a_field_that_comes_twice_is_refused_beside_its_form",
        f"{WEB}test_unknown_fields_are_ignored",
        ANYTHING,
    ),
    "keys: none, long, no UUID, used for other words, used by somebody else": (
        SHARE,
        "live/test_sending_again.py::test_another_text_under_a_used_key_is_asked_about",
        "live/test_sending_again.py::test_another_phone_may_use_the_same_key",
        "rules/test_writing.py::test_a_key_is_a_uuid",
    ),
    "tags: not on the list, hundreds, the same one again": (SHARE, f"{WEB}test_the_same_tag_500_times_is_stored_once"),
    "text with nothing to see": (SHARE, "rules/test_words.py::test_what_nobody_can_see_is_nothing"),
    "text that is one too long after NFC": (
        SHARE,
        "rules/test_writing.py::test_a_thousand_code_points_after_nfc_are_kept_whole",
        "web/test_refused_shares.py::test_a_thousand_characters_after_nfc_are_kept_and_equal",
    ),
    "what hides or reorders text": (
        "rules/test_words.py::test_what_hides_or_reorders_is_removed",
        "web/test_refused_shares.py::test_text_is_cleaned_of_what_hides_and_of_nothing_else",
    ),
    "NUL, lone surrogates, control characters": (
        "faults/test_nothing_in_the_log.py::test_bad_forms_get_an_answer_and_no_line_in_the_log",
        "rules/test_words.py::test_whatever_comes_out_can_be_kept",
        ANYTHING,
    ),
    "the same letters in two spellings": ("rules/test_words.py::test_letters_typed_in_parts_are_the_same_letters",),
    "markup, scripts and templates typed into any field": (
        f"{WHO}test_markup_in_any_field_is_text",
        f"{WHO}test_markup_where_it_is_refused_is_not_said_again",
        f"{WEB}test_markup_in_every_other_field_is_shown_as_typed",
        "browser/test_journey.py::test_words_that_look_like_markup_are_shown_as_typed",
    ),
    "line breaks, quotes and formulas in what reaches a header, a page, a poster, another calendar": (
        f"{WHO}test_markup_in_any_field_is_text",
        "rules/test_ical.py::test_whatever_is_typed_stays_text",
        "web/test_feeds.py::test_what_was_typed_stays_text",
        "web/test_whats_on.py::test_markup_in_a_name_is_text",
        "rules/test_places_file.py::test_what_a_spreadsheet_would_reckon_with_stands_behind_an_apostrophe",
    ),
    "files that are none of ours, and spreadsheets that are wrong in any cell": (
        "rules/test_places_file.py::test_what_is_wrong_is_told_by_row_and_column",
        "rules/test_places_file.py::test_a_file_that_is_no_text_of_ours_is_told_so",
        "web/test_places.py::test_what_is_wrong_in_a_file_is_said_and_nothing_changes",
        ANYTHING,
    ),
    "SQL and wildcards": (
        f"{WHO}test_markup_in_any_field_is_text",
        f"{WHO}test_markup_where_it_is_refused_is_not_said_again",
    ),
    "bodies, parts, headers and cookies that are too large": (
        SHARE,
        "web/test_wall.py::test_too_much_at_once_is_refused",
        "web/test_wall.py::test_a_long_cookie_is_refused",
        "faults/test_nothing_in_the_log.py::test_bad_headers_get_an_answer_and_no_line_in_the_log",
    ),
    "dates and zones that are none": (
        "web/test_group.py::test_a_last_day_that_is_wrong_is_said_beside_it",
        "rules/test_clock.py::test_there_is_no_such_day",
        "rules/test_clock.py::test_there_is_no_such_zone",
        "rules/test_clock.py::test_an_hour_that_is_skipped_moves_on_and_says_so",
        "web/test_calendar.py::test_what_is_wrong_is_said_beside_its_field",
        ANYTHING,
    ),
    "a series that makes thousands of dates": (
        "rules/test_groups.py::test_a_group_is_refused_beside_its_field",
        "web/test_calendar.py::test_what_is_wrong_is_said_beside_its_field",
        ANYTHING,
    ),
    # door
    "wrong codes for hours, from one place and from many": (
        "live/test_busy_door.py::test_the_right_code_is_at_once_where_wrong_ones_wait",
        "live/test_busy_door.py::test_who_guesses_changes_nothing_for_an_open_circle",
        "web/test_patience.py::test_under_attack_from_everywhere_the_whole_door_slows",
        "web/test_door_attacked.py::test_guessers_wait_and_nobody_else_does",
    ),
    "every code that opens nothing": (
        "web/test_knocking.py::test_unknown_closed_and_last_weeks_codes_get_the_same_answer",
        "rules/test_door.py::test_an_erased_circle_is_as_unknown_as_none",
    ),
    "a crowd from one address": (
        "live/test_busy_door.py::test_a_crowd_of_one_address_comes_in_until_the_circle_is_full",
    ),
    "a cookie that was there before": (
        f"{WHO}test_a_cookie_from_before_coming_in_is_replaced_and_dead",
        f"{WHO}test_a_cookie_from_before_signing_in_is_replaced_and_dead",
    ),
    "a cookie made up, cut short, of another circle, of who left": (
        f"{WHO}test_a_cookie_that_is_not_mine_leads_to_the_door",
        f"{WHO}test_the_cookie_of_a_phone_that_left_leads_to_the_door",
        "live/test_closing.py::test_after_the_erase_every_address_of_the_circle_leads_nowhere",
        "live/test_cut_off.py::test_stepping_out_cuts_every_tab_of_that_phone_and_of_no_other",
    ),
    # reach
    "every address as everybody": ("web/test_matrix.py::test_every_cell",),
    "somebody else's share": (
        "live/test_sending_again.py::test_another_phone_can_not_take_it_back",
        "web/test_change.py::test_nobody_else_changes_it",
    ),
    "posts and sockets from another site": (
        f"{WHO}test_a_post_from_elsewhere",
        f"{FORMS}test_a_token_of_somebody_else_gives_the_form_back",
        "live/test_who_may_listen.py::test_a_websocket_from_elsewhere_is_refused_at_the_handshake",
        "live/test_who_may_listen.py::test_a_websocket_that_does_not_say_where_it_comes_from_is_too",
    ),
    "hosts and forwarding that are not ours": (
        f"{WHO}test_an_address_that_is_not_ours",
        "web/test_wall.py::test_a_spoofed_host_or_forwarding_is_refused",
    ),
    "a way on that somebody else wrote": (f"{WHO}test_a_way_on_that_somebody_else_wrote_is_ignored",),
    "a way out of the files we serve": (f"{WHO}test_no_address_leads_out_of_the_files_we_serve",),
    "guessing passphrases and accounts; digits used again": (
        f"{WHO}test_digits_that_were_used_once",
        "web/test_sign_in.py::test_everything_wrong_gets_the_same_words",
        "web/test_sign_in.py::test_unknown_and_known_accounts_cost_the_same_work",
        "web/test_sign_in.py::test_wrong_tries_slow_one_account_and_lock_nobody_out",
        "web/test_leaders.py::test_unknown_used_old_and_closed_get_the_same_sentence",
        "web/test_leaders.py::test_guessing_is_slowed_for_one_account_and_locks_nobody_out",
    ),
    "signed out, disabled or given another job while listening": (
        "live/test_revocation.py::test_whoever_lost_the_right_is_cut_off",
        "live/test_cut_off.py::test_whoever_leads_no_longer_hears_that_circle_no_more",
    ),
    # socket
    "whatever a client says": (
        SAID,
        "live/test_only_listening.py::test_whoever_talks_by_polling_is_cut_off_too",
        SOCKET,
    ),
    "what would fill the memory": (
        "live/test_too_much.py::test_a_frame_of_200_megabytes_is_cut_off",
        "live/test_too_much.py::test_200_kilobytes_that_unpack_to_200_megabytes_are_cut_off",
        SAID,
    ),
    "lines that say nothing, or say it slowly": (
        f"{LINES}test_lines_that_say_no_more_are_let_go",
        f"{LINES}test_sockets_that_connect_and_say_nothing_are_let_go",
    ),
    "sockets that never read": (f"{LINES}test_sockets_that_never_read_are_dropped_and_others_hear_all",),
    "polling and the stock addresses, without a cookie": (
        "live/test_who_may_listen.py::test_a_poll_without_a_cookie_or_from_elsewhere_is_refused",
        "live/test_headers.py::test_every_answer_carries_the_same_headers",
    ),
    # privacy
    "autofill, and what would be fetched to preview a link": (
        "web/test_autofill.py::test_no_browser_keeps_what_is_typed_in_a_circle",
        "browser/test_journey.py::test_a_circle_from_doors_open_to_erased",
    ),
    "going back, reloading, printing after leaving": (
        "browser/test_leaving.py::test_leave_fast_works_in_every_state",
        "browser/test_leaving.py::test_a_page_on_paper_shows_nothing",
    ),
    "framed by another site": ("live/test_headers.py::test_every_answer_carries_the_same_headers",),
    "marked words, then something breaks": (
        "faults/test_nothing_in_the_log.py::test_when_the_house_itself_breaks_the_log_tells_where_and_no_words",
        "faults/test_lines_of_the_log.py::test_what_breaks_is_told_by_its_kind_and_its_lines",
        "browser/test_canary.py::test_it_would_be_found",
    ),
    "two who close at once; a text on its way": (
        f"{WHO}test_two_who_close_at_once_close_once",
        f"{WHO}test_a_text_on_its_way_while_it_closes_is_kept_or_refused_and_never_half",
    ),
    "a clock that jumps": (
        "faults/test_clock_jumps.py::test_whatever_the_clock_says_the_circle_stays_open",
        "rules/test_ticks.py::test_a_clock_that_jumps_closes_and_erases_nothing",
    ),
}
IN_THIS_PROCESS = frozenset(
    {
        "what hides or reorders text",
        "the same letters in two spellings",
        "every code that opens nothing",
        "every address as everybody",
    }
)
"""Proved on one function, or on every cell at once, where the server around it could change nothing."""
LATER = {
    "titles and names in feeds, tables and posters": "nothing is exported yet",
    "spell-check in the browser's cloud": "no attribute stops it in every browser",
    "the window that opened a page": "no test looks at window.opener yet",
}
"""What can't be tried yet, or is not, and why."""


def test_every_test_named_here_is_there() -> None:
    missing = [name for names in ROWS.values() for name in names if not there(name)]
    assert missing == []


@pytest.mark.parametrize("row", ROWS)
def test_each_is_tried_on_a_real_server(row: str) -> None:
    is_live = any(name.startswith(LIVE) for name in ROWS[row])
    assert is_live != (row in IN_THIS_PROCESS)


def test_nothing_is_both_here_and_later() -> None:
    assert not ROWS.keys() & LATER.keys() and ROWS.keys() >= IN_THIS_PROCESS


def there(name: str) -> bool:
    """Whether this test is in its file."""
    path, _, test = name.partition("::")
    tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == test for node in tree.body)
