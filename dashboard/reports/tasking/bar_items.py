"""The items that are shown as rows of bars: what is coming, capacity, the plan's objectives."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import rows
from dashboard.reports.request import Request
from dashboard.reports.tasking import bar_rows, forecasts, objectives, pressures
from dashboard.reports.tasking.item import Item
from dashboard.words import phrases
from dashboard.words.names import window_word

MOST_BARS = 6  # rows of one screen
PLAN_KEY = "bar: year so far · band: where the year will end, four times in five · mark: target"
LINE_HEADS = "so far", "last period"


def coming(request: Request) -> list[Item]:
    """What the next window should bring; no item where nothing can be forecast."""
    found = forecasts.coming(request)
    rows = bar_rows.ahead(found.rows.to_pylist())
    if not rows:
        return []
    title = coming_title(rows)
    # Which priority it serves stands on the page.
    drawn = [row | {"aside": ""} for row in rows[:MOST_BARS]]
    key = f"bar: the last {window_word()} · band: the next one, four times in five"
    return [
        Item(
            "coming",
            "3 · What is coming?",
            "bars",
            title,
            pictures=(bar_rows.shown(found, drawn, title),),
            heads=("last", "next"),
            strip=key,
            figures=bar_rows.figures(rows[:MOST_BARS], forecasts.LAST),
        )
    ]


def coming_title(rows: Sequence[bar_rows.Row]) -> str:
    """What came more often than the next window should bring it; else the first of all."""
    first, window = rows[0], rows[0]["of"]["window"]
    name = phrases.inside(first["label"])
    high = sum(bar_rows.beyond(row) > 0 for row in rows)
    if not high:
        return f"{window} should bring {first['said']} of {name}"
    more = f"; less of {phrases.many(high - 1, 'other')} too" if high > 1 else ""
    return f"{window} should bring {first['said']} of {name} after {first['figure']}{more}"


def capacity(request: Request) -> list[Item]:
    """Pressure and capacity of each unit; no item where neither overtime nor posts are loaded."""
    able = pressures.pressure(request)
    pressed = bar_rows.pressed(rows.typed(pressures.Pressure, able.rows))
    if not pressures.loaded(pressed):
        return []
    tables = (bar_rows.overtime(pressed), bar_rows.vacancies(pressed))
    return [
        Item(
            "pressure",
            "3 · Pressure and capacity",
            "capacity",
            able.title,
            pictures=tuple(bar_rows.shown(able, table, able.title) for table in tables),
            figures=bar_rows.figures(tables[0]),
        )
    ]


def plan(request: Request) -> list[Item]:
    """The measures with a target, six a screen, likeliest misses first."""
    board = objectives.board(request)
    rows = bar_rows.objectives(board.rows.to_pylist())
    screens = -(-len(rows) // MOST_BARS)
    tall = -(-len(rows) // max(screens, 1))  # rows of a screen: as many on each
    pages = [rows[at : at + tall] for at in range(0, len(rows), tall or 1)]
    items = []
    for number, page in enumerate(pages, start=1):
        before = (number - 1) * tall
        title = _verdict(page, before, len(rows)) if before else all_targets(rows)
        items.append(
            Item(
                "objectives" if number == 1 else f"objectives-{number}",
                "4 · Objectives of the plan",
                "bars",
                title,
                pictures=(bar_rows.shown(board, [_brief(row) for row in page], title),),
                heads=("so far", "chance"),
                strip=PLAN_KEY,
                figures=bar_rows.figures(page),
            )
        )
    return items


def _brief(row: bar_rows.Row) -> bar_rows.Row:
    """The row with no more beside its name than whose it is, its target, and what is unsigned."""
    of = row["of"]
    unsigned = " · not signed" if of["unsigned_returns"] else ""
    return row | {"aside": f"{of['unit_code']}: {of['target_words']}{unsigned}"}


def all_targets(rows: Sequence[bar_rows.Row]) -> str:
    """'Of 19 targets: 8 likely to be missed, 2 could go either way, 2 likely to be met'."""
    said = bar_rows.counted(rows)
    many = "1 target" if len(rows) == 1 else f"{len(rows)} targets"
    return f"Of {many}: {said}" if said else f"{many}, none with a forecast"


def _verdict(rows: Sequence[bar_rows.Row], before: int, total: int) -> str:
    """The same of the rows of a later screen, `before` of them on those before it."""
    said = bar_rows.counted(rows)
    several = len(rows) > 1
    span = f"Targets {before + 1} to {before + len(rows)}" if several else f"Target {before + 1}"
    return f"{span} of {total}: {said or 'no forecast for the year'}"


def standing(request: Request) -> list[Item]:
    """Where no measure has a target: the measures that have figures, worse than usual first."""
    board = objectives.board(request)
    listed = board.rows.to_pylist()
    rows = bar_rows.lines(listed)[:MOST_BARS]
    if not rows or bar_rows.objectives(listed):
        return []
    drawn = bar_rows.shown(board, rows, board.title, bar_rows.LINES)
    return [
        Item(
            "objectives",
            "4 · Objectives of the plan",
            "lines",
            board.title,
            pictures=(drawn,),
            heads=LINE_HEADS,
            figures=bar_rows.figures(rows),
            strip="No target of these measures is loaded for this year",
        )
    ]
