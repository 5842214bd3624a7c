"""Rows of reports as cells of the tasking page's tables. Pure but for the links' as-at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from dashboard.charts import spark
from dashboard.periods import calendar, day_words
from dashboard.reports import Request
from dashboard.reports.alerts import alert_words
from dashboard.reports.alerts.alert_list import AlertList
from dashboard.ui.kit import address, icons
from dashboard.ui.kit.markup import (
    MISSING,
    Column,
    Html,
    big,
    join,
    link,
    picture,
    small,
    stack,
    strong,
    tag,
)
from dashboard.words import dates, numbers
from dashboard.words.names import areas_word, window_word, windows_word

Row = dict[str, Any]
EVEN = 0.5

ALERTS = (
    Column("Measure and owner"),
    Column("Area"),
    Column("Now", "right"),
    Column("Expected", "right"),
    Column("Excess", "right"),
    Column("The year before"),
    Column("First seen"),
)
RARE = (
    Column("When", wrap=False),
    Column("What"),
    Column("Where"),
    Column("Since last", wrap=False),
)
OBJECTIVES = (
    Column("Objective"),
    Column("Year to date", "right", wrap=False),
    Column("", wrap=False, words="Parts of the figure"),
    Column("Last period"),
    Column("Variation"),
    Column("Target"),
)
FITNESS = (Column("What"), Column("How much"))


def alerts(request: Request, entries: Iterable[tuple[Row, list[Row]]]) -> list[list[Any]]:
    """Cells of the alert table: links carry measure and borough to the unit's page.

    entries  an alert, and the wider ones that share its excess, which stand below it
    """
    return [
        [
            stack(
                _to_unit(request, row, row["unit_code"], first_borough(row)),
                small(owner(row["unit_code"], row["unit_name"])),
            ),
            stack(*_where(row), *(small(wider(w)) for w in below)),
            big(numbers.number(row["now"])),
            stack(
                numbers.number(row["expected"], 1),
                small(numbers.span(row["low"], row["high"])),
            ),
            numbers.signed(row["excess"]),
            _spark(row),
            stack(small(seen(row["times_seen"], row["fortnights_behind"])), decide(row)),
        ]
        for row, below in entries
    ]


def first_borough(row: Row) -> str | None:
    """The borough that a link to the unit's page opens: the one with most, of several."""
    return row["boroughs"][0] if row["boroughs"] else None


def _where(row: Row) -> list[Any]:
    """The boroughs, and the days where they are not the whole fortnight."""
    place = row["borough_name"] or small(f"all {areas_word()}")
    return [place] if _whole(row) else [place, small(alert_words.window(row))]


def _whole(row: Row) -> bool:
    """Whether the row is of the whole fortnight, as all are but some clusters."""
    return row["window_until"] - row["window_since"] == calendar().window


def decide(row: Row, raised_from: str = "alert") -> Html:
    """The way from a row to a decision on it; on several boroughs, that of the one with most."""
    about = {name: row[name] for name in ("measure", "unit_code") if row[name]}
    href = address.link_to(
        "decisions",
        **{"raise": raised_from},
        measure=about["measure"],
        unit=about["unit_code"],
        borough=first_borough(row) if "boroughs" in row else row.get("borough"),
    )
    place = row.get("borough_name") or row["unit_code"]
    return link(href, "Decide", label=f"Decide on {row['name']}, {place}")


def wider(row: Row) -> str:
    """'all boroughs: 33, 19.4 expected (10–30)', or what areas are called."""
    return (
        f"all {areas_word()}: {row['now']}, {numbers.number(row['expected'], 1)} expected"
        f" ({numbers.span(row['low'], row['high'])})"
    )


def unit_page(request: Request, unit: str, measure: str) -> str | None:
    """The OCU whose page shows a row: its unit's, else its measure's owner's, else none."""
    for code in (unit, request.measures[measure].owner):
        ocu = request.catalogue.ocu_of(code)
        if request.catalogue.units[ocu].level == "ocu":
            return ocu
    return None


