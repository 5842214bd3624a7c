"""Sentences about a track, each true of its rows by construction."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from dashboard.catalogue import ours
from dashboard.periods import day_words
from dashboard.reports.measure.tracks import Track, total
from dashboard.words import dates, numbers, phrases

# On which side of a target a figure is to stand, in words and as a sign.
SIDES = {"lower": "at most ", "higher": "at least "}
SIGNS = {"lower": "≤ ", "higher": "≥ "}
SIDE = {"high": ("above", "risen", "upper"), "low": ("below", "fallen", "lower")}


# What may follow the noun in a measure's name.
QUALIFIERS = re.compile(
    r" (?:recovered|disrupted|verified|seized|overdue|done|recorded|on|in|against|of|for)\b"
)


def is_beyond(track: Track) -> bool:
    """Whether the last judged point is a special cause."""
    return track.variation not in ("", "common", "too_few")


def is_settled(track: Track) -> bool:
    """Whether the last judged point is also the last there is."""
    return track.judged == len(track.points)


def statement(track: Track) -> str:
    """What the chart shows, as its title: 'Commercial robbery has run above its usual level
    since December 2003' only where the rule says so."""
    name = track.measure.name
    if not track.points or all(value is None for value in track.values):
        return f"{name}: no figures for this unit"
    if not track.judged:
        return f"{name}: no {track.grain} is settled yet"
    if track.values[track.judged - 1] is None:
        return _without_last(track)
    if track.chart is None or track.chart.kind == "none":
        return f"{name}: {_last(track)} in {_named(track, track.judged - 1)}, {_too_few(track)}"
    if track.chart.kind in ("band", "t"):
        return _forecast(track)
    if track.chart.kind == "run":
        return _about_median(track)
    when = _named(track, track.judged - 1)
    has, was, its = _verbs(name)
    if not track.variation:
        return f"{name}: {_last(track)} in {when}, not judged"
    if not is_beyond(track):
        return f"{name} {was} within {its} usual range in {when}"
    above, risen, limit = SIDE[side(track)]
    rule = track.chart.rules[-1]
    if rule == "shift":
        since = _named(track, first_of_run(track))
        return f"{name} {has} run {above} {its} usual level since {since}"
    if rule == "trend":
        since = _named(track, first_of_trend(track))
        return f"{name} {has} {risen} from {track.grain} to {track.grain} since {since}"
    if rule == "two_in_three":
        last = f"in two of the last three {track.grain}s"
        return f"{name} {was} close to {its} {limit} limit {last}"
    return f"{name} {was} {above} {its} usual range in {when}"


def _without_last(track: Track) -> str:
    """The last period has no figure: that comes first, then the last one that has."""
    last = track.judged - 1
    units = dict(track.lacking).get(track.points[last].start, ())
    why = f"no return from {phrases.listed(list(units))}" if units else "no figures"
    head = f"{track.measure.name}: {why} for {_named(track, last)} {numbers.MISSING}"
    known = next((i for i in range(last, -1, -1) if track.values[i] is not None), None)
    if known is None:
        return head
    said = numbers.figure(track.values[known], track.measure.unit)
    return f"{head}; {said} in {_named(track, known)}"


def _verbs(name: str) -> tuple[str, str, str]:
    return ("have", "were", "their") if is_plural(name) else ("has", "was", "its")


def _last(track: Track) -> str:
    """The figure of the last judged point."""
    return numbers.figure(track.values[track.judged - 1], track.measure.unit)


def _too_few(track: Track) -> str:
    """'2 months since the break of 1 March 2024 are too few to be judged'."""
    count = len(track.known)
    last = [
        on
        for index, (on, _) in zip(track.rebase, track.notes, strict=True)
        if index in track.breaks
    ]
    since = f" since the break of {day_words(last[-1])}" if last else ""
    return f"{count} {track.grain}{' is' if count == 1 else 's are'} too few to be judged{since}"


def _forecast(track: Track) -> str:
    """A small count beside the band that the periods before it foretold."""
    assert track.chart is not None  # asked only of a judged track
    if all(not point.numerator for point in track.present):
        count = len(track.present)
        return f"{track.measure.name}: none in the last {count} {track.grain}s"
    head = f"{track.measure.name}: {_last(track)} in {_named(track, track.judged - 1)}"
    low, high = track.chart.lower[-1], track.chart.upper[-1]
    value = track.values[track.judged - 1]
    if low is None or high is None or value is None:
        return f"{head}, too few {track.grain}s before it for a forecast"
    where = "above" if value > high else "below" if value < low else "within"
    return f"{head}, {where} the forecast of {low:.0f} to {high:.0f}"


def _about_median(track: Track) -> str:
    """A run chart: the last run, if it is longer than chance allows; else its last figure."""
    assert track.chart is not None  # asked only of a judged track
    name, chart = track.measure.name, track.chart
    if is_still(track):
        return _still(track)
    has, was, its = _verbs(name)
    if is_beyond(track) and chart.rules[-1] == "outside":
        when = _named(track, track.judged - 1)
        return f"{name} {was} {SIDE[side(track)][0]} {its} usual range in {when}"
    if is_beyond(track):
        since = _named(track, first_of_run(track))
        return f"{name} {has} run {SIDE[side(track)][0]} {its} median since {since}"
    if chart.restless:
        return f"{name} {has} not moved by chance alone about {its} median"
    head = f"{name}: {_last(track)} in {_named(track, track.judged - 1)}"
    if chart.mean[-1] is None:
        return f"{head}, too few {track.grain}s for a median"
    median = numbers.figure(chart.mean[-1], track.measure.unit)
    shift = ", no shift" if track.variation else f", too few {track.grain}s to be judged"
    return f"{head}, median {median}{shift}"


