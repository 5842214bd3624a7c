"""Who works in each unit: women and minority ethnic staff, as the last return says."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from dashboard.access import Disclosed, suppression
from dashboard.access.disclosure import METHOD, Note, People
from dashboard.reports.equality.telling import once, telling
from dashboard.reports.kept import kept
from dashboard.reports.request import Request
from dashboard.stats import intervals
from dashboard.words import dates, numbers, phrases

ALL = "All"
PARTS = ("female", "minority_ethnic")
HIDING = "[c] a count of 1 to 4, or one that would give such a count back."
STAFF = pa.schema(
    [
        ("unit_code", pa.string()),
        ("month", pa.date32()),
        ("in_post", pa.int64()),
        *(
            (name, kind)
            for part in PARTS
            for name, kind in (
                (part, pa.int64()),
                *((f"{part}_{edge}", pa.float64()) for edge in ("share", "low", "high")),
            )
        ),
        *((f"{part}_remark", pa.string()) for part in PARTS),
    ]
)
Row = dict[str, Any]


@kept(8)
def workforce(request: Request) -> Disclosed:
    """Staff in post by unit, with women and minority ethnic staff and their intervals.

    A unit's share is remarked on where its interval does not hold the share of all units.
    raises  NotAllowedError as telling.telling does
    """
    request = telling(request)
    units = [_whole(row) for row in request.run("equality_workforce").to_pylist()]
    few = [row["unit_code"] for row in units if _told(row) and suppression.small(row["in_post"])]
    rows = _shown([row for row in units if _told(row) and row["unit_code"] not in few])
    missing = [row["unit_code"] for row in units if not _told(row)]
    months = sorted({row["month"] for row in rows if row["month"]})
    return request.disclose(
        pa.Table.from_pylist(rows, STAFF),
        title=_title(rows),
        subtitle=f"staff in post, {dates.period(months[-1], 'month')}" if months else "",
        notes=(
            "[–] 95 % intervals.",
            Note("Intervals: Wilson.", METHOD),
            HIDING,
            once(request),
            f"No return of {phrases.listed(missing)}." if missing else "",
            f"Left out, with fewer than five in post: {phrases.listed(few)}." if few else "",
        ),
        query="equality_workforce",
        people=People(PARTS),
    )


def _whole(row: Row) -> Row:
    """Counts as whole numbers; a blank stays None."""
    counts = {name: None if row[name] is None else round(row[name]) for name in ("in_post", *PARTS)}
    return row | counts


def _told(row: Row) -> bool:
    """Whether the return says all three counts, and they can be true together."""
    return all(row[name] is not None for name in ("in_post", *PARTS)) and all(
        0 <= row[part] <= row["in_post"] for part in PARTS
    )


def _shown(units: list[Row]) -> list[Row]:
    if not units:
        return []
    units = sorted(units, key=lambda row: (int("0" + _digits(row["unit_code"])), row["unit_code"]))
    total = {name: sum(row[name] for row in units) for name in ("in_post", *PARTS)}
    rows = [*units, {"unit_code": ALL, "month": None, **total}]
    shown = [dict(row) for row in rows]
    for part in PARTS:
        hidden = _hidden(rows, part)
        for place, row in enumerate(rows):
            if row["unit_code"] in hidden:
                shown[place][part] = None
            else:
                _share(shown[place], row, part, None if ALL in hidden else total)
    return shown


def _hidden(rows: list[Row], part: str) -> set[str]:
    """Units, or ALL, whose count of a part or of all others is hidden. How many are in post is
    no secret; all are hidden where no pattern protects the small counts."""
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        unit, whole, count = row["unit_code"], row["in_post"], row[part]
        counts |= {(unit, "part"): count, (unit, "rest"): whole - count, (unit, "post"): whole}
    units = [row["unit_code"] for row in rows]
    sums = [((unit, "post"), [(unit, "part"), (unit, "rest")]) for unit in units]
    sums += [
        ((ALL, kind), [(unit, kind) for unit in units if unit != ALL]) for kind in ("part", "rest")
    ]
    found = suppression.pattern(counts, sums, public={(unit, "post") for unit in units})
    return set(units) if found is None else {unit for unit, _ in found}


def _digits(code: str) -> str:
    return "".join(char for char in code if char.isdigit())


def _share(shown: Row, row: Row, part: str, total: Row | None) -> None:
    """Adds share and interval to a row whose counts may be shown, and a remark where the total's
    may be."""
    if not row["in_post"]:
        return
    low, high = intervals.wilson(row[part], row["in_post"])
    shown |= {f"{part}_share": row[part] / row["in_post"], f"{part}_low": low, f"{part}_high": high}
    if total is None:
        return
    whole = total[part] / total["in_post"]
    shown[f"{part}_remark"] = "fewer" if high < whole else "more" if low > whole else ""


def _title(rows: list[Row]) -> str:
    total = next((row for row in rows if row["unit_code"] == ALL), None)
    if total is None:
        return "No return tells who works in the units [x]"
    said = [
        f"{words} are {total[part]:,} of {total['in_post']:,} "
        f"({numbers.figure(total[f'{part}_share'], 'percent')})"
        for part, words in (("female", "women"), ("minority_ethnic", "minority ethnic staff"))
        if total[part] is not None and total["in_post"]
    ]
    return phrases.sentence(phrases.listed(said)) if said else "Staff by unit"
