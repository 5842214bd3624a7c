"""The protective marking: the configured one, else the directorate's own or its sample's."""

from __future__ import annotations

import os

from dashboard.catalogue import Directorate


def marking(own: Directorate, sample: bool = False) -> str:
    """What stands on everything of a snapshot, and where there is none."""
    return os.environ.get("DASHBOARD_MARKING") or (own.sample_marking if sample else own.marking)


def told(marked: str, sample: bool) -> str:
    """The marking, and that it is the sample where nothing beside it says so."""
    return f"{marked} · SAMPLE DATA" if sample else marked
