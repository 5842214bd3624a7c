"""Rows of the borough reports as table cells. Pure but for the links' address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, TypedDict

from dashboard.charts import borough_tiles
from dashboard.reports.boroughs import exposure, one_borough
from dashboard.reports.boroughs.funnel import Judgement
from dashboard.reports.boroughs.london import Tile
from dashboard.reports.boroughs.one_borough import Counted
from dashboard.reports.boroughs.work import Worked
from dashboard.reports.decisions.board import Decided
from dashboard.ui.kit.address import link_to
from dashboard.ui.kit.markup import (
    MISSING,
    Column,
    Html,
    figure,
    join,
    link,
    picture,
    small,
    stack,
    strong,
    tag,
    text,
)
from dashboard.words import dates, numbers
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import area_word, areas_word, whole_area
from dashboard.words.status import STANDING

# Status → shape and words. Shape and words carry it; weight and colour repeat them.
STATUS = {name: (said.shape, said.short) for name, said in STANDING.items()}
# How much of the tone is due, by what is better: the far ones only.
TONES = {
    ("above_998", "lower"): "bad",
    ("below_998", "lower"): "good",
    ("above_998", "higher"): "good",
    ("below_998", "higher"): "bad",
}
KEEP = ("against", "span", "month")
TILES = (
    Column("Area"),
    Column("Figure"),
    Column("Status"),
)
FUNNEL = (
    Column("Area"),
    Column("Figure"),
    Column("Limits that are due"),
    Column("Status"),
    Column("Without the adjustment"),
)
MEASURES = (
    Column("Measure"),
    Column("24 months"),
    Column("Here", "right"),
    Column("Year before", "right", wrap=False),
    Column("Of the force", "right", wrap=False),
)
DECIDED = (
    Column("Decision"),
    Column("Owner, and by when", wrap=False),
    Column("Expected, and what came of it"),
)
OWN = Column("Against its own history")
WORK = (
    Column("Investigated by"),
    Column("Offences", "right"),
    Column("Of all its work", "right"),
    Column("Detected", "right"),
    Column("Unsolved", "right"),
    Column("Their age", "right", wrap=False),
    Column("Attended in", "right"),
)


def columns(against: str) -> tuple[Column, ...]:
    """The heads of a borough's measures; what is set against history has that column once."""
    basis = Column(f"Against {exposure.compared_with(against)} (expected)")
    return (*MEASURES, basis) if against == exposure.HISTORY else (*MEASURES, basis, OWN)


def status(value: str, better: str = "") -> Html:
    """Shape and words of a status; the tone of the far ones by what is better."""
    shape, words = STATUS[value]
    quiet = "quiet" if value in ("within", "") else "plain"
    tone = TONES.get((value, better), quiet)
    return tag("span", tag("span", shape, aria_hidden="true"), f" {words}", class_=f"st {tone}")


def looks(value: str, better: str = "") -> str:
    """The class of a standing in the style sheet; that of the far ones by what is better."""
    if value.endswith("998"):
        tones = {"bad": "far worse", "good": "far better"}
        return tones.get(TONES.get((value, better), ""), "far")
    return {"within": "usual", "": "unjudged"}.get(value, "outside")


def drawn_key(entries: Iterable[tuple[str, str, str, str]], *more: str) -> Html:
    """What colours and marks mean: of each entry a status, what is better, its mark, its words."""
    parts = [
        tag("span", tag("span", mark, class_=f"swatch {looks(value, better)}"), f" {words}")
        for value, better, mark, words in entries
    ]
    return tag("p", join([*parts, *more]), class_="note key")


def tile_key(tiles: Iterable[Tile], better: str) -> Html:
    """The key of the map of a measure."""
    misled = any(row["misleading"] for row in tiles)
    entries = [(value, better, *said) for value, said in STATUS.items()]
    return drawn_key(entries, *["† residents mislead here"] * misled)


def here(**params: str | None) -> str:
    """An address on this page, with the page's own filters kept."""
    return link_to("boroughs", **params)


def of_marks(judged: Iterable[Judgement]) -> list[tuple[str, Html]]:
    """The page of each borough that the funnel draws."""
    return [
        (
            row["borough"],
            link(
                here(borough=row["borough"]),
                row["borough_name"],
                label=f"{row['borough_name']}: {row['said']}",
            ),
        )
        for row in judged
    ]


class Dated(TypedDict):
    """A row that says of which months it is."""

    period: str
    provisional: bool


def usual_period(dated: Iterable[Dated]) -> str:
    """The period that most rows are of, said once above the table."""
    said = Counter(period(row) for row in dated)
    return said.most_common(1)[0][0] if said else ""


def period(row: Dated) -> str:
    return f"{row['period']}{' [p]' if row['provisional'] else ''}"


def tiles(areas: Iterable[Tile], better: str) -> list[list[Any]]:
    """Cells of the table under the map."""
    return [
        [
            row["name"],
            counted(row["said"], row),
            "" if row["kind"] != "borough" else status(row["status"], better),
        ]
        for row in areas
    ]


def funnel(judged: Iterable[Judgement], better: str) -> list[list[Any]]:
    """Cells of the funnel's table, boroughs by name."""
    return [
        [
            row["borough_name"],
            counted(row["said"], row),
            row["words"],
            status(row["status"], better),
            status(row["exact_status"], better),
        ]
        for row in judged
    ]


