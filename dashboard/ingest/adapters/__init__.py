"""The published formats: one file each, and this table of them.

A new one is a file with NAME and plan(header, told, file) -> Plan, and a row here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.ingest.adapters import (
    borough_crime,
    business_crime,
    homicide_victims,
    monthly_dashboard,
    own_counts,
)
from dashboard.ingest.adapters.plan import Plan
from dashboard.ingest.columns import Wanted

ADAPTERS: dict[str, Callable[[Sequence[str], dict[str, str], str], Plan]] = {
    module.NAME: module.plan
    for module in (
        own_counts,
        borough_crime,
        monthly_dashboard,
        business_crime,
        homicide_victims,
    )
}

# The columns that each format looks for, by which its headings are known among other lines.
COLUMNS: dict[str, tuple[Wanted, ...]] = {
    module.NAME: module.COLUMNS
    for module in (
        own_counts,
        borough_crime,
        monthly_dashboard,
        business_crime,
        homicide_victims,
    )
}

__all__ = ["ADAPTERS", "COLUMNS", "Plan"]
