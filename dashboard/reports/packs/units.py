"""Sections of the monthly, unit and borough packs: measures as charts, and what is behind them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pyarrow as pa

from dashboard.access import Disclosed
from dashboard.catalogue import ours
from dashboard.reports import remarks
from dashboard.reports.alerts import alert_list, standing
from dashboard.reports.boroughs import one_borough
from dashboard.reports.decisions import board, on_chart, there, visits
from dashboard.reports.measure import chart_rows, verdicts
from dashboard.reports.measure.tracks import MeasureSeries, tracks
from dashboard.reports.packs.block import Asked, Block, listed
from dashboard.reports.quality import balance, faults
from dashboard.reports.unit import branches, mixes, ocu, planned, records, unit_boroughs
from dashboard.words import status
from dashboard.words.names import area_word

MIX_BY = "weapon"
QUIET = 3  # after an alert, a missed target and what lies beyond its limits
BRANCHES = ("unit_name", "value", "numerator", "denominator", "low_998", "high_998", "said")
DELAYS = ("unit_code", "words", "n", "waiting", "median_days", "ninth_decile_days")
BALANCE = (
    *("unit_code", "detection_numerator", "detection_denominator"),
    *("detection_numerator_before", "detection_denominator_before"),
    *("no_crime_numerator", "no_crime_denominator"),
    *("no_crime_numerator_before", "no_crime_denominator_before"),
)
BOROUGH = (
    *("name", "period", "figure", "before_said", "london_said", "expected", "status", "own"),
    "yardsticks",
)
WORK = (
    *("ocu", "offences", "offences_before", "offences_london", "detected", "unsolved", "idle"),
    *("attended", "attended_minutes"),
)
NO_RECORDS = "No crime reports are loaded: published counts tell nothing of their own quality."


def head(asked: Asked) -> Iterator[Block | str]:
    """Posts and what changed; then every measure of the unit's plan."""
    heading = ocu.head(asked.request, asked.unit)
    yield from (f"{line}." for line in (heading.posts, *heading.changed) if line)
    plan = remarks.beside(asked.request, planned.plan(asked.request, asked.unit), year=True)
    yield Block("plan", plan, spark="spark")


def unit_charts(asked: Asked) -> Iterator[Block | str]:
    """The SPC chart of each measure of the unit that has figures."""
    mine = _own(asked)
    if not mine:
        yield ocu.no_data(asked.request, asked.unit, None)
    for track in mine:
        yield from _chart(asked, track)


def measure_charts(asked: Asked) -> Iterator[Block | str]:
    """The SPC chart of every measure of the plan with figures, of the force or its own unit."""
    for name, measure in asked.request.measures.items():
        owner = asked.request.catalogue.ocu_of(measure.owner)
        for unit in dict.fromkeys((ours().force, ours().directorate, owner)):
            track = tracks(asked.request, unit).get(name)
            if track is not None:
                yield from _chart(asked, track)
                break


def _own(asked: Asked) -> list[MeasureSeries]:
    """Those of the unit's plan with figures: in an alert, then missing their target, then beyond
    their limits, then the rest, each in the plan's order."""
    held = tracks(asked.request, asked.unit)
    names = [item.id for item in planned.measures_of(asked.request, asked.unit)]
    return sorted((held[name] for name in names if name in held), key=partial(_rank, asked))


def _rank(asked: Asked, track: MeasureSeries) -> int:
    """0 to QUIET, by what the reader has to know of it; QUIET where nothing stands out."""
    of_alerts = {row["measure"] for row in standing.alerts_on(asked.request, unit=track.unit)}
    stands_out = (
        track.measure.id in of_alerts,
        verdicts.is_missed(verdicts.verdict(asked.request, track)["miss"]),
        status.variation(track.variation).tone != "quiet",
    )
    return stands_out.index(True) if any(stands_out) else QUIET


def _chart(asked: Asked, track: MeasureSeries) -> Iterator[Block | str]:
    chart = remarks.charted(asked.request, chart_rows.chart(asked.request, track))
    yield Block(
        f"{track.measure.id}-{track.unit}",
        chart,
        "spc",
        unit=track.measure.unit,
        grain=track.grain,
        printed=False,
        decided=on_chart.event_rows(asked.request, track.measure.id, track.unit),
        quiet=_rank(asked, track) == QUIET,
    )


