"""The objectives board: every measure of the plan with its figure, variation and target.

Whole covered periods only: a month that is not over, or that its source does not cover to
its end, is left out. Figures are those of the planning year to date, and of the last period.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Annotated, Final, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.periods import Period as Span
from dashboard.periods import day_words, next_start, planning_year_words
from dashboard.queries import Measure
from dashboard.reports.measure import identity, scopes, unsigned, verdicts, wording
from dashboard.reports.measure.tracks import FRESH, MeasureSeries, total, track
from dashboard.reports.measure.verdicts import Verdict
from dashboard.reports.measure.window import USUAL, Window
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.stats import intervals
from dashboard.words import dates, numbers, phrases, status

SHOWN = 26  # periods in a sparkline
LATEST: Final = "latest_figure_of"
FEW = 100  # cases below which a share is shown with its interval
NO_FIGURE = "null: no whole period is known"
NO_PARTS = f"{NO_FIGURE}, or of no rate"
NO_TARGET = "null: no target"


class Standing(TypedDict):
    """A measure's figure, its variation and its target."""

    measure: str
    name: str
    unit_code: str
    unit: str
    better: str
    unit_of_parts: str  # what both parts of a rate are counted in: n, gbp, hours
    value: Annotated[float | None, NO_FIGURE]
    numerator: Annotated[float | None, NO_FIGURE]
    denominator: Annotated[float | None, NO_PARTS]
    low: Annotated[float | None, f"{NO_PARTS}, or of {FEW} cases and more"]  # Wilson interval
    high: Annotated[float | None, f"{NO_PARTS}, or of {FEW} cases and more"]
    period_words: Annotated[str | None, NO_FIGURE]
    latest: Annotated[float | None, NO_FIGURE]
    latest_numerator: Annotated[float | None, NO_FIGURE]
    latest_denominator: Annotated[float | None, NO_PARTS]
    latest_words: Annotated[str | None, NO_FIGURE]
    basis: str
    as_of: str  # of a stock the end that it stood at; '' of what adds up over the year
    context: str  # what the figure is of, where that is more than the unit that owns the measure
    target: Annotated[float | None, NO_TARGET]  # what the year is to reach
    path: Annotated[float | None, NO_TARGET]  # what the last period was to reach
    target_words: Annotated[str | None, NO_TARGET]
    target_status: Annotated[str | None, NO_TARGET]
    variation: str  # a state of dashboard.stats.spc; '' where there are too few points or cases
    assurance: str
    symbol: str  # '', or [x]: no data, or [p]: the last period may still change
    fresh: Annotated[bool | None, NO_FIGURE]  # the last period is as late as its kind comes
    spark: list[float | None]


class Objective(Standing, Verdict):
    """The same with the verdict on the target, and what both figures are of."""

    figure_of: Annotated[str | None, NO_FIGURE]
    latest_figure_of: Annotated[str | None, NO_FIGURE]


class Signed(Objective):
    """The same with what is unsigned."""

    unsigned: Annotated[str | None, "null: all that it stands on is signed"]
    unsigned_returns: Annotated[str | None, "null: all that it stands on is signed"]


class Said(Signed):
    """The same in words: the figure with its parts, and with the unsigned returns in it."""

    value_said: str
    sentence: str


class Explained(Said, total=False):
    """The same with what is said of the figure, where anything is."""

    explanation: str


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


class Period(TypedDict):
    """A row of the query board_series."""

    measure: str
    grain: str
    period_start: date
    numerator: Annotated[float | None, "null: not known"]
    denominator: Annotated[float | None, "null: of no rate, or not known"]
    provisional: bool


def board(request: Request) -> Disclosed:
    """One row of Said a measure, in the plan's order.

    value, numerator, denominator   planning year to date (stocks: the last period)
    latest…     the last whole covered period, dated in `latest_words`
    """
    found, held = _board(request)
    marked = unsigned.marked(found, unsigned.of_years(request, held, whole=True))
    said: list[Said] = [
        {**row, "value_said": _figure(row), "sentence": _sentence(row)}
        for row in rows.typed(Signed, marked.rows)
    ]
    return replace(marked, rows=rows.table(Said, said))


@kept(32)
def _board(request: Request) -> tuple[Disclosed, dict[str, MeasureSeries]]:
    held = tracks_of_plan(request)
    listed = [_row(request, item, held.get(item.id)) for item in request.measures.values()]
    found = request.disclose(
        rows.table(Objective, listed),
        title=_title(listed),
        subtitle=f"Whole periods covered by {day_words(request.as_at)}, planning year to date",
        notes=_notes(listed),
        query="board_series",
        columns=BRIEF,
    )
    return found, held


def grain_of(request: Request, measure: str) -> str | None:
    """The grain of a measure's board: month where it nests, else its own; None without data."""
    grains = {r["grain"] for r in request.coverage_rows if r["measure"] == measure}
    if grains & {"day", "month"}:
        return "month"
    return next((grain for grain in ("quarter", "week") if grain in grains), None)


def tracks_of_plan(request: Request, shown: Window = USUAL) -> dict[str, MeasureSeries]:
    """The track of every measure over its whole scope, from whole covered periods only."""
    grains = {name: grain_of(request, name) for name in request.measures}
    found: dict[str, list[Period]] = {}
    for row in rows.typed(Period, request.run("board_series")):
        if grains.get(row["measure"]) == row["grain"]:
            found.setdefault(row["measure"], []).append(row)
    tracks = {}
    for name, periods in found.items():
        grain = grains[name] or "month"
        kept = _whole(periods, grain, _spans(request, name))
        if kept:
            measure = request.measures[name]
            place = "force" if _is_force_wide(request, measure) else "unit"
            unit = _unit_of_target(request, measure, kept[-1]["period_start"])
            tracks[name] = track(
                request, name, unit, place, grain, kept, shown=shown, of=ours().force
            )
    return tracks


