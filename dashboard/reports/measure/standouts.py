"""What stands out of a track, and may be explained: marked periods, the verdict on the target."""

from __future__ import annotations

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.decisions.remarks import Subject, of_figure, of_year
from dashboard.periods import planning_year_words
from dashboard.reports.measure import identity, verdicts
from dashboard.reports.measure.chart_rows import Charted
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.reports.request import Request
from dashboard.words.figures import FIGURE_OF

MOST = 6  # marked periods that are offered, the latest
USUAL = ("common", "")


def standouts(request: Request, track: MeasureSeries, chart: Disclosed) -> dict[str, Subject]:
    """Each exception of a track under the words that it is known by, the latest first.

    chart  that of the track
    """
    exceptions: dict[str, Subject] = {}
    verdict = verdicts.verdict(request, track)["verdict"] if track.year else None
    if verdict:
        spelt = identity.of_points(request, track, track.year)
        year = planning_year_words(track.year[0].start)
        exceptions[f"Target of {year}: {verdict}"] = of_year(spelt)
    points = rows.typed(Charted, chart.rows)
    marked = [
        (row, row[FIGURE_OF]) for row in points if row["point"] not in USUAL and row[FIGURE_OF]
    ]
    for row, spelt in reversed(marked[-MOST:]):
        exceptions[_words(row)] = of_figure(spelt)
    return exceptions


def _words(row: Charted) -> str:
    return f"{row['period']}: {row['said']}, {row['rule']}"
