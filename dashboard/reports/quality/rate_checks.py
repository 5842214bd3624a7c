"""Printed rates against the two parts printed beside them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.reports.quality import reconciliation, revision
from dashboard.reports.quality.bases import (
    RATE_PLACES,
    RATE_WAYS,
    Bases,
    Parts,
    bases_of,
    detections,
    known_to,
)
from dashboard.reports.quality.reconciliation import Figure
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.stats.reconcile import rate_check
from dashboard.words import numbers


class Check(TypedDict):
    """A printed rate, in percent, beside its parts."""

    measure: str
    name: str
    period: str
    denominator_of: str  # records or published
    period_start: date
    printed: float
    numerator: float
    denominator: float
    rate: Annotated[float | None, "null: of a denominator of 0"]
    agrees: bool
    words: str


@kept(8)
def rates(request: Request) -> Disclosed:
    """Each printed rate against its parts: do numerator and denominator give it?

    The numerator is the records', on the basis that explains the rate; the denominator the
    published count where there is one.
    """
    since = revision.recent(request)
    figures = rows.typed(Figure, reconciliation.figures(request).rows)
    printed = [row for row in figures if row["unit"] == "percent"]
    counts = {
        (row["measure"], row["unit_code"], row["period_start"]): row["published"]
        for row in figures
        if row["unit"] == "n"
    }
    names = [row["measure"] for row in figures]
    known = known_to(request, tuple(sorted(set(names))), since)
    bases = bases_of(request, since)
    checks: list[Check] = []
    for row in sorted(printed, key=lambda row: row["period_start"], reverse=True):
        key = row["measure"], row["unit_code"], row["period_start"]
        parts = _parts(row["way"], known.get(key, {}).get(request.as_at), bases.get(key))
        if parts:
            base = row["measure"].removesuffix("_detection"), *key[1:]
            checks.append(_check(row, parts, counts.get(base)))
    checks.sort(key=lambda row: row["agrees"])
    wrong = [row for row in checks if not row["agrees"]]
    if not checks:
        title = "No rate is published beside its parts"
    elif wrong:
        title = f"{wrong[0]['period']}: {wrong[0]['words']}"
    else:
        title = f"All {len(checks)} published rates follow from their parts"
    return request.disclose(
        rows.table(Check, checks),
        title=title,
        subtitle="Printed rates, and what detections over published offences come to",
        query="reconciliation",
        params={"since": since},
    )


def _parts(way: str, own: Parts | None, basis: Bases | None) -> tuple[float, float] | None:
    """Numerator and denominator of the records: on the basis that the rate was found to have."""
    if way in RATE_WAYS and basis:
        return detections(basis)[way], basis["offences"]
    if own is None or own[1] is None:
        return None
    return own[0], own[1]


def _check(row: Figure, parts: tuple[float, float], published: float | None) -> Check:
    """One printed rate beside its parts; the published count stands before the records'."""
    numerator, own = parts
    denominator = own if published is None else published
    checked = rate_check(numerator, denominator, row["published"], RATE_PLACES)
    rate = f"{checked.rate:.{RATE_PLACES}f} %" if checked.rate is not None else numbers.MISSING
    apart = "" if checked.agrees else f", printed {row['published']:.{RATE_PLACES}f} %"
    return {
        "measure": row["measure"],
        "name": row["name"],
        "period": row["period"],
        "period_start": row["period_start"],
        "printed": row["published"],
        "numerator": numerator,
        "denominator": denominator,
        "denominator_of": "records" if published is None else "published",
        "rate": checked.rate,
        "agrees": checked.agrees,
        "words": f"{numerator:,.0f} of {denominator:,.0f} is {rate}{apart}",
    }
