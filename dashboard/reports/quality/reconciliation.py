"""Corporate figures against the directorate's own: each difference, and where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import day_words
from dashboard.reports.quality import revision
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept, kept_as_written
from dashboard.reports.signing import differences
from dashboard.reports.signing import returns as signing
from dashboard.snapshots import SnapshotInfo, editions
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

Parts = tuple[float, float | None]
Key = tuple[str, str, date]  # measure, unit, month
UNCOVERED_MONTH = "null: the records do not hold the whole month"
NOBODY = "null: nobody has signed it"


class Figure(TypedDict):
    """A monthly corporate figure beside the records'; rates are in percent."""

    measure: str
    name: str
    unit: str  # percent or n
    unit_code: str
    period: str
    period_start: date
    published_on: date
    published: float
    then: Annotated[float | None, "null: no as-at knew the month after its publication"]
    own: Annotated[float | None, UNCOVERED_MONTH]
    difference: Annotated[float | None, UNCOVERED_MONTH]
    residual: float
    published_said: str
    then_said: str
    own_said: str
    way: str  # of counting that gives the figure: of CAUSES, "then", or why none is told
    cause: str
    words: str


class Signed(Figure):
    """The same with the signature of a difference, also where it no longer holds."""

    signed: str  # as reports.signing has it; '' of what is no difference
    signed_by: Annotated[str | None, NOBODY]
    signed_on: Annotated[date | None, NOBODY]
    signed_reason: Annotated[str | None, f"{NOBODY}, or without a reason"]
    version: Annotated[int | None, NOBODY]


class Printed(TypedDict):
    """A row of the query reconciliation: a figure, and the records' on each way of counting."""

    measure: str
    unit_code: str
    period_start: date
    published: float
    published_on: date
    committed: int
    with_no_crimes: int
    all_units: int
    directorate: int


class Moves(TypedDict):
    """A row of the query reconciliation_moves: reports since the day of publication."""

    measure: str
    unit_code: str
    period_start: date
    late: int
    reclassified: int
    no_crimed: int


