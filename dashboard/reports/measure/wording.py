"""Sentences about a track, each true of its rows by construction."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.catalogue import ours
from dashboard.periods import day_words
from dashboard.queries import Measure
from dashboard.reports.measure import claims, stock_words
from dashboard.reports.measure.claims import Claim
from dashboard.reports.measure.point import Point
from dashboard.reports.measure.tracks import MeasureSeries, total
from dashboard.stats.choice import FEWEST_LIMITS
from dashboard.words import dates, numbers, phrases

# On which side of a target a figure is to stand, in words and as a sign.
SIDES = {"lower": "at most ", "higher": "at least "}
SIGNS = {"lower": "≤ ", "higher": "≥ "}
SIDE = {"high": ("above", "risen", "upper"), "low": ("below", "fallen", "lower")}


def is_beyond(track: MeasureSeries) -> bool:
    """Whether the last judged point is a special cause."""
    return track.variation not in ("", "common", "too_few")


def is_settled(track: MeasureSeries) -> bool:
    """Whether the last judged point is also the last there is."""
    return track.judged == len(track.points)


def statement(track: MeasureSeries) -> str:
    """What the chart shows, as its title: 'Commercial robbery has run above its usual level
    since December 2003' only where the rule says so (claims.py)."""
    return words(track, claims.claim(track))


def placed(said: str, name: str, area: str) -> str:
    """A statement on a measure as one on it in an area; as it is where there is none.

    >>> placed("Homicide: none in the last 3 months", "Homicide", "Ashby")
    'Homicide in Ashby: none in the last 3 months'
    """
    return f"{name} in {area}{said.removeprefix(name)}" if area else said


def words(track: MeasureSeries, claim: Claim) -> str:
    """A claim about the track's last judged point, in words."""
    name = track.measure.name
    if claim.kind == claims.NO_FIGURES:
        if any(has_no_cases(point) for point in track.points):
            return f"{name}: no cases in {track.span}"
        return f"{name}: no figures for this unit"
    if claim.kind == claims.UNSETTLED:
        return f"{name}: no {track.grain} is settled yet"
    if claim.kind == claims.MISSING:
        return _without_last(track)
    assert claim.start is not None  # of a last judged point
    when = dates.inside(claim.start, track.grain)
    figure = _short(track, track.judged - 1)
    head = f"{name}: {figure} in {when}"
    if claim.kind == claims.TOO_FEW:
        return f"{head}, {_too_few(track)}"
    if claim.kind == claims.NONE:
        return f"{name}: none in the last {claim.count} {track.grain}s"
    if claim.kind == claims.FORECAST:
        return head + _beside_forecast(track, claim)
    if claim.kind == claims.STILL:
        return _still(track, claim)
    if claim.kind == claims.MEDIAN:
        return head + _beside_median(track, claim)
    if claim.kind in claims.OF_STOCK:
        return stock_words.words(name, track.grain, claim)
    if claim.kind == claims.UNJUDGED:
        return f"{head}, not judged"
    return _about_usual(track, claim, when)


def _about_usual(track: MeasureSeries, claim: Claim, when: str) -> str:
    """Sentences with the measure as their subject."""
    name = track.measure.name
    has, was, its = phrases.verbs(name)
    if claim.kind == claims.WITHIN:
        return f"{name} {was} within {its} usual range in {when}"
    if claim.kind == claims.RESTLESS:
        return f"{name} {has} not moved by chance alone about {its} median"
    above, risen, limit = SIDE[claim.side]
    since = dates.inside(claim.since, track.grain) if claim.since else ""
    if claim.kind == claims.TREND:
        return f"{name} {has} {risen} from {track.grain} to {track.grain} since {since}"
    if claim.kind == claims.RUN:
        return f"{name} {has} run {above} {its} usual level since {since}"
    if claim.kind == claims.MEDIAN_RUN:
        return f"{name} {has} run {above} {its} median since {since}"
    if claim.kind == claims.NEAR:
        many = "each" if claim.count == claims.OF_NEAR else "two"
        where = "close to or beyond" if claim.beyond else "close to"
        return (
            f"{name} {was} {where} {its} {limit} limit in {many} of the last three {track.grain}s"
        )
    return f"{name} {was} {above} {its} usual range in {when}"


def _without_last(track: MeasureSeries) -> str:
    """The last period has no figure: that comes first, then the last one that has."""
    last = track.judged - 1
    units = dict(track.lacking).get(track.points[last].start, ())
    why = f"no return from {phrases.listed(list(units))}" if units else "no figures"
    head = f"{track.measure.name}: {why} for {_named(track, last)} {numbers.MISSING}"
    if has_no_cases(track.points[last]):
        head = f"{track.measure.name}: no cases in {_named(track, last)}"
    known = next((i for i in range(last, -1, -1) if track.values[i] is not None), None)
    if known is None:
        return head
    return f"{head}; {_short(track, known)} in {_named(track, known)}"


def has_no_cases(point: Point) -> bool:
    """Whether a rate has no figure because nothing happened, and not because nothing is known."""
    return point.numerator is not None and point.denominator == 0


def point_words(measure: Measure, point: Point, beside: float | None = None) -> str:
    """A point's figure, of a rate with both its parts in their unit: '96 % (£219 of £229)'.

    beside  the target that it stands by
    """
    parts = (point.numerator, point.denominator if measure.is_rate else None)
    return numbers.figure_with_parts(
        point.value(measure.is_rate), measure.unit, parts, measure.parts, beside
    )