def _spark(row: Row) -> Html:
    words = f"{row['name']}, last {len(row['spark'])} {windows_word()}: now {row['spark'][-1]:.0f}"
    band, expected = None, None
    if _whole(row):
        expected, band = row["expected"], (row["low"], row["high"])
        words += f", expected {numbers.number(expected, 1)}"
    drawing = spark.svg(
        row["spark"],
        label=words,
        expected=expected,
        band=band,
        stands_out=row["now"] > row["high"] or row["now"] < row["low"],
    )
    return picture(drawing, words)


def owner(code: str, name: str) -> str:
    """'OCU7 Serious and Organised Crime'; the code once where the name begins with it."""
    return name if name.startswith(code) else f"{code} {name}"


def seen(times: int, behind: int = 0) -> str:
    """'new this meeting', '2nd meeting running'; a lagging window says so."""
    late = f", a {window_word()} behind" if behind else ""
    words = "new this meeting" if times <= 1 else f"{alert_words.ordinal(times)} meeting running"
    return f"{words}{late}"


def rare(rows: Iterable[Row]) -> list[list[Any]]:
    """Cells of the rare events: dated ones with their gap, monthly counts as a number."""
    found = []
    for row in rows:
        when = dates.day(row["day"], year=False) if row["day"] else row["period_words"]
        what = row["name"] if row["n"] == 1 else f"{row['name']}: {row['n']}"
        gap = "" if row["gap_days"] is None else small(gap_words(row["gap_days"]))
        found.append([when, what, row["borough_name"] or MISSING, gap])
    return found


def gap_words(days: int) -> str:
    """'the same day', '1 day', '41 days'."""
    return "the same day" if days == 0 else f"{days} day{'' if days == 1 else 's'}"


def objectives(request: Request, rows: Iterable[Row], usual: str = "") -> list[list[Any]]:
    """Cells of the objectives board; `[x]` stands where nothing is loaded.

    usual  the period that most figures are of, said once above the table
    """
    return [
        [
            stack(
                _to_unit(request, row, row["unit_code"], None),
                small(join(filter(None, [row["unit_code"], row["context"]]), " · ")),
            ),
            strong(numbers.figure(row["value"], row["unit"])),
            small(parts(row, usual)),
            small(last_period(row)),
            icons.status(row["variation"], both=False),
            reach(row),
        ]
        for row in rows
    ]


def _to_unit(request: Request, row: Row, unit: str, borough: str | None) -> Html:
    """The measure's name as a link to its unit's page, measure and borough kept."""
    page = unit_page(request, unit, row["measure"])
    href = address.link_to("ocu", unit=page, measure=row["measure"], borough=borough)
    return link(href, strong(row["name"]))


def reach(row: Row) -> Html:
    """The verdict on the target: the year's chance with its band, and below it, in its own words,
    what the last period's limits say; these alone where the year can't be foretold."""
    if not row["target_words"]:
        return icons.assurance("")
    if row.get("chance") is None:
        judged = row["assurance"]
        verdict = icons.assurance(judged) if judged else icons.status("", both=False)
        return stack(verdict, small(row["target_words"]), decide(row, "target"))
    return stack(
        icons.target(row["chance_words"]),
        small(row["target_words"]),
        small(row["band_words"]),
        tag("span", row["by_period"], class_="quiet") if row["by_period"] else None,
        decide(row, "target"),
    )


def parts(row: Row, usual: str = "") -> Html | str:
    """'190 of 211', with the interval of a small share; the period where it is not `usual`."""
    if row["symbol"] == MISSING:
        return ""
    lines: list[Any] = []
    if row["denominator"] is not None:
        lines.append(f"{numbers.number(row['numerator'])} of {numbers.number(row['denominator'])}")
    if row["low"] is not None:
        lines.append(f"({100 * row['low']:.0f}–{100 * row['high']:.0f} %)")
    return stack(" ".join(lines), "" if row["period_words"] == usual else row["period_words"])


