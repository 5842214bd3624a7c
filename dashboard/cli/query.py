"""query: the rows of a question, on a snapshot."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from dashboard import queries, reports
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import DataOption, as_at_of, pair
from dashboard.cli.printing import Format, print_table
from dashboard.errors import NotFoundError, UsageError
from dashboard.periods import parse_date

app = Commands()


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
    from dashboard.reports.measure import covers

    report = queries.report(name)
    given = dict(pair(item, "a parameter") for item in values or [])
    surplus = sorted(set(given) - set(report.parameters))
    if surplus:
        allowed = ", ".join(report.parameters) or "no parameters"
        raise UsageError(f"{name} takes {allowed}; got: {', '.join(surplus)}")
    wanted = as_at_of(as_at) if as_at else None
    request = reports.open_request(wanted, None, data)
    _check_values(request, given)
    answered = covers.answer(request, name, **given)
    print_table(answered.rows, format_)
    left = [key for key in report.parameters if key not in given]
    if left and not answered.rows.num_rows:
        print(f"note: no row; not given: {', '.join(left)}", file=sys.stderr)
    for note in answered.notes:
        print(f"note: {note}", file=sys.stderr)


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
