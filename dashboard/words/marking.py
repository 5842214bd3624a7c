"""The protective marking: the configured one, else that of the sample's day, else today's."""

from __future__ import annotations

import os

SAMPLE = "RESTRICTED"
TODAY = "OFFICIAL-SENSITIVE"


def marking(sample: bool = False) -> str:
    """What stands on everything of a snapshot, and where there is none."""
    return os.environ.get("DASHBOARD_MARKING") or (SAMPLE if sample else TODAY)
