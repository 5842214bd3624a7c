"""What an alert says in words; pure, and true of its row by construction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from dashboard.catalogue import ours
from dashboard.decisions.remarks import MARKS
from dashboard.periods import MONTHS, calendar
from dashboard.reports.alerts.alert_row import Counted, Placed, Standing
from dashboard.reports.alerts.past_record import Marked, Record
from dashboard.words import numbers, phrases
from dashboard.words.names import areas_word, window_word

ABOVE = "above what was expected"
MOST_PLACES = 4  # boroughs that a title names; more are counted
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def promise(counts: dict[str, int]) -> str:
    """What was tested, and what the whole list promises: of meetings, not of single alerts.

    counts  series tested, by family

    >>> promise({"directorate": 9, "borough": 138})
    '147 series tested; of meetings where nothing rises, at most one in ten shows any alert
     or cluster.'
    >>> promise({})
    'No series is fresh enough to be tested.'
    """
    total = sum(counts.values())
    if not total:
        return "No series is fresh enough to be tested."
    return (
        f"{total:,} series tested; of meetings where nothing rises, at most one in ten shows any "
        "alert or cluster."
    )


def record(past: Record) -> str:
    """What the alerts of past meetings came to.

    >>> record(Record(84, 28, 5, True))
    'Of 28 alerts at 84 past meetings 5 were put into the sample or lasted.'
    >>> record(Record(20, 0, 0, False))
    'No alert at 20 past meetings.'
    >>> record(Record(0, 0, 0, False))
    ''
    """
    if not past.meetings:
        return ""
    held = f"{past.meetings:,} past meeting{'' if past.meetings == 1 else 's'}"
    if not past.alerts:
        return f"No alert at {held}."
    what = "was" if past.true == 1 else "were"
    said = f"{what} put into the sample or lasted" if past.planted else "lasted"
    return (
        f"Of {past.alerts:,} alert{'' if past.alerts == 1 else 's'} at {held} {past.true:,} {said}."
    )


def trust(past: Record) -> str:
    """The same in few words, beside an alert.

    >>> trust(Record(84, 28, 5, True)), trust(Record(84, 28, 1, False))
    ('Of 28 past alerts 5 were real.', 'Of 28 past alerts 1 lasted.')
    """
    if not past.alerts:
        return ""
    came = f"{'was' if past.true == 1 else 'were'} real" if past.planted else "lasted"
    return f"Of {past.alerts:,} past alert{'' if past.alerts == 1 else 's'} {past.true:,} {came}."


def marked(by_mark: Mapping[str, Marked]) -> str:
    """What people marked alerts as, and what those came to; '' where none is marked.

    >>> marked({"known": Marked(3, 2, 1), "noise": Marked(1, 0, 0)})
    'Marked at their meetings: 3 known (of 2 judged by now 1 lasted), 1 noise.'
    >>> marked({})
    ''
    """
    said = []
    for mark, item in by_mark.items():
        came = f" (of {item.judged:,} judged by now {item.true:,} lasted)" if item.judged else ""
        said.append(f"{item.alerts:,} {MARKS[mark]}{came}")
    return f"Marked at their meetings: {', '.join(said)}." if said else ""


def ordinal(number: int) -> str:
    """A counting number in words as minutes write it.

    >>> [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 21)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '21st']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{_ENDINGS.get(number % 10, 'th')}"


def seen(times: int) -> str:
    """'first seen at this meeting', '3rd meeting running'."""
    return "first seen at this meeting" if times <= 1 else f"{ordinal(times)} meeting running"


def place(borough_name: str | None, unit_name: str) -> str:
    """' in Ashby', or ', Serious and Organised Crime' for a series of all boroughs."""
    return f" in {borough_name}" if borough_name else f", {unit_name}"


def sentence(row: Standing, said: str) -> str:
    """'Commercial robbery in Ashby: 14 in the fortnight to 11 July, 5.2 expected (1–10); …'."""
    return f"{figures(row)}; {said}."


def expected(row: Counted) -> str:
    """'5.2 expected (1–10)'."""
    band = numbers.span(row["low"], row["high"])
    return f"{numbers.number(row['expected'], 1)} expected ({band})"


def figures(row: Standing) -> str:
    """'Commercial robbery in Ashby: 14 in the fortnight to 11 July, 5.2 expected (1–10)'."""
    return (
        f"{row['name']}{place(row['borough_name'], row['unit_name'])}: "
        f"{numbers.number(row['now'])} in {window(row)}, {expected(row)}"
    )


def is_whole_window(row: Standing) -> bool:
    """Whether its figures are of the whole window, not of some of its days."""
    return row["window_until"] - row["window_since"] == calendar().window


def window(row: Standing) -> str:
    """'the fortnight to 11 July', 'the 3 days to 9 July'."""
    last = row["window_until"] - timedelta(days=1)
    length = row["window_until"] - row["window_since"]
    many = window_word() if is_whole_window(row) else f"{length.days} days"
    return f"the {many} to {last.day} {MONTHS[last.month - 1]}"


def title(alerts: Sequence[Placed], windows: str, tested: int, places: Sequence[str]) -> str:
    """A statement that is true of the alerts: the strongest measure and where.

    windows  those that were tested, in words; the meeting's own where none was
    places   boroughs of its alerts, by name
    """
    if not tested:
        return f"No figure by day reaches the {windows}"
    if not alerts:
        return f"Nothing is beyond expectation in the {windows}"
    return above(alerts[0], places)


def above(row: Placed, places: Sequence[str]) -> str:
    """'Commercial robbery is above what was expected in Ashby and Holme'.

    It is the alerts' own yardstick: a usual range is what a chart's limits are called.

    places  boroughs of its alerts, by name; none where it is of all
    """
    verb = "are" if phrases.is_plural(row["name"]) else "is"
    said = f"{row['name']} {verb} {ABOVE}"
    if not places:
        force = row["unit_code"] == ours().force
        return f"{said} across {ours().whole_area if force else row['unit_name']}"
    if len(places) > MOST_PLACES:
        return f"{said} in {len(places)} {areas_word()}"
    return f"{said} in {phrases.listed(places)}"
