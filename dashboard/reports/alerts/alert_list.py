"""The tasking alert list: what is beyond expectation, strongest evidence first."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from dashboard import rows
from dashboard.access import Disclosed
from dashboard.periods import day_words
from dashboard.reports.alerts import alert_words, rare_events, reckoning
from dashboard.reports.alerts.alert_row import Alert, Standing, same
from dashboard.reports.alerts.freshness import freshness, windows
from dashboard.reports.alerts.rows_of_list import AlertRows, alert_rows
from dashboard.reports.alerts.widths import width_of, widths
from dashboard.reports.request import Request, meetings
from dashboard.reports.request.kept import kept
from dashboard.reports.request.reckoned import reckoned
from dashboard.snapshots import SnapshotInfo
from dashboard.words import phrases
from dashboard.words.figures import FIGURE_OF
from dashboard.words.names import window_word, windows_word

# Columns of the lists where there is little room.
SERIES = ("name", "unit_code", "borough_name", "now", "expected", "low", "high")
RARE = ("period_words", "name", "unit_code", "borough_name", "n", "gap_days")
SHARED = 0.5  # of the wider alert's excess that the narrower ones make up, to share its row
# The columns that `alerts --json` prints, in its order.
PRINTED = (
    *("measure", "unit_code", "borough", "tier", "now", "expected", "low", "high", "excess"),
    *("p", "q", "rule", "window_since", "window_until", "fortnights_behind", "first_seen"),
    *("times_seen", "sentence", "name", "unit_name", "borough_name", "boroughs", FIGURE_OF),
)


@dataclass(frozen=True)
class AlertList:
    """All that sections 2 and 5 of the tasking page say of series.

    tested          number of series tested, by family (directorate, ocu, borough)
    expected_false  rows of the watch tier to expect by chance, though nothing has changed
    doubts          why an alert of a whole count is weaker evidence than it looks, by measure
    late, fit       sentences on figures that lag the meeting by one fortnight, or by more
    """

    alerts: Disclosed
    watch: Disclosed
    rare: Disclosed
    falls: Disclosed
    tested: dict[str, int]
    expected_false: float
    doubts: tuple[str, ...]
    late: tuple[str, ...]
    fit: tuple[str, ...]


def alert_list(request: Request) -> AlertList:
    """The alert list of the meeting that looks at the request's last whole fortnight.

    It is kept for as long as no snapshot comes to the folder or leaves it.
    """
    return _alert_list(request, request.listed)


@kept(64)
def _alert_list(request: Request, listed: tuple[SnapshotInfo, ...]) -> AlertList:
    here = alert_rows(request)
    before = meetings.running(request, listed)
    every = [_with_history(request, row, before) for row in here.rows]
    tested, fresh = sum(here.counts.values()), freshness(request)
    subtitle = (
        f"{window_word()} {request.fortnight.words}, as at {day_words(request.as_at)}; "
        f"{tested} series tested"
    )

    def disclosed(table: pa.Table, title: str, columns: tuple[str, ...], *notes: str) -> Disclosed:
        listed = rows.typed(Alert, table) if "tier" in table.column_names else []
        return request.disclose(
            table,
            title=title,
            subtitle=subtitle,
            notes=(*fresh.late, *notes),
            query="alert_series",
            columns=columns,
            reckoned=reckoning.reckoned(request, here, listed),
        )

    def tier(name: str) -> list[Alert]:
        return [row for row in every if row["tier"] == name]

    alerts, events = tier("alert"), _rare(request)
    doubts = doubts_of(request, alerts)
    title = alert_words.title(alerts, _windows(request, here), tested, _places(request, alerts))
    return AlertList(
        alerts=disclosed(rows.table(Alert, alerts), title, (*SERIES, "times_seen"), *doubts),
        watch=disclosed(
            rows.table(Alert, tier("watch")),
            "Watch list: unusual alone, not among so many series",
            SERIES,
        ),
        rare=disclosed(rows.table(rare_events.Rare, events), rare_events.title(events), RARE),
        falls=disclosed(
            rows.table(Alert, tier("fall")), "Quiet falls: fewer than expected", SERIES
        ),
        tested=here.counts,
        expected_false=here.by_chance,
        doubts=doubts,
        late=fresh.late,
        fit=fresh.fit,
    )


@reckoned(rare_events.Rare, 64)
def _rare(request: Request) -> list[rare_events.Rare]:
    return rare_events.rare(request, alert_rows(request))


def _windows(request: Request, here: AlertRows) -> str:
    """'fortnight 14 to 27 June 2032': of what was tested; the meeting's own where nothing was."""
    tested = windows(request)
    each = {tested[measure].since: tested[measure].words for measure, _, _ in here.tested}
    said = [each[since] for since in sorted(each)] or [request.fortnight.words]
    return f"{window_word() if len(said) == 1 else windows_word()} {phrases.listed(said)}"


