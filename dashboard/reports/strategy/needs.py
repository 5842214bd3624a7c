"""Development needs: reviews done and vetting in date of each unit, beside its areas for
improvement."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import order, ours
from dashboard.periods import day_words
from dashboard.reports.accountability import improvement
from dashboard.reports.accountability.overdue import counted
from dashboard.reports.kept import kept
from dashboard.reports.measure.series import series
from dashboard.reports.request import Request
from dashboard.words import dates, numbers, phrases

Row = dict[str, Any]
MEASURES = {"reviews": "development_reviews_done", "vetting": "vetting_in_date"}
PARTS = tuple(f"{name}_{part}" for name in MEASURES for part in ("done", "of"))
ROWS = pa.schema(
    [
        ("unit_code", pa.string()),
        ("unit_name", pa.string()),
        ("kind", pa.string()),
        *((name, pa.int64()) for name in PARTS),
        *((name, pa.float64()) for name in MEASURES),
        *((name, pa.int64()) for name in ("areas", "overdue")),
    ]
)


@kept(32)
def needs(request: Request) -> Disclosed:
    """One row an OCU of the directorate, and below them one of the directorate as a whole.

    reviews, vetting  shares of the latest month known, with both parts; None where not known
    areas, overdue    areas for improvement that are open, and those of them overdue
    kind              ocu or total: the sum of the units whose figures are known, and with the areas
                      that are the directorate's own
    """
    months, shares = _shares(request)
    open_, over, known = _areas(request)
    catalogue = request.catalogue
    own = [code for code in catalogue.descendants(ours().directorate) if _is_ocu(request, code)]
    codes = sorted(own, key=lambda code: order.unit_place(catalogue, code, ""))
    rows = [
        {
            "unit_code": code,
            "unit_name": catalogue.units[code].name,
            "kind": "ocu",
            **_parts(shares.get(code, {})),
            "areas": open_[code] if known else None,
            "overdue": over[code] if known else None,
        }
        for code in codes
    ]
    own_areas = open_[ours().directorate], over[ours().directorate]
    rows.append(_total(request, rows, own_areas if known else None))
    said = f"latest month {phrases.listed(months)}, " if months else ""
    return request.disclose(
        pa.Table.from_pylist(rows, ROWS),
        title=_title(rows),
        subtitle=f"{said}areas for improvement as at {day_words(request.as_at)}",
        notes=_notes(rows, own_areas[0]),
        query="measure_series",
        params={"measure": MEASURES["reviews"], "level": "ocu", "grain": "month"},
    )


def _total(request: Request, rows: list[Row], own_areas: tuple[int, int] | None) -> Row:
    """The units' sums, each of those whose figures are known; `own_areas`: open and overdue."""
    code = ours().directorate
    row: Row = {
        "unit_code": code, "unit_name": request.catalogue.units[code].name, "kind": "total",
    }  # fmt: skip
    for name in MEASURES:
        told = [item for item in rows if item[f"{name}_of"] is not None]
        done, of = (sum(item[f"{name}_{part}"] for item in told) for part in ("done", "of"))
        row |= {
            f"{name}_done": done if told else None,
            f"{name}_of": of if told else None,
            name: done / of if of else None,
        }
    for at, name in enumerate(("areas", "overdue")):
        row[name] = own_areas and own_areas[at] + sum(item[name] for item in rows)
    return row


def _notes(rows: list[Row], own_areas: int) -> tuple[str, ...]:
    """What the last row adds up, and what it lacks."""
    *units, whole = rows
    said = []
    for name, words in (("reviews", "development reviews"), ("vetting", "vetting")):
        lacking = [row["unit_code"] for row in units if row[f"{name}_of"] is None]
        if lacking and whole[f"{name}_of"] is not None:
            said.append(
                f"{whole['unit_code']} without {words} of {phrases.listed(lacking)}, not known "
                f"{numbers.MISSING}."
            )
    if own_areas:
        verb = "is" if own_areas == 1 else "are"
        said.append(f"Of the areas of {whole['unit_code']} {own_areas} {verb} its own.")
    return tuple(said)


def _is_ocu(request: Request, code: str) -> bool:
    return request.catalogue.units[code].level == "ocu"


def _shares(request: Request) -> tuple[list[str], dict[str, dict[str, Row]]]:
    """Both measures' latest month in words, and its rows by unit; none that no catalogue has."""
    months: dict[str, None] = {}
    found: dict[str, dict[str, Row]] = {}
    for name, measure in MEASURES.items():
        if measure not in request.measures:
            continue
        rows = series(request, measure, level="ocu", grain="month").to_pylist()
        known = [row for row in rows if row["numerator"] is not None]
        last: date | None = max((row["period_start"] for row in known), default=None)
        if last:
            months[dates.period(last, "month")] = None
        for row in known:
            if row["period_start"] == last:
                found.setdefault(row["unit_code"], {})[name] = row
    return list(months), found


def _parts(shares: dict[str, Row]) -> Row:
    row: Row = dict.fromkeys((*PARTS, *MEASURES))
    for name, held in shares.items():
        row[f"{name}_done"], row[f"{name}_of"] = held["numerator"], held["denominator"]
        row[name] = held["numerator"] / held["denominator"] if held["denominator"] else None
    return row


def _areas(request: Request) -> tuple[Counter[str], Counter[str], bool]:
    """Open areas for improvement by OCU, those overdue, and whether any are loaded."""
    rows = improvement.areas(request, ours().force).rows.to_pylist()
    known = [row for row in rows if row["title"]]
    open_, over = Counter[str](), Counter[str]()
    for row in known:
        code = row["unit_code"] or ours().directorate
        ocu = request.catalogue.ocu_of(code)
        open_[ocu] += row["status"] != "closed"
        over[ocu] += bool(row["overdue"])
    return open_, over, bool(known)


def _title(rows: list[Row]) -> str:
    """'418 of 441 development reviews due were done; 9 areas for improvement are open, …'."""
    whole, said = rows[-1], []
    if whole["reviews_of"] is not None:
        parts = numbers.rate(whole["reviews_done"], whole["reviews_of"])
        said.append(f"{parts} development reviews due were done")
    if whole["areas"] is not None:
        open_, over = whole["areas"], whole["overdue"]
        verb = "is" if open_ == 1 else "are"
        said.append(f"{counted('improvement', open_)} {verb} open, {over or 'none'} overdue")
    return (
        "; ".join(said) or f"Neither reviews nor areas for improvement are loaded {numbers.MISSING}"
    )
