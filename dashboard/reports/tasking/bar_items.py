"""The items that are shown as rows of bars: what is coming, capacity, the plan's objectives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from dashboard import rows
from dashboard.reports.request import Request
from dashboard.reports.tasking import bar_rows, forecasts, objectives, pressures
from dashboard.reports.tasking.board_rows import Said
from dashboard.reports.tasking.item import Item
from dashboard.words import phrases
from dashboard.words.names import window_word

MOST_BARS = 6  # rows of one screen

PLAN_HEADS = "so far", "chance to meet it"
LINE_HEADS = "so far", "last period"
R = TypeVar("R")


def plan_key(so_far: str) -> str:
    """What the bars of the plan show; `so_far`: what their figures are of."""
    return f"bar: {so_far} · band: where the year will end, four times in five · mark: target"


PLAN_KEY = plan_key("year so far")


def coming(request: Request) -> list[Item]:
    """What the next window should bring; no item where nothing can be forecast."""
    forecast = forecasts.coming(request)
    ahead = bar_rows.ahead(rows.typed(forecasts.Coming, forecast.rows))
    if not ahead:
        return []
    title, first = coming_title(ahead), ahead[:MOST_BARS]
    # Which priority it serves stands on the page.
    drawn: list[bar_rows.Bar] = [{**item.bar, "aside": ""} for item in first]
    key = f"bar: the last {window_word()} · band: the next one, four times in five"
    return [
        Item(
            "coming",
            "3 · What is coming?",
            "bars",
            title,
            pictures=(bar_rows.disclosed_rows(forecast, rows.table(bar_rows.Bar, drawn), title),),
            heads=("last", "next"),
            strip=key,
            figures=tuple((item.of["name"], item.of[forecasts.LAST]) for item in first),
        )
    ]


def coming_title(ahead: Sequence[bar_rows.OfBar[forecasts.Coming]]) -> str:
    """What came more often than the next window should bring it; else the first of all."""
    first, window = ahead[0].bar, ahead[0].of["window"]
    name = phrases.inside(first["label"])
    many = f"{first['said']} {name}" if phrases.is_plural(name) else f"{first['said']} of {name}"
    high = sum(bar_rows.beyond(item.of) > 0 for item in ahead)
    if not high:
        return f"{window} should bring {many}"
    more = f"; so for {phrases.many(high - 1, 'other')}" if high > 1 else ""
    return (
        f"{window} should bring {many} if the last {window_word()} was a spike, "
        f"{first['figure']} if it lasts{more}"
    )


def capacity(request: Request) -> list[Item]:
    """Pressure and capacity of each unit; no item where neither overtime nor posts are loaded."""
    able = pressures.pressure(request)
    pressed = bar_rows.pressed(rows.typed(pressures.Pressure, able.rows))
    if not pressures.loaded(pressed):
        return []
    drawn = (bar_rows.overtime(pressed), bar_rows.vacancies(pressed))
    return [
        Item(
            "pressure",
            "3 · Pressure and capacity",
            "capacity",
            able.title,
            pictures=tuple(
                bar_rows.disclosed_rows(able, bar_rows.bars(each), able.title) for each in drawn
            ),
            figures=bar_rows.figures(drawn[0]),
        )
    ]


def plan(request: Request) -> list[Item]:
    """The targets that are likely to be missed, six a screen, likeliest first; all where none is.

    The others ask for no decision: they stand on the page."""
    board = objectives.board(request)
    every = bar_rows.objectives(rows.typed(Said, board.rows))
    aimed = bar_rows.by_outlook(every)[0] or every
    usual = _usual(aimed)
    items, before = [], 0
    for number, page in enumerate(screens(aimed, MOST_BARS), start=1):
        title = _verdict(page, before, len(aimed)) if before else all_targets(every)
        drawn = rows.table(bar_rows.Bar, [_brief(item, usual) for item in page])
        items.append(
            Item(
                "objectives" if number == 1 else f"objectives-{number}",
                "4 · Objectives of the plan",
                "bars",
                title,
                pictures=(bar_rows.disclosed_rows(board, drawn, title),),
                heads=PLAN_HEADS,
                strip=plan_key(f"so far, {usual}"),
                figures=bar_rows.figures(page),
            )
        )
        before += len(page)
    return items


def screens(rows: Sequence[R], most: int) -> list[Sequence[R]]:
    """The rows of each screen, which holds at most so many: as many on each."""
    tall = -(-len(rows) // max(-(-len(rows) // most), 1))
    return [rows[at : at + tall] for at in range(0, len(rows), tall or 1)]


def _usual(aimed: Sequence[bar_rows.OfBar[Said]]) -> str:
    """The period that most of the figures so far are of; '' of none."""
    periods = [item.of["period_words"] or "" for item in aimed]
    return max(periods, key=periods.count, default="")


def _brief(item: bar_rows.OfBar[Said], usual: str) -> bar_rows.Bar:
    """The bar with no more beside its name than whose it is, its target, what is unsigned, and its
    period where it is another than the key says."""
    row = item.of
    unsigned = "not signed" if row["unsigned_returns"] else ""
    period = (row["period_words"] or "") if row["period_words"] != usual else ""
    said = f"{row['unit_code']}: {row['target_words']}", period, unsigned
    return {**item.bar, "aside": " · ".join(filter(None, said))}


def all_targets(aimed: Sequence[bar_rows.OfBar[bar_rows.Measured]], of: str = "") -> str:
    """'Of 19 targets: 8 likely to be missed, 2 could go either way, 2 likely to be met'.

    of  what they are of: ' of 6 priorities'
    """
    said = bar_rows.counted(aimed)
    many = ("1 target" if len(aimed) == 1 else f"{len(aimed)} targets") + of
    return f"Of {many}: {said}" if said else f"{many}, none with a forecast"


def _verdict(page: Sequence[bar_rows.OfBar[Said]], before: int, total: int) -> str:
    """The same of the rows of a later screen, `before` of them on those before it."""
    said = bar_rows.counted(page)
    several = len(page) > 1
    span = f"Targets {before + 1} to {before + len(page)}" if several else f"Target {before + 1}"
    return f"{span} of {total}: {said or 'no forecast for the year'}"


def standing(request: Request) -> list[Item]:
    """Where no measure has a target: the measures that have figures, worse than usual first."""
    board = objectives.board(request)
    measures = rows.typed(Said, board.rows)
    lines = bar_rows.lines(measures)[:MOST_BARS]
    if not lines or bar_rows.objectives(measures):
        return []
    return [
        Item(
            "objectives",
            "4 · Objectives of the plan",
            "lines",
            board.title,
            pictures=(bar_rows.disclosed_rows(board, bar_rows.lined(lines), board.title),),
            heads=LINE_HEADS,
            figures=bar_rows.figures(lines),
            strip="No target of these measures is loaded for this year",
        )
    ]