def _short(track: MeasureSeries, index: int) -> str:
    """The figure of one period by itself; a share of few cases by its parts."""
    point, measure = track.points[index], track.measure
    parts = point.numerator, point.denominator
    return numbers.figure_alone(track.values[index], measure.unit, parts, measure.parts)


def _too_few(track: MeasureSeries) -> str:
    """'2 months since the break of 1 March 2024 are too few to be judged'."""
    count = len(track.known)
    last = [
        on
        for index, (on, _) in zip(track.rebase, track.notes, strict=True)
        if index in track.breaks
    ]
    since = f" since the break of {day_words(last[-1])}" if last else ""
    return f"{count} {track.grain}{' is' if count == 1 else 's are'} too few to be judged{since}"


def _beside_forecast(track: MeasureSeries, claim: Claim) -> str:
    """A small count beside the band that the periods before it foretold."""
    if claim.low is None or claim.high is None or claim.value is None:
        return f", too few {track.grain}s before it for a forecast"
    above, below = claim.value > claim.high, claim.value < claim.low
    where = "above" if above else "below" if below else "within"
    return f", {where} the forecast of {numbers.number(claim.low)} to {numbers.number(claim.high)}"


def _beside_median(track: MeasureSeries, claim: Claim) -> str:
    if claim.middle is None:
        return f", too few {track.grain}s for a median"
    off = "" if len(track.known) < FEWEST_LIMITS else " off the median"
    shift = ", no shift" if track.variation else f", too few {track.grain}s{off} to be judged"
    if of_few(track):
        every, known = total(track.measure, track.known), len(track.known)
        assert every is not None  # there is a median of them
        whole = numbers.rate(every.numerator, every.denominator)
        return f", {whole} in all {known} {track.grain}s{shift}"
    return f", median {numbers.figure(claim.middle, track.measure.unit)}{shift}"


def of_few(track: MeasureSeries) -> bool:
    """Whether the last judged point is a share of too few cases for a percentage."""
    point = track.points[track.judged - 1]
    parts = point.numerator, point.denominator
    return numbers.is_of_few(track.measure.unit, parts, track.measure.parts)


def is_still(track: MeasureSeries) -> bool:
    """Whether all judged points since the last break are equal."""
    return claims.claim(track).kind == claims.STILL


def _still(track: MeasureSeries, claim: Claim) -> str:
    """'Urgent submissions on time: 100 % in each of 18 months (840 of 840), which meets …'."""
    figure = numbers.figure(claim.value, track.measure.unit)
    said = f"{track.measure.name}: {figure} in each of {claim.count} {track.grain}s"
    every = total(track.measure, track.known)
    if track.measure.is_rate and every is not None:
        said += f" ({numbers.rate(every.numerator, every.denominator, track.measure.parts)})"
    meets = {"consistent_pass": "meets", "consistent_fail": "does not meet"}.get(track.assurance)
    return f"{said}, which {meets} {target(track)}" if meets and target(track) else said


def _named(track: MeasureSeries, index: int) -> str:
    return dates.inside(track.points[index].start, track.grain)


def subtitle(track: MeasureSeries, area: str, as_at: str, dated: bool = False) -> str:
    """Measure, unit, area, period and as-at below the statement; `dated`: days between events."""
    counted = {"n": "Number", "percent": "Share", "gbp": numbers.money_word(), "hours": "Hours"}
    head = f"{counted[track.measure.unit]} per {track.grain}"
    if dated:
        head = "Days between events"
    where = track.unit
    if track.place != "unit":
        but = "" if track.unit == ours().force else f", not {track.unit}'s own"
        counts = "published counts" if track.place == "published" else "figures"
        where = f"force-wide {counts}{but}"
    parts = [head, where, area, track.span, f"as at {as_at}"]
    return ", ".join(part for part in parts if part)


def end_of(track: MeasureSeries) -> str:
    """'end of June 2032', 'end of the week 5 to 11 July 2032': of a stock; '' of what adds up."""
    if track.measure.aggregate != "last" or not track.year:
        return ""
    return f"end of {_named(track, track.judged - 1)}"


def against(track: MeasureSeries) -> str:
    """'; the path to the target is 385 by now': for counts; a rate's level for rates."""
    aims = track.aims.values[track.judged - len(track.year) : track.judged]
    pairs = zip(track.year, aims, strict=True)
    reached = [value for point, value in pairs if point.numerator is not None]
    path = [value for value in reached if value is not None]
    if len(path) < len(reached):
        return ""
    if track.measure.is_rate:
        return f"; target {numbers.figure(path[-1], 'percent')}"
    return f"; the target's path is {numbers.figure(round(sum(path)), track.measure.unit)} by then"


def target(track: MeasureSeries, sides: Mapping[str, str] = SIDES) -> str:
    """'at most 1,540', 'at least 20 %' (with SIGNS '≤ 1,540'); '' without a target."""
    aim = track.aims.target
    if track.settles_late and track.measure.is_rate:
        aim = track.aims.values[track.judged - 1] if track.judged else None
    if aim is None:
        return ""
    side = sides.get(track.measure.better, "")
    return f"{side}{numbers.figure(_rounded(aim, track), track.measure.unit)}"


def _rounded(value: float, track: MeasureSeries) -> float:
    """A yearly target as people say it: no decimals, unless it is a share."""
    return value if track.measure.is_rate else round(value)
