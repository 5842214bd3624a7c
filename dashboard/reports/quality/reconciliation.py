"""Corporate figures against the directorate's own: each difference, and where it comes from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.quality import revision
from dashboard.reports.quality.bases import (
    RATE_PLACES,
    Bases,
    Key,
    Moves,
    Parts,
    bases_of,
    known_to,
    moves_of,
    rates_of,
)
from dashboard.reports.quality.causes import UNCOVERED, cause_of, words_of
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept, kept_as_written
from dashboard.reports.signing import differences
from dashboard.reports.signing import returns as signing
from dashboard.stats.reconcile import SAME, UNEXPLAINED, Explained, explain
from dashboard.words import dates, numbers, phrases

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


def why_none(request: Request) -> str:
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
    compared = _figures(request)
    listed = [_with_signature(request, row) for row in rows.typed(Figure, compared.rows)]
    owed = [row for row in listed if row["signed"] not in ("", signing.SIGNED, signing.BEFORE)]
    said = f"{numbers.UNSIGNED}: nobody has signed this difference as it stands."
    notes = (*compared.notes, *([said] if owed else ()))
    # One that somebody signed as it stands has the reason that was written under it.
    told = {_key(row) for row in listed if row["signed"] == signing.SIGNED}
    return replace(
        compared, rows=rows.table(Signed, listed), title=_headline(listed, told), notes=notes
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
    stood = known_to(request, tuple(sorted({row["measure"] for row in printed})), since)
    moves = moves_of(request, since)
    bases = bases_of(request, since)
    compared = [_figure(request, row, stood, moves, bases) for row in printed]
    order = {UNEXPLAINED: 0, SAME: 2, UNCOVERED: 3}
    compared.sort(
        key=lambda row: (
            order.get(row["cause"], 1),
            -abs(row["difference"] or 0),
            row["period_start"],
        )
    )
    return request.disclose(
        rows.table(Figure, compared),
        title=_headline(compared),
        subtitle=f"{len(compared)} corporate figures of the months since {day_words(since)}",
        notes=(
            "Tried in turn: what was known on the day of publication, the day committed, "
            "other units, no-crimes left in. A cause is named where it gives the very figure.",
        ),
        query="reconciliation",
        params={"since": since},
    )


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
    ways = {"then": then} | (rates_of(bases.get(key)) if rate else _counts(row))
    rounding = 0.5 * 10.0**-RATE_PLACES if rate else 0.0
    told = _explained(row["published"], own, then, ways, rounding)
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
        "residual": told.residual,
        "published_said": _said(row["published"], rate),
        "then_said": _said(then, rate),
        "own_said": _said(own, rate),
        "way": told.cause,
        "cause": cause_of(told.cause, moves.get(key)),
        "words": words_of(told.cause, told.residual, rate, moves.get(key)),
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


def _headline(figures: Sequence[Figure], told: Collection[Key] = ()) -> str:
    """told  differences whose reason was signed as they stand"""
    if not figures:
        return "No corporate figure of the last half year is loaded"
    unexplained = [row for row in figures if row["cause"] == UNEXPLAINED]
    open_ones = [row for row in unexplained if _key(row) not in told]
    differ, every = sum(map(differs, figures)), len(figures)
    if not differ:
        same = sum(1 for row in figures if row["cause"] == SAME)
        return f"{same} of {every} corporate figures agree with the records, none differs"
    if unexplained and not open_ones:
        return (
            f"{differ} of {every} corporate figures differ: {len(unexplained)} for a reason that"
            " was signed, the others for one that is found"
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