def is_still(track: Track) -> bool:
    """Whether all judged points since the last break are equal, of several."""
    values = {point.value(track.measure.is_rate) for point in track.known}
    return len(values) == 1 and len(track.known) > 1


def _still(track: Track) -> str:
    """'Urgent submissions on time: 100 % in each of 18 months, which meets at least 100 %'."""
    said = f"{track.measure.name}: {_last(track)} in each of {len(track.known)} {track.grain}s"
    if not track.assurance or track.aims.target is None:
        return said
    meets = {"consistent_pass": "meets", "consistent_fail": "does not meet"}.get(track.assurance)
    return f"{said}, which {meets} {target(track)}" if meets else said


def _named(track: Track, index: int) -> str:
    """A period inside a sentence: 'June 2004', 'the week 5 to 11 July 2004'."""
    words = dates.period(track.points[index].start, track.grain)
    return words if track.grain == "month" else f"the {track.grain} {words}"


def is_plural(name: str) -> bool:
    """Whether a measure's name takes a plural verb.

    >>> [is_plural(name) for name in ("Kidnaps", "Shootings, detection", "Reviews overdue")]
    [True, False, True]
    """
    if "," in name:
        return False
    noun = QUALIFIERS.split(name)[0]
    return noun.endswith("s") and not noun.endswith("ss")


def side(track: Track) -> str:
    """'high' or 'low': on which side the last judged point is beyond."""
    return "low" if track.variation.endswith("low") else "high"


def first_of_run(track: Track) -> int:
    """Index of the first point of the run on one side of the centre that the last stands in.

    On a run chart a point on the median does not break it.
    """
    assert track.chart is not None  # asked only of a judged track
    values, index = track.values, track.judged - 1
    high = side(track) == "high"
    while index > 0:
        before, mean = values[index - 1], track.chart.mean[index - 1]
        same_mean = mean == track.chart.mean[index]
        if before is None or mean is None or not same_mean:
            break
        passed = before == mean and track.chart.kind == "run"
        if not passed and (before == mean or (before > mean) != high):
            break
        index -= 1
    return index


def first_of_trend(track: Track) -> int:
    """Index of the point that the unbroken rise or fall to the last one began at."""
    values, index = track.values, track.judged - 1
    rising = side(track) == "high"
    while index > 0:
        now, before = values[index], values[index - 1]
        if now is None or before is None or now == before or (now > before) != rising:
            break
        index -= 1
    return index


def subtitle(track: Track, area: str, as_at: str, dated: bool = False) -> str:
    """Measure, unit, area, period and as-at below the statement; `dated`: days between events."""
    counted = {"n": "Number", "percent": "Share", "gbp": "Money", "hours": "Hours"}
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


def year_to_date(track: Track) -> str:
    """The year so far beside the same periods of the year before and the path to the target."""
    year = total(track.measure, track.year)
    if year is None:
        return ""
    measure = track.measure
    said = numbers.figure(year.value(measure.is_rate), measure.unit)
    if measure.is_rate:
        said = f"{said} ({numbers.rate(year.numerator, year.denominator)})"
    if measure.aggregate == "last":
        return f"{said} at the end of {_named(track, len(track.points) - 1)}."
    words = f"{said} in the year to date ({track.words(track.year)})"
    if (before := _year_before(track)) is not None:
        words += f", {before} in the same {track.grain}s a year before"
    return f"{words}{_against(track)}."


def _year_before(track: Track) -> str | None:
    held = {point.start: point for point in track.points}
    known = [point for point in track.year if point.numerator is not None]
    starts = [date(point.start.year - 1, point.start.month, 1) for point in known]
    if any(start not in held or held[start].numerator is None for start in starts):
        return None
    before = total(track.measure, tuple(held[start] for start in starts))
    if before is None:
        return None
    if track.measure.is_rate:
        return numbers.rate(before.numerator, before.denominator)
    return numbers.figure(before.numerator, track.measure.unit)


def _against(track: Track) -> str:
    """'; the path to the target is 385 by now': for counts; a rate's level for rates."""
    count = len(track.year)
    pairs = zip(track.year, track.aims.values[-count:], strict=True)
    reached = [value for point, value in pairs if point.numerator is not None]
    path = [value for value in reached if value is not None]
    if len(path) < len(reached):
        return ""
    if track.measure.is_rate:
        return f"; target {numbers.figure(path[-1], 'percent')}"
    return f"; the target's path is {numbers.figure(round(sum(path)), track.measure.unit)} by then"


def target(track: Track, sides: Mapping[str, str] = SIDES) -> str:
    """'at most 1,540', 'at least 20 %' (with SIGNS '≤ 1,540'); '' without a target."""
    if track.aims.target is None:
        return ""
    side = sides.get(track.measure.better, "")
    return f"{side}{numbers.figure(_rounded(track.aims.target, track), track.measure.unit)}"


def _rounded(value: float, track: Track) -> float:
    """A yearly target as people say it: no decimals, unless it is a share."""
    return value if track.measure.is_rate else round(value)
