"""Alerts and rare events as cells of the tasking page's tables. Pure but for the links' as-at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.charts import spark
from dashboard.periods import calendar
from dashboard.reports import Request, remarks
from dashboard.reports.alerts import alert_words
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.alerts.rare_events import Rare
from dashboard.reports.decisions import board, on_chart
from dashboard.reports.decisions.board import Whole
from dashboard.reports.tasking import problems, to_decide
from dashboard.reports.tasking.problems import Problem
from dashboard.ui.kit.markup import (
    MISSING,
    Column,
    Html,
    big,
    figure,
    join,
    picture,
    small,
    stack,
    tag,
)
from dashboard.ui.kit.series import to_series
from dashboard.ui.tasking import cells
from dashboard.words import dates, numbers, phrases
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import areas_word, window_word, windows_word

ALERTS = (
    Column("What, where, since when"),
    Column("The year before"),
    Column("Now", "right"),
    Column("Expected", "right", beside="expected"),
)
RARE = (
    Column("When", wrap=False),
    Column("What"),
    Column("Where"),
    Column("Since last", wrap=False),
)


def alerts(
    request: Request, items: Iterable[Problem], kinds: Mapping[str, int] | None = None
) -> list[list[Any]]:
    """Cells of the alert table: a problem a row, its boroughs with their counts, the wider alerts
    that share its excess below them.

    kinds  the number of each measure on the map beside the table, where it marks several
    """
    at = kinds or {}
    spoken, made = remarks.all_remarks(request), board.made_here(request)
    return [
        [
            stack(
                join([cells.kind_mark(at.get(item.row["measure"])), onward(request, item.row)], ""),
                where(request, item),
                *(small(wider(row)) for row in item.wider),
                small(join(_facts(request, item, made), " · ")),
                small(words) if (words := spoken.words(item.row)) else None,
            ),
            _spark(item),
            stack(
                big(figure(numbers.number(item.row["now"]), item.row, "now")),
                small(numbers.signed(item.row["excess"])),
            ),
            stack(
                figure(numbers.number(item.row["expected"], 1), item.row, "expected"),
                small(numbers.span(item.row["low"], item.row["high"])),
            ),
        ]
        for item in items
    ]


def onward(request: Request, row: Alert) -> Html:
    """The measure as a link to the unit's page with the alert; of what is watched to the windows
    that it is one of, since no alert stands on that page."""
    if row["tier"] != "alert":
        return to_series(request, row["measure"], row["name"], row[FIGURE_OF], calendar().grain)
    return cells.to_unit(request, row, cells.only_borough(row), "alert")


def where(request: Request, item: Problem) -> Html:
    """'Ashby 23 · Bexcombe 23'; of many boroughs their number, which opens on their counts."""
    areas = request.catalogue.areas
    counts = [f"{areas[code].name} {count}" for code, count in item.counts.items()]
    if not counts:
        place = join([f"all {areas_word()}"])
    elif len(counts) == 1:
        place = join([areas[item.boroughs[0]].name])
    elif len(counts) <= alert_words.MOST_PLACES:
        place = join(counts, " · ")
    else:
        few = tag("summary", f"{len(counts)} {areas_word()}")
        return tag("details", few, join(counts, " · "))
    return place if item.is_whole else join([place, alert_words.window(item.row)], ", ")


def _facts(request: Request, item: Problem, made: Iterable[Whole]) -> list[Any]:
    """Whose it is, since when, of which priority, and the way to a decision; to what this meeting
    decided on it where it did."""
    row = item.row
    here = [one for one in made if to_decide.on_problem(item, one)]
    ways = [cells.decided(on_chart.label(request, one), one["id"]) for one in here]
    since = seen(row["times_seen"], row["fortnights_behind"])
    whose = problems.owner(request, row)
    ways = ways or [cells.decide_on(row)]
    return [part for part in (whose, since, row["priority"], *ways) if part]


def wider(row: Alert) -> Html:
    """'all boroughs: 33, 19.4 expected (10–30)', or what areas are called."""
    said = (
        *(f"all {areas_word()}: ", figure(numbers.number(row["now"]), row, "now"), ", "),
        figure(numbers.number(row["expected"], 1), row, "expected"),
        f" expected ({numbers.span(row['low'], row['high'])})",
    )
    return join(said, "")


def seen(times: int, behind: int = 0) -> str:
    """'new this meeting', '2nd meeting running'; a lagging window says so."""
    late = f", a {window_word()} behind" if behind else ""
    words = "new this meeting" if times <= 1 else f"{alert_words.ordinal(times)} meeting running"
    return f"{words}{late}"


def _spark(item: Problem) -> Html:
    row = item.row
    last = row["spark"][-1] or 0
    words = f"{row['name']}, last {len(row['spark'])} {windows_word()}: now {last:.0f}"
    band, expected = None, None
    if item.is_whole:
        expected, band = row["expected"], (row["low"], row["high"])
        words += f", expected {numbers.number(expected, 1)}"
    drawing = spark.svg(
        row["spark"],
        label=words,
        expected=expected,
        band=band,
        stands_out=row["now"] > row["high"] or row["now"] < row["low"],
        width=110,
        height=36,
    )
    return picture(drawing, words)


def rare(events: Iterable[Rare]) -> list[list[Any]]:
    """Cells of the rare events: dated ones with their gap, monthly counts as a number."""
    listed = []
    for row in events:
        when = dates.day(row["day"], year=False) if row["day"] else row["period_words"]
        what = row["name"] if row["n"] == 1 else f"{row['name']}: {row['n']}"
        gap = "" if row["gap_days"] is None else small(gap_words(row["gap_days"]))
        listed.append([when, what, row["borough_name"] or MISSING, gap])
    return listed


def gap_words(days: int) -> str:
    """'the same day', '1 day', '41 days'."""
    return "the same day" if days == 0 else phrases.many(days, "day")