class Bases(TypedDict):
    """A row of the query reconciliation_rates: offences, and detections on each basis."""

    measure: str
    unit_code: str
    period_start: date
    offences: int
    period_all: int
    cohort_sanction: int
    cohort_all: int


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

    Rows of Signed.
    """
    found = _figures(request)
    listed = [_with_signature(request, row) for row in rows.typed(Figure, found.rows)]
    owed = [row for row in listed if row["signed"] not in ("", signing.SIGNED, signing.BEFORE)]
    said = f"{numbers.UNSIGNED}: nobody has signed this difference as it stands."
    notes = (*found.notes, *([said] if owed else ()))
    # One that somebody signed as it stands has the reason that was written under it.
    told = {_key(row) for row in listed if row["signed"] == signing.SIGNED}
    return replace(
        found, rows=rows.table(Signed, listed), title=_headline(listed, told), notes=notes
    )


def differs(row: Figure) -> bool:
    """Whether a figure of the reconciliation is a difference, which somebody is to sign."""
    return row["cause"] not in (SAME, UNCOVERED)


def _key(row: differences.Compared) -> Key:
    return row["measure"], row["unit_code"], row["period_start"]


def _with_signature(request: Request, row: Figure) -> Signed:
    state, there = differences.standing(request, row) if differs(row) else ("", None)
    return {
        **row,
        "signed": state,
        "signed_by": there["changed_by"] if there else None,
        "signed_on": there["changed_at"].date() if there else None,
        "signed_reason": there["reason"] if there else None,
        "version": there["version"] if there else None,
    }


@kept(8)
def _figures(request: Request) -> Disclosed:
    since = revision.recent(request)
    printed = rows.typed(Printed, request.run("reconciliation", since=since))
    stood = known(request, tuple(sorted({row["measure"] for row in printed})), since)
    moves = moves_of(request, since)
    bases = bases_of(request, since)
    found = [_figure(request, row, stood, moves, bases) for row in printed]
    order = {UNEXPLAINED: 0, SAME: 2, UNCOVERED: 3}
    found.sort(
        key=lambda row: (
            order.get(row["cause"], 1),
            -abs(row["difference"] or 0),
            row["period_start"],
        )
    )
    return request.disclose(
        rows.table(Figure, found),
        title=_headline(found),
        subtitle=f"{len(found)} corporate figures of the months since {day_words(since)}",
        notes=(
            "Tried in turn: what was known on the day of publication, the day committed, "
            "other units, no-crimes left in. A cause is named where it gives the very figure.",
        ),
        query="reconciliation",
        params={"since": since},
    )


def known(request: Request, names: tuple[str, ...], since: date) -> dict[Key, dict[date, Parts]]:
    """(measure, unit, month) → as-at → both parts; the force is all units together."""
    found: dict[Key, dict[date, Parts]] = {}
    for row in revision.figures(request, names, "month", since) if names else ():
        line = {row["unit_code"], *request.catalogue.ancestors(row["unit_code"])}
        for unit in line | {ours().force}:
            at = found.setdefault((row["measure"], unit, row["period_start"]), {})
            n, d = at.get(row["known_as_at"], (0.0, None))
            whole = None if row["denominator"] is None else (d or 0.0) + row["denominator"]
            at[row["known_as_at"]] = n + row["numerator"], whole
    return found


def bases_of(request: Request, since: date) -> dict[Key, Bases]:
    """(measure, unit, month) → what a detection rate would be on each basis; {} without records."""
    if not (infos := _with_records(request)):
        return {}
    detections = tuple(item.id for item in request.measures.values() if item.of_detections)
    asked = {"since": since, "measures": detections}
    found = rows.typed(Bases, editions.across(infos, "reconciliation_rates", request.scope, asked))
    return {(row["measure"], row["unit_code"], row["period_start"]): row for row in found}


def moves_of(request: Request, since: date) -> dict[Key, Moves]:
    """(measure, unit, month) → what happened since its publication; {} without records."""
    if not (infos := _with_records(request)):
        return {}
    asked = {"since": since}
    found = rows.typed(Moves, editions.across(infos, "reconciliation_moves", request.scope, asked))
    return {(row["measure"], row["unit_code"], row["period_start"]): row for row in found}


def _with_records(request: Request) -> tuple[SnapshotInfo, ...]:
    return editions.holding(revision.snapshots_of(request), "crimes")


def _figure(
    request: Request,
    row: Printed,
    known: dict[Key, dict[date, Parts]],
    moves: dict[Key, Moves],
    bases: dict[Key, Bases],
) -> Figure:
    about = request.measures.get(row["measure"])
    rate = about is not None and about.is_rate
    key = row["measure"], row["unit_code"], row["period_start"]
    at = known.get(key, {})
    own = _value(at.get(request.as_at), rate)
    first = min((as_at for as_at in at if as_at > row["published_on"]), default=None)
    then = _value(at.get(first), rate) if first else None
    ways = {"then": then} | (_rates(bases.get(key)) if rate else _counts(row))
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


def _counts(row: Printed) -> dict[str, float | None]:
    """The count on each of WAYS, in their order."""
    return {
        "committed": row["committed"],
        "all_units": row["all_units"],
        "directorate": row["directorate"],
        "with_no_crimes": row["with_no_crimes"],
    }


def detections(basis: Bases) -> dict[str, int]:
    """The detections of each of RATE_WAYS, in their order."""
    return {
        "period_all": basis["period_all"],
        "cohort_sanction": basis["cohort_sanction"],
        "cohort_all": basis["cohort_all"],
    }


def _rates(basis: Bases | None) -> dict[str, float | None]:
    """The rate on each basis, in percent, as known when it was published."""
    if basis is None or not basis["offences"]:
        return dict.fromkeys(RATE_WAYS)
    return {way: 100 * n / basis["offences"] for way, n in detections(basis).items()}


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


MOVE_WORDS = {
    "late": "entered late",
    "reclassified": "reclassified",
    "no_crimed": "no-crimed",
}


def _moved(move: Moves | None) -> dict[str, int]:
    """How many came and went by each of MOVE_WORDS, in their order."""
    if move is None:
        return {}
    return {
        "late": move["late"],
        "reclassified": move["reclassified"],
        "no_crimed": move["no_crimed"],
    }


def _cause(cause: str, move: Moves | None) -> str:
    """The cause as the table names it: of a revision the biggest of what happened since."""
    if cause in CAUSES:
        return CAUSES[cause]
    if cause != "then":
        return cause
    happened = {name: abs(n) for name, n in _moved(move).items()}
    most = max(happened, key=lambda name: happened[name], default=None)
    return MOVE_WORDS[most] if most and happened[most] else "revised since"


def _words(cause: str, residual: float, rate: bool, move: Moves | None) -> str:
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
        f"{'+' if n > 0 else '−'}{abs(n)} {MOVE_WORDS[name]}"
        for name, n in _moved(move).items()
        if n
    ]
    return f"as known when published; since then {phrases.listed(parts) or 'revised'}"


def _headline(figures: Sequence[Figure], told: Collection[Key] = ()) -> str:
    """told  differences whose reason was signed as they stand"""
    if not figures:
        return "No corporate figure of the last half year is loaded"
    found = [row for row in figures if row["cause"] == UNEXPLAINED]
    open_ones = [row for row in found if _key(row) not in told]
    differ, every = sum(map(differs, figures)), len(figures)
    if not differ:
        same = sum(1 for row in figures if row["cause"] == SAME)
        return f"{same} of {every} corporate figures agree with the records, none differs"
    if found and not open_ones:
        return (
            f"{differ} of {every} corporate figures differ: {len(found)} for a reason that was"
            " signed, the others for one that is found"
        )
    if not open_ones:
        return f"{differ} of {every} corporate figures differ, each for a reason that is found"
    names = [
        f"{row['name'].lower()} {row['period']} ({row['published_said']}, "
        f"records {row['then_said'] if row['then'] is not None else row['own_said']})"
        for row in open_ones[:3]
    ]
    more = f" and {len(open_ones) - 3} more" if len(open_ones) > 3 else ""
    return f"No explanation for {phrases.listed(names)}{more}"
