"""The strategic pictures: capacity beside demand, and priorities over years, as panels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.charts import panels
from dashboard.charts.panels import Cell, Panels
from dashboard.reports.strategy.capacity import Capacity
from dashboard.reports.strategy.harm import Unit
from dashboard.reports.strategy.priorities import Priority
from dashboard.words import numbers

CAPACITY = ("Open a post", "Overtime", "Vacant", "Sickness")
HARM = ("Harm", "Reports", "With a weight")
WHOLE = 1.0  # all reports
END = "Year’s end"
PROFILE = 1.0


def capacity(disclosed: Disclosed) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    """Spec and data of the capacity report: a row a unit, in its order."""
    drawn = [
        (f"{row['place']} · {row['unit_code']} {row['unit_name']}", able(row))
        for row in rows.typed(Capacity, disclosed.rows)
    ]
    return _drawn(Panels(CAPACITY, drawn))


def able(row: Capacity) -> list[Cell]:
    filled, overtime, sick = row["in_post"], row["overtime"], row["sickness_a_post"]
    before = row["open_before"] / filled if filled and row["open_before"] is not None else None
    vacant = row["vacant"] / row["posts"] if row["posts"] and row["vacant"] is not None else None
    parted = numbers.rate(row["vacant"], row["posts"]) if vacant is not None else numbers.MISSING
    over = overtime is not None and overtime > PROFILE
    return [
        Cell(a_post(row["per_post"]), row["per_post"], mark=before),
        Cell(
            numbers.MISSING if overtime is None else numbers.share(overtime),
            overtime,
            mark=PROFILE,
            tone="bad" if over else "good",
        ),
        Cell(parted, vacant),
        Cell(numbers.MISSING if sick is None else f"{sick:.2f} days", sick),
    ]


def a_post(value: float | None) -> str:
    """Open reports a filled post: '5.7', '0.05'."""
    return numbers.number(value, 1 if value is None or value >= 1 else 2)


def priorities(measures: Iterable[Priority]) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    """Spec and data of rows of the priorities report: a row a measure, a panel a year."""
    listed = list(measures)
    years = tuple(listed[0]["years"]) if listed else ()
    drawn = [(_measure(row), [*_years(row), end_of(row)]) for row in listed]
    return _drawn(Panels((*years, END), drawn, by_row=True))


def _measure(row: Priority) -> str:
    name = f"{row['name']}, {row['scope'] or row['unit_code']}"
    return f"{name}\n{row['priority']}" if row["priority"] else name


def _years(row: Priority) -> list[Cell]:
    return [
        Cell(figure(value, row["unit"]), value, tone="faint" if broken else "quiet")
        for value, broken in zip(row["values"], row["broken"], strict=True)
    ]


def end_of(row: Priority) -> Cell:
    tone = row["tone"] or "quiet"
    # Of a verdict in two clauses the first: the table has both, a panel has no room.
    verdict = (row["verdict"] or "no forecast").partition(";")[0]
    without = verdict if row["target_words"] else "no target"
    return Cell(
        without if row["projected"] is None else figure(row["projected"], row["unit"]),
        row["projected"],
        row["low80"],
        row["high80"],
        row["target"],
        tone,
    )


def harm(units: Iterable[Unit]) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    """Spec and data of rows of the harm report: a row a unit, in its order."""
    drawn = [
        (
            " · ".join(
                filter(
                    None,
                    (str(row["by_harm"] or ""), f"{row['unit_code']} {row['unit_name']}"),
                )
            ),
            [
                Cell(numbers.number(row["harm"]), row["harm"]),
                Cell(numbers.number(row["n"]), row["n"]),
                Cell(numbers.rate(row["weighed"], row["n"]), row["share"], mark=WHOLE),
            ],
        )
        for row in units
    ]
    return _drawn(Panels(HARM, drawn))


def figure(value: float | None, unit: str) -> str:
    """A figure where there is little room: money in millions."""
    if value is None or unit != "gbp" or abs(value) < 1e6:
        return numbers.figure(value, unit)
    return f"{numbers.figure(round(value / 1e6, 1), unit)}m"


def _drawn(shown: Panels) -> tuple[dict[str, Any], dict[str, pa.Table]]:
    noted = any("\n" in words for words, _ in shown.rows)
    return panels.spec(shown.heads, len(shown.rows), noted), panels.data(shown)
