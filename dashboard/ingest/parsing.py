"""SQL expressions that turn the text of a cell into a typed value; null where it is none.

All take the name of a text column that is trimmed and null where blank.
"""

from __future__ import annotations

from datetime import date

AMOUNT = "decimal(38, 6)"
# What lies outside is a slip, and past 9999 the calendar itself ends.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
# Beyond this a number is a slip, and sums would no longer be exact.
MOST = 10**12
TIME = r"(\d{4}-\d{2}-\d{2}[ T])?([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?"
ISO_START = r"^\d{4}-\d{2}-\d{2}"
MARKED = "[-+]?\\d{1,3}([,'' \u2019\u00a0\u202f]\\d{3})+(\\.\\d+)?"
# The mark that stands for a byte that could not be read, and what a terminal would obey.
NO_TEXT = r"[\x{FFFD}\x{1}-\x{8}\x{B}\x{C}\x{E}-\x{1F}\x{7F}\x{202A}-\x{202E}\x{2066}-\x{2069}]"
MONTH_NAME = r"[A-Za-z]{3,9}[ -]\d{4}"


def quoted(text: str) -> str:
    """A text literal of SQL."""
    return "'" + text.replace("'", "''") + "'"


def trimmed(name: str) -> str:
    """A raw cell without blanks around it (those that do not break included); null if empty."""
    return f"nullif(trim({name}, chr(32) || chr(9) || chr(10) || chr(13) || chr(160)), '')"


def a_date(text: str) -> str:
    """ISO date, or the local date of an ISO date and time."""
    day = f"try_strptime(left({text}, 10), '%Y-%m-%d')::date"
    zoned = f"(try_cast({text} as timestamptz) at time zone 'Europe/London')::date"
    clock = r"[ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?"
    offset = r".*\d{2}(Z|[+-]\d{2}(:?\d{2})?)"
    return _sane(
        f"case when length({text}) = 10 then {day} "
        f"when regexp_full_match(substr({text}, 11), '{clock}') then {day} "
        f"when regexp_full_match({text}, '{offset}') then {zoned} end"
    )


def a_month(text: str) -> str:
    """A date, or a month: 2003-01, 200301, Jan 2003, January 2003 (its first day)."""
    named = f"try_strptime(replace({text}, '-', ' '), ['%b %Y', '%B %Y'])::date"
    return _sane(
        f"case when regexp_full_match({text}, '\\d{{4}}-\\d{{2}}') "
        f"then try_strptime({text}, '%Y-%m')::date "
        f"when regexp_full_match({text}, '\\d{{6}}') then try_strptime({text}, '%Y%m')::date "
        f"when regexp_full_match({text}, '{MONTH_NAME}') then {named} "
        f"else {a_date(text)} end"
    )


def _sane(day: str) -> str:
    return f"case when ({day}) between date '{EARLIEST}' and date '{LATEST}' then ({day}) end"


def looks_like_a_date(text: str) -> str:
    """Whether it is written as a date, though the calendar may have no such day."""
    return f"regexp_matches({text}, '{ISO_START}')"


def two_readings(text: str) -> str:
    """Whether it is a date of figures that names another day read month first."""
    number = "(0?[1-9]|1[0-2])"
    return f"regexp_full_match({text}, '{number}[./-]{number}[./-](\\d{{4}}|\\d{{2}})([ T].*)?')"


def amount(text: str) -> str:
    """An exact decimal number; no thousands marks, no infinity, no NaN, nothing vast."""
    number = f"try_cast({text} as {AMOUNT})"
    return f"case when {is_number(text)} and abs({number}) < {MOST} then {number} end"


def is_number(text: str) -> str:
    """Whether it is written as a number, however large."""
    return f"regexp_full_match({text}, '[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?')"


def marked_amount(text: str) -> str:
    """The number that thousands marks part (1,250), or that has a decimal comma (12,5): what a
    rejected cell is worth in an account."""
    bare = f"regexp_replace({text}, '[,'' \u2019\u00a0\u202f]', '', 'g')"
    point = f"replace({text}, ',', '.')"
    number = (
        f"try_cast(case when {has_decimal_comma(text)} then {point} else {bare} end as {AMOUNT})"
    )
    marked = f"({has_decimal_comma(text)} or regexp_full_match({text}, '{MARKED}'))"
    return f"case when {marked} and abs({number}) < {MOST} then {number} end"


def has_decimal_comma(text: str) -> str:
    """Whether its one comma parts no thousands: 12,0 or 12,50."""
    return f"regexp_full_match({text}, '[-+]?\\d+,\\d{{1,2}}')"


def not_text(text: str) -> str:
    """Whether it holds what is no letter of any script: stray bytes, controls."""
    return f"coalesce(regexp_matches({text}, '{NO_TEXT}'), false)"


def yes_no(text: str) -> str:
    return (
        f"case when lower({text}) in ('y', 'yes', 'true', '1') then true "
        f"when lower({text}) in ('n', 'no', 'false', '0') then false end"
    )


def period_start(day: str, grain: str) -> str:
    """Condition that `day` is a first day of its `grain`; true where the grain is unknown."""
    return (
        f"case {grain} when 'week' then isodow({day}) = 1 when 'month' then day({day}) = 1 "
        f"when 'quarter' then day({day}) = 1 and month({day}) in (1, 4, 7, 10) else true end"
    )
