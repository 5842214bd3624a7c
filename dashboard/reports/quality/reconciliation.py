"""Corporate figures against the directorate's own: each difference, and where it comes from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import day_words
from dashboard.reports.kept import kept, kept_as_written
from dashboard.reports.quality import revision
from dashboard.reports.request import Request
from dashboard.reports.signing import differences
from dashboard.reports.signing import returns as signing
from dashboard.snapshots import editions
from dashboard.stats.reconcile import SAME, UNEXPLAINED, Explained, explain
from dashboard.words import dates, numbers, phrases

# Ways of counting that are tried in turn on a figure that differs; each names its cause.
WAYS = {
    "committed": "date basis",
    "all_units": "unit",
    "directorate": "unit",
    "with_no_crimes": "no-crimes",
}
# The same for a detection rate: which detections, and of which reports.
RATE_WAYS = {
    "period_all": "outcome basis",
    "cohort_sanction": "date basis",
    "cohort_all": "date and outcome basis",
}
CAUSES = WAYS | RATE_WAYS
WORDS = {
    "committed": "counts by the day committed instead of the day reported",
    "all_units": "counts the reports of all units of the force",
    "directorate": "counts the reports of the whole directorate",
    "with_no_crimes": "leaves the no-crimes in",
    "period_all": "counts all detections, not those by sanction alone",
    "cohort_sanction": "counts the detections of the month's own reports",
    "cohort_all": "counts all detections of the month's own reports",
}
UNCOVERED = "not covered"  # the records do not hold the whole month
RATE_PLACES = 1  # decimals that corporate rates are published with

FIGURES = pa.schema(
    [
        *((name, pa.string()) for name in ("measure", "name", "unit", "unit_code", "period")),
        ("period_start", pa.date32()),
        ("published_on", pa.date32()),
        *((name, pa.float64()) for name in ("published", "then", "own", "difference", "residual")),
        *((name, pa.string()) for name in ("published_said", "then_said", "own_said")),
        *((name, pa.string()) for name in ("way", "cause", "words")),
    ]
)
SIGNATURE = (
    pa.field("signed", pa.string()),
    pa.field("signed_by", pa.string()),
    pa.field("signed_on", pa.date32()),
    pa.field("signed_reason", pa.string()),
    pa.field("version", pa.int64()),
)
Parts = tuple[float, float | None]


def without(request: Request) -> str:
    """Why there is nothing to reconcile, in a sentence; '' where there is."""
    if any(item["kind"] == "corporate" for item in request.snapshot.manifest["sources"]):
        return ""
    return (
        "No corporate figures are loaded (kind corporate), so that there is nothing to "
        "reconcile the directorate's figures with."
    )


@kept_as_written(8)
def figures(request: Request) -> Disclosed:
    """Every monthly corporate figure of the last half year: unexplained first, equal ones last.

    signed         how the signature of a difference stands, as reports.signing has it; '' of none
    signed_by, signed_on, signed_reason  as it was signed, also where it no longer holds
    """
    found = _figures(request)
    listed = [row | _signature(request, row) for row in found.rows.to_pylist()]
    owed = [row for row in listed if row["signed"] not in ("", signing.SIGNED, signing.BEFORE)]
    said = f"{numbers.UNSIGNED}: nobody has signed this difference as it stands."
    rows = pa.Table.from_pylist(listed, pa.schema([*FIGURES, *SIGNATURE]))
    notes = (*found.notes, *([said] if owed else ()))
    return replace(found, rows=rows, title=_headline(listed), notes=notes)


def differs(row: dict[str, Any]) -> bool:
    """Whether a figure of the reconciliation is a difference, which somebody is to sign."""
    return row["cause"] not in (SAME, UNCOVERED)


def _signature(request: Request, row: dict[str, Any]) -> dict[str, Any]:
    if not differs(row):
        return {"signed": ""}
    state, there = differences.standing(request, row)
    if there is None:
        return {"signed": state}
    return {
        "signed": state,
        "signed_by": there["changed_by"],
        "signed_on": there["changed_at"].date(),
        "signed_reason": there["reason"],
        "version": there["version"],
    }


@kept(8)
def _figures(request: Request) -> Disclosed:
    since = revision.recent(request)
    printed = request.run("reconciliation", since=since).to_pylist()
    stood = known(request, tuple(sorted({row["measure"] for row in printed})), since)
    moves = moves_of(request, since, "reconciliation_moves")
    bases = bases_of(request, since)
    rows = [_figure(request, row, stood, moves, bases) for row in printed]
    order = {UNEXPLAINED: 0, SAME: 2, UNCOVERED: 3}
    rows.sort(
        key=lambda row: (
            order.get(row["cause"], 1),
            -abs(row["difference"] or 0),
            row["period_start"],
        )
    )
    return request.disclose(
        pa.Table.from_pylist(rows, FIGURES),
        title=_headline(rows),
        subtitle=f"{len(rows)} corporate figures of the months since {day_words(since)}",
        notes=(
            "Tried in turn: what was known on the day of publication, the day committed, "
            "other units, no-crimes left in. A cause is named where it gives the very figure.",
        ),
        query="reconciliation",
        params={"since": since},
    )


def known(
    request: Request, names: tuple[str, ...], since: date
) -> dict[tuple[str, str, date], dict[date, Parts]]:
    """(measure, unit, month) → as-at → both parts; the force is all units together."""
    found: dict[tuple[str, str, date], dict[date, Parts]] = {}
    for row in revision.figures(request, names, "month", since) if names else ():
        line = {row["unit_code"], *request.catalogue.ancestors(row["unit_code"])}
        for unit in line | {ours().force}:
            at = found.setdefault((row["measure"], unit, row["period_start"]), {})
            n, d = at.get(row["known_as_at"], (0.0, None))
            whole = None if row["denominator"] is None else (d or 0.0) + row["denominator"]
            at[row["known_as_at"]] = n + row["numerator"], whole
    return found


def bases_of(request: Request, since: date) -> dict[tuple[str, str, date], dict[str, Any]]:
    """(measure, unit, month) → what a detection rate would be on each basis."""
    detections = tuple(item.id for item in request.measures.values() if item.of_detections)
    return moves_of(request, since, "reconciliation_rates", measures=detections)


def moves_of(
    request: Request, since: date, query: str, **params: Any
) -> dict[tuple[str, str, date], dict[str, Any]]:
    """(measure, unit, month) → the row of a question over all as-ats; {} without records."""
    infos = editions.holding(revision.snapshots_of(request), "crimes")
    asked = {"since": since, **params}
    rows = editions.across(infos, query, request.scope, asked).to_pylist() if infos else []
    return {(row["measure"], row["unit_code"], row["period_start"]): row for row in rows}


def _figure(
    request: Request,
    row: dict[str, Any],
    known: dict[tuple[str, str, date], dict[date, Parts]],
    moves: dict[tuple[str, str, date], dict[str, Any]],
    bases: dict[tuple[str, str, date], dict[str, Any]],
) -> dict[str, Any]:
    about = request.measures.get(row["measure"])
    rate = about is not None and about.is_rate
    key = row["measure"], row["unit_code"], row["period_start"]
    at = known.get(key, {})
    own = _value(at.get(request.as_at), rate)
    first = min((as_at for as_at in at if as_at > row["published_on"]), default=None)
    then = _value(at.get(first), rate) if first else None
    ways = {"then": then} | (_rates(bases.get(key)) if rate else {way: row[way] for way in WAYS})
    rounding = 0.5 * 10.0**-RATE_PLACES if rate else 0.0
    found = _explained(row["published"], own, then, ways, rounding)
    return {
        "measure": row["measure"],
        "name": about.name if about else row["measure"],
        "unit": "percent" if rate else "n",
        "unit_code": row["unit_code"],
        "period": dates.period(row["period_start"], "month"),
        "period_start": row["period_start"],
        "published_on": row["published_on"],
        "published": row["published"],
        "then": then,
        "own": own,
        "difference": None if own is None else row["published"] - own,
        "residual": found.residual,
        "published_said": _said(row["published"], rate),
        "then_said": _said(then, rate),
        "own_said": _said(own, rate),
        "way": found.cause,
        "cause": _cause(found.cause, moves.get(key)),
        "words": _words(found.cause, found.residual, rate, moves.get(key)),
    }


def _explained(
    published: float,
    own: float | None,
    then: float | None,
    ways: dict[str, float | None],
    rounding: float,
) -> Explained:
    """As stats.reconcile tells; a month that the records do not cover whole is not compared."""
    if own is None:
        return Explained(UNCOVERED, 0.0)
    return explain(published, own, then, ways, rounding)


def _rates(basis: dict[str, Any] | None) -> dict[str, float | None]:
    """The rate on each basis, in percent, as known when it was published."""
    if basis is None or not basis["offences"]:
        return dict.fromkeys(RATE_WAYS)
    return {way: 100 * basis[way] / basis["offences"] for way in RATE_WAYS}


def _value(parts: Parts | None, rate: bool) -> float | None:
    if parts is None:
        return None
    numerator, denominator = parts
    if not rate:
        return numerator
    return 100 * numerator / denominator if denominator else None


def _said(value: float | None, rate: bool) -> str:
    if value is None:
        return numbers.MISSING
    return f"{value:.{RATE_PLACES}f} %" if rate else numbers.figure(value, "n")


MOVES = ("late", "reclassified", "no_crimed")
MOVE_WORDS = {
    "late": "entered late",
    "reclassified": "reclassified",
    "no_crimed": "no-crimed",
}


def _cause(cause: str, move: dict[str, Any] | None) -> str:
    """The cause as the table names it: of a revision the biggest of what happened since."""
    if cause in CAUSES:
        return CAUSES[cause]
    if cause != "then":
        return cause
    happened = {name: abs(move[name]) for name in MOVES} if move else {}
    most = max(happened, key=lambda name: happened[name], default=None)
    return MOVE_WORDS[most] if most and happened[most] else "revised since"


def _words(cause: str, residual: float, rate: bool, move: dict[str, Any] | None) -> str:
    if cause == SAME:
        return "the same"
    if cause == UNCOVERED:
        return "the records do not cover the whole month"
    if cause in WORDS:
        return f"the published figure {WORDS[cause]}"
    if cause == UNEXPLAINED:
        side = "more" if residual > 0 else "fewer"
        size = f"{abs(residual):.1f} points" if rate else f"{abs(residual):,.0f}"
        return f"{size} {side} than the records gave when it was published; no way tried gives it"
    parts = [
        f"{'+' if move[name] > 0 else '−'}{abs(move[name])} {MOVE_WORDS[name]}"
        for name in MOVES
        if move and move[name]
    ]
    return f"as known when published; since then {phrases.listed(parts) or 'revised'}"


def _headline(rows: list[dict[str, Any]]) -> str:
    if not rows:
        return "No corporate figure of the last half year is loaded"
    found = [row for row in rows if row["cause"] == UNEXPLAINED]
    # One that somebody signed as it stands has the reason that was written under it.
    open_ones = [row for row in found if row.get("signed") != signing.SIGNED]
    differ = sum(map(differs, rows))
    if not differ:
        told = sum(1 for row in rows if row["cause"] == SAME)
        return f"{told} of {len(rows)} corporate figures agree with the records, none differs"
    if found and not open_ones:
        return (
            f"{differ} of {len(rows)} corporate figures differ: {len(found)} for a reason that was"
            " signed, the others for one that is found"
        )
    if not open_ones:
        return f"{differ} of {len(rows)} corporate figures differ, each for a reason that is found"
    names = [
        f"{row['name'].lower()} {row['period']} ({row['published_said']}, "
        f"records {row['then_said'] if row['then'] is not None else row['own_said']})"
        for row in open_ones[:3]
    ]
    more = f" and {len(open_ones) - 3} more" if len(open_ones) > 3 else ""
    return f"No explanation for {phrases.listed(names)}{more}"
