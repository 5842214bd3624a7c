"""Rows of reports as cells of the unit page's tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from dashboard.periods import planning_year_start
from dashboard.reports import Request
from dashboard.reports.alerts import alert_words
from dashboard.reports.alerts.alert_row import Alert
from dashboard.reports.measure import verdicts
from dashboard.reports.measure.scopes import FORCE_WIDE
from dashboard.reports.unit import of_whole
from dashboard.reports.unit.ocu import Explained
from dashboard.reports.unit.onlookers import Looked
from dashboard.reports.unit.records import Behind, Faulty
from dashboard.reports.unit.unit_boroughs import Slot
from dashboard.ui.kit import address, icons
from dashboard.ui.kit.markup import (
    MISSING,
    Column,
    Html,
    figure,
    join,
    link,
    small,
    stack,
    strong,
    tag,
    text,
)
from dashboard.words import dates, numbers, status
from dashboard.words.names import areas_word, window_word

PLAN = (
    Column("Measure"),
    Column("This year", "right"),
    Column("Status and target"),
)
ONLOOKERS = (
    Column("Who"),
    Column("Times", "right"),
    Column("Records", "right"),
    Column("Last", wrap=False),
)
RECORDS = (
    Column("Reference", wrap=False),
    Column("Reported", wrap=False),
    Column("Area"),
    Column("Weapon"),
    Column("Status"),
)
FAULTS = (
    Column("Reference", wrap=False),
    Column("Fault"),
    Column("Branch", wrap=False),
    Column("Area"),
    Column("Open since"),
    Column("Days", "right"),
)


def plan(measures: Iterable[Explained], as_at: date, part: str | None = None) -> list[list[Any]]:
    """Cells of the plan: the measure as a link that selects it, its figure, its two icons.

    part  of the unit, that the page is asked for and stays with

    A figure that is not of the periods that most are of (`most_of`) is dated.
    """
    listed = [*measures]
    usual = most_of(listed, as_at)
    return [
        [
            stack(
                link(
                    address.link_to("ocu", measure=row["measure"], part=part),
                    strong(row["name"]),
                    label=f"{row['name']}, show its chart",
                ),
                small(FORCE_WIDE) if row["place"] not in ("unit", "") else None,
            ),
            _figure(row, usual),
            stack(_status(row), small(said) if (said := row.get("explanation")) else None),
        ]
        for row in listed
    ]


def most_of(measures: Iterable[Explained], as_at: date) -> str:
    """The periods that most figures of this planning year are added up over; '' of none."""
    now = planning_year_start(as_at)
    said = Counter(
        row["period_words"] or ""
        for row in measures
        if row["last_start"] and row["last_start"] >= now and not row["at_end"]
    )
    return said.most_common(1)[0][0] if said else ""


def alert(words: str) -> Html:
    """One of the unit's alerts, at the head of its page."""
    mark = tag("span", "▲ alert", class_="st bad")
    return tag("p", join([mark, strong(words)], " "), class_="substatement")


def of_alert(row: Alert) -> Html:
    """'Each fortnight; the fortnight to 11 July: 68 counted, 11.2 expected (95 % band 4–21).'"""
    now = strong(figure(numbers.number(row["now"]), row, "now"))
    expected = figure(numbers.number(row["expected"], 1), row, "expected")
    when = f"Each {window_word()}; {alert_words.window(row)}:"
    band = f"(95 % band {numbers.span(row['low'], row['high'])})."
    return join([when, now, "counted,", expected, "expected", band])


def not_alone(row: Alert) -> str:
    """Whose an alert is, where one area alone is looked at."""
    where = alert_words.place(row["borough_name"], row["unit_name"])
    return f"This card is of the whole alert{where}, whichever of them is chosen."


def beside_alert(row: Alert, grain: str, borough: str | None) -> str:
    """Why a chart may say another thing than the alert above it: its span and place are others."""
    here = "" if borough else f", all {areas_word()} together"
    where = alert_words.place(row["borough_name"], row["unit_name"])
    return f"By whole {grain}s{here}; the alert is of {alert_words.window(row)}{where}."


def _figure(row: Explained, usual: str) -> Html:
    if row["symbol"] == MISSING:
        return text(MISSING)
    return stack(
        strong(figure(row["figure"], row)),
        tag("span", figure(row["parts"], row, "numerator"), class_="quiet nw")
        if row["parts"]
        else None,
        small(row["period_words"]) if row["period_words"] != usual else None,
        small(row["unsigned"]) if row["unsigned"] else None,
    )


