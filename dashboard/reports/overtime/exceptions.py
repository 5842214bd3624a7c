"""Claims that break a rule, as a worklist with the money at issue. A claim is not a fault yet:
each is a question to the unit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.decisions.remarks import Subject
from dashboard.periods import Period, next_start
from dashboard.reports import remarks
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
    span = Period(params["since"], request.as_at).words
    counts = _counts(request, unit, params)
    listed = _listed(request, unit, rule, params)
    rows = listed.to_pylist()
    return Exceptions(
        _of_rules(request, unit, found, counts),
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


def rules(request: Request, unit: str) -> Disclosed | None:
    """The summary alone, which opens no claim; None where no overtime is loaded."""
    found = ledger(request)
    if found is None:
        return None
    return _of_rules(request, unit, found, _counts(request, unit, _params(request, found)))


def _counts(request: Request, unit: str, params: dict[str, Any]) -> list[dict[str, Any]]:
    rows = request.run("overtime_exceptions_sum", **params).to_pylist()
    return [row for row in rows if unit in (ours().directorate, row["unit_code"])]


def _of_rules(
    request: Request, unit: str, found: Ledger, counts: list[dict[str, Any]]
) -> Disclosed:
    params = _params(request, found)
    rows = pa.Table.from_pylist(_summary(counts), SUMMARY)
    return request.disclose(
        _explained(request, rows, unit, found.year),
        title=_title([row for row in counts if row["rule"] == ANY]),
        subtitle=f"{unit}, worked {Period(params['since'], request.as_at).words}",
        notes=(
            "the rules' days and hours are ours: no paper was found",
            "a claim that breaks two rules is counted once in the sum",
        ),
        query="overtime_exceptions_sum",
        params=params,
        unit=unit,
    )


def standouts(request: Request, summary: Disclosed, unit: str) -> dict[str, Subject]:
    """What the unit may explain: each rule that claims of it break, under its words."""
    found = ledger(request)
    return {
        f"{row['label']}: {phrases.many(row['n'], 'claim')}": _subject(
            row["rule"], unit, found.year
        )
        for row in summary.rows.to_pylist()
        if found is not None and row["rule"] in RULES and row["n"]
    }


def _subject(rule: str, unit: str, year: date) -> Subject:
    """The figure of a rule in a planning year; no measure counts it: it has a name of its own."""
    return Subject(f"overtime_exceptions:{rule}", unit, None, year, next_start(year, "year"))


def _explained(request: Request, rows: pa.Table, unit: str, year: date) -> pa.Table:
    """The rules with what the unit, and those below it, say of them; as they are where nothing."""
    spoken = remarks.known(request)
    units = (unit, *request.catalogue.descendants(unit))
    words = []
    for rule in rows["rule"].to_pylist():
        said = {code: spoken.on(_subject(rule, code, year)) for code in units}
        lines = [f"{code}: {remarks.said(row)}" for code, row in said.items() if row]
        words.append(" ".join(lines))
    if not any(words):
        return rows
    return rows.append_column(remarks.COLUMN, pa.array(words, pa.string()))


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
