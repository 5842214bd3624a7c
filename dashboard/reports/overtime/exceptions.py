"""Claims that break a rule, as a worklist with the money at issue. A claim is not a fault yet:
each is a question to the unit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Any, NamedTuple, TypedDict

import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.decisions.remarks import Subject
from dashboard.periods import Period, next_start
from dashboard.reports import remarks
from dashboard.reports.overtime import overtime_words as words
from dashboard.reports.request import Request
from dashboard.reports.spending.ledgers import Ledger, ledger
from dashboard.words import numbers, phrases

RULES_BRIEF = ("label", "meaning", "n", "gbp", "withheld")  # where there is little room
BRIEF = (
    *("label", "worked_on", "branch", "staff_ref", "category", "operation", "hours", "gbp"),
)  # where there is little room
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


class Broken(TypedDict):
    """How many claims break a rule, and what they come to."""

    rule: str
    label: str
    meaning: str
    n: int
    gbp: int  # whole pounds
    pence: int
    withheld: int  # of n: counted, never listed


class Explained(Broken, total=False):
    """The same with what the unit says of it, where any is said."""

    explanation: str


class Claim(TypedDict):
    """A claim that breaks a rule; one that breaks two stands twice under its number."""

    rule: str
    label: str
    worked_on: date
    unit_code: str
    branch: Annotated[str | None, "null: of no branch"]
    staff_ref: Annotated[str | None, "null: not said"]
    category: str
    duty: Annotated[str | None, "null: not said"]
    operation: Annotated[str | None, "null: names none"]
    hours: float
    day_hours: Annotated[float | None, "null: of nobody who is named"]  # of the person on that day
    gbp: float
    claim: int


class Found(TypedDict):
    """A row of the query overtime_exceptions."""

    rule: str
    claim: int
    unit_code: str
    branch: str | None
    worked_on: date
    staff_ref: str | None
    category: str
    duty: str | None
    hours: float
    pence: int
    operation: str | None
    day_hours: float | None


class Counted(TypedDict):
    """A row of the query overtime_exceptions_sum; `unlisted` are claims of closed records."""

    unit_code: str
    rule: str
    n: int
    pence: int
    unlisted: int


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
    year_ledger = ledger(request)
    if year_ledger is None:
        return None
    params = _params(request, year_ledger)
    span = Period(year_ledger.year, request.as_at).words
    counts = _counts(request, unit, params)
    listed = _listed(request, unit, rule, params)
    return Exceptions(
        _of_rules(request, unit, year_ledger, counts),
        request.disclose(
            rows.table(Claim, listed),
            title=f"{len(listed)} to ask about, the dearest first",
            subtitle=f"{unit}, worked {span}",
            notes=_unlisted([row for row in counts if row["rule"] in rules_of(rule)]),
            query="overtime_exceptions",
            columns=BRIEF,
            params=params,
            unit=unit,
            rule=rule if rule in RULES else None,
        ),
    )


def rules(request: Request, unit: str) -> Disclosed | None:
    """The summary alone, which opens no claim; None where no overtime is loaded."""
    year_ledger = ledger(request)
    if year_ledger is None:
        return None
    return _of_rules(
        request, unit, year_ledger, _counts(request, unit, _params(request, year_ledger))
    )


def _counts(request: Request, unit: str, params: dict[str, Any]) -> list[Counted]:
    every = rows.typed(Counted, request.run("overtime_exceptions_sum", **params))
    return [row for row in every if unit in (ours().directorate, row["unit_code"])]


def _of_rules(request: Request, unit: str, year_ledger: Ledger, counts: list[Counted]) -> Disclosed:
    params = _params(request, year_ledger)
    return request.disclose(
        _explained(request, _summary(counts), unit, year_ledger.year),
        title=_title([row for row in counts if row["rule"] == ANY]),
        subtitle=f"{unit}, worked {Period(year_ledger.year, request.as_at).words}",
        notes=(
            "the rules' days and hours are ours: no paper was found",
            "a claim that breaks two rules is counted once in the sum",
        ),
        query="overtime_exceptions_sum",
        columns=RULES_BRIEF,
        params=params,
        unit=unit,
    )


def standouts(request: Request, summary: Disclosed, unit: str) -> dict[str, Subject]:
    """What the unit may explain: each rule that claims of it break, under its words."""
    year_ledger = ledger(request)
    return {
        f"{row['label']}: {phrases.many(row['n'], 'claim')}": _subject(
            row["rule"], unit, year_ledger.year
        )
        for row in rows.typed(Broken, summary.rows)
        if year_ledger is not None and row["rule"] in RULES and row["n"]
    }


def _subject(rule: str, unit: str, year: date) -> Subject:
    """The figure of a rule in a planning year; no measure counts it: it has a name of its own."""
    return Subject(f"overtime_exceptions:{rule}", unit, None, year, next_start(year, "year"))


def _explained(request: Request, summary: list[Broken], unit: str, year: date) -> pa.Table:
    """The rules with what the unit, and those below it, say of them; as they are where nothing."""
    spoken = remarks.all_remarks(request)
    units = (unit, *request.catalogue.descendants(unit))
    explained: list[Explained] = []
    for row in summary:
        said = {code: spoken.on(_subject(row["rule"], code, year)) for code in units}
        lines = [f"{code}: {remarks.remark_words(own)}" for code, own in said.items() if own]
        explained.append({**row, "explanation": " ".join(lines)})
    if not any(row["explanation"] for row in explained):
        return rows.table(Broken, summary)
    return rows.table(Explained, explained)


def _listed(request: Request, unit: str, rule: str | None, params: dict[str, Any]) -> list[Claim]:
    """The claims themselves, of units whose records the role opens."""
    if request.role.records == "none":
        return []
    return [
        _line(row)
        for row in rows.typed(Found, request.run("overtime_exceptions", **params))
        if unit in (ours().directorate, row["unit_code"]) and row["rule"] in rules_of(rule)
    ]


def _unlisted(counts: list[Counted]) -> tuple[str, ...]:
    """Whose claims are counted only, in a sentence; () where all are listed."""
    units = sorted({row["unit_code"] for row in counts if row["unlisted"]})
    if not units:
        return ()
    n = sum(row["unlisted"] for row in counts)
    return (f"{n} of {phrases.listed(units)} are counted, not listed",)


def _params(request: Request, year_ledger: Ledger) -> dict[str, Any]:
    by: date = request.as_at - timedelta(days=AUTHORISED_WITHIN)
    return {
        "since": year_ledger.year,
        "until": request.as_at,
        "authorised_by": by,
        "day_hours": DAY_HOURS,
    }


def _title(counts: list[Counted]) -> str:
    claims = sum(row["n"] for row in counts)
    if not claims:
        return "No claim breaks a rule"
    noun = "claim breaks" if claims == 1 else "claims break"
    total = numbers.money(sum(row["pence"] for row in counts))
    return f"{claims:,} {noun} a rule, {total} in all"


def _summary(counts: list[Counted]) -> list[Broken]:
    return [_broken(rule, [row for row in counts if row["rule"] == rule]) for rule in RULES]


def _broken(rule: str, counts: list[Counted]) -> Broken:
    label, meaning = RULES[rule]
    pence = sum(row["pence"] for row in counts)
    return {
        "rule": rule,
        "label": label,
        "meaning": meaning,
        "n": sum(row["n"] for row in counts),
        "gbp": words.pounds(pence),
        "pence": pence,
        "withheld": sum(row["unlisted"] for row in counts),
    }


def _line(row: Found) -> Claim:
    return {
        "rule": row["rule"],
        "label": RULES[row["rule"]][0],
        "worked_on": row["worked_on"],
        "unit_code": row["unit_code"],
        "branch": row["branch"],
        "staff_ref": row["staff_ref"],
        "category": row["category"],
        "duty": row["duty"],
        "operation": row["operation"],
        "hours": row["hours"],
        "day_hours": row["day_hours"],
        "gbp": row["pence"] / 100,
        "claim": row["claim"],
    }
