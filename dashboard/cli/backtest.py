"""backtest: how forecasts and alerts would have done."""

from __future__ import annotations

import json

from dashboard import reports
from dashboard.cli.commands import Commands, Told
from dashboard.cli.options import AsAtOption, DataOption, JsonOption, as_at_of
from dashboard.cli.printing import plain, progress
from dashboard.reports.backtest import scores

app = Commands()


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
