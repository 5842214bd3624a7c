"""The items that alerts are shown by: where it is, and how its year of windows went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.periods import Period, calendar
from dashboard.reports.alerts import alert_list, alert_words
from dashboard.reports.alerts.alert_row import Row
from dashboard.reports.request import Request
from dashboard.reports.tasking import pressures, problems, where
from dashboard.reports.tasking.item import Item, Listing, first_lines
from dashboard.reports.tasking.problems import Problem
from dashboard.words import dates, phrases
from dashboard.words.names import window_word

MOST_KINDS = 6  # of rare events, said in a line each
HISTORY = pa.schema(
    [
        ("period_start", pa.date32()),
        ("period", pa.string()),
        ("n", pa.float64()),
        ("now", pa.bool_()),
        ("expected", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
    ]
)


def alert(request: Request, item: Problem, place: int) -> Item:
    """The item of one problem, the `place`th of the meeting, from 1."""
    title = problems.title(request, item)
    owner = request.measures[item.row["measure"]].owner
    return Item(
        f"alert-{place}",
        "2 · Beyond expectation now",
        "alert",
        title,
        problems.sentence(request, item),
        pictures=(
            where.of_problem(request, item, title),
            history(request, item.row | {"sentence": title}),
        ),
        strip=pressures.capacity(request, owner),
        row=item.row,
    )


def history(request: Request, row: Row) -> Disclosed:
    """An alert's year of windows and the one it is about: period_start, period, n, and on the
    last row expected, low and high; nulls where the alert is of some of its days alone."""
    last = calendar().window_start(row["window_since"])
    starts = [last - calendar().window * back for back in range(len(row["spark"]))][::-1]
    whole = row["window_until"] - row["window_since"] == calendar().window
    band = {name: float(row[name]) if whole else None for name in ("expected", "low", "high")}
    rows = [
        {
            "period_start": start,
            "period": Period(start, start + calendar().window).words,
            "n": value,
            "now": start == last,
            **(band if start == last else {}),
        }
        for start, value in zip(starts, row["spark"], strict=True)
    ]
    return request.disclose(
        pa.Table.from_pylist(rows, HISTORY),
        title=row["sentence"],
        subtitle=f"each {window_word()}; {alert_words.window(row)}: "
        f"expected {row['expected']:.1f}, 95 % band {row['low']}–{row['high']}",
        query="meeting_series",
        measure=row["measure"],
        unit=row["unit_code"],
        borough=row["borough_name"],
    )


def no_rare() -> str:
    """What is said where no rare event is listed."""
    return f"No rare event in the {window_word()}, or none known by date"


def rare(request: Request) -> list[Item]:
    """Rare events: how many of each kind, and where; no item where there is none."""
    rows = alert_list.alert_list(request).rare.rows.to_pylist()
    if not rows:
        return []
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row["name"]] += row["n"]
    total = sum(counts.values())
    title = f"{total} rare event{'' if total == 1 else 's'}, where fewer than one was expected"
    lines = [_kind(name, count, rows) for name, count in counts.most_common()]
    return [
        Item(
            "rare",
            "2 · Rare events",
            "events",
            title,
            "How many of each kind, and the last of it",
            pictures=(where.of_events(request, rows, title),),
            lists=(Listing("", first_lines(lines, MOST_KINDS)),),
        )
    ]


def _kind(name: str, count: int, rows: Sequence[Row]) -> str:
    """'Kidnap: 15, the last on 10 July in Ashby'; a month's count has no day."""
    dated = [row for row in rows if row["name"] == name and row["day"]]
    if not dated:
        same = [row for row in rows if row["name"] == name]
        months = phrases.listed(sorted({row["period_words"] for row in same}))
        places = phrases.listed_first([row["borough_name"] for row in same if row["borough_name"]])
        return f"{name}: {count} in {months}" + (f", in {places}" if places else "")
    last = max(dated, key=lambda row: row["day"])
    when = dates.day(last["day"], year=False, weekday=False)
    place = f" in {last['borough_name']}" if last["borough_name"] else ""
    return f"{name}: {count}, the last on {when}{place}"