def last_period(row: Row) -> Html | str:
    """'July 2025: 45 %, 76 of 167 [p]'."""
    if row["symbol"] == MISSING:
        return ""
    said = numbers.figure(row["latest"], row["unit"])
    if row["latest_denominator"] is not None:
        said += (
            f", {numbers.number(row['latest_numerator'])} of"
            f" {numbers.number(row['latest_denominator'])}"
        )
    return stack(row["latest_words"], f"{said} {row['symbol']}".strip())


def fitness(rows: Iterable[Row]) -> list[list[Any]]:
    """Cells of the data-fitness strip: the figure, and below it the sentence behind it."""
    return [[strong(row["label"]), stack(row["value"], small(row["detail"]))] for row in rows]


def split(rows: list[Row], most: int) -> tuple[list[Row], list[Row]]:
    """What the board opens with, and the rest.

    Of the measures with a target the `most` likeliest to miss it, and all that will sooner miss
    it than not; where no measure has a target, all that have data.
    """
    with_data = [row for row in rows if row["symbol"] != MISSING]
    aimed = sorted((row for row in with_data if row["target_words"]), key=_urgency)
    first = aimed[: max(most, sum(_miss(row) > EVEN for row in aimed))] or with_data
    chosen = {row["measure"] for row in first}
    others = aimed + [row for row in rows if row not in aimed]
    return first, [row for row in others if row["measure"] not in chosen]


def _urgency(row: Row) -> tuple[float, bool]:
    """The likeliest misses first, of equals what is worse than usual; the plan's order within."""
    return -_miss(row), not row["variation"].startswith("concern")


def _miss(row: Row) -> float:
    """How likely the target is missed; a target that can't be judged stands in the middle."""
    return EVEN if row.get("miss") is None else row["miss"]


def usual_period(rows: Iterable[Row]) -> str:
    """The period that most figures of the board are of; '' without any."""
    said = Counter(row["period_words"] for row in rows if row["period_words"])
    return said.most_common(1)[0][0] if said else ""


def first_rare(request: Request, rows: list[Row], each: int, most: int) -> list[Row]:
    """The latest events of each measure in the plan's order, `most` in all, latest first."""
    order = {name: place for place, name in enumerate(request.measures)}
    taken: Counter[str] = Counter()
    chosen: list[Row] = []
    latest = sorted(rows, key=_when, reverse=True)
    for row in sorted(latest, key=lambda row: order[row["measure"]]):
        if taken[row["measure"]] < each and len(chosen) < most:
            taken[row["measure"]] += 1
            chosen.append(row)
    return sorted(chosen, key=_when, reverse=True)


def _when(row: Row) -> tuple[bool, date]:
    """Dated events before a month's number."""
    return row["day"] is not None, row["day"] or date.min


def tested_words(tested: dict[str, int], listed: int, most: int) -> str:
    """What was tested, and how many of the alerts are shown where not all are."""
    more = f" Of {listed} alerts the {most} strongest are shown." if listed > most else ""
    return f"{alert_words.promise(tested)}{more}"


def meeting_words(request: Request, found: AlertList) -> str:
    """'Tactical tasking meeting · Tuesday 13 July 2032 · fortnight … · 3 alerts, 2 new'."""
    held = request.held_on
    when = f"{held:%A} {day_words(held)}" if held else f"{day_words(request.meeting)}, cancelled"
    listed = found.alerts.rows.to_pylist()
    new = sum(row["times_seen"] == 1 for row in listed)
    count = f"{len(listed)} alert{'' if len(listed) == 1 else 's'}"
    return " · ".join(
        [
            "Tactical tasking meeting",
            when,
            f"{window_word()} {request.fortnight.words}",
            f"{count}, {new} new" if listed else "no alert",
        ]
    )
