"""What a measure is of as a whole, where that is more than the unit that owns it."""

from __future__ import annotations

from dashboard.catalogue import ours
from dashboard.queries import Measure

FORCE_WIDE = "force-wide"


def wider(measure: Measure) -> str:
    """Code of the directorate or the force, where the measure is of all of it and another unit
    owns it; ''."""
    whole = {"force": ours().force, "directorate": ours().directorate}
    code = whole.get(measure.scope, measure.owner)
    return "" if code == measure.owner else code


def scope_words(measure: Measure) -> str:
    """'all of OCU', 'force-wide': what its figure as a whole is of; '' where that is its owner."""
    code = wider(measure)
    if not code:
        return ""
    return FORCE_WIDE if code == ours().force else f"all of {code}"
