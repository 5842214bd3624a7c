"""alerts: what is beyond expectation, strongest evidence first."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from dashboard import reports
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import AsAtOption, DataOption, DigestForm, JsonOption, as_at_of
from dashboard.errors import UsageError
from dashboard.reports.alerts import alert_list as alert_reports

app = Commands()


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
        from dashboard.cli import digests  # late: rows alone wait for no store

        digests.say(request, digests.of_meeting(request), digest)
        return
    alert_list = alert_reports.alert_list(request)
    rows = alert_reports.as_rows(alert_list)
    if as_json:
        print(json.dumps(rows, default=str, ensure_ascii=False))
        return
    for row in rows:
        print(f"[{row['tier']}] {row['sentence']}")
    if not rows:
        print(f"{alert_list.alerts.title}.")
    for sentence in (*alert_list.late, *alert_list.fit):
        print(sentence)
