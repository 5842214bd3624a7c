"""One borough, for its commander: every measure there, its share of the force, its briefing."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final, TypedDict

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.catalogue import Area
from dashboard.periods import day_words
from dashboard.queries import Measure
from dashboard.reports.alerts import standing
from dashboard.reports.boroughs import all_areas, exposure
from dashboard.reports.boroughs.exposure import CountedSpan, Part
from dashboard.reports.boroughs.spans import (
    Choice,
    broken,
    comparison,
    figure,
    figure_of,
    params_of,
    period,
    windows,
)
from dashboard.reports.boroughs.verdicts import Comparison, Judged
from dashboard.reports.boroughs.work import area_of, months, work
from dashboard.reports.measure.series import Parts, value_of
from dashboard.reports.request import Request
from dashboard.reports.request.kept import kept
from dashboard.words import numbers, phrases
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import areas_word

SHOWN = 24  # months in a line
NO_CASE = "nothing here to compare"
BY_CHANCE = 0.002  # of a borough's verdicts that chance alone puts outside 99.8 % limits
SAID = {
    "above_998": "far above",
    "above_95": "above",
    "below_998": "far below",
    "below_95": "below",
}
BEFORE: Final = "before_figure_of"
WHOLE: Final = "london_figure_of"
NOT_BEFORE = "null: the year before is not known"
UNSEEN = "null: the whole is not seen"
COUNT = "or a count"


class Counted(TypedDict):
    """A measure in one borough.

    share   of a count: this borough's part of the whole
    status  against the basis of the choice; own: against the borough's own history
    yardsticks  what it is held against, in words, where it is not as expected by every yardstick
    """

    owner: str
    measure: str
    name: str
    unit: str
    period: str
    seen: float
    cases: Annotated[float | None, "null: a count"]
    before: Annotated[float | None, NOT_BEFORE]
    before_cases: Annotated[float | None, f"{NOT_BEFORE}, {COUNT}"]
    london: Annotated[float | None, UNSEEN]
    london_cases: Annotated[float | None, f"{UNSEEN}, {COUNT}"]
    share: Annotated[float | None, f"{UNSEEN}, or no count"]
    figure: str
    before_said: str
    london_said: str
    status: str
    against: str
    expected: str
    own: str
    yardsticks: str
    unlike: bool  # by its size alone it lies outside, though areas differ as much from one another
    provisional: bool
    changed: bool  # the series changed its meaning since the year before
    values: list[float | None]  # the last months, oldest first
    figure_of: str
    before_figure_of: Annotated[str | None, NOT_BEFORE]
    london_figure_of: Annotated[str | None, UNSEEN]


class Month(Parts):
    """A row of the query borough_months."""

    measure: str
    period_start: date


@kept(64)
def measures(request: Request, borough: str, choice: Choice) -> Disclosed:
    """One row a measure counted by borough, in the plan's order."""
    area = area_of(request, borough)
    whole = Choice(choice.span, choice.against, None, choice.until)
    held = windows(request, whole)
    lines = _lines(request, borough, held)
    counted = [
        _counted(request, name, borough, whole, lines.get(name, []))
        for name, spans in held.items()
        if borough in spans[0].parts
    ]
    basis = exposure.compared_with(choice.against)
    limits = title_of(counted, area, basis)
    beyond = standing.alerts_on(request, borough=borough)
    alerted = {row["measure"] for row in beyond}
    counted.sort(key=lambda row: (row["measure"] not in alerted, rank_of(row)))
    return request.disclose(
        rows.table(Counted, counted),
        title=standing.alert_title(beyond) if beyond else limits,
        subtitle=f"{limits}; "
        * bool(beyond)
        + f"as at {day_words(request.as_at)}; counts against {basis}, shares against"
        f" that of all {areas_word()}",
        notes=_notes(counted, area, request, choice),
        query="borough_matrix",
        params=params_of(request, choice),
        borough=area.name,
        span=choice.span,
        against=basis,
    )