def measures(
    counted_here: list[Counted], borough: str, better: dict[str, str], kept: dict[str, str | None]
) -> list[list[Any]]:
    """Cells of a borough's measures: the name opens the map that has the figure among the others,
    the owner its page with the borough kept."""
    usual = usual_period(counted_here)
    return [
        [
            _measure(row, borough, usual, kept),
            _line(row),
            strong(counted(_over(row["figure"], row["unit"]), row)),
            small(
                counted(_over(row["before_said"], row["unit"]), row, "before", one_borough.BEFORE)
            ),
            _share(row),
            _verdict(row, better.get(row["measure"], "")),
            status(row["own"], better.get(row["measure"], "")) if row["unit"] == "n" else "",
        ]
        for row in counted_here
    ]


def _measure(row: Counted, borough: str, usual: str, kept: dict[str, str | None]) -> Html:
    """The measure and its owner; the period where it is not that of most."""
    whole = link_to("boroughs", measure=row["measure"], borough=None, unit=None, **kept)
    owner = link_to("ocu", unit=row["owner"], measure=row["measure"], borough=borough, **kept)
    said = f"{row['name']}, open {row['owner']}'s page for this {area_word()}"
    return stack(
        link(whole, strong(row["name"]), label=f"{row['name']} in all {areas_word()}"),
        small(
            link(owner, row["owner"], label=said),
            "" if period(row) == usual else f", {period(row)}",
        ),
    )


def _line(row: Counted) -> Html:
    known = [value for value in row["values"] if value is not None]
    words = f"{row['name']}, last {len(row['values'])} months"
    return picture(borough_tiles.svg(row["values"], max(known, default=0.0) or 1.0), words)


def _over(words: str, unit: str) -> str:
    return words.replace("/", " of ") if unit == "percent" else words


def counted(words: Any, row: Mapping[str, Any], name: str = "seen", of: str = FIGURE_OF) -> Html:
    """What was counted, with what it is of: `name` holds the count, of a share its cases found."""
    return figure(words, row, name, of)


def _share(row: Counted) -> Html:
    """This area's part of the whole's count with both parts; of a share the whole's own."""
    whole = _over(row["london_said"], row["unit"]) if row["share"] is None else row["london_said"]
    said = counted(whole, row, "london", one_borough.WHOLE)
    if row["share"] is None:
        return small(join([whole_area(), said]))
    return stack(f"{100 * row['share']:.1f} %", small(join(["of", said])))


def _verdict(row: Counted, better: str) -> Html:
    if not row["status"]:
        return small(row["against"])
    expected = small(f"({row['expected']})") if row["expected"] else ""
    stands = status(row["status"], better)
    if row["status"] == "within" and row["unlike"]:
        # Only as much as areas differ from one another takes it in: 'as expected' it is not.
        shape = tag("span", STATUS["within"][0], aria_hidden="true")
        stands = tag("span", shape, f" as {areas_word()} differ", class_="st quiet")
    return stack(join([stands, expected]), small(row["yardsticks"]) if row["yardsticks"] else None)


def decided(listed: Iterable[Decided]) -> list[list[Any]]:
    """Cells of the decisions that concern an area: each a link to its page, with what it moves."""
    return [
        [
            stack(
                link(link_to("decisions", decision=row["id"]), strong(row["what"])),
                small(row["moved"]),
            ),
            stack(row["owner_unit"], small(f"by {dates.day(row['due'], weekday=False)}")),
            stack(row["result"] or row["effect"], small(row["standing"])),
        ]
        for row in listed
    ]


def work(worked: Iterable[Worked], borough: str, kept: dict[str, str | None]) -> list[list[Any]]:
    """Cells of what each OCU did in the borough."""
    return [
        [
            stack(
                link(
                    link_to("ocu", unit=row["ocu"], borough=borough, measure=None, **kept),
                    strong(row["ocu"]),
                    label=f"{row['ocu']} {row['name']}, open its page for this {area_word()}",
                ),
                small(row["name"]),
            ),
            stack(strong(f"{row['offences']:,}"), small(f"{row['offences_before']:,} before")),
            stack(
                MISSING if row["share"] is None else f"{100 * row['share']:.1f} %",
                None if row["share"] is None else small(f"of {row['offences_london']:,}"),
            ),
            stack(f"{row['detected']:,}", small(f"{row['detected_before']:,} before")),
            stack(
                f"{row['unsolved']:,}",
                small(f"{row['idle']:,} idle") if row["unsolved"] else None,
            ),
            stack(
                f"{row['unsolved_days']:.0f} days" if row["unsolved"] else MISSING,
                small("median") if row["unsolved"] else None,
            ),
            _attended(row),
        ]
        for row in worked
    ]


def _attended(row: Worked) -> Html:
    """Half of calls were attended within so many minutes, with how many are known."""
    if not row["attended"]:
        return text(MISSING)
    whole = row["attended_minutes_london"]
    beside = "" if whole is None else f"; {whole_area()} {whole:.0f}"
    return stack(
        f"{numbers.number(row['attended_minutes'])} min",
        small(f"of {row['attended']:,}{beside}"),
    )
