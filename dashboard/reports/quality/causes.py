"""Why a corporate figure differs from the records': the ways of counting tried, in words."""

from __future__ import annotations

from dashboard.reports.quality.bases import RATE_WAYS, Moves
from dashboard.stats.reconcile import SAME, UNEXPLAINED
from dashboard.words import phrases

# Ways of counting that are tried in turn on a figure that differs; each names its cause.
WAYS = {
    "committed": "date basis",
    "all_units": "unit",
    "directorate": "unit",
    "with_no_crimes": "no-crimes",
}


CAUSES = WAYS | RATE_WAYS
WORDS = {
    "committed": "counts by the day committed instead of the day reported",
    "all_units": "counts the reports of all units of the force",
    "directorate": "counts the reports of the whole directorate",
    "with_no_crimes": "leaves the no-crimes in",
    "period_all": "counts all detections, not those by sanction alone",
    "cohort_sanction": "counts the detections of the month's own reports",
    "cohort_all": "counts all detections of the month's own reports",
}


UNCOVERED = "not covered"  # the records do not hold the whole month
MOVE_WORDS = {
    "late": "entered late",
    "reclassified": "reclassified",
    "no_crimed": "no-crimed",
}


def _moved(move: Moves | None) -> dict[str, int]:
    """How many came and went by each of MOVE_WORDS, in their order."""
    if move is None:
        return {}
    return {
        "late": move["late"],
        "reclassified": move["reclassified"],
        "no_crimed": move["no_crimed"],
    }


def cause_of(cause: str, move: Moves | None) -> str:
    """The cause as the table names it: of a revision the biggest of what happened since."""
    if cause in CAUSES:
        return CAUSES[cause]
    if cause != "then":
        return cause
    happened = {name: abs(n) for name, n in _moved(move).items()}
    most = max(happened, key=lambda name: happened[name], default=None)
    return MOVE_WORDS[most] if most and happened[most] else "revised since"


def words_of(cause: str, residual: float, rate: bool, move: Moves | None) -> str:
    """The cause in a sentence: of a revision what came and went, of none how far it is off."""
    if cause == SAME:
        return "the same"
    if cause == UNCOVERED:
        return "the records do not cover the whole month"
    if cause in WORDS:
        return f"the published figure {WORDS[cause]}"
    if cause == UNEXPLAINED:
        side = "more" if residual > 0 else "fewer"
        size = f"{abs(residual):.1f} points" if rate else f"{abs(residual):,.0f}"
        return f"{size} {side} than the records gave when it was published; no way tried gives it"
    parts = [
        f"{'+' if n > 0 else '−'}{abs(n)} {MOVE_WORDS[name]}"
        for name, n in _moved(move).items()
        if n
    ]
    return f"as known when published; since then {phrases.listed(parts) or 'revised'}"
