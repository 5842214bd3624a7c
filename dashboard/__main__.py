"""The command line: python -m dashboard run | sample | import | publish | snapshots | …

Errors are one sentence on standard error and an exit code by kind: 1 the content is
wrong, 2 the call is wrong, 3 no such thing, 4 not allowed.
"""

from __future__ import annotations

import sys

import typer

from dashboard.cli import ask, audit, decisions, load, packs, serve, store
from dashboard.cli import snapshots as snapshot_commands
from dashboard.errors import DashboardError
from dashboard.ingest import incidents
from dashboard.snapshots import data_folder

app = typer.Typer(
    help="The performance dashboard of a directorate.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
for group in (serve, load, ask, packs):
    app.add_typer(group.app)
app.add_typer(snapshot_commands.app, name="snapshots")
app.add_typer(store.app, name="store")
app.add_typer(audit.app, name="audit")
app.add_typer(decisions.app, name="decisions")


def main() -> None:
    """Runs the command; a DashboardError is one sentence and an exit code."""
    try:
        app()
    except DashboardError as error:
        print(f"{error}", file=sys.stderr)
        raise SystemExit(error.exit_code) from None
    except Exception as error:
        number = incidents.noted(data_folder(), "command", error)
        print(
            f"the program failed, not what you did; give incident {number} to whoever runs the "
            "dashboard (state/incidents.log of the data folder has the rest)",
            file=sys.stderr,
        )
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
