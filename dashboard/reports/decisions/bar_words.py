"""What is decided, in the bar of the meeting. Pure."""

from __future__ import annotations

from typing import TypedDict

from dashboard.decisions import fields
from dashboard.reports.decisions.decision_words import Figures, unseen
from dashboard.words import numbers


class Known(Figures):
    """The same with the verdict, and what the count was to be multiplied by."""

    verdict: str
    ratio: float | None


class Bar(TypedDict):
    """A bar on a track of its own: what came, the range without the decision, what was wanted."""

    tone: str
    bar: float | None
    low: float | None
    high: float | None
    mark: float | None
    end: float


def short(row: Known) -> str:
    """'worked: 26 came, 57 to 110 without it'; 'no halving seen: …'; of no verdict that it can't be
    told yet."""
    said = fields.VERDICTS.get(row["verdict"], "can't be told from chance")
    if row["verdict"] == "did_not" and row["ratio"] is not None:
        said = unseen(row["ratio"])
    low, high = numbers.number(row["low"]), numbers.number(row["high"])
    return f"{said}: {numbers.number(row['came'])} came, {low} to {high} without it"


def bar(row: Known) -> Bar:
    """The same as a bar."""
    tones = {"worked": "good", "did_not": "bad"}
    return {
        "tone": tones.get(row["verdict"], "quiet"),
        "bar": row["came"],
        "low": row["low"],
        "high": row["high"],
        "mark": row["aim"],
        "end": numbers.track(row["came"], row["high"], row["aim"]),
    }
