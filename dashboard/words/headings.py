"""Columns and codes of reports in words: what a heading says, and what it holds."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.catalogue import ours
from dashboard.words import status
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import area_word, areas_word, whole_area, window_word, windows_word
from dashboard.words.phrases import sentence

# The marks of cells (Analysis Function: one mark a bracket, explained beside the table).
SYMBOLS = {
    "[x]": "not available",
    "[c]": "confidential, not shown",
    "[z]": "not applicable",
    "[p]": "provisional, may still change",
    "[r]": "revised since it was last shown",
    "[b]": "break in the series",
    "[e]": "estimated",
    "[u]": "low reliability",
    "[low]": "too low to be shown as it is",
    "[unsigned]": "from a return that nobody has signed as it stands",
}
HEADINGS = {
    "misleading": "Residents mislead here",
    "tasked_by": "Tasked by",
    "pack_as_at": "Pack as at",
    "by_harm": "Place by harm",
    "by_count": "Place by reports",
    "harm": "Harm",
    "weighed": "Reports with a weight",
    "weight": "Weight of one report",
    "offence_name": "Offence",
    "standing": "Stands",
    "what": "What is decided",
    "owner_post": "Owner (post)",
    "owner_unit": "Owner (unit)",
    "due": "Due at the meeting of",
    "effect": "Expected effect",
    "result": "What came of it",
    "moved": "Moved",
    "four_p": "4P",
    "carried": "Meetings overdue",
    "sure": "How sure (0 to 100)",
    "ratio": "Expected multiple of the count",
    "horizon": "Fortnights to the judgement",
    "wanted": "Expected with the action",
    "phase": "Before or after",
    "brier": "Off by, as “how sure” said",
    "brier_no_effect": "Off by, had “no effect” been said",
    "target_words": "Target in words",
    "overtime_words": "Overtime of profile",
    "posts_words": "Posts vacant",
    "target_of": "All that the target is of",
    "whole": "All that the target is of, figure",
    "whole_words": "Of what and when",
    "whole_value": "Figure of the whole",
    "foretold": "Why the year may end otherwise",
    "at_end": "Of the end of its period",
    "as_of": "As at the",
    "low80": "Lower end, 80 %",
    "high80": "Upper end, 80 %",
    "low95": "Lower end, 95 %",
    "high95": "Upper end, 95 %",
    "chance_words": "Chance in words",
    "chance_alone": "Chance by the forecast alone",
    "verdict": "Verdict",
    "by_period": "A period by itself",
    "miss": "Chance of a miss",
    "times_seen": "Meetings running",
    "p_before": "p at the meeting before",
    "n": "Number",
    "before": "Number a year before",
    "as_at_before": "Number at the as-at before",
    "said": "Figure in words",
    "value": "Figure",
    "old": "Figure before",
    "new": "Figure now",
    "old_numerator": "Counted before",
    "old_denominator": "Of (before)",
    "new_numerator": "Counted now",
    "new_denominator": "Of (now)",
    "mean": "Usual (mean)",
    "lower": "Lower limit",
    "upper": "Upper limit",
    "low": "Lower end",
    "high": "Upper end",
    "low_95": "Lower limit, 95 %",
    "high_95": "Upper limit, 95 %",
    "low_998": "Lower limit, 99.8 %",
    "high_998": "Upper limit, 99.8 %",
    "path": "Path to the target",
    "period": "Period",
    "period_start": "First day",
    "period_words": "Period",
    "item_words": "Item",
    "when_words": "When",
    "state_words": "How it stands",
    "year_words": "Year",
    "is": "What it is",
    "latest": "Last period's figure",
    "latest_words": "Last period",
    "point": "Variation",
    "rule": "Why marked",
    "note": "Remark",
    "p": "p value",
    "q": "q value",
    "spark": "Past periods, oldest first",
    "measure": "Measure (code)",
    "name": "Name",
    "scope": "Whose figure",
    "unit_code": "Unit (code)",
    "unit_name": "Unit",
    "code": "Code",
    "short": "Short name",
    "crime_ref": "Reference",
    "window_since": "From",
    "window_until": "Up to (exclusive)",
    "since": "From",
    "until": "Up to (exclusive)",
    "symbol": "Mark",
    "counts": "Counts in these figures",
    "now_words": "Target now",
    "priority_words": "Priority",
    "decision": "What the board said",
    "unsigned": "Not signed",
    "label": "What",
    "parts": "Numerator of denominator",
    "better": "Better when",
    "figure": "Figure in words",
    "sha256": "SHA-256",
    "of_measure": "Figure: measure (code)",
    "of_unit": "Figure: unit (code)",
    "of_area": "Figure: area (code)",
    "of_since": "Figure: from",
    "of_until": "Figure: up to (exclusive)",
    "of_basis": "Figure: basis",
    "of_as_at": "Figure: as at",
    "as_at": "As at",
}
# Where a drawing puts a row and how it paints it, how many rows a page is one of: of no use
# outside it.
LAYOUT = frozenset(
    {"place", "grid_x", "grid_y", "slot", "segment", "unsigned_returns", "total", "tone", "unlike"}
)
# Codes that have words in another column: left out where there is little room.
CODES = frozenset(
    {"measure", "unit", "unit_code", "code", "family", "tier", "kind", "short", "field", "symbol"}
    | {"period_start", "state", "borough", "target_status", "better", "sha256"}
    | {"last_start"}
)
# Columns of a figure's parts, and those that say them in words: where there is little room, one
# of the two is enough.
SAID = {
    "value": ("said", "figure"),
    "latest": ("latest_said",),
    "numerator": ("parts", "said"),
    "denominator": ("parts", "said"),
    "old_numerator": ("old",),
    "old_denominator": ("old",),
    "new_numerator": ("new",),
    "new_denominator": ("new",),
    "n": ("said",),
    "target": ("target_words", "target_said"),
}
# States of dashboard.stats.spc in words; cells of these columns only.
STATES = {name: said.words for name, said in status.VARIATION.items() if name} | {
    name: f"{said.words} the target" for name, said in status.ASSURANCE.items() if name
}
STATES |= {name: said.short for name, said in status.STANDING.items() if name}
# "own": against the borough's own history
STATE_COLUMNS = frozenset(
    {"point", "variation", "assurance", "status", "exact_status", "adjusted_status", "own"}
)
# Headings and words that say what the directorate's areas, meetings and money are called: asked for
# only where one is needed, since some lists are printed where no directorate is in force.
OF_THE_DIRECTORATE: dict[str, Callable[[], str]] = {
    "borough": lambda: sentence(area_word()),
    "borough_name": lambda: sentence(area_word()),
    "pence": lambda: f"{ours().currency}, exact",
    "now": lambda: f"In the {window_word()}",
}
WORDS: dict[str, Callable[[], str]] = {
    "ocu": lambda: "OCU",
    "bocu": lambda: "BOCU",
    "gbp": lambda: ours().currency,
    "london": whole_area,
    "fortnights": windows_word,
    "boroughs": areas_word,
}


def heading(name: str) -> str:
    """A column's heading: its own, else its name in words.

    >>> heading("low_95"), heading("spend_gbp"), heading("lower_said")
    ('Lower limit, 95 %', 'Spend £', 'Lower limit in words')
    """
    if name in OF_THE_DIRECTORATE:
        return OF_THE_DIRECTORATE[name]()
    if name in HEADINGS:
        return HEADINGS[name]
    if name.endswith(f"_{FIGURE_OF}"):
        return f"{heading(name.removesuffix(f'_{FIGURE_OF}'))}: what it is of"
    if name.endswith(("_said", "_words")):
        return f"{heading(name.rpartition('_')[0])} in words"
    if name.endswith("_pence"):
        return f"{heading(name.removesuffix('pence') + 'gbp')}, exact"
    return sentence(" ".join(WORDS[word]() if word in WORDS else word for word in name.split("_")))
