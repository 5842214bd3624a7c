"""Days and months as people write them, where they can mean but one.

01/02/2032 can mean two days. Which of the two a file means is settled by its other dates
(13/02/2032 has but one reading), by the person who imports it, or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from dashboard.ingest.parsing import EARLIEST, LATEST
from dashboard.periods import LONDON, day_words

ORDERS = ("dmy", "mdy")
MONTHS = {
    name[:length]: number
    for number, name in enumerate(
        ("january", "february", "march", "april", "may", "june", "july", "august",
         "september", "october", "november", "december"), 1)
    for length in {3, 4, len(name)}
    if length == 3 or length == len(name) or name == "september"
}  # fmt: skip
CLOCK = r"(?:[ t]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
SEP = r"[ ./_-]+"
FIGURES = re.compile(rf"(\d{{1,2}})[./-](\d{{1,2}})[./-](\d{{4}}|\d{{2}}){CLOCK}")
YEAR_FIRST = re.compile(rf"(\d{{4}})[./](\d{{1,2}})[./](\d{{1,2}}){CLOCK}")
RUN = re.compile(r"(\d{4})(\d{2})(\d{2})")
DAY_NAMED = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?{SEP}([a-z]+)\.?,?{SEP}(\d{{4}}|\d{{2}}){CLOCK}"
)
NAMED_DAY = re.compile(rf"([a-z]+)\.?{SEP}(\d{{1,2}})(?:st|nd|rd|th)?,{SEP}?(\d{{4}}){CLOCK}")
NAMED = re.compile(r"([a-z]+)\.?[ ./_'’-]*(\d{4}|\d{2})")
YEAR_NAMED = re.compile(rf"(\d{{4}}){SEP}([a-z]+)")
YEAR_MONTH = re.compile(r"(\d{4})(?:[ ./_-]|[ -]?m)?(\d{2})|(\d{4})[ ./_-](\d)")
# 2032/33 alone is sooner a year that begins in spring; beside 2032/06 it is a month.
YEAR_PAIR = re.compile(r"(\d{4})([-/])(\d{2})")
# What publishers write round a month: "Offences 202401", "Jan-24 (p)", "Jan-24*", "Jan-24 r",
# 202401.0.
BESIDE = re.compile(
    r"^(?:x|m|offences?|counts?|total)[ _-]*|\.0+$|(?<=\d) ?[pr]$|"
    r"\s*(?:[*†‡]+|\([a-z ]{1,12}\)|\[[^\]]*\])$"
)
# A day as a workbook stores it, where its cell lost the form of a date: 45292 is 1 January 2024.
SERIAL = re.compile(r"([2-7]\d{4})(?:\.0+)?")
SERIALS_FROM = date(1899, 12, 30)
MONTH_YEAR = re.compile(r"(\d{1,2})[./-](\d{4})")
ISO = re.compile(rf"(\d{{4}})-(\d{{2}})-(\d{{2}}){CLOCK}(?:z|[+-]\d{{2}}:?\d{{2}})?")


def unknowable(day: date) -> str | None:
    """Why nothing can have been known on a day, in words; None where it can.

    >>> unknowable(date(1899, 12, 31)), unknowable(date(2001, 1, 31))
    ('known on 31 December 1899, which lies before 1900', None)
    """
    if day < EARLIEST:
        return f"known on {day_words(day)}, which lies before {EARLIEST.year}"
    today = datetime.now(LONDON).date()
    if day > today:
        return f"known on {day_words(day)}, which is still to come: today is {day_words(today)}"
    return None


def a_day(text: str, order: str | None = None) -> date | None:
    """The day that `text` names, or None where it names none, or two and `order` is None.

    >>> a_day("13/02/2032"), a_day("5 Feb 2032"), a_day("03/02/2032", "dmy")
    (datetime.date(2032, 2, 13), datetime.date(2032, 2, 5), datetime.date(2032, 2, 3))
    >>> a_day("03/02/2032") is None
    True
    """
    text = _plain(text)
    if match := FIGURES.fullmatch(text):
        first, second, year = (int(part) for part in match.groups())
        return _of_figures(first, second, year, order)
    for form in (ISO, YEAR_FIRST, RUN):
        if match := form.fullmatch(text):
            year, month, day = (int(part) for part in match.groups())
            return _day(year, month, day)
    if match := DAY_NAMED.fullmatch(text):
        return _day(_year(int(match[3])), MONTHS.get(match[2], 0), int(match[1]))
    if match := NAMED_DAY.fullmatch(text):
        return _day(int(match[3]), MONTHS.get(match[1], 0), int(match[2]))
    if match := SERIAL.fullmatch(text):
        return SERIALS_FROM + timedelta(days=int(match[1]))
    return None


def a_month(text: str, order: str | None = None) -> date | None:
    """The first day of the month that `text` names, else the day that it names, else None.

    >>> a_month("Jan-24"), a_month("2024M03"), a_month("Sept 2032")
    (datetime.date(2024, 1, 1), datetime.date(2024, 3, 1), datetime.date(2032, 9, 1))
    """
    plain = _plain(text)
    return _a_month(plain, order) or _a_month(BESIDE.sub("", plain), order)


def _a_month(plain: str, order: str | None) -> date | None:
    if match := YEAR_MONTH.fullmatch(plain):
        return _day(int(match[1] or match[3]), int(match[2] or match[4]), 1)
    if match := MONTH_YEAR.fullmatch(plain):
        return _day(int(match[2]), int(match[1]), 1)
    if match := NAMED.fullmatch(plain):
        return _day(_year(int(match[2])), MONTHS.get(match[1], 0), 1)
    if match := YEAR_NAMED.fullmatch(plain):
        return _day(int(match[1]), MONTHS.get(match[2], 0), 1)
    return a_day(plain, order)


def month_headings(headings: Iterable[str]) -> dict[str, date]:
    """Heading → month, of those that name its first day, or all its last one.

    01/02/2032 is read by what suits all of them; planning years are no months.
    """
    headings = [text for text in headings if text.strip()]
    if planning_years(headings):
        return {}
    months: dict[str, date] = {}
    for order in (None, *ORDERS):
        read = {text: day for text in headings if (day := a_month(text, order))}
        firsts = {text: day for text, day in read.items() if day.day == 1}
        lasts = {
            text: day.replace(day=1)
            for text, day in read.items()
            if (day + timedelta(days=1)).day == 1
        }
        months = max(months, firsts, lasts, key=len)
    return months


def planning_years(texts: Iterable[str]) -> bool:
    """Whether what looks like months is planning years: 2032-33, 2033-34, 2034-35; 2032/33.

    >>> planning_years(["2032/33"]), planning_years(["2032/33", "2032/06"])
    (True, False)
    """
    pairs = [match for text in texts if (match := YEAR_PAIR.fullmatch(text.strip()))]
    following = all((int(pair[1]) + 1) % 100 == int(pair[3]) for pair in pairs)
    return following and (len(pairs) > 1 or any(pair[2] == "/" for pair in pairs))


def order_of(texts: Iterable[str], firsts: bool = False) -> str | None:
    """The order in which a file writes its days, where one of them can't be read otherwise.

    firsts  each is the first day of a period, which settles what the calendar leaves open
    return  None where nothing settles it, or where the texts contradict each other
    """
    pairs = {pair for text in texts if (pair := _pair(text))}
    first_beyond = any(first > 12 for first, _ in pairs)
    second_beyond = any(second > 12 for _, second in pairs)
    if first_beyond != second_beyond:
        return "dmy" if first_beyond else "mdy"
    if firsts and not first_beyond:
        # Of first days of months, the place that is always 1 is the day.
        day_first = all(first == 1 for first, _ in pairs)
        month_first = all(second == 1 for _, second in pairs)
        if day_first != month_first:
            return "dmy" if day_first else "mdy"
    return None


def two_ways(text: str) -> bool:
    """Whether the text names one day read day first and another read month first."""
    pair = _pair(text)
    return pair is not None and pair[0] != pair[1] and max(pair) <= 12 and min(pair) >= 1


def _pair(text: str) -> tuple[int, int] | None:
    match = FIGURES.fullmatch(_plain(text))
    return (int(match[1]), int(match[2])) if match else None


def _plain(text: str) -> str:
    return re.sub(r"[\s\u200b\ufeff]+", " ", text).strip().lower()


def _of_figures(first: int, second: int, year: int, order: str | None) -> date | None:
    year = _year(year)
    days = {"dmy": _day(year, second, first), "mdy": _day(year, first, second)}
    if order:
        return days[order]
    real = {day for day in days.values() if day}
    return real.pop() if len(real) == 1 else None


def _year(number: int) -> int:
    # As strptime's %y: 69 is 1969, 68 is 2068.
    return number if number > 99 else number + (2000 if number < 69 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        calendar_day = date(year, month, day)
    except ValueError:
        return None
    return calendar_day if EARLIEST <= calendar_day <= LATEST else None