def behind(asked: Asked) -> Iterator[Block | str]:
    """Of the unit's first measure with figures: boroughs, parts of the unit, what it is made of."""
    first = ocu.first(asked.request, planned.plan(asked.request, asked.unit))
    track = chart_rows.track_of(asked.request, asked.unit, first)
    if track is None:
        yield ocu.no_data(asked.request, asked.unit, first)
        return
    unit, name = track.measure.unit, track.measure.name
    yield f"Of {name}: a measure in an alert, else the first count of the plan."
    where = unit_boroughs.boroughs(asked.request, track)
    yield from _drawn("boroughs", where, "tiles", unit, f"{name} is not counted by {area_word()}.")
    parts = branches.branches(asked.request, track)
    none = f"{name} is not counted by part of the unit."
    yield from _drawn("branches", parts, "funnel", unit, none, BRANCHES)
    made = mixes.mix(asked.request, track, MIX_BY)
    yield from _drawn("mix", made, "mix", "n", f"No reports stand behind {name}.")


def _drawn(
    name: str,
    shown: Disclosed | None,
    drawn: str,
    unit: str,
    none: str,
    columns: tuple[str, ...] = (),
) -> Iterator[Block | str]:
    if shown is None:
        yield none
        return
    yield from listed(Block(name, shown, drawn, unit, columns=columns, printed=bool(columns)), none)


def visit_actions(asked: Asked) -> Iterator[Block | str]:
    """What was to be done after the visits of the unit and below it: what is open, and all of the
    last visit that brought any."""
    request, below = asked.request, {asked.unit, *asked.request.catalogue.descendants(asked.unit)}
    made = visits.of_units(request, below)
    last = max((row["meeting"] for row in made), default=None)
    rows = [row for row in made if row["state"] == "open" or row["meeting"] == last]
    if not rows:
        yield "No action of a visit is known."
        return
    late = sum(row["overdue"] for row in rows)
    many = f"{len(rows)} action{'' if len(rows) == 1 else 's'} of visits"
    yield Block(
        "visit-actions",
        board.disclosed(request, rows, f"{many}, {late or 'none'} overdue"),
        columns=board.BRIEF,
    )


def unit_quality(asked: Asked) -> Iterator[Block | str]:
    """The unit's faults by kind, and its oldest open ones."""
    if not faults.has_records(asked.request):
        yield NO_RECORDS
        return
    yield from listed(
        Block("faults-by-kind", faults.kinds(asked.request, asked.unit)),
        "No open fault.",
    )
    track = next(iter(_own(asked)), None)
    oldest = records.faults(asked.request, track) if track else None
    yield from listed(
        Block("oldest-faults", oldest) if oldest else None,
        "No open fault is listed.",
    )


def quality_of_all(asked: Asked) -> Iterator[Block | str]:
    """How long reports wait, and detection rates beside no-crimes."""
    if not faults.has_records(asked.request):
        yield NO_RECORDS
        return
    yield Block("delays", balance.delays(asked.request), columns=DELAYS)
    yield Block("balancing-pairs", balance.balance(asked.request), columns=BALANCE)


def briefing(asked: Asked) -> Iterator[Block | str]:
    """The borough's measures against the whole, then the work of the OCUs there."""
    measures, work = one_borough.briefing(asked.request, asked.borough)
    yield Block("borough-measures", measures, columns=BOROUGH)
    yield from listed(Block("borough-work", work, columns=WORK), f"{work.title}.")


def borough_decisions(asked: Asked) -> Iterator[Block | str]:
    """The decisions that concern the borough, with what was expected and came of them."""
    stand = there.there(asked.request, asked.borough)
    yield from listed(Block("borough-decisions", stand), f"{stand.title}.")


def borough_alerts(asked: Asked) -> Iterator[Block | str]:
    """The fortnight's alerts in the borough."""
    alerts = alert_list.alert_list(asked.request).alerts
    area = asked.request.catalogue.areas[asked.borough].name
    there = [asked.borough in codes for codes in alerts.rows["boroughs"].to_pylist()]
    rows = alerts.rows.filter(pa.array(there, pa.bool_()))
    count = rows.num_rows
    shown = asked.request.disclose(
        rows,
        title=f"{count or 'No'} alert{'' if count == 1 else 's'} in {area}",
        subtitle=alerts.subtitle,
        notes=alerts.notes,
        query="meeting_series",
        columns=alerts.columns,
        borough=area,
    )
    if asked.request.whole:  # what is said of several boroughs is not for who sees one
        shown = remarks.beside(asked.request, shown)
    yield from listed(Block("borough-alerts", shown), f"{shown.title}.")
