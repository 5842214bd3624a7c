"""The meeting's alerts as the wall says them: boroughs that touch are one problem already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.reports.alerts import alert_list, alert_words
from dashboard.reports.alerts.alert_row import Alert, Standing
from dashboard.reports.alerts.rows_of_list import alert_rows
from dashboard.reports.request import Request
from dashboard.words import numbers, phrases
from dashboard.words.names import areas_word, whole_area, window_word


@dataclass(frozen=True)
class Problem:
    """One kind of crime, above what its past lets expect, in one borough or in several that touch.

    row     its row of the alert list; wider: alerts of all boroughs that share its excess
    counts  of each of its boroughs in the whole window, by code, the one with most first; none for
            a series of all boroughs
    """

    row: Alert
    wider: tuple[Alert, ...]
    counts: dict[str, int]

    @property
    def boroughs(self) -> tuple[str, ...]:
        """Codes; empty for a series of all boroughs."""
        return tuple(self.row["boroughs"])

    @property
    def is_whole(self) -> bool:
        """Whether its figures are of the whole window, not of some of its days."""
        return alert_words.is_whole_window(self.row)


def problems(request: Request) -> list[Problem]:
    """The meeting's alerts, strongest first."""
    rolled = alert_list.rolled(alert_list.alerts(request))
    return [of_row(request, row, wider) for row, wider in rolled]


def of_row(request: Request, row: Alert, wider: Iterable[Alert] = ()) -> Problem:
    """A row of the alert list, of any tier, with the counts of its boroughs."""
    return Problem(row, tuple(wider), _counts(request, row))


def counted(items: Sequence[Problem]) -> str:
    """'2 problems are beyond expectation, both new'; '' of none."""
    if not items:
        return ""
    new, many = sum(item.row["times_seen"] == 1 for item in items), len(items)
    said = "1 problem is" if many == 1 else f"{many} problems are"
    fresh = {0: "none new", many: "both new" if many == 2 else "all new"}.get(new, f"{new} new")
    if many == 1:
        fresh = _seen(items[0].row)
    return f"{said} beyond expectation, {fresh}"


def owner(request: Request, row: Standing) -> str:
    """The OCU that answers for a row of the alert list: its measure's, whoever's series it is."""
    return request.catalogue.ocu_of(request.measures[row["measure"]].owner)


def _counts(request: Request, row: Standing) -> dict[str, int]:
    read = alert_rows(request).read
    counts = {
        item.borough: int(read.now[index])
        for index, item in enumerate(read.series)
        if item.family == "borough" and item.measure == row["measure"]
    }
    return {code: counts[code] for code in row["boroughs"]}


def places(request: Request, item: Problem) -> str:
    """' in Ashby, Thorpe and Wick', ' in 6 boroughs', or across all of them."""
    names = [request.catalogue.areas[code].name for code in item.boroughs]
    if len(names) > alert_words.MOST_PLACES:
        return f" in {len(names)} {areas_word()}"
    if names:
        return f" in {phrases.listed(names)}"
    whole = request.catalogue.unit(item.row["unit_code"]).level == "force"
    return f" across {whole_area()}" if whole else f", {item.row['unit_name']}"


def title(request: Request, item: Problem) -> str:
    """'Commercial robbery above what was expected in Ashby, Thorpe and Wick'."""
    return f"{item.row['name']} {alert_words.ABOVE}{places(request, item)}"


def short(request: Request, item: Problem) -> str:
    """'Commercial robbery in Ashby, Thorpe and Wick: 68 where 13 were expected'."""
    return f"{item.row['name']}{places(request, item)}: {_against(item.row)}"


def sentence(request: Request, item: Problem) -> str:
    """What came, what was expected, of which boroughs, and since when."""
    row = item.row
    said = (
        f"{_against(row)} ({numbers.number(row['low'])} to {numbers.number(row['high'])}) in "
        f"{alert_words.window(row)}"
    )
    wider = "".join(f" All {areas_word()}: {_against(other)}." for other in item.wider)
    return f"{said}{_parts(request, item)}.{wider} {phrases.sentence(_seen(row))}."


def _parts(request: Request, item: Problem) -> str:
    """': Ashby 23, Thorpe 22'; of some days the counts of the whole window, which it then says."""
    if len(item.counts) < 2:
        return ""
    areas = request.catalogue.areas
    said = ", ".join(f"{areas[code].name} {count}" for code, count in item.counts.items())
    return f": {said}" if item.is_whole else f". Whole {window_word()}: {said}"


def _against(row: Standing) -> str:
    """'68 where 13 were expected', '10 where 1.5 were expected'."""
    expected = row["expected"]
    said = numbers.number(expected, 0 if expected >= 10 else 1)
    verb = "was" if expected == 1 else "were"
    return f"{numbers.number(row['now'])} where {said} {verb} expected"


def _seen(row: Alert) -> str:
    times = row["times_seen"]
    return "new this meeting" if times == 1 else f"{alert_words.ordinal(times)} meeting running"
