"""What a status says: its shape, its words and its tone, each once. Pure.

Shape and words carry the meaning; colour only repeats it.
"""

from __future__ import annotations

from dataclasses import dataclass

NONE = "–"
UNTESTED = "not tested"  # of a unit of which no series is tested for alerts


@dataclass(frozen=True)
class Status:
    """How one status is said.

    shape  a sign that stands before `short` on a screen
    short  where `shape` stands beside it and there is little room: 'worse than usual'
    words  in a sentence, without the shape: 'higher, worse than usual'
    tone   good, bad, plain or quiet: which colour repeats it
    """

    shape: str
    short: str
    words: str
    tone: str


def _variation(side: str, judged: str, tone: str) -> Status:
    shape = {"higher": "▲", "lower": "▼"}[side]
    if not judged:
        return Status(shape, f"{side} than usual", f"{side} than usual", tone)
    return Status(shape, f"{judged} than usual", f"{side}, {judged} than usual", tone)


# Where an area stands against its limits, by the states of reports.boroughs; '' is not judged.
STANDING = {
    "above_998": Status("▲▲", "far above", "far above what is due", "plain"),
    "above_95": Status("▲", "above", "above what is due", "plain"),
    "within": Status("●", "as expected", "as expected", "quiet"),
    "below_95": Status("▼", "below", "below what is due", "plain"),
    "below_998": Status("▼▼", "far below", "far below what is due", "plain"),
    "": Status(NONE, "not judged", "not judged", "quiet"),
}
# Whether the last period is unusual, by the states of dashboard.stats.spc; '' is not judged.
VARIATION = {
    "improvement_high": _variation("higher", "better", "good"),
    "improvement_low": _variation("lower", "better", "good"),
    "concern_high": _variation("higher", "worse", "bad"),
    "concern_low": _variation("lower", "worse", "bad"),
    "neutral_high": _variation("higher", "", "plain"),
    "neutral_low": _variation("lower", "", "plain"),
    "common": Status("●", "usual range", "in its usual range", "quiet"),
    "": Status(NONE, "not judged", "not judged", "quiet"),
}
# What the last period's limits say of the target; '' is no target.
ASSURANCE = {
    "consistent_pass": Status("✓", "will normally meet", "will normally meet", "good"),
    "consistent_fail": Status(
        "✗", "will not without change", "will not meet without change", "bad"
    ),
    "inconsistent": Status("≈", "may or may not", "may or may not meet", "quiet"),
    "": Status(NONE, "no target", "not judged against", "quiet"),
}
# Whether the year will meet its target, by the words of dashboard.stats.year_end.
TARGET = {
    "very unlikely": Status("✗", "very unlikely", "very unlikely to be met", "bad"),
    "unlikely": Status("✗", "unlikely", "unlikely to be met", "bad"),
    "could go either way": Status("≈", "could go either way", "could go either way", "quiet"),
    "likely": Status("✓", "likely", "likely to be met", "good"),
    "very likely": Status("✓", "very likely", "very likely to be met", "good"),
}

# Where a crime report stands.
REPORT = {"open": "open", "detected": "detected", "no_crimed": "no-crimed"}
# Why a row stands on the alert list, by the rules of reports.alerts.
ALERT_RULES = {
    "nb_bh": "beyond expectation, among all series",
    "nb_p": "beyond expectation, by itself",
    "nb_fall": "below expectation",
    "scan": "touching areas, together beyond expectation",
}


def variation(state: str | None) -> Status:
    """The status of a state of dashboard.stats.spc; a state without words is not judged."""
    return VARIATION.get(state or "", VARIATION[""])


def assurance(state: str | None) -> Status:
    """As `variation`, of what the limits say of the target."""
    return ASSURANCE.get(state or "", ASSURANCE[""])