def _places(request: Request, alerts: list[Alert]) -> list[str]:
    """Names of the boroughs in which the measure of the first row alerts, strongest first."""
    codes = [
        code for row in alerts if row["measure"] == alerts[0]["measure"] for code in row["boroughs"]
    ]
    return [request.catalogue.areas[code].name for code in codes]


def doubts_of(request: Request, alerts: list[Alert]) -> tuple[str, ...]:
    """A sentence for each crime type with an alert of its whole count whose past bands held too
    little: its forecast then says less spread than there is."""
    whole = {row["measure"]: row["name"] for row in alerts if row["borough"] is None}
    wider = widths(request) if whole else {}
    width_by_name = {name: width_of(wider, measure) for measure, name in whole.items()}
    return tuple(
        f"{name} as a whole: {width.words}; an alert of it is the weaker evidence."
        for name, width in width_by_name.items()
        if width is not None and width.factor > 1
    )


def as_rows(listed: AlertList) -> list[dict[str, object]]:
    """Alerts, then the watch tier, as the command line prints them."""
    tables = [tier.rows.select(PRINTED) for tier in (listed.alerts, listed.watch)]
    printed: list[dict[str, object]] = pa.concat_tables(tables).to_pylist()
    return printed


def of_tier(tier: Disclosed) -> list[Alert]:
    """The rows of one tier of the list, strongest evidence first."""
    return rows.typed(Alert, tier.rows)


def alerts(request: Request) -> list[Alert]:
    """The meeting's alerts, strongest evidence first."""
    return of_tier(alert_list(request).alerts)


def rolled(alerts: list[Alert]) -> list[tuple[Alert, list[Alert]]]:
    """The alerts that share one excess as one entry: the strongest, and the wider ones below it.

    An alert for all boroughs stands below the strongest one of the same measure in a borough
    where those in boroughs make up half of its excess or more: it says the same thing twice.
    """
    below: dict[int, list[Alert]] = {}
    taken: set[int] = set()
    for place, wide in enumerate(alerts):
        parts = [index for index, row in enumerate(alerts) if _inside(row, wide)]
        if parts and sum(alerts[index]["excess"] for index in parts) >= SHARED * wide["excess"]:
            below.setdefault(parts[0], []).append(wide)
            taken.add(place)
    return [(row, below.get(place, [])) for place, row in enumerate(alerts) if place not in taken]


def goes_on(row: Alert) -> bool:
    """Whether an alert stood at the last meeting too and is no stronger since: shown folded."""
    return row["p_before"] is not None and row["p"] >= row["p_before"]


def _inside(row: Alert, wide: Alert) -> bool:
    return (
        row["measure"] == wide["measure"]
        and row["borough"] is not None
        and wide["borough"] is None
        and row["tier"] == wide["tier"]
    )


def _with_history(request: Request, row: Standing, before: tuple[Request, ...]) -> Alert:
    """The row with the meeting at which it was first seen, of those it stood in without a gap."""
    first, times, p_before = request, 1, None
    for earlier in before:
        stood = [
            other
            for other in alert_rows(earlier).rows
            if other["tier"] == row["tier"] and same(other, row)
        ]
        if not stood:
            break
        first, times = earlier, times + 1
        p_before = stood[0]["p"] if p_before is None else p_before
    return {
        **row,
        "first_seen": meetings.day_of(first),
        "times_seen": times,
        "p_before": p_before,
        "sentence": alert_words.sentence(row, alert_words.seen(times)),
    }
