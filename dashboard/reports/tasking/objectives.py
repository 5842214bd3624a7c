"""The objectives board: every measure of the plan with its figure, variation and target.

Whole covered periods only: a month that is not over, or that its source does not cover to
its end, is left out. Figures are those of the planning year to date, and of the last period.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words, next_start, planning_year_words
from dashboard.queries import Measure
from dashboard.reports.measure import identity, past_chances, scopes, unsigned, verdicts, wording
from dashboard.reports.measure.tracks import FRESH, MeasureSeries, total
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept, kept_as_written
from dashboard.reports.request.reckoned import reckoned
from dashboard.reports.tasking import board_words as words
from dashboard.reports.tasking.board_rows import FEW, Objective, Said, Signed, Standing
from dashboard.reports.tasking.plan_tracks import is_force_wide, tracks_of_plan
from dashboard.stats import intervals, year_end
from dashboard.words import dates, numbers

SHOWN = 26  # periods in a sparkline


# What there is room for on paper.
BRIEF = (
    *("name", "unit_code", "value_said", "period_words", "target_words", "verdict"),
    *("variation", "symbol"),
)


class Total(TypedDict):
    """What the year so far came to."""

    value: float | None
    numerator: float | None
    denominator: float | None
    low: float | None
    high: float | None


class Aim(TypedDict):
    """A target, and what the last period was to reach."""

    target: float | None
    path: float | None
    target_words: str | None
    target_status: str | None


NO_AIM: Aim = {"target": None, "path": None, "target_words": None, "target_status": None}


@kept_as_written(32)
def board(request: Request) -> Disclosed:
    """One row of Said a measure, in the plan's order.

    value, numerator, denominator   planning year to date (stocks: the last period)
    latest…     the last whole covered period, dated in `latest_words`
    """
    on_unsigned = unsigned.of_spans(request, _years(request), whole=True)
    marked = unsigned.marked(_board(request), on_unsigned)
    said: list[Said] = [
        {**row, "value_said": words.figure(row), "sentence": words.sentence(row)}
        for row in rows.typed(Signed, marked.rows)
    ]
    return replace(marked, rows=rows.table(Said, said))


@kept(32)
def _tracks(request: Request) -> dict[str, MeasureSeries]:
    return tracks_of_plan(request)


@reckoned(Objective)
def _rows(request: Request) -> list[Objective]:
    held = _tracks(request)
    return [_row(request, item, held.get(item.id)) for item in request.measures.values()]


@reckoned(unsigned.Span)
def _years(request: Request) -> list[unsigned.Span]:
    return unsigned.spans(_tracks(request).values())


@kept(32)
def _board(request: Request) -> Disclosed:
    listed = _rows(request)
    return request.disclose(
        rows.table(Objective, listed),
        title=words.title(listed),
        subtitle=f"Whole periods covered by {day_words(request.as_at)}, planning year to date",
        notes=words.notes(listed, past_chances.record(request, _chances(listed))),
        reckoned=(words.WHOLE, *past_chances.bands(request, words.foretold(listed))),
        query="board_series",
        columns=BRIEF,
    )


def _chances(board: list[Objective]) -> list[str]:
    """The words of the chances as they were forecast, before their record corrects them."""
    said = [row["chance_alone"] for row in board]
    return [year_end.chance_words(chance) for chance in said if chance is not None]


def _row(request: Request, measure: Measure, held: MeasureSeries | None) -> Objective:
    """The board's row of one measure."""
    row: Objective = {
        **_blank(measure),
        **verdicts.NOTHING,
        "context": _context(request, measure),
        "figure_of": None,
        "latest_figure_of": None,
    }
    if held is None or not held.judged:
        return row
    last, of = held.points[held.judged - 1], identity.whole_of(request, measure)
    year, aim = held.year, _target(held)
    return {
        **row,
        **_total(held),
        "period_words": held.words(year),
        "latest": last.value(measure.is_rate),
        "latest_numerator": last.numerator,
        "latest_denominator": last.denominator,
        "latest_words": dates.period(last.start, held.grain),
        "as_of": wording.end_of(held),
        "symbol": "[p]" if last.provisional else "",
        "spark": held.values[: held.judged][-SHOWN:],
        "variation": held.variation,
        "assurance": held.assurance,
        "fresh": _is_fresh(request, held),
        "figure_of": identity.of_points(request, held, year, of),
        "latest_figure_of": identity.of_points(request, held, [last], of),
        **(aim or NO_AIM),
        # Nothing is said of a target whose path does not reach the last period.
        **(verdicts.verdict(request, held) if aim else verdicts.NOTHING),
    }


def _blank(measure: Measure) -> Standing:
    """The row of a measure without a figure."""
    return {
        "measure": measure.id,
        "name": measure.name,
        "unit_code": measure.owner,
        "unit": measure.unit,
        "better": measure.better,
        "unit_of_parts": measure.parts,
        "value": None,
        "numerator": None,
        "denominator": None,
        "low": None,
        "high": None,
        "period_words": None,
        "latest": None,
        "latest_numerator": None,
        "latest_denominator": None,
        "latest_words": None,
        "basis": measure.basis,
        "context": "",
        "as_of": "",
        "target": None,
        "path": None,
        "target_words": None,
        "target_status": None,
        "variation": "",
        "assurance": "",
        "symbol": numbers.MISSING,
        "fresh": None,
        "spark": [],
    }


def _context(request: Request, measure: Measure) -> str:
    """What the figure is of, where that is more than the unit that owns the measure."""
    return scopes.FORCE_WIDE if is_force_wide(request, measure) else scopes.scope_words(measure)


def _is_fresh(request: Request, held: MeasureSeries) -> bool:
    """Whether the last judged period is news: what ended longer ago is dated, not called now."""
    ended = next_start(held.points[held.judged - 1].start, held.grain)
    late = timedelta(days=held.measure.settles) if held.settles_late else timedelta(0)
    return ended + late >= request.as_at - FRESH


def _total(held: MeasureSeries) -> Total:
    """Value, both parts, and for a share of few cases its Wilson interval."""
    whole = total(held.measure, held.year)
    if whole is None:
        return {"value": None, "numerator": None, "denominator": None, "low": None, "high": None}
    part, cases = whole.numerator or 0.0, whole.denominator or 0.0
    few = 0 < cases < FEW and part <= cases
    low, high = intervals.wilson(part, cases) if few else (None, None)
    return {
        "value": whole.value(held.measure.is_rate),
        "numerator": whole.numerator,
        "denominator": whole.denominator,
        "low": low,
        "high": high,
    }


def _target(held: MeasureSeries) -> Aim | None:
    """The year's target and the path's place in the last judged period; None without one."""
    last, aims = held.judged - 1, held.aims
    # A measure that settles late is judged in an earlier year, whose level the path holds.
    reach = aims.values[last] if held.measure.is_rate else aims.target
    if reach is None or aims.values[last] is None:
        return None
    side = wording.SIDES.get(held.measure.better, "")
    said = numbers.figure(reach, held.measure.unit)
    year = planning_year_words(held.points[last].start)
    return {
        "target": reach,
        "path": aims.values[last],
        "target_words": f"{side}{said} in {year}",
        "target_status": aims.status,
    }
