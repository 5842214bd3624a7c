"""What is loaded and from where: the snapshots, one's manifest, and what another revised."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, TypedDict

from dashboard import ingest, rows, snapshots
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import day_words, next_start
from dashboard.queries import Measure
from dashboard.reports.request import Request, accounts
from dashboard.reports.request.coverage import Covered
from dashboard.reports.request.kept import kept
from dashboard.snapshots import SnapshotInfo
from dashboard.words import dates, numbers, phrases
from dashboard.words.names import area_word, window_word

REVISED_SHOWN = 200  # rows of a comparison that are shown; the title tells how many there are

NOT_SERVED = "null: nothing that is loaded serves the measure"


class Served(TypedDict):
    """A span of a source that serves a measure."""

    measure: str
    name: str
    source: Annotated[str | None, NOT_SERVED]
    grain: Annotated[str | None, NOT_SERVED]
    place: Annotated[str | None, NOT_SERVED]
    since: Annotated[date | None, NOT_SERVED]
    until: Annotated[date | None, NOT_SERVED]
    n: Annotated[int | None, NOT_SERVED]


class Published(TypedDict):
    """A snapshot of the folder."""

    as_at: date
    id: str
    published_at: str
    sources: int
    warnings: int
    sample: bool
    open: bool  # the one that the page shows


class Held(TypedDict):
    """A file that is imported and held as implausible; `number` names it in commands."""

    number: str
    kind: str
    file: str
    vintage: str
    reason: str


class Parts(TypedDict):
    """A figure's parts in two snapshots: a row of dashboard.snapshots.compare."""

    measure: str
    unit_code: str
    borough: Annotated[str | None, "null: not by area"]
    grain: str
    period_start: date
    known_until: Annotated[date | None, "null: not counted by day"]
    old_numerator: Annotated[float | None, "null: not known"]
    old_denominator: Annotated[float | None, "null: a count, or not known"]
    new_numerator: Annotated[float | None, "null: not known"]
    new_denominator: Annotated[float | None, "null: a count, or not known"]


class Revised(TypedDict):
    """A figure that differs from one snapshot to another."""

    measure: str
    name: str
    unit_code: str
    borough_name: str
    period: str
    old: str
    new: str
    old_numerator: Annotated[float | None, "null: not known"]
    old_denominator: Annotated[float | None, "null: a count, or not known"]
    new_numerator: Annotated[float | None, "null: not known"]
    new_denominator: Annotated[float | None, "null: a count, or not known"]
    change: float


def listing(request: Request) -> Disclosed:
    """All whole snapshots, newest as-at first; the open one is marked. The notes have a sentence
    for each folder that is no whole snapshot; these are never served."""
    whole, damaged = snapshots.scan(request.data)
    published = [_line(request, info) for info in reversed(whole)]
    return request.disclose(
        rows.table(Published, published),
        title=f"{phrases.many(len(published), 'snapshot')} published, the latest as at "
        f"{day_words(whole[-1].as_at)}",
        notes=tuple(damaged),
    )


def _line(request: Request, info: SnapshotInfo) -> Published:
    return {
        "as_at": info.as_at,
        "id": info.id,
        "published_at": info.published_at,
        "sources": len(info.manifest["sources"]),
        "warnings": len(info.manifest.get("warnings", [])),
        "sample": info.sample,
        "open": info.id == request.snapshot.id and info.as_at == request.as_at,
    }


def sources(request: Request) -> Disclosed:
    """The files of the open snapshot: vintage, coverage, accounts of rows and of values."""
    every = accounts.rows(request)
    wrong = sum(1 for row in every if not row["adds_up"])
    whole = "read = accepted + rejected + superseded + excluded"
    title = f"{len(every)} source files: {whole} in {'all' if not wrong else 'all but'}"
    return request.disclose(
        rows.table(accounts.Account, every),
        title=f"{title} {wrong}" if wrong else f"{title} of them",
        subtitle=f"as at {day_words(request.as_at)}, snapshot {request.snapshot.id}",
        notes=tuple(request.snapshot.manifest.get("warnings", [])),
    )


def held(request: Request) -> Disclosed:
    """The files that are imported and held as implausible: why, and the number that names each."""
    files: list[Held] = [
        {
            "number": number,
            "kind": item.kind,
            "file": item.file,
            "vintage": str(item.vintage),
            "reason": "; ".join(item.held),
        }
        for number, item in ingest.short_numbers(ingest.staged(request.data)).items()
        if item.held
    ]
    return request.disclose(
        rows.table(Held, files),
        title=f"{phrases.many(len(files), 'imported file')} held and not published",
        notes=(f"By command: {snapshots.WAYS}.",) if files else (),
    )


def waiting(data: Path) -> list[str]:
    """The files that are imported, not held, and not in the newest snapshot."""
    known = snapshots.listing(data)
    newest = known[-1].manifest["sources"] if known else []
    there = {(item["kind"], item["sha256"], item["vintage"]) for item in newest}
    return [
        item.file
        for item in ingest.staged(data)
        if not item.held and (item.kind, item.sha256, str(item.vintage)) not in there
    ]


