"""One measure's boroughs against the limits for their size, φ, and what to hold in mind."""

from __future__ import annotations

from collections import Counter
from typing import TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.access.disclosure import METHOD, Note
from dashboard.queries import Measure
from dashboard.reports.boroughs import exposure
from dashboard.reports.boroughs.spans import (
    SPANS,
    Choice,
    comparison,
    figure_of,
    params_of,
    period,
    windows,
)
from dashboard.reports.boroughs.verdicts import STATUSES, Comparison, Judged
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import numbers, phrases
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import areas_word

OUTSIDE_95 = 0.05  # of areas, by chance alone


class Due(TypedDict):
    """The limits that are due, and those without the adjustment."""

    low_95: float
    high_95: float
    low_998: float
    high_998: float
    exact_low_95: float
    exact_high_95: float
    exact_low_998: float
    exact_high_998: float


class Judgement(Due):
    """A borough against the limits for its size.

    seen, size   what was counted, and what was expected of it; of a share its cases
    effective    the expected count less what its own uncertainty takes
    value        a ratio of seen to expected, or a share; target: of all boroughs
    """

    borough: str
    borough_name: str
    short: str
    seen: float
    size: float
    effective: float
    value: float
    target: float
    status: str
    exact_status: str
    adjusted_status: str
    said: str
    words: str  # the limits that are due
    figure_of: str


@kept(64)
def funnel(request: Request, measure: str, choice: Choice) -> Disclosed:
    """The rows of dashboard.charts.borough_funnel: one a borough judged, by name."""
    about, window = request.measure(measure), windows(request, choice)[measure][0]
    judged = comparison(request, measure, choice)
    against_limits = [
        _judgement(
            request, about, judged, code, figure_of(request, about, window, code, choice.unit)
        )
        for code in judged.boroughs
    ]
    return request.disclose(
        rows.table(Judgement, against_limits),
        title=funnel_title(request, measure, choice),
        subtitle=f"{subject(about, choice)}, {period(window)}{compared_words(judged)}",
        notes=(*spread_words(judged), *cautions(request, judged)),
        query="borough_matrix",
        params=params_of(request, choice),
        measure=measure,
        unit=choice.unit,
        span=SPANS[choice.span],
        against=exposure.compared_with(judged.against),
    )


def _judgement(
    request: Request, measure: Measure, judged: Comparison, code: str, of: str
) -> Judgement:
    item, area = judged.boroughs[code], request.catalogue.areas[code]
    due, exact = item.limits(judged.adjust), item.exact
    if judged.target != 1.0 or measure.is_rate:
        said = numbers.figure_with_parts(item.value, "percent", (item.seen, item.size))
    else:
        said = f"{numbers.number(item.seen)}, {numbers.number(item.size, 1)} expected"
    low, high = (_limit(measure, item, limit) for limit in (due.low_998, due.high_998))
    return {
        "borough": code,
        "borough_name": area.name,
        "short": area.short,
        "seen": item.seen,
        "size": item.size,
        "effective": item.effective,
        "value": item.value,
        "target": judged.target,
        "low_95": due.low_95,
        "high_95": due.high_95,
        "low_998": due.low_998,
        "high_998": due.high_998,
        "exact_low_95": exact.low_95,
        "exact_high_95": exact.high_95,
        "exact_low_998": exact.low_998,
        "exact_high_998": exact.high_998,
        "status": judged.status(code),
        "exact_status": exact.status(item.value),
        "adjusted_status": item.adjusted.status(item.value),
        "said": said,
        "words": f"{low} to {high}",
        FIGURE_OF: of,
    }


def _limit(measure: Measure, item: Judged, value: float) -> str:
    """A limit as the figure is written: a share, or a count."""
    return numbers.figure(value if measure.is_rate else round(value * item.size), measure.unit)


def funnel_title(request: Request, measure: str, choice: Choice) -> str:
    """A statement true of the verdicts: which boroughs lie outside the 99.8 % limits."""
    name = subject(request.measure(measure), choice)
    judged = comparison(request, measure, choice)
    if not judged.boroughs:
        return f"{name}: {areas_word()} are not compared"
    words = []
    for side in ("above", "below"):
        far = [
            request.catalogue.areas[code].name
            for code in judged.boroughs
            if judged.status(code) == f"{side}_998"
        ]
        if far:
            named = phrases.listed(far) if len(far) <= 3 else f"{len(far)} {areas_word()}"
            words.append((side, named))
    number, expects = len(judged.boroughs), exposure.expects(judged.against)
    if not words:
        none = f"none of {number} {areas_word()} is far from {expects}"
        return f"{name}: {none}{_near(judged)}"
    side, named = words[0]
    more = f", far {words[1][0]} it in {words[1][1]}" if len(words) > 1 else ""
    return f"{name}: far {side} {expects} in {named}{more}"


def _near(judged: Comparison) -> str:
    """'; 3 are somewhat above or below it, about 2 would be by chance', where none is far."""
    count = sum(judged.status(code) in ("above_95", "below_95") for code in judged.boroughs)
    if not count:
        return ""
    verb, chance = "is" if count == 1 else "are", round(OUTSIDE_95 * len(judged.boroughs))
    return f"; {count} {verb} somewhat above or below it, about {chance} would be by chance"


def subject(measure: Measure, choice: Choice) -> str:
    """The measure's name, with who investigates where one unit was asked for."""
    return f"{measure.name}, investigated by {choice.unit}" if choice.unit else measure.name


def compared_words(judged: Comparison) -> str:
    """', against …' with the basis in words; '' where there is no comparison."""
    return "" if judged.reason else f", against {judged.basis}"


def spread_words(judged: Comparison) -> tuple[str, ...]:
    """Whether they differ by more than chance and what follows from it; then φ by its name."""
    if judged.phi is None:
        return (f"{phrases.sentence(judged.reason)}.",)
    number = len(judged.boroughs)
    widened = f" Limits are widened by τ² = {judged.tau2:.3f}." if judged.adjust else ""
    said = (
        f"The {number} {areas_word()} differ by more than chance alone: limits are widened for it."
        if judged.adjust
        else f"Limits stand as chance alone gives them for {number} {areas_word()}."
    )
    of_chance = "1 if they differed by chance alone"
    return said, Note(f"φ = {judged.phi:.1f} ({of_chance}).{widened}", METHOD)


def counts_of_statuses(judged: Comparison) -> tuple[dict[str, int], dict[str, int]]:
    """How many boroughs have each status, by exact limits and by widened ones."""
    exact = Counter(item.exact.status(item.value) for item in judged.boroughs.values())
    wide = Counter(item.adjusted.status(item.value) for item in judged.boroughs.values())
    return (
        {name: exact[name] for name in STATUSES},
        {name: wide[name] for name in STATUSES},
    )


def cautions(request: Request, judged: Comparison) -> tuple[str, ...]:
    """What to hold in mind with the basis: residents mislead round the City."""
    if judged.against != exposure.RESIDENTS or not judged.boroughs:
        return ()
    names = [request.catalogue.areas[code].name for code in exposure.misleading(request.catalogue)]
    return (
        f"Resident population misleads round the City ({phrases.listed(names)}): many who work or"
        " go out there live elsewhere. Compare these with their own history.",
    )
