"""Which chart a series has, and why, in a few words."""

from __future__ import annotations

from dashboard.reports.measure import choice, wording
from dashboard.reports.measure.tracks import MeasureSeries
from dashboard.stats.choice import FEWEST_LIMITS

CHARTS = {
    "xmr": "usual range: from the changes of one {grain} to the next",
    "stock": "usual range: from the {grain} before, by how much it changes from one to the next",
    "p_prime": "usual range: follows the number of cases of each {grain}",
    "u_prime": "usual range: follows the number of cases of each {grain}",
    "none": "fewer than three {grain}s: figures alone, no limits",
    "t": "fewer than one in two {grain}s: days between events instead of counts",
}
# What statisticians call it.
METHODS = {
    "xmr": "XmR chart: limits from the moving range",
    "stock": "XmR limits of the changes, about their median",
    "p_prime": "P′ chart, as there are 1,000 cases or more a period",
    "u_prime": "U′ chart, as there are 1,000 cases or more a period",
}
HEADINGS = {
    "band": "Against the forecast from the {grain}s before",
    "run": "About its median",
    "stock": "Against its usual change in a {grain}",
    "t": "Days between events",
    "none": "Figures, too few for limits",
}


def heading(track: MeasureSeries, drawn: str) -> str:
    """What a chart is called, by the kind that its last row names."""
    return HEADINGS.get(drawn, "Against its usual range").format(grain=track.grain)


def chart_words(track: MeasureSeries, dated: bool = False) -> str:
    """Which chart this is, and why, in a few words.

    dated  whether the days of rare events are known; else their counts stand in a band
    """
    kind, grain = track.chart_kind, track.grain
    if kind == "band":
        return f"counts under five a {grain}: forecast band instead of process limits"
    if kind == "t" and not dated:
        return (
            f"fewer than one in two {grain}s, days not known or too few: forecast band instead of"
            " process limits"
        )
    if kind == "run":
        if choice.stands_still(track.measure, track.present):
            many = f"every {grain}" if wording.is_still(track) else f"most {grain}s"
            return f"{many} alike: about the median, as changes of 0 give no limits round a mean"
        few = len(track.known) < FEWEST_LIMITS
        since = " since the last break" if track.breaks else ""
        short = f"fewer than {FEWEST_LIMITS} {grain}s{since}"
        why = short if few else f"fewer than five cases a {grain}"
        return f"{why}: median and runs instead of limits"
    return CHARTS[kind].format(grain=grain)
