"""The map of the whole area as a grid of links, and measures by boroughs as one dense table."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from dashboard.catalogue import ours
from dashboard.charts import borough_tiles
from dashboard.charts.borough_tiles import Tile
from dashboard.reports import Disclosed
from dashboard.ui.boroughs.cells import (
    STATUS,
    TONES,
    Row,
    counted,
    here,
    period,
    status,
    usual_period,
)
from dashboard.ui.kit.markup import (
    MISSING,
    Column,
    Html,
    join,
    link,
    picture,
    small,
    stack,
    strong,
    table,
    tag,
    text,
)
from dashboard.words import numbers
from dashboard.words.names import area_word, areas_word, whole_area
from dashboard.words.phrases import sentence

THOUSAND = 1000  # pounds in the matrix are written in thousands


def tile_map(tiles: list[Tile], whole: str, better: str, kept: dict[str, str | None]) -> Html:
    """The map as a grid of links, one a borough; what is no borough beside it, and the total.

    whole  the whole's figure in words
    """
    items = [_tile(item, better, kept) for item in tiles]
    column, line = borough_tiles.REST_PLACES[-1]
    items.append(
        tag(
            "div",
            tag("span", strong(whole_area()), tag("b", whole), class_="head"),
            tag("span", "tiles and the rest", class_="st quiet"),
            class_="tile aside",
            style=f"grid-column:{column + 1};grid-row:{line + 1}",
        )
    )
    return tag(
        "nav",
        *items,
        class_="ldn",
        aria_label=f"{sentence(areas_word())} of {whole_area()}, by their places",
    )


def _tile(item: Tile, better: str, kept: dict[str, str | None]) -> Html:
    row = item.row
    place = f"grid-column:{item.column};grid-row:{item.line}"
    shown = tag("span", strong(row["short"]), tag("b", counted(row["figure"], row)), class_="head")
    if row["kind"] == "not_policed":
        words = tag("span", f"not policed by {ours().force}", class_="st quiet")
        return tag(
            "div", shown, words, class_="tile off", style=place, title=f"{row['name']}: {words}"
        )
    drawing = picture(item.drawing, "")
    label = f"{row['name']}: {row['said']}, {STATUS[row['status']][1]}. Open its page"
    foot = status(row["status"], better)
    if item.beside:
        foot = tag("span", row["name"], class_="st quiet")
    elif row["misleading"]:
        foot = tag("span", foot, tag("span", " †", title="residents mislead here"))
    names = ["tile"]
    names += ["aside"] * item.beside + ["far"] * row["status"].endswith("998")
    return tag(
        "a",
        shown,
        drawing,
        foot,
        class_=" ".join(names),
        style=place,
        href=here(borough=row["code"], **kept),
        target="_self",
        title=f"{row['name']}: {row['said']}",
        aria_label=label,
    )


def matrix(
    found: Disclosed, better: dict[str, str], kept: dict[str, str | None], *, by_command: bool
) -> Html:
    """Measures by boroughs as one dense table; only what lies outside its limits is a link."""
    rows = found.rows.to_pylist()
    places, usual = _columns(rows, by_command), usual_period(rows)
    heads = [Column("Measure"), *(_borough_head(row, kept) for row in places)]
    heads += [Column("Rest", "right"), Column(whole_area(), "right")]
    body, classes = [], []
    for owner, group in groupby(rows, key=lambda row: (row["owner"], row["owner_name"])):
        words = join([strong(owner[0]), owner[1]]) if owner[0] != owner[1] else strong(owner[0])
        body.append([words, *[""] * (len(places) + 2)])
        classes.append("owner")
        for name, cells in groupby(group, key=lambda row: row["measure"]):
            held = {row["borough"]: row for row in cells}
            body.append(_measure(held, places, better.get(name, ""), kept, usual))
            classes.append("")
    return tag(
        "div",
        table(heads, body, caption=f"{found.title}. {found.subtitle}", row_class=classes),
        class_="mx",
        tabindex="0",
        role="region",
        aria_label=f"Measures by {area_word()}",
    )


def _columns(rows: list[Row], by_command: bool) -> list[Row]:
    """One row a borough, by name or by command and name."""
    held = {row["borough"]: row for row in rows if row["kind"] == "borough"}
    key = (lambda row: (row["bcu"], row["borough_name"])) if by_command else _name
    return sorted(held.values(), key=key)


def _name(row: Row) -> str:
    return row["borough_name"]


def _borough_head(row: Row, kept: dict[str, str | None]) -> Column:
    href = here(borough=row["borough"], **kept)
    words = f"{row['borough_name']}, {row['bcu']}" if row["bcu"] else row["borough_name"]
    return Column(
        tag("a", row["short"], href=href, target="_self", title=words, aria_label=words), "right"
    )


def _measure(
    held: dict[str, Row],
    places: list[Row],
    better: str,
    kept: dict[str, str | None],
    usual: str,
) -> list[Any]:
    first = next(iter(held.values()))
    words = stack(
        link(here(measure=first["measure"], **kept), first["name"]),
        small(period(first)) if period(first) != usual else None,
    )
    cells = [_cell(held.get(row["borough"]), better, kept) for row in places]
    beside = [row for row in held.values() if row["kind"] != "borough"]
    return [words, *cells, _sum(first, beside), _sum(first, list(held.values()))]


def _cell(row: Row | None, better: str, kept: dict[str, str | None]) -> Html:
    if row is None:
        return text(MISSING)
    figure = _figure(row)
    shape, words = STATUS[row["status"]]
    if row["status"] in ("within", ""):
        return figure
    tone = TONES.get((row["status"], better), "plain")
    mark = tag("span", shape, class_=f"st {tone}", aria_hidden="true")
    label = f"{row['name']} in {row['borough_name']}: {row['figure']}, {words}"
    href = here(borough=row["borough"], measure=row["measure"], **kept)
    return link(href, stack(mark, figure), label=label)


def _figure(row: Row) -> Html:
    """A count; a share as cases found over all cases, one below the other."""
    if row["unit"] == "gbp":
        return counted(f"{ours().currency}{row['seen'] / THOUSAND:,.0f}k", row)
    if row["cases"] is None or row["unit"] != "percent":
        return counted(row["figure"], row)
    return stack(counted(f"{row['seen']:.0f}", row), small(f"/{row['cases']:.0f}"))


def _sum(first: Row, rows: list[Row]) -> Html:
    if not rows:
        return text("0")
    seen = sum(row["seen"] for row in rows)
    if first["unit"] == "gbp":
        return text(f"{ours().currency}{seen / THOUSAND:,.0f}k")
    if first["unit"] != "percent":
        return text(numbers.figure(seen, first["unit"]))
    return stack(f"{seen:,.0f}", small(f"/{sum(row['cases'] or 0 for row in rows):,.0f}"))
