"""The map of the whole area as a grid of links, each coloured by its standing."""

from __future__ import annotations

from dashboard import rows
from dashboard.catalogue import ours
from dashboard.charts.borough_tiles import Tile
from dashboard.charts.tiles import REST_PLACES
from dashboard.reports.boroughs.london import Tile as Area
from dashboard.ui.boroughs.cells import STATUS, counted, here, looks, status
from dashboard.ui.kit.markup import Html, picture, strong, tag
from dashboard.words import dates
from dashboard.words.names import areas_word, whole_area
from dashboard.words.phrases import sentence


def tile_map(tiles: list[Tile], whole: str, better: str, kept: dict[str, str | None]) -> Html:
    """The map as a grid of links, one a borough; what is no borough beside it, and the total.

    whole  the whole's figure in words
    """
    items = [tile_of(item, better, kept) for item in tiles]
    column, line = REST_PLACES[-1]
    items.append(
        tag(
            "div",
            tag("span", strong(whole_area()), tag("b", whole), class_="head"),
            tag("span", "in all", class_="st quiet"),
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


def tile_of(item: Tile, better: str, kept: dict[str, str | None]) -> Html:
    row = rows.typed_row(Area, item.row)
    place = f"grid-column:{item.column};grid-row:{item.line}"
    shown = tag("span", strong(row["short"]), tag("b", counted(row["figure"], row)), class_="head")
    if row["kind"] == "not_policed":
        words = tag("span", f"not policed by {ours().force}", class_="st quiet")
        return tag(
            "div", shown, words, class_="tile off", style=place, title=f"{row['name']}: {words}"
        )
    drawing = picture(item.drawing, "")
    acted = "".join(f"; decided {dates.day(day, weekday=False)}" for day in item.acted)
    label = f"{row['name']}: {row['said']}, {STATUS[row['status']][1]}{acted}. Open its page"
    foot = status(row["status"], better)
    if item.beside:
        foot = tag("span", row["name"], class_="st quiet")
    elif row["misleading"]:
        foot = tag("span", foot, tag("span", " †", title="residents mislead here"))
    names = ["tile"]
    names += ["aside"] if item.beside else [looks(row["status"], better)]
    return tag(
        "a",
        shown,
        drawing,
        foot,
        class_=" ".join(names),
        style=place,
        href=here(borough=row["code"], **kept),
        target="_self",
        title=f"{row['name']}: {row['said']}{acted}",
        aria_label=label,
    )
