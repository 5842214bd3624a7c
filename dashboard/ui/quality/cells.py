"""Rows of the quality reports as cells of the page's tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dashboard.catalogue import ours
from dashboard.charts import spark
from dashboard.reports import Request
from dashboard.reports.quality.balance import Balance, Delay
from dashboard.reports.quality.faults import ALL, Kind, OfUnit
from dashboard.reports.quality.to_put_right import Report
from dashboard.ui.kit import address
from dashboard.ui.kit.markup import MISSING, Column, Html, join, link, picture, small, strong
from dashboard.words import dates, numbers

KINDS = (
    Column("Kind of fault"),
    Column("Open", "right"),
    Column("Of looked at", "right", wrap=False),
    Column("Trend"),
    Column("First → now", "right", wrap=False),
    Column("Oldest", "right", wrap=False),
)
WORKLIST = (
    Column("Report", wrap=False),
    Column("Fault"),
    Column("Unit", wrap=False),
    Column("Area"),
    Column("Open since", wrap=False),
    Column("Days", "right"),
)
DELAYS = (
    Column("Unit", wrap=False),
    Column("Report to validation", "right", wrap=False),
    Column("Report to supervision", "right", wrap=False),
    Column("Detection to authorisation", "right", wrap=False),
    Column("Since last update, undetected", "right", wrap=False),
)
BALANCE = (
    Column("Unit", wrap=False),
    Column("Detected", "right", wrap=False),
    Column("Year before", "right", wrap=False),
    Column("No-crimed", "right", wrap=False),
    Column("Year before", "right", wrap=False),
    Column("Reclassified", "right", wrap=False),
    Column("Read together"),
)


def kinds(rows: Iterable[Kind], chosen: str | None) -> list[list[Any]]:
    """One line a kind of fault: its name selects it in the worklist, or all when it is chosen."""
    lines = []
    for row in rows:
        other = None if row["fault"] == chosen else row["fault"]
        lines.append(
            [
                link(
                    address.link_to("quality", fault=other),
                    row["name"],
                    label=f"{row['name']}: {'all kinds' if other is None else 'only these'}",
                ),
                strong(f"{row['n']:,}"),
                _of(row["share"], row["looked_at"]),
                *_trend(row),
                _days(row["oldest_days"]),
            ]
        )
    return lines


def _of(share: float | None, looked_at: int) -> Html:
    if share is None:
        return small("none to look at")
    return small(f"{numbers.figure(share, 'percent')} of {looked_at:,}")


def _days(days: int | None) -> str:
    return "" if days is None else f"{days:,} d"


def _trend(row: Kind) -> tuple[Html, Html]:
    """The line from as-at to as-at, and its ends; '[x]' with one as-at only."""
    if len(row["trend"]) < 2:
        return small(MISSING if row["n"] else ""), small("")
    first, last = row["trend"][0], row["trend"][-1]
    words = f"{first:,} at the first as-at, {last:,} now"
    line = spark.svg(row["trend"], label=words, width=76, height=17)
    return picture(line, words), small(f"{first:,} → {last:,}")


def matrix(rows: Iterable[OfUnit], names: dict[str, str]) -> tuple[list[Column], list[list[Any]]]:
    """Units down, kinds of fault across; each count selects its unit and kind."""
    by_unit: dict[str, dict[str, OfUnit]] = {}
    for row in rows:
        by_unit.setdefault(row["unit_code"], {})[row["fault"]] = row
    heads = [Column("Unit", wrap=False), Column("All", "right")]
    heads += [Column(name, "right") for name in names.values()]
    body = []
    for unit, cells in by_unit.items():
        total = cells[ALL]["n"]
        to_unit = address.link_to("quality", unit=unit)
        line: list[Any] = [
            link(to_unit, strong(unit), label=f"{unit}: its faults"),
            f"{total:,}",
        ]
        line += [_cell(unit, cells.get(fault), name) for fault, name in names.items()]
        body.append(line)
    return heads, body


def _cell(unit: str, row: OfUnit | None, name: str) -> Html:
    if row is None or not row["n"]:
        return small("0")
    looked_at = row["looked_at"] or 0
    parts = row["n"], looked_at
    share = numbers.figure_alone(row["n"] / looked_at, "percent", parts) if looked_at else ""
    to_kind = address.link_to("quality", unit=unit, fault=row["fault"])
    words = f"{name}, {unit}: {row['n']:,} of {looked_at:,}"
    return join([link(to_kind, f"{row['n']:,}", label=words), small(share)])


def worklist(request: Request, rows: Iterable[Report]) -> list[list[Any]]:
    """Cells of the worklist; codes in the catalogue's words."""
    areas = request.catalogue.areas
    return [
        [
            row["crime_ref"],
            row["name"],
            row["branch"] or row["ocu"],
            areas[row["borough"]].name if row["borough"] in areas else MISSING,
            dates.day(row["open_since"], weekday=False),
            f"{row['days_open']:,}",
        ]
        for row in rows
    ]