def served(request: Request) -> Disclosed:
    """Which source served which measure, over which span; measures without any stand last."""
    held: dict[str, list[Covered]] = {}
    for row in request.coverage_rows:
        held.setdefault(row["measure"], []).append(row)
    spans = [
        _served(measure, span)
        for measure in request.measures.values()
        for span in held.get(measure.id, [])
    ]
    without = [_served(item, None) for item in request.measures.values() if item.id not in held]
    return request.disclose(
        rows.table(Served, [*spans, *without]),
        title=f"{len(held)} of {len(request.measures)} measures have data",
        notes=("[x] nothing that is loaded serves the measure",) if without else (),
        query="measure_coverage",
    )


def _served(measure: Measure, span: Covered | None) -> Served:
    published = span is not None and span["unit_code"] == ours().force
    return {
        "measure": measure.id,
        "name": measure.name,
        "source": span and span["source"],
        "grain": span and span["grain"],
        "place": span and ("force-wide" if published else "by unit"),
        "since": span and span["since"],
        "until": span and span["until"],
        "n": span and span["n"],
    }


def verify(request: Request) -> list[str]:
    """Every file of the open snapshot that is missing, cut short or changed; [] where sound."""
    return snapshots.verify(request.snapshot)


def others(request: Request) -> dict[str, str]:
    """The snapshots that the open one can be compared with, by id, each in words; the nearest
    earlier one first."""
    beside = [info for info in snapshots.listing(request.data) if info != request.snapshot]
    earlier = [info for info in beside if info.as_at <= request.as_at]
    later = [info for info in beside if info.as_at > request.as_at]
    ordered = [*reversed(earlier), *later]
    return {info.id: f"as at {day_words(info.as_at)}, {info.id}" for info in ordered}


@kept(16)
def revised(request: Request, other: str) -> Disclosed:
    """The figures that differ between the open snapshot and another, biggest change first.

    raises  NotFoundError where there is no such snapshot
    """
    info = snapshots.get(request.data, snapshot_id=other)
    older, newer = sorted([info, request.snapshot], key=lambda item: item.as_at)
    return moved(request, older, newer)


def moved(
    request: Request, older: SnapshotInfo, newer: SnapshotInfo, said: str = "had been revised by"
) -> Disclosed:
    """The figures that differ from one snapshot to another, biggest change first."""
    changed = snapshots.compare(older, newer)
    largest = rows.typed(Parts, changed.slice(0, REVISED_SHOWN))
    revised = [_change(request, row) for row in largest]
    count = f"{changed.num_rows:,} figure{'' if changed.num_rows == 1 else 's'}"
    first = f"; the largest {REVISED_SHOWN} shown" if changed.num_rows > REVISED_SHOWN else ""
    return request.disclose(
        rows.table(Revised, revised),
        title=f"{count} known as at {day_words(older.as_at)} {said} "
        f"{day_words(newer.as_at)}{first}",
        subtitle="old → new, both parts of a rate, of every period loaded (Tasking's list is of "
        f"the {window_word()} of its meeting alone); what is new altogether is left out",
        older=older.id,
        newer=newer.id,
    )


def _money(request: Request) -> dict[str, str]:
    """What is compared beside measures, by its id in queries/publish/money.sql, in words."""
    headings = request.catalogue.values.get("finance_heading", {})
    return {
        "overtime_cost": "Cost of overtime",
        **{f"finance_{code}": f"Spent, {words.lower()}" for code, words in headings.items()},
    }


def _change(request: Request, row: Parts) -> Revised:
    measure = request.measures.get(row["measure"])
    area = request.catalogue.areas.get(row["borough"] or "")

    money = _money(request).get(row["measure"])

    def said(numerator: float | None, denominator: float | None) -> str:
        if money:
            return numbers.figure(numerator, "gbp")
        if measure and measure.is_rate:
            return numbers.rate(numerator, denominator, measure.parts)
        return numbers.figure(numerator, measure.unit if measure else "n")

    return {
        "measure": row["measure"],
        "name": measure.name if measure else money or row["measure"],
        "unit_code": row["unit_code"],
        "borough_name": area.name if area else f"not by {area_word()}",
        "period": _period(row),
        "old": said(row["old_numerator"], row["old_denominator"]),
        "new": said(row["new_numerator"], row["new_denominator"]),
        "old_numerator": row["old_numerator"],
        "old_denominator": row["old_denominator"],
        "new_numerator": row["new_numerator"],
        "new_denominator": row["new_denominator"],
        "change": (row["new_numerator"] or 0) - (row["old_numerator"] or 0),
    }


def _period(row: Parts) -> str:
    """'June 2032'; '1 to 27 June 2032' where both snapshots count no more of it."""
    start, until = row["period_start"], row["known_until"]
    if until is None or until == next_start(start, row["grain"]):
        return dates.period(start, row["grain"])
    return f"{start.day} to {day_words(until - timedelta(days=1))}"
