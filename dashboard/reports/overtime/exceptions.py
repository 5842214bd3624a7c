"""Claims that break a rule, as a worklist with the money at issue. A claim is not a fault yet:
each is a question to the unit."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.access.roles import NEVER
from dashboard.periods import Period
from dashboard.reports.overtime.board import ALL
from dashboard.reports.overtime.ledgers import Ledger, ledger
from dashboard.reports.request import Request
from dashboard.stats import variance
from dashboard.words import numbers

AUTHORISED_WITHIN = 28  # days; ours, no paper of 2004 found
# Eight of the day's 24 hours are the tour of duty itself; ours too.
DAY_HOURS = 16
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


@lru_cache(maxsize=64)
def exceptions(request: Request, unit: str, rule: str | None = None) -> Exceptions | None:
    """The planning year's exceptions up to the as-at; None where no overtime is loaded.

    Claims of the covert units are counted, never listed.
    """
    found = ledger(request)
    if found is None:
        return None
    params = _params(request, found)
    rows = request.run("overtime_exceptions", **params).to_pylist()
    mine = [row for row in rows if unit in (ALL, row["unit_code"])]
    span = Period(params["since"], request.as_at).words
    # A claim that breaks two rules is counted once in the sum.
    claims = {row["claim"]: row["pence"] for row in mine}
    total = numbers.money(sum(claims.values()))
    summary = request.disclose(
        pa.Table.from_pylist(_summary(mine), SUMMARY),
        title=_title(mine, len(claims), total),
        subtitle=f"{unit}, worked {span}",
        notes=(
            "the rules' days and hours are ours: no paper of 2004 was found",
            "a claim that breaks two rules is counted once in the sum",
        ),
        query="overtime_exceptions",
        params=params,
        unit=unit,
    )
    shown = [row for row in mine if row["rule"] in rules_of(rule)]
    open_ = [row for row in shown if row["unit_code"] not in NEVER]
    withheld = len(shown) - len(open_)
    listed = request.disclose(
        pa.Table.from_pylist([_line(row) for row in open_], LIST),
        title=f"{len(open_)} to ask about, the dearest first",
        subtitle=f"{unit}, worked {span}",
        notes=(f"{withheld} of {' and '.join(NEVER)} are counted, not listed",) * bool(withheld),
        query="overtime_exceptions",
        params=params,
        unit=unit,
        rule=rule if rule in RULES else None,
    )
    return Exceptions(summary, listed)


def _params(request: Request, found: Ledger) -> dict[str, Any]:
    by: date = request.as_at - timedelta(days=AUTHORISED_WITHIN)
    return {
        "since": found.year,
        "until": request.as_at,
        "authorised_by": by,
        "day_hours": DAY_HOURS,
    }


def _title(rows: list[dict[str, Any]], claims: int, total: str) -> str:
    if not rows:
        return "No claim breaks a rule"
    noun = "claim breaks" if claims == 1 else "claims break"
    return f"{claims:,} {noun} a rule, {total} in all"


def _summary(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    held = {rule: [row for row in rows if row["rule"] == rule] for rule in RULES}
    pence = [sum(row["pence"] for row in mine) for mine in held.values()]
    shown = variance.rounded(pence)
    return [
        {
            "rule": rule,
            "label": RULES[rule][0],
            "meaning": RULES[rule][1],
            "n": len(mine),
            "gbp": gbp,
            "pence": exact,
            "withheld": sum(1 for row in mine if row["unit_code"] in NEVER),
        }
        for (rule, mine), gbp, exact in zip(held.items(), shown, pence, strict=True)
    ]


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **{name: row[name] for name in LIST.names if name in row},
        "label": RULES[row["rule"]][0],
        "gbp": row["pence"] / 100,
    }
