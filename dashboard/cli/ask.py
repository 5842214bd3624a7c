"""alerts, backtest, query, check: what a snapshot says, and whether what it stands on is sound."""

from __future__ import annotations

import json
import sys
from enum import StrEnum
from typing import Annotated

import typer

from dashboard import catalogue, queries, reports, snapshots
from dashboard.cli import handing
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import AsAtOption, DataOption, JsonOption, as_at_of, pair
from dashboard.cli.printing import Format, plain, print_listed, print_table, progress
from dashboard.errors import NotFoundError, UsageError
from dashboard.periods import parse_date
from dashboard.reports.alerts import alert_list as alert_reports
from dashboard.reports.backtest import scores
from dashboard.reports.tasking import digest as digests

app = Commands()
DUE = ("due_on", "when_words", "item_words", "unit_code", "description")


class DigestForm(StrEnum):
    """How a digest is written."""

    text = "text"
    html = "html"


@app.command(told=Told.command)
def alerts(
    as_at: AsAtOption,
    data: DataOption = None,
    as_json: JsonOption = False,
    digest: Annotated[
        DigestForm | None, typer.Option(help="A message to mail: the page's rows in sentences.")
    ] = None,
) -> None:
    """The tasking alert list: what is beyond expectation, strongest evidence first."""
    if as_json and digest:
        raise UsageError("say --json or --digest, not both")
    request = reports.open_request(as_at_of(as_at), None, data)
    if digest:
        from dashboard.reports.accountability import (
            falling_due,  # late: the store's library is slow
        )

        message = digests.digest(request, falling_due.of_meeting(request))
        written = digests.as_html if digest is DigestForm.html else digests.as_text
        handing.say(request.witness, written(message), "digest", snapshot=request.snapshot.id)
        return
    found = alert_reports.alert_list(request)
    rows = alert_reports.as_rows(found)
    if as_json:
        print(json.dumps(rows, default=str, ensure_ascii=False))
        return
    for row in rows:
        print(f"[{row['tier']}] {row['sentence']}")
    if not rows:
        print(f"{found.alerts.title}.")
    for sentence in (*found.late, *found.fit):
        print(sentence)


@app.command(told=Told.command)
def due(
    as_at: AsAtOption,
    unit: Annotated[str | None, typer.Option(help="An OCU or branch; else all.")] = None,
    data: DataOption = None,
    as_json: JsonOption = False,
    digest: Annotated[DigestForm | None, typer.Option(help="A message to mail.")] = None,
) -> None:
    """What is overdue and what falls due before the next meeting: decisions, visits, reviews,
    recommendations, areas for improvement, signatures."""
    from dashboard.reports.accountability import falling_due  # late: the store's library is slow

    if as_json and digest:
        raise UsageError("say --json or --digest, not both")
    request = reports.open_request(as_at_of(as_at), None, data)
    code = request.catalogue.unit(unit or request.directorate).code
    if digest:
        message = falling_due.message(request, code)
        written = digests.as_html if digest is DigestForm.html else digests.as_text
        handing.say(request.witness, written(message), "digest", snapshot=request.snapshot.id)
        return
    found = falling_due.listed(request, code)
    print_listed(found, DUE, as_json)


@app.command("backtest", told=Told.command)
def backtest_(as_at: AsAtOption, data: DataOption = None, as_json: JsonOption = False) -> None:
    """How forecasts and alerts would have done at past meetings, with what was known then."""
    request = reports.open_request(as_at_of(as_at), None, data)
    with progress("Going through past meetings", quiet=as_json):
        rows = scores.table(request)
    if as_json:
        print(json.dumps(rows, default=plain, ensure_ascii=False))
        return
    print(scores.markdown(request))


@app.command(told=Told.command)
def query(
    name: Annotated[str, typer.Argument(help="A query of queries/reports.")],
    values: Annotated[
        list[str] | None, typer.Argument(help="key=value for each parameter.")
    ] = None,
    as_at: Annotated[str | None, typer.Option("--as-at", help="Else the newest snapshot.")] = None,
    data: DataOption = None,
    format_: Annotated[Format, typer.Option("--format")] = Format.table,
) -> None:
    """Run a query of queries/reports on a snapshot."""
    found = queries.report(name)
    given = dict(pair(item, "a parameter") for item in values or [])
    surplus = sorted(set(given) - set(found.parameters))
    if surplus:
        allowed = ", ".join(found.parameters) or "no parameters"
        raise UsageError(f"{name} takes {allowed}; got: {', '.join(surplus)}")
    wanted = as_at_of(as_at) if as_at else None
    request = reports.open_request(wanted, None, data)
    _check_values(request, given)
    print_table(request.answer(name, **given).rows, format_)


def _check_values(request: reports.Request, given: dict[str, str]) -> None:
    if "measure" in given:
        request.measure(given["measure"])
    for key, kind, known in (
        ("unit", "unit", request.catalogue.units),
        ("borough", "borough", request.catalogue.areas),
    ):
        if given.get(key) and given[key] not in known:
            raise NotFoundError(kind, given[key], tuple(known))
    for key in ("since", "until"):
        if given.get(key):
            parse_date(given[key], key)
    for key, allowed in (
        ("level", ("force", "directorate", "ocu", "branch", "team", "borough")),
        ("grain", ("day", "week", "fortnight", "month", "quarter", "year")),
    ):
        if given.get(key) and given[key] not in allowed:
            raise UsageError(f"{key} is one of {', '.join(allowed)}; got: {given[key]!r}")


@app.command(told=Told.nothing)
def check(data: DataOption = None) -> None:
    """Report every fault in the catalogue and the queries."""
    folder = catalogue.folder_of(snapshots.data_folder(data))
    found = catalogue.faults(folder)
    if not found:
        known = catalogue.load(folder)
        catalogue.keep(known.directorate)
        found = queries.faults() + queries.owner_faults(known)
        found += catalogue.faults(folder, queries.measure_ids(known.directorate))
        found = found or snapshots.query_faults(known)
    for fault in found:
        print(fault, file=sys.stderr)
    if found:
        raise typer.Exit(1)
    print(f"The catalogue and {len(queries.measures())} measures are sound.")
