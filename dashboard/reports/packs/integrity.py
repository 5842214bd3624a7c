"""The integrity section of a visit pack: what a visit is prepared with, on one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from dashboard import rows
from dashboard.reports.accountability import outcomes
from dashboard.reports.accountability.outcomes import Ended
from dashboard.reports.decisions import visits
from dashboard.reports.overtime import exceptions
from dashboard.reports.packs.block import Asked, Block
from dashboard.reports.quality import faults
from dashboard.reports.unit import ocu, planned
from dashboard.words import numbers, phrases

UNAUTHORISED = "detection_unauthorised"  # rule of a good record
STAFF = ("vetting_in_date", "development_reviews_done")  # measures
COLUMNS = ("label", "figure", "detail")


class Line(TypedDict):
    """What a visitor asks about."""

    label: str
    figure: str
    detail: str


def prepared(asked: Asked) -> Iterator[Block | str]:
    """Claims that break a rule, detections without authority, vetting, development reviews, open
    recommendations and actions of visits; what nothing is loaded of is left out."""
    lines = [line for part in PARTS for line in part(asked)]
    if not lines:
        yield "Nothing is loaded that a visit could ask about."
        return
    first = [f"{line['label'].lower()}: {line['figure']}" for line in lines[:2]]
    checklist = asked.request.disclose(
        rows.table(Line, lines),
        title=phrases.sentence("; ".join(first)),
        subtitle=f"{asked.unit}, to prepare a visit",
        unit=asked.unit,
    )
    yield Block("integrity", checklist, columns=COLUMNS)


def _line(label: str, figure: str, detail: str = "") -> Line:
    return {"label": label, "figure": figure, "detail": detail}


def _claims(asked: Asked) -> Iterator[Line]:
    breaches = exceptions.exceptions(asked.request, asked.unit)
    if breaches is not None:
        broken = rows.typed(exceptions.Broken, breaches.summary.rows)
        rules = [f"{row['label']} {row['n']:,}" for row in broken if row["n"]]
        yield _line("Overtime claims", breaches.summary.title, "; ".join(rules))


def _detections(asked: Asked) -> Iterator[Line]:
    if not faults.has_records(asked.request):
        return
    for row in rows.typed(faults.Kind, faults.kinds(asked.request, asked.unit).rows):
        if row["fault"] == UNAUTHORISED:
            oldest = row["oldest_days"]
            detail = "" if oldest is None else f"the oldest {oldest:,} days"
            yield _line(row["name"], numbers.rate(row["n"], row["looked_at"]), detail)


def _staff(asked: Asked) -> Iterator[Line]:
    for row in rows.typed(ocu.Signed, planned.plan(asked.request, asked.unit).rows):
        if row["measure"] in STAFF and row["value"] is not None:
            parts = "" if row["parts"] == row["figure"] else row["parts"]  # of few cases it is both
            said = (parts, row["period_words"], row["unsigned"])
            yield _line(row["name"], row["figure"], ", ".join(filter(None, said)))


def _recommendations(asked: Asked) -> Iterator[Line]:
    ended = rows.typed(Ended, outcomes.endings(asked.request, asked.unit).rows)
    if ended:
        open_, over = sum(row["open"] for row in ended), sum(row["overdue"] for row in ended)
        yield _line("Recommendations open", f"{open_ + over:,}", f"{over or 'none'} overdue")


def _actions(asked: Asked) -> Iterator[Line]:
    below = {asked.unit, *asked.request.catalogue.descendants(asked.unit)}
    made = visits.of_units(asked.request, below)
    if made:
        open_ = [row for row in made if row["state"] == "open"]
        over = sum(row["overdue"] for row in open_)
        yield _line("Actions of visits open", f"{len(open_)} of {len(made)}", f"{over} overdue")


PARTS = (_claims, _detections, _staff, _recommendations, _actions)
