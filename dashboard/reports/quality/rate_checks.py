"""Printed rates against the two parts printed beside them."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.reports.kept import kept
from dashboard.reports.quality import reconciliation, revision
from dashboard.reports.quality.reconciliation import RATE_PLACES, RATE_WAYS, Parts
from dashboard.reports.request import Request
from dashboard.stats.reconcile import rate_check
from dashboard.words import numbers

CHECKS = pa.schema(
    [
        *((name, pa.string()) for name in ("measure", "name", "period", "denominator_of")),
        ("period_start", pa.date32()),
        *((name, pa.float64()) for name in ("printed", "numerator", "denominator", "rate")),
        ("agrees", pa.bool_()),
        ("words", pa.string()),
    ]
)


@kept(8)
def rates(request: Request) -> Disclosed:
    """Each printed rate against its parts: do numerator and denominator give it?

    The numerator is the records', on the basis that explains the rate; the denominator the
    published count where there is one.
    """
    since = revision.recent(request)
    figures = reconciliation.figures(request).rows.to_pylist()
    printed = [row for row in figures if row["unit"] == "percent"]
    counts = {
        (row["measure"], row["unit_code"], row["period_start"]): row["published"]
        for row in figures
        if row["unit"] == "n"
    }
    names = [row["measure"] for row in figures]
    known = reconciliation.known(request, tuple(sorted(set(names))), since)
    bases = reconciliation.bases_of(request, since)
    rows = []
    for row in sorted(printed, key=lambda row: row["period_start"], reverse=True):
        key = row["measure"], row["unit_code"], row["period_start"]
        parts = _parts(row["way"], known.get(key, {}).get(request.as_at), bases.get(key))
        if parts:
            base = row["measure"].removesuffix("_detection"), *key[1:]
            rows.append(_check(row, parts, counts.get(base)))
    rows.sort(key=lambda row: row["agrees"])
    wrong = [row for row in rows if not row["agrees"]]
    if not rows:
        title = "No rate is published beside its parts"
    elif wrong:
        title = f"{wrong[0]['period']}: {wrong[0]['words']}"
    else:
        title = f"All {len(rows)} published rates follow from their parts"
    return request.disclose(
        pa.Table.from_pylist(rows, CHECKS),
        title=title,
        subtitle="Printed rates, and what detections over published offences come to",
        query="reconciliation",
        params={"since": since},
    )


def _parts(way: str, own: Parts | None, basis: dict[str, Any] | None) -> tuple[float, float] | None:
    """Numerator and denominator of the records: on the basis that the rate was found to have."""
    if way in RATE_WAYS and basis:
        return basis[way], basis["offences"]
    if own is None or own[1] is None:
        return None
    return own[0], own[1]


def _check(
    row: dict[str, Any], parts: tuple[float, float], published: float | None
) -> dict[str, Any]:
    """One printed rate beside its parts; the published count stands before the records'."""
    numerator, own = parts
    denominator = own if published is None else published
    found = rate_check(numerator, denominator, row["published"], RATE_PLACES)
    rate = f"{found.rate:.{RATE_PLACES}f} %" if found.rate is not None else numbers.MISSING
    apart = "" if found.agrees else f", printed {row['published']:.{RATE_PLACES}f} %"
    return {
        "measure": row["measure"],
        "name": row["name"],
        "period": row["period"],
        "period_start": row["period_start"],
        "printed": row["published"],
        "numerator": numerator,
        "denominator": denominator,
        "denominator_of": "records" if published is None else "published",
        "rate": found.rate,
        "agrees": found.agrees,
        "words": f"{numerator:,.0f} of {denominator:,.0f} is {rate}{apart}",
    }