def _lines(
    request: Request, borough: str, held: dict[str, dict[int, CountedSpan]]
) -> dict[str, list[float | None]]:
    """The last 24 months of each measure in the borough, up to its span's end."""
    if not held:
        return {}
    until = max(spans[0].until for spans in held.values())
    index = until.year * 12 + until.month - 1 - 2 * SHOWN
    since = date(index // 12, index % 12 + 1, 1)
    months = request.run("borough_months", borough=borough, since=since, until=until)
    lines: dict[str, list[float | None]] = {}
    for row in rows.typed(Month, months):
        name = row["measure"]
        if name in held and row["period_start"] < held[name][0].until:
            value = value_of(row, rate=request.measures[name].is_rate)
            lines.setdefault(name, []).append(value)
    return {name: values[-SHOWN:] for name, values in lines.items()}


def _counted(
    request: Request, name: str, borough: str, choice: Choice, values: list[float | None]
) -> Counted:
    about, spans = request.measures[name], windows(request, choice)[name]
    part = spans[0].parts[borough]
    whole = all_areas.total(spans[0]) if request.whole else None
    before = spans[1].parts.get(borough) if 1 in spans else None
    judged = comparison(request, name, choice)
    own = comparison(request, name, Choice(choice.span, exposure.HISTORY, None, choice.until))
    item = judged.boroughs.get(borough)
    counted = about.unit == "n"
    changed = before is not None and broken(request, about, spans[1], spans[0])
    both = counted and choice.against != exposure.HISTORY
    yardsticks = two_yardsticks(request, judged, own.status(borough), borough) if both else ""
    return {
        "owner": about.owner,
        "measure": name,
        "name": about.name,
        "unit": about.unit,
        "period": period(spans[0]),
        "seen": part.seen,
        "cases": part.size,
        "before": before.seen if before else None,
        "before_cases": before.size if before else None,
        "london": whole.seen if whole else None,
        "london_cases": whole.size if whole else None,
        "share": part.seen / whole.seen if whole and whole.seen and not about.is_rate else None,
        "figure": figure(about, part.seen, part.size),
        "before_said": _before(about, before, changed),
        "changed": changed,
        "london_said": figure(about, *whole) if whole else numbers.MISSING,
        "status": judged.status(borough),
        "against": judged.reason or (judged.basis if item else NO_CASE),
        "expected": numbers.number(item.size, 1) if item and counted else "",
        "own": own.status(borough) if counted else "",
        "yardsticks": yardsticks,
        "unlike": bool(yardsticks and item and _side(item)),
        "provisional": spans[0].provisional,
        "values": values,
        FIGURE_OF: figure_of(request, about, spans[0], borough),
        BEFORE: figure_of(request, about, spans[1], borough) if before else None,
        WHOLE: figure_of(request, about, spans[0]) if whole else None,
    }


def rank_of(row: Counted) -> int:
    """What stands out first: far outside, above, below, unusual by one yardstick alone; then the
    rest in the plan's order."""
    if row["status"].endswith("998"):
        return 0
    if row["status"] in OUTSIDE:
        return OUTSIDE.index(row["status"]) + 1
    return 3 if row["own"] not in ("", "within") or row["yardsticks"] else 4


OUTSIDE = ("above_95", "below_95")
SIDES = {"above": "higher", "below": "lower"}


def two_yardsticks(request: Request, judged: Comparison, own: str, borough: str) -> str:
    """'1.9 times its population’s share, as much as other boroughs differ; usual for Ashby'; ''
    where it is as expected by the limits of its own size and by its history.

    Limits that were widened, since areas differ by more than chance, may take in a count of twice
    what its population suggests: that, or that it lies beyond them, is said.
    """
    item = judged.boroughs.get(borough)
    if item is None:
        return ""
    size, past = _side(item), SIDES.get(own.partition("_")[0], "")
    beyond = judged.status(borough) in SAID
    if not (size or past or beyond):
        return ""
    said = "as its population suggests"
    if size or beyond:
        said = f"{numbers.number(item.value, 1)} times its population’s share"
        others = f"other {areas_word()} differ"
        said += f", {'more than' if beyond else 'as much as'} {others}" * judged.adjust
    if not own:
        return said
    name = request.catalogue.areas[borough].name
    return f"{said}; {past} than usual for {name}" if past else f"{said}; usual for {name}"


def _side(item: Judged) -> str:
    """Whether it is 'higher' or 'lower' than its population suggests by the limits of its own size;
    '' where it is neither."""
    return SIDES.get(item.exact.status(item.value).partition("_")[0], "")


def _before(about: Measure, part: Part | None, changed: bool) -> str:
    """The year before, marked where the series changed its meaning since."""
    if part is None:
        return numbers.MISSING
    return f"{figure(about, *part)}{' [b]' if changed else ''}"


def title_of(counted: list[Counted], area: Area, basis: str) -> str:
    """What lies outside its limits here, the far ones named as such; that nothing does, else."""
    if not counted:
        return f"Nothing is counted in {area.name}"
    if not any(row["status"] for row in counted):
        return f"{area.name}: no measure can be compared"
    words = []
    for status, side in SAID.items():
        out = [row for row in counted if row["status"] == status]
        if out:
            names = [phrases.inside(row["name"]) for row in out]
            listed = phrases.listed(names) if len(names) <= 3 else f"{len(names)} measures"
            # A share stands against that of all areas, whatever the counts stand against.
            counts = all(row["unit"] == "n" for row in out)
            against = f", against {basis}," if counts else ""
            words.append(f"{side} what is expected on {listed}{against}")
    if not words:
        return f"{area.name} stands out on no measure, against {basis}"
    return f"{area.name} is {' and '.join(words)}".rstrip(",")


def _notes(counted: list[Counted], area: Area, request: Request, choice: Choice) -> tuple[str, ...]:
    notes = []
    judged = sum(1 for row in counted if row["status"])
    if judged:
        notes.append(
            f"{judged} measures judged: chance alone would put one of them far outside in at most"
            f" {100 * min(1.0, judged * BY_CHANCE):.0f} of 100 {areas_word()}."
        )
    if choice.against == exposure.RESIDENTS and area.code in exposure.misleading(request.catalogue):
        notes.append(
            f"Resident population misleads in {area.name}: many who work or go out there live"
            " elsewhere."
        )
    if any(row["provisional"] for row in counted):
        notes.append("[p] the last months may still change.")
    if any(row["changed"] for row in counted):
        notes.append("[b] the series changed its meaning since.")
    return tuple(notes)


def facts(request: Request, borough: str, choice: Choice) -> str:
    """Command, people and the directorate's share of its gun-enabled crime, in a line."""
    area = area_of(request, borough)
    parts = [f"{area.bcu} command (today's)"] if area.bcu else []
    year = months(request, choice)[2].year
    row = request.catalogue.people(borough, year)
    if row:
        parts.append(f"{row.population:,} residents in {row.year} ({row.source})")
    parts.append(all_areas.share_words(request, choice, borough).rstrip("."))
    return " · ".join(parts)


def briefing(request: Request, borough: str, choice: Choice | None = None) -> tuple[Disclosed, ...]:
    """The results of the one-page briefing, in its order: measures, then work by OCU.

    raises  NotFoundError for a borough that the catalogue has not
    """
    asked = choice or Choice()
    return measures(request, borough, asked), work(request, borough, asked)


def heading(title: str, name: str) -> str:
    """The most important thing of an area, which is named first: 'Holme: an alert stands'."""
    return title if title.startswith(name) else f"{name}: {phrases.inside(title)}"
