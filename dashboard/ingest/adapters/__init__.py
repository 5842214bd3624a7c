"""The published formats: one file each, and this table of them.

A new one is a file with NAME and plan(header, told, file) -> Plan, and a row here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.catalogue import Catalogue
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

# Formats whose words for offences have definitions of their own.
PUBLISHED = frozenset(ADAPTERS) - {own_counts.NAME}


def code_of(catalogue: Catalogue, kind: str, source: str, spelt: str | None) -> str | None:
    """The code of an area or offence as `source` spells it; None where nobody has said so.

    source  a published format, another publisher, or a kind of records
    """
    own_words = kind == "offence" and source in PUBLISHED
    return catalogue.resolve(kind, source, spelt, listed_only=own_words)


__all__ = ["ADAPTERS", "COLUMNS", "PUBLISHED", "Plan", "code_of"]