def delays(rows: Iterable[Delay], steps: Sequence[str]) -> list[list[Any]]:
    """One line a unit: median and ninth decile of each step, and how many still wait."""
    by_unit: dict[str, dict[str, Delay]] = {}
    for row in rows:
        by_unit.setdefault(row["unit_code"], {})[row["step"]] = row
    return [
        [strong(_unit(unit)), *(_delay(by_step.get(step)) for step in steps)]
        for unit, by_step in by_unit.items()
    ]


def _unit(code: str) -> str:
    return "All" if code == ours().force else code


def _delay(row: Delay | None) -> Html | str:
    if row is None or row["median_days"] is None:
        return MISSING
    waits = f"{row['waiting']:,} of {row['n'] + row['waiting']:,} wait" if row["waiting"] else ""
    said = f"{row['median_days']:.0f} d, nine in ten {row['ninth_decile_days']:.0f} d"
    return join([said, small(waits)]) if waits else said


def balance(rows: Iterable[Balance]) -> list[list[Any]]:
    """Detection beside no-crime and reclassification, each rate with both parts."""
    return [
        [
            strong(_unit(row["unit_code"])),
            _rate(
                (row["detection_numerator"], row["detection_denominator"]),
                (row["detection_low"], row["detection_high"]),
            ),
            _rate((row["detection_numerator_before"], row["detection_denominator_before"])),
            _rate(
                (row["no_crime_numerator"], row["no_crime_denominator"]),
                (row["no_crime_low"], row["no_crime_high"]),
            ),
            _rate((row["no_crime_numerator_before"], row["no_crime_denominator_before"])),
            _share(row["reclassified"], row["followed"]),
            row["remark"] or _moved(row),
        ]
        for row in rows
    ]


def _rate(
    both: tuple[int, int], interval: tuple[float | None, float | None] = (None, None)
) -> Html | str:
    """A rate of its two parts; with its interval it is the present one, in bold."""
    numerator, denominator = both
    if not denominator:
        return MISSING
    share, parts = numbers.parted(numerator, denominator)
    if not parts or interval[0] is None:
        return join([share, small(parts)] if parts else [share])
    low, high = (numbers.figure(edge, "percent") for edge in interval)
    return join([strong(share), small(f"[{low.removesuffix(' %')}–{high}]"), small(parts)])


def _share(part: int | None, whole: int | None) -> Html | str:
    if part is None or not whole:
        return MISSING
    share, parts = numbers.parted(part, whole)
    return join([share, small(parts)] if parts else [share])


def _moved(row: Balance) -> Html:
    moved = (("detection", row["detection_moved"]), ("no-crime", row["no_crime_moved"]))
    said = [f"{words} {how}" for words, how in moved if how]
    return small(", ".join(said) or "neither moved beyond chance")