def _status(row: Explained) -> Html:
    """An alert, else the last period, but where a target is likely to be missed and it is usual
    (verdicts.leads); then the verdict on the year's target, else the period's assurance."""
    if row["symbol"] == MISSING:
        return small("no data loaded")
    variation: Html | None = icons.status(row["variation"], both=False)
    if row["alert"]:
        # The alert outranks the last period's limits, which stand on its measure's own chart.
        variation = stack(tag("span", "▲ alert", class_="st bad"), small(row["alert"]))
    elif verdicts.leads(row):
        variation = None
    variation = stack(variation, _of_whole(row))
    if not row["target_words"]:
        return stack(variation, small(row["beside"]) or icons.assurance(""))
    variation = stack(variation, small(row["beside"])) if row["beside"] else variation
    if row["chance"] is not None:
        verdict = join([icons.target(row["chance_words"] or ""), _target(row)])
        band = small(row["band_words"])
        return stack(
            variation, _short(row), verdict, band, row["foretold"] and small(row["foretold"])
        )
    if not row["assurance"]:
        return stack(variation, join([small("– target"), _target(row)]))
    return stack(variation, _short(row), join([icons.assurance(row["assurance"]), _target(row)]))


def _of_whole(row: Explained) -> Html | None:
    """'all of OCU, end of June 2032: 17', which the target is of."""
    if not row["whole"]:
        return None
    said = figure(row["whole"], row, "whole_value", of_whole.FIGURE)
    return small(join([f"{row['whole_words']}: ", said], ""))


def _short(row: Explained) -> Html | None:
    """The word between what is better than usual and a target that it misses all the same."""
    better = row["variation"].startswith("improvement") and not row["whole"]
    missed = verdicts.is_missed(row["miss"])
    return small("still short of its target:") if better and missed else None


def _target(row: Explained) -> Html:
    """'≤ 1,540', said in words to a screen reader."""
    return tag("span", row["target_sign"], class_="quiet nw", aria_label=row["target_words"])


def records(request: Request, reports: Iterable[Behind]) -> list[list[Any]]:
    """Cells of the records list; codes in the catalogue's words."""
    areas, weapons = request.catalogue.areas, request.catalogue.values.get("weapon", {})
    return [
        [
            stack(row["crime_ref"], small(row["branch"]) if row["branch"] else None),
            dates.day(row["reported_on"], weekday=False),
            areas[row["borough"]].name if row["borough"] in areas else MISSING,
            # 'knife', not 'knife or sharp implement': the list has little room
            small(weapons.get(row["weapon"] or "", MISSING).lower().split(" or ")[0]),
            status.REPORT[row["status"]],
        ]
        for row in reports
    ]


def faults(request: Request, open_faults: Iterable[Faulty]) -> list[list[Any]]:
    """Cells of the list of open quality faults."""
    areas = request.catalogue.areas
    return [
        [
            row["crime_ref"],
            row["name"],
            row["branch"] or MISSING,
            areas[row["borough"]].name if row["borough"] in areas else MISSING,
            dates.day(row["open_since"], weekday=False),
            f"{row['days_open']:,}",
        ]
        for row in open_faults
    ]


def onlookers(looked: Iterable[Looked], own: str) -> list[list[Any]]:
    """Cells of the list of who looked at records; `own` is who looks at the page."""
    return [
        [
            f"{row['who']} (you)" if row["who"] == own else row["who"],
            f"{row['views']:,}",
            f"{row['records']:,}",
            row["last"],
        ]
        for row in looked
    ]


def changed(sentences: tuple[str, ...]) -> Html:
    """'What changed: …; ….' with its first words strong."""
    said = "; ".join(_inside(words) for words in sentences)
    return join([strong("What changed:"), f"{said}."])


def _inside(words: str) -> str:
    """A sentence as a part of another: no capital, unless it begins with an abbreviation."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def of_tiles(slots: Iterable[Slot]) -> list[tuple[str, Html]]:
    """The page's link of each area that the map of tiles draws, with its latest figure."""
    latest = {
        row["code"]: row for row in slots if row["value"] is not None
    }  # the last is the latest
    return [
        (
            code,
            link(
                address.link_to("ocu", borough=code),
                f"{row['name']} {row['figure']}",
                label=f"{row['name']}, {row['figure']}: this page for it alone",
            ),
        )
        for code, row in latest.items()
    ]
