"""Measures by boroughs as a heat strip: coloured by standing, what stands out in figures.

A cell within its limits is a quiet square whose figure is said when it is pointed at; all figures
are drawn on asking.
"""

from __future__ import annotations

from itertools import groupby

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.reports import Disclosed
from dashboard.reports.boroughs.matrix import Cell
from dashboard.ui.boroughs.cells import (
    STATUS,
    counted,
    drawn_key,
    here,
    looks,
    period,
    usual_period,
)
from dashboard.ui.kit.markup import (
    MISSING,
    Column,
    Html,
    frame,
    join,
    link,
    small,
    stack,
    strong,
    table,
    tag,
    text,
)
from dashboard.words import numbers
from dashboard.words.names import area_word, whole_area
from dashboard.words.phrases import sentence

THOUSAND = 1000  # pounds are written in thousands
FLAGGED, EVERY = "flagged", "all"  # whose figures are drawn
WITHIN = "·"
KEY = (
    ("above_998", "lower", "▲▲ ▼▼", "outside the 99.8 % limits, for the worse"),
    ("above_998", "higher", "▲▲ ▼▼", "for the better"),
    ("above_998", "", "▲▲ ▼▼", "neither"),
    ("above_95", "", "▲ ▼", "outside the 95 % limits"),
    ("within", "", WITHIN, "within them"),
    ("", "", "–", "not judged"),
)


def key() -> Html:
    """What colours and marks of the strip mean."""
    return drawn_key(KEY)


def matrix(
    shown: Disclosed,
    better: dict[str, str],
    kept: dict[str, str | None],
    *,
    by_command: bool,
    figures: str = FLAGGED,
) -> Html:
    """Measures by boroughs; what lies outside its limits is a link with its figure.

    figures  FLAGGED: of these cells only; EVERY: of all
    """
    every = rows.typed(Cell, shown.rows)
    places, usual = _columns(every, by_command), usual_period(every)
    axes = join([f"Measure ↓ {sentence(area_word())} →"])
    heads = [Column(axes), *(_borough_head(row, kept) for row in places)]
    heads += [Column("Rest", "right"), Column(whole_area(), "right")]
    body, classes = [], []
    for owner, group in groupby(every, key=lambda row: (row["owner"], row["owner_name"])):
        words = join([strong(owner[0]), owner[1]]) if owner[0] != owner[1] else strong(owner[0])
        body.append([words, *[""] * (len(places) + 2)])
        classes.append("owner")
        for name, cells in groupby(group, key=lambda row: row["measure"]):
            held = {row["borough"]: row for row in cells}
            drawn = [
                _cell(held.get(row["borough"]), better.get(name, ""), kept, figures)
                for row in places
            ]
            body.append([_measure(held, kept, usual), *drawn, *_sums(held)])
            classes.append("")
    said = f"{shown.title}. {shown.subtitle}"
    whole = table(heads, body, caption=said, row_class=classes, cards=False)
    return frame(whole, f"Measures by {area_word()}", class_=f"mx {figures}")


def _columns(cells: list[Cell], by_command: bool) -> list[Cell]:
    """One row a borough, by name or by command and name."""
    held = {row["borough"]: row for row in cells if row["kind"] == "borough"}
    return sorted(
        held.values(), key=lambda row: (by_command and row["bcu"] or "", row["borough_name"])
    )


def _borough_head(row: Cell, kept: dict[str, str | None]) -> Column:
    href = here(borough=row["borough"], **kept)
    words = f"{row['borough_name']}, {row['bcu']}" if row["bcu"] else row["borough_name"]
    return Column(
        tag("a", row["short"], href=href, target="_self", title=words, aria_label=words), "right"
    )


def _measure(held: dict[str, Cell], kept: dict[str, str | None], usual: str) -> Html:
    first = next(iter(held.values()))
    return stack(
        link(here(measure=first["measure"], **kept), first["name"]),
        small(period(first)) if period(first) != usual else None,
    )


def _sums(held: dict[str, Cell]) -> list[Html]:
    """What is of no borough, and all there is."""
    first = next(iter(held.values()))
    beside = [row for row in held.values() if row["kind"] != "borough"]
    return [_sum(first, beside), _sum(first, list(held.values()))]


def _cell(row: Cell | None, better: str, kept: dict[str, str | None], figures: str) -> Html:
    if row is None:
        return text(MISSING)
    shape, words = STATUS[row["status"]]
    look = f"ht {looks(row['status'], better)}"
    said = f"{row['name']} in {row['borough_name']}: {row['figure']}"
    if row["status"] in ("within", ""):
        mark = WITHIN if row["status"] else shape
        shown = _figure(row) if figures == EVERY else mark
        return tag("span", shown, class_=look, title=f"{said}, {words}")
    mark = tag("span", shape, class_="st", aria_hidden="true")
    href = here(borough=row["borough"], measure=row["measure"], **kept)
    return tag("span", link(href, stack(mark, _figure(row)), label=f"{said}, {words}"), class_=look)


def _figure(row: Cell) -> Html:
    """A count; a share as cases found over all cases, one below the other."""
    if row["unit"] == "gbp":
        return counted(f"{ours().currency}{row['seen'] / THOUSAND:,.0f}k", row)
    if row["cases"] is None or row["unit"] != "percent":
        return counted(row["figure"], row)
    return stack(counted(f"{row['seen']:.0f}", row), small(f"/{row['cases']:.0f}"))


def _sum(first: Cell, cells: list[Cell]) -> Html:
    if not cells:
        return text("0")
    seen = sum(row["seen"] for row in cells)
    if first["unit"] == "gbp":
        return text(f"{ours().currency}{seen / THOUSAND:,.0f}k")
    if first["unit"] != "percent":
        return text(numbers.figure(seen, first["unit"]))
    return stack(f"{seen:,.0f}", small(f"/{sum(row['cases'] or 0 for row in cells):,.0f}"))