def _spans(request: Request, measure: str) -> list[Span]:
    """What the measure covers, spans that meet joined into one."""
    joined: list[Span] = []
    own = (r for r in request.coverage_rows if r["measure"] == measure)
    for span in sorted(Span(row["since"], row["until"]) for row in own):
        if joined and span.since <= joined[-1].until:
            joined[-1] = Span(joined[-1].since, max(joined[-1].until, span.until))
        else:
            joined.append(span)
    return joined


def _whole(periods: list[Period], grain: str, spans: list[Span]) -> list[Period]:
    """The rows of periods that a span covers from first to last day."""
    return [
        row
        for row in periods
        if any(
            span.since <= row["period_start"]
            and next_start(row["period_start"], grain) <= span.until
            for span in spans
        )
    ]


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
    return scopes.FORCE_WIDE if _is_force_wide(request, measure) else scopes.words(measure)


def _is_force_wide(request: Request, measure: Measure) -> bool:
    return request.has_published(measure.id) and measure.scope != "force"


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


def _unit_of_target(request: Request, measure: Measure, on: date) -> str:
    """The unit under which a target for the whole measure stands: its owner, else one above."""
    units = (measure.owner, *request.catalogue.ancestors(measure.owner))
    for unit in units:
        if request.catalogue.target(measure.id, unit, on, request.as_at):
            return unit
    return measure.owner


def _title(board: list[Objective]) -> str:
    """A statement that is true of the rows: which targets are likely missed, what is worse."""
    said = [words for words in (verdicts.missed(board), _worse_words(board)) if words]
    return (
        phrases.sentence("; ".join(said))
        if said
        else "No measure has enough covered periods to be judged"
    )


def _worse_words(board: list[Objective]) -> str:
    judged = [row for row in board if row["variation"] and row["fresh"]]
    concern = [row for row in judged if row["variation"].startswith("concern")]
    worse = [phrases.inside(row["name"]) for row in concern]
    if not judged:
        return ""
    if not worse and len(judged) == 1:
        name = phrases.inside(judged[0]["name"])
        return f"{name} {'are' if phrases.is_plural(name) else 'is'} not worse than usual"
    if not worse:
        # Rows of old figures say when they were worse: they are not among those counted.
        old = any(row["variation"] and not row["fresh"] for row in board)
        present = " with present figures" if old else ""
        return f"none of {len(judged)} measures{present} is worse than its usual range"
    if len(worse) <= 2:
        verb = "was" if len(worse) == 1 and not phrases.is_plural(worse[0]) else "were"
        periods = {row["latest_words"] for row in concern}
        when = f" in {periods.pop()}" if len(periods) == 1 else ""
        return f"{phrases.listed(worse)} {verb} worse than usual{when}"
    return f"{len(worse)} of {len(judged)} measures are worse than usual"


def _notes(board: list[Objective]) -> tuple[str, ...]:
    found = []
    for context in dict.fromkeys(row["context"] for row in board if row["context"]):
        found.append(f"{context}: more than the unit whose plan it stands in")
    if any(row["symbol"] == numbers.MISSING for row in board):
        found.append("[x] not available in what is loaded")
    if any(row["symbol"] == "[p]" for row in board):
        found.append("[p] provisional: the last period may still change")
    if any(row["target_status"] == "illustrative" for row in board):
        found.append("illustrative: a target of ours, found in no paper")
    return tuple(found)


def _variation_words(row: Signed) -> str:
    """'in its usual range', dated where it is old; 'June 2031 [x]' where it has no figure."""
    if row["latest"] is None:
        return f"{row['latest_words']} {numbers.MISSING}"
    words = status.variation(row["variation"]).words
    return words if row["fresh"] or not row["variation"] else f"{row['latest_words']} {words}"


def _figure(row: Signed) -> str:
    parts = row["numerator"], row["denominator"]
    said = numbers.full(row["value"], row["unit"], parts, row["unit_of_parts"], row["target"])
    if row["value"] is None:
        return said
    # A figure of more than the unit in whose row it stands says so; then what is unsigned in it.
    return " ".join(
        filter(None, (f"{said}, {row['context']}" if row["context"] else said, row["unsigned"]))
    )


def _sentence(row: Signed) -> str:
    """A row of the board as one sentence, true of it by construction.

    'Gun-enabled crime, detection: 21 % (201 of 964) in April to June 2032; at least 20 % in
    2032/33: likely (71 %), 19 %–24 % in four of five; in its usual range;
    a month by itself may or may not meet it.'
    """
    if row["value"] is None:
        return f"{row['name']}: no figures are loaded {numbers.MISSING}."
    parts, of = (row["numerator"], row["denominator"]), row["unit_of_parts"]
    figure = numbers.full(row["value"], row["unit"], parts, of, row["target"])
    stands_on = f" {row['unsigned']}" if row["unsigned"] else ""
    said = [
        f"{row['name']}: {figure} in {row['period_words']}{stands_on}",
        _variation_words(row),
    ]
    if row["target_words"]:
        said.insert(1, f"{row['target_words']}: {row['verdict']}")
    if row["by_period"]:
        said.append(row["by_period"])
    return f"{'; '.join(said)}."
