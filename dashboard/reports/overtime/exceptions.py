"""Claims that break a rule, as a worklist with the money at issue. A claim is not a fault yet:
each is a question to the unit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import Period
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import Ledger, ledger
from dashboard.words import numbers, phrases

AUTHORISED_WITHIN = 28  # days; ours, no paper was found
# Eight of the day's 24 hours are the tour of duty itself; ours too.
DAY_HOURS = 16
ANY = "any"  # the rule under which a claim counts once, however many it breaks
RULES = {
    "not_authorised": (
        "No authorisation",
        f"worked more than {AUTHORISED_WITHIN} days ago and authorised by nobody",
    ),
    "over_a_day": (
        "Hours over a day",
        f"one person claims more than {DAY_HOURS} hours for one day",
    ),
    "double_claim": (
        "Double claim",
        "begins before an earlier claim of the same person has ended",
    ),
    "outside_duty": (
        "Outside the duty",
        "court claimed for another duty, or court duty claimed otherwise",
    ),
}

SUMMARY = pa.schema(
    [
        *((name, pa.string()) for name in ("rule", "label", "meaning")),
        *((name, pa.int64()) for name in ("n", "gbp", "pence", "withheld")),
    ]
)
LIST = pa.schema(
    [
        ("rule", pa.string()),
        ("label", pa.string()),
        ("worked_on", pa.date32()),
        *((name, pa.string()) for name in ("unit_code", "branch", "staff_ref")),
        *((name, pa.string()) for name in ("category", "duty", "operation")),
        *((name, pa.float64()) for name in ("hours", "day_hours", "gbp")),
        ("claim", pa.int64()),
    ]
)


class Exceptions(NamedTuple):
    """summary: a row a rule, and what all claims come to; listed: the claims, dearest first."""

    summary: Disclosed
    listed: Disclosed


def rules_of(said: str | None) -> tuple[str, ...]:
    """The rules that a link asks for; all of them where it names none that there is."""
    return (said,) if said in RULES else tuple(RULES)


def exceptions(request: Request, unit: str, rule: str | None = None) -> Exceptions | None:
    """The planning year's exceptions up to the as-at; None where no overtime is loaded.

    Claims of units whose records the role does not open are counted, never listed. Not kept: each
    who looks at the claims is told to the audit.
    """
    found = ledger(request)
    if found is None:
        return None
    params = _params(request, found)
    counts = request.run("overtime_exceptions_sum", **params).to_pylist()
    counts = [row for row in counts if unit in (ours().directorate, row["unit_code"])]
    span = Period(params["since"], request.as_at).words
    summary = request.disclose(
        pa.Table.from_pylist(_summary(counts), SUMMARY),
        title=_title([row for row in counts if row["rule"] == ANY]),
        subtitle=f"{unit}, worked {span}",
        notes=(
            "the rules' days and hours are ours: no paper was found",
            "a claim that breaks two rules is counted once in the sum",
        ),
        query="overtime_exceptions_sum",
        params=params,
        unit=unit,
    )
    listed = _listed(request, unit, rule, params)
    rows = listed.to_pylist()
    return Exceptions(
        summary,
        request.disclose(
            listed,
            title=f"{len(rows)} to ask about, the dearest first",
            subtitle=f"{unit}, worked {span}",
            notes=_unlisted([row for row in counts if row["rule"] in rules_of(rule)]),
            query="overtime_exceptions",
            params=params,
            unit=unit,
            rule=rule if rule in RULES else None,
        ),
    )


def _listed(request: Request, unit: str, rule: str | None, params: dict[str, Any]) -> pa.Table:
    """The claims themselves, of units whose records the role opens."""
    if request.role.records == "none":
        return LIST.empty_table()
    rows = request.run("overtime_exceptions", **params).to_pylist()
    return pa.Table.from_pylist(
        [
            _line(row)
            for row in rows
            if unit in (ours().directorate, row["unit_code"]) and row["rule"] in rules_of(rule)
        ],
        LIST,
    )


def _unlisted(counts: list[dict[str, Any]]) -> tuple[str, ...]:
    """Whose claims are counted only, in a sentence; () where all are listed."""
    units = sorted({row["unit_code"] for row in counts if row["unlisted"]})
    if not units:
        return ()
    n = sum(row["unlisted"] for row in counts)
    return (f"{n} of {phrases.listed(units)} are counted, not listed",)


def _params(request: Request, found: Ledger) -> dict[str, Any]:
    by: date = request.as_at - timedelta(days=AUTHORISED_WITHIN)
    return {
        "since": found.year,
        "until": request.as_at,
        "authorised_by": by,
        "day_hours": DAY_HOURS,
    }


def _title(counts: list[dict[str, Any]]) -> str:
    claims = sum(row["n"] for row in counts)
    if not claims:
        return "No claim breaks a rule"
    noun = "claim breaks" if claims == 1 else "claims break"
    total = numbers.money(sum(row["pence"] for row in counts))
    return f"{claims:,} {noun} a rule, {total} in all"


def _summary(counts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    def total(rule: str, name: str) -> int:
        return sum(row[name] for row in counts if row["rule"] == rule)

    return [
        {
            "rule": rule,
            "label": label,
            "meaning": meaning,
            "n": total(rule, "n"),
            "gbp": words.whole_pounds(total(rule, "pence")),
            "pence": total(rule, "pence"),
            "withheld": total(rule, "unlisted"),
        }
        for rule, (label, meaning) in RULES.items()
    ]


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in LIST.names if name in row},
        "label": RULES[row["rule"]][0],
        "gbp": row["pence"] / 100,
    }
