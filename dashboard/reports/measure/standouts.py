"""What stands out of a track, and may be explained: marked periods, the verdict on the target."""

from __future__ import annotations

from typing import Any

from dashboard.access import Disclosed
from dashboard.decisions.remarks import Subject, of_figure, of_year
from dashboard.periods import planning_year_words
from dashboard.reports.measure import identity, verdicts
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.words.figures import FIGURE_OF

MOST = 6  # marked periods that are offered, the latest
USUAL = ("common", "")


def standouts(request: Request, track: MeasureSeries, found: Disclosed) -> dict[str, Subject]:
    """Each exception of a track under the words that it is known by, the latest first.

    found  the rows of the track's chart
    """
    exceptions: dict[str, Subject] = {}
    verdict = verdicts.verdict(request, track)["verdict"] if track.year else None
    if verdict:
        spelt = identity.of_points(request, track, track.year)
        year = planning_year_words(track.year[0].start)
        exceptions[f"Target of {year}: {verdict}"] = of_year(spelt)
    marked = [row for row in found.rows.to_pylist() if row["point"] not in USUAL and row[FIGURE_OF]]
    for row in reversed(marked[-MOST:]):
        exceptions[_words(row)] = of_figure(row[FIGURE_OF])
    return exceptions


def _words(row: dict[str, Any]) -> str:
    return f"{row['period']}: {row['said']}, {row['rule']}"
