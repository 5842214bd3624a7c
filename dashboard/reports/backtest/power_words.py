"""What the alert list finds of planted rises, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dashboard.periods import day_words
from dashboard.reports.backtest.alert_rows import Alerted, Power, Rise
from dashboard.words import numbers, phrases
from dashboard.words.names import window_word

SELDOM = 0.1  # of rises put in: where fewer are found, no number of ten is said
NO_ALERTS = "No past meeting can be looked at again with these figures"


def of_planted(planted: int, raised: int) -> str:
    said = share(raised / planted)
    return f"Of {planted:,} rises put in, {raised:,} raised an alert ({said})"


def alerts(by_family: list[Alerted], known: bool) -> str:
    """How many alerts past meetings had, and what came of those that can be judged by now.

    known  whether it is known which rises were planted
    """
    if not by_family:
        return NO_ALERTS
    meetings = max(row["meetings"] for row in by_family)
    total, judged = (sum(row["alerts"] for row in by_family), sum(r["judged"] for r in by_family))
    true = sum(row["true"] for row in by_family)
    if not total:
        return f"No alert at {meetings:,} past meetings"
    said = f"{total:,} alert{'' if total == 1 else 's'} at {meetings:,} past meetings"
    if not judged:
        return f"{said}, none of them to be judged yet"
    came = "put into the sample or lasted" if known else "lasted"
    return f"{said}; of the {judged:,} judged by now {true:,} {came}, {judged - true:,} did not"


def power(by_size: list[Power]) -> str:
    """How many rises put in were found."""
    if not by_size:
        return f"No rise could be put into a past {window_word()}"
    planted = sum(row["planted"] for row in by_size)
    raised = sum(row["found"] for row in by_size)
    sizes = [f"{share(row['share'])} at {row['expected']}" for row in by_size]
    return f"{of_planted(planted, raised)}; by what was expected {phrases.listed(sizes)}"


def trust(by_family: list[Alerted], by_size: list[Power], known: bool) -> list[str]:
    """Whether an alert can be trusted: a sentence on how many past ones were real, one on how many
    of ten rises to twice the expected raise one, by what was expected; none where none is known.

    known  as `alerts` has it
    """
    judged, true = (sum(row["judged"] for row in by_family), sum(row["true"] for row in by_family))
    what = "put into the sample or lasting" if known else "lasting"
    said = [f"Of {phrases.many(judged, 'past alert')} {true:,} {'was' if true == 1 else 'were'} "
             f"real, {what}"] if judged else []  # fmt: skip
    sizes = [f"{_of_ten(row['share'])} where {row['expected']} are expected" for row in by_size]
    return said + ([f"A doubling raises one {phrases.listed(sizes)}"] if sizes else [])


def _of_ten(part: float) -> str:
    """'in 8 of 10 cases'; of less than one in ten 'seldom'."""
    return "seldom" if part < SELDOM else f"in {10 * part:.0f} of 10 cases"


def truths(rises: list[Rise]) -> str:
    """How many of the planted rises raised an alert."""
    raised = sum(row["found"] for row in rises)
    return f"{raised} of {len(rises)} rises put into the sample raised an alert"


def known(days: Iterable[date | None], what: str) -> str:
    """Which figures were taken as known then: those of snapshots of the day, or today's, cut."""
    listed = list(days)
    said = sorted(day for day in listed if day)
    cut = "today's figures cut at the day: later entries and corrections are in them"
    if not said:
        return f"None of the {len(listed):,} {what} takes a snapshot of its day: all take {cut}."
    span = " to ".join(dict.fromkeys((day_words(said[0]), day_words(said[-1]))))
    rest = f"; the others take {cut}" if len(said) < len(listed) else ""
    return f"{len(said)} of {len(listed)} {what} take the snapshot of their day ({span}){rest}."


def share(value: float | None) -> str:
    """'88 %'; '[x]' where there is none."""
    return numbers.MISSING if value is None else f"{100 * value:.0f} %"
