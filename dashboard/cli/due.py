"""due: what is overdue and what falls due before the next meeting."""

from __future__ import annotations

from typing import Annotated

import typer

from dashboard import reports
from dashboard.cli import digests
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import AsAtOption, DataOption, DigestForm, JsonOption, as_at_of
from dashboard.cli.printing import print_listed
from dashboard.errors import UsageError
from dashboard.reports.accountability import falling_due

app = Commands()
DUE = ("due_on", "when_words", "item_words", "unit_code", "description")


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
    if as_json and digest:
        raise UsageError("say --json or --digest, not both")
    request = reports.open_request(as_at_of(as_at), None, data)
    code = request.catalogue.unit(unit or request.directorate).code
    if digest:
        digests.say(request, falling_due.message(request, code), digest)
        return
    disclosed = falling_due.listed(request, code)
    print_listed(disclosed, DUE, as_json)
