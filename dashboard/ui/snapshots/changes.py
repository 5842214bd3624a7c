"""What the next publish will change: figures, alerts, verdicts, as they would move."""

from __future__ import annotations

from typing import Any

import streamlit as st

from dashboard import rows
from dashboard.reports import Disclosed
from dashboard.reports.snapshots.loaded import Revised
from dashboard.reports.snapshots.preview import COMES, Changed, Preview, Turned
from dashboard.ui.kit.markup import Column, strong
from dashboard.ui.kit.section import Grid, note, result
from dashboard.words import dates

FIGURES = (
    Column("Measure"),
    Column("Where"),
    Column("Period"),
    Column("Old → new", wrap=False),
)
ALERTS = (Column("Alert"), Column("What it says"))
VERDICTS = (Column("Target"), Column("Unit"), Column("Old → new"))
TALL = 300  # pixels of a list that scrolls
FEW = 8


def once(key: str, of: Any, words: str, work: Any) -> Any:
    """What was found of a file, found once in a session as long as the same is asked."""
    known = st.session_state.get(key)
    if known is None or known[0] != of:
        st.session_state.pop(key, None)
        with st.spinner(words):
            known = (of, work())
        st.session_state[key] = known
    return known[1]


def drawn(preview: Preview) -> None:
    """The three results, each with its title; or that there is nothing to compare."""
    day = dates.day(preview.as_at)
    if preview.against is None:
        note(f"Nothing is published yet, so all that is published as at {day} is new.")
        return
    if preview.same:
        note(f"Nothing changes: what would be published as at {day} stands already.")
        return
    note(f"As at {day} beside what was published as at {dates.day(preview.against.as_at)}.")
    for part in preview.parts:
        name = {id(preview.figures): "figures", id(preview.alerts): "alerts"}.get(
            id(part), "verdicts"
        )
        grid = {"figures": _figures, "alerts": _alerts, "verdicts": _verdicts}[name](part)
        result(part, f"changed-{name}", lead=[f"{part.title}."], grid=grid, notes=[part.subtitle])


def moved(figure_changes: Disclosed) -> list[list[object]]:
    """Figures as a table has them: name, where, period, old and new."""
    return [
        [
            strong(row["name"]),
            f"{row['unit_code']}, {row['borough_name']}",
            row["period"],
            f"{row['old']} → {row['new']}",
        ]
        for row in rows.typed(Revised, figure_changes.rows)
    ]


def _figures(figure_changes: Disclosed) -> Grid | None:
    return (
        Grid(FIGURES, moved(figure_changes), height=TALL) if figure_changes.rows.num_rows else None
    )


def _alerts(alert_changes: Disclosed) -> Grid | None:
    said = {True: "comes", False: "goes"}
    cells = [
        [strong(said[row["change"] == COMES]), row["sentence"]]
        for row in rows.typed(Changed, alert_changes.rows)
    ]
    return Grid(ALERTS, cells, open=FEW) if cells else None


def _verdicts(verdict_changes: Disclosed) -> Grid | None:
    cells = [
        [strong(row["name"]), row["unit_code"], f"{row['old']} → {row['new']}"]
        for row in rows.typed(Turned, verdict_changes.rows)
    ]
    return Grid(VERDICTS, cells, open=FEW) if cells else None
